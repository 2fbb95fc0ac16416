package sim

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"

	"hookswitch/internal/app"
	"hookswitch/internal/simulator"
	"hookswitch/internal/store"
)

// blockedPrefix is where the org sends nothing: its guard denies.
const blockedPrefix = "+12029"

// Prepare makes the ground of worlds in a directory. It is called in a bubble of its own, so that its times are those of
// every bubble's beginning.
func Prepare(ctx context.Context, dir string) (Ground, error) {
	g := Ground{dir}
	o := g.options()
	o.DatabaseURL = "sqlite:" + filepath.Join(dir, "ground.db")
	db, err := app.OpenStore(ctx, o, store.Options{})
	if err != nil {
		return g, err
	}
	n, err := app.NewNode(ctx, o, db, http.DefaultTransport)
	if err != nil {
		return g, errors.Join(err, db.Close())
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
	return g, errors.Join(err, db.Close())
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
