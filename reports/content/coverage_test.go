package content

import (
	"slices"
	"testing"

	"lvv/anonymize/published"
	"lvv/internal/day"
	"lvv/reports/content/contenttest"
	"lvv/transform/engine"
)

// Every figure of the document stands in a table, of page and workbook alike.
func TestEveryFigureIsShown(t *testing.T) {
	d := contenttest.Document("nl")
	r := Of(d)
	shown := map[string]bool{}
	parts := []Part{r.Changed}
	for _, s := range r.Sections {
		parts = append(parts, s.Parts...)
	}
	for _, p := range parts {
		if p.Table == nil {
			continue
		}
		for _, f := range p.Table.figures {
			if f != nil {
				shown[f.Name()] = true
			}
		}
	}
	for i := range d.Figures {
		f := &d.Figures[i]
		if !shown[f.Name()] {
			t.Errorf("%s is not shown", f.Name())
		}
	}
}

// A figure that no section has a place for stands in its chapter under its own name, with what it means.
func TestNewFigureIsShown(t *testing.T) {
	for _, lang := range []string{"nl", "en"} {
		d := contenttest.Document(lang)
		d.Definitions[0].Entries = append(d.Definitions[0].Entries, published.Definition{ID: "durable.new", Title: "Something new", Text: "What is new."})
		d.Figures = append(d.Figures, published.Figure{ID: "durable.new", Unit: "count", Value: engine.CountOf(4711), Date: day.None})
		found := false
		for _, s := range Of(d).Sections {
			for _, p := range s.Parts {
				if p.Table == nil {
					continue
				}
				for _, row := range p.Table.Rows {
					if row[0].Text == "Something new" {
						found = s.ID == "durable" && row[1].Figure == "durable.new" && slices.Contains(p.About, "durable.new")
					}
				}
			}
		}
		if !found {
			t.Errorf("%s: a new figure is not shown where it belongs", lang)
		}
	}
}
