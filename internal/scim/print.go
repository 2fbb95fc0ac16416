package scim

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// String writes the filter in one spelling, which parses to the same filter unless it is longer than
// [MaxLength]. Filters that differ only in spaces, case, brackets without effect, aliases and the
// spelling of values print alike.
func (e Expr) String() string {
	var b strings.Builder
	if e.root != nil {
		write(&b, e.root, false)
	}
	return b.String()
}

func write(b *strings.Builder, n node, bracketed bool) {
	switch n := n.(type) {
	case comparison:
		writeComparison(b, n)
	case negation:
		b.WriteString("not ")
		write(b, n.term, true)
	case junction:
		word := " and "
		if n.or {
			word = " or "
		}
		if bracketed {
			b.WriteString("(")
		}
		for i, term := range n.terms {
			if i > 0 {
				b.WriteString(word)
			}
			write(b, term, true)
		}
		if bracketed {
			b.WriteString(")")
		}
	}
}

func writeComparison(b *strings.Builder, c comparison) {
	b.WriteString(c.attribute.Path + " " + string(c.operator))
	if c.operator == Present {
		return
	}
	b.WriteString(" ")
	switch c.attribute.Kind {
	case String:
		b.WriteString(quote(c.value.text))
	case Time:
		b.WriteString(quote(time.UnixMicro(c.value.micros).UTC().Format(time.RFC3339Nano)))
	case Number:
		b.WriteString(strconv.FormatFloat(c.value.number, 'g', -1, 64))
	case Boolean:
		b.WriteString(strconv.FormatBool(c.value.truth))
	}
}

// quote writes a JSON string with as few escapes as there can be.
func quote(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ':
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
