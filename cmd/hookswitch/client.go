package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"strings"
	"time"

	"hookswitch/internal/app"
)

// server are the flags of the commands that speak to a running server.
type server struct {
	URL   string `help:"URL of the server; by default that of the demo in the data directory." env:"HOOKSWITCH_URL" placeholder:"URL"`
	Token string `help:"API token; by default that of the demo in the data directory." env:"HOOKSWITCH_TOKEN" placeholder:"TOKEN"`
	Data  string `help:"Data directory of a demo." env:"HOOKSWITCH_DATA" default:"./data" placeholder:"DIR"`
}

// client speaks to a running server.
type client struct {
	url, token string
	http       *http.Client
}

func (s server) client() (*client, error) {
	if s.URL == "" || s.Token == "" {
		demo, err := app.ReadCredentials(s.Data)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, errors.New("which server? Set HOOKSWITCH_URL and HOOKSWITCH_TOKEN, or start one with: hookswitch dev")
		}
		if err != nil {
			return nil, err
		}
		if s.URL == "" {
			s.URL = demo.URL
		}
		if s.Token == "" {
			s.Token = demo.Token
		}
	}
	return &client{strings.TrimSuffix(s.URL, "/"), s.Token, &http.Client{Timeout: 30 * time.Second}}, nil
}

// call makes one request; a refusal of the server becomes an error in its own words.
func (c *client) call(ctx context.Context, method, path string, in, out any) error {
	_, err := c.request(ctx, method, path, in, out)
	return err
}

// request is call with the header of the answer.
func (c *client) request(ctx context.Context, method, path string, in, out any) (http.Header, error) {
	var body io.Reader
	if in != nil {
		text, err := json.Marshal(in)
		if err != nil {
			return nil, err
		}
		body = bytes.NewReader(text)
	}
	req, err := http.NewRequestWithContext(ctx, method, c.url+path, body)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "SSWS "+c.token)
	req.Header.Set("Accept", "application/json")
	if in != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	res, err := c.http.Do(req)
	if err != nil {
		return nil, fmt.Errorf("the server does not answer; is it running? %w", err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(io.LimitReader(res.Body, 16<<20))
	if err != nil {
		return nil, err
	}
	if res.StatusCode >= http.StatusBadRequest {
		return nil, refusal(res.StatusCode, text)
	}
	if out == nil || len(text) == 0 {
		return res.Header, nil
	}
	return res.Header, json.Unmarshal(text, out)
}

// refusal puts Okta's error body into a sentence.
func refusal(status int, body []byte) error {
	var e struct {
		Code    string `json:"errorCode"`
		Summary string `json:"errorSummary"`
		Causes  []struct {
			Summary string `json:"errorSummary"`
		} `json:"errorCauses"`
	}
	if json.Unmarshal(body, &e) != nil || e.Code == "" {
		return fmt.Errorf("the server answered with status %d", status)
	}
	words := []string{e.Summary}
	for _, cause := range e.Causes {
		// The end of the summary may be the beginning of a cause, or all of it: it is said once.
		if head, tail, ok := strings.Cut(words[0], ": "); ok && strings.HasPrefix(cause.Summary, tail) {
			words[0] = head + ":"
		}
		if cause.Summary != e.Summary {
			words = append(words, cause.Summary)
		}
	}
	return fmt.Errorf("%s (%s)", strings.Join(words, " "), e.Code)
}
