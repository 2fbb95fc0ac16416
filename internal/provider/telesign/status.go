package telesign

import (
	"time"

	"hookswitch"
)

// report is the status of the transaction in our words. An error that the table knows says more than the status beside
// it, which is then only "not attempted".
func (a answer) report(now time.Time) hookswitch.Report {
	r := hookswitch.Report{Reference: a.ReferenceID, ProviderStatus: a.Status.Code.String(), At: now}
	if at, err := time.Parse(time.RFC3339, a.Status.UpdatedOn); err == nil {
		r.At = at
	}
	for _, f := range a.faults() {
		if failure := failureOf(f.Code); failure != "" {
			r.ProviderCode = f.Code.String()
			r.Fate, r.Word, r.Failure = hookswitch.StatusLost, hookswitch.WordFailed, failure
			return r
		}
	}
	for _, s := range statuses {
		if s.code == a.Status.Code {
			r.Fate, r.Word, r.Failure = s.fate, s.word, s.failure
			return r
		}
	}
	if failure := failureOf(a.Status.Code); failure != "" { // Messaging and Voice tell errors as statuses
		r.Fate, r.Word, r.Failure = hookswitch.StatusLost, hookswitch.WordFailed, failure
		return r
	}
	r.Fate, r.Word = hookswitch.StatusInterim, hookswitch.WordUnknown
	return r
}

// statuses is the table of what becomes of a transaction; an unknown status decides nothing.
// https://developer.telesign.com/enterprise/docs/all-status-and-error-codes
//
// What Telesign blocked, or a rule of ours there, must not be sent by another provider.
var statuses = []struct {
	code    code
	fate    hookswitch.Fate
	word    string
	failure hookswitch.Failure // for StatusLost
	meaning string
}{
	// Calls.
	{100, hookswitch.StatusArrived, hookswitch.WordAnswered, "", "answered"},
	{101, hookswitch.StatusLost, hookswitch.WordNotAnswered, hookswitch.NotAnswered, "not answered"},
	{103, hookswitch.StatusInterim, hookswitch.WordRinging, "", "in progress"},
	{105, hookswitch.StatusInterim, hookswitch.WordQueued, "", "not handled yet"},
	{106, hookswitch.StatusLost, hookswitch.WordFailed, hookswitch.ProviderError, "failed upstream"},
	{107, hookswitch.StatusLost, hookswitch.WordBusy, hookswitch.Busy, "busy"},
	{108, hookswitch.StatusLost, hookswitch.WordCanceled, hookswitch.FailedUnexplained, "canceled by Telesign"},
	{129, hookswitch.StatusLost, hookswitch.WordFailed, hookswitch.BlockedFraud, "blocked by our list"},
	{130, hookswitch.StatusLost, hookswitch.WordFailed, hookswitch.BlockedFraud, "blocked by Telesign"},
	{133, hookswitch.StatusLost, hookswitch.WordFailed, hookswitch.BlockedFraud, "high risk"},

	// Messages.
	{200, hookswitch.StatusArrived, hookswitch.WordDelivered, "", "delivered to the handset"},
	{201, hookswitch.StatusArrived, hookswitch.WordDelivered, "", "delivered, looks suspicious"},
	{203, hookswitch.StatusInterim, hookswitch.WordSent, "", "at the gateway"},
	{207, hookswitch.StatusLost, hookswitch.WordUndelivered, hookswitch.FailedUnexplained, "unknown error"},
	{210, hookswitch.StatusLost, hookswitch.WordUndelivered, hookswitch.InactiveNumber, "temporary error of the phone"},
	{211, hookswitch.StatusLost, hookswitch.WordUndelivered, hookswitch.NotTextable, "permanent error of the phone"},
	{220, hookswitch.StatusLost, hookswitch.WordUndelivered, hookswitch.ProviderError, "no route"},
	{221, hookswitch.StatusLost, hookswitch.WordExpired, hookswitch.Expired, "expired on the way"},
	{222, hookswitch.StatusLost, hookswitch.WordUndelivered, hookswitch.NotTextable, "SMS not supported"},
	{229, hookswitch.StatusLost, hookswitch.WordFailed, hookswitch.BlockedFraud, "blocked by our list"},
	{230, hookswitch.StatusLost, hookswitch.WordFailed, hookswitch.BlockedFraud, "blocked by Telesign"},
	{231, hookswitch.StatusLost, hookswitch.WordFailed, hookswitch.ContentFiltered, "content not supported"},
	{233, hookswitch.StatusLost, hookswitch.WordFailed, hookswitch.BlockedFraud, "high risk"},
	{237, hookswitch.StatusLost, hookswitch.WordFailed, hookswitch.BlockedFraud, "country blocked by our list"},
	{238, hookswitch.StatusLost, hookswitch.WordFailed, hookswitch.BlockedFraud, "prefix blocked by our list"},
	{250, hookswitch.StatusInterim, hookswitch.WordUnknown, "", "final status unknown"},
	{251, hookswitch.StatusInterim, hookswitch.WordSent, "", "sent, no delivery report came"},
	{290, hookswitch.StatusInterim, hookswitch.WordQueued, "", "in progress"},
	{291, hookswitch.StatusInterim, hookswitch.WordQueued, "", "queued by Telesign"},
	{292, hookswitch.StatusInterim, hookswitch.WordQueued, "", "queued by the gateway"},
	{295, hookswitch.StatusInterim, hookswitch.WordUnknown, "", "status delayed"},
	{500, hookswitch.StatusLost, hookswitch.WordFailed, hookswitch.ProviderError, "not attempted"},
	{501, hookswitch.StatusLost, hookswitch.WordFailed, hookswitch.Unauthorized, "not authorized"},
	{502, hookswitch.StatusLost, hookswitch.WordFailed, hookswitch.BadSender, "short code in trouble"},
	{503, hookswitch.StatusLost, hookswitch.WordUndelivered, hookswitch.ProviderError, "network refused for now"},
	{504, hookswitch.StatusLost, hookswitch.WordUndelivered, hookswitch.BlockedByCarrier, "network refused"},
	{505, hookswitch.StatusLost, hookswitch.WordUndelivered, hookswitch.ProviderError, "gateway failed for now"},
	{506, hookswitch.StatusLost, hookswitch.WordUndelivered, hookswitch.ProviderError, "gateway failed"},
	{507, hookswitch.StatusLost, hookswitch.WordUndelivered, hookswitch.InvalidNumber, "invalid destination"},
	{508, hookswitch.StatusLost, hookswitch.WordFailed, hookswitch.BadSender, "invalid source"},
	{509, hookswitch.StatusLost, hookswitch.WordFailed, hookswitch.RejectedRequest, "parameters not supported"},
	{510, hookswitch.StatusLost, hookswitch.WordUndelivered, hookswitch.OptedOut, "blocked by the subscriber"},
	{511, hookswitch.StatusLost, hookswitch.WordUndelivered, hookswitch.InactiveNumber, "subscriber without credit"},
	{512, hookswitch.StatusLost, hookswitch.WordUndelivered, hookswitch.InactiveNumber, "roaming"},
	{513, hookswitch.StatusLost, hookswitch.WordUndelivered, hookswitch.InactiveNumber, "number portability"},
	{514, hookswitch.StatusLost, hookswitch.WordUndelivered, hookswitch.InactiveNumber, "subscriber absent"},
	{515, hookswitch.StatusLost, hookswitch.WordUndelivered, hookswitch.ContentFiltered, "taken for spam"},
	{516, hookswitch.StatusLost, hookswitch.WordUndelivered, hookswitch.NotTextable, "channel not supported by the device"},
	{517, hookswitch.StatusLost, hookswitch.WordFailed, hookswitch.BadSender, "DLT registration not found"},
	{518, hookswitch.StatusLost, hookswitch.WordFailed, hookswitch.BlockedFraud, "SIM swap"},
	{519, hookswitch.StatusLost, hookswitch.WordFailed, hookswitch.RejectedRequest, "SIM swap cannot be checked"},
	{520, hookswitch.StatusLost, hookswitch.WordFailed, hookswitch.ContentFiltered, "content not allowed"},
	{521, hookswitch.StatusLost, hookswitch.WordFailed, hookswitch.BadSender, "sender id not allowed there"},
	{599, hookswitch.StatusInterim, hookswitch.WordUnknown, "", "no status"},
	{1900, hookswitch.StatusArrived, hookswitch.WordVerified, "", "completion recorded"},
}
