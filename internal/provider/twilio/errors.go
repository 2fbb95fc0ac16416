package twilio

import "hookswitch"

// failureOf names the failure behind one of Twilio's codes, or "" when the code is not in the table.
//
// The table holds the codes that can come for a message, a call or a verification, in an answer or in a status. Twilio
// adds and splits codes (https://www.twilio.com/docs/api/errors), so an unknown one is judged by what came with it.
func failureOf(code int) hookswitch.Failure {
	for _, row := range codes {
		if row.code == code {
			return row.failure
		}
	}
	return ""
}

// codes is the table, by what follows from a code.
var codes = []struct {
	code    int
	failure hookswitch.Failure
	meaning string
}{
	// Our account.
	{20003, hookswitch.Unauthorized, "credentials refused"},
	{20006, hookswitch.Unauthorized, "access denied"},
	{20008, hookswitch.Unauthorized, "test credentials where live ones are needed"},
	{20151, hookswitch.Unauthorized, "authentication failed"},
	{20403, hookswitch.Unauthorized, "forbidden"},
	{10001, hookswitch.AccountSuspended, "account not active"},
	{10002, hookswitch.AccountSuspended, "a trial account cannot do this"},
	{20005, hookswitch.AccountSuspended, "account not active"},
	{20010, hookswitch.AccountSuspended, "action disabled for the account"},
	{21608, hookswitch.AccountSuspended, "a trial account may send to verified numbers only"},
	{21219, hookswitch.AccountSuspended, "a trial account may call verified numbers only"},
	{30002, hookswitch.AccountSuspended, "account suspended"},
	{30042, hookswitch.AccountSuspended, "no credit"},
	{60223, hookswitch.AccountSuspended, "channel switched off for the Verify service"},

	// Our sender: a number, a messaging service or a Verify service.
	{20404, hookswitch.BadSender, "account or service not found"},
	{20423, hookswitch.BadSender, "invalid SID"},
	{21210, hookswitch.BadSender, "caller id not verified"},
	{21212, hookswitch.BadSender, "invalid From number"},
	{21213, hookswitch.BadSender, "caller id missing"},
	{21603, hookswitch.BadSender, "neither From nor a messaging service"},
	{21606, hookswitch.BadSender, "From cannot send messages to this destination"},
	{21607, hookswitch.BadSender, "From must be the trial number"},
	{21612, hookswitch.BadSender, "no way from this From to this To"},
	{21616, hookswitch.BadSender, "From matches several numbers"},
	{21657, hookswitch.BadSender, "sender id invalid"},
	{21659, hookswitch.BadSender, "From is no Twilio number"},
	{21660, hookswitch.BadSender, "From belongs to another account"},
	{21661, hookswitch.BadSender, "From cannot send SMS"},
	{21267, hookswitch.BadSender, "alphanumeric sender on a trial account"},
	{21701, hookswitch.BadSender, "messaging service does not exist"},
	{21702, hookswitch.BadSender, "messaging service cannot send"},
	{21703, hookswitch.BadSender, "messaging service has no number to send from"},
	{21704, hookswitch.BadSender, "messaging service has no numbers"},
	{21705, hookswitch.BadSender, "messaging service invalid"},
	{21709, hookswitch.BadSender, "sender id not authorized for the messaging service"},
	{21711, hookswitch.BadSender, "number not in the messaging service"},
	{21910, hookswitch.BadSender, "From and To are of different channels"},
	{30024, hookswitch.BadSender, "sender not provisioned on the network"},
	{30032, hookswitch.BadSender, "toll-free number not verified"},
	{30034, hookswitch.BadSender, "US number not registered for A2P 10DLC"},
	{30035, hookswitch.BadSender, "US number still being configured"},
	{32017, hookswitch.BadSender, "network refused our caller id"},
	{60204, hookswitch.BadSender, "Verify service does not support this, custom codes for one"},
	{60217, hookswitch.BadSender, "Verify service misconfigured"},
	{63007, hookswitch.BadSender, "no channel for this From"},

	// What we asked for.
	{20001, hookswitch.RejectedRequest, "unknown parameters"},
	{20004, hookswitch.RejectedRequest, "method not allowed"},
	{20422, hookswitch.RejectedRequest, "invalid parameter"},
	{21201, hookswitch.RejectedRequest, "no number to call"},
	{21205, hookswitch.RejectedRequest, "invalid URL"},
	{21206, hookswitch.RejectedRequest, "invalid SendDigits"},
	{21208, hookswitch.RejectedRequest, "invalid Timeout"},
	{21266, hookswitch.RejectedRequest, "To and From are the same"},
	{21602, hookswitch.RejectedRequest, "no text"},
	{21604, hookswitch.RejectedRequest, "no number to send to"},
	{21609, hookswitch.RejectedRequest, "invalid StatusCallback"},
	{21617, hookswitch.RejectedRequest, "text too long"},
	{21624, hookswitch.RejectedRequest, "invalid ValidityPeriod"},
	{21626, hookswitch.RejectedRequest, "invalid StatusCallbackEvent"},
	{21658, hookswitch.RejectedRequest, "parameter too long"},
	{32018, hookswitch.RejectedRequest, "TwiML too long"},
	{60200, hookswitch.RejectedRequest, "invalid parameter, Verify"},
	{60331, hookswitch.RejectedRequest, "language cannot be spoken by Verify"},
	{21618, hookswitch.ContentFiltered, "text cannot be sent"},

	// Twilio is busy or broken.
	{20429, hookswitch.Throttled, "too many requests"},
	{10004, hookswitch.Throttled, "too many calls at once"},
	{14107, hookswitch.Throttled, "send rate exceeded"},
	{21611, hookswitch.Throttled, "queue of From is full"},
	{30001, hookswitch.Throttled, "queue overflow"},
	{30017, hookswitch.Throttled, "network congestion"},
	{30022, hookswitch.Throttled, "A2P 10DLC rate exceeded"},
	{30023, hookswitch.Throttled, "A2P 10DLC daily cap reached"},
	{30027, hookswitch.Throttled, "daily cap of a network reached"},
	{63017, hookswitch.Throttled, "rate exceeded"},
	{63018, hookswitch.Throttled, "rate exceeded"},
	{20500, hookswitch.ProviderError, "internal error"},
	{20503, hookswitch.ProviderError, "service unavailable"},
	{30009, hookswitch.ProviderError, "missing segment"},
	{30020, hookswitch.ProviderError, "internal failure"},
	{30021, hookswitch.ProviderError, "internal failure of the messaging service"},
	{30410, hookswitch.ProviderError, "upstream time-out"},

	// The country.
	{13227, hookswitch.CountryDisabled, "country switched off for calls"},
	{21203, hookswitch.CountryDisabled, "international calls off"},
	{21215, hookswitch.CountryDisabled, "country switched off for calls"},
	{21408, hookswitch.CountryDisabled, "country switched off for SMS"},
	{60605, hookswitch.CountryDisabled, "country switched off in Verify"},
	{60220, hookswitch.CountryDisabled, "China needs vetting"},

	// The number.
	{20023, hookswitch.InvalidNumber, "no number"},
	{21202, hookswitch.InvalidNumber, "premium-rate number"},
	{21211, hookswitch.InvalidNumber, "invalid To number"},
	{21214, hookswitch.InvalidNumber, "To cannot be reached"},
	{21217, hookswitch.InvalidNumber, "does not look like a number"},
	{21265, hookswitch.InvalidNumber, "To is a short code"},
	{21268, hookswitch.InvalidNumber, "premium-rate or information number"},
	{21401, hookswitch.InvalidNumber, "invalid number"},
	{13223, hookswitch.InvalidNumber, "number in a wrong format"},
	{13224, hookswitch.InvalidNumber, "number cannot be called"},
	{13226, hookswitch.InvalidNumber, "invalid country code"},
	{14101, hookswitch.InvalidNumber, "invalid To"},
	{30005, hookswitch.InvalidNumber, "unknown handset"},
	{60540, hookswitch.InvalidNumber, "network does not know the number"},
	{21407, hookswitch.NotTextable, "this kind of number has no SMS"},
	{21614, hookswitch.NotTextable, "no mobile number"},
	{21635, hookswitch.NotTextable, "landline"},
	{30006, hookswitch.NotTextable, "landline or network out of reach"},
	{30011, hookswitch.NotTextable, "MMS not supported by the number"},
	{60205, hookswitch.NotTextable, "landline, Verify"},
	{30003, hookswitch.InactiveNumber, "handset out of reach"},
	{32016, hookswitch.InactiveNumber, "network did not connect the call in time"},
	{21610, hookswitch.OptedOut, "replied STOP"},

	// Fraud and blocks.
	{21216, hookswitch.BlockedFraud, "call blocked by Twilio's list"},
	{13225, hookswitch.BlockedFraud, "call blocked by Twilio's list"},
	{30450, hookswitch.BlockedFraud, "SMS pumping"},
	{30453, hookswitch.BlockedFraud, "SMS pumping"},
	{60238, hookswitch.BlockedFraud, "verification blocked by Twilio"},
	{60410, hookswitch.BlockedFraud, "prefix blocked by Fraud Guard"},
	{30004, hookswitch.BlockedByCarrier, "blocked by the network or the owner"},
	{30007, hookswitch.ContentFiltered, "filtered as spam"},
	{30018, hookswitch.ContentFiltered, "network wants a registered sender id"},
	{30033, hookswitch.ContentFiltered, "A2P 10DLC campaign suspended"},
	{60202, hookswitch.NumberLimit, "too many checks of this verification"},
	{60203, hookswitch.NumberLimit, "five sends to the number without a verification"},
	{60212, hookswitch.NumberLimit, "too many requests for the number at once"},

	// Too late, or no reason given.
	{30010, hookswitch.RejectedRequest, "dearer than the price limit"},
	{30012, hookswitch.RejectedRequest, "validity too short"},
	{30013, hookswitch.RejectedRequest, "validity too long"},
	{30036, hookswitch.Expired, "validity period over"},
	{30008, hookswitch.FailedUnexplained, "unknown error"},
}
