package admin

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"hookswitch"
	"hookswitch/internal/otp"
	"hookswitch/internal/phone"
	"hookswitch/internal/ratelimit"
)

// Bounds of what an org may set.
const (
	maxOrgName  = 100
	maxContact  = 255
	maxBlocked  = 300
	leastPace   = 60 // requests a minute: below it nobody could come back and change it
	highestPace = 1_000_000
)

// ChangeOrg changes what an administrator may set of the org, to what change makes of it; change may be called again.
// Its name, contact, language and region, passcodes, lines, blocked countries and prefixes, limits, pace and pipeline are
// taken, and nothing else.
func (s *Service) ChangeOrg(ctx context.Context, change func(is *hookswitch.Org), origin hookswitch.Origin, seen ...Seen[hookswitch.Org]) (hookswitch.Org, error) {
	var is hookswitch.Org
	err := s.update(ctx, func(tx Tx) error {
		was, err := tx.Org()
		if err == nil {
			err = unchanged(seen, was)
		}
		if err != nil {
			return err
		}
		was.Pipeline = cmp.Or(was.Pipeline, hookswitch.IdentityEngine) // an org of an older version has none
		is = was
		change(&is)
		is.Lines, is.Limits = ownLines(is.Lines), ownLimits(is.Limits)
		fields := changedOfOrg(was, is)
		if len(fields) == 0 {
			return nil
		}
		providers, err := tx.Providers()
		if err != nil {
			return err
		}
		causes := wrongWithOrg(is)
		if is.CodeDigits != was.CodeDigits {
			causes = append(causes, s.cannotSend(providers, is.CodeDigits)...)
		}
		if len(causes) > 0 {
			return &hookswitch.Problem{Kind: hookswitch.Invalid, Causes: causes}
		}
		if err := tx.UpdateOrg(is); err != nil {
			return err
		}
		is.Version++
		return tx.AppendEvents(s.event(tx, hookswitch.OrgUpdated, origin, hookswitch.OrgEntity(is),
			hookswitch.Datum{Key: "changed", Value: strings.Join(fields, ", ")}))
	})
	return is, err
}

// ownLines leaves out what is the default anyway, so that a later default counts.
func ownLines(lines map[string]string) map[string]string {
	own, defaults := maps.Clone(lines), phone.DefaultPolicy()
	maps.DeleteFunc(own, func(line, access string) bool { return string(defaults[phone.LineType(line)]) == access })
	return own
}

func ownLimits(limits map[string]hookswitch.Limit) map[string]hookswitch.Limit {
	own := maps.Clone(limits)
	maps.DeleteFunc(own, func(name string, limit hookswitch.Limit) bool {
		usual := ratelimit.Default(ratelimit.Name(name))
		return limit == hookswitch.Limit{Burst: usual.Burst, Period: usual.Period} && limit.Burst > 0
	})
	return own
}

// cannotSend names the configured methods that cannot send passcodes of so many digits.
func (s *Service) cannotSend(providers []hookswitch.TelephonyProvider, digits int) []hookswitch.Cause {
	var causes []hookswitch.Cause
	for _, p := range providers {
		for _, cause := range s.check(p, digits) {
			causes = append(causes, hookswitch.Cause{Field: "passcode.digits", Text: string(p.Name) + ", " + cause.Field + ": " + cause.Text})
		}
	}
	return causes
}

// changedOfOrg names the fields that differ, in the words of the API.
func changedOfOrg(was, is hookswitch.Org) []string {
	var fields []string
	for _, field := range []struct {
		name string
		same bool
	}{
		{"companyName", was.Name == is.Name},
		{"contact", was.Contact == is.Contact},
		{"language", was.Language == is.Language},
		{"region", was.Region == is.Region},
		{"passcode.digits", was.CodeDigits == is.CodeDigits},
		{"passcode.lifetimeSeconds", was.CodeLifetime == is.CodeLifetime},
		{"passcode.departs", was.CodeDeparts == is.CodeDeparts},
		{"lineTypes", maps.Equal(was.Lines, is.Lines)},
		{"blockedCountries", slices.Equal(was.BlockedCountries, is.BlockedCountries)},
		{"blockedPrefixes", slices.Equal(was.BlockedPrefixes, is.BlockedPrefixes)},
		{"limits", maps.Equal(was.Limits, is.Limits)},
		{"requests", was.Pace == is.Pace},
		{"pipeline", was.Pipeline == is.Pipeline},
	} {
		if !field.same {
			fields = append(fields, field.name)
		}
	}
	return fields
}

// wrongWithOrg tells everything that is wrong, by the fields of the API.
func wrongWithOrg(org hookswitch.Org) []hookswitch.Cause {
	var causes []hookswitch.Cause
	wrong := func(field, text string) { causes = append(causes, hookswitch.Cause{Field: field, Text: text}) }
	if n := utf8.RuneCountInString(org.Name); strings.TrimSpace(org.Name) == "" || n > maxOrgName || !plain(org.Name) {
		wrong("companyName", "It must have 1 to 100 characters, none of them a control character.")
	}
	causes = append(causes, wrongContact(org.Contact)...)
	if tag, err := language.Parse(org.Language); err != nil || tag == language.Und {
		wrong("language", "It must be a language tag (BCP 47), such as en or pt-BR.")
	}
	if !phone.IsRegion(org.Region) {
		wrong("region", "It must be a country in ISO 3166-1 alpha-2, such as US.")
	}
	causes = append(causes, wrongPasscode(org)...)
	causes = append(causes, wrongLines(org.Lines)...)
	causes = append(causes, wrongBlocked("blockedCountries", org.BlockedCountries, phone.IsRegion, "It must be a country in ISO 3166-1 alpha-2, such as US.")...)
	causes = append(causes, wrongBlocked("blockedPrefixes", org.BlockedPrefixes, phone.IsPrefix, "It must be + and the first digits of numbers, such as +88216.")...)
	causes = append(causes, wrongLimits(org.Limits)...)
	for _, pace := range []struct {
		field string
		value int
	}{{"requests.perMinute", org.Pace.Requests}, {"requests.listsPerMinute", org.Pace.Lists}} {
		if pace.value != 0 && (pace.value < leastPace || pace.value > highestPace) {
			wrong(pace.field, "It must be from 60 to 1000000, or null for what the operator set.")
		}
	}
	if org.Pipeline != hookswitch.IdentityEngine && org.Pipeline != hookswitch.ClassicEngine {
		wrong("pipeline", "It must be idx or v1.")
	}
	return causes
}

func plain(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, unicode.IsControl)
}

func wrongContact(c hookswitch.OrgContact) []hookswitch.Cause {
	var causes []hookswitch.Cause
	for _, field := range []struct{ name, value string }{
		{"address1", c.Address1}, {"address2", c.Address2}, {"city", c.City}, {"state", c.State}, {"postalCode", c.PostalCode},
		{"country", c.Country}, {"phoneNumber", c.Phone}, {"supportPhoneNumber", c.SupportPhone}, {"website", c.Website},
		{"endUserSupportHelpURL", c.SupportURL},
	} {
		if utf8.RuneCountInString(field.value) > maxContact || !plain(field.value) {
			causes = append(causes, hookswitch.Cause{Field: field.name, Text: "It may have at most 255 characters, none of them a control character."})
		}
	}
	return causes
}

func wrongPasscode(org hookswitch.Org) []hookswitch.Cause {
	var problem *hookswitch.Problem
	if !errors.As(otp.Settings{Digits: org.CodeDigits, Lifetime: org.CodeLifetime, Departs: org.CodeDeparts}.Validate(), &problem) {
		return nil
	}
	fields := map[string]string{"digits": "passcode.digits", "lifetime": "passcode.lifetimeSeconds"}
	var causes []hookswitch.Cause
	for _, cause := range problem.Causes {
		causes = append(causes, hookswitch.Cause{Field: fields[cause.Field], Text: cause.Text})
	}
	return causes
}

func wrongLines(lines map[string]string) []hookswitch.Cause {
	var causes []hookswitch.Cause
	for _, line := range slices.Sorted(maps.Keys(lines)) {
		if !phone.LineType(line).Valid() {
			causes = append(causes, hookswitch.Cause{Field: "lineTypes", Text: "There is a type of line that does not exist."})
			continue
		}
		policy := phone.Policy{phone.LineType(line): phone.Access(lines[line])}
		if err := policy.Validate(); err != nil {
			causes = append(causes, hookswitch.Cause{Field: "lineTypes." + line, Text: strings.TrimPrefix(err.Error(), "phone: ")})
		}
	}
	return causes
}

func wrongBlocked(field string, list []string, good func(string) bool, text string) []hookswitch.Cause {
	if len(list) > maxBlocked {
		return []hookswitch.Cause{{Field: field, Text: "There may be at most 300."}}
	}
	var causes []hookswitch.Cause
	seen := map[string]bool{}
	for i, one := range list {
		switch at := field + "[" + strconv.Itoa(i) + "]"; {
		case !good(one):
			causes = append(causes, hookswitch.Cause{Field: at, Text: text})
		case seen[one]:
			causes = append(causes, hookswitch.Cause{Field: at, Text: "It is given twice."})
		}
		seen[one] = true
	}
	return causes
}

func wrongLimits(limits map[string]hookswitch.Limit) []hookswitch.Cause {
	var causes []hookswitch.Cause
	for _, name := range slices.Sorted(maps.Keys(limits)) {
		limit := ratelimit.Limit{Name: ratelimit.Name(name), Burst: limits[name].Burst, Period: limits[name].Period}
		if !slices.Contains(ratelimit.Names(), limit.Name) {
			causes = append(causes, hookswitch.Cause{Field: "limits", Text: "There is a limit that does not exist."})
		} else if err := limit.Validate(); err != nil {
			causes = append(causes, hookswitch.Cause{Field: "limits." + name, Text: strings.TrimPrefix(err.Error(), "ratelimit: "+name+": ")})
		}
	}
	return causes
}
