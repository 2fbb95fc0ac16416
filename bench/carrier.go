package main

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// The carrier's account.
const (
	carrierSID     = "AC00000000000000000000000000000001"
	carrierToken   = "bench-carrier-token"
	carrierService = "MG00000000000000000000000000000001"
)

// carrier is a carrier and every phone: the part of Twilio's API that a text message needs, and the status callback,
// signed. Its message waits on the phone until it is read.
//
// https://www.twilio.com/docs/messaging/api/message-resource
type carrier struct {
	phones []atomic.Pointer[text]
	taken  atomic.Int64 // messages
	client *http.Client
	server *http.Server
	url    string
}

// text is a message on a phone.
type text struct{ sid, to, code, callback string }

// startCarrier listens for messages to as many phones as there are numbers.
func startCarrier(numbers int) (*carrier, error) {
	c := &carrier{phones: make([]atomic.Pointer[text], numbers), client: newHTTPClient()}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /2010-04-01/Accounts/"+carrierSID+"/Messages.json", c.take)
	mux.HandleFunc("GET /phones/{number}", c.read)
	var err error
	c.server, c.url, err = serve(mux)
	return c, err
}

// serve listens on a port of its own.
func serve(handler http.Handler) (*http.Server, string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, "", err
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = server.Serve(listener) }() // it ends when it is closed
	return server, "http://" + listener.Addr().String(), nil
}

func (c *carrier) stop() error {
	c.client.CloseIdleConnections()
	return c.server.Close()
}

// take accepts a message.
func (c *carrier) take(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	form, wrong := url.ParseQuery(string(body))
	if err != nil || wrong != nil {
		http.Error(w, "unreadable", http.StatusBadRequest)
		return
	}
	phone, ok := phoneOf(form.Get("To"))
	if !ok || phone >= len(c.phones) {
		http.Error(w, "no such phone", http.StatusBadRequest)
		return
	}
	c.taken.Add(1)
	var id [16]byte // random, as Twilio's are: where they are indexed matters
	_, _ = rand.Read(id[:])
	m := &text{sid: "SM" + hex.EncodeToString(id[:]), to: form.Get("To"), code: codeIn(form.Get("Body")), callback: form.Get("StatusCallback")}
	if m.code == "" || m.callback == "" || !c.phones[phone].CompareAndSwap(nil, m) {
		http.Error(w, "no code, no callback, or a second message", http.StatusBadRequest)
		return
	}
	answer := fmt.Appendf(nil, messageResource, form.Get("Body"), m.sid, m.to, carrierSID, carrierService)
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(answer)))
	w.WriteHeader(http.StatusCreated)
	_, _ = w.Write(answer)
}

// messageResource is a message as the API shows it.
const messageResource = `{"body": %[1]q, "num_segments": "1", "direction": "outbound-api", "from": null, "date_updated": "Sat, 01 Nov 2025 10:00:00 +0000", ` +
	`"price": null, "error_message": null, "uri": "/2010-04-01/Accounts/%[4]s/Messages/%[2]s.json", "account_sid": %[4]q, "num_media": "0", ` +
	`"to": %[3]q, "date_created": "Sat, 01 Nov 2025 10:00:00 +0000", "status": "accepted", "sid": %[2]q, "date_sent": null, ` +
	`"messaging_service_sid": %[5]q, "error_code": null, "price_unit": "USD", "api_version": "2010-04-01", ` +
	`"subresource_uris": {"media": "/2010-04-01/Accounts/%[4]s/Messages/%[2]s/Media.json"}}`

// codeIn finds the code in a message: its first six digits in a row.
func codeIn(body string) string {
	run := 0
	for i := 0; i <= len(body); i++ {
		if i < len(body) && body[i] >= '0' && body[i] <= '9' {
			run++
			continue
		}
		if run == 6 {
			return body[i-6 : i]
		}
		run = 0
	}
	return ""
}

// read shows the code on a phone, and takes the message away. Before, the carrier tells that it was delivered.
func (c *carrier) read(w http.ResponseWriter, r *http.Request) {
	phone, ok := phoneOf(r.PathValue("number"))
	if !ok || phone >= len(c.phones) {
		http.Error(w, "no such phone", http.StatusNotFound)
		return
	}
	m := c.phones[phone].Swap(nil)
	if m == nil {
		http.Error(w, "no message", http.StatusNotFound)
		return
	}
	if err := c.tell(r.Context(), m); err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	_, _ = io.WriteString(w, m.code)
}

// tell posts the status "delivered", signed.
// https://www.twilio.com/docs/usage/security#validating-requests
func (c *carrier) tell(ctx context.Context, m *text) error {
	status := [][2]string{
		{"AccountSid", carrierSID},
		{"ApiVersion", "2010-04-01"},
		{"From", "+15005550006"},
		{"MessageSid", m.sid},
		{"MessageStatus", "delivered"},
		{"MessagingServiceSid", carrierService},
		{"SmsSid", m.sid},
		{"SmsStatus", "delivered"},
		{"To", m.to},
	}
	var signed, body strings.Builder
	signed.WriteString(m.callback)
	for i, field := range slices.All(status) { // sorted by name, as it is signed
		signed.WriteString(field[0])
		signed.WriteString(field[1])
		if i > 0 {
			body.WriteByte('&')
		}
		body.WriteString(field[0] + "=" + url.QueryEscape(field[1]))
	}
	mac := hmac.New(sha1.New, []byte(carrierToken))
	_, _ = io.WriteString(mac, signed.String())
	header := http.Header{
		"Content-Type":       {"application/x-www-form-urlencoded"},
		"X-Twilio-Signature": {base64.StdEncoding.EncodeToString(mac.Sum(nil))},
		"User-Agent":         {"TwilioProxy/1.1"},
	}
	_, err := exchange(ctx, c.client, http.MethodPost, m.callback, header, []byte(body.String()))
	return err
}

var errStatus = errors.New("unexpected status")

// exchange makes one exchange and reads its answer whole; any status but success is an error.
func exchange(ctx context.Context, client *http.Client, method, target string, header http.Header, body []byte) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, method, target, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header = header
	answer, err := client.Do(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, err
	}
	if answer.StatusCode < 200 || answer.StatusCode > 299 {
		return nil, fmt.Errorf("%s %s: %w %d: %.300s", method, target, errStatus, answer.StatusCode, data)
	}
	return data, nil
}

// newHTTPClient keeps a connection for everybody who may ask at the same time.
func newHTTPClient() *http.Client {
	return &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{
		MaxIdleConns: 1024, MaxIdleConnsPerHost: 512, DisableCompression: true,
	}}
}
