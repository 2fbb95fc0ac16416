package test

import (
	"strings"
	"testing"
)

func TestSigningInReturnsToWhereOneWas(t *testing.T) {
	c := startConsole(t, 1280)
	c.page("/reports/system-log?range=1h")
	c.fill("Username", c.admin)
	c.fill("Password", "wrong password")
	c.click("Sign in")
	c.sees("Check the login and the password.")
	c.fill("Password", c.password)
	c.click("Sign in")
	c.sees("Everything that happened")
	c.until(`location.pathname + location.search === '/reports/system-log?range=1h'`)
	c.obeyed()
}

func TestACodeIsAskedForWhereThereIsAPhone(t *testing.T) {
	c := startConsole(t, 1280)
	for _, u := range read[[]identified](c, "/api/v1/users") {
		c.phone(u.ID, ana)
	}
	c.page("/login")
	c.signIn()
	c.press("Text a code to +1 XXX-XXX-0123")
	code := c.code(ana)
	c.fill("Code", wrongCode(code))
	c.click("Verify")
	c.sees("That is not the code.")
	c.keep("wrong-code")
	c.fill("Code", code)
	c.click("Verify")
	c.sees("What wants attention")
}

func TestNothingTypedIsLostWhenTheSessionEnds(t *testing.T) {
	c := openConsole(t, 1280)
	c.page("/customizations/telephony-providers")
	c.press("Edit Twilio")
	c.fill("Account SID", "AC000000000000000000000000000000ff")
	for _, u := range read[[]identified](c, "/api/v1/users") {
		c.call("DELETE", "/api/v1/users/"+u.ID+"/sessions", "")
	}
	c.press("Save")
	c.sees("Your session has ended")
	c.keep("ended")
	c.fill("Password", c.password)
	c.press("Sign in")
	c.gone("Your session has ended")
	c.gone("You are not signed in any more")
	c.sees("You are signed in again")
	c.press("Save")
	c.gone("Edit Twilio")
	if got := c.call("GET", "/api/v1/telephony-providers", ""); !strings.Contains(got, "AC000000000000000000000000000000ff") {
		t.Errorf("what was typed was not saved: %s", got)
	}
}

func TestTheLogGoesOnWhenItsReaderIsBack(t *testing.T) {
	c := openConsole(t, 1280)
	c.page("/reports/system-log")
	c.sees("User sign-in")
	for _, u := range read[[]identified](c, "/api/v1/users") {
		c.call("DELETE", "/api/v1/users/"+u.ID+"/sessions", "")
	}
	c.press("Refresh")
	c.sees("Your session has ended")
	c.fill("Password", c.password)
	c.press("Sign in")
	c.gone("Your session has ended")
	c.gone("You are not signed in any more")
	c.sees("User sign-in")
}

func TestWhatTheServerRefusesIsToldBesideItsField(t *testing.T) {
	c := openConsole(t, 1280)
	c.page("/customizations/telephony-providers")
	c.press("Edit Twilio")
	c.fill("Account SID", "nonsense")
	c.press("Save")
	c.sees("Must be a Twilio account SID")
	if value := eval[string](c.browser, `document.querySelector('input[aria-invalid=true]').value`); value != "nonsense" {
		t.Errorf("the field beside the error has %q", value)
	}
}

func TestSecondAdministratorIsToldWhatTheFirstChanged(t *testing.T) {
	c := openConsole(t, 1280)
	c.page("/customizations/telephony-providers")
	c.press("Edit Twilio")
	c.fill("Account SID", "AC00000000000000000000000000000022")
	twilio := read[[]identified](c, "/api/v1/telephony-providers")[0].ID
	c.call("PATCH", "/api/v1/telephony-providers/"+twilio, `{"providerSid":"AC00000000000000000000000000000011"}`)
	c.press("Save")
	c.sees("Somebody else saved this while you were editing")
	c.sees("AC00000000000000000000000000000011")
	c.keep("changed")
	c.accessible("changed")
	c.press("Save mine over it")
	c.gone("Somebody else saved this")
	if got := c.call("GET", "/api/v1/telephony-providers/"+twilio, ""); !strings.Contains(got, "AC00000000000000000000000000000022") {
		t.Errorf("stored is %s", got)
	}
}

func TestProviderIsDeletedOnlyWhenItIsInactiveAndTicked(t *testing.T) {
	c := openConsole(t, 1280)
	c.page("/customizations/telephony-providers")
	c.press("Actions of Twilio")
	c.sees("The primary provider cannot be deactivated while Telesign is active.")
	c.page("/customizations/telephony-providers")
	c.press("Actions of Telesign")
	c.press("Deactivate")
	c.sees("nobody will take over")
	c.press("Deactivate")
	c.sees("Inactive")
	c.press("Actions of Telesign")
	c.press("Delete")
	c.until(`[...document.querySelectorAll('[role=dialog] button')].some((b) => b.innerText === 'Delete' && b.disabled)`)
	c.press("I understand that this cannot be undone")
	c.press("Delete")
	c.sees("Add Telesign")
}

func TestHostileNameIsShownAsText(t *testing.T) {
	c := openConsole(t, 1280)
	hostile := `<img src=x onerror="window.owned=1">{{count}}`
	id := c.person(hostile, "eve@example.com", ben)
	for _, path := range []string{"/directory/people", "/directory/people/" + id, "/reports/system-log"} {
		c.page(path)
		c.sees(hostile)
	}
	if eval[bool](c.browser, "window.owned === 1") {
		t.Error("a name ran as a script")
	}
	c.obeyed()
}
