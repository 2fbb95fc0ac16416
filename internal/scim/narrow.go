package scim

import "slices"

// Among answers texts one of which is a value of the attribute whenever the filter is true, for a reader who can look
// them up; nil when the filter asks for no such thing. The path is that of [Attribute.Path].
func (e Expr) Among(path string) []string {
	if e.root == nil {
		return nil
	}
	return among(e.root, path)
}

func among(n node, path string) []string {
	switch n := n.(type) {
	case comparison:
		if n.operator == Equal && n.attribute.Kind == String && !n.attribute.Fold && n.attribute.Path == path {
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

// Part is a text and the attribute that it stands in.
type Part struct{ Path, Text string }

// Parts answers texts that stand in a value of their attribute, in the same spelling, whenever the filter is true: a
// reader may skip what does not hold them without looking closer.
func (e Expr) Parts() []Part {
	terms := []node{e.root}
	if all, ok := e.root.(junction); ok && !all.or {
		terms = all.terms
	}
	var parts []Part
	for _, term := range terms {
		c, ok := term.(comparison)
		if !ok || c.attribute.Kind != String || c.attribute.Fold {
			continue
		}
		switch c.operator {
		case Equal, Contains, StartsWith, EndsWith:
			parts = append(parts, Part{c.attribute.Path, c.value.text})
		}
	}
	return parts
}
