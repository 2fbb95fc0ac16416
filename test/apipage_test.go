package test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// The page of the API can be read at every width, in light and dark and by keyboard, and needs no script.
func TestThePageOfTheAPIIsAccessible(t *testing.T) {
	d := startDemo(t, "sqlite:"+filepath.Join(t.TempDir(), "hookswitch.db"))
	page := d.exports["HOOKSWITCH_URL"] + "/docs/api"
	for scheme, width := range map[string]int64{"light": 1280, "dark": 390} {
		t.Run(fmt.Sprintf("%s-%d", scheme, width), func(t *testing.T) {
			b := openBrowser(t, width, 900)
			b.prefers(scheme)
			b.open(page)
			b.sees("Send a test message by a telephony provider")
			b.keep("top")
			b.open(page + "#createUser") // a link to an operation opens it
			b.sees(`"login": "ana@example.com"`)
			b.until("document.getElementById('createUser').getBoundingClientRect().top < 400")
			b.keep("operation")
			b.accessible("with an operation open")
			if eval[bool](b, "document.documentElement.scrollWidth > innerWidth") {
				t.Error("it is wider than the screen")
			}
			b.obeyed()
		})
	}
}

func TestThePageOfTheAPIIsUsedByKeyboard(t *testing.T) {
	d := startDemo(t, "sqlite:"+filepath.Join(t.TempDir(), "hookswitch.db"))
	b := openBrowser(t, 1280, 900)
	b.open(d.exports["HOOKSWITCH_URL"] + "/docs/api")
	b.do(chromedp.KeyEvent("\t"))
	b.until("document.activeElement.innerText === 'Skip to the operations' && document.activeElement.getBoundingClientRect().left >= 0")
	b.do(chromedp.KeyEvent("\r"))
	b.until("location.hash === '#operations'")
	b.do(chromedp.KeyEvent("\t"))
	b.until("document.activeElement.innerText.includes('List the API tokens')")
	b.do(chromedp.KeyEvent("\r"))
	b.sees("apiToken")
	b.until("document.activeElement.parentElement.open")
}
