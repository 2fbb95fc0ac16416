package render

import (
	"fmt"
)

// Rule is a rule of templates. Its value is stable: the API answers it.
type Rule string

// The rules. All but NeedsUCS2 refuse a template.
const (
	UnknownMacro       Rule = "unknown-macro"        // only ${code} and ${org.name} exist
	MacroWithoutDollar Rule = "macro-without-dollar" // {code} instead of ${code}
	UnbalancedBrace    Rule = "unbalanced-brace"
	MissingCode        Rule = "missing-code"
)

// Finding is one thing that [Check] has to say about a template. It is an error, and may be shown to anybody who
// may see the template.
type Finding struct {
	Language string // as it is spelled in the template; "" for the template's own text
	Rule     Rule
	Position int // of the character that is meant, counted in characters from 0

	offset int // the same in bytes
}

// Error is a sentence an administrator can act on.
func (f Finding) Error() string {
	where := "the text"
	if f.Language != "" {
		where = fmt.Sprintf("the text for %q", f.Language)
	}
	switch f.Rule {
	case UnknownMacro:
		return fmt.Sprintf("%s has an unknown macro at character %d: there are ${code} and ${org.name}", where, f.Position)
	case MacroWithoutDollar:
		return fmt.Sprintf("%s has a macro without its $ at character %d: write ${code} or ${org.name}", where, f.Position)
	case UnbalancedBrace:
		return fmt.Sprintf("%s has a brace without its partner at character %d", where, f.Position)
	case MissingCode:
		return where + " has no ${code}"
	}
	return where + " is not good"
}
