package doctor

import (
	"errors"
	"fmt"

	"hookswitch"
)

// JudgeCredentials judges what the carrier said of the credentials when it was asked for a message that never was.
func JudgeCredentials(name hookswitch.ProviderName, active bool, err error) Finding {
	check := "credentials of " + string(name)
	if !active {
		check += " (inactive)"
	}
	var refused *hookswitch.SendError
	switch {
	case err == nil:
		return fine(check, "accepted")
	case !errors.As(err, &refused):
		return failure(check, err.Error(), "Look at the server's log.")
	}
	//exhaustive:ignore
	switch refused.Failure {
	case hookswitch.Unauthorized:
		return failure(check, "refused", "Enter the account's token again: Customizations > Telephony Providers > Edit.")
	case hookswitch.AccountSuspended:
		return failure(check, "the account is suspended or has no credit", "Look at the account in the carrier's console.")
	case hookswitch.Unreachable, hookswitch.TimedOut, hookswitch.ConnectionLost:
		return failure(check, "the carrier's API cannot be reached", "Let this machine call the carrier by https; no proxy is used.")
	default:
		return warn(check, fmt.Sprintf("the carrier answered: %s", refused.Failure.Traits().Reason), "Send a test: Customizations > Telephony Providers > Send test.")
	}
}

// JudgeCallback judges how our public URL took a status that was signed as the carrier signs it, about a message that
// never was: it must believe the signature and not know the message.
// ours tells that a Hookswitch answered at all.
func JudgeCallback(name hookswitch.ProviderName, status int, ours bool, err error) Finding {
	check := "callbacks of " + string(name)
	switch {
	case err != nil:
		return failure(check, err.Error(), "Let the proxy pass POST /callbacks/ on.")
	case status == 404 && ours:
		return fine(check, "signature accepted under the public URL")
	case status == 403:
		return failure(check, "our own signature was refused", "The proxy changes path, query or body, or another installation answers there. It must pass /callbacks/ on as it is.")
	default:
		return failure(check, fmt.Sprintf("answered with status %d", status), "Let the proxy pass POST /callbacks/ on.")
	}
}
