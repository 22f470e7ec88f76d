package steward

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"

	"lvv/internal/say"
	"lvv/reports"
)

var (
	//go:embed page.gohtml
	pageText string
	//go:embed page.css
	pageStyle string
	//go:embed page.js
	pageScript string

	pageTemplate = template.Must(template.New("page").Parse(pageText))
)

type pageSection struct {
	Heading string
	Groups  []pageGroup
}

type pageGroup struct {
	Group
	Amount         string // of rows
	More           string // how many rows are not named
	Values, Others bool   // some row shows what stands there, or has another that it belongs to
}

// Page lays the delivery out as a page for a browser, which loads nothing: grouped as on the terminal, each row
// beside what was expected, with a field to search in.
func Page(w io.Writer, d *Delivery, lang reports.Lang) error {
	t := wordsIn(lang)
	var sections []pageSection
	for _, g := range condensed(d.Groups, t) {
		if heading := t.headings[g.Severity]; len(sections) == 0 || sections[len(sections)-1].Heading != heading {
			sections = append(sections, pageSection{Heading: heading})
		}
		one := pageGroup{
			Group: g, Amount: lang.Count(g.Count),
			Values: slices.ContainsFunc(g.Places, func(p Place) bool { return p.Value != "" }),
			Others: slices.ContainsFunc(g.Places, func(p Place) bool { return p.OtherFile != "" }),
		}
		if rest := g.Count - int64(len(g.Places)); rest > 0 && len(g.Places) > 0 && g.Places[0].Line > 0 {
			one.More = fmt.Sprintf(t.Rest, lang.Count(rest))
		}
		last := &sections[len(sections)-1]
		last.Groups = append(last.Groups, one)
	}
	err := pageTemplate.Execute(w, map[string]any{
		"Lang": lang, "D": d, "T": t, "Sections": sections, "Absent": d.absent(t), "Skipped": d.skipped(t), "Read": d.rows(t),
		"Style": template.CSS(pageStyle), "Script": template.JS(pageScript), //nolint:gosec // both are embedded
		"Policy": "default-src 'none'; script-src " + reports.Hashes(pageScript) + "; style-src " + reports.Hashes(pageStyle) + "; base-uri 'none'; form-action 'none'",
	})
	if err != nil {
		return say.Errorf("write the page: %w", err)
	}
	return nil
}
