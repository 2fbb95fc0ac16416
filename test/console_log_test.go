package test

import (
	"encoding/json"
	"fmt"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

func TestAFilterThatCannotBeReadIsToldBesideIt(t *testing.T) {
	c := openConsole(t, 1280)
	c.page("/reports/system-log")
	c.fill("Filter, as in the API", `outcome.result eqq "FAILURE"`)
	c.press("Filter")
	c.sees("eqq")
	c.until(`document.querySelector('[role=search] input[aria-invalid=true]') !== null`)
	c.keep("filter")
}

func TestNewEventsArriveLiveAndEachHasItsPermanentPage(t *testing.T) {
	c := openConsole(t, 1280)
	c.page("/reports/system-log")
	c.sees("User sign-in")
	c.press("Live")
	c.sendTest("+12025550177")
	c.sees("+1 202 555 0177")
	event := read[[]struct{ UUID, Published string }](c, "/api/v1/logs?sortOrder=DESCENDING&limit=1")[0]
	c.page("/reports/system-log/" + event.UUID + "?at=" + event.Published)
	c.sees("debugData.deliveryId")
	c.sees("The carrier told")
	c.press("Twilio")
	c.until(`location.pathname === '/customizations/telephony-providers'`)
	c.sees("in the last 24 hours")
}

func TestAnEventLeadsToItsMessageAndItsPerson(t *testing.T) {
	c := openConsole(t, 1280)
	anas := c.person("Ana", "ana@example.com", ana)
	factors := read[[]identified](c, "/api/v1/users/"+anas+"/factors")
	c.call("POST", "/api/v1/users/"+anas+"/factors/"+factors[0].ID+"/verify", "{}")
	c.page(`/reports/system-log?type=system.sms.receive_status`)
	c.press("Receive SMS status")
	c.sees("The message arrived on the phone.")
	c.press("Ana Marín")
	c.until(`location.pathname === '/directory/people/` + anas + `'`)
	c.sees("The message arrived on the phone.")
}

func TestSystemLogOfTenThousandEventsIsAScreenfulOfRowsAndIsExportedWhole(t *testing.T) {
	c := openConsole(t, 1280)
	c.crowd(10_400)
	c.page("/reports/system-log")
	c.until(`/1\d,\d{3} events/.test(document.body.innerText) && !document.body.innerText.includes('Loading more')`)
	c.keep("many")
	rows := `document.querySelectorAll('[role=feed] > article').length`
	for _, place := range []string{"0", "box.scrollHeight / 2", "box.scrollHeight"} {
		c.until(`(() => {
			const box = document.querySelector('[role=feed]').parentElement
			box.scrollTop = ` + place + `
			const { top, bottom } = box.getBoundingClientRect()
			return [...box.querySelectorAll('article')].some((row) => {
				const at = row.getBoundingClientRect()
				return at.top < bottom && at.bottom > top
			})
		})()`)
		if n := eval[int](c.browser, rows); n > 80 {
			t.Errorf("%d rows are on the page", n)
		}
	}
	c.saves()
	c.press("Export")
	c.press("CSV")
	c.until(`window.saved?.split('\r\n').length > 10000`)
	c.obeyed()
}

func TestAnExportTellsHowFarItIsAndCanBeCancelled(t *testing.T) {
	c := openConsole(t, 1280)
	c.crowd(150)
	release := c.holds("limit=1000") // the second page, as the page reads and as the export does
	c.page("/reports/system-log?range=1h")
	c.sees("Loading more…")
	c.saves()
	c.press("Export")
	c.until(`document.activeElement?.innerText === 'CSV'`)
	c.do(chromedp.KeyEvent("\r")) // the menu is used by keyboard too
	c.sees("read so far")
	c.accessible("exporting")
	c.keep("exporting")
	c.press("Cancel")
	c.gone("read so far")
	if eval[bool](c.browser, "window.saved !== undefined") {
		t.Error("a cancelled export left a file")
	}
	release()
	c.press("Export")
	c.press("JSON")
	c.until("window.saved !== undefined")
	var events []struct{ UUID string }
	if err := json.Unmarshal([]byte(eval[string](c.browser, "window.saved")), &events); err != nil || len(events) < 150 {
		t.Errorf("the file has %d events: %v", len(events), err)
	}
}

// crowd adds so many people, and with each of them an event.
func (c *console) crowd(people int) {
	c.t.Helper()
	var everybody sync.WaitGroup
	for worker := range 8 {
		everybody.Go(func() {
			for i := range people / 8 {
				login := fmt.Sprintf("p%d-%d@example.com", worker, i)
				c.call("POST", "/api/v1/users", fmt.Sprintf(`{"profile":{"login":%q,"email":%[1]q}}`, login))
			}
		})
	}
	everybody.Wait()
}
