package scim

import (
	"slices"
	"time"
)

// Among answers texts one of which is a value of the attribute whenever the filter is true, for a reader who can look
// them up; nil when the filter asks for no such thing. The path is that of [Attribute.Path]; the texts are in lower case
// when the attribute is folded.
func (e Expr) Among(path string) []string {
	if e.root == nil {
		return nil
	}
	return among(e.root, path)
}

func among(n node, path string) []string {
	switch n := n.(type) {
	case comparison:
		if n.operator == Equal && n.attribute.Kind == String && n.attribute.Path == path {
			return []string{n.value.text}
		}
	case junction:
		var all []string
		for _, term := range n.terms {
			found := among(term, path)
			switch {
			case n.or && found == nil:
				return nil
			case n.or:
				all = append(all, found...)
			case found != nil && (all == nil || len(found) < len(all)):
				all = found // an attribute may have several values: both terms may be true of different ones
			}
		}
		slices.Sort(all)
		return slices.Compact(all)
	}
	return nil
}

// Prefix answers the text that the attribute, which has one value, begins with whenever the filter is true; "" for none.
func (e Expr) Prefix(path string) string {
	longest := ""
	for _, c := range e.all() {
		if c.attribute.Path == path && c.attribute.Kind == String && (c.operator == Equal || c.operator == StartsWith) && len(c.value.text) > len(longest) {
			longest = c.value.text
		}
	}
	return longest
}

// Since answers the latest time that the attribute, which has one value, is not before whenever the filter is true; the
// zero time for none.
func (e Expr) Since(path string) time.Time {
	var latest time.Time
	for _, c := range e.all() {
		if c.attribute.Path != path || c.attribute.Kind != Time || c.operator == Less || c.operator == LessOrEqual || c.operator == Present {
			continue
		}
		if at := time.UnixMicro(c.value.micros).UTC(); at.After(latest) {
			latest = at
		}
	}
	return latest
}

// all are the comparisons that must be true for the filter to be true.
func (e Expr) all() []comparison {
	terms := []node{e.root}
	if joined, ok := e.root.(junction); ok && !joined.or {
		terms = joined.terms
	}
	var all []comparison
	for _, term := range terms {
		if c, ok := term.(comparison); ok {
			all = append(all, c)
		}
	}
	return all
}

// Part is a text and the attribute that it stands in.
type Part struct{ Path, Text string }

// Parts answers texts that stand in a value of their attribute, in the same spelling, whenever the filter is true: a
// reader may skip what does not hold them without looking closer.
func (e Expr) Parts() []Part {
	var parts []Part
	for _, c := range e.all() {
		if c.attribute.Kind != String || c.attribute.Fold {
			continue
		}
		switch c.operator {
		case Equal, Contains, StartsWith, EndsWith:
			parts = append(parts, Part{c.attribute.Path, c.value.text})
		}
	}
	return parts
}
