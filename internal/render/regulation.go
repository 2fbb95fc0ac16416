package render

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"hookswitch"
)

// Regulation is what a country demands of an SMS to its phones, and the senders it is to come from.
type Regulation struct {
	Country      string   // ISO 3166-1 alpha-2; "" for every country without one of its own
	Senders      []string // numbers, short codes, names or Twilio messaging services, in the order they are tried
	BrandPrefix  string   // put before every text, with its own space
	OptOutSuffix string   // put after every text and before the autofill line, with its own space

	// India: the ids under which the operators' registry (DLT) knows the sender and each text.
	DLTEntityID    string
	DLTTemplateIDs map[hookswitch.Purpose]string

	LastUpdated time.Time
	Version     int64
}

// Sender picks whom an SMS comes from: the first sender or, at a resend, the one behind the last that was used, in turn.
// It is "" when the provider's own is to be used.
func (r Regulation) Sender(last string) string {
	if len(r.Senders) == 0 {
		return ""
	}
	return r.Senders[(slices.Index(r.Senders, last)+1)%len(r.Senders)]
}

// DLTTemplateID is the id of the text that is used for the purpose, "" when there is none.
func (r Regulation) DLTTemplateID(p hookswitch.Purpose) string {
	if id, ok := r.DLTTemplateIDs[p]; ok {
		return id
	}
	return r.DLTTemplateIDs[TextOf(p)]
}

// Regulations are those of all countries.
type Regulations []Regulation

// For is the regulation of a country (ISO 3166-1 alpha-2), or the one for all others, or the zero value.
func (rs Regulations) For(country string) Regulation {
	var others Regulation
	for _, r := range rs {
		switch r.Country {
		case country:
			return r
		case "":
			others = r
		}
	}
	return others
}

// What an administrator may enter.
const (
	maxAddition = 60 // characters of a prefix or suffix
	maxSenders  = 20
)

var (
	// https://www.twilio.com/docs/glossary/what-alphanumeric-sender-id
	nameSender = regexp.MustCompile(`^[A-Za-z0-9 ]{1,11}$`)
	// E.164 numbers, short codes, and https://www.twilio.com/docs/messaging/services.
	numberSender = regexp.MustCompile(`^(\+[1-9][0-9]{6,14}|[1-9][0-9]{2,7}|MG[0-9a-f]{32})$`)
	// The registry gives out 19 digits; older ids have fewer.
	dltID = regexp.MustCompile(`^[0-9]{8,25}$`)
)

// Check tells everything that is wrong with the regulation, by the path of the field, for example "senders.0" for the
// first sender.
func (r Regulation) Check() []hookswitch.Cause {
	var causes []hookswitch.Cause
	wrong := func(field, text string) { causes = append(causes, hookswitch.Cause{Field: field, Text: text}) }
	if r.Country != "" && !isCountry(r.Country) {
		wrong("country", "this is not a country in ISO 3166-1 alpha-2, such as IN")
	}
	if len(r.Senders) > maxSenders {
		wrong("senders", fmt.Sprintf("there are more than %d senders", maxSenders))
	}
	for i, sender := range r.Senders[:min(len(r.Senders), maxSenders)] {
		if !isSender(sender) {
			wrong(fmt.Sprintf("senders.%d", i), "a sender is a number with + and country code, a short code, a Twilio messaging service, "+
				"or a name of up to 11 letters, digits and spaces with at least one letter")
		}
	}
	if problem := wrongAddition(r.BrandPrefix); problem != "" {
		wrong("brandPrefix", problem)
	}
	if problem := wrongAddition(r.OptOutSuffix); problem != "" {
		wrong("optOutSuffix", problem)
	}
	if r.DLTEntityID != "" && !dltID.MatchString(r.DLTEntityID) {
		wrong("dltEntityId", "a DLT id has digits only")
	}
	for _, purpose := range slices.Sorted(maps.Keys(r.DLTTemplateIDs)) {
		if !slices.Contains(hookswitch.Purposes(), purpose) {
			wrong("dltTemplateIds", "there is a purpose that does not exist")
		} else if !dltID.MatchString(r.DLTTemplateIDs[purpose]) {
			wrong("dltTemplateIds."+string(purpose), "a DLT id has digits only")
		}
	}
	return causes
}

func isCountry(code string) bool {
	region, err := language.ParseRegion(code)
	return err == nil && region.IsCountry() && len(code) == 2 && region.Canonicalize().String() == code
}

func isSender(s string) bool {
	return numberSender.MatchString(s) || nameSender.MatchString(s) && strings.ContainsFunc(s, unicode.IsLetter)
}

// wrongAddition tells why a prefix or suffix cannot be put to a text, "" when it can.
func wrongAddition(s string) string {
	if utf8.RuneCountInString(s) > maxAddition {
		return fmt.Sprintf("there are more than %d characters", maxAddition)
	}
	if finding, bad := firstBadCharacter(s); bad {
		return finding.Error()
	}
	if strings.Contains(s, "${") {
		return "macros are for templates; here the text is sent as it stands"
	}
	return ""
}
