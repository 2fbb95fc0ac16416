package scim

import "fmt"

// Fault is what an [Error] is about. Okta answers each with a code of its own.
type Fault uint8

// The faults of a filter.
const (
	Malformed Fault = iota // E0000053: it cannot be read
	NoField                // E0000053: there is no such attribute, or it cannot be filtered on
	NoSearch               // E0000031: the attribute cannot be compared with this operator
)

// Error says what is wrong with a filter and where.
type Error struct {
	Fault Fault
	// Filter is the whole filter; empty when it was too long to repeat.
	Filter string
	// Position is the number of characters before the place that is wrong.
	Position int
	// Problem is a sentence about that place. Beside words of the language it repeats an attribute
	// or an operator at most, never a value.
	Problem string
}

// Error is worded as Okta words it (https://developer.okta.com/docs/reference/api/system-log/). It repeats
// the filter, which is for the one who sent it and not for logs: those take Problem.
func (e *Error) Error() string {
	if e.Fault == NoField {
		return e.Problem
	}
	return fmt.Sprintf("Invalid filter '%s': %s", e.Filter, e.Problem)
}
