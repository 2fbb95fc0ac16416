package okta

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"hookswitch"
	"hookswitch/internal/admin"
	"hookswitch/internal/httpd"
	"hookswitch/internal/render"
	"hookswitch/internal/store"
	"hookswitch/internal/store/sqlite"
)

// newWordsDesk is the API in front of the true texts on a true store.
func newWordsDesk(t testing.TB) *desk {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "test.db"), store.Options{Now: noon, NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	org := hookswitch.DefaultOrg()
	org.ID, org.Name, org.Version = "00o1", "Acme", 1
	if err := db.Update(t.Context(), func(tx *store.Tx) error { return tx.InsertOrg(org) }); err != nil {
		t.Fatal(err)
	}
	catalogue, err := render.Load()
	if err != nil {
		t.Fatal(err)
	}
	port := func(run func(context.Context, func(*store.Tx) error) error) func(context.Context, func(admin.WordsTx) error) error {
		return func(ctx context.Context, fn func(admin.WordsTx) error) error {
			return run(ctx, func(tx *store.Tx) error { return fn(tx) })
		}
	}
	texts := admin.NewTexts(admin.TextOptions{
		Update: port(db.Update), View: port(db.View), Catalogue: catalogue, Random: rand.Reader, Log: slog.New(slog.DiscardHandler),
	})
	w := newWorld()
	handler, err := httpd.New(httpd.Options{
		PublicURL: "https://sms.example.com", Authenticator: w, Now: noon, Random: rand.Reader, Log: slog.New(slog.DiscardHandler),
	}, Operations(Ports{Templates: texts, Messages: texts, Regulations: texts}))
	if err != nil {
		t.Fatal(err)
	}
	return &desk{t: t, world: w, handler: handler, token: string(hookswitch.SuperAdmin)}
}

const smsPath = "/api/v1/templates/sms"

func TestTheLifeOfAnSMSTemplateAsOktaShowsIt(t *testing.T) {
	d := newWordsDesk(t)
	d.do("GET", smsPath, "").is(200, `[]`)
	body := `{"name":"Custom","type":"SMS_VERIFY_CODE","template":"${org.name}: ${code}","translations":{"es":"${org.name}: su ${code}","fr":null,"it":""}}`
	made := decode[SmsTemplate](d.do("POST", smsPath, body))
	shown := func(name, text, translations string) string {
		return fmt.Sprintf(`{"id":%q,"name":%q,"type":"SMS_VERIFY_CODE","template":%q,"translations":{%s},"created":"2026-01-31T12:00:00.123Z","lastUpdated":"2026-01-31T12:00:00.123Z"}`,
			made.ID, name, text, translations)
	}
	d.do("GET", smsPath+"?templateType=SMS_VERIFY_CODE", "").is(200, `[`+shown("Custom", "${org.name}: ${code}", `"es":"${org.name}: su ${code}"`)+`]`)
	d.do("GET", smsPath+"?templateType=SMS_OTHER", "").refused(400, "E0000001", "templateType: it must be one of SMS_VERIFY_CODE")
	one := smsPath + "/" + made.ID
	d.do("POST", one, `{"translations":{"de":"${code}: bitte","es":null}}`).is(200, shown("Custom", "${org.name}: ${code}", `"de":"${code}: bitte"`))
	d.do("POST", one, `{"translations":{"de":""},"name":"Other"}`).is(200, shown("Other", "${org.name}: ${code}", ``))
	d.do("POST", one, `{}`).is(200, shown("Other", "${org.name}: ${code}", ``))
	d.do("PUT", one, shown("New", "Code ${code}", `"ja":"${code} です"`)).is(200, shown("New", "Code ${code}", `"ja":"${code} です"`)) // as it was answered, sent back
	d.do("GET", one, "").is(200, shown("New", "Code ${code}", `"ja":"${code} です"`))
	d.do("DELETE", one, "").is(204, "")
	for _, method := range []string{"GET", "PUT", "POST", "DELETE"} {
		d.do(method, one, `{"name":"x","template":"${code}"}`).refused(404, "E0000007", "There is no such SMS template.")
	}
}

func TestTheDefaultTemplateIsReadOnly(t *testing.T) {
	d := newWordsDesk(t)
	is := decode[SmsTemplate](d.do("GET", smsPath+"/default", ""))
	if is.ID != "default" || !strings.Contains(is.Template, "${code}") || len(is.Translations) < 30 {
		t.Errorf("%+v", is)
	}
	for _, method := range []string{"PUT", "POST", "DELETE"} {
		d.do(method, smsPath+"/default", `{"name":"x","template":"${code}"}`).refused(403, "E0000228", "The default template cannot be changed.")
	}
}

func TestABadTemplateIsRefusedWithThePlaceOfTheMistake(t *testing.T) {
	d := newWordsDesk(t)
	template := func(text string) string { return fmt.Sprintf(`{"name":"x","template":%q}`, text) }
	for _, c := range []struct {
		body   string
		status int
		code   string
		reason string
	}{
		{`{"template":"${code}"}`, 400, "E0000001", "name: The template needs a name."},
		{`{"name":"` + strings.Repeat("x", 51) + `","template":"${code}"}`, 400, "E0000001", "name: It may have at most 50 characters."},
		{`{"name":"x","type":"OTHER","template":"${code}"}`, 400, "E0000001", "type: It must be SMS_VERIFY_CODE"},
		{`{"name":"x"}`, 400, "E0000001", "template: the text has no ${code}"},
		{template("Hello"), 400, "E0000001", "template: the text has no ${code}"},
		{template("é ${user.id} ${code}"), 400, "E0000001", "template: the macro at character 2 is unknown"},
		{template("${code} }"), 400, "E0000001", "template: the brace at character 8 has no partner"},
		{template(strings.Repeat("a", 155) + "${code}"), 400, "E0000001", "template: the text takes 161 GSM-7 characters once its macros are filled, and 160 are allowed"},
		{template("ё" + strings.Repeat("a", 64) + "${code}"), 400, "E0000001", `takes 71 UCS-2 characters once its macros are filled, and 70 are allowed; \"ё\" at character 0`},
		{`{"name":"x","template":"\u0007${code}"}`, 400, "E0000001", "control character U+0007 at character 0"},
		{`{"name":"x","template":"\u0000${code}"}`, 400, "E0000001", "NUL"},
		{`{"name":"x","template":"${code}` + "\xff" + `"}`, 400, "E0000003", "line 1, column"},
		{`{"name":"x","template":"${code}","translations":{"de":"hallo"}}`, 400, "E0000001", "translations.de: the text has no ${code}"},
		{`{"name":"x","template":"${code}","translations":{"deutsch!":"${code}"}}`, 400, "E0000001", "this is not the tag of a language"},
		{`{"name":"x","template":"${code}","translations":{"pt-BR":"${code}","pt_br":"${code}"}}`, 400, "E0000001", "this is the same language as pt-BR"},
		{`{"name":"x","template":"${code}","translations":{"de":"${code}","de":"${code}"}}`, 400, "E0000001", "given more than once"},
		{`{"name":"x","template":"${code}","translations":["de"]}`, 400, "E0000001", "translations: it must be an object"},
		{`{"name":"x","template":"${code}","translations":{"de":1}}`, 400, "E0000001", "translations"},
		{`{"name":"x","template":7}`, 400, "E0000001", "template: it must be a string"},
		{`{"name":"x","template":"` + strings.Repeat("a", 1<<20) + `"}`, 413, "E0000003", "larger than"},
		{`{"name":"x","template":"${code}` + strings.Repeat("a", 5000) + `"}`, 400, "E0000001", "template: the text is larger than 4096 bytes"},
		{``, 400, "E0000003", "needs a JSON body"},
	} {
		d.do("POST", smsPath, c.body, "Content-Length", "0").refused(c.status, c.code, c.reason)
	}
	d.do("GET", smsPath, "").is(200, `[]`)
}

func TestTheWordsOfAPurpose(t *testing.T) {
	d := newWordsDesk(t)
	for path, custom := range map[string]string{"/api/v1/templates/messages": "Reset: ${code}", "/api/v1/templates/calls": "To reset say ${code}"} {
		all := decode[[]PurposeTemplate](d.do("GET", path, ""))
		if len(all) != 5 || all[0].Source != "DEFAULT" || all[0].Limits != nil || len(all[0].Translations) < 30 {
			t.Errorf("%+v", all)
		}
		one := path + "/password-reset"
		set := decode[PurposeTemplate](d.do("PUT", one, `{"template":"`+custom+`","translations":{"de":"Zurück: ${code}","fr":null}}`))
		got := decode[PurposeTemplate](d.do("GET", one, ""))
		for _, is := range []PurposeTemplate{set, got} {
			if is.Source != "CUSTOM" || is.Purpose != "password-reset" || is.Template != custom || len(is.Translations) != 1 || is.Language != "en" ||
				is.Limits == nil || *is.Limits != (CheckedUnder{Segments: 1, Digits: 6, OrgName: "Acme"}) {
				t.Errorf("%+v", is)
			}
		}
		if is := decode[PurposeTemplate](d.do("GET", one+"?source=DEFAULT", "")); is.Source != "DEFAULT" || is.Template == custom || len(is.Translations) < 30 {
			t.Errorf("the default words beside others: %+v", is)
		}
		// What is only told of the words is part of them, so a change is followed by the next.
		tag := d.do("PUT", one, `{"template":"Код ${code}"}`).Header().Get("ETag")
		if now := d.do("GET", one, "").Header().Get("ETag"); tag == "" || tag != now {
			t.Errorf("saved as %s, read as %s", tag, now)
		}
		d.do("PUT", one, `{"template":"nothing"}`).refused(400, "E0000001", "template: the text has no ${code}")
		d.do("PUT", one, `{"translations":{}}`).refused(400, "E0000001", "template: it is required")
		d.do("DELETE", one, "").is(204, "")
		d.do("DELETE", one, "").refused(404, "E0000007", "no words of its own")
		for _, method := range []string{"GET", "PUT", "DELETE"} {
			d.do(method, path+"/test", `{"template":"${code}"}`).refused(404, "E0000007", "")
		}
	}
	d.do("POST", smsPath, `{"name":"x","template":"All: ${code}"}`)
	if is := decode[PurposeTemplate](d.do("GET", "/api/v1/templates/messages/sign-in", "")); is.Source != "SMS_VERIFY_CODE" || is.Template != "All: ${code}" {
		t.Errorf("%+v", is)
	}
}

func TestATextIsPreviewedAsItLooksAndWhatItCosts(t *testing.T) {
	d := newWordsDesk(t)
	const path = smsPath + "/preview"
	d.do("POST", path, `{"text":"${org.name}: ${code}"}`).is(200, `{"language":"en","text":"Acme: 123456","encoding":"GSM-7","characters":12,
		"limit":160,"segments":1,"forcedBy":[],"translations":{},"findings":[],"checkedUnder":{"segments":1,"digits":6,"orgName":"Acme"}}`)
	d.do("POST", path, `{"template":"Код ${code}","translations":{"fr":"voilà [${code}]"}}`).is(200, `{"language":"en","text":"Код 123456",
		"encoding":"UCS-2","characters":10,"limit":70,"segments":1,"forcedBy":[{"position":0,"character":"К"},{"position":1,"character":"о"},{"position":2,"character":"д"}],
		"translations":{"fr":{"language":"fr","text":"voilà [123456]","encoding":"GSM-7","characters":16,"limit":160,"segments":1,"forcedBy":[]}},
		"findings":[{"rule":"needs-ucs2","refuses":false,"field":"template","text":"\"К\" at character 0 is not in the GSM-7 alphabet, so that a segment has 70 characters instead of 160",
		"position":0,"character":"\"К\"","encoding":"UCS-2","count":10,"limit":70}],"checkedUnder":{"segments":1,"digits":6,"orgName":"Acme"}}`)
	for text, want := range map[string]TextPreview{
		strings.Repeat("a", 160):   {Characters: 160, Segments: 1},
		strings.Repeat("a", 161):   {Characters: 161, Segments: 2},
		strings.Repeat("😀", 35):    {Characters: 70, Segments: 1},
		strings.Repeat("😀", 36):    {Characters: 72, Segments: 2},
		strings.Repeat("a", 153*3): {Characters: 459, Segments: 3},
		"${code":                   {Characters: 7, Segments: 1}, // a brace is two
		"":                         {},
	} {
		got := decode[SMSPreview](d.do("POST", path, fmt.Sprintf(`{"text":%q}`, text)))
		if got.Characters != want.Characters || got.Segments != want.Segments || got.Text != text {
			t.Errorf("%.20q…: %d characters in %d segments, want %d in %d", text, got.Characters, got.Segments, want.Characters, want.Segments)
		}
	}
	d.do("POST", path, `{"text":"a","template":"b"}`).refused(400, "E0000001", "text: Give a text, or a template")
	d.do("POST", path, `{"txt":"a"}`).refused(400, "E0000001", "")
	d.do("GET", "/api/v1/templates/settings", "").is(200, `{"segments":1,"autofillDomain":""}`)
	d.do("PUT", "/api/v1/templates/settings", `{"segments":3,"autofillDomain":"login.example.com"}`).is(200, `{"segments":3,"autofillDomain":"login.example.com"}`)
	d.do("PUT", "/api/v1/templates/settings", `{"segments":4}`).refused(400, "E0000001", "segments: it must be between 1 and 3")
	d.do("PUT", "/api/v1/templates/settings", `{"segments":1,"autofillDomain":"a b"}`).refused(400, "E0000001", "autofillDomain: It must be a host name")
	got := decode[SMSPreview](d.do("POST", path, `{"text":"${code}"}`))
	if got.Text != "123456\n@login.example.com #123456" || got.Limit != 459 {
		t.Errorf("%+v", got)
	}
}

func TestASentenceIsPreviewedWithItsPauses(t *testing.T) {
	d := newWordsDesk(t)
	got := decode[CallPreview](d.do("POST", "/api/v1/templates/calls/preview", `{"template":"Here: ${code}","translations":{"ja":"こちら ${code}","fr":null}}`))
	want := `[{Here: 0} { 700} {1 0} { 400} {2 0} { 400} {3 0} { 1000} {4 0} { 400} {5 0} { 400} {6 0} { 700}]`
	if fmt.Sprint(got.Reading) != want || got.Language != "en" || got.Times != 3 || len(got.Again) == 0 {
		t.Errorf("%+v", got)
	}
	if ja := got.Translations["ja"]; ja.Language != "ja" || ja.Reading[0].Text != "こちら" || len(ja.Again) == 0 {
		t.Errorf("%+v", got.Translations)
	}
	got = decode[CallPreview](d.do("POST", "/api/v1/templates/calls/preview", `{"text":"Hello"}`))
	if len(got.Findings) != 1 || got.Findings[0].Rule != "missing-code" || !got.Findings[0].Refuses {
		t.Errorf("%+v", got.Findings)
	}
}

func TestTheRegulationOfACountry(t *testing.T) {
	d := newWordsDesk(t)
	const path = "/api/v1/telephony/regulations"
	india := `{"country":"IN","senders":["ACMEIN","12345"],"brandPrefix":"ACME: ","optOutSuffix":"","dltEntityId":"1101234567890123456",
		"dltTemplateIds":{"sign-in":"1107161234567890123"},"lastUpdated":"2026-01-31T12:00:00.123Z"}`
	d.do("GET", path+"/IN", "").refused(404, "E0000007", "no regulation for this country")
	d.do("PUT", path+"/in", india).is(200, india)
	d.do("PUT", path+"/default", `{"optOutSuffix":" STOP ends"}`)
	others := `{"country":"default","senders":[],"brandPrefix":"","optOutSuffix":" STOP ends","dltEntityId":"","dltTemplateIds":{},"lastUpdated":"2026-01-31T12:00:00.123Z"}`
	d.do("GET", path, "").is(200, `[`+others+`,`+india+`]`)
	d.do("GET", path+"/default", "").is(200, others)
	if got := decode[SMSPreview](d.do("POST", smsPath+"/preview", `{"text":"${code}"}`)); got.Text != "123456 STOP ends" {
		t.Errorf("%+v", got)
	}
	d.do("PUT", path+"/XX", `{}`).refused(400, "E0000001", "country: this is not a country")
	d.do("PUT", path+"/US", `{"country":"IN"}`).refused(400, "E0000001", "country: It is another one than in the path.")
	d.do("PUT", path+"/US", `{"senders":["<b>"]}`).refused(400, "E0000001", "senders.0: a sender is a number")
	d.do("PUT", path+"/US", `{"dltTemplateIds":{"other":"1107161234567890123"}}`).refused(400, "E0000001", "dltTemplateIds: there is a purpose that does not exist")
	d.do("DELETE", path+"/IN", "").is(204, "")
	d.do("GET", path, "").is(200, `[`+others+`]`)
}

func FuzzTemplateRequest(f *testing.F) {
	for _, seed := range []string{
		`{"name":"x","template":"${code}","translations":{"de":"${code}","fr":null}}`, `{"translations":{"pt_br":"${code}","pt-BR":""}}`,
		`{"name":"\ud800","template":"${${code}}"}`, `{"template":null,"translations":null}`, `[]`, "{\"name\":\"\xff\"}",
	} {
		f.Add(seed)
	}
	d := newWordsDesk(f)
	f.Fuzz(func(t *testing.T, body string) {
		for _, method := range []string{"POST " + smsPath, "POST " + smsPath + "/preview", "PUT /api/v1/templates/calls/sign-in"} {
			verb, path, _ := strings.Cut(method, " ")
			here := *d
			here.t = t
			a := here.do(verb, path, body)
			if a.Code >= 500 || !utf8.Valid(a.Body.Bytes()) {
				t.Fatalf("%s: %d %s", method, a.Code, a.Body)
			}
		}
	})
}
