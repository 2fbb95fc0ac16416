package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
)

// token is accepted by the servers that are tortured, and by no other.
const token = "00faults-bootstrap-token-0000000000000000"

// exchange makes one HTTP exchange. A body that is not nil becomes JSON, as does the answer. The error tells that no whole
// answer came.
func exchange(ctx context.Context, client *http.Client, method, target string, header http.Header, body, into any) (int, http.Header, error) {
	var in io.Reader = http.NoBody
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return 0, nil, err
		}
		in = bytes.NewReader(text)
	}
	r, err := http.NewRequestWithContext(ctx, method, target, in)
	if err != nil {
		return 0, nil, err
	}
	r.Header = header
	answer, err := client.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return 0, nil, err
	}
	if into != nil && len(text) > 0 {
		if err := json.Unmarshal(text, into); err != nil {
			return 0, nil, fmt.Errorf("%s %s answered %d %.200s: %w", method, target, answer.StatusCode, text, err)
		}
	}
	return answer.StatusCode, answer.Header, nil
}

func headers(tag string) http.Header {
	return http.Header{
		"Authorization": {"SSWS " + token}, "Content-Type": {"application/json"}, "Accept": {"application/json"}, "User-Agent": {tag},
	}
}

// must makes an exchange that nothing stands in the way of.
func must(ctx context.Context, client *http.Client, method, target string, body, into any) error {
	status, _, err := exchange(ctx, client, method, target, headers("faults"), body, into)
	if err == nil && status >= 300 {
		err = fmt.Errorf("%s %s answered %d", method, target, status)
	}
	return err
}

// readLog reads the System Log from a place on and answers the events and the place behind them.
func readLog(ctx context.Context, client *http.Client, from string) (events []event, next string, err error) {
	for next = from; ; {
		var page []event
		status, header, err := exchange(ctx, client, http.MethodGet, next, headers("faults"), nil, &page)
		if err != nil || status != http.StatusOK {
			return events, next, fmt.Errorf("the System Log answered %d: %w", status, err)
		}
		events = append(events, page...)
		for _, link := range header.Values("Link") {
			if m := regexp.MustCompile(`<([^>]+)>; *rel="next"`).FindStringSubmatch(link); m != nil {
				next = m[1]
			}
		}
		if len(page) == 0 {
			return events, next, nil
		}
	}
}

// readPhone is every message of a phone, the oldest first.
func readPhone(ctx context.Context, client *http.Client, phones, number string) ([]message, error) {
	var all []message
	return all, must(ctx, client, http.MethodGet, phones+"/phones/"+url.PathEscape(number)+"/messages", nil, &all)
}

// numberOf is a person's phone; none of them is anybody's.
func numberOf(person int) string { return "+1202555" + strconv.Itoa(1000+person) }

// person is somebody with an active phone.
type person struct{ user, factor, number string }

// enrol adds a person with an active phone.
func enrol(ctx context.Context, client *http.Client, base string, i int) (person, error) {
	p := person{number: numberOf(i)}
	login := fmt.Sprintf("person%d@example.com", i)
	var made struct{ ID string }
	if err := must(ctx, client, http.MethodPost, base+"/api/v1/users", map[string]any{"profile": map[string]string{
		"login": login, "email": login, "firstName": "Ana", "lastName": "Silva",
	}}, &made); err != nil {
		return p, err
	}
	p.user = made.ID
	err := must(ctx, client, http.MethodPost, base+"/api/v1/users/"+p.user+"/factors?activate=true", map[string]any{
		"factorType": "sms", "provider": "OKTA", "profile": map[string]string{"phoneNumber": p.number},
	}, &made)
	p.factor = made.ID
	return p, err
}

// configureCarriers makes both carriers of the simulator providers, Twilio the primary.
func configureCarriers(ctx context.Context, client *http.Client, base string) error {
	for _, provider := range []map[string]any{
		{
			"providerName": "TWILIO", "providerSid": "AC00000000000000000000000000000001", "providerAuthToken": "simulator-twilio-token",
			"providerSettings": map[string]any{"sms": map[string]string{"twilioMessageSid": "MG00000000000000000000000000000001"}},
		},
		{
			"providerName": "TELESIGN", "providerSid": "00000000-0000-4000-8000-000000000001", "providerAuthToken": "c2ltdWxhdG9yLXRlbGVzaWduLWtleQ==",
			"providerSettings": map[string]any{"sms": map[string]string{"telesignService": "telesignMessagingService"}},
		},
	} {
		var made struct{ ID string }
		const path = "/api/v1/telephony-providers"
		if err := must(ctx, client, http.MethodPost, base+path, provider, &made); err != nil {
			return err
		}
		if err := must(ctx, client, http.MethodPost, base+path+"/"+made.ID+"/lifecycle/activate", nil, nil); err != nil {
			return err
		}
	}
	return nil
}
