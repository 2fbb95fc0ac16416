package inlinehook

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"unicode"

	"hookswitch"
	"hookswitch/internal/provider"
)

// What of a hook's answer is kept.
const (
	maxText  = 255 // characters of one text
	maxDebug = 20  // keys of a debugContext
)

// actionType is the type of a command in Okta's reference. Its Workflows guide has the type of the request there.
const actionType = "com.okta.telephony.action"

// defaultError is what Okta shows of an error without a summary.
const defaultError = "The callback service returned an error"

// reply is what a hook said. All texts are the hook's own, not yet fit to be shown.
type reply struct {
	failed        bool   // it answered with an error
	summary       string // of the error
	status        string // SUCCESSFUL, PENDING or FAILED; "" when there is none
	problem       string // why there is none
	provider      string
	transactionID string
	metadata      string
	context       map[string]json.RawMessage
}

type action struct {
	Status        string `json:"status"`
	Provider      string `json:"provider"`
	TransactionID string `json:"transactionId"`
	Metadata      string `json:"transactionMetadata"`
}

type hookError struct {
	Summary string      `json:"errorSummary"`
	Causes  []hookError `json:"errorCauses"`
	Reason  string      `json:"reason"`
}

// object tells whether a text is one JSON object.
func object(body []byte) bool {
	body = trim(body)
	return len(body) > 0 && body[0] == '{' && json.Valid(body)
}

// trim takes away white space and the mark that some servers put before their UTF-8.
func trim(body []byte) []byte {
	return bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")))
}

// readReply reads an answer. An error counts before any command.
func readReply(body []byte, requestType string) reply {
	var r reply
	var wire struct {
		Error    json.RawMessage `json:"error"`
		Commands json.RawMessage `json:"commands"`
		Debug    json.RawMessage `json:"debugContext"`
	}
	if err := json.Unmarshal(trim(body), &wire); err != nil {
		r.problem = "The hook's answer is no JSON object."
		return r
	}
	r.context = contextOf(wire.Debug)
	if errs, found := oneOrMore[hookError](wire.Error); found {
		r.failed, r.summary = true, summaryOf(errs)
		return r
	}
	commands, _ := oneOrMore[struct {
		Type  string          `json:"type"`
		Value json.RawMessage `json:"value"`
	}](wire.Commands)
	for _, c := range commands {
		if c.Type != actionType && c.Type != requestType {
			continue
		}
		values, _ := oneOrMore[action](c.Value)
		if len(values) == 0 {
			break
		}
		v := values[0]
		r.provider, r.transactionID, r.metadata = v.Provider, v.TransactionID, v.Metadata
		switch status := strings.ToUpper(v.Status); status {
		case "SUCCESSFUL", "PENDING", "FAILED":
			r.status = status
		default:
			r.problem = "The command's status is none of SUCCESSFUL, PENDING and FAILED."
		}
		return r
	}
	r.problem = "The answer has no command of type " + actionType + " with a value."
	return r
}

// oneOrMore reads an object, or an array of them; null, an empty array and what is no such thing are none. An object that
// is there counts as found even when nothing in it can be read.
func oneOrMore[T any](text json.RawMessage) (all []T, found bool) {
	text = trim(text)
	switch {
	case len(text) == 0 || string(text) == "null":
		return nil, false
	case text[0] == '[':
		var each []json.RawMessage
		if json.Unmarshal(text, &each) != nil {
			return nil, false
		}
		for _, one := range each {
			var v T
			if json.Unmarshal(one, &v) == nil {
				all = append(all, v)
			}
		}
		return all, len(each) > 0
	default:
		var v T
		if json.Unmarshal(text, &v) == nil {
			all = append(all, v)
		}
		return all, true
	}
}

// summaryOf is the errors in words.
func summaryOf(errs []hookError) string {
	var words []string
	for _, e := range errs {
		for _, text := range append([]string{e.Summary}, causesOf(e)...) {
			if text != "" && !slices.Contains(words, text) {
				words = append(words, text)
			}
		}
	}
	if len(words) == 0 {
		return defaultError
	}
	return strings.Join(words, "; ")
}

func causesOf(e hookError) []string {
	var words []string
	for _, cause := range e.Causes {
		words = append(words, cause.Summary, cause.Reason)
	}
	return words
}

func contextOf(text json.RawMessage) map[string]json.RawMessage {
	text = trim(text)
	if len(text) == 0 || string(text) == "null" {
		return nil
	}
	var keys map[string]json.RawMessage
	if json.Unmarshal(text, &keys) != nil {
		return map[string]json.RawMessage{"debugContext": text}
	}
	return keys
}

// debug is what of the reply the System Log shows, by key: what the hook calls its debug context, and its own words for
// the send. The passcode, the number and the secrets of the hook are taken out wherever they stand.
func (r reply) debug(hide []string) []hookswitch.Datum {
	var data []hookswitch.Datum
	add := func(key, value string) {
		if value != "" {
			data = append(data, hookswitch.Datum{Key: fit(key, hide), Value: fit(value, hide)})
		}
	}
	add("hookStatus", r.status)
	add("hookProvider", r.provider)
	add("hookTransactionMetadata", r.metadata)
	for i, key := range slices.Sorted(maps.Keys(r.context)) {
		if i == maxDebug {
			break
		}
		add(key, plain(r.context[key]))
	}
	return data
}

// plain is a JSON value as text, without escapes behind which something could hide.
func plain(value json.RawMessage) string {
	var v any
	if json.Unmarshal(value, &v) != nil {
		return ""
	}
	if text, ok := v.(string); ok {
		return text
	}
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	if v == nil || e.Encode(v) != nil {
		return ""
	}
	return strings.TrimSpace(text.String())
}

// fit makes a stranger's text one that can be stored and shown, at most maxText characters.
func fit(text string, hide []string) string { return cut(provider.Redact(clean(text), hide...)) }

// fitID is fit for an id, whose digits are no phone number.
func fitID(text string, hide []string) string {
	text = clean(text)
	for _, value := range hide {
		if value != "" {
			text = strings.ReplaceAll(text, value, "[hidden]")
		}
	}
	return cut(text)
}

func clean(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
}

func cut(text string) string {
	if runes := []rune(text); len(runes) > maxText {
		return string(runes[:maxText])
	}
	return text
}
