package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

type whyCommand struct {
	server
	Asked string `arg:"" name:"phone-or-id" help:"Phone number, login, delivery id or the carrier's id of a message."`
	Limit int    `help:"How many messages to tell about, the newest first." default:"3"`
	JSON  bool   `help:"Print JSON."`
}

// story is one message as the API tells it.
type story struct {
	ID       string    `json:"id"`
	Channel  string    `json:"channel"`
	State    string    `json:"state"`
	Created  time.Time `json:"created"`
	Verdict  string    `json:"verdict"`
	Advice   string    `json:"advice"`
	Timeline []struct {
		Time time.Time `json:"time"`
		Text string    `json:"text"`
	} `json:"timeline"`
}

// Run tells what became of the last messages to a phone, in words to read out.
func (c whyCommand) Run(ctx context.Context, s streams) error {
	api, err := c.client()
	if err != nil {
		return err
	}
	query := url.Values{"q": {c.Asked}, "limit": {strconv.Itoa(c.Limit)}}
	var answer json.RawMessage
	if err := api.call(ctx, http.MethodGet, "/api/v1/deliveries?"+query.Encode(), nil, &answer); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, answer)
	}
	var stories []story
	if err := json.Unmarshal(answer, &stories); err != nil {
		return err
	}
	if len(stories) == 0 {
		fmt.Fprintln(s.out, "No message was asked for.")
	}
	for i, told := range stories {
		if i > 0 {
			fmt.Fprintln(s.out)
		}
		fmt.Fprintln(s.out, told.Verdict)
		if told.Advice != "" {
			fmt.Fprintln(s.out, told.Advice)
		}
		fmt.Fprintln(s.out)
		for _, line := range told.Timeline {
			fmt.Fprintf(s.out, "  %s  %s\n", line.Time.Local().Format("2006-01-02 15:04:05"), line.Text)
		}
		if told.ID != "" {
			fmt.Fprintf(s.out, "  delivery %s\n", told.ID)
		}
	}
	return nil
}
