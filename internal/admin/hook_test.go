package admin_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"testing"

	"hookswitch"
	"hookswitch/internal/admin"
	"hookswitch/internal/store"
)

// hooks is where an administrator keeps inline hooks; an https address on hooks.example.com can be called.
func (d *desk) hooks() *admin.Hooks {
	return admin.NewHooks(admin.HookOptions{
		Update: port(d.db.Update, func(tx *store.Tx) admin.HooksTx { return tx }),
		View:   port(d.db.View, func(tx *store.Tx) admin.HooksTx { return tx }),
		CheckURI: func(uri string) error {
			if strings.HasPrefix(uri, "https://hooks.example.com") {
				return nil
			}
			return errors.New("only https URLs may be called")
		},
		Ask: func(_ context.Context, h hookswitch.InlineHook, payload []byte) ([]byte, error) {
			if string(payload) == "fail" {
				return nil, &hookswitch.SendError{Failure: hookswitch.ReplyInvalid, Detail: "The hook's answer is no JSON object."}
			}
			return fmt.Appendf(nil, `{"asked":%q}`, h.Name), nil
		},
		Random: rand.Reader,
	})
}

func hookSpec(name string) admin.HookSpec {
	return admin.HookSpec{Name: name, URI: "https://hooks.example.com/otp", AuthKey: "Authorization", AuthValue: "secret"}
}

func (d *desk) provider(name hookswitch.ProviderName) hookswitch.TelephonyProvider {
	d.t.Helper()
	p, err := d.admin.CreateProvider(d.t.Context(), admin.NewProvider{Name: name, SID: "AC1", AuthToken: "t"}, origin())
	if err != nil {
		d.t.Fatal(err)
	}
	return p
}

func (r rules) AHookIsActiveAtOnceUnlessSomethingElseCarriesMessages(t *testing.T) {
	d := r.desk(t)
	hooks := d.hooks()
	first, err := hooks.CreateInlineHook(t.Context(), hookSpec("first"), origin())
	if err != nil || !first.Active || !strings.HasPrefix(first.ID, "cal") {
		t.Fatalf("%+v %v", first, err)
	}
	second, err := hooks.CreateInlineHook(t.Context(), hookSpec("second"), origin())
	if err != nil || second.Active {
		t.Fatalf("%+v %v", second, err)
	}
	_, err = hooks.ActivateInlineHook(t.Context(), second.ID, origin())
	wants(t, err, hookswitch.NotNow)
	p := d.provider(hookswitch.Twilio)
	_, err = d.admin.ActivateProvider(t.Context(), p.ID, origin())
	wants(t, err, hookswitch.NotNow)
	wants(t, hooks.DeleteInlineHook(t.Context(), first.ID, origin()), hookswitch.NotNow)
	if _, err := hooks.DeactivateInlineHook(t.Context(), first.ID, origin()); err != nil {
		t.Fatal(err)
	}
	if p, err = d.admin.ActivateProvider(t.Context(), p.ID, origin()); err != nil || !p.Primary {
		t.Fatalf("%+v %v", p, err)
	}
	for range 2 { // the second time it is active already
		if _, err := d.admin.ActivateProvider(t.Context(), p.ID, origin()); err != nil {
			t.Fatal(err)
		}
	}
	_, err = hooks.ActivateInlineHook(t.Context(), first.ID, origin())
	wants(t, err, hookswitch.NotNow)
	third, err := hooks.CreateInlineHook(t.Context(), hookSpec("third"), origin())
	if err != nil || third.Active {
		t.Fatalf("%+v %v", third, err)
	}
	if err := hooks.DeleteInlineHook(t.Context(), first.ID, origin()); err != nil {
		t.Fatal(err)
	}
	const kind = " com.okta.telephony.provider"
	d.logIs("inline_hook.created"+kind, "inline_hook.activated"+kind, "inline_hook.created"+kind, "system.telephony.provider.create AC1",
		"inline_hook.deactivated"+kind, "system.telephony.provider.activate AC1", "inline_hook.created"+kind, "inline_hook.deleted"+kind)
}

func (r rules) AtTheSameTimeOneHookOrOneProviderIsActivated(t *testing.T) {
	d := r.desk(t)
	hooks := d.hooks()
	p := d.provider(hookswitch.Twilio)
	hook, err := hooks.CreateInlineHook(t.Context(), hookSpec("hook"), origin())
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		if _, err := hooks.DeactivateInlineHook(t.Context(), hook.ID, origin()); err != nil {
			t.Fatal(err)
		}
		if _, err := d.admin.DeactivateProvider(t.Context(), p.ID, origin()); err != nil {
			t.Fatal(err)
		}
		failures := make(chan error, 2)
		go func() {
			_, err := hooks.ActivateInlineHook(context.WithoutCancel(t.Context()), hook.ID, origin())
			failures <- err
		}()
		go func() {
			_, err := d.admin.ActivateProvider(context.WithoutCancel(t.Context()), p.ID, origin())
			failures <- err
		}()
		one, other := <-failures, <-failures
		if (one == nil) == (other == nil) {
			t.Fatalf("%v and %v", one, other)
		}
	}
}

func (r rules) AChangeOfAHookKeepsItsSecretUnlessTheHeaderIsAnother(t *testing.T) {
	d := r.desk(t)
	hooks := d.hooks()
	spec := hookSpec("hook")
	spec.Headers = []hookswitch.HookHeader{{Key: "X-Region", Value: "eu"}}
	hook, err := hooks.CreateInlineHook(t.Context(), spec, origin())
	if err != nil {
		t.Fatal(err)
	}
	change := func(f func(*admin.HookSpec)) error {
		hook, err = hooks.ChangeInlineHook(t.Context(), hook.ID, func(s admin.HookSpec) admin.HookSpec { f(&s); return s }, origin())
		return err
	}
	if err := change(func(s *admin.HookSpec) { s.AuthKey, s.AuthValue = "authorization", ""; s.Name = "other" }); err != nil || hook.AuthValue != "secret" {
		t.Errorf("%+v %v", hook, err)
	}
	wants(t, change(func(s *admin.HookSpec) { s.AuthKey, s.AuthValue = "X-Key", "" }), hookswitch.Invalid, "channel.config.authScheme.value")
	hook, err = hooks.InlineHook(t.Context(), hook.ID)
	if err != nil || hook.Name != "other" || hook.Headers[0].Value != "eu" || hook.AuthValue != "secret" {
		t.Errorf("%+v %v", hook, err)
	}
	if err := change(func(*admin.HookSpec) {}); err != nil {
		t.Error(err)
	}
	d.logIs("inline_hook.created com.okta.telephony.provider", "inline_hook.activated com.okta.telephony.provider",
		"inline_hook.updated com.okta.telephony.provider name, channel.config.authScheme.key")
}

func (r rules) BadHooksAreRefusedByField(t *testing.T) {
	hooks := r.desk(t).hooks()
	for field, spoil := range map[string]func(*admin.HookSpec){
		"name":                             func(s *admin.HookSpec) { s.Name = strings.Repeat("é", 256) },
		"channel.config.uri":               func(s *admin.HookSpec) { s.URI = "http://hooks.example.com" },
		"channel.config.authScheme":        func(s *admin.HookSpec) { s.AuthKey = "" },
		"channel.config.authScheme.key":    func(s *admin.HookSpec) { s.AuthKey = "Host" },
		"channel.config.authScheme.value":  func(s *admin.HookSpec) { s.AuthValue = "a\r\nX: y" },
		"channel.config.headers[0].key":    func(s *admin.HookSpec) { s.Headers = []hookswitch.HookHeader{{Key: "a b", Value: "c"}} },
		"channel.config.headers[1].key":    func(s *admin.HookSpec) { s.Headers = []hookswitch.HookHeader{{Key: "a", Value: "c"}, {Key: "A"}} },
		"channel.config.headers[00].value": func(s *admin.HookSpec) { s.Headers = []hookswitch.HookHeader{{Key: "a", Value: "é"}} },
		"channel.config.headers":           func(s *admin.HookSpec) { s.Headers = make([]hookswitch.HookHeader, 21) },
	} {
		spec := hookSpec("hook")
		spoil(&spec)
		_, err := hooks.CreateInlineHook(t.Context(), spec, origin())
		wants(t, err, hookswitch.Invalid, strings.ReplaceAll(field, "00", "0"))
	}
	for _, uri := range []string{"", "https://hooks.example.com/a b", "https://hooks.example.com/" + strings.Repeat("a", 1024)} {
		spec := hookSpec("hook")
		spec.URI = uri
		_, err := hooks.CreateInlineHook(t.Context(), spec, origin())
		wants(t, err, hookswitch.Invalid, "channel.config.uri")
	}
}

func (r rules) ThereAreAtMost50Hooks(t *testing.T) {
	hooks := r.desk(t).hooks()
	for i := range 50 {
		if _, err := hooks.CreateInlineHook(t.Context(), hookSpec(fmt.Sprint(i)), origin()); err != nil {
			t.Fatal(err)
		}
	}
	_, err := hooks.CreateInlineHook(t.Context(), hookSpec("one more"), origin())
	wants(t, err, hookswitch.NotNow)
}

func (r rules) TheChosenFallbackCannotBeDeleted(t *testing.T) {
	d := r.desk(t)
	hooks := d.hooks()
	wants(t, hooks.SetHookFallback(t.Context(), hookswitch.HookFallback{ProviderID: "oct1"}, origin()), hookswitch.Invalid, "fallbackProviderId")
	p := d.provider(hookswitch.Twilio)
	want := hookswitch.HookFallback{ProviderID: p.ID, AcceptDuplicates: true}
	for range 2 {
		if err := hooks.SetHookFallback(t.Context(), want, origin()); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := hooks.HookFallback(t.Context()); err != nil || got != want {
		t.Errorf("%+v %v", got, err)
	}
	wants(t, d.admin.DeleteProvider(t.Context(), p.ID, origin()), hookswitch.NotNow)
	carriers, err := hooks.Carriers(t.Context())
	if err != nil || carriers.Hook.ID != "" || carriers.Fallback.ProviderID != "" {
		t.Errorf("%+v %v", carriers, err)
	}
	hook, err := hooks.CreateInlineHook(t.Context(), hookSpec("hook"), origin())
	if err != nil {
		t.Fatal(err)
	}
	carriers, err = hooks.Carriers(t.Context())
	if err != nil || carriers.Hook.ID != hook.ID || carriers.Fallback != want || len(carriers.Providers) != 1 {
		t.Errorf("%+v %v", carriers, err)
	}
	if err := hooks.SetHookFallback(t.Context(), hookswitch.HookFallback{}, origin()); err != nil {
		t.Fatal(err)
	}
	if err := d.admin.DeleteProvider(t.Context(), p.ID, origin()); err != nil {
		t.Error(err)
	}
	d.logIs("system.telephony.provider.create AC1", "system.telephony.hook_fallback.update Acme fallbackProviderId, acceptDuplicates",
		"inline_hook.created com.okta.telephony.provider", "inline_hook.activated com.okta.telephony.provider",
		"system.telephony.hook_fallback.update Acme fallbackProviderId, acceptDuplicates", "system.telephony.provider.delete AC1")
}

func (r rules) APreviewOfAHookIsLogged(t *testing.T) {
	d := r.desk(t)
	hooks := d.hooks()
	hook, err := hooks.CreateInlineHook(t.Context(), hookSpec("hook"), origin())
	if err != nil {
		t.Fatal(err)
	}
	answer, err := hooks.ExecuteInlineHook(t.Context(), hook.ID, []byte("{}"), origin())
	if err != nil || string(answer) != `{"asked":"hook"}` {
		t.Errorf("%s %v", answer, err)
	}
	_, err = hooks.ExecuteInlineHook(t.Context(), hook.ID, []byte("fail"), origin())
	wants(t, err, hookswitch.TestFailed)
	_, err = hooks.ExecuteInlineHook(t.Context(), "cal1", nil, origin())
	wants(t, err, hookswitch.NotFound)
	d.logIs("inline_hook.created com.okta.telephony.provider", "inline_hook.activated com.okta.telephony.provider",
		"inline_hook.executed com.okta.telephony.provider", "inline_hook.executed com.okta.telephony.provider")
}
