package reports_test

import (
	"bytes"
	stdhtml "html"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"lvv/reports/content"
	"lvv/reports/content/contenttest"
	"lvv/reports/excel"
	"lvv/reports/html"
	"lvv/transform/engine"
)

var (
	markup = regexp.MustCompile(`(?s)<script.*?</script>|<style.*?</style>|<[^>]*>`)
	blanks = regexp.MustCompile(`[\s\x{a0}]+`)
)

func plain(text string) string { return strings.TrimSpace(blanks.ReplaceAllString(text, " ")) }

// TestPageAndWorkbookSayTheSame looks for everything that the contents say - sentences, headings, notes, and
// every cell, by its text or its value - in the page and in the workbook.
func TestPageAndWorkbookSayTheSame(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"nl", "en"} {
		r := content.Of(contenttest.Document(lang))
		book := drawnBook(t, r)
		if lang == "en" { // pictures are drawn once: what is looked for stands beside them
			withoutPictures(r)
		}
		page := drawnPage(t, r)
		look := func(where, text string) {
			if text = plain(text); text == "" {
				return
			}
			if !strings.Contains(page, text) {
				t.Errorf("%s, %s: the page does not say %q", lang, where, text)
			}
			if !strings.Contains(book, "\n"+text+"\n") {
				t.Errorf("%s, %s: the workbook does not say %q", lang, where, text)
			}
		}
		parts := []content.Part{r.Changed, r.Trust, r.Decide}
		for _, s := range r.Sections {
			look(s.ID, s.Lead)
			parts = append(parts, s.Parts...)
		}
		for _, c := range r.Cards {
			for _, text := range []string{c.Question, c.Unit, c.Target, c.Change, c.Text} {
				look(c.ID, text)
			}
			if c.Verdict != nil {
				look(c.ID, c.Verdict.Word)
				look(c.ID, c.Verdict.Rule)
			}
		}
		cells := 0
		for _, p := range parts {
			for _, text := range append([]string{p.Title, p.Text, p.Missing}, p.Notes...) {
				look(p.ID, text)
			}
			for _, item := range p.Items {
				look(p.ID, item.Text)
			}
			if p.Table == nil {
				continue
			}
			for _, note := range p.Table.Notes {
				look(p.ID, note)
			}
			for _, c := range p.Table.Columns {
				look(p.ID, c.Title)
			}
			for _, row := range append(p.Table.Rows, p.Table.Total) {
				for _, c := range row {
					for _, q := range c.Trend { // in the workbook the small line rests on the sheet of chart data
						look(p.ID, q.Quarter)
						if q.Value.Kind() == engine.Count && !strings.Contains(book, "\n"+q.Value.String()+"\n") {
							t.Errorf("%s, %s: the workbook does not say %s", lang, p.ID, q.Value)
						}
					}
					if c.Trend != nil {
						if !strings.Contains(page, plain(c.Text)) {
							t.Errorf("%s, %s: the page does not say %q", lang, p.ID, c.Text)
						}
						continue
					}
					if c.Value.IsNull() {
						look(p.ID, c.Text)
						continue
					}
					cells++
					if !strings.Contains(page, plain(c.Text)) {
						t.Errorf("%s, %s: the page does not say %q", lang, p.ID, c.Text)
					}
					if c.Value.Kind() == engine.Count && !strings.Contains(book, "\n"+c.Value.String()+"\n") {
						t.Errorf("%s, %s: the workbook does not say %s", lang, p.ID, c.Value)
					}
				}
			}
		}
		if cells < 500 {
			t.Errorf("%s: %d cells with a value: too few to mean anything", lang, cells)
		}
	}
}

// withoutPictures takes the charts out of a report.
func withoutPictures(r *content.Report) {
	for i := range r.Cards {
		r.Cards[i].Chart = nil
	}
	for _, s := range r.Sections {
		for i := range s.Parts {
			s.Parts[i].Chart, s.Parts[i].Multiples = nil, nil
		}
	}
}

func drawnPage(t *testing.T, r *content.Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := html.Write(&b, r); err != nil {
		t.Fatal(err)
	}
	return plain(stdhtml.UnescapeString(markup.ReplaceAllString(b.String(), " ")))
}

// drawnBook is every text of the workbook, each on a line of its own.
func drawnBook(t *testing.T, r *content.Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := excel.Write(&b, r); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all := "\n"
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for _, cell := range row {
				all += plain(cell) + "\n"
			}
		}
	}
	return all
}
