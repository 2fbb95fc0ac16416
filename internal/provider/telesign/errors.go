package telesign

import "hookswitch"

// failureOf names the failure behind an error's code, or "" when the code is not in the table.
func failureOf(c code) hookswitch.Failure {
	for _, e := range errorCodes {
		if e.code == c {
			return e.failure
		}
	}
	return ""
}

// errorCodes is the table of what can come for the four services; an unknown error is judged by the HTTP status.
// https://developer.telesign.com/enterprise/docs/all-status-and-error-codes
var errorCodes = []struct {
	code    code
	failure hookswitch.Failure
	meaning string
}{
	// Errors of Messaging and Voice.
	{3203, hookswitch.RejectedRequest, "callback_url not enabled for the account"},
	{3204, hookswitch.Throttled, "rate exceeded"},
	{3205, hookswitch.Throttled, "rate exceeded"},
	{10000, hookswitch.ProviderError, "system unavailable"},
	{10002, hookswitch.Unauthorized, "nonce used before"},
	{10003, hookswitch.Unauthorized, "nonce too long or too short"},
	{10004, hookswitch.Unauthorized, "date out of range: our clock is wrong"},
	{10005, hookswitch.Unauthorized, "date in a wrong format"},
	{10006, hookswitch.Unauthorized, "invalid x-ts-auth-method"},
	{10007, hookswitch.Unauthorized, "no date"},
	{10008, hookswitch.Unauthorized, "invalid signature"},
	{10009, hookswitch.Unauthorized, "no authorization"},
	{10010, hookswitch.AccountSuspended, "account suspended"},
	{10011, hookswitch.AccountSuspended, "product not enabled"},
	{10012, hookswitch.AccountSuspended, "feature not enabled"},
	{10013, hookswitch.Unauthorized, "account not found"},
	{10014, hookswitch.Unauthorized, "our address may not use the account"},
	{10015, hookswitch.Unauthorized, "invalid customer id"},
	{10019, hookswitch.Throttled, "rate exceeded"},
	{10020, hookswitch.AccountSuspended, "transaction cap reached"},
	{10022, hookswitch.Unauthorized, "invalid API key"},
	{10028, hookswitch.Unauthorized, "authorization in a wrong format"},
	{10030, hookswitch.AccountSuspended, "wallet empty"},
	{10031, hookswitch.BlockedFraud, "blocked by our list; with 401: host not allowed"},
	{10032, hookswitch.BlockedFraud, "blocked by Telesign"},
	{10033, hookswitch.AccountSuspended, "a trial account may send to verified numbers only"},
	{10035, hookswitch.Unauthorized, "host not allowed for the account"},
	{10036, hookswitch.RejectedRequest, "reference id expired"},
	{10039, hookswitch.ProviderError, "internal error"},
	{10041, hookswitch.BlockedFraud, "blocked for legal reasons"},
	{11000, hookswitch.InvalidNumber, "invalid number"},
	{11001, hookswitch.InvalidNumber, "invalid country code"},
	{11003, hookswitch.RejectedRequest, "invalid account_lifecycle_event"},
	{11004, hookswitch.RejectedRequest, "invalid callback_url"},
	{11009, hookswitch.RejectedRequest, "invalid message"},
	{11010, hookswitch.RejectedRequest, "invalid originating_ip"},
	{11011, hookswitch.RejectedRequest, "invalid reference id"},
	{11013, hookswitch.BadSender, "invalid sender id"},
	{11016, hookswitch.RejectedRequest, "invalid external_id"},
	{11017, hookswitch.RejectedRequest, "invalid message_type"},
	{11034, hookswitch.BadSender, "invalid DLT template"},
	{11035, hookswitch.BadSender, "invalid DLT entity"},
	{12000, hookswitch.RejectedRequest, "no number"},
	{12009, hookswitch.RejectedRequest, "no message"},
	{12017, hookswitch.RejectedRequest, "no message_type"},

	// Errors of the Verify products.
	{-10001, hookswitch.RejectedRequest, "invalid parameter; with 401: host not allowed"},
	{-10004, hookswitch.RejectedRequest, "reference id expired"},
	{-10009, hookswitch.Unauthorized, "our address may not use the account"},
	{-10030, hookswitch.AccountSuspended, "wallet empty"},
	{-10033, hookswitch.AccountSuspended, "a trial account may send to verified numbers only"},
	{-20001, hookswitch.RejectedRequest, "invalid request"},
	{-20002, hookswitch.AccountSuspended, "product not enabled"},
	{-20003, hookswitch.AccountSuspended, "feature not enabled"},
	{-20004, hookswitch.CountryDisabled, "product not enabled for the country"},
	{-30000, hookswitch.Unauthorized, "invalid customer id"},
	{-30001, hookswitch.AccountSuspended, "account suspended"},
	{-30002, hookswitch.AccountSuspended, "account not activated"},
	{-30003, hookswitch.AccountSuspended, "account limit reached"},
	{-30004, hookswitch.Unauthorized, "no authorization"},
	{-30005, hookswitch.Unauthorized, "authorization in a wrong format"},
	{-30006, hookswitch.Unauthorized, "invalid signature"},
	{-30007, hookswitch.Unauthorized, "no date"},
	{-30008, hookswitch.Unauthorized, "invalid x-ts-auth-method"},
	{-30009, hookswitch.Unauthorized, "date in a wrong format"},
	{-30010, hookswitch.Unauthorized, "date out of range: our clock is wrong"},
	{-30011, hookswitch.Unauthorized, "nonce too long or too short"},
	{-30012, hookswitch.Unauthorized, "nonce used before"},
	{-30013, hookswitch.RejectedRequest, "invalid reference id for a completion"},
	{-30015, hookswitch.Unauthorized, "invalid API key"},
	{-40002, hookswitch.Unauthorized, "not authorized"},
	{-40004, hookswitch.RejectedRequest, "resource not found"},
	{-40005, hookswitch.RejectedRequest, "method not allowed"},
	{-40006, hookswitch.RejectedRequest, "bad request"},
	{-40007, hookswitch.Throttled, "rate exceeded"},
	{-40008, hookswitch.AccountSuspended, "transaction cap reached"},
	{-40009, hookswitch.InvalidNumber, "number not supported"},
	{-40024, hookswitch.BlockedFraud, "blocked by our list"},
	{-40025, hookswitch.BlockedFraud, "blocked by Telesign"},
	{-50054, hookswitch.Unauthorized, "invalid API key"},
	{-50055, hookswitch.Unauthorized, "inactive API key"},
	{-90001, hookswitch.ProviderError, "system unavailable"},
}
