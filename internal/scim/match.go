package scim

import (
	"cmp"
	"strconv"
	"strings"
	"time"
)

// Match tells whether the filter is true of a thing. lookup answers the values of an attribute by its
// [Attribute.Path]: none when it is absent, several for a list. They may be string, bool, int, int64, float64,
// [time.Time] or nil; what does not fit the attribute's kind matches nothing but pr.
func (e Expr) Match(lookup func(path string) []any) bool {
	return e.root == nil || matches(e.root, lookup)
}

func matches(n node, lookup func(string) []any) bool {
	switch n := n.(type) {
	case junction:
		for _, term := range n.terms {
			if matches(term, lookup) == n.or {
				return n.or
			}
		}
		return !n.or
	case negation:
		return !matches(n.term, lookup)
	case comparison:
		for _, held := range lookup(n.attribute.Path) {
			if held != nil && held != "" && n.holds(held) {
				return true
			}
		}
	}
	return false
}

// holds compares one value that is neither nil nor empty.
func (c comparison) holds(held any) bool {
	if c.operator == Present {
		return true
	}
	switch c.attribute.Kind {
	case String:
		return c.holdsText(textOf(held))
	case Time:
		at, ok := held.(time.Time)
		return ok && ordered(c.operator, cmp.Compare(at.UnixMicro(), c.value.micros))
	case Number:
		number, ok := numberOf(held)
		return ok && ordered(c.operator, cmp.Compare(number, c.value.number))
	case Boolean:
		truth, ok := held.(bool)
		return ok && truth == c.value.truth
	}
	return false
}

func (c comparison) holdsText(held string) bool {
	if c.attribute.Fold {
		held = fold(held)
	}
	switch c.operator {
	case Contains:
		return strings.Contains(held, c.value.text)
	case StartsWith:
		return strings.HasPrefix(held, c.value.text)
	case EndsWith:
		return strings.HasSuffix(held, c.value.text)
	}
	return ordered(c.operator, cmp.Compare(held, c.value.text))
}

// ordered judges the order of what is held and what is asked for.
func ordered(op Operator, order int) bool {
	switch op {
	case Equal:
		return order == 0
	case Greater:
		return order > 0
	case GreaterOrEqual:
		return order >= 0
	case Less:
		return order < 0
	case LessOrEqual:
		return order <= 0
	}
	return false
}

func textOf(held any) string {
	switch held := held.(type) {
	case string:
		return held
	case bool:
		return strconv.FormatBool(held)
	case int:
		return strconv.Itoa(held)
	case int64:
		return strconv.FormatInt(held, 10)
	case float64:
		return strconv.FormatFloat(held, 'g', -1, 64)
	case time.Time:
		return held.UTC().Format("2006-01-02T15:04:05.000Z")
	}
	return ""
}

func numberOf(held any) (float64, bool) {
	switch held := held.(type) {
	case int:
		return float64(held), true
	case int64:
		return float64(held), true
	case float64:
		return held, true
	}
	return 0, false
}
