package doctor

import (
	"fmt"
	"math"
	"time"

	"hookswitch"
	"hookswitch/internal/phone"
)

// What the standards ask of a passcode sent out of band.
// https://pages.nist.gov/800-63-4/sp800-63b.html#outofband
// https://github.com/OWASP/ASVS/blob/v5.0.0/5.0/en/0x15-V6-Authentication.md
const (
	leastDigits  = 6
	mostLifetime = 10 * time.Minute
	mostGuesses  = 100
)

// JudgeSettings lists the settings that depart from NIST SP 800-63B or OWASP ASVS 5.0.
func JudgeSettings(org hookswitch.Org) []Finding {
	const check = "settings"
	var found []Finding
	if org.CodeDigits < leastDigits {
		found = append(found, warn(check, fmt.Sprintf("passcodes of %d digits have %.0f bits; NIST SP 800-63B and ASVS 6.6 ask for 20", org.CodeDigits, math.Floor(float64(org.CodeDigits)*math.Log2(10))),
			"Use 6 digits or more."))
	}
	if org.CodeLifetime > mostLifetime {
		found = append(found, warn(check, fmt.Sprintf("passcodes live %s; NIST SP 800-63B allows 10 minutes", org.CodeLifetime), "Let them live 10 minutes or less."))
	}
	if org.Guesses.Disable > mostGuesses || org.Guesses.Disable <= 0 {
		found = append(found, warn(check, fmt.Sprintf("%d wrong passcodes disable a phone; NIST SP 800-63B allows 100", org.Guesses.Disable), "Allow 100 or fewer."))
	}
	if access := org.Lines[string(phone.VoIP)]; access != "" && access != string(phone.Refuse) {
		found = append(found, warn(check, "VoIP numbers are accepted; they prove no device, and NIST SP 800-63B refuses them", "Refuse them unless your people have no other numbers."))
	}
	if org.HookFallback.AcceptDuplicates {
		found = append(found, warn(check, "the telephony hook's fallback may send a second message", "Switch duplicates off unless the hook's service is known to lose messages."))
	}
	if len(found) == 0 {
		found = append(found, fine(check, "none departs from NIST SP 800-63B and OWASP ASVS"))
	}
	return found
}
