package okta

import (
	"fmt"
	"testing"
	"time"

	"hookswitch"
)

const base = "https://sms.example.com/api/v1/users/00u00000000000000001"

func TestTheLifeOfAnSMSFactorAsOktaShowsIt(t *testing.T) {
	d := newDesk(t)
	d.user("ana@example.com")
	const path = "/api/v1/users/00u00000000000000001/factors"
	self := base + "/factors/sms00000000000000002"
	common := `"id": "sms00000000000000002", "factorType": "sms", "provider": "OKTA", "vendorName": "OKTA"`
	times := `"created": "2026-01-31T12:00:00.123Z", "lastUpdated": "2026-01-31T12:00:00.123Z", "profile": {"phoneNumber": "+12025550142"}`
	links := `"self": {"href": "` + self + `", "hints": {"allow": ["GET", "DELETE"]}}, "user": {"href": "` + base + `", "hints": {"allow": ["GET"]}}`
	pending := `{` + common + `, "status": "PENDING_ACTIVATION", ` + times + `, "_links": {
		"activate": {"href": "` + self + `/lifecycle/activate", "hints": {"allow": ["POST"]}},
		"resend": {"name": "sms", "href": "` + self + `/resend", "hints": {"allow": ["POST"]}}, ` + links + `}}`
	active := `{` + common + `, "status": "ACTIVE", ` + times + `, "_links": {
		"verify": {"href": "` + self + `/verify", "hints": {"allow": ["POST"]}}, ` + links + `}}`

	d.do("POST", path+"?tokenLifetimeSeconds=120", `{"factorType":"sms","provider":"OKTA","profile":{"phoneNumber":"+1-202-555-0142"}}`+"\n", "Accept-Language", "fr, de;q=0.5").is(200, pending)
	if got := d.world.sent[0]; got.lifetime != 2*time.Minute || fmt.Sprint(got.languages) != "[fr de]" {
		t.Errorf("sent %+v", got)
	}
	d.do("GET", path, "").is(200, `[`+pending+`]`)
	id := path + "/sms00000000000000002"
	d.do("POST", id+"/resend", pending, "Accept-Language", "es").is(200, pending) // a factor as it was answered, sent back
	if got := d.world.sent[1]; !got.resend || fmt.Sprint(got.languages) != "[es]" {
		t.Errorf("resent %+v", got)
	}
	d.do("POST", id+"/resend", "").is(200, pending)
	d.do("POST", id+"/lifecycle/activate", `{"passCode":"654321"}`).refused(403, "E0000068", "Your token doesn't match our records")
	d.do("POST", id+"/lifecycle/activate", "").refused(400, "E0000001", "passCode: It is required")
	d.do("POST", id+"/lifecycle/activate", `{"passCode":"123456"}`).is(200, active)
	d.do("GET", id, "").is(200, active)

	challenge := `{"factorResult": "CHALLENGE", "profile": {"phoneNumber": "+12025550142"}, "_links": {
		"verify": {"href": "` + self + `/verify", "hints": {"allow": ["POST"]}}, "factor": {"href": "` + self + `", "hints": {"allow": ["GET", "DELETE"]}}}}`
	for _, body := range []string{"", "{}", `{"passCode":""}`, `{"passCode":null}`} {
		d.do("POST", id+"/verify?tokenLifetimeSeconds=60", body).is(200, challenge)
	}
	if len(d.world.sent) != 7 || d.world.sent[6].lifetime != time.Minute {
		t.Errorf("sent %+v", d.world.sent)
	}
	d.do("POST", id+"/verify", `{"passCode":"123456"}`).is(200, `{"factorResult":"SUCCESS"}`)
	d.do("POST", id+"/verify", `{"passCode":"1"}`).refused(403, "E0000068", "")
	d.do("DELETE", id+"?removeRecoveryEnrollment=true", "").is(204, "")
	d.do("GET", id, "").refused(404, "E0000007", "There is no such factor.")
}

func TestATemplateIsAskedForByItsId(t *testing.T) {
	d := newDesk(t)
	d.user("ana@example.com")
	const path, asked = "/api/v1/users/00u00000000000000001/factors", "?templateId=cstk2flOtuCMDJK4b0g3"
	f := decode[UserFactor](d.do("POST", path+asked, `{"factorType":"sms","profile":{"phoneNumber":"+12025550142"}}`))
	d.do("POST", path+"/"+f.ID+"/resend"+asked, "")
	d.do("POST", path+"/"+f.ID+"/lifecycle/activate", `{"passCode":"123456"}`)
	d.do("POST", path+"/"+f.ID+"/verify"+asked, "")
	if len(d.world.sent) != 3 {
		t.Fatalf("sent %+v", d.world.sent)
	}
	for _, s := range d.world.sent {
		if s.template != "cstk2flOtuCMDJK4b0g3" {
			t.Errorf("sent %+v", s)
		}
	}
}

func TestACallFactorHasAnExtension(t *testing.T) {
	d := newDesk(t)
	d.user("ana@example.com")
	f := decode[UserFactor](d.do("POST", "/api/v1/users/00u00000000000000001/factors?updatePhone=true&activate=true",
		`{"factorType":"call","provider":"OKTA","profile":{"phoneExtension":"42","phoneNumber":"+15005550006"}}`))
	if f.ID[:3] != "clf" || f.Profile.PhoneExtension != "42" || f.Status != "ACTIVE" || f.Links.Verify == nil || f.Links.Activate != nil {
		t.Errorf("%+v", f)
	}
	if e := d.world.enrolled; !e.UpdatePhone || !e.Activate || e.Channel != hookswitch.Call || e.Extension != "42" || e.Lifetime != 0 || e.Origin.Method != "POST" {
		t.Errorf("enrolled %+v", e)
	}
	d.do("POST", "/api/v1/users/00u00000000000000001/factors", `{"factorType":"call","profile":{"phoneNumber":"+15005550007","phoneExtension":null}}`).
		refused(400, "E0000001", "A factor of this type is already set up.")
}

func TestAnInactiveFactorOffersNothingButItself(t *testing.T) {
	f := factorOnWire(hookswitch.Factor{ID: "sms1", UserID: "00u1", Channel: hookswitch.SMS, Status: hookswitch.FactorInactive}, apiLinks())
	if f.Links.Verify != nil || f.Links.Activate != nil || f.Links.Resend != nil || f.Links.Self == nil {
		t.Errorf("%+v", f.Links)
	}
}

func TestBadFactorsAreRefused(t *testing.T) {
	for _, c := range []struct {
		query, body  string
		status       int
		code, reason string
	}{
		{"", `{"factorType":"sms","profile":{"phoneNumber":"canary"}}`, 400, "E0000098", "This phone number is invalid."},
		{"", `{"factorType":"push","profile":{"phoneNumber":"+12025550142"}}`, 400, "E0000001", "factorType: it must be one of sms, call"},
		{"", `{"factorType":"sms","provider":"GOOGLE","profile":{"phoneNumber":"+12025550142"}}`, 400, "E0000001", "provider: it must be one of OKTA"},
		{"", `{}`, 400, "E0000001", "profile.phoneNumber: It is required."},
		{"", `{"factorType":"sms","profile":{"phoneNumber":12025550142}}`, 400, "E0000001", "profile.phoneNumber: it must be a string"},
		{"", `{"factorType":"sms","profile":{"phonenumber":"+12025550142"}}`, 400, "E0000001", "phoneNumber is spelled in another case"},
		{"", `{"factorType":"call","profile":{"phoneNumber":"+12025550142","phoneExtension":"1234567890123456"}}`, 400, "E0000001", "profile.phoneExtension: it may have at most 15"},
		{"?tokenLifetimeSeconds=0", `{"factorType":"sms","profile":{"phoneNumber":"+12025550142"}}`, 400, "E0000001", "tokenLifetimeSeconds: it must be between 1 and 86400"},
		{"?activate=yes", `{"factorType":"sms","profile":{"phoneNumber":"+12025550142"}}`, 400, "E0000001", "activate: it must be true or false"},
		{"", ``, 400, "E0000003", "needs a JSON body"},
	} {
		d := newDesk(t)
		d.user("ana@example.com")
		d.do("POST", "/api/v1/users/00u00000000000000001/factors"+c.query, c.body, "Content-Length", "0").refused(c.status, c.code, c.reason)
		if len(d.world.factors) > 0 {
			t.Errorf("%s: something was enrolled", c.body)
		}
	}
	newDesk(t).do("POST", "/api/v1/users/nobody/factors", `{"factorType":"sms","profile":{"phoneNumber":"+12025550142"}}`).refused(404, "E0000007", "no such user")
}
