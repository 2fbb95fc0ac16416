package callback

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"hookswitch"
	"hookswitch/internal/httpd"
)

// carrierDesk is a small program in the place of package delivery: it knows one delivery of Twilio, believes the
// signature "good" and reads bodies that begin with "MessageStatus=".
type carrierDesk struct {
	took     []hookswitch.Callback
	repeated []hookswitch.Script
	fails    error
}

func (d *carrierDesk) authentic(provider hookswitch.ProviderName, c hookswitch.Callback) error {
	switch {
	case provider != hookswitch.Twilio:
		return hookswitch.Refuse(hookswitch.NotFound, "This telephony provider is not configured.")
	case http.Header(c.Header).Get("X-Twilio-Signature") != "good for "+c.URL:
		return hookswitch.ErrForged
	case !strings.HasPrefix(string(c.Body), "MessageStatus="):
		return hookswitch.ErrUnreadable
	}
	return d.fails
}

func (d *carrierDesk) Callback(_ context.Context, provider hookswitch.ProviderName, deliveryID string, c hookswitch.Callback) error {
	if err := d.authentic(provider, c); err != nil {
		return err
	}
	if deliveryID != "dlv1" {
		return hookswitch.Refuse(hookswitch.NotFound, "No row.")
	}
	d.took = append(d.took, c)
	return nil
}

func (d *carrierDesk) Repeat(_ context.Context, provider hookswitch.ProviderName, c hookswitch.Callback, script hookswitch.Script) (string, []byte, error) {
	if err := d.authentic(provider, c); err != nil {
		return "", nil, err
	}
	d.repeated = append(d.repeated, script)
	return "text/xml; charset=utf-8", []byte("<Response/>"), nil
}

func open(deliveryID, sealed string) (hookswitch.Script, error) {
	if deliveryID != "dlv1" || sealed != "s_3-aled" {
		return hookswitch.Script{}, errors.New("the seal is broken")
	}
	return hookswitch.Script{Language: "en", Reading: []hookswitch.Piece{{Text: "1"}}}, nil
}

const public = "https://sms.example.com/base"

func serve(t *testing.T, d *carrierDesk) http.Handler {
	t.Helper()
	handler, err := httpd.New(httpd.Options{PublicURL: public, Now: time.Now, Random: rand.Reader, Log: slog.New(slog.DiscardHandler)}, nil,
		Routes(Options{PublicURL: public, Deliveries: d, Open: open})...)
	if err != nil {
		t.Fatal(err)
	}
	return handler
}

// post posts like a carrier that was given url, through a proxy that knows us by another name.
func post(t *testing.T, h http.Handler, url, signature, body string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), "POST", "http://10.0.0.7:8080"+strings.TrimPrefix(url, public), strings.NewReader(body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("X-Twilio-Signature", signature)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestAStatusReachesItsDeliveryUnderThePublicURL(t *testing.T) {
	d := &carrierDesk{}
	url := StatusURL(public, hookswitch.Twilio, "dlv1") + "?a=%2f+b&a"
	w := post(t, serve(t, d), url, "good for "+url, "MessageStatus=delivered")
	if w.Code != 200 || w.Body.Len() != 0 || len(d.took) != 1 {
		t.Fatalf("%d %s, took %d", w.Code, w.Body, len(d.took))
	}
	if c := d.took[0]; c.URL != url || c.Method != "POST" || string(c.Body) != "MessageStatus=delivered" || c.From.String() != "192.0.2.1" {
		t.Errorf("took %+v", c)
	}
}

func TestBadCallbacksAreRefused(t *testing.T) {
	status := StatusURL(public, hookswitch.Twilio, "dlv1")
	for _, c := range []struct {
		rule, url, signature, body string
		fails                      error
		status                     int
	}{
		{"forged", status, "bad", "MessageStatus=delivered", nil, 403},
		{"signed for another URL", status + "?x=1", "good for " + status, "MessageStatus=delivered", nil, 403},
		{"genuine, and another delivery's", status, "good for " + status, "MessageStatus=sent", errors.Join(hookswitch.ErrForged, hookswitch.Refuse(hookswitch.NotFound)), 403},
		{"unreadable", status, "good for " + status, "{}", nil, 400},
		{"forged and unreadable", status, "bad", "{}", nil, 403},
		{"the store is down", status, "good for " + status, "MessageStatus=sent", errors.New("canary"), 500},
		{"GET", status, "GET", "", nil, 405},
	} {
		t.Run(c.rule, func(t *testing.T) {
			d := &carrierDesk{fails: c.fails}
			var w *httptest.ResponseRecorder
			if c.signature == "GET" {
				w = httptest.NewRecorder()
				serve(t, d).ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", strings.TrimPrefix(c.url, public), nil))
			} else {
				w = post(t, serve(t, d), c.url, c.signature, c.body)
			}
			if w.Code != c.status || len(d.took) != 0 || strings.Contains(w.Body.String(), "canary") {
				t.Errorf("%d %s, took %d", w.Code, w.Body, len(d.took))
			}
		})
	}
}

func TestWhatIsNotThereAnswersAlike(t *testing.T) {
	var answers []string
	for _, path := range []string{"/callbacks/twilio/dlv2", "/callbacks/telesign/dlv1", "/callbacks/vonage/dlv1", "/callbacks/TWILIO/dlv1"} {
		w := post(t, serve(t, &carrierDesk{}), public+path, "good for "+public+path, "MessageStatus=sent")
		_, withoutID, _ := strings.Cut(w.Body.String(), `"errorCauses"`)
		answers = append(answers, withoutID)
		if w.Code != 404 || withoutID != answers[0] {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
}

func TestAKeyPressGetsTheScriptOrAnEnd(t *testing.T) {
	d := &carrierDesk{}
	url := RepeatURL(public, hookswitch.Twilio, "dlv1", "s_3-aled")
	w := post(t, serve(t, d), url, "good for "+url, "MessageStatus=&Digits=1")
	if w.Code != 200 || w.Body.String() != "<Response/>" || w.Header().Get("Content-Type") != "text/xml; charset=utf-8" || len(d.repeated[0].Reading) != 1 {
		t.Errorf("%d %s %+v", w.Code, w.Body, d.repeated)
	}
	late := RepeatURL(public, hookswitch.Twilio, "dlv1", "expired")
	if w := post(t, serve(t, d), late, "good for "+late, "MessageStatus="); w.Code != 200 || len(d.repeated[1].Reading) != 0 {
		t.Errorf("too late: %d %+v", w.Code, d.repeated)
	}
	if w := post(t, serve(t, d), url, "bad", "MessageStatus="); w.Code != 403 || len(d.repeated) != 2 {
		t.Errorf("forged: %d %+v", w.Code, d.repeated)
	}
}

// tripwire is a body that must not be read.
type tripwire struct{ t *testing.T }

func (b tripwire) Read([]byte) (int, error) {
	b.t.Error("the body was read")
	return 0, io.EOF
}

func TestALargeCallbackIsRefusedUnread(t *testing.T) {
	url := strings.TrimPrefix(StatusURL(public, hookswitch.Twilio, "dlv1"), public)
	r := httptest.NewRequestWithContext(t.Context(), "POST", url, tripwire{t})
	r.ContentLength = 50 << 20
	w := httptest.NewRecorder()
	serve(t, &carrierDesk{}).ServeHTTP(w, r)
	if w.Code != 413 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	endless := httptest.NewRequestWithContext(t.Context(), "POST", url, io.MultiReader(strings.NewReader(strings.Repeat("x", MaxBody)), strings.NewReader("x")))
	endless.ContentLength = -1
	w = httptest.NewRecorder()
	serve(t, &carrierDesk{}).ServeHTTP(w, endless)
	if w.Code != 413 {
		t.Errorf("chunked: %d %s", w.Code, w.Body)
	}
}
