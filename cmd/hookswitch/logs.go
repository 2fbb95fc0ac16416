package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

type logsCommand struct {
	server
	Follow bool          `short:"f" help:"Go on with new events until Ctrl-C."`
	Filter string        `help:"Filter in the System Log's language, for example: eventType eq \"system.sms.receive_status\" and outcome.result eq \"FAILURE\"."`
	Search string        `short:"q" help:"Words to find."`
	Since  time.Duration `help:"How far back to begin." default:"1h"`
	Limit  int           `help:"Events of a page." default:"100"`
	JSON   bool          `help:"Print one JSON object a line."`
}

// pollEvery is how often new events are asked for.
const pollEvery = time.Second

// Run prints the System Log.
func (c logsCommand) Run(ctx context.Context, s streams) error {
	api, err := c.client()
	if err != nil {
		return err
	}
	query := url.Values{"since": {time.Now().Add(-c.Since).UTC().Format(time.RFC3339)}, "limit": {fmt.Sprint(c.Limit)}}
	if !c.Follow {
		query.Set("until", time.Now().Add(time.Minute).UTC().Format(time.RFC3339))
	}
	for key, value := range map[string]string{"filter": c.Filter, "q": c.Search} {
		if value != "" {
			query.Set(key, value)
		}
	}
	next := "/api/v1/logs?" + query.Encode()
	for {
		var events []json.RawMessage
		after, err := api.page(ctx, next, &events)
		if err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return err
		}
		for _, e := range events {
			if err := c.print(s.out, e); err != nil {
				return err
			}
		}
		if after == "" {
			return nil
		}
		next = after
		if len(events) > 0 || !c.Follow { // a page of a long search may be empty
			continue
		}
		select {
		case <-time.After(pollEvery):
		case <-ctx.Done():
			return nil
		}
	}
}

func (c logsCommand) print(w io.Writer, event json.RawMessage) error {
	if c.JSON {
		_, err := fmt.Fprintln(w, string(event))
		return err
	}
	var e struct {
		Published time.Time `json:"published"`
		EventType string    `json:"eventType"`
		Outcome   struct {
			Result string `json:"result"`
			Reason string `json:"reason"`
		} `json:"outcome"`
		Target []struct {
			Type string `json:"type"`
			Name string `json:"alternateId"`
		} `json:"target"`
	}
	if err := json.Unmarshal(event, &e); err != nil {
		return err
	}
	var targets []string
	for _, t := range e.Target {
		targets = append(targets, t.Name)
	}
	_, err := fmt.Fprintf(w, "%s  %-10s %-50s %s  %s\n", e.Published.Local().Format("15:04:05.000"), e.Outcome.Result, e.EventType,
		strings.Join(targets, " "), e.Outcome.Reason)
	return err
}

// page makes one request of a list and gives the path of the next one, "" when the list ends here.
func (c *client) page(ctx context.Context, path string, out any) (next string, err error) {
	header, err := c.request(ctx, http.MethodGet, path, nil, out)
	if err != nil {
		return "", err
	}
	for _, link := range header.Values("Link") {
		href, rel, ok := strings.Cut(strings.TrimPrefix(link, "<"), ">")
		if ok && strings.Contains(rel, `rel="next"`) {
			u, err := url.Parse(href)
			if err != nil {
				return "", fmt.Errorf("the server gave an unreadable link: %w", err)
			}
			return u.RequestURI(), nil
		}
	}
	return "", nil
}
