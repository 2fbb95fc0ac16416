package twilio

import (
	"context"

	"hookswitch"
)

// Poll asks for the status of what a reference names. Its prefix says which API that is, so a change of the settings
// does not lose the messages that went out before.
func (p *Provider) Poll(ctx context.Context, channel hookswitch.Channel, reference string) (hookswitch.Report, error) {
	var report hookswitch.Report
	var err error
	switch {
	case isSID(reference, "SM"), isSID(reference, "MM"):
		var known message
		err = p.get(ctx, p.apiURL+"/Messages/"+reference+".json", &known)
		report = messageReport(known.Status, known.ErrorCode)
	case isSID(reference, "CA"):
		var known call
		err = p.get(ctx, p.apiURL+"/Calls/"+reference+".json", &known)
		report = callReport(known)
	case isSID(reference, "VE"):
		report, err = p.pollVerification(ctx, p.account.Methods[channel].Value, reference)
	default:
		return report, &hookswitch.SendError{Failure: hookswitch.RejectedRequest, Detail: "the reference is none of Twilio's"}
	}
	if err != nil {
		return hookswitch.Report{}, err
	}
	report.Reference, report.At = reference, p.now()
	return report, nil
}

// isSID recognises one of Twilio's ids: two letters and 32 hexadecimal digits.
func isSID(s, prefix string) bool {
	if len(s) != 34 || s[:2] != prefix {
		return false
	}
	for _, c := range []byte(s[2:]) {
		if !(c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F') {
			return false
		}
	}
	return true
}
