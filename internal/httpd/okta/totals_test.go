package okta

import (
	"testing"
	"time"

	"hookswitch"
)

func TestTotalsAreOfTheLastDayUnlessAskedOtherwise(t *testing.T) {
	d := newDesk(t)
	const counts = `{"messages": 8, "sent": 7, "delivered": 6, "failed": 5, "refused": 4, "pending": 3, "unknown": 2, "verified": 1}`
	const hours = `[{"hour": "2026-01-30T13:00:00.000Z", "counts": ` + counts + `}]`
	d.do("GET", "/api/v1/deliveries/totals", "").is(200, `{
		"since": "2026-01-30T13:00:00.000Z", "until": "2026-01-31T12:00:00.123Z", "complete": true, "total": `+counts+`, "hours": `+hours+`,
		"countries": [{"country": "US", "counts": `+counts+`}], "providers": [{"provider": "TWILIO", "total": `+counts+`, "hours": `+hours+`}]
	}`)
	d.do("GET", "/api/v1/deliveries/totals?until=2026-01-10T00:00:00Z", "")
	if end := time.Date(2026, 1, 10, 0, 0, 0, 0, time.UTC); d.world.counted != [2]time.Time{end.Add(-24 * time.Hour), end} {
		t.Errorf("asked about %v", d.world.counted)
	}
	d.do("GET", "/api/v1/deliveries/totals?since=soon", "").refused(400, "E0000001", "since")
}

func TestEveryAdministratorMayCount(t *testing.T) {
	d := newDesk(t)
	for _, role := range []hookswitch.Role{hookswitch.SuperAdmin, hookswitch.ReadOnlyAdmin, hookswitch.HelpDeskAdmin} {
		d.token = string(role)
		if a := d.do("GET", "/api/v1/deliveries/totals", ""); a.Code != 200 {
			t.Errorf("%s: %d %s", role, a.Code, a.Body)
		}
	}
}
