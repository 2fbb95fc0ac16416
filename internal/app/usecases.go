package app

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"time"

	"hookswitch"
	"hookswitch/internal/admin"
	"hookswitch/internal/delivery"
	"hookswitch/internal/enroll"
	"hookswitch/internal/httpd/callback"
	"hookswitch/internal/password"
	"hookswitch/internal/phone"
	"hookswitch/internal/provider"
	"hookswitch/internal/provider/inlinehook"
	"hookswitch/internal/provider/telesign"
	"hookswitch/internal/provider/twilio"
	"hookswitch/internal/render"
	"hookswitch/internal/report"
	"hookswitch/internal/signin"
	"hookswitch/internal/store"
	"hookswitch/internal/verify"
)

// numbersKept bounds the cache of parsed phone numbers; parsing one costs more than all else that is pure in a send.
const numbersKept = 50_000

// useCases are what the product does, on an open store.
type useCases struct {
	admin    *admin.Service
	settings *settings
	texts    *admin.Texts
	hooks    *admin.Hooks
	means    *admin.Authenticators
	delivery *delivery.Service
	verify   *verify.Service
	enroll   *enroll.Service
	signin   *signin.Service
	report   *report.Service
	counts   *report.Counts
	accounts *accounts
	repeats  repeats
}

func newUseCases(ctx context.Context, o Options, db Database, key masterKey, client *provider.Client, doctor *delivery.Doctor) (*useCases, error) {
	u := &useCases{repeats: repeats{key, o.Now}}
	passwords, random := password.NewHasher(), o.Random
	made := &changes{}
	u.admin = newAdmin(o, db, noting(made, transact(db.Update, func(tx *store.Tx) admin.Tx { return tx })), passwords)
	u.settings = newSettings(u.admin, made, o.Now)
	_, passcodeKey, err := u.admin.Found(ctx, hookswitch.DefaultOrg())
	if err != nil {
		return nil, err
	}
	numbers := phone.NewCache(phone.Overrides{}, numbersKept)
	catalogue, err := render.Load()
	if err != nil {
		return nil, err
	}
	u.texts = admin.NewTexts(admin.TextOptions{
		Update:    noting(made, transact(db.Update, func(tx *store.Tx) admin.WordsTx { return tx })),
		View:      transact(db.View, func(tx *store.Tx) admin.WordsTx { return tx }),
		Catalogue: catalogue,
		Random:    random,
		Log:       o.Log,
	})
	newHook := func(h hookswitch.InlineHook) *inlinehook.Provider {
		return inlinehook.New(inlinehook.Config{Hook: h, Client: client, PublicURL: o.PublicURL, Now: o.Now, Random: random})
	}
	u.hooks = admin.NewHooks(admin.HookOptions{
		Update:   noting(made, transact(db.Update, func(tx *store.Tx) admin.HooksTx { return tx })),
		View:     transact(db.View, func(tx *store.Tx) admin.HooksTx { return tx }),
		CheckURI: client.CheckURL,
		Ask: func(ctx context.Context, h hookswitch.InlineHook, payload []byte) ([]byte, error) {
			return newHook(h).Ask(ctx, payload)
		},
		Random: random,
	})
	u.means = admin.NewAuthenticators(
		noting(made, transact(db.Update, func(tx *store.Tx) admin.HooksTx { return tx })),
		transact(db.View, func(tx *store.Tx) admin.HooksTx { return tx }), random)
	u.accounts = &accounts{
		carriers: u.settings.carriers(u.hooks.Carriers), makers: makers(o, client),
		hook: func(h hookswitch.InlineHook) hookswitch.Provider { return newHook(h) },
	}
	u.delivery = delivery.New(delivery.Options{
		Update:         transact(db.Update, func(tx *store.Tx) delivery.Tx { return tx }),
		Accounts:       u.accounts,
		Health:         doctor,
		Now:            o.Now,
		Random:         random,
		Owner:          rand.Text(),
		StatusDeadline: o.StatusDeadline,
		CallbackURL: func(name hookswitch.ProviderName, deliveryID string) string {
			// Our own id travels in the address: a status can come before the carrier's id is written down.
			return callback.StatusURL(o.PublicURL, name, deliveryID)
		},
		RepeatURL: u.repeats.urls(o.PublicURL, o.Log),
		Log:       o.Log,
	})
	u.verify = verify.New(verify.Options{
		Update:  transact(db.Update, func(tx *store.Tx) verify.Tx { return tx }),
		Sender:  u.delivery,
		Texts:   u.texts,
		Numbers: numbers,
		Org:     u.settings.org,
		Key:     passcodeKey,
		Random:  random,
		Log:     o.Log,
	})
	u.enroll = enroll.New(enroll.Options{
		Update:   transact(db.Update, func(tx *store.Tx) enroll.Tx { return tx }),
		View:     transact(db.View, func(tx *store.Tx) enroll.Tx { return tx }),
		Verifier: u.verify,
		Accounts: u.accounts,
		Org:      u.settings.org,
		Random:   random,
	})
	u.signin = signin.New(signin.Options{
		Update:    transact(db.Update, func(tx *store.Tx) signin.Tx { return tx }),
		View:      transact(db.View, func(tx *store.Tx) signin.Tx { return tx }),
		Org:       u.settings.org,
		Verifier:  u.verify,
		Passwords: passwords,
		Random:    random,
		Log:       o.Log,
	})
	u.counts = report.NewCounts(
		transact(db.View, func(tx *store.Tx) report.CountTx { return tx }),
		transact(db.Update, func(tx *store.Tx) report.CountTx { return tx }))
	u.report = report.New(transact(db.View, func(tx *store.Tx) report.Tx { return tx }), numbers, o.Now)
	return u, nil
}

func newDoctor(o Options, db Database) *delivery.Doctor {
	return delivery.NewDoctor(transact(db.Update, func(tx *store.Tx) delivery.HealthTx { return tx }),
		transact(db.View, func(tx *store.Tx) delivery.HealthTx { return tx }), o.Random)
}

func newAdmin(o Options, db Database, update admin.Transact, passwords *password.Hasher) *admin.Service {
	return admin.New(admin.Options{
		Update:    update,
		View:      transact(db.View, func(tx *store.Tx) admin.Tx { return tx }),
		Check:     checkProvider,
		Passwords: passwords,
		Random:    o.Random,
	})
}

// makers is the one explicit list of providers.
func makers(o Options, client *provider.Client) map[hookswitch.ProviderName]maker {
	return map[hookswitch.ProviderName]maker{
		hookswitch.Twilio: func(account hookswitch.TelephonyProvider) hookswitch.Provider {
			return twilio.New(twilio.Config{Account: account, APIURL: o.TwilioURL, VerifyURL: o.TwilioVerifyURL, Client: client, Now: o.Now})
		},
		hookswitch.Telesign: func(account hookswitch.TelephonyProvider) hookswitch.Provider {
			return telesign.New(telesign.Config{Account: account, URL: o.TelesignURL, Client: client, Now: o.Now})
		},
	}
}

// checkProvider says what is wrong with a provider's settings, and which of its methods cannot send passcodes of so many
// digits.
func checkProvider(p hookswitch.TelephonyProvider, digits int) []hookswitch.Cause {
	var causes []hookswitch.Cause
	var made hookswitch.Limited
	switch p.Name {
	case hookswitch.Twilio:
		causes, made = twilio.Validate(p), twilio.New(twilio.Config{Account: p})
	case hookswitch.Telesign:
		causes, made = telesign.Validate(p), telesign.New(telesign.Config{Account: p})
	default:
		return []hookswitch.Cause{{Field: "providerName", Text: "The provider must be TWILIO or TELESIGN."}}
	}
	for _, channel := range hookswitch.Channels() {
		if made.Cannot(hookswitch.Needs{Channel: channel, Digits: digits}) == hookswitch.MethodCannot {
			causes = append(causes, hookswitch.Cause{
				Field: "providerSettings." + string(channel),
				Text:  fmt.Sprintf("This method cannot send passcodes of %d digits, which is what the org's settings say.", digits),
			})
		}
	}
	return causes
}

// urls makes the addresses that a key press during a call asks for.
func (r repeats) urls(publicURL string, log *slog.Logger) func(hookswitch.ProviderName, string, hookswitch.Script, time.Time) string {
	return func(name hookswitch.ProviderName, deliveryID string, script hookswitch.Script, expires time.Time) string {
		sealed, err := r.seal(deliveryID, script, expires)
		if err != nil {
			log.Error("a call cannot be repeated", "deliveryId", deliveryID, "error", err)
		}
		if sealed == "" {
			return ""
		}
		return callback.RepeatURL(publicURL, name, deliveryID, sealed)
	}
}
