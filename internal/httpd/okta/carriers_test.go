package okta

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"

	"hookswitch"
	"hookswitch/internal/admin"
	"hookswitch/internal/httpd"
	"hookswitch/internal/store"
	"hookswitch/internal/store/sqlite"
)

// newCarriersDesk is the API in front of the true use cases of who carries messages, on a true store. Hooks answer what
// they were asked.
func newCarriersDesk(t testing.TB) *desk {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "test.db"), store.Options{Now: noon, NoSync: true, Sealer: plainly{}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	org := hookswitch.DefaultOrg()
	org.ID, org.Name, org.Version = "00o4567890123456789a", "Acme", 1
	if err := db.Update(t.Context(), func(tx *store.Tx) error { return tx.InsertOrg(org) }); err != nil {
		t.Fatal(err)
	}
	hookPort := func(run func(context.Context, func(*store.Tx) error) error) func(context.Context, func(admin.HooksTx) error) error {
		return func(ctx context.Context, fn func(admin.HooksTx) error) error {
			return run(ctx, func(tx *store.Tx) error { return fn(tx) })
		}
	}
	accountPort := func(run func(context.Context, func(*store.Tx) error) error) admin.Transact {
		return func(ctx context.Context, fn func(admin.Tx) error) error {
			return run(ctx, func(tx *store.Tx) error { return fn(tx) })
		}
	}
	hooks := admin.NewHooks(admin.HookOptions{
		Update: hookPort(db.Update), View: hookPort(db.View), Random: rand.Reader,
		CheckURI: func(uri string) error {
			if strings.HasPrefix(uri, "https://") {
				return nil
			}
			return errors.New("only https URLs may be called")
		},
		Ask: func(_ context.Context, _ hookswitch.InlineHook, payload []byte) ([]byte, error) { return payload, nil },
	})
	accounts := admin.New(admin.Options{
		Update: accountPort(db.Update), View: accountPort(db.View), Random: rand.Reader,
		Check: func(hookswitch.TelephonyProvider, int) []hookswitch.Cause { return nil },
	})
	w := newWorld()
	handler, err := httpd.New(httpd.Options{
		PublicURL: "https://sms.example.com", Authenticator: w, Now: noon, Random: rand.Reader, Log: slog.New(slog.DiscardHandler),
	}, Operations(Ports{Hooks: hooks, Providers: accounts, Phones: admin.NewAuthenticators(hookPort(db.Update), hookPort(db.View), rand.Reader)}))
	if err != nil {
		t.Fatal(err)
	}
	return &desk{t: t, world: w, handler: handler, token: string(hookswitch.SuperAdmin)}
}

// plainly seals nothing: what is sealed is another test's.
type plainly struct{}

func (plainly) Seal(plain []byte, _ string) ([]byte, error)  { return plain, nil }
func (plainly) Open(sealed []byte, _ string) ([]byte, error) { return sealed, nil }
