package admin

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"hookswitch"
)

// Bounds of a hook.
const (
	maxHookName    = 255
	maxHookURI     = 1024
	maxHookHeaders = 20
	maxHeaderValue = 4096
)

// valid says what is wrong with a hook, by the fields of the API.
func (h *Hooks) valid(s HookSpec) error {
	var causes []hookswitch.Cause
	wrong := func(field, text string) {
		causes = append(causes, hookswitch.Cause{Field: field, Text: text})
	}
	if n := utf8.RuneCountInString(s.Name); n == 0 || n > maxHookName {
		wrong("name", "It must have 1 to 255 characters.")
	}
	switch {
	case s.URI == "":
		wrong("channel.config.uri", "It is required.")
	case utf8.RuneCountInString(s.URI) > maxHookURI:
		wrong("channel.config.uri", "It may have at most 1024 characters.")
	case strings.ContainsFunc(s.URI, func(r rune) bool { return r <= ' ' || r == 0x7f }):
		wrong("channel.config.uri", "It must not contain spaces.")
	default:
		if err := h.o.CheckURI(s.URI); err != nil {
			wrong("channel.config.uri", "It cannot be called: "+err.Error()+".")
		}
	}
	switch {
	case s.AuthKey == "":
		wrong("channel.config.authScheme", "It is required: a header that proves to the web service who is calling.")
	case !headerName(s.AuthKey):
		wrong("channel.config.authScheme.key", "It must be the name of a header that may be set.")
	case !headerValue(s.AuthValue.Reveal()):
		wrong("channel.config.authScheme.value", "It is required, and must be the value of a header.")
	}
	causes = append(causes, wrongHeaders(s)...)
	if len(causes) > 0 {
		return &hookswitch.Problem{Kind: hookswitch.Invalid, Causes: causes}
	}
	return nil
}

func wrongHeaders(s HookSpec) []hookswitch.Cause {
	if len(s.Headers) > maxHookHeaders {
		return []hookswitch.Cause{{Field: "channel.config.headers", Text: "There may be at most 20."}}
	}
	var causes []hookswitch.Cause
	seen := map[string]bool{strings.ToLower(s.AuthKey): true}
	for i, header := range s.Headers {
		field := "channel.config.headers[" + strconv.Itoa(i) + "]"
		name := strings.ToLower(header.Key)
		switch {
		case !headerName(header.Key):
			causes = append(causes, hookswitch.Cause{Field: field + ".key", Text: "It must be the name of a header that may be set."})
		case seen[name]:
			causes = append(causes, hookswitch.Cause{Field: field + ".key", Text: "This header is given twice."})
		case header.Value != "" && !headerValue(header.Value):
			causes = append(causes, hookswitch.Cause{Field: field + ".value", Text: "It must be the value of a header."})
		}
		seen[name] = true
	}
	return causes
}

// headerName tells whether an administrator may set the header: a token of RFC 9110, section 5.6.2, and none of those
// that carry the request itself.
func headerName(name string) bool {
	if name == "" || len(name) > 255 {
		return false
	}
	for _, c := range []byte(name) {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
		if !letter && !strings.ContainsRune("!#$%&'*+-.^_`|~", rune(c)) {
			return false
		}
	}
	switch strings.ToLower(name) {
	case "host", "content-length", "content-type", "content-encoding", "transfer-encoding", "connection", "keep-alive", "te",
		"trailer", "upgrade", "expect", "proxy-connection", "accept", "accept-encoding":
		return false
	}
	return true
}

// headerValue tells whether the text can be sent as a header: printable ASCII, spaces inside.
func headerValue(value string) bool {
	if value == "" || len(value) > maxHeaderValue || strings.TrimSpace(value) != value {
		return false
	}
	return !strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r > '~' })
}
