package test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"hookswitch/internal/app"
	"hookswitch/internal/store/postgres/postgrestest"
)

// Whatever happens, no secret comes to rest: not in the database, its log, a backup, the server's log, the metrics or
// the System Log. Every secret here can be recognised, and passcodes have ten digits.
func TestNoSecretComesToRest(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		noSecretRests(t, func(t *testing.T) (string, func() (string, error)) {
			folder := t.TempDir()
			return "sqlite:" + filepath.Join(folder, "hookswitch.db"), func() (string, error) { return folder, nil }
		})
	})
	t.Run("postgres", func(t *testing.T) {
		var own postgrestest.Cluster // durable, so that its log is whole, and with nothing of others in it
		t.Cleanup(own.Stop)
		noSecretRests(t, func(t *testing.T) (string, func() (string, error)) {
			databaseURL := own.Database(t)
			return databaseURL, func() (string, error) { return own.Folder(t), own.Do("CHECKPOINT") }
		})
	})
}

func noSecretRests(t *testing.T, database func(*testing.T) (databaseURL string, written func() (string, error))) {
	began := time.Now().Add(-time.Second)
	databaseURL, written := database(t)
	s := startServer(t, databaseURL)
	number := s.lives(t)

	public := canaries{"a phone number": strings.TrimPrefix(number, "+")}
	metrics := s.request(t, "GET", s.exports["HOOKSWITCH_URL"]+"/metrics", nil).ok().body
	seen := map[string][]byte{"the metrics": metrics, "the System Log": nil}
	for after := "/api/v1/logs?limit=1000"; after != ""; {
		page := s.call(t, "GET", after, nil).ok()
		seen["the System Log"] = append(seen["the System Log"], page.body...)
		after = ""
		for _, link := range page.header.Values("Link") {
			if to, ok := strings.CutSuffix(link, `>; rel="next"`); ok && len(page.body) > 2 {
				after = strings.TrimPrefix(to, "<"+s.exports["HOOKSWITCH_URL"])
			}
		}
	}
	if kept, err := written(); err != nil { // while it runs: the write-ahead log of SQLite is folded at the end
		t.Fatal(err)
	} else {
		s.keeps(t, kept, began)
	}
	whole := filepath.Join(s.folder, "whole.backup")
	hookswitch(t, "backup", whole, "--database-url="+databaseURL, "--data="+s.folder)
	s.stop(t)
	log, err := os.ReadFile(s.log)
	if err != nil {
		t.Fatal(err)
	}
	if len(log) == 0 || len(metrics) == 0 || len(seen["the System Log"]) < 1000 {
		t.Fatal("there is nothing to look into")
	}
	for what, text := range map[string][]byte{"the log": log, "the metrics": metrics} {
		if found := public.in(text); found != nil {
			t.Errorf("%s: %v", what, found)
		}
	}
	for what, text := range seen {
		if found := s.secret.in(text); found != nil {
			t.Errorf("%s: %v", what, found)
		}
	}
	kept, err := written()
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{kept, s.folder} {
		s.keeps(t, folder, began)
	}
}

// keeps looks into all files below a folder that were written since a time.
func (s *server) keeps(t *testing.T, folder string, since time.Time) {
	t.Helper()
	found, files, err := s.secret.inFiles(folder, since, "master.key")
	if err != nil || files == 0 {
		t.Fatalf("%d files in %s: %v", files, folder, err)
	}
	for _, f := range found {
		t.Error(f)
	}
	t.Logf("%d secrets looked for in %d files", len(s.secret), files)
}

// secrets are those of a demo that nobody may find in what it wrote, with the passcodes that are on its phones now.
func (d *demo) secrets() canaries {
	secret := canaries{"the token": d.exports["HOOKSWITCH_TOKEN"], "Twilio's token": twilioToken, "Telesign's key": telesignKey}
	answered, err := http.Get(d.exports["PHONES"] + "/messages")
	if err != nil {
		return secret // it has ended by itself
	}
	defer answered.Body.Close()
	var all []phoneMessage
	if json.NewDecoder(answered.Body).Decode(&all) == nil {
		for _, m := range all {
			secret.add("passcode "+m.ID, m.Code)
		}
	}
	return secret
}

// keptNo looks for secrets in what a demo wrote, but for the file that has its credentials for the next start.
func (d *demo) keptNo(secret canaries) error {
	found, _, err := secret.inFiles(d.data, time.Time{}, "master.key", "dev-credentials.json")
	if found = append(found, secret.in([]byte(d.log.String()))...); len(found) > 0 {
		err = errors.Join(err, fmt.Errorf("secrets came to rest: %s", strings.Join(found, ", ")))
	}
	return err
}

// server is a running `hookswitch serve`, with carriers beside it.
type server struct {
	*demo // for its requests; it has no process

	secret  canaries
	folder  string // its data
	log     string // all that it wrote
	process *exec.Cmd
	read    chan struct{}
}

const (
	twilioToken = "simulator-twilio-token"
	telesignKey = "c2ltdWxhdG9yLXRlbGVzaWduLWtleQ=="
)

func startServer(t *testing.T, databaseURL string) *server {
	t.Helper()
	carriers, err := app.NewCarriers("127.0.0.1:0", nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = carriers.Stop() })
	s := &server{secret: canaries{}, folder: t.TempDir(), read: make(chan struct{})}
	s.log = filepath.Join(s.folder, "server.log")
	s.demo = &demo{exports: map[string]string{
		"HOOKSWITCH_TOKEN": s.secret.add("the bootstrap token", "00canary-bootstrap-token-000000000000000"), "PHONES": carriers.URL(),
	}}
	admin := "root@example.com:" + s.secret.add("the administrator's password", "canary admin pass+word")
	s.secret.add("Twilio's token", twilioToken)
	s.secret.add("Telesign's key", telesignKey)
	s.process = command(t, "serve", "--listen=127.0.0.1:0", "--data="+s.folder, "--database-url="+databaseURL, "--log-level=debug",
		"--allow-private-networks=127.0.0.0/8")
	s.process.Env = append(os.Environ(), "HOOKSWITCH_BOOTSTRAP_TOKEN="+s.exports["HOOKSWITCH_TOKEN"], "HOOKSWITCH_BOOTSTRAP_ADMIN="+admin,
		"HOOKSWITCH_TWILIO_URL="+carriers.URL(), "HOOKSWITCH_TWILIO_VERIFY_URL="+carriers.URL(), "HOOKSWITCH_TELESIGN_URL="+carriers.URL())
	log, err := os.Create(s.log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = log.Close() })
	s.process.Stderr = log
	out, err := s.process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.process.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(io.TeeReader(out, log))
	if !lines.Scan() {
		t.Fatalf("the server does not start: %v", s.process.Wait())
	}
	_, s.exports["HOOKSWITCH_URL"], _ = strings.Cut(lines.Text(), " listens on ")
	go func() {
		defer close(s.read)
		for lines.Scan() {
			continue
		}
	}()
	return s
}

func (s *server) stop(t *testing.T) {
	t.Helper()
	_ = s.process.Process.Signal(syscall.SIGTERM)
	<-s.read
	if err := s.process.Wait(); err != nil {
		t.Fatal(err)
	}
	key, err := os.ReadFile(filepath.Join(s.folder, "master.key"))
	if err != nil {
		t.Fatal(err)
	}
	var set struct {
		Key []struct {
			Data struct {
				Value string `json:"value"`
			} `json:"keyData"`
		} `json:"key"`
	}
	if err := json.Unmarshal(key, &set); err != nil || len(set.Key) == 0 {
		t.Fatalf("the master key: %v", err)
	}
	s.secret.add("the master key", set.Key[0].Data.Value)
}

// lives brings about everything in which a secret has a part, also what goes wrong, and answers a phone that got codes.
func (s *server) lives(t *testing.T) (number string) {
	t.Helper()
	const path, ana = "/api/v1/telephony-providers", "+12025550142"
	ids := map[string]string{}
	for _, body := range []fields{
		{"providerName": "TWILIO", "providerSid": "AC00000000000000000000000000000001", "providerAuthToken": twilioToken, "providerSettings": fields{
			"sms": fields{"twilioMessageSid": "MG00000000000000000000000000000001"}, "call": fields{"twilioCallerId": "+15005550006"}}},
		{"providerName": "TELESIGN", "providerSid": "00000000-0000-4000-8000-000000000001", "providerAuthToken": telesignKey, "providerSettings": fields{
			"sms": fields{"telesignService": "telesignMessagingService"}, "call": fields{"telesignService": "telesignVoiceService"}}},
	} {
		var made telephonyProvider
		s.call(t, "POST", path, body).ok(&made)
		s.call(t, "POST", path+"/"+made.ID+"/lifecycle/activate", nil).ok()
		ids[made.Name] = path + "/" + made.ID
	}
	settings := fields{}
	s.call(t, "GET", "/api/v1/telephony/settings", nil).ok(&settings)
	settings["passcode"] = fields{"digits": 10, "lifetimeSeconds": 300, "departs": false}
	for _, limit := range []string{"phone-pace", "user-sends"} {
		settings["limits"].(map[string]any)[limit] = fields{"burst": 1000, "periodMs": 1}
	}
	s.call(t, "PUT", "/api/v1/telephony/settings", settings).ok()

	s.signsIn(t, ana)
	u := s.person(t, "bo@example.com")
	sms, call := s.active(t, u, "sms", "+12025550143"), s.active(t, u, "call", "+12025550144")
	s.challenge(t, u, sms).ok()
	code := s.latest(t, "+12025550143").Code
	s.verify(t, u, sms, wrongCode(code))
	s.verify(t, u, sms, code).ok()
	s.verify(t, u, sms, code) // once more
	s.challenge(t, u, call).ok()
	s.verify(t, u, call, s.latest(t, "+12025550144").Code).ok()
	s.asksForCodes(t, code)
	s.call(t, "POST", ids["TELESIGN"]+"/test", fields{"factor": "CALL", "phoneNumber": "+12025550145"})

	for _, mode := range []string{"garbage", "error500", "reset", "throttled", "fraud-blocked"} {
		s.carrier(t, "twilio", fields{"mode": mode})
		s.carrier(t, "telesign", fields{"mode": mode})
		s.challenge(t, u, sms)
		s.challenge(t, u, call)
	}
	s.carrier(t, "twilio", fields{"mode": "up"})
	s.carrier(t, "telesign", fields{"mode": "up"})
	s.call(t, "PATCH", ids["TWILIO"], fields{"providerAuthToken": s.secret.add("a wrong token of Twilio", "canary-wrong-twilio-token-00000000")}).ok()
	s.challenge(t, u, sms)
	s.throughAHook(t, u, sms, ids)

	var all []phoneMessage
	s.carriers(t, "GET", "/messages?limit=500", nil).ok(&all)
	for _, m := range all {
		s.secret.add("passcode "+m.ID, m.Code)
	}
	if len(all) < 6 {
		t.Fatalf("only %d messages reached a phone", len(all))
	}
	return ana
}

// signsIn is a person's whole way in, with a password, a phone and a session.
func (s *server) signsIn(t *testing.T, number string) {
	t.Helper()
	password := s.secret.add("a user's password", "canary user pass/word")
	var u user
	s.call(t, "POST", "/api/v1/users", fields{
		"profile": fields{"login": "ana@example.com", "email": "ana@example.com"}, "credentials": fields{"password": fields{"value": password}},
	}).ok(&u)
	var f factor
	path := "/api/v1/users/" + u.ID + "/factors"
	s.call(t, "POST", path, fields{"factorType": "sms", "provider": "OKTA", "profile": fields{"phoneNumber": number}}).ok(&f)
	first := s.latest(t, number)
	s.call(t, "POST", path+"/"+f.ID+"/lifecycle/activate", fields{"passCode": first.Code}).ok()
	person := newVisitor(t, s.exports["HOOKSWITCH_URL"])
	person.do("POST", "/api/v1/authn", fields{"username": "ana@example.com", "password": s.secret.add("a wrong password", "canary wrong pass:word")})
	var st transaction
	person.do("POST", "/api/v1/authn", fields{"username": "ana@example.com", "password": password}).ok(&st)
	s.secret.add("a state token", st.StateToken)
	verify := strings.TrimPrefix(st.Embedded.Factors[0].Links.Verify.Href, person.url)
	person.do("POST", verify, fields{"stateToken": st.StateToken}).ok()
	var second phoneMessage
	s.carriers(t, "GET", "/phones/"+number+"/messages/latest?wait=20s&after="+first.ID, nil).ok(&second)
	person.do("POST", verify, fields{"stateToken": st.StateToken, "passCode": second.Code}).ok(&st)
	s.secret.add("a session token", st.SessionToken)
	opened := person.do("POST", "/api/v1/sessions", fields{"sessionToken": st.SessionToken}).ok()
	for _, c := range (&http.Response{Header: opened.header}).Cookies() {
		s.secret.add("the cookie "+c.Name, c.Value)
	}
	person.do("GET", "/api/v1/sessions/me", nil).ok()
	var token struct {
		Token string `json:"token"`
	}
	s.call(t, "POST", "/api/v1/api-tokens", fields{"name": "ci"}).ok(&token)
	for what, bearer := range map[string]string{"an API token": token.Token, "a wrong API token": "00canary-wrong-api-token-0000000000000000"} {
		s.secret.add(what, bearer)
		s.request(t, "GET", s.exports["HOOKSWITCH_URL"]+"/api/v1/users/me", nil, func(r *http.Request) { r.Header.Set("Authorization", "SSWS "+bearer) })
	}
}

// asksForCodes puts a passcode where none belongs.
func (s *server) asksForCodes(t *testing.T, code string) {
	t.Helper()
	for _, path := range []string{"/api/v1/logs?q=" + code, "/api/v1/users?q=" + code, "/api/v1/deliveries?q=" + code, "/api/v1/users?after=" + code} {
		s.call(t, "GET", path, nil)
	}
	s.call(t, "POST", "/api/v1/users", `{"profile":{"login":`+code+`}}`)
	s.call(t, "POST", "/api/v1/users", `{"`+code+`":1}`)
	s.request(t, "POST", s.exports["HOOKSWITCH_URL"]+"/callbacks/twilio/dlv?passcode="+code, "MessageSid="+code, func(r *http.Request) {
		r.Header.Set("X-Twilio-Signature", code)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}).refused(403, "E0000006")
}

// throughAHook lets an org's own service carry messages that gives away what it was told.
func (s *server) throughAHook(t *testing.T, u user, f factor, ids map[string]string) {
	t.Helper()
	service := startWebService(t)
	for _, name := range []string{"TELESIGN", "TWILIO"} {
		s.call(t, "POST", ids[name]+"/lifecycle/deactivate", nil).ok()
	}
	body := hookBody(service.URL)
	secret := s.secret.add("the secret of a hook", "canary-hook-secret+value")
	body["channel"].(map[string]any)["config"].(map[string]any)["authScheme"].(map[string]string)["value"] = secret
	s.call(t, "POST", hooksPath, body).ok()
	for i, reply := range []string{
		sentByHook, `{"error":{"errorSummary":"no credit for CODE with SECRET"}}`, `{"CODE":"SECRET"`, `<p>CODE SECRET</p>`,
		strings.Replace(sentByHook, `"route":"a"`, `"route":"CODE SECRET"`, 1),
	} {
		service.does(func(w http.ResponseWriter, _ *http.Request) {
			asked, _ := service.last()
			_, _ = io.WriteString(w, strings.NewReplacer("CODE", asked.Data.Message.Code, "SECRET", secret).Replace(reply))
		})
		s.challenge(t, u, f)
		asked, times := service.last()
		if times != i+1 || asked.secret != secret {
			t.Fatalf("the hook was asked %d times, with %q", times, asked.secret)
		}
		s.secret.add(fmt.Sprint("passcode of the hook ", i), asked.Data.Message.Code)
	}
}
