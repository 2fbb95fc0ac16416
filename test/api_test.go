package test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// answer is what the server said to one request.
type answer struct {
	t      testing.TB
	status int
	header http.Header
	body   []byte
}

// call makes one request of the API with the demo's token.
func (d *demo) call(t testing.TB, method, path string, body any, change ...func(*http.Request)) answer {
	t.Helper()
	return d.request(t, method, d.exports["HOOKSWITCH_URL"]+path, body, append([]func(*http.Request){func(r *http.Request) {
		r.Header.Set("Authorization", "SSWS "+d.exports["HOOKSWITCH_TOKEN"])
	}}, change...)...)
}

// carriers makes one request of the simulator.
func (d *demo) carriers(t testing.TB, method, path string, body any) answer {
	t.Helper()
	return d.request(t, method, d.exports["PHONES"]+path, body)
}

func (d *demo) request(t testing.TB, method, target string, body any, change ...func(*http.Request)) answer {
	t.Helper()
	return send(t, http.DefaultClient, method, target, body, change...)
}

// send makes one request; a body that is no text becomes JSON.
func send(t testing.TB, client *http.Client, method, target string, body any, change ...func(*http.Request)) answer {
	t.Helper()
	var reader io.Reader
	switch b := body.(type) {
	case nil:
	case string:
		reader = strings.NewReader(b)
	default:
		text, err := json.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		reader = bytes.NewReader(text)
	}
	req, err := http.NewRequestWithContext(t.Context(), method, target, reader)
	if err != nil {
		t.Fatal(err)
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	for _, c := range change {
		c(req)
	}
	res, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{t, res.StatusCode, res.Header, text}
}

// ok fails the test unless the status is one of success, and reads the answer.
func (a answer) ok(into ...any) answer {
	a.t.Helper()
	if a.status >= 300 {
		a.t.Fatalf("answered %d %s", a.status, a.body)
	}
	for _, v := range into {
		if err := json.Unmarshal(a.body, v); err != nil {
			a.t.Fatalf("%v in %s", err, a.body)
		}
	}
	return a
}

// refused fails the test unless the status and the error code are these.
func (a answer) refused(status int, code string) answer {
	a.t.Helper()
	var e struct {
		Code string `json:"errorCode"`
	}
	if err := json.Unmarshal(a.body, &e); err != nil || a.status != status || e.Code != code {
		a.t.Fatalf("answered %d %s, want %d %s", a.status, a.body, status, code)
	}
	return a
}

type user struct {
	ID string `json:"id"`
}

type factor struct {
	ID     string `json:"id"`
	Status string `json:"status"`
}

type phoneMessage struct {
	ID        string `json:"id"`
	Channel   string `json:"channel"`
	Code      string `json:"code"`
	Text      string `json:"text"`
	Extension string `json:"extension"`
	Provider  string `json:"provider"`
}

// person adds a user.
func (d *demo) person(t testing.TB, login string) user {
	t.Helper()
	var u user
	d.call(t, "POST", "/api/v1/users", map[string]any{"profile": map[string]string{
		"login": login, "email": login, "firstName": "Ana", "lastName": "Silva",
	}}).ok(&u)
	return u
}

// active gives a user an active phone without a passcode.
func (d *demo) active(t testing.TB, u user, channel, number string) factor {
	t.Helper()
	var f factor
	d.call(t, "POST", "/api/v1/users/"+u.ID+"/factors?activate=true", map[string]any{
		"factorType": channel, "provider": "OKTA", "profile": map[string]string{"phoneNumber": number},
	}).ok(&f)
	return f
}

func (d *demo) challenge(t testing.TB, u user, f factor) answer {
	t.Helper()
	return d.call(t, "POST", "/api/v1/users/"+u.ID+"/factors/"+f.ID+"/verify", "{}")
}

func (d *demo) verify(t testing.TB, u user, f factor, code string) answer {
	t.Helper()
	return d.call(t, "POST", "/api/v1/users/"+u.ID+"/factors/"+f.ID+"/verify", map[string]string{"passCode": code})
}

// wrongCode is as long as a code and differs from it.
func wrongCode(code string) string {
	first := "0"
	if code[0] == '0' {
		first = "1"
	}
	return first + code[1:]
}

// latest waits for the newest message on a phone.
func (d *demo) latest(t testing.TB, number string) phoneMessage {
	t.Helper()
	var m phoneMessage
	d.carriers(t, "GET", "/phones/"+url.PathEscape(number)+"/messages/latest?wait=20s", nil).ok(&m)
	return m
}

// messages is everything that a phone got.
func (d *demo) messages(t testing.TB, number string) []phoneMessage {
	t.Helper()
	var all []phoneMessage
	d.carriers(t, "GET", "/phones/"+url.PathEscape(number)+"/messages", nil).ok(&all)
	return all
}

func (d *demo) carrier(t testing.TB, name string, behavior map[string]any) {
	t.Helper()
	d.carriers(t, "PUT", "/carriers/"+name+"/behavior", behavior).ok()
}

func (d *demo) phone(t testing.TB, number string, behavior map[string]any) {
	t.Helper()
	d.carriers(t, "PUT", "/phones/"+url.PathEscape(number)+"/behavior", behavior).ok()
}

type story struct {
	ID       string `json:"id"`
	State    string `json:"state"`
	Provider string `json:"provider"`
	Verdict  string `json:"verdict"`
	Timeline []struct {
		Text string `json:"text"`
	} `json:"timeline"`
}

// settled waits until the newest delivery to a phone has a final state.
func (d *demo) settled(t testing.TB, number string) story {
	t.Helper()
	var last story
	for range 200 {
		var stories []story
		d.call(t, "GET", "/api/v1/deliveries?limit=1&q="+url.QueryEscape(number), nil).ok(&stories)
		if len(stories) == 1 {
			last = stories[0]
			switch last.State {
			case "DENIED", "FAILED", "DELIVERED", "UNDELIVERED", "UNKNOWN":
				return last
			}
		}
		pause(t, 50*time.Millisecond)
	}
	t.Fatalf("not settled: %+v", last)
	return last
}

// pause waits for the real program, whose clock no test moves.
func pause(t testing.TB, d time.Duration) {
	t.Helper()
	select {
	case <-time.After(d):
	case <-t.Context().Done():
	}
}

type logEvent struct {
	Type    string `json:"eventType"`
	Outcome struct {
		Result string `json:"result"`
		Reason string `json:"reason"`
	} `json:"outcome"`
	Debug struct {
		Data map[string]string `json:"debugData"`
	} `json:"debugContext"`
}

// telephony changes the settings of telephony.
func (d *demo) telephony(t testing.TB, change fields) {
	t.Helper()
	var settings fields
	d.call(t, "GET", "/api/v1/telephony/settings", nil).ok(&settings)
	maps.Copy(settings, change)
	d.call(t, "PUT", "/api/v1/telephony/settings", settings).ok()
}

// events is the System Log about one delivery.
func (d *demo) events(t testing.TB, deliveryID string) []logEvent {
	t.Helper()
	var all, about []logEvent
	for path := "/api/v1/logs?limit=1000"; ; { // a page may end early on a busy machine; the last one has nothing on it
		var page []logEvent
		a := d.call(t, "GET", path, nil).ok(&page)
		if all = append(all, page...); len(page) == 0 {
			break
		}
		next, _, _ := strings.Cut(a.header.Values("Link")[1], ">")
		path = strings.TrimPrefix(next, "<"+d.exports["HOOKSWITCH_URL"])
	}
	for _, e := range all {
		if e.Debug.Data["deliveryId"] == deliveryID {
			about = append(about, e)
		}
	}
	return about
}

// oneOfEach fails the test unless the log has exactly one send event and one receive_status for the delivery, in that order.
func (d *demo) oneOfEach(t testing.TB, deliveryID string) (send, status logEvent) {
	t.Helper()
	about := d.events(t, deliveryID)
	if len(about) != 2 || !strings.Contains(about[0].Type, ".send_") || !strings.HasSuffix(about[1].Type, ".receive_status") {
		t.Fatalf("the log says of the delivery: %s", fmt.Sprint(about))
	}
	return about[0], about[1]
}
