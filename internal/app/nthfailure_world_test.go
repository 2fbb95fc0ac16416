package app

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"

	"hookswitch"
	"hookswitch/internal/admin"
	"hookswitch/internal/store"
)

// failing is the whole server behind its handler, on a real store, with one carrier per provider name; any call of the
// store and of the carriers can fail.
type failing struct {
	*Node

	t        *testing.T
	db       *store.DB
	now      time.Time
	faults   faults
	twilio   faultyCarrier
	telesign faultyCarrier
	token    hookswitch.Secret
	people   int
	log      []hookswitch.LoggedEvent // as far as it was read
}

func newFailing(t *testing.T, databaseURL string) *failing {
	t.Helper()
	w := &failing{t: t, now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)}
	w.twilio.faults, w.telesign.faults = &w.faults, &w.faults
	ctx := t.Context()
	o, err := Options{
		Data: t.TempDir(), DatabaseURL: databaseURL, PublicURL: "http://127.0.0.1:1", Now: func() time.Time { return w.now },
		Log: slog.New(slog.DiscardHandler),
	}.Effective()
	w.must(err)
	w.db, err = OpenStore(ctx, o, store.Options{NoSync: true, Engine: w.faults.between})
	w.must(err)
	t.Cleanup(func() { _ = w.db.Close() })
	w.Node, err = NewNode(ctx, o, w.db, nil)
	w.must(err)
	w.use.accounts.makers = map[hookswitch.ProviderName]maker{
		hookswitch.Twilio:   func(hookswitch.TelephonyProvider) hookswitch.Provider { return &w.twilio },
		hookswitch.Telesign: func(hookswitch.TelephonyProvider) hookswitch.Provider { return &w.telesign },
	}
	w.token, _, err = w.use.admin.CreateToken(ctx, "test", "", hookswitch.SuperAdmin, hookswitch.Origin{})
	w.must(err)
	for _, p := range []string{twilioBody, telesignBody} {
		id := w.do("POST", providers, p).id()
		w.do("POST", providers+id+"/lifecycle/activate", "").ok()
	}
	return w
}

const (
	providers    = "/api/v1/telephony-providers/"
	twilioBody   = `{"providerName":"TWILIO","providerSid":"AC00000000000000000000000000000001","providerAuthToken":"x","providerSettings":{"sms":{"twilioMessageSid":"MG00000000000000000000000000000001"},"call":{"twilioCallerId":"+15005550006"}}}`
	telesignBody = `{"providerName":"TELESIGN","providerSid":"00000000-0000-4000-8000-000000000001","providerAuthToken":"c2ltdWxhdG9yLXRlbGVzaWduLWtleQ==","providerSettings":{"sms":{"telesignService":"telesignMessagingService"},"call":{"telesignService":"telesignVoiceService"}}}`
)

func (w *failing) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// reply is an answer of the server.
type reply struct {
	t      *testing.T
	status int
	body   string
	cookie string
}

func (r reply) fine() bool { return r.status < 300 }

func (r reply) ok() reply {
	r.t.Helper()
	if !r.fine() {
		r.t.Fatalf("answered %d %s", r.status, r.body)
	}
	return r
}

// get reads a text of the JSON in the answer, which must be a success.
func (r reply) get(key string) string {
	r.t.Helper()
	var fields map[string]any
	if err := json.Unmarshal([]byte(r.ok().body), &fields); err != nil {
		r.t.Fatal(err)
	}
	text, _ := fields[key].(string)
	return text
}

func (r reply) id() string { r.t.Helper(); return r.get("id") }

// do makes a request with the token of a super administrator.
func (w *failing) do(method, path, body string, headers ...string) reply {
	return w.ask(method, path, body, append([]string{"Authorization", "SSWS " + w.token.Reveal()}, headers...)...)
}

// ask makes a request as anybody.
func (w *failing) ask(method, path, body string, headers ...string) reply {
	r := httptest.NewRequestWithContext(w.t.Context(), method, strings.TrimSuffix(strings.Replace(path, "/?", "?", 1), "/"), strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	out := httptest.NewRecorder()
	w.handler.ServeHTTP(out, r)
	a := reply{t: w.t, status: out.Code, body: out.Body.String()}
	for _, c := range out.Result().Cookies() {
		a.cookie = c.Name + "=" + c.Value
	}
	return a
}

func (w *failing) pass(d time.Duration) { w.now = w.now.Add(d) }

// person is a user whom nobody made before, with a password that costs little to check.
func (w *failing) person() (id, login, phone string) {
	w.t.Helper()
	w.people++
	login, phone = fmt.Sprintf("ana%d@example.com", w.people), fmt.Sprintf("+1202%07d", 2_000_000+w.people)
	u, err := w.use.admin.CreateUser(w.t.Context(), admin.NewUser{Profile: hookswitch.Profile{Login: login, Email: login}, Activate: true}, hookswitch.Origin{})
	w.must(err)
	hash, err := argon2id.CreateHash(horse, &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 8, KeyLength: 16})
	w.must(err)
	w.must(w.db.Update(w.t.Context(), func(tx *store.Tx) error {
		return tx.Exec(1, "UPDATE users SET password_hash = $1 WHERE id = $2", hash, u.ID)
	}))
	return u.ID, login, phone
}

const horse = "correct horse"

// factor is the path of an active phone of a new person.
func (w *failing) factor(kind string) (path, login, phone string) {
	w.t.Helper()
	id, login, phone := w.person()
	path = "/api/v1/users/" + id + "/factors/"
	return path + w.do("POST", path+"?activate=true", factorBody(kind, phone)).id(), login, phone
}

func factorBody(kind, phone string) string {
	return `{"factorType":"` + kind + `","provider":"OKTA","profile":{"phoneNumber":"` + phone + `"}}`
}

// got is what a phone got.
func (w *failing) got(phone string) []hookswitch.Message {
	var all []hookswitch.Message
	for _, m := range append(w.twilio.messages(), w.telesign.messages()...) {
		if m.To == phone {
			all = append(all, m)
		}
	}
	return all
}

// last is the newest message that a phone got.
func (w *failing) last(phone string) hookswitch.Message {
	w.t.Helper()
	var last hookswitch.Message
	for _, m := range w.got(phone) {
		if m.DeliveryID > last.DeliveryID {
			last = m
		}
	}
	if last.DeliveryID == "" {
		w.t.Fatal("the phone got nothing")
	}
	return last
}

// left counts the messages that reached a phone.
func (w *failing) left() int { return len(w.twilio.messages()) + len(w.telesign.messages()) }

// events is the System Log by its times: by arrival, an event is not shown while a transaction that began earlier goes on,
// be it in another database of the cluster. It is read on from where it was read to.
func (w *failing) events() []hookswitch.LoggedEvent {
	w.t.Helper()
	q := hookswitch.LogQuery{Limit: 100_000}
	if n := len(w.log); n > 0 {
		q.After = &w.log[n-1].Position
	}
	w.must(w.db.View(w.t.Context(), func(tx *store.Tx) error {
		fresh, err := tx.Events(q)
		w.log = append(w.log, fresh...)
		return err
	}))
	return w.log
}

// rows reads two columns of text.
func (w *failing) rows(query string, args ...any) map[string]string {
	w.t.Helper()
	all := map[string]string{}
	w.must(w.db.View(w.t.Context(), func(tx *store.Tx) error {
		clear(all)
		return tx.Query(query, args, func(r store.Row) error {
			var key, value string
			err := r.Scan(&key, &value)
			all[key] = value
			return err
		})
	}))
	return all
}

// reconcile does the background work until there is none.
func (w *failing) reconcile() reply {
	for {
		n, err := w.use.delivery.Reconcile(w.t.Context())
		if err != nil {
			return reply{t: w.t, status: 500, body: err.Error()}
		}
		if n == 0 {
			return reply{t: w.t, status: 200}
		}
	}
}
