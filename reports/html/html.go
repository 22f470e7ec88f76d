// Package html writes the report for the steering group as one page that opens without a network:
// pictures with their sentences and tables, drawn by ECharts in the browser and, by the same
// options, as SVG beforehand for paper and for readers without JavaScript.
package html

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"

	"golang.org/x/sync/errgroup"

	"lvv/internal/guard"
	"lvv/reports"
)

// page is what the template lays out.
type page struct {
	Lang     reports.Lang
	Title    string
	Pilot    string
	Period   string
	Range    string
	AsOf     string
	Warnings []string
	Cards    []card
	Trust    []string
	Sections []section

	Policy                string
	Style, Theme          template.CSS
	Scripts               []template.JS
	Definitions           []chapter
	Version, LicenceTexts string
}

// Pictures are the drawn pictures of a report. Drawing takes most of the time of a report.
type Pictures struct{ byID map[string]*picture }

// Draw draws the pictures of a report. They show its figures in its language and nothing of d.Quality,
// so that they can be drawn before the contents are checked.
func Draw(d *reports.Document) (*Pictures, error) {
	b, err := newBuilder(d)
	if err != nil {
		return nil, fmt.Errorf("read the definitions: %w", err)
	}
	p := b.page()
	list := p.pictures()
	if err := drawAll(list, d.Lang); err != nil {
		return nil, err
	}
	drawn := &Pictures{byID: map[string]*picture{}}
	for _, pic := range list {
		drawn.byID[pic.ID] = pic
	}
	return drawn, nil
}

// Write writes the report as one HTML page with the pictures that [Draw] made of it. The same document
// gives the same bytes. Figures come from d.Published alone; a figure or series that is missing leaves
// a sentence that says so.
func Write(w io.Writer, d *reports.Document, pictures *Pictures) error {
	if err := CheckTheme(d.Theme); err != nil {
		return err
	}
	b, err := newBuilder(d)
	if err != nil {
		return fmt.Errorf("read the definitions: %w", err)
	}
	p := b.page()
	for _, pic := range p.pictures() {
		drawn := pictures.byID[pic.ID]
		if drawn == nil {
			return fmt.Errorf("picture %s is not drawn", pic.ID)
		}
		pic.Options, pic.SVG = drawn.Options, drawn.SVG
	}
	out, err := p.layOut(d)
	if err != nil {
		return err
	}
	if _, err := w.Write(out); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	return nil
}

// layOut makes the page's text; pictures that are not drawn are left out.
func (p *page) layOut(d *reports.Document) ([]byte, error) {
	p.Style, p.Theme = template.CSS(asset("page.css")), template.CSS(d.Theme) //nolint:gosec // ours, and checked before
	for _, name := range []string{"echarts.min.js", "langNL.js", "charts.js", "page.js"} {
		p.Scripts = append(p.Scripts, template.JS(asset(name))) //nolint:gosec // ours
	}
	p.Policy = policy(p)
	p.LicenceTexts = asset("NOTICE") + "\n" + asset("LICENSE") + "\n" + asset("LICENSE-d3")

	t, err := template.New("page.gohtml").Funcs(template.FuncMap{"t": d.Lang.Pick}).ParseFS(assets, "assets/page.gohtml")
	if err != nil {
		return nil, fmt.Errorf("read the page's template: %w", err)
	}
	var out bytes.Buffer
	if err := t.Execute(&out, p); err != nil {
		return nil, fmt.Errorf("lay out the page: %w", err)
	}
	return out.Bytes(), nil
}

// CheckTheme refuses a theme that could leave its style element or load something. [Write] refuses it
// too; asked before, nothing is computed in vain.
func CheckTheme(theme []byte) error {
	lower := strings.ToLower(string(theme))
	for _, bad := range []string{"</style", "<!--", "@import", "url("} {
		if strings.Contains(lower, bad) {
			return fmt.Errorf("theme: contains %q; a theme sets custom properties such as --lvv-accent and loads nothing", bad)
		}
	}
	return nil
}

// policy is the page's Content-Security-Policy: nothing may be loaded, and no script or style runs
// but those whose hashes it names.
func policy(p *page) string {
	hash := func(text string) string {
		sum := sha256.Sum256([]byte(text))
		return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	var scripts []string
	for _, s := range p.Scripts {
		scripts = append(scripts, hash(string(s)))
	}
	styles := hash(string(p.Style))
	if len(p.Theme) > 0 {
		styles += " " + hash(string(p.Theme))
	}
	return "default-src 'none'; script-src " + strings.Join(scripts, " ") + "; style-src " + styles +
		"; img-src data:; base-uri 'none'; form-action 'none'"
}

// pictures returns every picture that is drawn, in the order of the page.
func (p *page) pictures() []*picture {
	var list []*picture
	add := func(pic *picture) {
		if pic != nil && pic.drawing != nil {
			list = append(list, pic)
		}
	}
	for _, c := range p.Cards {
		add(c.Picture)
	}
	for _, s := range p.Sections {
		for _, part := range s.Parts {
			add(part.Picture)
		}
	}
	return list
}

// renderers is how many pictures are drawn at a time. Each takes a JavaScript runtime of its own,
// of about 0.2 s and 40 MB.
const renderers = 2

// drawAll gives every picture its options and its SVG.
func drawAll(list []*picture, lang reports.Lang) error {
	var group errgroup.Group
	for worker := range min(renderers, len(list)) {
		group.Go(func() error {
			return guard.Run(func() error { return drawSome(list[worker:], lang) })
		})
	}
	return group.Wait()
}

// drawSome draws the first of the pictures and every one that is renderers further on.
func drawSome(list []*picture, lang reports.Lang) error {
	r, err := newSVGRenderer()
	if err != nil {
		return err
	}
	for i := 0; i < len(list); i += renderers {
		pic := list[i]
		if pic.Options, err = pic.drawing.options(pic.Alt); err != nil {
			return fmt.Errorf("options of %s: %w", pic.ID, err)
		}
		if pic.SVG, err = r.draw(pic, lang); err != nil {
			return err
		}
	}
	return nil
}
