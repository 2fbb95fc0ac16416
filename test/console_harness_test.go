package test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// console is the Admin Console of a running demo, as somebody at a browser has it.
type console struct {
	*browser

	url, phones, token string
	admin, password    string
}

// startConsole starts a demo with its own database, carriers and browser. Nobody is signed in.
func startConsole(t *testing.T, width int64) *console {
	t.Helper()
	data := t.TempDir()
	demo, err := launch("sqlite:"+filepath.Join(data, "hookswitch.db"), data)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := demo.stop(); err != nil {
			t.Error(err)
		}
	})
	text, err := os.ReadFile(filepath.Join(data, "dev-credentials.json"))
	if err != nil {
		t.Fatal(err)
	}
	var made struct{ URL, Token, AdminPassword string }
	if err := json.Unmarshal(text, &made); err != nil {
		t.Fatal(err)
	}
	return &console{
		browser: openBrowser(t, width, 900), url: made.URL, phones: demo.exports["PHONES"],
		token: made.Token, admin: "admin@example.com", password: made.AdminPassword,
	}
}

// openConsole is startConsole with the administrator signed in.
func openConsole(t *testing.T, width int64) *console {
	t.Helper()
	c := startConsole(t, width)
	c.open(c.url + "/login")
	c.signIn()
	c.sees("What wants attention")
	return c
}

func (c *console) signIn() {
	c.t.Helper()
	c.fill("Username", c.admin)
	c.fill("Password", c.password)
	c.click("Sign in")
}

// page opens a page of the console by its path.
func (c *console) page(path string) {
	c.t.Helper()
	c.open(c.url + path)
}

// fill types into the field with a label, in place of what is there.
func (c *console) fill(label, text string) {
	c.t.Helper()
	field := fmt.Sprintf(`(() => {
		const clean = (s) => s?.replace(/\s*\*$/, '').trim()
		const field = [...document.querySelectorAll('input, select, textarea')].findLast((e) => e.checkVisibility() &&
			(clean(e.labels?.[0]?.innerText) === %[1]s || e.getAttribute('aria-label') === %[1]s))
		if (!field) return false
		field.focus()
		field.select?.()
		return true
	})()`, quote(label))
	c.until(field)
	if text == "" {
		text = "\b"
	}
	c.do(chromedp.KeyEvent(text))
}

// press clicks what bears a name and stands still: a button, a link, an entry of a menu, a choice. What moves away under
// the mouse is clicked again, as a person would.
func (c *console) press(name string) {
	c.t.Helper()
	at := fmt.Sprintf(`(() => {
		const named = (e) => (e.getAttribute('aria-label') ?? e.innerText).split('\n').some((line) => line.trim() === %s)
		const found = [...document.querySelectorAll('button, a, [role=menuitem], [role=option], summary, label')]
			.findLast((e) => named(e) && e.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
		if (!found || found.disabled) return false
		found.scrollIntoView({ block: 'center', behavior: 'instant' })
		const { x, y, width, height } = found.getBoundingClientRect()
		const still = found.stood === x + ',' + y
		found.stood = x + ',' + y
		window.target = { x: x + width / 2, y: y + height / 2 }
		if (!still || !found.contains(document.elementFromPoint(window.target.x, window.target.y))) return false
		window.pressed = false
		document.addEventListener('click', (e) => { window.pressed = e.composedPath().includes(found) }, { capture: true, once: true })
		return true
	})()`, quote(name))
	for range 5 {
		c.until(at)
		point := eval[struct{ X, Y float64 }](c.browser, "window.target")
		c.do(chromedp.MouseClickXY(point.X, point.Y))
		if eval[bool](c.browser, "window.pressed !== false") { // undefined: it led to another document
			return
		}
	}
	c.keep("failed")
	c.t.Fatalf("%s cannot be clicked: it never stands still", name)
}

// gone waits until a text can no longer be read on the page.
func (c *console) gone(text string) {
	c.t.Helper()
	c.until(fmt.Sprintf("!document.body.innerText.includes(%s)", quote(text)))
}

// call is a request to the API with the token of the demo; it answers the body.
func (c *console) call(method, path, body string) string {
	c.t.Helper()
	request, err := http.NewRequest(method, c.url+path, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	request.Header.Set("Authorization", "SSWS "+c.token)
	request.Header.Set("Content-Type", "application/json")
	return c.answer(request)
}

func (c *console) answer(request *http.Request) string {
	c.t.Helper()
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		c.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode >= 300 {
		c.t.Fatalf("%s %s: %s %s %v", request.Method, request.URL.Path, answer.Status, text, err)
	}
	return string(text)
}

// read is a GET of the API.
func read[T any](c *console, path string) T {
	c.t.Helper()
	var value T
	if err := json.Unmarshal([]byte(c.call("GET", path, "")), &value); err != nil {
		c.t.Fatal(err)
	}
	return value
}

// holds makes requests of the page wait until release, for what is to be seen meanwhile. Call it before the page opens.
func (c *console) holds(path string) (release func()) {
	c.t.Helper()
	_, err := chromedp.Call(c.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: fmt.Sprintf(`(() => {
		const ask = window.fetch
		const released = new Promise((release) => { window.release = release })
		window.fetch = async (request, options) => {
			if (new URL(request.url ?? request, location).href.includes(%s)) {
				await Promise.race([released, new Promise((_, fail) =>
					request.signal?.addEventListener('abort', () => fail(request.signal.reason)))])
			}
			return ask(request, options)
		}
	})()`, quote(path))})
	if err != nil {
		c.t.Fatal(err)
	}
	return func() {
		c.t.Helper()
		eval[bool](c.browser, "(window.release(), true)")
	}
}

// saves makes the page note what it would hand over as a download, as window.saved.
func (c *console) saves() {
	c.t.Helper()
	eval[bool](c.browser, `(() => {
		const make = URL.createObjectURL
		URL.createObjectURL = (file) => {
			file.text().then((text) => { window.saved = text })
			return make(file)
		}
		return true
	})()`)
}

// settled waits until the rows of the log stand below one another: a row that grew moves the ones below it a frame later.
func (c *console) settled() {
	c.t.Helper()
	c.until(`(() => {
		const rows = [...document.querySelectorAll('[role=feed] > article')].map((e) => e.getBoundingClientRect())
		rows.sort((a, b) => a.top - b.top)
		return rows.length > 0 && rows.every((row, i) => i === 0 || rows[i - 1].bottom <= row.top + 1)
	})()`)
}

type identified struct{ ID string }

// person adds somebody with a phone that is set up.
func (c *console) person(first, login, number string) string {
	c.t.Helper()
	var made identified
	profile := fmt.Sprintf(`{"profile":{"firstName":%s,"lastName":"Marín","login":%s,"email":%[2]s}}`, quote(first), quote(login))
	if err := json.Unmarshal([]byte(c.call("POST", "/api/v1/users", profile)), &made); err != nil {
		c.t.Fatal(err)
	}
	c.phone(made.ID, number)
	return made.ID
}

// phone sets a phone up for somebody, and answers the factor's id.
func (c *console) phone(userID, number string) string {
	c.t.Helper()
	var made identified
	factor := fmt.Sprintf(`{"factorType":"sms","provider":"OKTA","profile":{"phoneNumber":%s}}`, quote(number))
	if err := json.Unmarshal([]byte(c.call("POST", "/api/v1/users/"+userID+"/factors?activate=true", factor)), &made); err != nil {
		c.t.Fatal(err)
	}
	return made.ID
}

// behave tells a simulated phone how to behave.
func (c *console) behave(number, behavior string) {
	c.t.Helper()
	request, err := http.NewRequest(http.MethodPut, c.phones+"/phones/"+number+"/behavior", strings.NewReader(behavior))
	if err != nil {
		c.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	c.answer(request)
}

// code waits for the next code on a simulated phone.
func (c *console) code(number string) string {
	c.t.Helper()
	request, err := http.NewRequest(http.MethodGet, c.phones+"/phones/"+number+"/messages/latest?wait=20s", nil)
	if err != nil {
		c.t.Fatal(err)
	}
	var message struct{ Code string }
	if err := json.Unmarshal([]byte(c.answer(request)), &message); err != nil {
		c.t.Fatal(err)
	}
	return message.Code
}

// sendTest sends a test by a provider, as a script would.
func (c *console) sendTest(number string) {
	c.t.Helper()
	for _, p := range read[[]identified](c, "/api/v1/telephony-providers")[:1] {
		c.call("POST", "/api/v1/telephony-providers/"+p.ID+"/test", `{"factor":"SMS","phoneNumber":"`+number+`"}`)
	}
}
