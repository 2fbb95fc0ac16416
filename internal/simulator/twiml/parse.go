package twiml

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Parse reads a document. The error is always an *Error.
func Parse(data []byte) (*Document, error) {
	if !utf8.Valid(data) {
		return nil, &Error{Code: CodeParseFailure, Message: "the document is not valid UTF-8"}
	}
	p := &parser{d: xml.NewDecoder(bytes.NewReader(data))}
	doc, err := p.document()
	if err != nil {
		return nil, err
	}
	return doc, nil
}

type parser struct {
	d *xml.Decoder
}

func (p *parser) fail(code int, format string, args ...any) error {
	line, _ := p.d.InputPos()
	return &Error{Code: code, Line: line, Message: fmt.Sprintf(format, args...)}
}

// next is the next token that means something: comments, processing
// instructions and the XML declaration are skipped. A document type is
// refused: TwiML has none, and it is where XML attacks live.
func (p *parser) next() (xml.Token, error) {
	for {
		t, err := p.d.Token()
		switch {
		case errors.Is(err, io.EOF):
			return nil, io.EOF
		case err != nil:
			if syntax, ok := errors.AsType[*xml.SyntaxError](err); ok {
				return nil, &Error{Code: CodeParseFailure, Line: syntax.Line, Message: syntax.Msg}
			}
			return nil, p.fail(CodeParseFailure, "%v", err)
		}
		switch t := t.(type) {
		case xml.Comment, xml.ProcInst:
		case xml.Directive:
			return nil, p.fail(CodeParseFailure, "a document type is not allowed")
		default:
			return t, nil
		}
	}
}

func (p *parser) document() (*Document, error) {
	root, err := p.root()
	if err != nil {
		return nil, err
	}
	if root.Name.Local != "Response" {
		return nil, p.fail(CodeSchema, "the root element is <%s>, not <Response>", root.Name.Local)
	}
	if _, err := p.attributes(root); err != nil {
		return nil, err
	}
	doc := &Document{}
	err = p.children(root, func(e xml.StartElement) error {
		step, err := p.verb(e)
		if err == nil {
			doc.Steps = append(doc.Steps, step)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	switch t, err := p.next(); {
	case errors.Is(err, io.EOF):
		return doc, nil
	case err != nil:
		return nil, err
	default:
		if c, ok := t.(xml.CharData); ok && blank(c) {
			return doc, p.end()
		}
		return nil, p.fail(CodeParseFailure, "there is content after </Response>")
	}
}

func (p *parser) end() error {
	t, err := p.next()
	if errors.Is(err, io.EOF) {
		return nil
	}
	if err != nil {
		return err
	}
	return p.fail(CodeParseFailure, "there is content after </Response>: %T", t)
}

func (p *parser) root() (xml.StartElement, error) {
	for {
		t, err := p.next()
		if errors.Is(err, io.EOF) {
			return xml.StartElement{}, &Error{Code: CodeParseFailure, Message: "the document is empty"}
		}
		if err != nil {
			return xml.StartElement{}, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			return t, nil
		case xml.CharData:
			if !blank(t) {
				return xml.StartElement{}, p.fail(CodeParseFailure, "there is text before the root element")
			}
		}
	}
}

// children calls f for every element inside e, up to its end. Text between
// verbs is an error.
func (p *parser) children(e xml.StartElement, f func(xml.StartElement) error) error {
	for {
		t, err := p.token(e)
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if err := f(t); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		case xml.CharData:
			if !blank(t) {
				return p.fail(CodeSchema, "<%s> may not contain text", e.Name.Local)
			}
		}
	}
}

// token is next where the end of the document is a mistake.
func (p *parser) token(in xml.StartElement) (xml.Token, error) {
	t, err := p.next()
	if errors.Is(err, io.EOF) {
		return nil, p.fail(CodeParseFailure, "<%s> is not closed", in.Name.Local)
	}
	return t, err
}

// text reads an element that holds only text.
func (p *parser) text(e xml.StartElement) (string, error) {
	var b strings.Builder
	for {
		t, err := p.token(e)
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.CharData:
			b.Write(t)
		case xml.StartElement:
			return "", p.fail(CodeSchema, "<%s> may not contain <%s>", e.Name.Local, t.Name.Local)
		case xml.EndElement:
			return strings.TrimSpace(b.String()), nil
		}
	}
}

// skip passes over an element that was read another way.
func (p *parser) skip(e xml.StartElement) error {
	for depth := 1; depth > 0; {
		t, err := p.token(e)
		if err != nil {
			return err
		}
		switch t.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
	}
	return nil
}

// attributes refuses attributes that Twilio does not know for this element.
func (p *parser) attributes(e xml.StartElement, allowed ...string) (map[string]string, error) {
	values := make(map[string]string, len(e.Attr))
	for _, a := range e.Attr {
		if a.Name.Space == "xmlns" || a.Name.Local == "xmlns" || a.Name.Space == "xsi" {
			continue
		}
		if !slices.Contains(allowed, a.Name.Local) {
			return nil, p.fail(CodeSchema, "<%s> has no attribute %q", e.Name.Local, a.Name.Local)
		}
		if _, twice := values[a.Name.Local]; twice {
			return nil, p.fail(CodeParseFailure, "<%s> has the attribute %q twice", e.Name.Local, a.Name.Local)
		}
		values[a.Name.Local] = a.Value
	}
	return values, nil
}

func (p *parser) verb(e xml.StartElement) (Step, error) {
	switch e.Name.Local {
	case "Say":
		pieces, err := p.say(e)
		return Speak{Pieces: pieces}, err
	case "Play":
		pieces, err := p.play(e)
		return Speak{Pieces: pieces}, err
	case "Pause":
		pieces, err := p.pause(e)
		return Speak{Pieces: pieces}, err
	case "Gather":
		return p.gather(e)
	case "Redirect":
		return p.redirect(e)
	case "Hangup":
		if _, err := p.attributes(e); err != nil {
			return nil, err
		}
		_, err := p.text(e)
		return Hangup{}, err
	case "Reject":
		return p.reject(e)
	case "Dial", "Record", "Enqueue", "Leave", "Connect", "Start", "Stop", "Pay", "Prompt", "Refer", "Sms", "Message", "Siprec", "Stream":
		return nil, p.fail(CodeSchema, "<%s> is TwiML, but the simulator does not play it", e.Name.Local)
	}
	return nil, p.fail(CodeSchema, "<%s> is not a TwiML verb", e.Name.Local)
}

func (p *parser) pause(e xml.StartElement) ([]Piece, error) {
	a, err := p.attributes(e, "length")
	if err != nil {
		return nil, err
	}
	seconds := 1
	if v, ok := a["length"]; ok {
		if seconds, err = strconv.Atoi(v); err != nil || seconds < 0 {
			return nil, p.fail(CodePauseLength, "Pause: length is a number of whole seconds")
		}
	}
	if _, err := p.text(e); err != nil {
		return nil, err
	}
	return []Piece{{Kind: KindPause, Seconds: float64(min(seconds, 600))}}, nil
}

// play knows digits (they are shown, not sounded) and files (named, not
// fetched: the simulator has no ears).
func (p *parser) play(e xml.StartElement) ([]Piece, error) {
	a, err := p.attributes(e, "loop", "digits")
	if err != nil {
		return nil, err
	}
	loop, err := p.loop(a, CodePlayLoop)
	if err != nil {
		return nil, err
	}
	file, err := p.text(e)
	if err != nil {
		return nil, err
	}
	piece := Piece{Kind: KindSay, Seconds: 3}
	switch digits := a["digits"]; {
	case digits != "":
		if strings.Trim(digits, "0123456789*#wW") != "" {
			return nil, p.fail(CodeSchema, "Play: digits may hold 0-9, *, # and w")
		}
		piece.Text = "(tones: " + digits + ")"
		piece.Seconds = float64(len(digits)) / 2
	case file != "":
		piece.Text = "(plays a recording)"
	default:
		return nil, p.fail(CodeSchema, "Play needs a URL or digits")
	}
	return slices.Repeat([]Piece{piece}, loop), nil
}

func (p *parser) redirect(e xml.StartElement) (Step, error) {
	a, err := p.attributes(e, "method")
	if err != nil {
		return nil, err
	}
	method, err := p.method(a, CodeRedirectMethod)
	if err != nil {
		return nil, err
	}
	url, err := p.text(e)
	return Redirect{URL: url, Method: method}, err
}

func (p *parser) reject(e xml.StartElement) (Step, error) {
	a, err := p.attributes(e, "reason")
	if err != nil {
		return nil, err
	}
	reason := "rejected"
	if v, ok := a["reason"]; ok {
		if v != "rejected" && v != "busy" {
			return nil, p.fail(CodeSchema, "Reject: reason is rejected or busy")
		}
		reason = v
	}
	_, err = p.text(e)
	return Reject{Reason: reason}, err
}

func (p *parser) method(a map[string]string, code int) (string, error) {
	v, ok := a["method"]
	if !ok {
		return "POST", nil
	}
	if m := strings.ToUpper(v); m == "GET" || m == "POST" {
		return m, nil
	}
	return "", p.fail(code, "method is GET or POST")
}

// maxLoop bounds loop="0", which Twilio repeats until the listener hangs up.
const maxLoop = 10

func (p *parser) loop(a map[string]string, code int) (int, error) {
	v, ok := a["loop"]
	if !ok {
		return 1, nil
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < 0 {
		return 0, p.fail(code, "loop is a number of 0 or more")
	}
	if n == 0 {
		return maxLoop, nil
	}
	return min(n, maxLoop), nil
}

func blank(c xml.CharData) bool { return len(bytes.TrimSpace(c)) == 0 }
