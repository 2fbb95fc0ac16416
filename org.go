package hookswitch

import "time"

// Org is the one organisation that a Hookswitch serves, and what its administrators set for all.
type Org struct {
	ID       string
	Name     string // ${org.name} in templates
	Language string // BCP 47; the last resort of a message's language
	Region   string // ISO 3166-1 alpha-2; the country of numbers that are typed without a calling code

	CodeDigits   int
	CodeLifetime time.Duration
	Guesses      GuessLimits

	Segments       int    // how many segments an SMS may take, 1 to 3
	AutofillDomain string // host of the line from which a browser fills in the passcode; "" when there is none
	// Wording counts the changes of templates and regulations, so that whoever keeps them ready notices one.
	Wording int64

	BlockedCountries []string // ISO 3166-1 alpha-2; nothing is sent there
	BlockedPrefixes  []string // E.164 prefixes; nothing is sent there

	Phone        PhoneAuthenticator
	HookFallback HookFallback // what follows when the telephony hook fails

	Version int64
}

// DefaultOrg is an org as it is before anybody changed a setting: six digits, five minutes.
func DefaultOrg() Org {
	return Org{
		Name: "Hookswitch", Language: "en", Region: "US",
		CodeDigits: 6, CodeLifetime: 5 * time.Minute, Guesses: DefaultGuessLimits(),
		Segments: 1,
	}
}
