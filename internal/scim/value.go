package scim

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"time"
)

// maxNumber is the largest whole number up to which float64 holds all of them.
const maxNumber = 1 << 53

// literal is a value as it stands in a filter.
type literal struct {
	form byte   // the first byte of its JSON: " n t f, or 0 for a number
	text string // a string without its escapes, anything else as it stands
}

// compared reads the value of a comparison and simplifies what has a plainer form.
func (p *parser) compared(attribute Attribute, op Operator) (node, error) {
	p.skipSpace()
	start := p.at
	read, err := p.literal()
	if err != nil {
		return nil, err
	}
	c := comparison{attribute: attribute, operator: op}
	if op == NotEqual {
		c.operator = Equal
	}
	nothing := read.form == 'n' || attribute.Kind == String && read.text == ""
	if read.form == 'n' && c.operator != Equal {
		return nil, p.fail(start, "Only eq and ne compare with null")
	}
	if !nothing {
		var problem string
		if c.value, problem = valueOf(attribute, read); problem != "" {
			return nil, p.fail(start, problem)
		}
	}
	result := node(c)
	if nothing {
		result = simplified(c)
	}
	if op == NotEqual {
		result = not(result)
	}
	return result, nil
}

// simplified is a comparison with the empty string, which is no value: eq asks that there is none, every value
// is greater and has it at its beginning, within and at its end, and none is less.
func simplified(c comparison) node {
	present := comparison{attribute: c.attribute, operator: Present}
	switch c.operator {
	case Equal:
		return negation{present}
	case Less, LessOrEqual:
		return c
	default:
		return present
	}
}

// valueOf brings a literal into the form of the attribute's kind, or says what is wrong with it.
func valueOf(attribute Attribute, read literal) (v value, problem string) {
	switch attribute.Kind {
	case Time:
		at, err := readTime(read.text)
		if year := at.UTC().Year(); read.form != '"' || err != nil || year < 1 || year > 9999 {
			return v, "Expected a time such as \"2026-01-31T09:00:00.000Z\""
		}
		v.micros = at.UnixMicro()
	case Number:
		number, err := strconv.ParseFloat(read.text, 64)
		if read.form != 0 || err != nil || math.Abs(number) > maxNumber {
			return v, "Expected a number of at most 2^53"
		}
		v.number = number
	case Boolean:
		if read.form != 't' && read.form != 'f' {
			return v, "Expected true or false"
		}
		v.truth = read.form == 't'
	case String:
		v.text = read.text
		if attribute.Fold {
			v.text = fold(read.text)
		}
	}
	return v, ""
}

func readTime(text string) (time.Time, error) {
	if at, err := time.Parse(time.DateOnly, text); err == nil {
		return at, nil
	}
	return time.Parse(time.RFC3339, text)
}

func fold(text string) string { return strings.ToLower(text) }

func (p *parser) literal() (literal, error) {
	if p.at < len(p.text) && p.text[p.at] == '"' {
		return p.quoted()
	}
	start := p.at
	word := p.word()
	switch word {
	case "true", "false", "null":
		return literal{word[0], word}, nil
	case "":
		return literal{}, p.fail(start, "Expected a value")
	}
	var number json.Number
	if json.Unmarshal([]byte(word), &number) != nil {
		return literal{}, p.fail(start, "Expected a string in double quotes, a number, true, false or null")
	}
	return literal{0, word}, nil
}

// quoted reads a JSON string.
func (p *parser) quoted() (literal, error) {
	start := p.at
	for end := start + 1; end < len(p.text); end++ {
		switch p.text[end] {
		case '\\':
			end++
		case '"':
			p.at = end + 1
			var text string
			if json.Unmarshal([]byte(p.text[start:p.at]), &text) != nil || strings.Contains(text, "\x00") {
				return literal{}, p.fail(start, "Invalid string")
			}
			return literal{'"', text}, nil
		}
	}
	return literal{}, p.fail(start, "No closing quote for the one")
}
