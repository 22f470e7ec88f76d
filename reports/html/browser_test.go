package html

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"lvv/internal/thorough"
	"lvv/reports"
)

// TestMain ends the browser that the tests share.
func TestMain(m *testing.M) {
	code := m.Run()
	endBrowser()
	os.Exit(code)
}

var endBrowser = func() {}

// browser gives the one headless Chromium of all tests, each of which opens tabs of its own. The build installs it; without it
// the page cannot be tested.
func browser(t *testing.T) context.Context {
	t.Helper()
	ctx, err := startBrowser()
	if err != nil {
		t.Fatal(err)
	}
	return ctx
}

var startBrowser = sync.OnceValues(func() (context.Context, error) {
	var path string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		return nil, errors.New("no Chromium in PATH: `make test` installs one, or install the package chromium")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.WSURLReadTimeout(time.Minute))
	ctx, end := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, endTab := chromedp.NewContext(ctx)
	endBrowser = func() { endTab(); end() }
	if err := chromedp.Do(ctx); err != nil {
		return nil, fmt.Errorf("start %s: %w", path, err)
	}
	return ctx, nil
})

// trouble collects what a reader's browser would complain about, and every request but the page's own.
type trouble struct {
	mu   sync.Mutex
	list []string
}

func (w *trouble) add(format string, args ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.list = append(w.list, fmt.Sprintf(format, args...))
}

func (w *trouble) check(t *testing.T) {
	t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, s := range w.list {
		t.Error(s)
	}
}

// step is one thing that is done with a tab.
type step = chromedp.Action[chromedp.Void]

// command makes a step of a command of the browser's protocol.
func command[P, R any](c cdp.Command[P, R], params P) step {
	return chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, c, params)
		return err
	})
}

func scheme(value string) step {
	return command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: value}}})
}

// open opens the page in a tab of its own.
func open(t *testing.T, ctx context.Context, text string, setup ...step) (context.Context, *trouble) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	address := (&url.URL{Scheme: "file", Path: file}).String()
	tab, stop := chromedp.NewContext(ctx)
	t.Cleanup(stop)
	seen := &trouble{}
	err := chromedp.Listen(tab, func(event any) {
		switch e := event.(type) {
		case *runtime.EventConsoleAPICalled:
			seen.add("console: %s", e.Type)
		case *runtime.EventExceptionThrown:
			seen.add("exception: %s", e.ExceptionDetails.Text)
		case *log.EventEntryAdded:
			seen.add("log: %s", e.Entry.Text)
		case *network.EventRequestWillBeSent:
			if e.Request.URL != address && !strings.HasPrefix(e.Request.URL, "data:") {
				seen.add("request: %s", e.Request.URL)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	steps := append([]step{command(network.Enable, network.EnableParams{}), command(log.Enable, cdp.Empty{})}, setup...)
	do(t, tab, append(steps, chromedp.Navigate(address))...)
	return tab, seen
}

// within is how long a step may take on a busy machine.
const within = time.Minute

func do(t *testing.T, tab context.Context, steps ...step) {
	t.Helper()
	ctx, stop := context.WithTimeout(tab, within)
	defer stop()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

func eval[T any](t *testing.T, tab context.Context, script string, options ...chromedp.EvaluateOption) T {
	t.Helper()
	ctx, stop := context.WithTimeout(tab, within)
	defer stop()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](script, options...))
	if err != nil {
		t.Fatalf("%v\n%s", err, script)
	}
	return v
}

// undrawn lists the pictures of which not exactly one drawing is seen.
const undrawn = `[...document.querySelectorAll('.canvas')].filter(c =>
	[...c.querySelectorAll('svg')].filter(s => s.getBoundingClientRect().height > 50 && s.querySelector('path')).length !== 1).map(c => c.id)`

func drawn(t *testing.T, tab context.Context) {
	t.Helper()
	if missing := eval[[]string](t, tab, undrawn); len(missing) > 0 {
		t.Errorf("not drawn, or twice: %s", missing)
	}
}

// cut lists the texts that stick out of the card in which their picture stands, or off the screen, and so may not be
// all there. A picture cuts nothing off.
const cut = `[...document.querySelectorAll('.canvas svg text')].filter(e => {
	const card = e.closest('.card, figure').getBoundingClientRect(), at = e.getBoundingClientRect();
	return at.width > 0 && (at.left < Math.max(card.left, 0) || at.right > Math.min(card.right, innerWidth) || getComputedStyle(e.closest('svg')).overflow !== 'visible');
}).map(e => e.closest('.canvas').id + ': ' + e.textContent)`

func legible(t *testing.T, tab context.Context) {
	t.Helper()
	if outside := eval[[]string](t, tab, cut); len(outside) > 0 {
		t.Errorf("%d texts are cut off, such as %q", len(outside), outside[:min(len(outside), 5)])
	}
}

func TestBrowser(t *testing.T) {
	ctx := browser(t)
	pages := map[reports.Lang]string{reports.Dutch: pageIn(t, reports.Dutch), reports.English: pageIn(t, reports.English)}
	t.Run("draws", func(t *testing.T) {
		for lang, text := range pages {
			tab, seen := open(t, ctx, text, chromedp.EmulateViewport(1280, 900))
			drawn(t, tab)
			legible(t, tab)
			seen.check(t)
			opened := eval[float64](t, tab, `performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd`)
			t.Logf("%s: opened in %.0f ms", lang, opened)
		}
	})
	t.Run("narrow", func(t *testing.T) {
		tab, seen := open(t, ctx, pages[reports.Dutch], chromedp.EmulateViewport(320, 640), scheme("dark"))
		drawn(t, tab)
		legible(t, tab)
		seen.check(t)
		wide := eval[[]string](t, tab, `document.querySelectorAll('details').forEach(d => d.open = true);
			document.documentElement.scrollWidth <= 320 ? [] :
			[...document.querySelectorAll('body *')].filter(e => !e.closest('.scroll') && e.getBoundingClientRect().right > 321)
				.map(e => e.tagName + '.' + e.className + '#' + e.id)`)
		if len(wide) > 0 {
			t.Errorf("wider than 320 px: %s", wide[:min(5, len(wide))])
		}
	})
	t.Run("accessible", func(t *testing.T) {
		accessible(t, ctx, reading{reports.Dutch, "light", 1280}, reading{reports.English, "dark", 320})
	})
	t.Run("keyboard", func(t *testing.T) { keyboard(t, ctx, pages[reports.Dutch]) })
	t.Run("without JavaScript", func(t *testing.T) {
		tab, seen := open(t, ctx, pages[reports.Dutch], chromedp.EmulateViewport(1280, 900), command(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}))
		shown := eval[int](t, tab, `[...document.querySelectorAll('.canvas svg')].filter(s => s.getBoundingClientRect().height > 50).length`)
		if shown < 20 {
			t.Errorf("%d pictures stand in the page without JavaScript", shown)
		}
		seen.check(t)
	})
	t.Run("links", func(t *testing.T) { links(t, ctx, pages[reports.Dutch]) })
	t.Run("summary", func(t *testing.T) {
		var b bytes.Buffer
		if err := drawnIn(t, reports.Dutch).Summary(&b); err != nil {
			t.Fatal(err)
		}
		tab, seen := open(t, ctx, b.String(), chromedp.EmulateViewport(1280, 900))
		pdf, err := chromedp.Run(tab, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground()))
		if err != nil {
			t.Fatal(err)
		}
		seen.check(t)
		if n := strings.Count(string(pdf), "/Type /Page\n"); n != 2 {
			t.Errorf("the summary takes %d pages, not two", n)
		}
	})
	t.Run("paper", func(t *testing.T) { paper(t, ctx, pages[reports.Dutch]) })
	t.Run("hostile", func(t *testing.T) {
		text, err := hostilePage()
		if err != nil {
			t.Fatal(err)
		}
		tab, seen := open(t, ctx, text, chromedp.EmulateViewport(1280, 900))
		drawn(t, tab)
		seen.check(t)
		labels := eval[string](t, tab, `document.getElementById('chart-occupancy-location').textContent`)
		if !strings.Contains(strings.ReplaceAll(labels, "…", ""), "__f__function") {
			t.Errorf("the label is not legible: %q", labels)
		}
	})
}

// landed follows every nth link to a place in the page and lists those that do not land at it, but for the last ones,
// below which the page ends.
const landed = `(async n => {
	const wrong = [];
	for (const hash of [...new Set([...document.querySelectorAll('a[href^="#"]')].map(a => a.hash))].filter((_, i) => i % n === 0)) {
		window.scrollTo({top: 0, behavior: 'instant'});
		location.hash = '';
		location.hash = hash;
		await new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)));
		const top = document.getElementById(hash.slice(1)).getBoundingClientRect().top;
		const end = window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 2;
		if (Math.abs(top - 16) > 20 && !end) { wrong.push(hash + ' at ' + Math.round(top)); }
	}
	return wrong;
})`

// links follows the links of the page, before any chart is drawn: on a narrow screen, where most lies above a place, all of
// them, and on a wide one every third, or all.
func links(t *testing.T, ctx context.Context, text string) {
	every := map[int64]int{390: 1, 1280: 3}
	if thorough.On {
		every[1280] = 1
	}
	for width, n := range every {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			t.Parallel() // it mostly waits
			tab, _ := open(t, ctx, text, chromedp.EmulateViewport(width, 900), command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
				Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}}))
			if wrong := eval[[]string](t, tab, fmt.Sprintf("%s(%d)", landed, n), chromedp.EvalAwaitPromise); len(wrong) > 0 {
				t.Errorf("these links land elsewhere: %s", wrong)
			}
		})
	}
}

// keyboard goes through the page with Tab alone: everything that answers is reached, shows where the
// focus is, and a table opens with Enter.
func keyboard(t *testing.T, ctx context.Context, text string) {
	tab, _ := open(t, ctx, text, chromedp.EmulateViewport(1280, 900))
	do(t, tab, chromedp.KeyEvent("\t"))
	first := eval[string](t, tab, `document.activeElement.className`)
	if first != "skip" {
		t.Errorf("Tab first reaches %q, not the link to the contents", first)
	}
	var reached []string
	for range 40 {
		do(t, tab, chromedp.KeyEvent("\t"))
		at := eval[struct{ Tag, Outline string }](t, tab,
			`(e => ({Tag: e.tagName, Outline: getComputedStyle(e).outlineStyle}))(document.activeElement)`)
		if at.Outline == "none" {
			t.Errorf("the focus on a %s does not show", at.Tag)
		}
		reached = append(reached, at.Tag)
		if at.Tag == "SUMMARY" {
			break
		}
	}
	if !slices.Contains(reached, "SUMMARY") {
		t.Fatalf("no disclosure was reached: %s", reached)
	}
	do(t, tab, chromedp.KeyEvent("\r"))
	opened := eval[bool](t, tab, `document.activeElement.parentElement.open`)
	if !opened {
		t.Error("Enter does not open the table")
	}
}

// paper prints the page: every table is on it, and no picture is cut.
func paper(t *testing.T, ctx context.Context, text string) {
	tab, seen := open(t, ctx, text, chromedp.EmulateViewport(1280, 900))
	drawn(t, tab)
	pdf, err := chromedp.Run(tab, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground()))
	if err != nil {
		t.Fatal(err)
	}
	seen.check(t)
	if *keep != "" {
		if err := os.WriteFile(filepath.Join(*keep, "paper.pdf"), pdf, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if n := strings.Count(string(pdf), "/Type /Page\n"); n < 8 || n > 40 {
		t.Errorf("the report takes %d pages", n)
	}
	// In the print layout at the width of A4, nothing is hidden or taller than a page.
	do(t, tab, command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}), chromedp.EmulateViewport(680, 970))
	layout := eval[struct {
		Tables, Shown int
		Tall          []string
	}](t, tab, `window.dispatchEvent(new Event('beforeprint')); ({
		Tables: document.querySelectorAll('main table').length,
		Shown: [...document.querySelectorAll('main table')].filter(x => x.getBoundingClientRect().height > 20).length,
		Tall: [...document.querySelectorAll('.whole, .card')].filter(x => x.getBoundingClientRect().height > 960).map(x => x.textContent.trim().slice(0, 40))})`)
	if layout.Tables == 0 || layout.Shown != layout.Tables {
		t.Errorf("%d of %d tables are on paper", layout.Shown, layout.Tables)
	}
	if len(layout.Tall) > 0 {
		t.Errorf("taller than a page: %s", layout.Tall)
	}
}
