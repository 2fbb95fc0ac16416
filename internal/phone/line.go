package phone

import "github.com/nyaruka/phonenumbers"

// LineType is the kind of line a number range is for, as libphonenumber tells them
// apart: https://github.com/google/libphonenumber/blob/master/FAQ.md#what-is-the-type.
// The values are what settings and the System Log show.
type LineType string

// The catalogue of line types.
const (
	Mobile        LineType = "mobile"
	FixedLine     LineType = "fixed-line"
	FixedOrMobile LineType = "fixed-or-mobile" // the plan does not tell them apart, as in North America
	TollFree      LineType = "toll-free"
	PremiumRate   LineType = "premium-rate"
	SharedCost    LineType = "shared-cost"
	VoIP          LineType = "voip"
	Personal      LineType = "personal" // follows its owner from line to line
	Pager         LineType = "pager"
	UAN           LineType = "uan" // universal access number of a company
	Voicemail     LineType = "voicemail"
	Unknown       LineType = "unknown"
)

// LineTypes lists the catalogue in the order of the documentation.
func LineTypes() []LineType {
	return []LineType{
		Mobile, FixedLine, FixedOrMobile, TollFree, PremiumRate, SharedCost,
		VoIP, Personal, Pager, UAN, Voicemail, Unknown,
	}
}

// Valid tells whether t is in the catalogue.
func (t LineType) Valid() bool {
	switch t {
	case Mobile, FixedLine, FixedOrMobile, TollFree, PremiumRate, SharedCost,
		VoIP, Personal, Pager, UAN, Voicemail, Unknown:
		return true
	}
	return false
}

func lineTypeOf(t phonenumbers.PhoneNumberType) LineType {
	switch t {
	case phonenumbers.MOBILE:
		return Mobile
	case phonenumbers.FIXED_LINE:
		return FixedLine
	case phonenumbers.FIXED_LINE_OR_MOBILE:
		return FixedOrMobile
	case phonenumbers.TOLL_FREE:
		return TollFree
	case phonenumbers.PREMIUM_RATE:
		return PremiumRate
	case phonenumbers.SHARED_COST:
		return SharedCost
	case phonenumbers.VOIP:
		return VoIP
	case phonenumbers.PERSONAL_NUMBER:
		return Personal
	case phonenumbers.PAGER:
		return Pager
	case phonenumbers.UAN:
		return UAN
	case phonenumbers.VOICEMAIL:
		return Voicemail
	}
	return Unknown
}
