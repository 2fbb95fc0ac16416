package test

import (
	"bufio"
	"net/http"
	"net/http/cookiejar"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// visitor is a browser without its pages: it keeps cookies, says where it comes from, and has no token.
type visitor struct {
	t      testing.TB
	url    string
	client http.Client
}

func newVisitor(t testing.TB, url string) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	stays := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &visitor{t, url, http.Client{Jar: jar, CheckRedirect: stays}}
}

func (v *visitor) do(method, path string, body any) answer {
	v.t.Helper()
	return send(v.t, &v.client, method, v.url+path, body, func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "same-origin") })
}

// transaction is as much of an authentication transaction as a page needs.
type transaction struct {
	Status       string `json:"status"`
	StateToken   string `json:"stateToken"`
	SessionToken string `json:"sessionToken"`
	Embedded     struct {
		Factors []struct {
			Links struct {
				Verify struct {
					Href string `json:"href"`
				} `json:"verify"`
			} `json:"_links"`
		} `json:"factors"`
		Factor struct {
			Profile struct {
				PhoneNumber string `json:"phoneNumber"`
			} `json:"profile"`
		} `json:"factor"`
	} `json:"_embedded"`
}

type fields map[string]any

// visitors makes Ana, who has a password and a phone.
func (d *demo) visitors(t testing.TB) {
	t.Helper()
	var made user
	d.call(t, "POST", "/api/v1/users", fields{
		"profile": fields{"login": "ana@example.com", "email": "ana@example.com"}, "credentials": fields{"password": fields{"value": "correct horse"}},
	}).ok(&made)
	d.call(t, "POST", "/api/v1/users/"+made.ID+"/factors?activate=true", fields{
		"factorType": "sms", "provider": "OKTA", "profile": fields{"phoneNumber": ana},
	}).ok()
}

// challenged signs Ana in as far as the passcode that is sent to her phone. It answers where to take it, and with what state.
func (v *visitor) challenged() (verify, state string) {
	v.t.Helper()
	var st transaction
	v.do("POST", "/api/v1/authn", fields{"username": "ana@example.com", "password": "correct horse"}).ok(&st)
	verify = strings.TrimPrefix(st.Embedded.Factors[0].Links.Verify.Href, v.url)
	v.do("POST", verify, fields{"stateToken": st.StateToken}).ok()
	return verify, st.StateToken
}

// Okta's Sign-In Widget stands on this library.
func TestOktasOwnLibrarySignsIn(t *testing.T) {
	needNode(t, "@okta/okta-auth-js")
	demo := startDemo(t, "sqlite:"+filepath.Join(t.TempDir(), "hookswitch.db"))
	demo.visitors(t)
	node := exec.CommandContext(t.Context(), "node", "authjs.mjs", demo.exports["HOOKSWITCH_URL"], "ana@example.com", "correct horse", demo.exports["PHONES"], ana)
	out, err := node.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	steps := strings.TrimSpace(string(out))
	last := strings.LastIndexByte(steps, '\n')
	want := `wrong password: E0000004
password: MFA_REQUIRED +1 XXX-XXX-0123
resumed: MFA_REQUIRED
sent: MFA_CHALLENGE +1 XXX-XXX-0123
sent again: E0000109
wrong passcode: E0000068
passcode: SUCCESS ana@example.com
canceled: E0000011`
	if steps[:max(last, 0)] != want {
		t.Fatalf("it said\n%s\nwant\n%s", steps, want)
	}
	browser := newVisitor(t, demo.exports["HOOKSWITCH_URL"])
	if a := browser.do("GET", "/login/sessionCookieRedirect?checkAccountSetupComplete=true&redirectUrl="+browser.url+"/console&token="+steps[last+1:], nil); a.status != http.StatusFound {
		t.Fatalf("answered %d %s", a.status, a.body)
	}
	browser.do("GET", "/api/v1/sessions/me", nil).ok()
}

func TestAPersonSignsInWithAPasswordAndThePhone(t *testing.T) {
	eachDatabase(t, func(t *testing.T, database string) {
		demo := startDemo(t, database)
		demo.visitors(t)
		person := newVisitor(t, demo.exports["HOOKSWITCH_URL"])
		person.do("POST", "/api/v1/authn", fields{"username": "ana@example.com", "password": "correct cart"}).refused(401, "E0000004")
		var st transaction
		person.do("POST", "/api/v1/authn", fields{"username": "ana@example.com", "password": "correct horse"}).ok(&st)
		if st.Status != "MFA_REQUIRED" || len(st.Embedded.Factors) != 1 {
			t.Fatalf("%+v", st)
		}
		verify := strings.TrimPrefix(st.Embedded.Factors[0].Links.Verify.Href, person.url)
		person.do("POST", verify, fields{"passCode": "", "stateToken": st.StateToken}).ok(&st)
		if st.Status != "MFA_CHALLENGE" || st.Embedded.Factor.Profile.PhoneNumber != "+1 XXX-XXX-0123" {
			t.Fatalf("%+v", st)
		}
		code := demo.latest(t, ana).Code
		person.do("POST", verify, fields{"passCode": code + "0", "stateToken": st.StateToken}).refused(403, "E0000068")
		person.do("POST", verify, fields{"passCode": code, "stateToken": st.StateToken}).ok(&st)
		if st.Status != "SUCCESS" {
			t.Fatalf("%+v", st)
		}
		person.do("POST", "/api/v1/sessions", fields{"sessionToken": st.SessionToken}).ok()
		var me struct {
			Login   string   `json:"login"`
			Methods []string `json:"amr"`
		}
		if person.do("GET", "/api/v1/sessions/me", nil).ok(&me); me.Login != "ana@example.com" || strings.Join(me.Methods, " ") != "pwd sms mfa" {
			t.Errorf("%+v", me)
		}
		person.do("GET", "/api/v1/users", nil).refused(403, "E0000006") // in, and no administrator
		person.do("DELETE", "/api/v1/sessions/me", nil).ok()
		person.do("GET", "/api/v1/sessions/me", nil).refused(401, "E0000011")
	})
}

func TestTheFirstAdministratorComesThroughTheSetupLink(t *testing.T) {
	eachDatabase(t, func(t *testing.T, database string) {
		data := t.TempDir()
		links := serveOnce(t, database, data, func(v *visitor, token string) {
			first := fields{
				"token": token, "profile": fields{"login": "root@example.com", "email": "root@example.com"},
				"credentials": fields{"password": fields{"value": "correct horse"}},
			}
			v.do("POST", "/api/v1/setup", first).ok()
			v.do("POST", "/api/v1/setup", first).refused(401, "E0000011")
			var st transaction
			v.do("POST", "/api/v1/authn", fields{"username": "root@example.com", "password": "correct horse"}).ok(&st)
			if a := v.do("GET", "/login/sessionCookieRedirect?redirectUrl=/console&token="+st.SessionToken, nil); a.status != http.StatusFound {
				t.Fatalf("answered %d %s", a.status, a.body)
			}
			v.do("GET", "/api/v1/telephony-providers", nil).ok()
			v.do("POST", "/api/v1/users", fields{"profile": fields{"login": "ana@example.com", "email": "ana@example.com"}}).ok()
		})
		if links != 1 {
			t.Fatalf("the first start printed %d setup links", links)
		}
		if links := serveOnce(t, database, data, nil); links != 0 {
			t.Error("a start with users printed a setup link")
		}
	})
}

// serveOnce starts `hookswitch serve`, shows each setup link to use, and stops it. It answers how many were printed.
func serveOnce(t *testing.T, database, data string, use func(v *visitor, token string)) (links int) {
	t.Helper()
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	server := exec.Command(path, "serve", "--listen=127.0.0.1:0", "--data="+data, "--database-url="+database)
	out, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	stop := func() {
		if err := server.Process.Signal(syscall.SIGTERM); err != nil {
			t.Error(err)
		}
	}
	t.Cleanup(func() { _ = server.Process.Kill() }) // should the test end early
	url := ""
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if _, listens, ok := strings.Cut(lines.Text(), "listens on "); ok {
			url = listens
			held.watch(url)
			if use == nil {
				stop()
			}
		}
		if _, token, ok := strings.Cut(lines.Text(), "/setup#"); ok {
			links++
			if use != nil {
				use(newVisitor(t, url), token)
				stop()
			}
		}
	}
	if err := server.Wait(); err != nil {
		t.Errorf("hookswitch serve ended badly: %v", err)
	}
	if err := held.verdict(url); err != nil {
		t.Error(err)
	}
	return links
}
