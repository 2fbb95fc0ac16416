package admin_test

import (
	"crypto/rand"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"

	"hookswitch"
	"hookswitch/internal/admin"
	"hookswitch/internal/render"
	"hookswitch/internal/store"
)

func (r rules) TwoPatchesOfAProviderAtOnceBothCount(t *testing.T) {
	d := r.desk(t)
	p := d.provider(hookswitch.Twilio)
	want := map[hookswitch.Channel]hookswitch.Method{
		hookswitch.SMS:  {Option: "twilioMessageSid", Value: "MG1"},
		hookswitch.Call: {Option: "twilioPhoneNumber", Value: "+15005550010"},
	}
	var both sync.WaitGroup
	for channel, method := range want {
		both.Go(func() {
			_, err := d.admin.UpdateProvider(t.Context(), p.ID, func(was hookswitch.TelephonyProvider) (admin.NewProvider, error) {
				methods := maps.Clone(was.Methods)
				if methods == nil {
					methods = map[hookswitch.Channel]hookswitch.Method{}
				}
				methods[channel] = method
				return admin.NewProvider{Methods: methods}, nil
			}, origin())
			if err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	is, err := d.admin.Provider(t.Context(), p.ID)
	if err != nil || !maps.Equal(is.Methods, want) {
		t.Errorf("the methods are %v, %v", is.Methods, err)
	}
}

func (r rules) WhoeverDidNotSeeTheLastChangeChangesNothing(t *testing.T) {
	d := r.desk(t)
	hooks := d.hooks()
	means := admin.NewAuthenticators(port(d.db.Update, func(tx *store.Tx) admin.HooksTx { return tx }),
		port(d.db.View, func(tx *store.Tx) admin.HooksTx { return tx }), rand.Reader)
	p, hook, template := d.provider(hookswitch.Twilio), d.hook("hook"), d.create("Your code is ${code}", nil)
	before := d.log()
	ctx := t.Context()
	for what, change := range map[string]func() error{
		"provider": func() error {
			_, err := d.admin.UpdateProvider(ctx, p.ID, func(hookswitch.TelephonyProvider) (admin.NewProvider, error) {
				return admin.NewProvider{SID: "AC2"}, refuse("")
			}, origin())
			return err
		},
		"hook": func() error {
			_, err := hooks.ChangeInlineHook(ctx, hook.ID, func(admin.HookSpec) admin.HookSpec { return hookSpec("other") }, origin(), other[hookswitch.InlineHook])
			return err
		},
		"fallback": func() error {
			return hooks.SetHookFallback(ctx, hookswitch.HookFallback{ProviderID: p.ID}, origin(), other[hookswitch.HookFallback])
		},
		"template, replaced": func() error {
			_, err := d.texts.ReplaceSMSTemplate(ctx, template.ID, admin.NewTemplate{Name: "Other", Text: "${code}"}, origin(), other[hookswitch.Template])
			return err
		},
		"template, updated": func() error {
			text := "${code}"
			_, err := d.texts.UpdateSMSTemplate(ctx, template.ID, admin.TemplateChange{Text: &text}, origin(), other[hookswitch.Template])
			return err
		},
		"message": func() error {
			_, err := d.texts.SetMessage(ctx, hookswitch.SMS, hookswitch.SignIn, admin.NewTemplate{Text: "${code}"}, origin(), other[admin.InForce])
			return err
		},
		"message settings": func() error {
			return d.texts.SetMessageSettings(ctx, admin.MessageSettings{Segments: 2}, origin(), other[admin.MessageSettings])
		},
		"regulation": func() error {
			_, err := d.texts.SetRegulation(ctx, render.Regulation{Country: "US", BrandPrefix: "Acme: "}, origin(), other[render.Regulation])
			return err
		},
		"authenticator": func() error {
			_, err := means.SetPhone(ctx, "Other", hookswitch.AllowedForAny, origin(), other[admin.Phone])
			return err
		},
	} {
		t.Run(what, func(t *testing.T) { wants(t, change(), hookswitch.ChangedMeanwhile) })
	}
	if after := d.log(); !slices.Equal(before, after) {
		t.Errorf("the log has %q more", after[len(before):])
	}
}

// other says that the thing is not what was seen.
func other[T any](is T) error { return refuse(fmt.Sprintf("%T", is)) }

func refuse(what string) error { return hookswitch.Refuse(hookswitch.ChangedMeanwhile, what) }

func (d *desk) hook(name string) hookswitch.InlineHook {
	d.t.Helper()
	made, err := d.hooks().CreateInlineHook(d.t.Context(), hookSpec(name), origin())
	if err != nil {
		d.t.Fatal(err)
	}
	return made
}
