package telesign

import (
	"crypto/subtle"
	"encoding/json"
	"net/http"
	"strings"

	"hookswitch"
)

// ReadCallback reads a delivery report. https://developer.telesign.com/enterprise/docs/transaction-callback-service
func (p *Provider) ReadCallback(c hookswitch.Callback) (hookswitch.Report, error) {
	if !p.authentic(c) {
		return hookswitch.Report{}, hookswitch.ErrForged
	}
	var a answer
	if json.Unmarshal(c.Body, &a) != nil || !isReference(a.ReferenceID) || a.Status.Code == 0 {
		return hookswitch.Report{}, hookswitch.ErrUnreadable
	}
	return a.report(p.now()), nil
}

// authentic checks the signature over the raw body. It comes with the customer's id in Authorization and bare in a header
// of Telesign's own, for those behind a proxy that keeps Authorization to itself.
// https://developer.telesign.com/enterprise/docs/authenticate-callbacks
func (p *Provider) authentic(c hookswitch.Callback) bool {
	if p.account.AuthToken == "" {
		return false
	}
	header := http.Header(c.Header)
	given := header.Get("Authorization")
	if given == "" {
		given = header.Get("X-Ts-Authorization")
	}
	if scheme, proof, ok := strings.Cut(given, " "); ok {
		customer, signature, ok := strings.Cut(proof, ":")
		if !ok || scheme != "TSA" || !strings.EqualFold(customer, p.account.SID) {
			return false
		}
		given = signature
	}
	expected := sign(p.account.AuthToken.Reveal(), c.Body)
	return subtle.ConstantTimeCompare([]byte(expected), []byte(given)) == 1
}
