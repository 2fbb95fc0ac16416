package provider

import (
	"net/http"

	"hookswitch"
)

// ByStatus judges an HTTP status that no error code of the carrier explains. It never judges a success.
//
// A gateway's 502 and 504 say that somebody behind it had the request and gave no answer: the message may have gone out.
// All other refusals are sure.
func ByStatus(status int) hookswitch.Failure {
	switch {
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		return hookswitch.Unauthorized
	case status == http.StatusPaymentRequired:
		return hookswitch.AccountSuspended
	case status == http.StatusNotFound, status == http.StatusGone:
		return hookswitch.BadSender // the account or service in the path does not exist
	case status == http.StatusTooManyRequests:
		return hookswitch.Throttled
	case status == http.StatusRequestTimeout:
		return hookswitch.ProviderError
	case status == http.StatusBadGateway:
		return hookswitch.ConnectionLost
	case status == http.StatusGatewayTimeout:
		return hookswitch.TimedOut
	case status >= http.StatusInternalServerError:
		return hookswitch.ProviderError
	case status >= http.StatusMultipleChoices:
		return hookswitch.RejectedRequest // redirects are not followed
	default:
		return hookswitch.UnreadableAnswer
	}
}
