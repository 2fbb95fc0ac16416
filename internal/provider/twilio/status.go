package twilio

import (
	"strings"

	"hookswitch"
)

// messageReport is a message's status in our words.
// https://www.twilio.com/docs/messaging/api/message-resource#message-status-values
func messageReport(status string, code number) hookswitch.Report {
	r := hookswitch.Report{ProviderStatus: status, ProviderCode: code.String()}
	switch status {
	case "accepted", "scheduled", "queued":
		r.Fate, r.Word = hookswitch.StatusInterim, hookswitch.WordQueued
	case "sending", "sent":
		r.Fate, r.Word = hookswitch.StatusInterim, hookswitch.WordSent
	case "delivered", "read":
		r.Fate, r.Word = hookswitch.StatusArrived, hookswitch.WordDelivered
	case "undelivered":
		r.Fate, r.Word, r.Failure = hookswitch.StatusLost, hookswitch.WordUndelivered, lostMessage(code)
	case "failed":
		r.Fate, r.Word, r.Failure = hookswitch.StatusLost, hookswitch.WordFailed, lostMessage(code)
	case "canceled":
		r.Fate, r.Word, r.Failure = hookswitch.StatusLost, hookswitch.WordCanceled, lostMessage(code)
	default:
		r.Fate, r.Word = hookswitch.StatusInterim, hookswitch.WordUnknown
	}
	return r
}

func lostMessage(code number) hookswitch.Failure {
	if failure := failureOf(code.value); failure != "" {
		return failure
	}
	return hookswitch.FailedUnexplained
}

// callReport is a call's status in our words.
// https://www.twilio.com/docs/voice/api/call-resource#call-status-values
//
// A call has arrived when somebody took it. "completed" after no seconds at all says neither that somebody did nor that
// nobody did, so it decides nothing: the status "in-progress" of the same call does, whichever comes first.
func callReport(c call) hookswitch.Report {
	r := hookswitch.Report{ProviderStatus: c.Status, ProviderCode: c.ErrorCode.String()}
	switch c.Status {
	case "queued", "initiated":
		r.Fate, r.Word = hookswitch.StatusInterim, hookswitch.WordQueued
	case "ringing":
		r.Fate, r.Word = hookswitch.StatusInterim, hookswitch.WordRinging
	case "in-progress", "answered":
		r.Fate, r.Word = hookswitch.StatusArrived, hookswitch.WordAnswered
	case "completed":
		r.Fate, r.Word = hookswitch.StatusArrived, hookswitch.WordAnswered
		if c.Duration.known && c.Duration.value == 0 {
			r.Fate, r.Word = hookswitch.StatusInterim, hookswitch.WordUnknown
		}
	case "busy":
		r.Fate, r.Word, r.Failure = hookswitch.StatusLost, hookswitch.WordBusy, hookswitch.Busy
	case "no-answer":
		r.Fate, r.Word, r.Failure = hookswitch.StatusLost, hookswitch.WordNotAnswered, hookswitch.NotAnswered
	case "canceled":
		r.Fate, r.Word, r.Failure = hookswitch.StatusLost, hookswitch.WordCanceled, hookswitch.NotAnswered
	case "failed":
		r.Fate, r.Word, r.Failure = hookswitch.StatusLost, hookswitch.WordFailed, failedCall(c)
	default:
		r.Fate, r.Word = hookswitch.StatusInterim, hookswitch.WordUnknown
	}
	return r
}

// failedCall names why a call could not be placed: by Twilio's code, else by the network's answer, a SIP response code.
// https://www.iana.org/assignments/sip-parameters/#sip-parameters-7
func failedCall(c call) hookswitch.Failure {
	if failure := failureOf(c.ErrorCode.value); failure != "" {
		return failure
	}
	switch c.SIP.value {
	case 404, 410, 484, 604:
		return hookswitch.InvalidNumber
	case 408, 480, 500, 502, 503, 504:
		return hookswitch.InactiveNumber
	case 486, 600:
		return hookswitch.Busy
	case 403, 603, 607, 608:
		return hookswitch.BlockedByCarrier
	default:
		return hookswitch.FailedUnexplained
	}
}

// verificationReport is a verification's status in our words. It knows what was approved, not what was delivered.
func verificationReport(status string) hookswitch.Report {
	r := hookswitch.Report{ProviderStatus: status}
	switch status {
	case "approved":
		r.Fate, r.Word = hookswitch.StatusArrived, hookswitch.WordVerified
	case "pending":
		r.Fate, r.Word = hookswitch.StatusInterim, hookswitch.WordQueued
	default: // canceled, expired, deleted, max_attempts_reached, failed: the message may have arrived for all that
		r.Fate, r.Word = hookswitch.StatusInterim, hookswitch.WordUnknown
	}
	return r
}

// attemptsReport sums up the attempts of one verification. One that arrived is enough; all must be lost to be lost.
func attemptsReport(list []attempt) hookswitch.Report {
	var best hookswitch.Report
	for i, a := range list {
		r := attemptReport(a)
		if i == 0 || rank(r.Fate) > rank(best.Fate) {
			best = r
		}
	}
	return best
}

func attemptReport(a attempt) hookswitch.Report {
	data := a.ChannelData
	switch {
	case strings.EqualFold(a.Conversion, "converted"):
		return hookswitch.Report{Fate: hookswitch.StatusArrived, Word: hookswitch.WordVerified, ProviderStatus: "converted"}
	case data.CallStatus != "":
		return callReport(call{Status: strings.ToLower(data.CallStatus), ErrorCode: data.ErrorCode})
	default:
		return messageOrCall(strings.ToLower(data.MessageStatus), data.ErrorCode)
	}
}

// messageOrCall reads the one status field that attempts on both channels have: a call's words are no message's, apart
// from those that mean the same for both.
func messageOrCall(status string, code number) hookswitch.Report {
	if r := messageReport(status, code); r.Word != hookswitch.WordUnknown {
		return r
	}
	return callReport(call{Status: status, ErrorCode: code})
}

func rank(fate hookswitch.Fate) int {
	switch fate {
	case hookswitch.StatusArrived:
		return 2
	case hookswitch.StatusInterim:
		return 1
	default:
		return 0
	}
}
