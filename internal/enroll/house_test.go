package enroll_test

import (
	"context"
	"crypto/rand"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"hookswitch"
	"hookswitch/internal/admin"
	"hookswitch/internal/delivery"
	"hookswitch/internal/enroll"
	"hookswitch/internal/password"
	"hookswitch/internal/phone"
	"hookswitch/internal/render"
	"hookswitch/internal/store"
	"hookswitch/internal/store/postgres"
	"hookswitch/internal/store/postgres/postgrestest"
	"hookswitch/internal/store/sqlite"
	"hookswitch/internal/verify"
)

// house is every use case of a passcode's life on a real store; only the carriers and the clock are the test's.
type house struct {
	t        *testing.T
	db       *store.DB
	clock    *clock
	delivery *delivery.Service
	verify   *verify.Service
	enroll   *enroll.Service
	admin    *admin.Service
	texts    *admin.Texts
	carriers []*carrier
	voices   []string // what calls can speak; nil when the carriers say nothing of it
	user     hookswitch.User
}

// clock is a time that the test moves.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// carrier is a provider that does what the test says and remembers what it was given.
type carrier struct {
	mu       sync.Mutex
	entry    hookswitch.TelephonyProvider
	messages []hookswitch.Message
	answer   func(m hookswitch.Message) (hookswitch.Receipt, error)
	status   hookswitch.Report
	verified []string
	sending  context.Context // of the last message
}

func (c *carrier) Send(ctx context.Context, m hookswitch.Message) (hookswitch.Receipt, error) {
	c.mu.Lock()
	c.sending = ctx
	c.messages = append(c.messages, m)
	answer := c.answer
	c.mu.Unlock()
	if answer != nil {
		return answer(m)
	}
	return hookswitch.Receipt{Reference: "ref-" + m.DeliveryID, Method: "test", Report: interim("queued"), Feedback: true}, nil
}

func (c *carrier) Poll(context.Context, hookswitch.Channel, string) (hookswitch.Report, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.status, nil
}

func (c *carrier) Verified(_ context.Context, _ hookswitch.Channel, reference string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.verified = append(c.verified, reference)
	return nil
}

func (c *carrier) ReadCallback(cb hookswitch.Callback) (hookswitch.Report, error) {
	if string(cb.Body) == "forged" {
		return hookswitch.Report{}, hookswitch.ErrForged
	}
	report := hookswitch.Report{Reference: cb.Header["Reference"][0]}
	switch word := string(cb.Body); word {
	case "delivered":
		report.Fate, report.Word = hookswitch.StatusArrived, hookswitch.WordDelivered
	case "undelivered":
		report.Fate, report.Word, report.Failure = hookswitch.StatusLost, hookswitch.WordUndelivered, hookswitch.InactiveNumber
	case "expired":
		report.Fate, report.Word, report.Failure = hookswitch.StatusLost, hookswitch.WordExpired, hookswitch.Expired
	default:
		report = interim(word)
		report.Reference = cb.Header["Reference"][0]
	}
	report.ProviderStatus = string(cb.Body)
	return report, nil
}

func interim(word string) hookswitch.Report {
	return hookswitch.Report{Fate: hookswitch.StatusInterim, Word: word, ProviderStatus: word}
}

func (c *carrier) last(t *testing.T) hookswitch.Message {
	t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.messages) == 0 {
		t.Fatal("the carrier got no message")
	}
	return c.messages[len(c.messages)-1]
}

func (c *carrier) count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.messages)
}

func fails(failure hookswitch.Failure) func(hookswitch.Message) (hookswitch.Receipt, error) {
	return func(hookswitch.Message) (hookswitch.Receipt, error) {
		return hookswitch.Receipt{}, &hookswitch.SendError{Failure: failure, ProviderCode: "30000"}
	}
}

// Accounts is what the delivery use case asks for.
func (h *house) Accounts(context.Context) ([]delivery.Account, error) {
	var all []delivery.Account
	for _, c := range h.carriers {
		account := delivery.Account{Entry: c.entry, Provider: c}
		if h.voices != nil {
			account.Provider = polyglot{c, h.voices}
		}
		all = append(all, account)
	}
	slices.SortStableFunc(all, func(a, b delivery.Account) int {
		if a.Entry.Primary == b.Entry.Primary {
			return 0
		} else if a.Entry.Primary {
			return -1
		}
		return 1
	})
	return all, nil
}

func port[T any](run func(context.Context, func(*store.Tx) error) error, as func(*store.Tx) T) func(context.Context, func(T) error) error {
	return func(ctx context.Context, fn func(T) error) error {
		return run(ctx, func(tx *store.Tx) error { return fn(as(tx)) })
	}
}

// rules are what this package and those it stands on promise, each a method; they hold on every database.
type rules struct {
	open func(t *testing.T, o store.Options) (*store.DB, error)
}

func (r rules) hold(t *testing.T) {
	all := reflect.ValueOf(r)
	for i := range all.NumMethod() {
		t.Run(all.Type().Method(i).Name, func(t *testing.T) { all.Method(i).Call([]reflect.Value{reflect.ValueOf(t)}) })
	}
}

func TestRulesOnSQLite(t *testing.T) {
	rules{func(t *testing.T, o store.Options) (*store.DB, error) {
		return sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "test.db"), o)
	}}.hold(t)
}

var cluster = postgrestest.Cluster{Settings: postgrestest.Forgetful()}

func TestMain(m *testing.M) {
	code := m.Run()
	cluster.Stop()
	os.Exit(code)
}

func TestRulesOnPostgreSQL(t *testing.T) {
	rules{func(t *testing.T, o store.Options) (*store.DB, error) {
		return postgres.Open(t.Context(), cluster.Database(t), o)
	}}.hold(t)
}

func (r rules) house(t *testing.T) *house {
	t.Helper()
	h := &house{t: t, clock: &clock{now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)}}
	db, err := r.open(t, store.Options{Now: h.clock.Now, NoSync: true, Sealer: plainly{}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	h.db = db
	for i, name := range []hookswitch.ProviderName{hookswitch.Twilio, hookswitch.Telesign} {
		h.carriers = append(h.carriers, &carrier{entry: hookswitch.TelephonyProvider{
			ID: "oct-" + string(name), Name: name, Enabled: true, Primary: i == 0,
			Methods: map[hookswitch.Channel]hookswitch.Method{hookswitch.SMS: {Option: "test"}, hookswitch.Call: {Option: "test"}},
		}})
	}
	catalogue, err := render.Load()
	if err != nil {
		t.Fatal(err)
	}
	h.admin = admin.New(admin.Options{
		Update: port(db.Update, func(tx *store.Tx) admin.Tx { return tx }),
		View:   port(db.View, func(tx *store.Tx) admin.Tx { return tx }),
		Check:  func(hookswitch.TelephonyProvider, int) []hookswitch.Cause { return nil }, Passwords: password.NewHasher(), Random: rand.Reader,
	})
	_, key, err := h.admin.Found(t.Context(), hookswitch.DefaultOrg())
	if err != nil {
		t.Fatal(err)
	}
	h.texts = admin.NewTexts(admin.TextOptions{
		Update: port(db.Update, func(tx *store.Tx) admin.WordsTx { return tx }), View: port(db.View, func(tx *store.Tx) admin.WordsTx { return tx }),
		Catalogue: catalogue, Random: rand.Reader, Log: slog.New(slog.DiscardHandler),
	})
	h.delivery = delivery.New(delivery.Options{
		Update: port(db.Update, func(tx *store.Tx) delivery.Tx { return tx }), Accounts: h, Now: h.clock.Now, Random: rand.Reader,
		Owner: "test", StatusDeadline: 15 * time.Minute, Log: slog.New(slog.DiscardHandler),
		CallbackURL: func(hookswitch.ProviderName, string) string { return "" },
		RepeatURL:   func(hookswitch.ProviderName, string, hookswitch.Script, time.Time) string { return "" },
	})
	h.verify = verify.New(verify.Options{
		Update: port(db.Update, func(tx *store.Tx) verify.Tx { return tx }), Sender: h.delivery, Texts: h.texts,
		Numbers: phone.NewCache(phone.Overrides{}, 100), Org: h.admin.Org, Key: key,
		Random: rand.Reader, Log: slog.New(slog.DiscardHandler),
	})
	h.enroll = enroll.New(enroll.Options{
		Update: port(db.Update, func(tx *store.Tx) enroll.Tx { return tx }), View: port(db.View, func(tx *store.Tx) enroll.Tx { return tx }),
		Verifier: h.verify, Accounts: h, Org: h.admin.Org, Random: rand.Reader,
	})
	h.user, err = h.admin.CreateUser(t.Context(), admin.NewUser{Profile: hookswitch.Profile{
		Login: "ana@example.com", Email: "ana@example.com", FirstName: "Ana", LastName: "Lima"}, Activate: true}, hookswitch.Origin{})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// plainly seals nothing: what is sealed is another test's.
type plainly struct{}

func (plainly) Seal(plain []byte, _ string) ([]byte, error)  { return plain, nil }
func (plainly) Open(sealed []byte, _ string) ([]byte, error) { return sealed, nil }

const anasPhone = "+12025550123"

// enrolled is an active SMS factor.
func (h *house) enrolled() hookswitch.Factor {
	h.t.Helper()
	f, err := h.enroll.Enroll(h.t.Context(), enroll.Enrolment{UserID: h.user.ID, Channel: hookswitch.SMS, Phone: anasPhone})
	if err != nil {
		h.t.Fatal(err)
	}
	f, err = h.enroll.Activate(h.t.Context(), h.use(f, h.carriers[0].last(h.t).Code))
	if err != nil {
		h.t.Fatal(err)
	}
	h.clock.advance(time.Minute)
	return f
}

func (h *house) use(f hookswitch.Factor, passcode hookswitch.Secret) enroll.Use {
	return enroll.Use{UserID: h.user.ID, FactorID: f.ID, Passcode: passcode}
}

func (h *house) challenge(f hookswitch.Factor) error {
	_, err := h.enroll.Challenge(h.t.Context(), h.use(f, ""))
	return err
}

func (h *house) verifyWith(f hookswitch.Factor, passcode hookswitch.Secret) error {
	_, err := h.enroll.Verify(h.t.Context(), h.use(f, passcode))
	return err
}

// callback posts a status for a message as the carrier would.
func (h *house) callback(m hookswitch.Message, word string) error {
	return h.delivery.Callback(h.t.Context(), hookswitch.Twilio, m.DeliveryID, hookswitch.Callback{
		Body: []byte(word), Header: map[string][]string{"Reference": {"ref-" + m.DeliveryID}},
	})
}

// events gives the log's lines of some types as "type RESULT reason", in their order.
func (h *house) events(kinds ...hookswitch.EventType) []string {
	h.t.Helper()
	var lines []string
	err := h.db.View(h.t.Context(), func(tx *store.Tx) error {
		events, err := tx.Events(hookswitch.LogQuery{Limit: 1000, Types: kinds, ByArrival: true})
		lines = nil
		for _, e := range events {
			lines = append(lines, string(e.Type)+" "+string(e.Result))
		}
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return lines
}

func (h *house) delivered(id string) hookswitch.Delivery {
	h.t.Helper()
	var d hookswitch.Delivery
	err := h.db.View(h.t.Context(), func(tx *store.Tx) error {
		var err error
		d, err = tx.Delivery(id)
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return d
}

func wants(t *testing.T, err error, kind hookswitch.ProblemKind) {
	t.Helper()
	if !hookswitch.IsProblem(err, kind) {
		t.Fatalf("answered %v, want %s", err, kind)
	}
}

// newest is the message that was sent last, whoever carried it.
func (h *house) newest() hookswitch.Message {
	h.t.Helper()
	var newest hookswitch.Message
	for _, c := range h.carriers {
		if c.count() > 0 {
			if m := c.last(h.t); m.DeliveryID > newest.DeliveryID {
				newest = m
			}
		}
	}
	return newest
}
