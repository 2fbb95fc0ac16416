package sim

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"

	"hookswitch/internal/app"
	"hookswitch/internal/simulator"
	"hookswitch/internal/store"
)

// Ground is what worlds stand on: a database with an org, a token and two carriers, and the key of its secrets.
type Ground struct{ dir string }

// NewGround makes an empty place for it. Remove it when all worlds are over.
func NewGround() (Ground, error) {
	dir, err := os.MkdirTemp(memory(), "hookswitch-sim-")
	return Ground{dir}, err
}

// Remove deletes the place with all that is in it.
func (g Ground) Remove() error { return os.RemoveAll(g.dir) }

// memory is a directory for files that need not survive, in memory where the machine has such a place.
func memory() string {
	if info, err := os.Stat("/dev/shm"); err == nil && info.IsDir() {
		return "/dev/shm"
	}
	return os.TempDir()
}

func (g Ground) options() app.Options {
	return app.Options{
		PublicURL: "http://hookswitch.test", Data: g.dir, MasterKeyFile: filepath.Join(g.dir, "master.key"),
		TwilioURL: "http://twilio.test", TwilioVerifyURL: "http://verify.twilio.test", TelesignURL: "http://telesign.test",
		BootstrapToken: token, StatusDeadline: statusDeadline,
	}
}

const token = "00simulation-simulation-simulation-simul"

// copyTo gives a world a database of its own. The ground's is closed: its files are whole.
func (g Ground) copyTo(path string) error {
	data, err := os.ReadFile(filepath.Join(g.dir, "ground.db"))
	if err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o600)
}

// Where the org sends nothing, because its guard denies: from the beginning, and from some minutes later on.
const (
	blockedPrefix = "+12029"
	blockedLater  = "+12028"
)

// Prepare makes the ground ready. It is called in a bubble of its own, so that its times are those of every bubble's
// beginning.
func (g Ground) Prepare(ctx context.Context) error {
	o := g.options()
	o.DatabaseURL = "sqlite:" + filepath.Join(g.dir, "ground.db")
	db, err := app.OpenStore(ctx, o, store.Options{})
	if err != nil {
		return err
	}
	n, err := app.NewNode(ctx, o, db, http.DefaultTransport)
	if err != nil {
		return errors.Join(err, db.Close())
	}
	err = addCarriers(ctx, n.Handler())
	if err == nil {
		err = db.Update(ctx, func(tx *store.Tx) error {
			org, err := tx.Org()
			if err != nil {
				return err
			}
			org.BlockedPrefixes = []string{blockedPrefix}
			return tx.UpdateOrg(org)
		})
	}
	return errors.Join(err, db.Close())
}

// addCarriers configures both carriers by the API, Twilio first.
func addCarriers(ctx context.Context, h http.Handler) error {
	known := simulator.DefaultCredentials()
	for _, wanted := range []map[string]any{{
		"providerName": "TWILIO", "providerSid": known.TwilioAccountSID, "providerAuthToken": known.TwilioAuthToken,
		"providerSettings": map[string]any{
			"sms": map[string]string{"twilioMessageSid": known.TwilioMessagingSID}, "call": map[string]string{"twilioPhoneNumber": known.TwilioNumbers[0]},
		},
	}, {
		"providerName": "TELESIGN", "providerSid": known.TelesignCustomerID, "providerAuthToken": known.TelesignAPIKey,
		"providerSettings": map[string]any{
			"sms": map[string]string{"telesignService": "telesignMessagingService"}, "call": map[string]string{"telesignService": "telesignVoiceService"},
		},
	}} {
		body, err := json.Marshal(wanted)
		if err != nil {
			return err
		}
		const path = "http://hookswitch.test/api/v1/telephony-providers"
		var made struct {
			ID string `json:"id"`
		}
		if err := ask(ctx, h, path, body, &made); err != nil {
			return err
		}
		if err := ask(ctx, h, path+"/"+made.ID+"/lifecycle/activate", nil, nil); err != nil {
			return err
		}
	}
	return nil
}

func ask(ctx context.Context, h http.Handler, address string, body []byte, into any) error {
	u, err := url.Parse(address)
	if err != nil {
		return err
	}
	a := serve(ctx, h, http.MethodPost, u, signed(), body)
	if a.status >= 300 {
		return fmt.Errorf("%s: %d %s", u.Path, a.status, a.body)
	}
	if into == nil {
		return nil
	}
	return json.Unmarshal(a.body, into)
}

// signed are the headers of a request of an administrator.
func signed() http.Header {
	return http.Header{"Authorization": {"SSWS " + token}, "Content-Type": {"application/json"}, "Accept": {"application/json"}}
}
