package telesign_test

import (
	"fmt"
	"strings"
	"testing"

	"hookswitch"
	"hookswitch/internal/provider/providertest"
	"hookswitch/internal/provider/telesign"
)

// The golden file states for every error what follows from it, and the reason that the System Log gives.
func TestEveryDocumentedErrorIsJudged(t *testing.T) {
	providertest.Golden(t, "errors.txt", providertest.Catalogue(t, telesign.Errors()))
}

// The same for the statuses: interim, arrived, or lost for a reason.
func TestEveryDocumentedStatusIsJudged(t *testing.T) {
	var out strings.Builder
	var lost []providertest.Row
	for _, s := range telesign.Statuses() {
		fmt.Fprintf(&out, "%-5s %-15s %-12s %s\n", s.Code, s.Fate, s.Word, s.Meaning)
		if (s.Fate == hookswitch.StatusLost) != (s.Failure != "") {
			t.Errorf("%s: %s with the failure %q", s.Code, s.Fate, s.Failure)
		}
		if s.Fate == hookswitch.StatusLost {
			lost = append(lost, s.Row)
		}
	}
	providertest.Golden(t, "statuses.txt", out.String()+"\n"+providertest.Catalogue(t, lost))
}

// What Telesign blocks, and what was delivered though it looked suspicious, goes to nobody else.
func TestABlockIsNeverFailedOver(t *testing.T) {
	blocked := map[string]bool{"229": true, "230": true, "233": true, "237": true, "238": true, "518": true, "129": true, "130": true, "133": true}
	for _, s := range telesign.Statuses() {
		if blocked[s.Code] && (s.Failure != hookswitch.BlockedFraud || s.Failure.Traits().Failover) {
			t.Errorf("%s: %s", s.Code, s.Failure)
		}
		if s.Code == "201" && s.Fate != hookswitch.StatusArrived {
			t.Errorf("201: %s", s.Fate)
		}
	}
}

func TestAnErrorIsJudgedWhereverItStands(t *testing.T) {
	carrier := providertest.NewCarrier(t)
	p := newProvider(carrier.NewClient(t, nil), carrier.URL, telesign.MessagingService, telesign.VerifyService)
	for _, row := range telesign.Errors() {
		for name, body := range map[string]string{
			"as the status":  fmt.Sprintf(`{"reference_id":%q,"status":{"code":%s,"description":"words"}}`, reference, row.Code),
			"in the list":    fmt.Sprintf(`{"status":{"code":500,"description":"Transaction not attempted"},"errors":[{"code":%s,"description":"words"}]}`, row.Code),
			"by itself":      fmt.Sprintf(`{"status":{"code":501,"description":"Not authorized"},"error":{"code":%s,"description":"words"}}`, row.Code),
			"as text":        fmt.Sprintf(`{"status":{"code":"500"},"errors":[{"code":"%s","description":"words"}]}`, row.Code),
			"after unknowns": fmt.Sprintf(`{"status":{"code":500},"errors":[{"code":-99999,"description":"words"},{"code":%s}]}`, row.Code),
		} {
			for _, status := range []int{400, 200} {
				carrier.Will(providertest.Answer(status, body))
				_, err := p.Send(t.Context(), smsMessage())
				failed, ok := err.(*hookswitch.SendError)
				if !ok || failed.Failure != row.Failure || failed.Detail != "words" {
					t.Errorf("%s %s with HTTP %d: %+v, want %s", row.Code, name, status, err, row.Failure)
				}
			}
		}
		report, err := p.ReadCallback(signed(fmt.Sprintf(`{"reference_id":%q,"status":{"code":500},"errors":[{"code":%s}]}`, reference, row.Code)))
		if err != nil || report.Failure != row.Failure || report.Fate != hookswitch.StatusLost || report.ProviderCode != row.Code {
			t.Errorf("%s in a callback: %+v %v", row.Code, report, err)
		}
	}
}

func TestAHostThatIsNotAllowedIsNoBlock(t *testing.T) {
	carrier := providertest.NewCarrier(t)
	p := newProvider(carrier.NewClient(t, nil), carrier.URL, telesign.MessagingService, "")
	for _, code := range []int{10031, -10001} {
		carrier.Will(providertest.Answer(401, fmt.Sprintf(`{"status":{"code":%d,"description":"Not Allowed Host"}}`, code)))
		_, err := p.Send(t.Context(), smsMessage())
		if failed, ok := err.(*hookswitch.SendError); !ok || failed.Failure != hookswitch.Unauthorized {
			t.Errorf("%d: %+v", code, err)
		}
	}
}

// A transaction that Telesign reports as lost at once was refused.
func TestAStatusThatIsLostAtOnceIsARefusal(t *testing.T) {
	carrier := providertest.NewCarrier(t)
	p := newProvider(carrier.NewClient(t, nil), carrier.URL, telesign.MessagingService, "")
	for _, s := range telesign.Statuses() {
		carrier.Will(providertest.Answer(200, answered(0, "words", "")))
		carrier.Will(providertest.Answer(200, strings.Replace(answered(0, "words", ""), `"code":0`, `"code":`+s.Code, 1)))
		receipt, err := p.Send(t.Context(), smsMessage())
		failed, refused := err.(*hookswitch.SendError)
		switch {
		case s.Fate == hookswitch.StatusLost && (!refused || failed.Failure != s.Failure || failed.ProviderStatus != s.Code):
			t.Errorf("%s: %+v", s.Code, err)
		case s.Fate != hookswitch.StatusLost && (err != nil || receipt.Report.Fate != s.Fate || receipt.Report.Word != s.Word):
			t.Errorf("%s: %+v %v", s.Code, receipt, err)
		}
	}
}
