package okta

import (
	"cmp"
	"context"
	"time"

	"hookswitch"
	"hookswitch/internal/httpd"
	"hookswitch/internal/phone"
	"hookswitch/internal/ratelimit"
)

// settings are ours: what an administrator sets for the telephony of the whole org.
func (o orgs) settings() []httpd.Operation {
	const path = "/api/v1/telephony/settings"
	return []httpd.Operation{
		httpd.Op("GET", path, tagged(httpd.About{
			ID: "getTelephonySettings", Tag: "OrgSetting", Summary: "Retrieve the settings of telephony", Roles: auditors(), Scopes: []string{"okta.orgs.read"},
			Description: "Not in Okta's API.",
		}), o.getSettings),
		httpd.Op("PUT", path, tagged(httpd.About{
			ID: "replaceTelephonySettings", Tag: "OrgSetting", Summary: "Replace the settings of telephony", Roles: super(), Scopes: []string{"okta.orgs.manage"},
			Description: "Not in Okta's API. What is left out gets its default. They count at once, on other nodes within a second.",
		}), o.setSettings),
	}
}

// TelephonySettings are what an administrator sets for the telephony of the whole org.
type TelephonySettings struct {
	Language  string                  `json:"language" maxLength:"35" example:"en" description:"BCP 47; of messages to people of whom nothing better is known"`
	Region    string                  `json:"region" maxLength:"2" example:"US" description:"ISO 3166-1 alpha-2; where phone numbers without a country calling code are"`
	Passcode  PasscodeSettings        `json:"passcode"`
	Lines     map[string]string       `json:"lineTypes" description:"By type of line: allow, call-only, sms-only or refuse. Toll-free and premium-rate numbers are always refused"`
	Countries []string                `json:"blockedCountries" description:"ISO 3166-1 alpha-2; nothing is sent there"`
	Prefixes  []string                `json:"blockedPrefixes" description:"First digits of numbers, such as +88216; nothing is sent there"`
	Limits    map[string]LimitSetting `json:"limits" description:"By name: phone-pace, user-sends, factor-activation, login-pace, login-sends, login-tries, client-requests"`
	Requests  RequestSettings         `json:"requests"`
	Pipeline  string                  `json:"pipeline" enum:"idx,v1" description:"What /.well-known/okta-organization answers"`
}

// PasscodeSettings are the form and the life of passcodes.
type PasscodeSettings struct {
	Digits   int  `json:"digits" description:"4 to 10. No method that is configured may be unable to send so many; with departs off, at least 6"`
	Lifetime int  `json:"lifetimeSeconds" description:"1 second to 24 hours; with departs off, at most 600"`
	Departs  bool `json:"departs" description:"The passcodes knowingly depart from what OWASP ASVS and NIST SP 800-63B ask for"`
}

// LimitSetting lets something happen burst times at once, and once more after each period.
type LimitSetting struct {
	Burst    int   `json:"burst" description:"1 to 1,000,000"`
	PeriodMS int64 `json:"periodMs" description:"1 to 86,400,000"`
}

// RequestSettings are how many requests a minute a caller may make of each process.
type RequestSettings struct {
	PerMinute httpd.Optional[int] `json:"perMinute" description:"60 to 1,000,000; null for what the operator set"`
	Lists     httpd.Optional[int] `json:"listsPerMinute" description:"Of those that search and page; null for what the operator set"`
}

func (o orgs) getSettings(ctx context.Context, _ httpd.Call, _ httpd.Nothing) (TelephonySettings, error) {
	org, err := o.desk.Org(ctx)
	return settingsOnWire(org), err
}

type settingsIn struct {
	Body TelephonySettings `body:"required"`
}

func (o orgs) setSettings(ctx context.Context, call httpd.Call, in settingsIn) (TelephonySettings, error) {
	org, err := o.desk.ChangeOrg(ctx, in.Body.over, call.Origin, seen(call, settingsOnWire))
	return settingsOnWire(org), err
}

// over puts the settings in the place of those of an org.
func (s TelephonySettings) over(is *hookswitch.Org) {
	usual := hookswitch.DefaultOrg()
	is.Language, is.Region = cmp.Or(s.Language, usual.Language), cmp.Or(s.Region, usual.Region)
	is.CodeDigits, is.CodeLifetime = cmp.Or(s.Passcode.Digits, usual.CodeDigits), usual.CodeLifetime
	if s.Passcode.Lifetime != 0 {
		is.CodeLifetime = inUnits(int64(s.Passcode.Lifetime), time.Second)
	}
	is.CodeDeparts = s.Passcode.Departs
	is.Lines, is.BlockedCountries, is.BlockedPrefixes = s.Lines, s.Countries, s.Prefixes
	is.Limits = make(map[string]hookswitch.Limit, len(s.Limits))
	for name, limit := range s.Limits {
		is.Limits[name] = hookswitch.Limit{Burst: limit.Burst, Period: inUnits(limit.PeriodMS, time.Millisecond)}
	}
	is.Pace = hookswitch.Pace{Requests: paceOf(s.Requests.PerMinute), Lists: paceOf(s.Requests.Lists)}
	is.Pipeline = cmp.Or(hookswitch.Pipeline(s.Pipeline), usual.Pipeline)
}

// inUnits is so many of a unit, or a time that is beyond every bound when it cannot be said.
func inUnits(n int64, unit time.Duration) time.Duration {
	const beyond = 10 * 365 * 24 * time.Hour
	if n > int64(beyond/unit) || n < 0 {
		return beyond
	}
	return time.Duration(n) * unit
}

// paceOf is what was set; null is the operator's own, and a 0 that was written is no pace.
func paceOf(set httpd.Optional[int]) int {
	if set.Given && !set.Null && set.Value == 0 {
		return -1
	}
	return set.Value
}

func settingsOnWire(org hookswitch.Org) TelephonySettings {
	wire := TelephonySettings{
		Language: org.Language, Region: org.Region,
		Passcode: PasscodeSettings{Digits: org.CodeDigits, Lifetime: int(org.CodeLifetime / time.Second), Departs: org.CodeDeparts},
		Lines:    map[string]string{}, Limits: map[string]LimitSetting{},
		Countries: org.BlockedCountries, Prefixes: org.BlockedPrefixes,
		Requests: RequestSettings{PerMinute: paceOnWire(org.Pace.Requests), Lists: paceOnWire(org.Pace.Lists)},
		Pipeline: pipelineOf(org),
	}
	for line, access := range phone.DefaultPolicy() {
		wire.Lines[string(line)] = cmp.Or(org.Lines[string(line)], string(access))
	}
	for _, name := range ratelimit.Names() {
		limit := ratelimit.Of(org, name)
		wire.Limits[string(name)] = LimitSetting{Burst: limit.Burst, PeriodMS: limit.Period.Milliseconds()}
	}
	return wire
}

func paceOnWire(set int) httpd.Optional[int] {
	if set == 0 {
		return httpd.Null[int]()
	}
	return httpd.Some(set)
}
