package html

import (
	"context"
	"os"
	"testing"

	"github.com/chromedp/chromedp"

	"lvv/internal/thorough"
	"lvv/reports"
)

// alike takes out of every list the rows and entries that are made as two before them. For axe-core they are most of the work,
// and they tell nothing more; make test-faults reads them all.
const alike = `document.querySelectorAll('tbody, details.definitions dl').forEach(list => {
	const seen = {};
	[...list.children].forEach(e => {
		const made = e.outerHTML.replace(/>[^<]*</g, '><').replace(/ (?!class|scope|type|role)([a-z-]+)="[^"]*"/g, ' $1');
		if ((seen[made] = (seen[made] || 0) + 1) > 2) { e.remove(); }
	});
}); true`

// violations runs axe-core over the page with every disclosure open.
const violations = `document.querySelectorAll('details').forEach(d => d.open = true);
	axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations']}).then(r =>
		r.violations.map(v => v.id + ': ' + v.help + ': ' + v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(', ')))`

// reading is a way of reading the page.
type reading struct {
	lang   reports.Lang
	colour string
	width  int64
}

// accessible looks for violations of WCAG 2.2 AA in ways of reading.
func accessible(t *testing.T, ctx context.Context, ways ...reading) {
	t.Helper()
	axe, err := os.ReadFile("testdata/axe/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range ways {
		tab, _ := open(t, ctx, pageIn(t, c.lang), chromedp.EmulateViewport(c.width, 900), scheme(c.colour))
		drawn(t, tab)
		eval[bool](t, tab, string(axe)+"; true")
		if !thorough.On {
			eval[bool](t, tab, alike)
		}
		for _, v := range eval[[]string](t, tab, violations, chromedp.EvalAwaitPromise) {
			t.Errorf("%s, %s, %d px: %s", c.lang, c.colour, c.width, v)
		}
	}
}
