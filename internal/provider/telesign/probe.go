package telesign

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"hookswitch"
)

// nowhere is the id of a transaction that never was.
var nowhere = strings.Repeat("0", 32)

// Probe asks for a transaction that never was: who may not ask is told so, everybody else that it is not there.
func (p *Provider) Probe(ctx context.Context) error {
	_, err := p.Poll(ctx, hookswitch.SMS, nowhere)
	if refused, ok := errors.AsType[*hookswitch.SendError](err); ok && refused.ProviderStatus == strconv.Itoa(http.StatusNotFound) {
		return nil
	}
	return err
}

// SampleCallback is a status of that transaction, signed like Telesign's.
func (p *Provider) SampleCallback(target string) hookswitch.Callback {
	body := []byte(`{"reference_id":"` + nowhere + `","status":{"code":290,"description":"Message in progress"}}`)
	return hookswitch.Callback{
		URL: target, Method: http.MethodPost, Body: body,
		Header: http.Header{
			"Content-Type":  {"application/json"},
			"Authorization": {"TSA " + p.account.SID + ":" + sign(p.account.AuthToken.Reveal(), body)},
		},
	}
}
