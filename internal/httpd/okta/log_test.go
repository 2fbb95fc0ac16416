package okta

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"

	"hookswitch"
	"hookswitch/internal/httpd"
)

func apiLinks() httpd.Links { return httpd.LinksBelow("https://sms.example.com") }

func event(i int) hookswitch.LoggedEvent {
	at := noon().Add(time.Duration(i-100) * time.Hour)
	return hookswitch.LoggedEvent{
		Event: hookswitch.Event{
			UUID: fmt.Sprintf("uuid-%d", i), Type: hookswitch.SMSFactorVerify, Published: at, Severity: "INFO", Message: "Send \"SMS\"\n",
			Origin: hookswitch.Origin{
				RequestID: "req1", IP: "203.0.113.9", UserAgent: "okta-sdk", URI: "/api/v1/users/00u1/factors", TokenID: "00T1",
				Actor: hookswitch.Entity{ID: "00u9", Type: "User", AlternateID: "bo@example.com", DisplayName: "Bo"},
			},
			Result: hookswitch.ResultSuccess, Targets: []hookswitch.Entity{{ID: "00u1", Type: "User"}, {ID: "sms1", Type: "MobilePhone", AlternateID: "+12025550142"}},
			Debug: []hookswitch.Datum{{Key: "deliveryId", Value: "dlv1"}, {Key: "status", Value: "queued"}},
		},
		Position: hookswitch.LogPosition{Transaction: 1, Sequence: int64(i), Published: at},
	}
}

func TestAnEventAsOktaShowsIt(t *testing.T) {
	d := newDesk(t)
	d.world.events = []hookswitch.LoggedEvent{event(99)}
	d.do("GET", "/api/v1/logs", "").is(200, `[{
		"actor": {"id": "00u9", "type": "User", "alternateId": "bo@example.com", "displayName": "Bo"},
		"client": {"userAgent": {"rawUserAgent": "okta-sdk"}, "ipAddress": "203.0.113.9"},
		"authenticationContext": {"authenticationStep": 0},
		"displayMessage": "Send \"SMS\"\n", "eventType": "system.sms.send_factor_verify_message",
		"outcome": {"result": "SUCCESS"}, "published": "2026-01-31T11:00:00.123Z", "securityContext": {}, "severity": "INFO",
		"debugContext": {"debugData": {"deliveryId": "dlv1", "status": "queued", "requestUri": "/api/v1/users/00u1/factors"}},
		"transaction": {"type": "WEB", "id": "req1", "detail": {"requestApiTokenId": "00T1"}},
		"uuid": "uuid-99", "version": "0", "request": {"ipChain": [{"ip": "203.0.113.9", "version": "V4"}]},
		"target": [{"id": "00u1", "type": "User", "alternateId": "", "displayName": ""}, {"id": "sms1", "type": "MobilePhone", "alternateId": "+12025550142", "displayName": ""}]
	}]`)
}

func TestWhatIsWrittenByHandIsWhatIsDocumented(t *testing.T) {
	bare := hookswitch.LoggedEvent{Event: hookswitch.Event{UUID: "u", Type: hookswitch.SMSStatus, Published: noon(), Result: hookswitch.ResultFailure, Reason: "Line was busy"}}
	strange := event(1)
	strange.Origin.IP, strange.Origin.UserAgent, strange.Debug = "2001:db8::1", "\xff\x00\u2028</script>", nil
	for _, e := range []hookswitch.LoggedEvent{bare, strange, event(2)} {
		text := LoggedEvent(e).AppendJSON(nil)
		var shape LogEvent
		if err := json.Unmarshal(text, &shape, json.RejectUnknownMembers(true)); err != nil {
			t.Fatalf("%v in %s", err, text)
		}
		var one, other any
		again, err := json.Marshal(shape)
		if err != nil || json.Unmarshal(again, &one) != nil || json.Unmarshal(text, &other) != nil {
			t.Fatal(err)
		}
		if fmt.Sprint(one) != fmt.Sprint(other) {
			t.Errorf("written   %s\ndocumented %s", text, again)
		}
	}
	var shape LogEvent
	if err := json.Unmarshal(LoggedEvent(bare).AppendJSON(nil), &shape); err != nil || shape.Actor.Type != "SystemPrincipal" || shape.Transaction.Type != "JOB" || shape.Outcome.Reason != "Line was busy" {
		t.Errorf("an event of the system: %+v", shape)
	}
}

func (d *desk) uuids(target string) (string, string) {
	d.t.Helper()
	a := d.do("GET", target, "")
	var ids []string
	for _, e := range decode[[]LogEvent](a) {
		ids = append(ids, strings.TrimPrefix(e.UUID, "uuid-"))
	}
	return strings.Join(ids, " "), next(a)
}

func TestAPollAlwaysHasANextLinkAndSkipsNothing(t *testing.T) {
	d := newDesk(t)
	ids, link := d.uuids("/api/v1/logs?limit=2")
	if ids != "" || link == "" || !d.world.asked.ByArrival || !d.world.asked.Since.Equal(noon().Add(-lookBack)) {
		t.Fatalf("an empty log: %q next %q, asked %+v", ids, link, d.world.asked)
	}
	d.world.events = []hookswitch.LoggedEvent{event(97), event(98), event(99)}
	for _, want := range []string{"97 98", "99", "", ""} {
		if ids, link = d.uuids(link); ids != want || link == "" {
			t.Fatalf("polled %q, want %q; next %q", ids, want, link)
		}
	}
	d.world.events = append(d.world.events, event(100))
	if ids, _ = d.uuids(link); ids != "100" {
		t.Errorf("polled %q", ids)
	}
}

func TestABoundedReadEnds(t *testing.T) {
	d := newDesk(t)
	for i := 90; i < 95; i++ {
		d.world.events = append(d.world.events, event(i))
	}
	for query, want := range map[string][]string{
		"until=2026-01-31T12:00:00Z": {"90 91", "92 93", "94"},
		"since=2026-01-31T03:00:00.000Z&until=2026-01-31T06:00:00Z&sortOrder=ASCENDING": {"91 92", "93"},
		"sortOrder=DESCENDING": {"94 93", "92 91", "90"},
		"sortOrder=DESCENDING&since=2026-01-31T04:00:00Z&until=2026-01-31T06:30:00Z": {"94 93", "92"},
	} {
		link := "/api/v1/logs?limit=2&" + query
		for i, page := range want {
			var ids string
			if ids, link = d.uuids(link); ids != page || (link == "") != (i == len(want)-1) {
				t.Fatalf("%s: page %d is %q, want %q; next %q", query, i, ids, page, link)
			}
			if strings.Contains(link, "since") {
				t.Errorf("%s: the next link has both since and after: %s", query, link)
			}
		}
	}
}

func TestBadLogQueriesAreRefused(t *testing.T) {
	for query, want := range map[string][2]string{
		"limit=1001":                           {"E0000001", "limit: it must be between 0 and 1000"},
		"limit=-1":                             {"E0000001", "limit"},
		"sortOrder=UP":                         {"E0000001", "sortOrder: it must be one of ASCENDING, DESCENDING"},
		"since=yesterday":                      {"E0000001", "since: is no ISO 8601 time"},
		"after=nonsense":                       {"E0000029", "after: it is no cursor of this list"},
		"since=2025-07-01T00:00:00Z":           {"E0000053", "180 days"},
		"filter=eventType+eqq+%22x%22":         {"E0000053", `"errorSummary":"Invalid filter 'eventType eqq \"x\"': Unrecognized attribute operator 'eqq' at position 10. Expected: eq,co,sw,pr,gt,ge,lt,le"`},
		"filter=published+gt+%222026-01-01%22": {"E0000053", `"errorSummary":"field is not valid: published"`},
		"filter=x+eq+%221%22":                  {"E0000053", "field is not valid: x"},
		"filter=debugContext.debugData.requestUri+co+%22users%22": {"E0000031", "filter"},
		"filter=" + strings.Repeat("a", 10_000):                   {"E0000053", "longer than 8192 bytes"},
		"filter=eventType+eq+%22":                                 {"E0000053", "No closing quote"},
		"filter=target%5Btype+eq+%22User%22%5D":                   {"E0000053", "Unexpected character"},
		"q=a+b+c+d+e+f+g+h+i+j+k":                                 {"E0000031", "q: It may have at most 10 keywords."},
		"q=" + strings.Repeat("a", 41):                            {"E0000031", "q: A keyword may have at most 40 characters."},
	} {
		newDesk(t).do("GET", "/api/v1/logs?"+query, "").refused(400, want[0], want[1])
	}
	d := newDesk(t)
	_, link := d.uuids("/api/v1/logs")
	d.do("GET", link+"&since=2026-01-01T00:00:00Z", "").is(200, "[]") // as Okta's Go SDK follows a link
	d.do("GET", link+"&sortOrder=DESCENDING", "").refused(400, "E0000029", "after")
	if ids, again := d.uuids("/api/v1/logs?limit=0"); ids != "" || again == "" {
		t.Errorf("limit=0: %q %q", ids, again)
	}
}

func TestAPageThatEndsEarlyLeadsOn(t *testing.T) {
	d := newDesk(t)
	d.world.events = []hookswitch.LoggedEvent{event(90), event(91), event(92)}
	d.world.events[1].Type = "stop"
	link := "/api/v1/logs?until=2026-01-31T12:00:00Z&filter=" + url.QueryEscape(`event_type sw "system." and outcome.result eq "SUCCESS"`) + "&q=Two-Part"
	for i, want := range []string{"90", "92"} {
		var ids string
		if ids, link = d.uuids(link); ids != want || (link == "") != (i == 1) {
			t.Fatalf("page %d is %q, next %q", i, ids, link)
		}
		if got := d.world.asked; got.Filter.String() != `eventType sw "system." and outcome.result eq "SUCCESS"` || fmt.Sprint(got.Words) != "[two part]" || got.Patience != 0 {
			t.Errorf("asked %+v", got)
		}
	}
	if d.do("GET", "/api/v1/logs", "", "User-Agent", "okta-sdk-nodejs/8.1.0 node/20"); d.world.asked.Patience == 0 {
		t.Error("a collection of the Node.js SDK ends at the first empty page")
	}
}

func FuzzLogPlace(f *testing.F) {
	f.Add(string(place{since: noon(), after: &hookswitch.LogPosition{Transaction: 1, Sequence: 2, Published: noon()}}.cursor()))
	f.Add("1.2")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := placeOf(httpd.Cursor(text))
		if err != nil {
			return
		}
		again, err := placeOf(p.cursor())
		if err != nil || !again.since.Equal(p.since) || (again.after == nil) != (p.after == nil) {
			t.Errorf("%q: %+v, then %+v, %v", text, p, again, err)
		}
	})
}

func BenchmarkAppendEvent(b *testing.B) {
	e := LoggedEvent(event(1))
	buffer := make([]byte, 0, 4096)
	b.ReportAllocs()
	for b.Loop() {
		buffer = e.AppendJSON(buffer[:0])
	}
}
