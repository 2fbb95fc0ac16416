package test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

func TestTheHelpDeskFindsAPersonTellsWhatHappenedAndHelps(t *testing.T) {
	c := startConsole(t, 1280)
	anas := c.person("Ana", "ana@example.com", ana)
	c.person("Ben", "ben@example.com", ben)
	c.call("POST", "/api/v1/users/"+anas, `{"credentials":{"password":{"value":"another horse battery staple"}}}`)
	if found := read[[]identified](c, "/api/v1/telephony/users?phoneNumber=%2B12025550123"); len(found) != 1 || found[0].ID != anas {
		t.Errorf("the number is of %v", found)
	}
	factor := read[[]identified](c, "/api/v1/users/"+anas+"/factors")[0].ID
	c.call("POST", "/api/v1/users/"+anas+"/factors/"+factor+"/verify", "{}")
	for range 10 { // wrong passwords in a row, which lock an account
		answer, err := http.Post(c.url+"/api/v1/authn", "application/json", strings.NewReader(`{"username":"ana@example.com","password":"wrong"}`))
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
	}
	c.page("/login")
	c.administrator("desk@example.com", "HELP_DESK_ADMIN")
	c.sees("What wants attention")
	c.sees("Accounts were locked after too many wrong passwords (1).")
	c.gone("API tokens")
	c.keep("dashboard")
	c.page("/security/api-tokens")
	c.sees("Your role does not open this page")
	c.keep("forbidden")

	c.page("/directory/people")
	c.press("Add person")
	c.sees("Only a super administrator may do this. Your role: Help desk administrator.")
	c.keep("why-not")
	for _, typed := range []string{"marín ana", "ANA@exa", "+1 (202) 555-0123"} {
		c.fill("Name, login or phone number", "nobody")
		c.sees("Nobody found")
		c.fill("Name, login or phone number", typed)
		c.sees("ana@example.com")
		c.gone("ben@example.com")
	}
	c.press("Ana Marín")
	c.sees("The message arrived on the phone.")
	c.sees("Ana Marín is locked out")
	c.accessible("locked")
	c.keep("locked")
	c.press("Unlock")
	c.sees("Make sure that it is really them who asks.")
	c.press("Unlock")
	c.gone("is locked out")
	c.press("Reset +1 202 555 0123")
	c.press("Reset")
	c.sees("No phone is set up.")
	c.keep("helped")
	c.obeyed()
}

func TestAReadOnlyAdministratorSeesEverythingAndIsToldWhyNothingCanBeChanged(t *testing.T) {
	c := startConsole(t, 390)
	c.page("/customizations/telephony-providers")
	c.administrator("look@example.com", "READ_ONLY_ADMIN")
	c.sees("Your role lets you look here")
	c.press("Send test with Twilio")
	c.sees("Only a super administrator may do this. Your role: Read-only administrator.")
	c.accessible("why-not")
	c.keep("why-not")
	c.do(chromedp.KeyEvent("\x1b"))
	c.press("Actions of Telesign")
	c.until(`[...document.querySelectorAll('[role=menuitem]')].every((e) => e.innerText.includes('Only a super administrator'))`)
	c.keep("actions")
	c.page("/security/api-tokens")
	c.press("Revoke bootstrap")
	c.sees("Only a super administrator may do this.")
	c.obeyed()
}

func TestATestIsSentByKeyboardAlone(t *testing.T) {
	c := startConsole(t, 1280)
	c.page("/login")
	c.until(`document.activeElement?.autocomplete === 'username'`)
	c.keys(c.admin, "\t", c.password, "\r")
	c.sees("What wants attention")
	c.tabTo("Search pages and people")
	c.keys("telephony")
	c.until(`document.querySelectorAll('[role=option]').length === 1`)
	c.keys("\r")
	c.until(`location.pathname === '/customizations/telephony-providers'`)
	c.sees("Send test")
	c.tabTo("Send test with Twilio")
	c.keys("\r")
	c.until(`document.activeElement?.type === 'tel'`)
	c.keys("+12025550177", "\r")
	c.sees("The message arrived on the phone.")
	c.keep("sent")
	c.keys("\x1b")
	c.gone("The message arrived on the phone.")
	c.until(`document.activeElement?.getAttribute('aria-label') === 'Send test with Twilio'`)
	c.obeyed()
}

// keys types, into whatever has the focus.
func (c *console) keys(texts ...string) {
	c.t.Helper()
	for _, text := range texts {
		c.do(chromedp.KeyEvent(text))
	}
}

// tabTo goes on with the Tab key until something with a name has the focus.
func (c *console) tabTo(name string) {
	c.t.Helper()
	there := fmt.Sprintf(`[document.activeElement?.getAttribute('aria-label'), document.activeElement?.innerText].includes(%s)`, quote(name))
	for range 60 {
		if eval[bool](c.browser, there) {
			return
		}
		c.keys("\t")
	}
	c.keep("failed")
	c.t.Fatalf("%s is not reached by the Tab key", name)
}
