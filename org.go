package hookswitch

import "time"

// Org is the one organisation that a Hookswitch serves, and what its administrators set for all.
type Org struct {
	ID       string
	Name     string // ${org.name} in templates
	Language string // BCP 47; the last resort of a message's language
	Region   string // ISO 3166-1 alpha-2; the country of numbers that are typed without a calling code

	Contact OrgContact

	CodeDigits   int
	CodeLifetime time.Duration
	CodeDeparts  bool // the two knowingly depart from what OWASP ASVS and NIST ask for
	Guesses      GuessLimits

	Segments       int    // how many segments an SMS may take, 1 to 3
	AutofillDomain string // host of the line from which a browser fills in the passcode; "" when there is none
	// Wording counts the changes of templates and regulations, so that whoever keeps them ready notices one.
	Wording int64

	BlockedCountries []string // ISO 3166-1 alpha-2; nothing is sent there
	BlockedPrefixes  []string // E.164 prefixes; nothing is sent there

	// Lines is which channels may reach a type of line, both in the words of package phone; a type that is missing has the
	// default.
	Lines map[string]string
	// Limits are how often things may be done, by their names in package ratelimit; one that is missing has the default.
	Limits map[string]Limit
	Pace   Pace

	Pipeline     Pipeline
	Phone        PhoneAuthenticator
	HookFallback HookFallback // what follows when the telephony hook fails

	TrustedOrigins []TrustedOrigin // the oldest first

	Version int64
}

// OrgContact is whom an org's people turn to; Okta's API keeps it, no message says it.
type OrgContact struct {
	Address1, Address2, City, State, PostalCode, Country string
	Phone, SupportPhone, Website, SupportURL             string
}

// Limit lets something happen Burst times at once and once more after each Period.
type Limit struct {
	Burst  int
	Period time.Duration
}

// Pace is how many requests a minute a caller of the API may make: of any kind, and of those that search and page. 0 is
// what the operator set.
type Pace struct{ Requests, Lists int }

// Pipeline is which of Okta's engines an org stands for to clients that ask.
// https://developer.okta.com/docs/concepts/oie-intro/
type Pipeline string

// The pipelines. Only what is answered to clients that ask differs.
const (
	IdentityEngine Pipeline = "idx"
	ClassicEngine  Pipeline = "v1"
)

// OrgUpdated tells that the org or its settings were changed.
const OrgUpdated EventType = "system.org.settings.update"

// OrgEntity is the org as the target of an event.
func OrgEntity(o Org) Entity {
	return Entity{ID: o.ID, Type: "Org", AlternateID: o.Name, DisplayName: o.Name}
}

// DefaultOrg is an org as it is before anybody changed a setting: six digits, five minutes.
func DefaultOrg() Org {
	return Org{
		Name: "Hookswitch", Language: "en", Region: "US",
		CodeDigits: 6, CodeLifetime: 5 * time.Minute, Guesses: DefaultGuessLimits(),
		Segments: 1, Pipeline: IdentityEngine,
	}
}
