package html

import (
	"context"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"lvv/reports"
)

// spaced sets text as widely as WCAG 1.4.12 lets readers set it.
const spaced = `(() => { const s = new CSSStyleSheet();
	s.replaceSync('* { letter-spacing: .12em !important; word-spacing: .16em !important; line-height: 1.5 !important } p { margin-bottom: 2em !important }');
	document.adoptedStyleSheets = [s]; return true; })()`

// outside lists the pictures that stick out of the screen.
const outside = `[...document.querySelectorAll('.canvas > svg')].filter(s => {
	const at = s.getBoundingClientRect();
	return at.width > 0 && (at.left < 0 || at.right > innerWidth + 1);
}).map(s => s.parentNode.id)`

// struck lists the texts of a picture that lie over one another.
const struck = `[...document.querySelectorAll('.canvas > svg')].filter(s => s.getBoundingClientRect().width > 0).flatMap(svg => {
	const list = [...svg.querySelectorAll('text')].map(e => [e, e.getBoundingClientRect()]).filter(([e, at]) => at.width > 0);
	return list.flatMap(([e, a], i) => list.slice(i + 1).filter(([f, b]) =>
		Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 6)
		.map(([f]) => svg.parentNode.id + ': ' + e.textContent + ' over ' + f.textContent));
})`

// uncued lists the tables that are cut at the edge of the screen and do not say so.
const uncued = `(() => { document.querySelectorAll('details').forEach(d => d.open = true);
	return new Promise(r => requestAnimationFrame(() => setTimeout(() => r([...document.querySelectorAll('.scroll')].filter(s => s.scrollWidth > s.clientWidth + 1)
		.filter(s => !(s.previousElementSibling.matches('.cue') && s.previousElementSibling.getBoundingClientRect().height > 0))
		.map(s => s.getAttribute('aria-label'))), 100))); })()`

// unshaded lists the tables that are cut and cast no shadow at the edge, which tells without a script too.
const unshaded = `[...document.querySelectorAll('.scroll')].filter(s => !getComputedStyle(s).backgroundImage.includes('gradient')).map(s => s.getAttribute('aria-label'))`

func noScript() step {
	return command(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
}

func feature(name, value string) step {
	return command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: name, Value: value}}})
}

// holds fails where a script lists something.
func holds(t *testing.T, tab context.Context, what, script string, options ...chromedp.EvaluateOption) {
	t.Helper()
	if list := eval[[]string](t, tab, script, options...); len(list) > 0 {
		t.Errorf("%s: %d, such as %q", what, len(list), list[:min(5, len(list))])
	}
}

// TestScreens looks at the page on a telephone, without a script, with text set wide, in the reader's colours, and on
// paper without backgrounds.
func TestScreens(t *testing.T) {
	ctx, text := browser(t), pageIn(t, reports.Dutch)
	t.Run("telephone", func(t *testing.T) {
		tab, seen := open(t, ctx, text, chromedp.EmulateViewport(390, 844))
		drawn(t, tab)
		holds(t, tab, "pictures beyond the edge", outside)
		holds(t, tab, "texts over one another", struck)
		holds(t, tab, "tables cut without a word", uncued, chromedp.EvalAwaitPromise)
		eval[bool](t, tab, spaced)
		legible(t, tab)
		seen.check(t)
	})
	t.Run("telephone without a script", func(t *testing.T) {
		tab, _ := open(t, ctx, text, chromedp.EmulateViewport(390, 844), noScript())
		drawn(t, tab)
		legible(t, tab)
		holds(t, tab, "pictures beyond the edge", outside)
		holds(t, tab, "tables without a shadow", unshaded)
	})
	t.Run("wide text", func(t *testing.T) {
		tab, _ := open(t, ctx, text, chromedp.EmulateViewport(1280, 900))
		eval[bool](t, tab, spaced)
		legible(t, tab)
	})
	t.Run("forced colours", func(t *testing.T) {
		tab, _ := open(t, ctx, text, chromedp.EmulateViewport(1280, 900), feature("forced-colors", "active"))
		holds(t, tab, "swatches that are not seen", `[...document.querySelectorAll('.mark')].filter(m => {
			const canvas = getComputedStyle(document.body).backgroundColor;
			return ![...m.children].some(e => { const s = getComputedStyle(e); return [s.fill, s.stroke].some(c => c !== 'none' && c !== canvas); });
		}).map(m => m.parentNode.textContent)`)
		holds(t, tab, "bands that hide what is beneath", `[...document.querySelectorAll('#chart-durable-progress path, #chart-duration-survival path')]
			.filter(p => p.getAttribute('fill') === 'var(--lvv-surface)').map(p => p.outerHTML.slice(0, 80))`)
	})
	t.Run("paper", func(t *testing.T) {
		tab, _ := open(t, ctx, text, chromedp.EmulateViewport(680, 970))
		do(t, tab, command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}))
		holds(t, tab, "tables that lose a column", `window.dispatchEvent(new Event('beforeprint')); [...document.querySelectorAll('main table')].filter(x =>
			x.getBoundingClientRect().right > document.querySelector('main').getBoundingClientRect().right + 2).map(x => x.caption.textContent)`)
		holds(t, tab, "swatches that a printer without backgrounds leaves out", `[...document.querySelectorAll('.keys li')].filter(li => !li.querySelector('svg.mark')).map(li => li.textContent)`)
		holds(t, tab, "what works on a screen only", `[...document.querySelectorAll('.tools, .search, .cue, .tip')].filter(e => e.getBoundingClientRect().height > 0).map(e => e.className)`)
	})
}

// TestTools reads a value by the arrow keys, sorts a table, saves it, says what a figure means and searches.
func TestTools(t *testing.T) {
	tab, seen := open(t, browser(t), pageIn(t, reports.Dutch), chromedp.EmulateViewport(1280, 900))
	told := eval[string](t, tab, `(() => { const c = document.getElementById('chart-occupancy-daily'); c.focus();
		c.dispatchEvent(new KeyboardEvent('keydown', {key: 'End', bubbles: true}));
		return c.querySelector('.tip').innerText.replace(/\s+/g, ' '); })()`)
	if want := "30 sep 2020 mensen: 306 afgesproken plaatsen: 360 plaatsen op locaties: 355"; told != want && len(told) < 40 {
		t.Errorf("the last night is told as %q, such as %q is wanted", told, want)
	}
	sorted := eval[[]string](t, tab, `(() => { const table = document.querySelector('#occupancy-location table'), button = table.querySelectorAll('thead button')[1];
		const column = () => [...table.tBodies[0].rows].map(r => Number(r.cells[1].dataset.v || r.cells[1].textContent));
		const rises = (list, sign) => list.every((v, i) => i === 0 || sign * (v - list[i - 1]) >= 0);
		const sort = () => table.querySelectorAll('thead th')[1].getAttribute('aria-sort'), was = column().join();
		const out = [rises(column(), 1) || rises(column(), -1) ? 'sorted before' : 'as it was'];
		button.click(); out.push(sort() + ' ' + rises(column(), 1));
		button.click(); out.push(sort() + ' ' + rises(column(), -1));
		button.click(); out.push(sort() + ' ' + (column().join() === was));
		return out; })()`)
	if want := []string{"as it was", "ascending true", "descending true", "null true"}; !slices.Equal(sorted, want) {
		t.Errorf("sorting: %q, want %q", sorted, want)
	}
	saved := eval[[]string](t, tab, `(async () => { const made = []; const create = URL.createObjectURL;
		URL.createObjectURL = b => { made.push(b); return create(b); };
		HTMLAnchorElement.prototype.click = function () { made.push(this.download); };
		const figure = document.getElementById('occupancy-location');
		[...figure.querySelectorAll('.tools button')].filter(b => /CSV|PNG/.test(b.textContent)).forEach(b => b.click());
		for (let i = 0; i < 100 && made.length < 4; i++) { await new Promise(r => setTimeout(r, 20)); }
		const out = [];
		for (const m of made) { out.push(typeof m === 'string' ? m : m.type === 'image/png' ? 'png ' + (m.size > 5000) : (await m.text()).split('\r\n')[0]); }
		return out; })()`, chromedp.EvalAwaitPromise)
	want := []string{"Locatie;Nachten;Beschikbare nachten;Benut;Mensen op de peildatum", "occupancy-location.csv", "png true", "occupancy-location.png"}
	if !slices.Equal(saved, want) {
		t.Errorf("saved %q, want %q", saved, want)
	}
	if n := eval[int](t, tab, `(async () => { const d = document.querySelector('#occupancy-location .tools'); d.open = true;
		await new Promise(r => setTimeout(r, 100)); return d.querySelectorAll('dl .entry').length; })()`, chromedp.EvalAwaitPromise); n < 3 {
		t.Errorf("%d definitions stand at the figure", n)
	}
	found := eval[[]int](t, tab, `(() => { const f = document.querySelector('.search input'), seen = () => [...document.querySelectorAll('#definitions .entry')].filter(e => !e.hidden).length;
		const all = seen(); f.value = 'nachten'; f.dispatchEvent(new Event('input')); return [all, seen()]; })()`)
	if found[1] == 0 || found[1] >= found[0] {
		t.Errorf("of %d definitions %d hold the word", found[0], found[1])
	}
	if none := eval[[]string](t, tab, `[...document.querySelectorAll('figure[id]')].filter(f => !f.querySelector('.tools') || !f.dataset.about).map(f => f.id)`); len(none) > 0 {
		t.Errorf("figures without meaning or tools: %s", none)
	}
	seen.check(t)
}
