// Package scim is the filter language of Okta's API (https://developer.okta.com/docs/api/#filter), which
// comes from SCIM (https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2.2):
//
//	eventType eq "user.session.start" and not (client.ipAddress sw "10." or debugContext.debugData.attempts pr)
//
// A filter is parsed against a [Schema], printed in one spelling, asked whether it matches a thing, and
// turned into SQL as far as there are columns for it.
package scim

import "slices"

// Kind is how the values of an attribute compare.
type Kind uint8

// The kinds of attributes.
const (
	String  Kind = iota // by bytes
	Time                // written as a string of RFC 3339 or a date; compared to the microsecond
	Number              // compared as numbers
	Boolean             // equal or not
)

// Operator compares an attribute with a value.
type Operator string

// The operators. In a filter their case does not matter.
const (
	Equal          Operator = "eq"
	NotEqual       Operator = "ne" // also when the attribute is absent
	Contains       Operator = "co"
	StartsWith     Operator = "sw"
	EndsWith       Operator = "ew"
	Present        Operator = "pr" // has a value that is not empty
	Greater        Operator = "gt"
	GreaterOrEqual Operator = "ge"
	Less           Operator = "lt"
	LessOrEqual    Operator = "le"
)

// Attribute is what a schema says of a path.
type Attribute struct {
	// Path is what lookups and columns know the attribute by, when the path in the filter is an alias; empty
	// when it is none.
	Path string
	Kind Kind
	// Fold compares strings without regard to case.
	Fold bool
	// Operators are those that may be used; nil means all that make sense for the kind.
	Operators []Operator
}

// Schema answers what a path in a filter means, and whether there is such an attribute. The case of a
// path matters.
type Schema func(path string) (Attribute, bool)

// The bounds of a filter. They keep recursion flat and the SQL within the limits of every database.
const (
	MaxLength      = 8192 // bytes
	MaxDepth       = 32   // brackets and negations within one another
	MaxComparisons = 200
)

// Expr is a parsed filter. The zero value matches everything.
//
// An attribute may have several values: a comparison is true when it is true of one of them, and ne is the
// opposite of eq. An empty string is no value: eq "" and eq null both mean that there is none.
type Expr struct{ root node }

// IsZero tells whether it is no filter at all.
func (e Expr) IsZero() bool { return e.root == nil }

// node is one of junction, negation and comparison.
type node any

// junction joins at least two terms by and, or by or. None of them is a junction of the same kind.
type junction struct {
	or    bool
	terms []node
}

type negation struct{ term node }

// not takes two negations for none.
func not(n node) node {
	if twice, ok := n.(negation); ok {
		return twice.term
	}
	return negation{n}
}

// comparison has no operator ne, which is a negation of eq.
type comparison struct {
	attribute Attribute
	operator  Operator
	value     value
}

// value is the right side of a comparison, in the form its attribute's kind needs.
type value struct {
	text   string  // String
	micros int64   // Time
	number float64 // Number; a whole number or one that float64 holds exactly
	truth  bool    // Boolean
}

// wants tells whether the attribute may be compared so.
func (a Attribute) wants(op Operator) bool {
	if a.Operators != nil {
		return slices.Contains(a.Operators, op)
	}
	switch op {
	case Equal, NotEqual, Present:
		return true
	case Greater, GreaterOrEqual, Less, LessOrEqual:
		return a.Kind != Boolean
	case Contains, StartsWith, EndsWith:
		return a.Kind == String
	}
	return false
}
