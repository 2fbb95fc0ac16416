package scim

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Parse reads a filter. And binds tighter than or; not binds to what follows it, with or without brackets.
// An empty filter is an error. The error is always an [*Error].
func Parse(filter string, schema Schema) (Expr, error) {
	if len(filter) > MaxLength {
		return Expr{}, &Error{Problem: fmt.Sprintf("The filter is longer than %d bytes", MaxLength)}
	}
	p := parser{text: filter, schema: schema}
	if at := invalidText(filter); at >= 0 {
		return Expr{}, p.fail(at, "Invalid character")
	}
	root, err := p.either()
	if err != nil {
		return Expr{}, err
	}
	if p.skipSpace(); p.at < len(p.text) {
		if p.text[p.at] == ')' {
			return Expr{}, p.fail(p.at, "No opening bracket for the one")
		}
		return Expr{}, p.fail(p.at, "Expected 'and' or 'or'")
	}
	return Expr{root}, nil
}

// invalidText finds what no stored text can have: a byte that is no UTF-8, or NUL. It answers -1 for neither.
func invalidText(text string) int {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == 0 || r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

type parser struct {
	text        string
	at          int // bytes read
	depth       int
	comparisons int
	schema      Schema
}

// fail says that there is a problem at an offset in bytes.
func (p *parser) fail(offset int, problem string) *Error {
	position := utf8.RuneCountInString(p.text[:offset])
	return &Error{Filter: p.text, Position: position, Problem: fmt.Sprintf("%s at position %d", problem, position)}
}

func (p *parser) skipSpace() {
	for p.at < len(p.text) && strings.IndexByte(" \t\r\n", p.text[p.at]) >= 0 {
		p.at++
	}
}

// word reads up to a space, a bracket or a quote.
func (p *parser) word() string {
	p.skipSpace()
	rest := p.text[p.at:]
	if end := strings.IndexAny(rest, " \t\r\n()\""); end >= 0 {
		rest = rest[:end]
	}
	p.at += len(rest)
	return rest
}

// keyword reads a word if it is the one asked for.
func (p *parser) keyword(want string) bool {
	before := p.at
	if strings.EqualFold(p.word(), want) {
		return true
	}
	p.at = before
	return false
}

func (p *parser) either() (node, error) {
	return p.joined(true, "or", func() (node, error) { return p.joined(false, "and", p.term) })
}

func (p *parser) joined(or bool, keyword string, next func() (node, error)) (node, error) {
	var terms []node
	for {
		term, err := next()
		if err != nil {
			return nil, err
		}
		if inner, ok := term.(junction); ok && inner.or == or {
			terms = append(terms, inner.terms...)
		} else {
			terms = append(terms, term)
		}
		if p.keyword(keyword) {
			continue
		}
		if len(terms) == 1 {
			return terms[0], nil
		}
		return junction{or, terms}, nil
	}
}

func (p *parser) term() (node, error) {
	p.skipSpace()
	start := p.at
	opens := start < len(p.text) && p.text[start] == '('
	if !opens && !p.keyword("not") {
		return p.comparison()
	}
	if p.depth++; p.depth > MaxDepth {
		return nil, p.fail(start, "Brackets and negations are nested too deep")
	}
	defer func() { p.depth-- }()
	if !opens {
		term, err := p.term()
		if err != nil {
			return nil, err
		}
		return not(term), nil
	}
	p.at++
	inner, err := p.either()
	if err != nil {
		return nil, err
	}
	if p.skipSpace(); p.at == len(p.text) {
		return nil, p.fail(start, "No closing bracket for the one")
	}
	if p.text[p.at] != ')' {
		return nil, p.fail(p.at, "Expected 'and', 'or' or ')'")
	}
	p.at++
	return inner, nil
}

func (p *parser) comparison() (node, error) {
	p.skipSpace()
	start := p.at
	path := p.word()
	if path == "" {
		return nil, p.fail(start, "Expected an attribute")
	}
	if bad := strings.IndexFunc(path, notInPath); bad >= 0 {
		return nil, p.fail(start+bad, "Unexpected character in an attribute")
	}
	if p.comparisons++; p.comparisons > MaxComparisons {
		return nil, p.fail(start, "Too many comparisons")
	}
	attribute, ok := p.schema(path)
	if !ok {
		fault := p.fail(start, "")
		fault.Fault, fault.Problem = NoField, "field is not valid: "+path
		return nil, fault
	}
	if attribute.Path == "" {
		attribute.Path = path
	}
	p.skipSpace()
	start = p.at
	word := p.word()
	if word == "" {
		return nil, p.fail(start, "Expected an operator")
	}
	operator := Operator(strings.ToLower(word))
	if !known(operator) {
		fault := p.fail(start, "Unrecognized attribute operator '"+shorten(word)+"'")
		fault.Problem += ". Expected: eq,co,sw,pr,gt,ge,lt,le" // Okta leaves out ne and ew
		return nil, fault
	}
	if !attribute.wants(operator) {
		fault := p.fail(start, "The attribute does not support the operator")
		fault.Fault = NoSearch
		return nil, fault
	}
	if operator == Present {
		return comparison{attribute: attribute, operator: Present}, nil
	}
	return p.compared(attribute, operator)
}

// shorten keeps a whole text in the place of an operator out of the error.
func shorten(word string) string {
	const shown = 20
	if runes := []rune(word); len(runes) > shown {
		return string(runes[:shown]) + "..."
	}
	return word
}

func known(op Operator) bool {
	switch op {
	case Equal, NotEqual, Contains, StartsWith, EndsWith, Present, Greater, GreaterOrEqual, Less, LessOrEqual:
		return true
	}
	return false
}

func notInPath(r rune) bool {
	inPath := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("._-$:", r)
	return !inPath
}
