package admin_test

import (
	"context"
	"crypto/rand"
	"errors"
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
	"hookswitch/internal/password"
	"hookswitch/internal/render"
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

// desk is where an administrator writes the words of messages, on a real store.
type desk struct {
	t     *testing.T
	db    *store.DB
	admin *admin.Service
	texts *admin.Texts
	reads *counter // of everything that was written
	check admin.Check
	now   time.Time
}

// counter counts across goroutines.
type counter struct {
	mu sync.Mutex
	n  int
}

func (c *counter) add() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
}

func (c *counter) count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.n
}

func port[T any](run func(context.Context, func(*store.Tx) error) error, as func(*store.Tx) T) func(context.Context, func(T) error) error {
	return func(ctx context.Context, fn func(T) error) error {
		return run(ctx, func(tx *store.Tx) error { return fn(as(tx)) })
	}
}

func (r rules) desk(t *testing.T) *desk {
	t.Helper()
	d := &desk{t: t, now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC), reads: &counter{}}
	var err error
	if d.db, err = r.open(t, store.Options{Now: func() time.Time { return d.now }, NoSync: true, Sealer: plainly{}}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.db.Close() })
	d.admin = admin.New(admin.Options{
		Update: port(d.db.Update, func(tx *store.Tx) admin.Tx { return tx }),
		View:   port(d.db.View, func(tx *store.Tx) admin.Tx { return tx }),
		Check: func(p hookswitch.TelephonyProvider, digits int) []hookswitch.Cause {
			if d.check == nil {
				return nil
			}
			return d.check(p, digits)
		},
		Passwords: password.NewHasher(), Random: rand.Reader,
	})
	org := hookswitch.DefaultOrg()
	org.Name = "Acme"
	if _, _, err := d.admin.Found(t.Context(), org); err != nil {
		t.Fatal(err)
	}
	d.texts = d.node()
	return d
}

// node is the texts of another process on the same store.
func (d *desk) node() *admin.Texts {
	catalogue, err := render.Load()
	if err != nil {
		d.t.Fatal(err)
	}
	view := port(d.db.View, func(tx *store.Tx) admin.WordsTx { return tx })
	return admin.NewTexts(admin.TextOptions{
		Update: port(d.db.Update, func(tx *store.Tx) admin.WordsTx { return tx }),
		View: func(ctx context.Context, fn func(admin.WordsTx) error) error {
			d.reads.add()
			return view(ctx, fn)
		},
		Catalogue: catalogue, Random: rand.Reader, Log: slog.New(slog.DiscardHandler),
	})
}

// plainly seals nothing: what is sealed is another test's.
type plainly struct{}

func (plainly) Seal(plain []byte, _ string) ([]byte, error)  { return plain, nil }
func (plainly) Open(sealed []byte, _ string) ([]byte, error) { return sealed, nil }

func (d *desk) org() hookswitch.Org {
	d.t.Helper()
	org, err := d.admin.Org(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	return org
}

// setOrg changes what no use case of this package changes.
func (d *desk) setOrg(change func(*hookswitch.Org)) {
	d.t.Helper()
	org := d.org()
	change(&org)
	if err := d.db.Update(d.t.Context(), func(tx *store.Tx) error { return tx.UpdateOrg(org) }); err != nil {
		d.t.Fatal(err)
	}
}

// text is what an SMS with the passcode 123456 says.
func (d *desk) text(w verify.Words) string {
	d.t.Helper()
	w.Code, w.Org = "123456", d.org()
	text, err := d.texts.SMS(d.t.Context(), w)
	if err != nil {
		d.t.Fatal(err)
	}
	return text.Body.Reveal()
}

// calls are the scripts of a call with the passcode 123456.
func (d *desk) calls(w verify.Words) []hookswitch.Script {
	d.t.Helper()
	w.Code, w.Org = "123456", d.org()
	scripts, err := d.texts.Call(d.t.Context(), w)
	if err != nil {
		d.t.Fatal(err)
	}
	return scripts
}

// create adds a template that is good.
func (d *desk) create(text string, translations map[string]string) hookswitch.Template {
	d.t.Helper()
	made, err := d.texts.CreateSMSTemplate(d.t.Context(), admin.NewTemplate{Name: "Custom", Text: text, Translations: translations}, origin())
	if err != nil {
		d.t.Fatal(err)
	}
	d.now = d.now.Add(time.Second)
	return made
}

func origin() hookswitch.Origin {
	return hookswitch.Origin{RequestID: "req1", Actor: hookswitch.SystemActor()}
}

// log gives the lines of the System Log as "type target changed".
func (d *desk) log() []string {
	d.t.Helper()
	var lines []string
	err := d.db.View(d.t.Context(), func(tx *store.Tx) error {
		events, err := tx.Events(hookswitch.LogQuery{Limit: 1000, ByArrival: true})
		lines = nil
		for _, e := range events {
			line := string(e.Type) + " " + e.Targets[0].AlternateID
			for _, datum := range e.Debug {
				if datum.Key == "changed" {
					line += " " + datum.Value
				}
			}
			lines = append(lines, line)
		}
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return lines
}

func (d *desk) logIs(want ...string) {
	d.t.Helper()
	if got := d.log(); !slices.Equal(got, want) {
		d.t.Errorf("the log has\n%q\nwant\n%q", got, want)
	}
}

func wants(t *testing.T, err error, kind hookswitch.ProblemKind, fields ...string) {
	t.Helper()
	var p *hookswitch.Problem
	if !errors.As(err, &p) || p.Kind != kind {
		t.Fatalf("answered %v, want %s", err, kind)
	}
	var got []string
	for _, cause := range p.Causes {
		if cause.Field != "" {
			got = append(got, cause.Field)
		}
	}
	if !slices.Equal(got, fields) {
		t.Errorf("it names %q, want %q: %v", got, fields, err)
	}
}
