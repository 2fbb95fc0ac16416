package admin_test

import (
	"crypto/rand"
	"testing"

	"hookswitch"
	"hookswitch/internal/admin"
	"hookswitch/internal/store"
)

func (d *desk) means() *admin.Authenticators {
	return admin.NewAuthenticators(port(d.db.Update, func(tx *store.Tx) admin.HooksTx { return tx }), port(d.db.View, func(tx *store.Tx) admin.HooksTx { return tx }), rand.Reader)
}

func (r rules) ThePhoneAuthenticatorIsThereAndEachChangeIsLogged(t *testing.T) {
	d := r.desk(t)
	means := d.means()
	p, err := means.Phone(t.Context())
	if err != nil || p.Name != "Phone" || p.AllowedFor != hookswitch.AllowedForAny || len(p.ID) != 20 || p.ID[:3] != "aut" || !p.Created.Equal(d.now) || !p.LastUpdated.Equal(d.now) {
		t.Errorf("%+v %v", p, err)
	}
	for range 2 {
		if p, err = means.SetPhone(t.Context(), "Telephone", hookswitch.AllowedForRecovery, origin()); err != nil || p.Name != "Telephone" {
			t.Errorf("%+v %v", p, err)
		}
		if p, err = means.SwitchPhoneMethod(t.Context(), hookswitch.Call, false, origin()); err != nil || p.Offers(hookswitch.Call) || !p.Offers(hookswitch.SMS) {
			t.Errorf("%+v %v", p, err)
		}
	}
	if p, err = means.DeactivatePhone(t.Context(), origin()); err != nil || p.Offers(hookswitch.SMS) {
		t.Errorf("%+v %v", p, err)
	}
	_, err = means.SetPhone(t.Context(), "", hookswitch.AllowedForAny, origin())
	wants(t, err, hookswitch.Invalid, "name")
	_, err = means.SetPhone(t.Context(), "Phone", "all", origin())
	wants(t, err, hookswitch.Invalid, "settings.allowedFor")
	_, err = means.ActivatePhone(t.Context(), origin())
	wants(t, err, hookswitch.NoProvider)
	provider := d.provider(hookswitch.Twilio)
	if _, err := d.admin.ActivateProvider(t.Context(), provider.ID, origin()); err != nil {
		t.Fatal(err)
	}
	if p, err = means.SwitchOrgFactor(t.Context(), hookswitch.Call, true, origin()); err != nil || p.Inactive || !p.Offers(hookswitch.Call) || p.Offers(hookswitch.SMS) {
		t.Errorf("a channel that is switched on makes the other one usable: %+v %v", p, err)
	}
	if now, err := means.Phone(t.Context()); err != nil || now != p {
		t.Errorf("%+v, want %+v, %v", now, p, err)
	}
	const update = "security.authenticator.lifecycle.update phone_number "
	d.logIs(update+"name, settings.allowedFor", update+"methods.voice.status", "security.authenticator.lifecycle.deactivate phone_number status",
		"system.telephony.provider.create AC1", "system.telephony.provider.activate AC1", update+"status, methods.sms.status, methods.voice.status")
}
