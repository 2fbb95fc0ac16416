package test

import "testing"

func TestDashboardCountsWhatBecameOfMessages(t *testing.T) {
	c := openConsole(t, 1280)
	c.busyDay()
	anas := read[[]identified](c, "/api/v1/users?q=ana@")[0].ID
	factor := read[[]identified](c, "/api/v1/users/"+anas+"/factors")[0].ID
	c.call("POST", "/api/v1/users/"+anas+"/factors/"+factor+"/verify", `{"passCode":"`+c.code(ana)+`"}`)
	c.page("/reports/system-log?type=system.sms.receive_status")
	c.press("Live") // until the carriers have told everything
	c.sees("13 events")
	counts := read[struct {
		Complete bool
		Total    struct{ Sent, Failed, Verified int }
	}](c, "/api/v1/deliveries/totals")
	if counts.Total.Sent != 13 || counts.Total.Failed != 3 || counts.Total.Verified != 1 || !counts.Complete {
		t.Errorf("the totals are %+v", counts)
	}
	c.page("/")
	c.sees("United States")
	c.sees("76.9%")
	c.sees("Only 77 % of the settled messages of Twilio arrived.")
	c.press("7 days")
	c.sees("Messages, six hours a bar")
	c.until(`location.search === '?range=7d'`)
	c.keep("week")
	c.press("Not delivered")
	c.sees("Receive SMS status")
	c.until(`!document.body.innerText.includes('Loading more')`)
	c.sees("3 events")
	c.page("/")
	c.press("See what failed")
	c.sees("Telephony provider gave no reason")
}
