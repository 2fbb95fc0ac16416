package signin_test

import (
	"context"
	"crypto/rand"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"sync"
	"testing"
	"time"

	"hookswitch"
	"hookswitch/internal/admin"
	"hookswitch/internal/delivery"
	"hookswitch/internal/password"
	"hookswitch/internal/phone"
	"hookswitch/internal/render"
	"hookswitch/internal/signin"
	"hookswitch/internal/store"
	"hookswitch/internal/store/postgres"
	"hookswitch/internal/store/postgres/postgrestest"
	"hookswitch/internal/store/sqlite"
	"hookswitch/internal/verify"
)

// rules are what this package promises, each a method; they hold on every database.
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

// house is the way in on a real store with real passcodes; only the phones and the clock are the test's.
type house struct {
	t      *testing.T
	db     *store.DB
	clock  *clock
	phones *phones
	admin  *admin.Service
	signin *signin.Service
}

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

// phones is a carrier that keeps what it is given, and fails when it is told to.
type phones struct {
	mu       sync.Mutex
	messages []hookswitch.Message
	failure  hookswitch.Failure
}

func (p *phones) Send(_ context.Context, m hookswitch.Message) (hookswitch.Receipt, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.failure != "" {
		return hookswitch.Receipt{}, &hookswitch.SendError{Failure: p.failure}
	}
	p.messages = append(p.messages, m)
	return hookswitch.Receipt{Reference: "ref-" + m.DeliveryID, Method: "test", Report: hookswitch.Report{Fate: hookswitch.StatusInterim}}, nil
}

func (p *phones) last(t *testing.T) hookswitch.Message {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.messages) == 0 {
		t.Fatal("nothing was sent")
	}
	return p.messages[len(p.messages)-1]
}

func (p *phones) count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.messages)
}

func (p *phones) fail(failure hookswitch.Failure) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.failure = failure
}

// Accounts is what the delivery use case asks for.
func (p *phones) Accounts(context.Context) ([]delivery.Account, error) {
	method := hookswitch.Method{Option: "test"}
	return []delivery.Account{{Provider: p, Entry: hookswitch.TelephonyProvider{
		ID: "oct-test", Name: hookswitch.Twilio, Enabled: true, Primary: true,
		Methods: map[hookswitch.Channel]hookswitch.Method{hookswitch.SMS: method, hookswitch.Call: method},
	}}}, nil
}

// plainly seals nothing: what is sealed is another test's.
type plainly struct{}

func (plainly) Seal(plain []byte, _ string) ([]byte, error)  { return plain, nil }
func (plainly) Open(sealed []byte, _ string) ([]byte, error) { return sealed, nil }

func port[T any](run func(context.Context, func(*store.Tx) error) error, as func(*store.Tx) T) func(context.Context, func(T) error) error {
	return func(ctx context.Context, fn func(T) error) error {
		return run(ctx, func(tx *store.Tx) error { return fn(as(tx)) })
	}
}

func (r rules) house(t *testing.T) *house {
	t.Helper()
	h := &house{t: t, clock: &clock{now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)}, phones: &phones{}}
	db, err := r.open(t, store.Options{Now: h.clock.Now, NoSync: true, Sealer: plainly{}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	h.db = db
	catalogue, err := render.Load()
	if err != nil {
		t.Fatal(err)
	}
	hasher := password.NewHasher()
	h.admin = admin.New(admin.Options{
		Update: port(db.Update, func(tx *store.Tx) admin.Tx { return tx }), View: port(db.View, func(tx *store.Tx) admin.Tx { return tx }),
		Check: func(hookswitch.TelephonyProvider, int) []hookswitch.Cause { return nil }, Passwords: hasher, Random: rand.Reader,
	})
	_, key, err := h.admin.Found(t.Context(), hookswitch.DefaultOrg())
	if err != nil {
		t.Fatal(err)
	}
	texts := admin.NewTexts(admin.TextOptions{
		Update: port(db.Update, func(tx *store.Tx) admin.WordsTx { return tx }), View: port(db.View, func(tx *store.Tx) admin.WordsTx { return tx }),
		Catalogue: catalogue, Random: rand.Reader, Log: slog.New(slog.DiscardHandler),
	})
	sender := delivery.New(delivery.Options{
		Update: port(db.Update, func(tx *store.Tx) delivery.Tx { return tx }), Accounts: h.phones, Now: h.clock.Now, Random: rand.Reader,
		Owner: "test", StatusDeadline: 15 * time.Minute, Log: slog.New(slog.DiscardHandler),
		CallbackURL: func(hookswitch.ProviderName, string) string { return "" },
		RepeatURL:   func(hookswitch.ProviderName, string, hookswitch.Script, time.Time) string { return "" },
	})
	verifier := verify.New(verify.Options{
		Update: port(db.Update, func(tx *store.Tx) verify.Tx { return tx }), Sender: sender, Texts: texts,
		Numbers: phone.NewCache(phone.Overrides{}, 100), Org: h.admin.Org, Key: key,
		Random: rand.Reader, Log: slog.New(slog.DiscardHandler),
	})
	h.signin = signin.New(signin.Options{
		Update: port(db.Update, func(tx *store.Tx) signin.Tx { return tx }), View: port(db.View, func(tx *store.Tx) signin.Tx { return tx }),
		Org: h.admin.Org, Verifier: verifier, Passwords: hasher, Random: rand.Reader, Log: slog.New(slog.DiscardHandler),
	})
	return h
}

const right, wrong hookswitch.Secret = "correct horse", "battery staple"

// user makes an active user with the password right, and with a phone on each channel.
func (h *house) user(login string, channels ...hookswitch.Channel) hookswitch.User {
	h.t.Helper()
	u, err := h.admin.CreateUser(h.t.Context(), admin.NewUser{
		Profile: hookswitch.Profile{Login: login, Email: login}, Password: right, Activate: true}, hookswitch.Origin{})
	if err != nil {
		h.t.Fatal(err)
	}
	for _, c := range channels {
		h.write(func(tx *store.Tx) error {
			return tx.InsertFactor(hookswitch.Factor{
				ID: hookswitch.NewID(hookswitch.FactorID(c), tx.Now(), rand.Reader), UserID: u.ID, Channel: c, Phone: "+12025550123",
				Status: hookswitch.FactorActive, Created: tx.Now(), LastUpdated: tx.Now(), Version: 1,
			})
		})
	}
	return u
}

func (h *house) write(fn func(tx *store.Tx) error) {
	h.t.Helper()
	if err := h.db.Update(h.t.Context(), fn); err != nil {
		h.t.Fatal(err)
	}
}

// become gives a user another status, as an administrator may.
func (h *house) become(u hookswitch.User, status hookswitch.UserStatus) {
	h.t.Helper()
	h.write(func(tx *store.Tx) error {
		current, err := tx.User(u.ID)
		if err != nil {
			return err
		}
		current.Status = status
		return tx.UpdateUser(current)
	})
}

func (h *house) status(u hookswitch.User) hookswitch.UserStatus {
	h.t.Helper()
	current, err := h.admin.User(h.t.Context(), u.ID)
	if err != nil {
		h.t.Fatal(err)
	}
	return current.Status
}

// events gives the log's lines of some types as "type RESULT reason", in their order.
func (h *house) events(kinds ...hookswitch.EventType) []string {
	h.t.Helper()
	var lines []string
	err := h.db.View(h.t.Context(), func(tx *store.Tx) error {
		events, err := tx.Events(hookswitch.LogQuery{Limit: 1000, Types: kinds, ByArrival: true})
		lines = nil
		for _, e := range events {
			line := string(e.Type) + " " + string(e.Result)
			if e.Reason != "" {
				line += " " + e.Reason
			}
			lines = append(lines, line)
		}
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return lines
}

func wants(t *testing.T, err error, kind hookswitch.ProblemKind) {
	t.Helper()
	if !hookswitch.IsProblem(err, kind) {
		t.Fatalf("answered %v, want %s", err, kind)
	}
}
