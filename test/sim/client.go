package sim

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

const base = "http://hookswitch.test"

// serve lets the process answer a request; nil when it died before it could.
func (p *process) serve(a *actor, method string, u *url.URL, header http.Header, body []byte) *recorder {
	if p.pass(a) != nil {
		return nil
	}
	ctx, cancel := context.WithCancel(a.in(p.ctx))
	defer cancel()
	answer := serve(ctx, p.handler, method, u, header.Clone(), body)
	if p.pass(a) != nil {
		return nil
	}
	return answer
}

// request is what a person asks for.
type request struct {
	kind   kind
	method string
	path   string // below /api/v1
	body   string
	key    string
	code   string
}

// do asks one of the nodes and writes down what came back.
func (w *world) do(a *actor, person int, r request) *op {
	o := w.history.began(&op{Person: person, Kind: r.kind, Key: r.key, Code: r.code, Begin: time.Now(), End: time.Now(), Node: -1})
	u, err := url.Parse(base + "/api/v1" + r.path)
	if err != nil {
		w.must(err)
		return o
	}
	p := w.anybody(a)
	if p == nil {
		o.Hurt = true
		return o
	}
	header := signed()
	if r.key != "" {
		header.Set("Idempotency-Key", r.key)
	}
	o.Node, o.SkewBegin = p.index, time.Duration(p.skew.Load())
	a.op = o
	answer := p.serve(a, r.method, u, header, []byte(r.body))
	a.op = nil
	o.End, o.SkewEnd = time.Now(), time.Duration(p.skew.Load())
	if answer == nil {
		o.Hurt = true
		return o
	}
	o.Status, o.Body, o.RequestID = answer.status, string(answer.body), answer.Header().Get("X-Okta-Request-Id")
	var refusal struct {
		Code string `json:"errorCode"`
	}
	if o.Status >= 300 && json.Unmarshal(answer.body, &refusal) == nil {
		o.ErrorCode = refusal.Code
	}
	return o
}

// putBlocked sets which numbers the org sends nothing to, as the console does: the settings are read, and written back.
func (w *world) putBlocked(a *actor) bool {
	p := w.anybody(a)
	u, err := url.Parse(base + "/api/v1/telephony/settings")
	if p == nil || err != nil {
		return false
	}
	is := p.serve(a, http.MethodGet, u, signed(), nil)
	var settings map[string]any
	if is == nil || is.status != http.StatusOK || json.Unmarshal(is.body, &settings) != nil {
		return false
	}
	settings["blockedPrefixes"] = []string{blockedPrefix, blockedLater}
	body, err := json.Marshal(settings)
	if err != nil {
		return false
	}
	is = p.serve(a, http.MethodPut, u, signed(), body)
	return is != nil && is.status == http.StatusOK
}

// newest is the newest message on a phone; false when there is none.
func (w *world) newest(phone string) (text, bool) {
	u, err := url.Parse("http://phones.test/phones/" + url.PathEscape(phone) + "/messages/latest")
	if err != nil {
		w.must(err)
		return text{}, false
	}
	a := w.simulate(http.MethodGet, u, http.Header{}, nil)
	var t text
	return t, a.status == http.StatusOK && jsonv2.Unmarshal(a.body, &t) == nil
}

// readPhones reads every message of every phone.
func (w *world) readPhones() error {
	for _, b := range w.history.People {
		var found []text
		if err := json.Unmarshal(w.phones(http.MethodGet, "/phones/"+url.PathEscape(b.Phone)+"/messages", ""), &found); err != nil {
			return fmt.Errorf("the phone of person %d: %w", b.N, err)
		}
		w.history.Texts = append(w.history.Texts, found...)
	}
	return nil
}

var nextPage = regexp.MustCompile(`<([^>]*)>; rel="next"`)

// get reads a page of the API from any node.
func (w *world) get(a *actor, address string) (*recorder, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	p := w.anybody(a)
	if p == nil {
		return nil, errors.New("no node is running although everything has healed")
	}
	answer := p.serve(a, http.MethodGet, u, signed(), nil)
	if answer == nil || answer.status != http.StatusOK {
		return nil, fmt.Errorf("GET %s: %+v", u.Path, answer)
	}
	return answer, nil
}

// readLog reads the System Log from the beginning, in the order in which its events became visible.
func (w *world) readLog(a *actor) error {
	next := base + "/api/v1/logs?limit=1000&since=1999-12-30T00:00:00.000Z"
	for {
		page, err := w.get(a, next)
		if err != nil {
			return err
		}
		var lines []jsontext.Value
		if err := jsonv2.Unmarshal(page.body, &lines); err != nil {
			return fmt.Errorf("the System Log: %w", err)
		}
		for _, line := range lines {
			e := event{raw: string(line)}
			if err := jsonv2.Unmarshal(line, &e); err != nil {
				return fmt.Errorf("the System Log: %w", err)
			}
			w.history.Events = append(w.history.Events, e)
		}
		link := nextPage.FindStringSubmatch(strings.Join(page.Header()["Link"], ", "))
		if len(lines) == 0 || link == nil {
			return nil
		}
		next = link[1]
	}
}

// readFactors reads what became of everybody's factor.
func (w *world) readFactors(a *actor) error {
	for _, b := range w.history.People {
		if b.Factor == "" {
			continue
		}
		page, err := w.get(a, base+"/api/v1/users/"+b.User+"/factors/"+b.Factor)
		if err != nil {
			return err
		}
		var factor struct {
			Status string `json:"status"`
		}
		if err := json.Unmarshal(page.body, &factor); err != nil {
			return fmt.Errorf("the factor of person %d: %w", b.N, err)
		}
		b.AtRest = factor.Status
	}
	return nil
}
