package test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// browserLimit bounds what one test may do in the browser.
const browserLimit = 90 * time.Second

// atStart runs in every page before its own scripts: it notes what the Content-Security-Policy refused, and stands in
// for the voices that a headless browser has not.
const atStart = `
window.refused = []
document.addEventListener('securitypolicyviolation', (e) => window.refused.push(e.violatedDirective + ' ' + e.blockedURI))
window.spoken = []
speechSynthesis.getVoices = () => [{ lang: 'en-US', name: 'test' }]
speechSynthesis.cancel = () => {}
speechSynthesis.speak = (utterance) => {
  window.spoken.push(utterance.lang + ': ' + utterance.text)
  setTimeout(() => utterance.onend?.(new Event('end')), 50)
}
Object.defineProperty(SpeechSynthesisUtterance.prototype, 'voice', { set() {}, get: () => null })
`

// browser is a page in a fresh headless Chromium that can reach this machine only.
type browser struct {
	t   *testing.T
	ctx context.Context
}

func openBrowser(t *testing.T, width, height int64) *browser {
	t.Helper()
	program, err := findChromium()
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(),
		chromedp.ExecPath(program),
		chromedp.Headless, chromedp.NoSandbox, chromedp.NoFirstRun, chromedp.DisableGPU,
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("force-prefers-reduced-motion", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
		chromedp.Flag("lang", "en-US"),
	)
	t.Cleanup(stop)
	limited, expire := context.WithTimeout(allocator, browserLimit)
	t.Cleanup(expire)
	ctx, closePage := chromedp.NewContext(limited)
	t.Cleanup(closePage)
	b := &browser{t, ctx}
	b.do(chromedp.EmulateViewport(width, height))
	_, err = chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: atStart})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func findChromium() (string, error) {
	for _, name := range []string{"chromium", "google-chrome", "chromium-browser"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("no Chromium on this machine; run tools/test-deps.sh")
}

func (b *browser) do(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, actions...); err != nil {
		b.keep("failed")
		b.t.Fatal(err)
	}
}

func (b *browser) open(url string) {
	b.t.Helper()
	b.do(chromedp.Navigate(url))
}

// eval answers the value of a JavaScript expression; a promise is awaited.
func eval[T any](b *browser, expression string) T {
	b.t.Helper()
	value, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return value
}

// until waits for a JavaScript expression to become true.
func (b *browser) until(expression string) {
	b.t.Helper()
	err := chromedp.Do(b.ctx, chromedp.Poll[chromedp.Void](expression, chromedp.WithPollingTimeout(20*time.Second)))
	if err != nil {
		b.keep("failed")
		b.t.Fatalf("waiting for %s: %v", expression, err)
	}
}

// sees waits until a text can be read on the page.
func (b *browser) sees(text string) {
	b.t.Helper()
	b.until(fmt.Sprintf("document.body.innerText.includes(%s)", quote(text)))
}

// click presses the visible button with a name, as a mouse would: what lies over it is what gets the click.
func (b *browser) click(name string) {
	b.t.Helper()
	at := fmt.Sprintf(`(() => {
		const named = (e) => (e.getAttribute('aria-label') ?? e.innerText.trim().split('\n')[0]) === %s
		const button = [...document.querySelectorAll('button, [role=button]')].find((e) => named(e) && e.checkVisibility())
		if (!button) return null
		button.scrollIntoView({ block: 'nearest', behavior: 'instant' })
		const { x, y, width, height } = button.getBoundingClientRect()
		return { x: x + width / 2, y: y + height / 2 }
	})()`, quote(name))
	b.until(at + " !== null")
	point := eval[struct{ X, Y float64 }](b, at)
	b.do(chromedp.MouseClickXY(point.X, point.Y))
}

// scheme sets the computer to light or dark, and waits until the page has followed.
func (b *browser) scheme(scheme string) {
	b.t.Helper()
	b.prefers(scheme)
	b.until(fmt.Sprintf("document.documentElement.dataset.mantineColorScheme === %s", quote(scheme)))
}

// prefers sets the computer to light or dark.
func (b *browser) prefers(scheme string) {
	b.t.Helper()
	_, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme},
		{Name: "prefers-reduced-motion", Value: "reduce"},
	}})
	if err != nil {
		b.t.Fatal(err)
	}
}

// keep leaves a screenshot in artifacts/, to be looked at by a person.
func (b *browser) keep(name string) {
	png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.t.Logf("no screenshot: %v", err)
		return
	}
	path := filepath.Join("artifacts", strings.ReplaceAll(b.t.Name(), "/", "-")+"-"+name+".png")
	if err := os.MkdirAll("artifacts", 0o755); err != nil {
		b.t.Error(err)
	}
	if err := os.WriteFile(path, png, 0o644); err != nil {
		b.t.Error(err)
	}
}

// accessible fails when axe finds a rule of accessibility broken on the page as it is now.
func (b *browser) accessible(state string) {
	b.t.Helper()
	axe, err := os.ReadFile("../web/node_modules/axe-core/axe.min.js")
	if err != nil {
		b.t.Fatal(err)
	}
	type violation struct {
		ID    string
		Nodes []struct{ HTML, FailureSummary string }
	}
	b.do(chromedp.Evaluate[chromedp.Void](string(axe)))
	found := eval[[]violation](b, `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
		.then(({ violations }) => violations)`)
	for _, v := range found {
		for _, node := range v.Nodes {
			b.t.Errorf("%s: %s: %s\n%s", state, v.ID, node.HTML, node.FailureSummary)
		}
	}
	if len(found) > 0 {
		b.keep("inaccessible")
	}
}

// obeyed fails when the Content-Security-Policy had to refuse something.
func (b *browser) obeyed() {
	b.t.Helper()
	if refused := eval[[]string](b, "window.refused"); len(refused) > 0 {
		b.t.Errorf("the policy refused %q", refused)
	}
}

func quote(s string) string {
	quoted, err := json.Marshal(s)
	if err != nil {
		panic(err) // strings always marshal
	}
	return string(quoted)
}
