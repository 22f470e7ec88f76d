// Package html draws the report as one page that opens without a network: charts with their sentences and
// tables. The charts are options of ECharts, drawn to SVG beforehand, for a wide and for a narrow screen; a small
// script of our own answers to the pointer and the keyboard. ECharts itself is not in the page: a build of the
// chart types used takes more than all the rest. The package has no words and no figures of its own.
package html

import (
	"bytes"
	"errors"
	"html/template"
	"io"
	"strconv"
	"strings"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"lvv/internal/guard"
	"lvv/internal/lists"
	"lvv/internal/say"
	"lvv/reports"
	"lvv/reports/content"
	"lvv/transform/engine"
)

// page is what the template lays out.
type page struct {
	*content.Report
	pictures map[string]*picture // by the id of the chart

	Policy  string
	Style   template.CSS
	Scripts []template.JS
}

// picture is a chart with its drawings.
type picture struct {
	*content.Chart
	Height   int // in pixels
	Drawings []template.HTML
	Data     template.JS // what the pointer tells, as JSON; empty where labels say it all
}

// Picture returns the drawings of a chart; nil of none.
func (p *page) Picture(c *content.Chart) *picture {
	if c == nil {
		return nil
	}
	return p.pictures[c.ID]
}

// CSS is the theme, which was checked before.
func (p *page) CSS() template.CSS { return template.CSS(p.Theme) } //nolint:gosec // checked by CheckTheme

// Drawn is a report whose charts have been drawn, once for all its pages.
type Drawn struct {
	report   *content.Report
	pictures map[string]*picture
}

// Draw draws the charts of a report.
func Draw(r *content.Report) (*Drawn, error) {
	if err := CheckTheme([]byte(r.Theme)); err != nil {
		return nil, err
	}
	list := picturesOf(r)
	if err := drawAll(list, r.Lang); err != nil {
		return nil, err
	}
	d := &Drawn{report: r, pictures: map[string]*picture{}}
	for _, one := range list {
		d.pictures[one.ID] = one
	}
	return d, nil
}

// Write draws a report and writes its page, where no other is wanted.
func Write(w io.Writer, r *content.Report) error {
	d, err := Draw(r)
	if err != nil {
		return err
	}
	return d.Page(w)
}

// Page writes the report as one HTML page. The same report gives the same bytes.
func (d *Drawn) Page(w io.Writer) error {
	p := &page{Report: d.report, pictures: d.pictures}
	for _, name := range []string{"formats.js", "page.js"} {
		p.Scripts = append(p.Scripts, template.JS(asset(name))) //nolint:gosec // ours
	}
	return p.write(w, "page.gohtml")
}

// Summary writes the two pages to print: the first screen, what asks for a decision, and what has changed.
func (d *Drawn) Summary(w io.Writer) error {
	short := *d.report
	short.Sections, short.Definitions = nil, nil
	p := &page{Report: &short, pictures: d.pictures}
	return p.write(w, "summary.gohtml")
}

func (p *page) write(w io.Writer, name string) error {
	p.Style = template.CSS(asset("page.css")) //nolint:gosec // ours
	p.Policy = policy(p)
	t, err := template.New(name).Funcs(template.FuncMap{
		"picture": p.Picture, "words": func() content.Words { return p.Words }, "long": func(t *content.Table) bool { return len(t.Rows) >= longTable },
		"broad":  func(t *content.Table) bool { return len(t.Columns) >= broadColumns },
		"folded": func(t *content.Table) bool { return len(t.Rows) >= longTable && len(t.Columns) <= foldedColumns },
		"live":   func() bool { return len(p.Scripts) > 0 },
		"raw":    raw,
		"trend":  trend,
	}).ParseFS(assets, "assets/page.gohtml", "assets/summary.gohtml")
	if err != nil {
		return say.Errorf("read the page's template: %w", err)
	}
	var out bytes.Buffer
	if err := t.Execute(&out, p); err != nil {
		return say.Errorf("lay out the page: %w", err)
	}
	if _, err := w.Write(out.Bytes()); err != nil {
		return say.Errorf("write the page: %w", err)
	}
	return nil
}

const (
	// longTable is the number of rows from which a table may be broken over pages of paper.
	longTable = 28
	// foldedColumns is up to how many columns a long table stands twice beside itself there.
	foldedColumns = 4
	// broadColumns is from how many columns on a table is set smaller on paper.
	broadColumns = 5
)

// raw is the value of a cell as a number or a date of its own, for sorting and saving; empty where its text is it.
func raw(c content.Cell) string {
	switch c.Value.Kind() {
	case engine.Count, engine.Money, engine.Real:
	case engine.Date:
		return c.Value.Day().String()
	default:
		return ""
	}
	if v := strconv.FormatFloat(c.Value.Float(), 'f', -1, 64); v != c.Text {
		return v
	}
	return ""
}

// CheckTheme refuses a theme that could leave its style element or load something. [Draw] refuses it
// too; asked before, nothing is computed in vain.
func CheckTheme(theme []byte) error {
	lower := strings.ToLower(string(theme))
	for _, bad := range []string{"</style", "<!--", "@import", "url("} {
		if strings.Contains(lower, bad) {
			return say.Errorf("theme: contains %q; a theme sets custom properties such as --lvv-accent and loads nothing", bad)
		}
	}
	return nil
}

// policy is the page's Content-Security-Policy: nothing may be loaded, and no script or style runs
// but those whose hashes it names.
func policy(p *page) string {
	styles := []string{string(p.Style)}
	if p.Theme != "" {
		styles = append(styles, p.Theme)
	}
	scripts := lists.Map(p.Scripts, func(s template.JS) string { return string(s) })
	return "default-src 'none'; script-src " + reports.Hashes(scripts...) + "; style-src " + reports.Hashes(styles...) +
		"; img-src data:; base-uri 'none'; form-action 'none'"
}

// picturesOf returns every chart of the report, in order.
func picturesOf(r *content.Report) []*picture {
	var list []*picture
	add := func(c *content.Chart) {
		if c != nil {
			list = append(list, &picture{Chart: c, Height: height(c)})
		}
	}
	for _, c := range r.Cards {
		add(c.Chart)
	}
	for _, s := range r.Sections {
		for _, part := range s.Parts {
			add(part.Chart)
			for _, c := range part.Multiples {
				add(c)
			}
		}
	}
	return list
}

// renderers is how many pictures are drawn at a time. Each takes a JavaScript runtime of its own, of some 15 MB.
const renderers = 2

// drawAll gives every picture its options and its SVG.
func drawAll(list []*picture, lang reports.Lang) error {
	var group errgroup.Group
	var next atomic.Int64
	for range min(renderers, len(list)) {
		group.Go(func() error {
			return guard.Run(func() error { return drawSome(list, &next, lang) })
		})
	}
	return group.Wait()
}

// drawSome draws the pictures that nobody else has begun with. What a picture looks like does not depend on those that
// were drawn before it.
func drawSome(list []*picture, next *atomic.Int64, lang reports.Lang) (err error) {
	vm, err := newRenderer()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, vm.Close()) }()
	for i := next.Add(1) - 1; i < int64(len(list)); i = next.Add(1) - 1 {
		if err := list[i].draw(vm, lang); err != nil {
			return say.Errorf("draw %s: %w", list[i].ID, err)
		}
	}
	return nil
}
