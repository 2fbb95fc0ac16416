package telesign

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"hookswitch"
)

// Poll asks for the status of a transaction. Its id does not say which product it belongs to: the channel's present
// service is asked first, and the other one when that does not know it, so a change of the settings loses nothing.
func (p *Provider) Poll(ctx context.Context, channel hookswitch.Channel, reference string) (hookswitch.Report, error) {
	if !isReference(reference) {
		return hookswitch.Report{}, &hookswitch.SendError{
			Failure: hookswitch.RejectedRequest, Detail: "the reference is none of Telesign's",
		}
	}
	var a answer
	var err error
	for _, resource := range p.resources(channel) {
		a, err = p.exchange(ctx, http.MethodGet, resource+reference, nil, nil)
		var failed *hookswitch.SendError
		if !errors.As(err, &failed) || failed.ProviderStatus != strconv.Itoa(http.StatusNotFound) {
			break
		}
	}
	if err != nil {
		return hookswitch.Report{}, err
	}
	report := a.report(p.now())
	report.Reference = reference
	return report, nil
}

func (p *Provider) resources(channel hookswitch.Channel) []string {
	own := "/v1/messaging/"
	if channel == hookswitch.Call {
		own = "/v1/voice/"
	}
	if p.account.Methods[channel].Value == VerifyService {
		return []string{"/v1/verify/", own}
	}
	return []string{own, "/v1/verify/"}
}
