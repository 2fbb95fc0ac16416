package phone

import (
	"fmt"
	"maps"
)

// Overrides are an operator's corrections of the number metadata, which is always a
// little behind the world. The zero value corrects nothing. It is a value: safe to
// copy and to share.
type Overrides struct {
	lines   map[string]LineType
	longest int
}

// NewOverrides makes corrections from prefixes in E.164 ("+4915", or a whole number)
// to the line type that numbers under them have. The longest matching prefix counts.
// It refuses a prefix that is not "+" and one to fifteen digits under an existing
// calling code, and a line type outside the catalogue or Unknown.
func NewOverrides(lines map[string]LineType) (Overrides, error) {
	o := Overrides{lines: maps.Clone(lines)}
	for prefix, line := range lines {
		if !isPlusDigits(prefix) || callingCode(prefix[1:]) == 0 {
			return Overrides{}, fmt.Errorf("phone: override prefix %q: want + and at most %d digits that begin with a country calling code", prefix, maxE164Digits)
		}
		if !line.Valid() || line == Unknown {
			return Overrides{}, fmt.Errorf("phone: override of prefix %q: unknown line type %q", prefix, line)
		}
		o.longest = max(o.longest, len(prefix))
	}
	return o, nil
}

func (o Overrides) lookup(e164 string) (LineType, bool) {
	for end := min(o.longest, len(e164)); end > 1; end-- {
		if line, ok := o.lines[e164[:end]]; ok {
			return line, true
		}
	}
	return Unknown, false
}

func isPlusDigits(s string) bool {
	if len(s) < 2 || len(s) > maxE164Digits+1 || s[0] != '+' {
		return false
	}
	for i := 1; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
