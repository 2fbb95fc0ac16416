package otp

import (
	"time"

	"hookswitch"
)

// The bounds of a code and of its life.
const (
	MinDigits = 4
	MaxDigits = 10
	// SafeDigits is the least that OWASP ASVS 5.0, 6.5.4, and NIST SP 800-63B, 5.1.3.2, take
	// for the 20 bits they ask for.
	SafeDigits = 6
	// SafeLifetime is the longest that ASVS 6.5.5 and NIST SP 800-63B, 5.1.3.2, allow.
	SafeLifetime = 10 * time.Minute
	// MaxLifetime is the longest that Okta's tokenLifetimeSeconds can ask for.
	MaxLifetime = 24 * time.Hour
)

const digitsRange = "must be a number from 4 to 10"

// Settings are what an org chooses about its passcodes.
type Settings struct {
	Digits   int
	Lifetime time.Duration
	// Departs says that the org knowingly leaves what ASVS and NIST ask for; without it, codes
	// have at least [SafeDigits] and live at most [SafeLifetime].
	Departs bool
}

// DefaultSettings are six digits for five minutes.
func DefaultSettings() Settings { return Settings{Digits: 6, Lifetime: 5 * time.Minute} }

// Validate answers nil or a [*hookswitch.Problem] of kind Invalid with a cause for each of
// the fields "digits" and "lifetime" that is wrong.
func (s Settings) Validate() error {
	problem := &hookswitch.Problem{Kind: hookswitch.Invalid}
	refuse := func(field, text string) {
		problem.Causes = append(problem.Causes, hookswitch.Cause{Field: field, Text: text})
	}
	switch {
	case s.Digits < MinDigits || s.Digits > MaxDigits:
		refuse("digits", digitsRange)
	case s.Digits < SafeDigits && !s.Departs:
		refuse("digits", "fewer than 6 digits depart from OWASP ASVS 6.5.4 and NIST SP 800-63B; the setting that says so is off")
	}
	switch {
	case s.Lifetime < time.Second || s.Lifetime > MaxLifetime:
		refuse("lifetime", "must be from 1 second to 24 hours")
	case s.Lifetime > SafeLifetime && !s.Departs:
		refuse("lifetime", "more than 10 minutes depart from OWASP ASVS 6.5.5 and NIST SP 800-63B; the setting that says so is off")
	}
	if problem.Causes == nil {
		return nil
	}
	return problem
}
