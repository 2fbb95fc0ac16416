package test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
)

// choose takes an entry of the select with a label.
func (c *console) choose(label, value string) {
	c.t.Helper()
	c.until(fmt.Sprintf(`(() => {
		const select = [...document.querySelectorAll('select')].findLast((e) => e.checkVisibility() && e.labels?.[0]?.innerText.trim() === %s)
		if (!select || ![...select.options].some(({ value }) => value === %[2]s)) return false
		Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value').set.call(select, %[2]s)
		select.dispatchEvent(new Event('change', { bubbles: true }))
		return true
	})()`, quote(label), quote(value)))
}

// quiet deactivates every provider, the primary last, and answers the id of that one.
func (c *console) quiet() string {
	c.t.Helper()
	all := read[[]identified](c, providerPath)
	for i := range all {
		c.call("POST", providerPath+"/"+all[len(all)-1-i].ID+"/lifecycle/deactivate", "")
	}
	return all[0].ID
}

// hook adds a hook as a script would.
func (c *console) hook(uri string) inlineHook {
	c.t.Helper()
	body, err := json.Marshal(hookBody(uri))
	if err != nil {
		c.t.Fatal(err)
	}
	var made inlineHook
	if err := json.Unmarshal([]byte(c.call("POST", hooksPath, string(body))), &made); err != nil {
		c.t.Fatal(err)
	}
	return made
}

func TestAHookIsAddedTriedAndCarriesTheMessages(t *testing.T) {
	c, service := openConsole(t, 1280), startWebService(t)
	service.answers(sentByHook)
	anas := c.person("Ana", "ana@example.com", ana)
	c.page("/workflow/inline-hooks")
	c.sees("No hook yet")
	c.sees("Twilio and Telesign are active, so no hook can be")
	c.keep("first")

	// A URL that will never be called is refused beside its field, and nothing typed is lost.
	c.press("Add inline hook")
	c.sees("It stays inactive for now, because Twilio is active.")
	c.fill("Name", "My <b>service</b>")
	c.fill("URL", "http://198.51.100.7/otp")
	c.fill("Secret", "hook-secret")
	c.press("Add a header")
	c.fill("Name of header 1", "X-Region")
	c.fill("Value of header 1", "eu")
	c.press("Add inline hook")
	c.sees("It cannot be called")
	c.keep("refused")
	c.fill("URL", service.URL)
	c.press("Add inline hook")
	c.sees("but Twilio carries the messages")
	c.sees("My <b>service</b>")

	// The exchange is shown as it was, without the secret.
	c.press("Preview My <b>service</b>")
	c.press("Send the preview")
	c.sees("A real message would count as delivered.")
	c.sees(`"transactionId": "SM49"`)
	c.keep("preview")
	if asked, times := service.last(); times != 1 || asked.secret != "hook-secret" || asked.Data.Message.Phone != "+12025550142" {
		t.Errorf("asked %d times: %+v", times, asked)
	}
	if eval[bool](c.browser, `document.body.innerText.includes('hook-secret')`) {
		t.Error("the secret can be read on the page")
	}
	service.does(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) })
	c.press("Send the preview")
	c.sees("HTTP status 500")
	c.keep("preview-failed")
	c.fill("Request", "{")
	c.press("Send the preview")
	c.sees("This is no JSON object")
	c.click("Close")
	c.gone("This is no JSON object")

	// While providers carry the messages it cannot be activated, and says why.
	c.press("Actions of My <b>service</b>")
	c.sees("Twilio is active. Deactivate the telephony providers first.")
	c.keep("why")
	twilio := c.quiet()
	service.answers(sentByHook)
	c.page("/workflow/inline-hooks")
	c.press("Actions of My <b>service</b>")
	c.press("Activate")
	c.sees("Carries every message.")
	c.choose("Fallback provider", twilio)
	c.press("Also after a time-out")
	c.press("Save")
	c.sees("Saved.")
	c.keep("active")
	is := read[struct {
		FallbackProviderID string
		AcceptDuplicates   bool
	}](c, fallbackPath)
	if is.FallbackProviderID != twilio || !is.AcceptDuplicates {
		t.Errorf("%+v", is)
	}
	c.challenge(anas)
	if asked, _ := service.last(); asked.Data.Message.Phone != ana {
		t.Errorf("the message went elsewhere: %+v", asked)
	}

	// The providers say what excludes them, and lead to it.
	c.page("/customizations/telephony-providers")
	c.sees("carries every message, so no telephony provider can be active")
	c.press("Actions of Twilio")
	c.sees("Deactivate it first.")
	c.sees("It takes over when the inline hook fails.")
	c.keep("excluded")
	c.page("/customizations/telephony-providers")
	c.sees("carries every message, so no telephony provider can be active")
	c.press("Inline Hooks")

	c.press("Actions of My <b>service</b>")
	c.sees("An active hook cannot be deleted.")
	c.press("Deactivate")
	c.sees("No passcode can be sent by SMS or call")
	c.press("Deactivate")
	c.sees("sends nothing until it is activated")
	c.press("Actions of My <b>service</b>")
	c.press("Delete")
	c.press("I understand that this cannot be undone")
	c.keep("delete")
	c.press("Delete")
	c.sees("No hook yet")
	c.obeyed()
}

func TestTheSecondAdministratorOfAHookIsTold(t *testing.T) {
	c := openConsole(t, 1280)
	made := c.hook("http://127.0.0.1:9/otp")
	c.page("/workflow/inline-hooks")
	c.press("Edit My service")
	c.fill("Name", "Mine")
	c.call("POST", hooksPath+"/"+made.ID, `{"name":"Theirs","channel":{"config":{"headers":[]}}}`)
	c.press("Save")
	c.sees("Somebody else saved this")
	c.sees("Name: Theirs")
	c.keep("told")
	name := func() string { return read[struct{ Name string }](c, hooksPath+"/"+made.ID).Name }
	if got := name(); got != "Theirs" {
		t.Errorf("it was overwritten unasked by %q", got)
	}
	c.press("Save mine over it")
	c.gone("Somebody else saved this")
	c.sees("Mine")
	if got := name(); got != "Mine" {
		t.Errorf("saved is %q", got)
	}

	// What follows when it fails is changed by two as well.
	telesign := read[[]identified](c, providerPath)[1].ID
	c.press("Fallback provider")
	c.choose("Fallback provider", telesign)
	c.call("PUT", fallbackPath, `{"fallbackProviderId":"`+read[[]identified](c, providerPath)[0].ID+`","acceptDuplicates":true}`)
	c.press("Save")
	c.sees("Somebody else saved this")
	c.press("Load what they saved")
	c.gone("Somebody else saved this")
	if got := c.call("GET", fallbackPath, ""); !strings.Contains(got, `"acceptDuplicates":true`) {
		t.Errorf("it was overwritten: %s", got)
	}
	c.obeyed()
}

func TestThePageOfHooksIsAccessible(t *testing.T) {
	for _, width := range []int64{1280, 390} {
		t.Run(strconv.FormatInt(width, 10), func(t *testing.T) {
			c, service := openConsole(t, width), startWebService(t)
			service.answers(`{"error":{"errorSummary":"No credit left"}}`)
			var made inlineHook
			for _, scheme := range []string{"light", "dark"} {
				look := func(state string) {
					t.Helper()
					c.accessible(state)
					c.keep(state + "-" + scheme)
				}
				if made.ID != "" {
					c.call("DELETE", hooksPath+"/"+made.ID, "")
				}
				c.scheme(scheme)
				c.page("/workflow/inline-hooks")
				c.sees("No hook yet")
				c.sees("so no hook can be")
				look("first")
				made = c.hook(service.URL)
				c.page("/workflow/inline-hooks")
				c.sees("When the hook fails")
				c.sees("but Twilio carries the messages")
				look("list")
				c.press("Edit My service")
				c.sees("How your service knows us")
				look("edit")
				c.page("/workflow/inline-hooks")
				c.press("Preview My service")
				c.press("Send the preview")
				c.sees("An error counts before any command")
				look("preview")
			}
			c.obeyed()
		})
	}
}
