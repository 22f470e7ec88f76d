package content

import (
	"testing"

	"lvv/reports/content/contenttest"
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
