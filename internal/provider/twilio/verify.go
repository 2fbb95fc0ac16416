package twilio

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"hookswitch"
)

// sendByVerify lets a Verify service send our passcode in its own words. Without CustomCode Twilio would make one, and
// only Twilio could check it.
// https://www.twilio.com/docs/verify/api/verification
func (p *Provider) sendByVerify(ctx context.Context, service string, m hookswitch.Message) (hookswitch.Receipt, error) {
	form := url.Values{
		"To":         {m.To},
		"Channel":    {string(m.Channel)},
		"CustomCode": {m.Code.Reveal()},
	}
	tag, note := locale(m.Language)
	if tag != "" {
		form.Set("Locale", tag)
	}
	if m.Channel == hookswitch.Call && m.Extension != "" {
		form.Set("SendDigits", keys(m.Extension))
	}
	var created verification
	err := p.post(ctx, p.service(service)+"/Verifications", form, hide(m), &created)
	if err != nil {
		return hookswitch.Receipt{}, err
	}
	receipt, err := p.accepted(created.Sid, verificationReport(created.Status), "VE")
	receipt.Note, receipt.Feedback = note, err == nil
	return receipt, err
}

func (p *Provider) service(sid string) string {
	return p.verifyURL + "/Services/" + url.PathEscape(sid)
}

// Verified tells Verify that the user gave the passcode: its fraud guard and its limit of sends per number count
// verifications that were never completed. The other APIs want to hear nothing.
func (p *Provider) Verified(ctx context.Context, channel hookswitch.Channel, reference string) error {
	method := p.account.Methods[channel]
	if method.Option != OptionVerifySID || !isSID(reference, "VE") {
		return nil
	}
	target := p.service(method.Value) + "/Verifications/" + reference
	err := p.post(ctx, target, url.Values{"Status": {"approved"}}, nil, new(verification))
	if failed, ok := errors.AsType[*hookswitch.SendError](err); ok && failed.ProviderStatus == httpStatus(http.StatusNotFound) {
		return nil // approved, expired or canceled before: Twilio has forgotten it
	}
	return err
}

// pollVerification asks for the attempts of a verification, and for the verification itself where Twilio lists none.
// https://www.twilio.com/docs/verify/api/attempts
func (p *Provider) pollVerification(ctx context.Context, service, reference string) (hookswitch.Report, error) {
	var list attempts
	query := url.Values{"VerificationSid": {reference}}
	err := p.get(ctx, p.verifyURL+"/Attempts?"+query.Encode(), &list)
	if err != nil {
		return hookswitch.Report{}, err
	}
	if len(list.Attempts) > 0 {
		return attemptsReport(list.Attempts), nil
	}
	var known verification
	err = p.get(ctx, p.service(service)+"/Verifications/"+reference, &known)
	if err != nil {
		return hookswitch.Report{}, err
	}
	return verificationReport(known.Status), nil
}
