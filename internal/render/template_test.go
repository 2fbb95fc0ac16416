package render

import (
	"strings"
	"testing"
)

// The pass over a template is held against the plainest way to say the same, on texts without values that look
// like macros.
func FuzzExpansion(f *testing.F) {
	f.Add("${code} ${org.name} ${code", "Acme")
	f.Add("$${code}}{${org.name}", "${code}")
	f.Add("${${org.name}}", "code")
	f.Fuzz(func(t *testing.T, text, orgName string) {
		parts, faults := parse(text)
		var restored, filled strings.Builder
		for _, p := range parts {
			if p.macro == plain && p.words == "" {
				t.Error("an empty part")
			}
		}
		expand(&restored, parts, "${code}", "${org.name}")
		if restored.String() != text {
			t.Errorf("the parts of %q are %q", text, restored.String())
		}
		// A value never joins what stands beside it to a macro: what comes out is as long as its parts.
		expand(&filled, parts, "000000", orgName)
		codes, names := strings.Count(text, "${code}"), strings.Count(text, "${org.name}")
		want := len(text) + codes*(len("000000")-len("${code}")) + names*(len(orgName)-len("${org.name}"))
		if len(faults) == 0 && filled.Len() != want {
			t.Errorf("%q became %d bytes long, want %d", text, filled.Len(), want)
		}
		for _, fault := range faults {
			if fault.Position < 0 || fault.Position >= len(text) {
				t.Errorf("fault at %d of %q", fault.Position, text)
			}
		}
	})
}
