package okta

import "hookswitch/internal/httpd"

// LogEvent is an event of the System Log on the wire.
// https://developer.okta.com/docs/api/openapi/okta-management/management/tag/SystemLog/
type LogEvent struct {
	Actor          LogEntity      `json:"actor" description:"Who did it"`
	Client         LogClient      `json:"client" description:"Where the request came from; empty when there was none"`
	Authentication LogAuth        `json:"authenticationContext"`
	DisplayMessage string         `json:"displayMessage"`
	EventType      string         `json:"eventType" example:"system.sms.send_factor_verify_message"`
	Outcome        LogOutcome     `json:"outcome"`
	Published      httpd.Time     `json:"published"`
	Security       LogSecurity    `json:"securityContext"`
	Severity       string         `json:"severity" enum:"DEBUG,INFO,WARN,ERROR"`
	Debug          LogDebug       `json:"debugContext"`
	Transaction    LogTransaction `json:"transaction"`
	UUID           string         `json:"uuid"`
	Version        string         `json:"version" enum:"0"`
	Request        LogRequest     `json:"request"`
	Target         []LogEntity    `json:"target" description:"Whom and what it was done to; a phone number as a target of type MobilePhone"`
}

// LogEntity is an actor or a target.
type LogEntity struct {
	ID          string `json:"id"`
	Type        string `json:"type"`
	AlternateID string `json:"alternateId"`
	DisplayName string `json:"displayName"`
}

// LogClient is the client of a request.
type LogClient struct {
	UserAgent *LogUserAgent `json:"userAgent,omitzero"`
	IPAddress string        `json:"ipAddress,omitzero"`
}

// LogUserAgent is the program that made a request.
type LogUserAgent struct {
	Raw string `json:"rawUserAgent"`
}

// LogAuth is how the actor was authenticated.
type LogAuth struct {
	Step      int    `json:"authenticationStep"`
	SessionID string `json:"externalSessionId,omitzero"`
}

// LogOutcome is what came of it.
type LogOutcome struct {
	Result string `json:"result" enum:"SUCCESS,FAILURE,DENY,ALLOW,UNKNOWN,RATE_LIMIT,CHALLENGE"`
	Reason string `json:"reason,omitzero" maxLength:"255"`
}

// LogSecurity is what is known of the client's network: nothing.
type LogSecurity struct{}

// LogDebug holds what helps to understand the event.
type LogDebug struct {
	Data map[string]string `json:"debugData" description:"deliveryId, status, providerStatus, providerCode, smsProvider or voiceProvider, transactionId, attempts, phoneNumber, countryCallingCode, requestId, requestUri and others; what is there depends on the event"`
}

// LogTransaction is what the event is a part of.
type LogTransaction struct {
	Type   string            `json:"type" enum:"WEB,JOB"`
	ID     string            `json:"id" description:"The id of the request, or of the event when there was none"`
	Detail map[string]string `json:"detail" description:"requestApiTokenId for requests with a token"`
}

// LogRequest is the way that the request took.
type LogRequest struct {
	IPChain []LogIP `json:"ipChain"`
}

// LogIP is one address on that way.
type LogIP struct {
	IP      string `json:"ip"`
	Version string `json:"version" enum:"V4,V6"`
}
