package test

import (
	"fmt"
	"testing"
)

func TestEveryPageOfTheConsoleIsAccessible(t *testing.T) {
	for _, width := range []int64{1280, 390} {
		for _, scheme := range []string{"light", "dark"} {
			t.Run(fmt.Sprintf("%s-%d", scheme, width), func(t *testing.T) {
				c := startConsole(t, width)
				look := func(state string) {
					t.Helper()
					c.accessible(state)
					c.keep(state)
				}
				c.busyDay()
				c.page("/")
				c.scheme(scheme)
				c.sees("Username")
				look("sign-in")
				c.signIn()
				c.sees("Messages by hour")
				look("dashboard")
				c.page("/customizations/telephony-providers")
				c.sees("in the last 24 hours")
				look("providers")
				c.press("Actions of Telesign")
				c.sees("Set as primary")
				look("actions")
				c.page("/customizations/telephony-providers")
				c.press("Edit Twilio")
				c.sees("Account Info")
				look("edit")
				c.page("/customizations/telephony-providers")
				c.press("Send test with Twilio")
				c.fill("Telephone number", "+12025550199")
				c.press("Send test via SMS")
				c.sees("The message arrived on the phone.")
				look("test")
				c.page("/reports/system-log")
				c.sees("Receive SMS status")
				look("log")
				c.press("Receive SMS status")
				c.sees("debugData.deliveryId")
				c.sees("The carrier told")
				c.settled()
				look("event")
				c.page("/directory/people")
				c.sees("Ana Marín")
				look("people")
				c.press("Ana Marín")
				c.sees("asked for a text message")
				look("person")
				c.press("Reset " + "+1 202 555 0123")
				c.sees("no longer sign in with this phone")
				look("reset")
				c.page("/security/api-tokens")
				c.sees("bootstrap")
				look("tokens")
				c.obeyed()
			})
		}
	}
}

// busyDay makes something to look at: people, messages that arrive, and some that do not.
func (c *console) busyDay() {
	c.t.Helper()
	anas := c.person("Ana", "ana@example.com", ana)
	c.person("Ben", "ben@example.com", ben)
	factors := read[[]identified](c, "/api/v1/users/"+anas+"/factors")
	c.call("POST", "/api/v1/users/"+anas+"/factors/"+factors[0].ID+"/verify", "{}")
	for i := range 12 {
		number := fmt.Sprintf("+1202555%04d", 130+i)
		if i%4 == 3 {
			c.behave(number, `{"outcome":"undelivered"}`)
		}
		c.sendTest(number)
	}
}
