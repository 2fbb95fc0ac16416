package twilio_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"hookswitch"
	"hookswitch/internal/provider/providertest"
	"hookswitch/internal/provider/twilio"
)

// The golden file states for every code what follows from it, and the reason that the System Log gives.
func TestEveryDocumentedCodeIsJudged(t *testing.T) {
	providertest.Golden(t, "codes.txt", providertest.Catalogue(t, twilio.Codes()))
}

// A code decides whatever the HTTP status says, and comes back with the carrier's own words for the administrator.
func TestACodeIsJudgedInAnAnswerAndInAStatus(t *testing.T) {
	carrier := providertest.NewCarrier(t)
	p := newProvider(carrier.NewClient(t, nil), carrier.URL, by("twilioPhoneNumber", "+15005550006"), hookswitch.Method{})
	for _, row := range twilio.Codes() {
		for _, status := range []int{400, 429, 500} {
			carrier.Will(providertest.Answer(status, fmt.Sprintf(`{"code":%s,"message":"words"}`, row.Code)))
			_, err := p.Send(t.Context(), smsMessage())
			failed, ok := err.(*hookswitch.SendError)
			if !ok || failed.Failure != row.Failure || failed.ProviderCode != row.Code || failed.Detail != "words" ||
				failed.ProviderStatus != fmt.Sprint(status) {
				t.Errorf("%s with HTTP %d: %+v, want %s", row.Code, status, err, row.Failure)
			}
		}
		report, err := p.ReadCallback(form("https://id.example/cb", url.Values{
			"MessageSid": {messageSID}, "MessageStatus": {"undelivered"}, "ErrorCode": {row.Code},
		}))
		if err != nil || report.Failure != row.Failure || report.ProviderCode != row.Code || report.Fate != hookswitch.StatusLost {
			t.Errorf("%s in a status: %+v %v, want %s", row.Code, report, err, row.Failure)
		}
	}
}

func TestAnUnknownCodeIsJudgedByTheStatus(t *testing.T) {
	carrier := providertest.NewCarrier(t)
	p := newProvider(carrier.NewClient(t, nil), carrier.URL, by("twilioPhoneNumber", "+15005550006"), hookswitch.Method{})
	for status, want := range map[int]hookswitch.Failure{
		http.StatusBadRequest: hookswitch.RejectedRequest, http.StatusTooManyRequests: hookswitch.Throttled,
		http.StatusServiceUnavailable: hookswitch.ProviderError,
	} {
		carrier.Will(providertest.Answer(status, `{"code":99999,"message":"new"}`))
		_, err := p.Send(t.Context(), smsMessage())
		if failed, ok := err.(*hookswitch.SendError); !ok || failed.Failure != want || failed.ProviderCode != "99999" {
			t.Errorf("HTTP %d: %+v", status, err)
		}
	}
}

// A message that Twilio creates as failed was surely not sent.
func TestAMessageCreatedAsFailedIsARefusal(t *testing.T) {
	carrier := providertest.NewCarrier(t)
	p := newProvider(carrier.NewClient(t, nil), carrier.URL, by("twilioPhoneNumber", "+15005550006"), hookswitch.Method{})
	carrier.Will(providertest.Answer(201, fmt.Sprintf(`{"sid":%q,"status":"failed","error_code":30450}`, messageSID)))
	_, err := p.Send(t.Context(), smsMessage())
	if failed, ok := err.(*hookswitch.SendError); !ok || failed.Failure != hookswitch.BlockedFraud || failed.ProviderCode != "30450" {
		t.Errorf("got %+v", err)
	}
}
