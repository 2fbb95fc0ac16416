package admin_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	"hookswitch"
	"hookswitch/internal/admin"
)

func (r rules) WhatIsWrongWithASettingIsToldByItsField(t *testing.T) {
	d := r.desk(t)
	many := slices.Repeat([]string{"US"}, 301)
	for field, change := range map[string]func(*hookswitch.Org){
		"companyName":              func(is *hookswitch.Org) { is.Name = " " },
		"website":                  func(is *hookswitch.Org) { is.Contact.Website = "a\nb" },
		"language":                 func(is *hookswitch.Org) { is.Language = "no language" },
		"region":                   func(is *hookswitch.Org) { is.Region = "us" },
		"passcode.digits":          func(is *hookswitch.Org) { is.CodeDigits = 5 },
		"passcode.lifetimeSeconds": func(is *hookswitch.Org) { is.CodeLifetime = 601 * time.Second },
		"lineTypes":                func(is *hookswitch.Org) { is.Lines = map[string]string{"satellite": "allow"} },
		"lineTypes.voip":           func(is *hookswitch.Org) { is.Lines = map[string]string{"voip": "sometimes"} },
		"lineTypes.toll-free":      func(is *hookswitch.Org) { is.Lines = map[string]string{"toll-free": "allow"} },
		"blockedCountries[1]":      func(is *hookswitch.Org) { is.BlockedCountries = []string{"DE", "XX"} },
		"blockedCountries":         func(is *hookswitch.Org) { is.BlockedCountries = many },
		"blockedPrefixes[0]":       func(is *hookswitch.Org) { is.BlockedPrefixes = []string{"88216"} },
		"limits": func(is *hookswitch.Org) {
			is.Limits = map[string]hookswitch.Limit{"x": {Burst: 1, Period: time.Second}}
		},
		"limits.phone-pace":       func(is *hookswitch.Org) { is.Limits = map[string]hookswitch.Limit{"phone-pace": {Period: time.Second}} },
		"requests.perMinute":      func(is *hookswitch.Org) { is.Pace.Requests = 59 },
		"requests.listsPerMinute": func(is *hookswitch.Org) { is.Pace.Lists = -1 },
		"pipeline":                func(is *hookswitch.Org) { is.Pipeline = "v2" },
	} {
		t.Run(field, func(t *testing.T) {
			_, err := d.admin.ChangeOrg(t.Context(), change, origin())
			wants(t, err, hookswitch.Invalid, field)
		})
	}
	d.logIs()
}

func (r rules) AChangeOfSettingsIsToldWithWhatChanged(t *testing.T) {
	d := r.desk(t)
	change := func(is *hookswitch.Org) {
		is.Name, is.CodeDigits, is.CodeLifetime, is.CodeDeparts = "Acme Ltd", 5, 15*time.Minute, true
		is.BlockedCountries = []string{"DE"}
		is.Lines = map[string]string{"voip": "call-only", "mobile": "allow"}
		is.Limits = map[string]hookswitch.Limit{"phone-pace": {Burst: 1, Period: 30 * time.Second}, "user-sends": {Burst: 3, Period: time.Hour}}
	}
	is, err := d.admin.ChangeOrg(t.Context(), change, origin())
	if err != nil || d.org().Name != "Acme Ltd" || d.org().CodeDigits != 5 {
		t.Fatalf("%+v %v", is, err)
	}
	if !maps.Equal(d.org().Lines, map[string]string{"voip": "call-only"}) || len(d.org().Limits) != 1 {
		t.Errorf("what is the default is kept: %v %v", d.org().Lines, d.org().Limits)
	}
	if _, err := d.admin.ChangeOrg(t.Context(), change, origin()); err != nil {
		t.Error(err)
	}
	d.logIs("system.org.settings.update Acme Ltd companyName, passcode.digits, passcode.lifetimeSeconds, passcode.departs, lineTypes, blockedCountries, limits")
}

func (r rules) APasscodeIsNeverLongerThanAConfiguredMethodCanSend(t *testing.T) {
	d := r.desk(t)
	d.check = func(_ hookswitch.TelephonyProvider, digits int) []hookswitch.Cause {
		if digits > 7 {
			return []hookswitch.Cause{{Field: "providerSettings.sms", Text: "This method cannot."}}
		}
		return nil
	}
	p := d.provider(hookswitch.Telesign)
	digits := func(n int) error {
		_, err := d.admin.ChangeOrg(t.Context(), func(is *hookswitch.Org) { is.CodeDigits = n }, origin())
		return err
	}
	wants(t, digits(8), hookswitch.Invalid, "passcode.digits")
	if err := digits(7); err != nil {
		t.Error(err)
	}
	if err := d.admin.DeleteProvider(t.Context(), p.ID, origin()); err != nil {
		t.Fatal(err)
	}
	if err := digits(8); err != nil {
		t.Error(err)
	}
	_, err := d.admin.CreateProvider(t.Context(), admin.NewProvider{Name: hookswitch.Telesign, SID: "c", AuthToken: "t"}, origin())
	wants(t, err, hookswitch.Invalid, "providerSettings.sms")
}
