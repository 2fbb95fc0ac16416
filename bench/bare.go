package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime/debug"
)

// The bare topology makes the same exchanges, with requests and answers of the same size, and does nothing else: no
// body is understood, nothing is kept.

const (
	bareChallenge = `{"_links":{"factor":{"hints":{"allow":["GET","DELETE"]},"href":"http://127.0.0.1:8080/api/v1/users/00u0000000000000000/factors/sms0000000000000000"},` +
		`"verify":{"hints":{"allow":["POST"]},"href":"http://127.0.0.1:8080/api/v1/users/00u0000000000000000/factors/sms0000000000000000/verify"}},` +
		`"factorResult":"CHALLENGE","profile":{"phoneNumber":"+12022000000"}}`
	bareSuccess  = `{"factorResult":"SUCCESS"}`
	bareMessage  = `To=%2B12022000000&Body=Your+verification+code+is+123456.&ValidityPeriod=300&MessagingServiceSid=MG00000000000000000000000000000001&StatusCallback=http%3A%2F%2F127.0.0.1%3A8080%2Fcallbacks%2Ftwilio%2Fdlv00000000000000000`
	bareAccepted = messageResource // its verbs stand in for what they would print
	bareStatus   = `AccountSid=AC00000000000000000000000000000001&ApiVersion=2010-04-01&From=%2B15005550006&MessageSid=SM00000000000000000000000000000001&MessageStatus=delivered&` +
		`MessagingServiceSid=MG00000000000000000000000000000001&SmsSid=SM00000000000000000000000000000001&SmsStatus=delivered&To=%2B12022000000`
	bareCode = "123456"
)

// serveBare is the server: a send passes on to the carrier, everything else is answered as it is.
func serveBare(ctx context.Context, args []string, out io.Writer) error {
	if len(args) != 1 {
		return errors.New("the bare server needs the carrier's URL")
	}
	// The limit should be as high as it can be.
	debug.SetGCPercent(400)
	client := newHTTPClient()
	target := args[0] + "/2010-04-01/Accounts/" + carrierSID + "/Messages.json"
	server, url, err := serve(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		size := r.ContentLength
		_, _ = io.Copy(io.Discard, r.Body)
		switch {
		case r.URL.Path == "/callback":
			w.WriteHeader(http.StatusNoContent)
		case r.Method == http.MethodPost && size == 0:
			header := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}, "Authorization": {"Basic " + carrierSID + carrierToken}, "Accept": {"application/json"}}
			if _, err := exchange(r.Context(), client, http.MethodPost, target, header, []byte(bareMessage)); err != nil {
				http.Error(w, err.Error(), http.StatusBadGateway)
				return
			}
			answerConstant(w, bareChallenge)
		default:
			answerConstant(w, bareSuccess)
		}
	}))
	if err != nil {
		return err
	}
	fmt.Fprintln(out, "listens on", url)
	<-ctx.Done()
	return server.Close()
}

func answerConstant(w http.ResponseWriter, text string) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = io.WriteString(w, text)
}

// startBareCarrier is the carrier: it accepts everything and calls back when it is read.
func startBareCarrier(callback func() string) (*carrier, error) {
	c := &carrier{client: newHTTPClient()}
	header := http.Header{
		"Content-Type":       {"application/x-www-form-urlencoded"},
		"X-Twilio-Signature": {"AAAAAAAAAAAAAAAAAAAAAAAAAAA="},
		"User-Agent":         {"TwilioProxy/1.1"},
	}
	var err error
	c.server, c.url, err = serve(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		if r.Method == http.MethodPost {
			w.WriteHeader(http.StatusCreated)
			_, _ = io.WriteString(w, bareAccepted)
			return
		}
		if _, err := exchange(r.Context(), c.client, http.MethodPost, callback(), header, []byte(bareStatus)); err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		_, _ = io.WriteString(w, bareCode)
	}))
	return c, err
}

// isSent and isVerified judge the answers of either server.
func isSent(answer []byte) bool { return bytes.Contains(answer, []byte(`"factorResult":"CHALLENGE"`)) }
func isVerified(answer []byte) bool {
	return bytes.Contains(answer, []byte(`"factorResult":"SUCCESS"`))
}
