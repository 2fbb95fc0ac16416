// Package twiml reads the voice documents that Twilio plays on a call
// (https://www.twilio.com/docs/voice/twiml) and says what a listener hears.
//
// It is stricter than Twilio on purpose: where Twilio logs a warning and goes
// on with a default (a voice it does not know, an attribute it does not know),
// this parser refuses the document, so that the mistake is found on a laptop
// and not in a call log a month later.
package twiml

import (
	"fmt"
	"strings"
	"time"
)

// MaxLength is how many characters the Twiml parameter of a new call may hold.
// Source: https://www.twilio.com/docs/voice/api/call-resource#create-a-call-resource
const MaxLength = 4000

// Twilio's numbers for what is wrong with a document.
// Source: https://www.twilio.com/docs/api/errors
const (
	CodeParseFailure   = 12100
	CodeSchema         = 12200
	CodeFinishOnKey    = 13310
	CodeGatherMethod   = 13312
	CodeGatherTimeout  = 13313
	CodeNumDigits      = 13314
	CodeGatherNested   = 13320
	CodePlayLoop       = 13410
	CodeSayLoop        = 13510
	CodeSayVoice       = 13511
	CodeSayText        = 13520
	CodePauseLength    = 13910
	CodeRedirectMethod = 13710
)

// Error is a document that cannot be played.
type Error struct {
	Code    int // Twilio's error number
	Line    int // counted from 1; 0 when the whole document is meant
	Message string
}

func (e *Error) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%d: %s", e.Code, e.Message)
	}
	return fmt.Sprintf("%d: line %d: %s", e.Code, e.Line, e.Message)
}

// Document is one TwiML answer: steps played in order until one of them ends
// the document (Redirect, Hangup, Reject) or nothing is left.
type Document struct {
	Steps []Step
}

// Step is one of Speak, Gather, Redirect, Hangup and Reject.
type Step interface{ step() }

// Speak is something heard or waited for: Say, Play and Pause.
type Speak struct {
	Pieces []Piece
}

// Gather listens for keys, first while its prompt plays, then for Timeout.
type Gather struct {
	Prompt      []Piece
	Action      string // "" means the URL of the document itself
	Method      string // GET or POST
	NumDigits   int    // 0 means any number
	Timeout     time.Duration
	FinishOnKey string // "" means no key ends the input
	OnEmpty     bool   // actionOnEmptyResult: ask Action even without a key
	Keys        bool   // false when input is speech only
}

// Redirect goes on with the document at URL.
type Redirect struct {
	URL    string
	Method string
}

// Hangup ends the call.
type Hangup struct{}

// Reject refuses the call: "busy" or "rejected".
type Reject struct {
	Reason string
}

func (Speak) step()    {}
func (Gather) step()   {}
func (Redirect) step() {}
func (Hangup) step()   {}
func (Reject) step()   {}

// The kinds of a Piece.
const (
	KindSay    = "say"
	KindPause  = "pause"
	KindGather = "gather"
)

// Piece is a stretch of a call as a listener hears it. Seconds is an estimate
// for say and exact for pause; for gather it is the time left to press a key.
type Piece struct {
	Kind     string  `json:"kind"`
	Text     string  `json:"text"`
	Language string  `json:"language"`
	Voice    string  `json:"voice"`
	Seconds  float64 `json:"seconds"`
}

// Complete tells whether keys end the input, without waiting for the timeout.
func (g Gather) Complete(keys string) bool {
	return g.NumDigits > 0 && len(keys) >= g.NumDigits || g.FinishOnKey != "" && strings.Contains(keys, g.FinishOnKey)
}
