package app

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/netip"
	"os"
	"path/filepath"

	"hookswitch"
	"hookswitch/internal/admin"
	"hookswitch/internal/simulator"
)

// Demo is a server with everything around it that a laptop lacks: carriers, phones, and an org in which both work.
type Demo struct {
	App      *App
	Carriers *Carriers
	Token    hookswitch.Secret // an API token with every right
	Admin    string            // login of the demo administrator
	Password hookswitch.Secret
}

// NewDemo makes and starts a demo. Its database and credentials stay in the data directory, so that a second start
// finds what the first one left.
func NewDemo(ctx context.Context, o Options, simListen string) (*Demo, error) {
	o, err := o.Effective()
	if err != nil {
		return nil, err
	}
	kept, err := demoCredentials(o)
	if err != nil {
		return nil, err
	}
	d := &Demo{Token: hookswitch.Secret(kept.Token), Admin: demoAdmin, Password: hookswitch.Secret(kept.Password)}
	if d.Carriers, err = NewCarriers(simListen, o.Log); err != nil {
		return nil, err
	}
	o.TwilioURL, o.TwilioVerifyURL, o.TelesignURL = d.Carriers.URL(), d.Carriers.URL(), d.Carriers.URL()
	o.AllowedNetworks = append(o.AllowedNetworks, netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128"))
	o.BootstrapToken = d.Token
	o.BootstrapAdmin = hookswitch.Secret(demoAdmin + ":" + kept.Password)
	if d.App, err = New(ctx, o); err != nil {
		return nil, errors.Join(err, d.Carriers.Stop())
	}
	if err := d.App.configureDemo(ctx); err != nil {
		return nil, errors.Join(err, d.Stop())
	}
	if err := d.App.Start(ctx); err != nil {
		return nil, errors.Join(err, d.Stop())
	}
	kept.URL, kept.Carriers = d.App.URL(), d.Carriers.URL()
	return d, errors.Join(kept.write(o))
}

// Stop ends the server first, so that its last callbacks still find it.
func (d *Demo) Stop() error { return errors.Join(d.App.Stop(), d.Carriers.Stop()) }

const demoAdmin = "admin@example.com"

// Credentials are what a command on the same machine needs to speak to a running demo.
type Credentials struct {
	URL      string `json:"url"`
	Token    string `json:"token"`
	Password string `json:"adminPassword"`
	Carriers string `json:"carriers"` // URL of the simulated ones
}

func credentialsFile(data string) string { return filepath.Join(data, "dev-credentials.json") }

// ReadCredentials reads what the last demo in a data directory left; fs.ErrNotExist when there was none.
func ReadCredentials(data string) (Credentials, error) {
	var c Credentials
	text, err := os.ReadFile(credentialsFile(data))
	if err != nil {
		return c, err
	}
	if err := json.Unmarshal(text, &c); err != nil {
		return c, fmt.Errorf("%s cannot be read; delete it and start again: %w", credentialsFile(data), err)
	}
	return c, nil
}

func demoCredentials(o Options) (Credentials, error) {
	c, err := ReadCredentials(o.Data)
	if errors.Is(err, fs.ErrNotExist) {
		c, err = Credentials{Token: "00dev" + rand.Text(), Password: rand.Text()}, nil
	}
	if o.BootstrapToken != "" {
		c.Token = o.BootstrapToken.Reveal()
	}
	return c, err
}

func (c Credentials) write(o Options) error {
	text, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(credentialsFile(o.Data), text, 0o600)
}

// configureDemo makes the providers of the demo org and activates them, Twilio first, where they are missing.
func (a *App) configureDemo(ctx context.Context) error {
	origin := hookswitch.Origin{Actor: hookswitch.SystemActor()}
	have, err := a.use.admin.Providers(ctx)
	if err != nil || len(have) > 0 {
		return err
	}
	for _, wanted := range demoProviders() {
		p, err := a.use.admin.CreateProvider(ctx, wanted, origin)
		if err != nil {
			return err
		}
		if _, err := a.use.admin.ActivateProvider(ctx, p.ID, origin); err != nil {
			return err
		}
	}
	return nil
}

func demoProviders() []admin.NewProvider {
	known := simulator.DefaultCredentials()
	return []admin.NewProvider{{
		Name: hookswitch.Twilio, SID: known.TwilioAccountSID, AuthToken: hookswitch.Secret(known.TwilioAuthToken),
		Methods: map[hookswitch.Channel]hookswitch.Method{
			hookswitch.SMS:  {Option: "twilioMessageSid", Value: known.TwilioMessagingSID},
			hookswitch.Call: {Option: "twilioPhoneNumber", Value: known.TwilioNumbers[0]},
		},
	}, {
		Name: hookswitch.Telesign, SID: known.TelesignCustomerID, AuthToken: hookswitch.Secret(known.TelesignAPIKey),
		Methods: map[hookswitch.Channel]hookswitch.Method{
			hookswitch.SMS:  {Option: "telesignService", Value: "telesignMessagingService"},
			hookswitch.Call: {Option: "telesignService", Value: "telesignVoiceService"},
		},
	}}
}
