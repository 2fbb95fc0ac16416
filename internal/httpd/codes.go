package httpd

import (
	"maps"
	"net/http"
	"slices"
)

// Code is one of Okta's error codes. https://developer.okta.com/docs/reference/error-codes/
type Code string

// The codes that Hookswitch answers with.
const (
	codeInvalid           Code = "E0000001"
	codeUnreadable        Code = "E0000003"
	codeAuthentication    Code = "E0000004"
	codeForbidden         Code = "E0000006"
	codeNotFound          Code = "E0000007"
	codeNoPath            Code = "E0000008"
	codeInternal          Code = "E0000009"
	codeToken             Code = "E0000011"
	codeAlreadyActive     Code = "E0000016"
	codeMediaType         Code = "E0000021"
	codeMethod            Code = "E0000022"
	codePaging            Code = "E0000029"
	codeSearch            Code = "E0000031"
	codeUserState         Code = "E0000038"
	codeTooMany           Code = "E0000047"
	codeFilter            Code = "E0000053"
	codePasscode          Code = "E0000068"
	codeUserLocked        Code = "E0000069"
	codeAuthState         Code = "E0000079"
	codePasscodeUsed      Code = "E0000082"
	codeUnknownUser       Code = "E0000095"
	codeNoVerifiedPhone   Code = "E0000097"
	codePhone             Code = "E0000098"
	codeCountry           Code = "E0000099"
	codeTooSoonSMS        Code = "E0000109"
	codeExtension         Code = "E0000121"
	codeTooSoonCall       Code = "E0000133"
	codePhoneConflict     Code = "E0000136"
	codeCallFailed        Code = "E0000138"
	codeSendFailed        Code = "E0000139"
	codeOptedOut          Code = "E0000140"
	codeOrgSMSLimit       Code = "E0000146"
	codeOrgCallLimit      Code = "E0000147"
	codeSMSForbidden      Code = "E0000150"
	codeCallForbidden     Code = "E0000151"
	codeFactorGone        Code = "E0000154"
	codeFactorSuspended   Code = "E0000180"
	codeUnavailable       Code = "E0000181"
	codeFreeSMSLimit      Code = "E0000186"
	codeConflict          Code = "E0000195"
	codeSMSLimit          Code = "E0000204"
	codeCallLimit         Code = "E0000205"
	codeNoHook            Code = "E0000226"
	codeTemplateForbidden Code = "E0000228"
	codeNoTelephony       Code = "E0000247"
	codeNoProvider        Code = "E0000264"
)

// meaning is the HTTP status and the summary that go with a code. A summary that ends in a colon is completed.
type meaning struct {
	status  int
	summary string
}

// meanings are Okta's, so that a client's table of codes and a person's search for a summary keep working. Where Okta's
// sentence would be untrue here (99, 146, 147, 186, 228) it is ours.
var meanings = map[Code]meaning{
	codeInvalid:           {http.StatusBadRequest, "Api validation failed:"},
	codeUnreadable:        {http.StatusBadRequest, "The request body was not well-formed."},
	codeAuthentication:    {http.StatusUnauthorized, "Authentication failed"},
	codeForbidden:         {http.StatusForbidden, "You do not have permission to perform the requested action"},
	codeNotFound:          {http.StatusNotFound, "Not found:"},
	codeNoPath:            {http.StatusNotFound, "The requested path was not found"},
	codeInternal:          {http.StatusInternalServerError, "Internal Server Error"},
	codeToken:             {http.StatusUnauthorized, "Invalid token provided"},
	codeAlreadyActive:     {http.StatusForbidden, "Activation failed because the user is already active"},
	codeMediaType:         {http.StatusUnsupportedMediaType, "Bad request. Accept and/or Content-Type headers likely do not match supported values."},
	codeMethod:            {http.StatusMethodNotAllowed, "The endpoint does not support the provided HTTP method"},
	codePaging:            {http.StatusBadRequest, "Invalid paging request."},
	codeSearch:            {http.StatusBadRequest, "Invalid search criteria."},
	codeUserState:         {http.StatusForbidden, "This operation is not allowed in the user's current status."},
	codeTooMany:           {http.StatusTooManyRequests, "API call exceeded rate limit due to too many requests."},
	codeFilter:            {http.StatusBadRequest, "Invalid filter:"},
	codePasscode:          {http.StatusForbidden, "Invalid Passcode/Answer"},
	codeUserLocked:        {http.StatusForbidden, "User Locked"},
	codeAuthState:         {http.StatusForbidden, "This operation is not allowed in the current authentication state."},
	codePasscodeUsed:      {http.StatusForbidden, "Each code can only be used once. Please wait for a new code and try again."},
	codeUnknownUser:       {http.StatusForbidden, "Recovery not allowed for unknown user."},
	codeNoVerifiedPhone:   {http.StatusForbidden, "There is no verified phone number on file."},
	codePhone:             {http.StatusBadRequest, "This phone number is invalid."},
	codeCountry:           {http.StatusForbidden, "Phone numbers of this country are not allowed. Contact your administrator if this is a problem."},
	codeTooSoonSMS:        {http.StatusTooManyRequests, "An SMS message was recently sent. Please wait %d seconds before trying again."},
	codeExtension:         {http.StatusBadRequest, "Invalid phone extension. Please enter a valid phone extension."},
	codeTooSoonCall:       {http.StatusTooManyRequests, "A phone call was recently made. Please wait %d seconds before trying again."},
	codePhoneConflict:     {http.StatusConflict, "Mobile phone conflict exception."},
	codeCallFailed:        {http.StatusInternalServerError, "There was an internal error with call provider(s)."},
	codeSendFailed:        {http.StatusServiceUnavailable, "Telephony provider error."},
	codeOptedOut:          {http.StatusBadRequest, "Telephony opt out error."},
	codeOrgSMSLimit:       {http.StatusTooManyRequests, "The organization has reached its limit of SMS messages in 24 hours."},
	codeOrgCallLimit:      {http.StatusTooManyRequests, "The organization has reached its limit of voice calls in 24 hours."},
	codeSMSForbidden:      {http.StatusForbidden, "You have reached the limit of sms requests, please try again later."},
	codeCallForbidden:     {http.StatusForbidden, "You have reached the limit of call requests, please try again later."},
	codeFactorGone:        {http.StatusGone, "Invalid factor id, it is not currently active."},
	codeFactorSuspended:   {http.StatusLocked, "Factor id is currently not active."},
	codeUnavailable:       {http.StatusServiceUnavailable, "Service temporarily unavailable."},
	codeFreeSMSLimit:      {http.StatusTooManyRequests, "The organization has reached its limit of SMS messages in 30 days."},
	codeConflict:          {http.StatusConflict, "Api validation failed due to conflict:"},
	codeSMSLimit:          {http.StatusTooManyRequests, "You have reached the limit of sms requests, please try again later."},
	codeCallLimit:         {http.StatusTooManyRequests, "You have reached the limit of call requests, please try again later."},
	codeNoHook:            {http.StatusBadRequest, "You must have an active telephony inline hook to activate and use the Phone authenticator."},
	codeTemplateForbidden: {http.StatusForbidden, "This SMS template cannot be customized."},
	codeNoTelephony:       {http.StatusForbidden, "Your organization doesn't support SMS or Voice authentication at this time. Select another authentication method."},
	codeNoProvider: {http.StatusBadRequest, "You must have an active telephony inline hook or at least one active custom telephony provider credential " +
		"to activate and use the Phone authenticator."},
}

// codes lists every code in order.
func codes() []Code { return slices.Sorted(maps.Keys(meanings)) }
