//go:build faults

package html

import (
	"os"
	"regexp"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"lvv/reports"
)

// scripts are those of the page that run.
var scripts = regexp.MustCompile(`(?s)<script>.*?</script>`)

// TestFaultsAccessible looks for violations of WCAG 2.2 AA in every row of the page, and in the ways of reading that make test
// leaves out: the other language and colours, the reader's own colours, 200 %, text set wide, and no script.
func TestFaultsAccessible(t *testing.T) {
	axe, err := os.ReadFile("testdata/axe/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	ctx := browser(t)
	accessible(t, ctx, reading{reports.Dutch, "light", 1280}, reading{reports.English, "dark", 320}, reading{reports.English, "dark", 1280}, reading{reports.Dutch, "dark", 320}, reading{reports.English, "light", 320})
	for name, c := range map[string]struct {
		width int64
		setup step
		then  string
	}{
		"390 px":         {390, scheme("light"), "true"},
		"forced colours": {1280, feature("forced-colors", "active"), "true"},
		"200 %":          {640, command(emulation.SetPageScaleFactor, emulation.SetPageScaleFactorParams{PageScaleFactor: 1}), "true"},
		"wide text":      {1280, scheme("light"), spaced},
		"no script":      {1280, scheme("light"), "true"},
	} {
		t.Run(name, func(t *testing.T) {
			text := pageIn(t, reports.Dutch)
			if name == "no script" {
				text = scripts.ReplaceAllString(text, "")
			}
			tab, _ := open(t, ctx, text, chromedp.EmulateViewport(c.width, 900), c.setup)
			eval[bool](t, tab, c.then)
			eval[bool](t, tab, string(axe)+"; true")
			holds(t, tab, "violations", violations, chromedp.EvalAwaitPromise)
		})
	}
}
