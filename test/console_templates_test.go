package test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

const wordsOfSignIn = "/api/v1/templates/messages/sign-in"

type words struct {
	Source       string
	Template     string
	Translations map[string]string
}

// latest is the text that a phone got last.
func (c *console) latest(number string) string {
	c.t.Helper()
	request, err := http.NewRequest(http.MethodGet, c.phones+"/phones/"+number+"/messages/latest?wait=20s", http.NoBody)
	if err != nil {
		c.t.Fatal(err)
	}
	return c.answer(request)
}

// challenge sends a passcode for signing in to the only phone of somebody.
func (c *console) challenge(userID string) {
	c.t.Helper()
	factors := read[[]identified](c, "/api/v1/users/"+userID+"/factors")
	c.call("POST", "/api/v1/users/"+userID+"/factors/"+factors[0].ID+"/verify", "{}")
}

func TestAnAdministratorWritesWhatMessagesSay(t *testing.T) {
	c := startConsole(t, 1280)
	anas := c.person("Ana", "ana@example.com", ana)
	c.page("/customizations/sms")
	c.signIn()
	c.sees("48 languages")
	c.keep("purposes")
	c.press("Sign-in")
	c.sees("of 160 characters")

	// A text with typography that costs a segment is told before it is saved, and repaired.
	hostile := `${org.name} <b onclick="x">“code”</b>: ${code}`
	c.fill("Text in English", hostile)
	c.sees("UCS-2")
	c.sees("Not in the GSM-7 alphabet, so there is room for 70 characters only:")
	c.keep("ucs2")
	c.press("Replace by plain characters")
	c.sees("GSM-7")
	arrives := `<b onclick="x">"code"</b>: 123456`
	c.sees(arrives) // on the drawn phone, as text
	c.fill("Text in English", "Hello")
	c.sees("nobody would get a passcode")
	c.sees("Not good to save yet:")
	c.keep("refused")
	c.press("Insert ${code}")
	c.gone("nobody would get a passcode")
	c.fill("Text in English", `Acme <b>"code"</b>: ${code}`)
	c.press("Save")
	c.sees("Saved. The next message has these words.")
	now := read[words](c, wordsOfSignIn)
	if now.Source != "CUSTOM" || now.Template != `Acme <b>"code"</b>: ${code}` || len(now.Translations) != 47 {
		t.Errorf("%s %q in %d more languages", now.Source, now.Template, len(now.Translations))
	}
	c.challenge(anas)
	if got := c.latest(ana); !strings.Contains(got, `Acme \u003cb\u003e\"code\"\u003c/b\u003e: `) && !strings.Contains(got, `Acme <b>\"code\"</b>: `) {
		t.Errorf("the phone got %s", got)
	}

	// Languages: one that is read from the right, one that is removed, one that is added.
	c.press("Arabic")
	c.sees("Text in Arabic")
	if dir := eval[string](c.browser, "document.querySelector('textarea').dir"); dir != "rtl" {
		t.Errorf("Arabic is written %q", dir)
	}
	c.keep("arabic")
	c.press("Remove Arabic")
	c.press("Remove")
	c.press("Keep only what I wrote")
	c.press("Add a language")
	c.sees("It begins with the default words")
	c.do(chromedp.Evaluate[chromedp.Void](`(() => {
		const select = [...document.querySelectorAll('select')].findLast((e) => e.checkVisibility())
		Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value').set.call(select, 'ja')
		select.dispatchEvent(new Event('change', { bubbles: true }))
	})()`))
	c.sees("ログインコード")
	c.keep("add")
	c.press("Add")
	c.sees("Text in Japanese")
	c.press("Save")
	c.sees("Saved. The next message has these words.")
	now = read[words](c, wordsOfSignIn)
	if len(now.Translations) != 1 || !strings.Contains(now.Translations["ja"], "${code}") {
		t.Errorf("%+v", now.Translations)
	}

	c.press("Reset to default")
	c.sees("Your words are forgotten in every language")
	c.keep("reset")
	c.click("Cancel")
	c.press("Reset to default")
	c.sees("Your words are forgotten in every language")
	c.press("Reset to default")
	c.sees("Somebody sets up a phone")
	if now = read[words](c, wordsOfSignIn); now.Source != "DEFAULT" {
		t.Errorf("after the reset they are %s", now.Source)
	}
	c.obeyed()
}

func TestTheSecondAdministratorIsToldAndNothingTypedIsLost(t *testing.T) {
	c := startConsole(t, 1280)
	c.page("/customizations/sms/sms/sign-in")
	c.signIn()
	c.sees("of 160 characters")
	c.fill("Text in English", "Mine: ${code}")
	c.call("PUT", wordsOfSignIn, `{"template":"Theirs: ${code}"}`)
	c.press("Save")
	c.sees("Somebody else saved this")
	c.sees("Theirs: ${code}")
	c.keep("told")
	if now := read[words](c, wordsOfSignIn); now.Template != "Theirs: ${code}" {
		t.Errorf("it was overwritten unasked: %q", now.Template)
	}

	// The session ends before the decision: what was typed survives signing in again.
	eval[bool](c.browser, `fetch('/api/v1/sessions/me', { method: 'DELETE' }).then(({ ok }) => ok)`)
	c.press("Save mine over it")
	c.sees("Your session has ended")
	c.fill("Password", c.password)
	c.click("Sign in")
	c.gone("Your session has ended")
	c.press("Save mine over it")
	c.sees("Saved. The next message has these words.")
	if now := read[words](c, wordsOfSignIn); now.Template != "Mine: ${code}" {
		t.Errorf("saved is %q", now.Template)
	}

	// Leaving asks.
	c.fill("Text in English", "More: ${code}")
	c.press("System Log")
	c.sees("Discard your changes?")
	c.press("Cancel")
	c.gone("Discard your changes?")
	c.sees("1 language is not saved")

	// A template for every purpose, whose refusal stands beside its field.
	c.press("Discard")
	c.page("/customizations/sms/template/new")
	c.sees("of 160 characters")
	c.press("Add a template")
	c.sees("The template needs a name.")
	c.fill("Name", "For all")
	c.press("Add a template")
	c.sees("Serves every purpose without words of its own.")
	c.keep("every")
	c.obeyed()
}

func TestACallIsHeardBeforeItIsSaved(t *testing.T) {
	c := startConsole(t, 1280)
	c.page("/customizations/sms?channel=call")
	c.signIn()
	c.press("Password reset")
	c.fill("Sentence in English", "To reset your password at ${org.name}, say ${code}.")
	c.sees("To reset your password at Hookswitch, say")
	c.press("Play")
	c.until("window.spoken.length >= 3")
	c.keep("play")
	c.until("window.spoken.length >= 7") // the sentence and six digits
	spoken := eval[[]string](c.browser, "window.spoken")
	if !slices.Equal(spoken[:4], []string{"en: To reset your password at Hookswitch, say", "en: 1", "en: 2", "en: 3"}) {
		t.Errorf("said %q", spoken)
	}
	c.press("Save")
	c.sees("Saved. The next message has these words.")
	if now := read[words](c, "/api/v1/templates/calls/password-reset"); now.Source != "CUSTOM" {
		t.Errorf("%+v", now)
	}
	c.obeyed()
}

// administrator adds somebody with a role, and signs them in.
func (c *console) administrator(login, role string) {
	c.t.Helper()
	password := "correct horse battery staple"
	body := fmt.Sprintf(`{"profile":{"firstName":"Rae","lastName":"Only","login":%[1]s,"email":%[1]s},"credentials":{"password":{"value":%[2]s}}}`,
		quote(login), quote(password))
	var made identified
	if err := json.Unmarshal([]byte(c.call("POST", "/api/v1/users", body)), &made); err != nil {
		c.t.Fatal(err)
	}
	c.call("POST", "/api/v1/users/"+made.ID+"/roles", `{"type":"`+role+`"}`)
	c.fill("Username", login)
	c.fill("Password", password)
	c.click("Sign in")
}

func TestWhoMayOnlyLookIsToldWhy(t *testing.T) {
	c := startConsole(t, 1280)
	c.page("/customizations/sms/sms/sign-in")
	c.administrator("look@example.com", "READ_ONLY_ADMIN")
	c.sees("Your role lets you look here")
	c.sees("of 160 characters")
	c.keep("look-only")
	has := func(name string) bool {
		return eval[bool](c.browser, `[...document.querySelectorAll('button')].some((e) => e.innerText === '`+name+`')`)
	}
	if has("Save") {
		t.Error("there is a button to save words")
	}
	c.page("/workflow/inline-hooks")
	c.sees("No hook yet")
	c.sees("Your role lets you look here")
	c.keep("look-only-hooks")
	if has("Add inline hook") {
		t.Error("there is a button to add a hook")
	}
	eval[bool](c.browser, `fetch('/api/v1/sessions/me', { method: 'DELETE' }).then(({ ok }) => ok)`)
	c.page("/customizations/sms")
	c.administrator("help@example.com", "HELP_DESK_ADMIN")
	c.sees("Your role does not open this page")
	c.keep("help-desk")
	c.obeyed()
}

func TestThePagesOfMessagesAreAccessible(t *testing.T) {
	for _, width := range []int64{1280, 390} {
		t.Run(strconv.FormatInt(width, 10), func(t *testing.T) {
			c := openConsole(t, width)
			c.call("POST", "/api/v1/templates/sms", `{"name":"VPN <b>only</b>","template":"${org.name} VPN: ${code}"}`)
			for _, scheme := range []string{"light", "dark"} {
				look := func(state string) {
					t.Helper()
					c.accessible(state)
					c.keep(state + "-" + scheme)
				}
				c.scheme(scheme)
				c.page("/customizations/sms")
				c.sees("VPN <b>only</b>")
				look("list")
				c.page("/customizations/sms/sms/sign-in")
				c.sees("of 160 characters")
				c.fill("Text in English", "Код “ё” {code} ${user}: ${code}")
				c.sees("There is no such macro")
				look("editor")
				c.press("Discard")
				c.page("/customizations/sms/call/sign-in")
				c.sees("To hear the code again")
				look("call")
			}
			c.obeyed()
		})
	}
}
