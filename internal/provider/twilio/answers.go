package twilio

import (
	"encoding/json"
	"strconv"
	"strings"

	"hookswitch"
	"hookswitch/internal/provider"
)

// What is read of Twilio's answers; the rest is left alone.
type (
	message struct {
		Sid       string `json:"sid"`
		Status    string `json:"status"`
		ErrorCode number `json:"error_code"`
	}
	call struct {
		Sid      string `json:"sid"`
		Status   string `json:"status"`
		Duration number `json:"duration"` // seconds; null until the call has ended
		// Callbacks tell more than the resource.
		SIP       number `json:"-"`
		ErrorCode number `json:"-"`
	}
	verification struct {
		Sid    string `json:"sid"`
		Status string `json:"status"`
	}
	attempts struct {
		Attempts []attempt `json:"attempts"`
	}
	attempt struct {
		Conversion  string `json:"conversion_status"`
		ChannelData struct {
			MessageStatus string `json:"message_status"`
			CallStatus    string `json:"call_status"`
			ErrorCode     number `json:"error_code"`
		} `json:"channel_data"`
	}
	// refused is the body of every refusal. https://www.twilio.com/docs/usage/twilios-response#response-formats-exceptions
	refused struct {
		Code    number `json:"code"`
		Message string `json:"message"`
	}
)

// number is a whole number that Twilio writes as a number, as a string, or as null.
type number struct {
	value int
	known bool
}

// UnmarshalJSON takes whatever is no number for unknown: a status must not be lost for the sake of its code.
func (n *number) UnmarshalJSON(data []byte) error {
	*n = parseNumber(strings.Trim(string(data), `"`))
	return nil
}

func parseNumber(s string) number {
	value, err := strconv.Atoi(s)
	return number{value: value, known: err == nil}
}

func (n number) String() string {
	if !n.known || n.value == 0 {
		return ""
	}
	return strconv.Itoa(n.value)
}

// readAnswer reads a success. The content type is not asked: a gateway's page of HTML is no JSON, whatever it claims to be.
func readAnswer(a provider.Answer, out any) error {
	if err := json.Unmarshal(a.Body, out); err != nil {
		return &hookswitch.SendError{
			Failure: hookswitch.UnreadableAnswer, ProviderStatus: httpStatus(a.Status), Detail: "the answer is no JSON object of Twilio's",
		}
	}
	return nil
}

// refusal judges an answer that is no success: by Twilio's code if it is known, else by the HTTP status.
func refusal(a provider.Answer, hide []string) *hookswitch.SendError {
	failed := &hookswitch.SendError{ProviderStatus: httpStatus(a.Status)}
	var body refused
	if json.Unmarshal(a.Body, &body) == nil {
		failed.ProviderCode = body.Code.String()
		failed.Detail = provider.Redact(body.Message, hide...)
	}
	failed.Failure = failureOf(body.Code.value)
	if failed.Failure == "" {
		failed.Failure = provider.ByStatus(a.Status)
	}
	return failed
}

func httpStatus(status int) string { return strconv.Itoa(status) }
