package phone

import (
	"fmt"

	"hookswitch"
)

// Access says which channels may reach a line.
type Access string

// What a [Policy] can say of a line type.
const (
	Allow    Access = "allow"
	Refuse   Access = "refuse"
	CallOnly Access = "call-only"
	SMSOnly  Access = "sms-only"
)

// Policy is the table of line types and the channels that may reach them. A line type
// that is missing has the access of [DefaultPolicy]. Toll-free and premium-rate
// numbers are refused whatever the table says: the one belongs to no person and the
// other pays whoever pumps it.
type Policy map[LineType]Access

// PolicyOf is the table that an org set.
func PolicyOf(org hookswitch.Org) Policy {
	if len(org.Lines) == 0 {
		return nil
	}
	policy := make(Policy, len(org.Lines))
	for line, access := range org.Lines {
		policy[LineType(line)] = Access(access)
	}
	return policy
}

// DefaultPolicy is the table of a new org. Fixed lines are called and not texted.
//
// VoIP is refused because it does not prove possession of a device, so that NIST SP 800-63B,
// section 5.1.3.1, says it SHALL NOT be used out of band
// (https://pages.nist.gov/800-63-3/sp800-63b.html). Where homes and offices have VoIP ranges
// (France's 09, Japan's 050) an org may choose CallOnly and depart from NIST knowingly.
func DefaultPolicy() Policy {
	policy := make(Policy)
	for _, line := range LineTypes() {
		policy[line] = defaultAccess(line)
	}
	return policy
}

func defaultAccess(line LineType) Access {
	switch line {
	case Mobile, FixedOrMobile, Personal:
		return Allow
	case FixedLine:
		return CallOnly
	}
	return Refuse
}

// Validate refuses a table with a line type or an access that does not exist, or one
// that opens a line type which is always refused.
func (p Policy) Validate() error {
	for _, line := range LineTypes() {
		switch p[line] {
		case "", Refuse:
		case Allow, CallOnly, SMSOnly:
			if neverAllowed(line) {
				return fmt.Errorf("phone: %s numbers are always refused", line)
			}
		default:
			return fmt.Errorf("phone: unknown access for %s numbers: want %s, %s, %s or %s", line, Allow, Refuse, CallOnly, SMSOnly)
		}
	}
	for line := range p {
		if !line.Valid() {
			return fmt.Errorf("phone: unknown line type %q", line)
		}
	}
	return nil
}

// Refuses tells whether a passcode must not go to the number over the channel, and why,
// in words that may be shown.
// What the table does not understand is refused.
func (p Policy) Refuses(n Number, channel hookswitch.Channel) (reason string, refused bool) {
	access := Refuse
	if !neverAllowed(n.Line) {
		access = p.access(n.Line)
	}
	switch {
	case access == Allow && (channel == hookswitch.SMS || channel == hookswitch.Call),
		access == CallOnly && channel == hookswitch.Call,
		access == SMSOnly && channel == hookswitch.SMS:
		return "", false
	case access == CallOnly && channel == hookswitch.SMS:
		return fmt.Sprintf("%s numbers cannot receive text messages", n.Line), true
	case access == SMSOnly && channel == hookswitch.Call:
		return fmt.Sprintf("%s numbers cannot be called", n.Line), true
	}
	return fmt.Sprintf("%s numbers are not accepted", n.Line), true
}

func (p Policy) access(line LineType) Access {
	if access := p[line]; access != "" {
		return access
	}
	return defaultAccess(line)
}

func neverAllowed(line LineType) bool { return line == TollFree || line == PremiumRate }
