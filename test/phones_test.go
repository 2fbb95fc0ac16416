package test

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"hookswitch/internal/simulator"
	"hookswitch/internal/ui"
)

const (
	ana    = "+12025550123"
	ben    = "+12025550124"
	sender = "+15005550006"
)

// phones is a simulator with the built page on a real listener.
type phones struct {
	t    *testing.T
	sim  *simulator.Simulator
	http *httptest.Server
}

func startPhones(t *testing.T, address string) *phones {
	t.Helper()
	pages, err := ui.Phones()
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	sim := simulator.New(simulator.Options{Pages: pages, Seed: 1})
	server := httptest.NewUnstartedServer(sim.Handler())
	_ = server.Listener.Close()
	server.Listener = listener
	server.Start()
	p := &phones{t, sim, server}
	t.Cleanup(p.stop)
	answer, err := http.Get(p.page())
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("the page answers %s; build it first: make build", answer.Status)
	}
	return p
}

func (p *phones) page() string { return p.http.URL + "/phones" }

func (p *phones) stop() {
	p.sim.Close()
	p.http.Close()
}

// twilio does what a customer of Twilio does: POST to a resource of the account.
func (p *phones) twilio(resource string, form url.Values) {
	p.t.Helper()
	known := simulator.DefaultCredentials()
	form.Set("From", sender)
	address := p.http.URL + "/2010-04-01/Accounts/" + known.TwilioAccountSID + "/" + resource + ".json"
	request, err := http.NewRequest(http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		p.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.SetBasicAuth(known.TwilioAccountSID, known.TwilioAuthToken)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		p.t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusCreated {
		body, _ := io.ReadAll(answer.Body)
		p.t.Fatalf("%s: %s %s", resource, answer.Status, body)
	}
}

func (p *phones) get(path string) string {
	p.t.Helper()
	answer, err := http.Get(p.http.URL + path)
	if err != nil {
		p.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return string(body)
}

func (p *phones) text(to, body string) {
	p.t.Helper()
	p.twilio("Messages", url.Values{"To": {to}, "Body": {body}})
}

func (p *phones) call(to, twiml string) {
	p.t.Helper()
	p.twilio("Calls", url.Values{"To": {to}, "Twiml": {twiml}, "SendDigits": {"ww1234"}})
}

// menu is a call that reads a code and waits for a key, whose answer is another document.
func menu(t *testing.T) (twiml string, pressed <-chan string) {
	keys := make(chan string, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		keys <- r.FormValue("Digits")
		w.Header().Set("Content-Type", "text/xml")
		_, _ = io.WriteString(w, `<Response><Say language="en-US">Thank you for pressing a key.</Say><Pause length="30"/></Response>`)
	}))
	t.Cleanup(server.Close)
	return `<Response><Gather numDigits="1" timeout="60" action="` + server.URL + `">` +
		`<Say language="en-US">Your Acme code is</Say><Pause length="1"/><Say language="en-US">4. 8. 1. 5. 1. 6.</Say>` +
		`</Gather></Response>`, keys
}

func TestSMSAppearsAsABubbleWithItsCodeToCopy(t *testing.T) {
	p := startPhones(t, "127.0.0.1:0")
	b := openBrowser(t, 1280, 800)
	b.open(p.page())
	b.sees("Your phones will ring here")

	p.text(ana, "Your Acme code is 481516. Do not share it.")
	b.sees("+1 202 555 0123")
	b.sees("Do not share it.")
	b.do(chromedp.Evaluate[chromedp.Void](`navigator.clipboard.writeText = async (text) => { window.copied = text }`))
	b.click("Copy the code 481516")
	b.until(`window.copied === '481516'`)
	b.keep("bubble")
	b.obeyed()
}

func TestNewestActivityIsFollowedUntilAPhoneIsChosen(t *testing.T) {
	p := startPhones(t, "127.0.0.1:0")
	b := openBrowser(t, 1280, 800)
	b.open(p.page())
	open := func(number string) string {
		return fmt.Sprintf(`document.querySelector('section[aria-label="Phone %s"]') !== null`, number)
	}
	p.text(ana, "first")
	b.until(open(ana))
	p.text(ben, "second")
	b.until(open(ben))
	b.click("Calls")
	p.text(ana, "third")
	b.sees("1 unread")
	if !eval[bool](b, open(ben)) {
		t.Error("the phone that was touched must stay on the screen")
	}
}

func TestCallRingsAndIsAnsweredSpokenAndTakesAKey(t *testing.T) {
	p := startPhones(t, "127.0.0.1:0")
	b := openBrowser(t, 1280, 800)
	b.open(p.page())
	b.sees("Your phones will ring here")
	twiml, pressed := menu(t)

	p.call(ana, twiml)
	b.sees("Incoming call")
	b.sees("Extension 1234")
	b.sees("Answers by itself")
	b.keep("rings")
	b.click("Answer")
	b.sees("Your Acme code is")
	b.until(`window.spoken.includes('en-US: 4. 8. 1. 5. 1. 6.')`)
	b.sees("The call waits: press a key")
	b.keep("answered")
	b.click("5")
	if key := <-pressed; key != "5" {
		t.Errorf("the caller got the keys %q", key)
	}
	b.until(`window.spoken.includes('en-US: Thank you for pressing a key.')`)
	b.click("Hang up")
	b.click("Copy the code 4. 8. 1. 5. 1. 6")
	b.obeyed()
}

func TestKeyboardPressesTheKeysOfACall(t *testing.T) {
	p := startPhones(t, "127.0.0.1:0")
	b := openBrowser(t, 1280, 800)
	b.open(p.page())
	b.sees("Your phones will ring here")
	twiml, pressed := menu(t)
	p.call(ana, twiml)
	b.click("Answer")
	b.sees("The call waits: press a key")
	b.do(chromedp.KeyEvent("7"))
	if key := <-pressed; key != "7" {
		t.Errorf("the caller got the keys %q", key)
	}
}

func TestDeclinedAndMissedCallsAreListed(t *testing.T) {
	p := startPhones(t, "127.0.0.1:0")
	b := openBrowser(t, 390, 844)
	b.open(p.page())
	b.sees("Your phones will ring here")
	p.call(ana, `<Response><Say>Hello</Say></Response>`)
	b.click("Decline")
	b.until(`!document.body.innerText.includes('Incoming call')`)
	p.twilio("Calls", url.Values{"To": {ana}, "Twiml": {`<Response><Say>Hello</Say></Response>`}, "Timeout": {"2"}})
	b.do(chromedp.Click(chromedp.CSS(`nav li button`)))
	b.click("Let it ring")
	b.sees("1 missed call")
	b.click("Calls")
	b.sees("Declined or busy")
	b.sees("Missed call")
	b.keep("calls")
}

func TestReplyAndBehaviorReachTheSimulator(t *testing.T) {
	p := startPhones(t, "127.0.0.1:0")
	b := openBrowser(t, 1280, 800)
	b.open(p.page())
	p.text(ana, "Your code is 481516.")
	b.click("Reply STOP")
	b.until(`[...document.querySelectorAll('[role=log] [data-typed-here]')].some((e) => e.innerText.startsWith('STOP'))`)
	b.do(chromedp.SendKeys(chromedp.CSS(`section[aria-labelledby="behavior"] select`), "met"))
	b.sees("Calls meet a busy line.")
	if got := p.get("/phones/" + ana + "/behavior"); !strings.Contains(got, `"outcome":"busy"`) {
		t.Errorf("the simulator has %s", got)
	}
	b.click("Clear this phone")
	b.click("Delete them")
	b.sees("No messages yet.")
}

func TestPageTellsThatTheStreamIsLostAndComesBackByItself(t *testing.T) {
	p := startPhones(t, "127.0.0.1:0")
	b := openBrowser(t, 1280, 800)
	b.open(p.page())
	b.sees("Your phones will ring here")
	address := p.http.Listener.Addr().String()
	p.stop()
	b.sees("No connection to the simulator.")
	b.keep("lost")
	again := startPhones(t, address)
	again.text(ben, "Back again: 481516")
	b.until(`!document.body.innerText.includes('No connection to the simulator.')`)
	b.sees("Back again:")
}

func TestHostileTextIsShownAsText(t *testing.T) {
	p := startPhones(t, "127.0.0.1:0")
	b := openBrowser(t, 1280, 800)
	b.open(p.page())
	hostile := `<img src=x onerror="window.owned=1"><script>window.owned=1</script>{{count}} $t(title)`
	p.text(ana, hostile)
	b.sees(hostile)
	p.call(ana, `<Response><Say>&lt;img src=x onerror="window.owned=1"&gt;</Say></Response>`)
	b.click("Answer")
	b.sees(`<img src=x onerror="window.owned=1">`)
	if eval[bool](b, "window.owned === 1") {
		t.Error("the text of a message ran as a script")
	}
	b.obeyed()
}

func TestEveryStateOfThePageIsAccessible(t *testing.T) {
	for _, width := range []int64{1280, 390} {
		for _, scheme := range []string{"light", "dark"} {
			t.Run(fmt.Sprintf("%s-%d", scheme, width), func(t *testing.T) {
				p := startPhones(t, "127.0.0.1:0")
				b := openBrowser(t, width, 844)
				b.open(p.page())
				b.scheme(scheme)
				look := func(state string) {
					t.Helper()
					b.accessible(state)
					b.keep(state)
				}
				b.sees("Your phones will ring here")
				look("empty")
				p.text(ana, "Your Acme code is 481516.")
				b.sees("481516")
				look("list")
				b.do(chromedp.Click(chromedp.CSS(`nav li button`)))
				b.click("Reply STOP")
				b.sees("START")
				look("messages")
				b.click("Lock screen")
				look("lock")
				twiml, _ := menu(t)
				p.call(ana, twiml)
				b.click("Let it ring")
				b.sees("The caller gives up")
				look("rings")
				b.click("Answer")
				b.sees("Your Acme code is")
				look("call")
				b.click("Hang up")
				b.click("Calls")
				look("calls")
				if width < 768 {
					b.click("All phones")
				}
				b.click("Journal")
				b.sees("Every request to the carriers")
				look("journal")
			})
		}
	}
}
