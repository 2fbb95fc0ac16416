package main

import (
	"sync"
	"time"
)

// What a request asks for.
const (
	asksSend   = "send"
	asksVerify = "verify"
)

// request is one HTTP request of the load, as its client saw it.
type request struct {
	id     string // that the server gave to it, when it answered
	tag    string // in its User-Agent, which the System Log keeps with every event that it caused
	kind   string
	person int
	wish   int    // of a send: requests with the same Idempotency-Key are one wish
	code   string // of a verification
	begun  time.Time
	ended  time.Time
	status int    // 0: no answer came
	result string // the factorResult, or the errorCode
}

func (r request) succeeded() bool { return r.status == 200 }

// message is what a phone got.
type message struct {
	Code       string    `json:"code"`
	Reference  string    `json:"providerReference"`
	ReceivedAt time.Time `json:"receivedAt"`
}

// event is what the checker reads of an event of the System Log.
type event struct {
	Type      string    `json:"eventType"`
	Published time.Time `json:"published"`
	Outcome   struct {
		Result string `json:"result"`
	} `json:"outcome"`
	Client struct {
		UserAgent struct {
			Raw string `json:"rawUserAgent"`
		} `json:"userAgent"`
	} `json:"client"`
	Debug struct {
		Data map[string]string `json:"debugData"`
	} `json:"debugContext"`
}

// history is all that was asked and answered. It is safe for concurrent use.
type history struct {
	mu       sync.Mutex
	requests []request
}

func (h *history) add(r request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.requests = append(h.requests, r)
}

// all is a copy.
func (h *history) all() []request {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]request(nil), h.requests...)
}
