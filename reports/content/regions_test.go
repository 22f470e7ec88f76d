package content

import (
	"slices"
	"testing"

	"lvv/anonymize/published"
	"lvv/reports/content/contenttest"
	"lvv/transform/engine"
)

// TestRegionsWithSomebody: a region that only has zeros is left out, and said to be; of one that is listed, a destination that nobody has reads 0.
func TestRegionsWithSomebody(t *testing.T) {
	d := contenttest.Open("nl")
	d.Figures = slices.DeleteFunc(d.Figures, func(f published.Figure) bool {
		return f.ID == "durable.destination" && f.Dim("region") == "unknown"
	})
	for i := range d.Figures {
		if f := &d.Figures[i]; f.Dim("region") == "stateless" {
			f.Value = engine.CountOf(0)
		}
	}
	tables := map[string]*Table{}
	for _, s := range Of(d).Sections {
		for _, p := range s.Parts {
			if p.Table != nil {
				tables[p.Table.ID] = p.Table
			}
		}
	}
	for _, id := range []string{"population-region", "durable-region"} {
		table := tables[id]
		var rows []string
		for _, row := range table.Rows {
			rows = append(rows, row[0].Text)
		}
		if !slices.Equal(rows, []string{"West-Afrika", "onbekend"}) || !slices.Contains(table.Notes, "Gebieden met alleen nullen staan er niet in.") {
			t.Errorf("%s: rows %v, notes %v", id, rows, table.Notes)
		}
	}
	if nobody := tables["durable-region"].Rows[1][2]; nobody.Text != "0" {
		t.Errorf("a destination that nobody has reads %q", nobody.Text)
	}
}
