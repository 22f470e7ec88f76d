package content

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"lvv/anonymize/published"
	"lvv/reports"
	"lvv/reports/content/contenttest"
	"lvv/transform"
	"lvv/transform/engine"
)

// A curve of which disclosure control left too little is not drawn, and one that it thinned says so.
func TestThinnedCurves(t *testing.T) {
	const note, few = "elke trede staat voor ten minste 5 trajecten", "De grafiek tonen we niet"
	for _, c := range []struct {
		name    string
		minCell int
		keep    []int64 // days; nil for all
		drawn   bool
		says    string
	}{
		{"control off", 0, []int64{0, 180}, true, ""},
		{"all steps", 5, nil, true, note},
		{"a start and an end", 5, []int64{0, 40}, false, few},
		{"low steps and a high one", 5, []int64{0, 20, 40, 60, 240}, false, few},
		{"low steps", 5, []int64{0, 80, 160, 240}, true, note},
		{"nothing", 5, []int64{}, false, few},
	} {
		d := contenttest.Open("nl")
		d.MinCell = c.minCell
		for i := range d.Series {
			if s := &d.Series[i]; strings.HasPrefix(s.ID, "duration.") && c.keep != nil {
				s.Rows = slices.DeleteFunc(s.Rows, func(row []engine.Value) bool { return !slices.Contains(c.keep, row[0].Int()) })
			}
		}
		b := &builder{doc: d, Lang: reports.Dutch}
		for _, p := range []Part{b.survivalPart(b.trajectories()), b.incidencePart(b.trajectories())} {
			said := p.Missing + strings.Join(p.Notes, " ")
			if (p.Chart != nil) != c.drawn || (p.Missing == "") != c.drawn || !strings.Contains(said, c.says) {
				t.Errorf("%s: %s is drawn: %v, and says %q", c.name, p.ID, p.Chart != nil, said)
			}
		}
	}
}

// Of a breakdown of more parts than anybody tells apart the highest are drawn.
func TestHighest(t *testing.T) {
	b := &builder{doc: &published.Document{}, Lang: reports.English}
	part := func(name string, value int64) *published.Figure {
		return &published.Figure{ID: "x", Dims: []transform.Dim{{Name: "location", Value: name}}, Unit: "count", Value: engine.CountOf(value)}
	}
	var parts []*published.Figure
	for i := range maxBars {
		parts = append(parts, part(fmt.Sprintf("tied %02d", i), 7))
	}
	if got := b.highest(&Part{}, parts); len(got) != maxBars {
		t.Fatalf("%d of %d parts are drawn", len(got), maxBars)
	}
	hidden := part("hidden", 0)
	hidden.Hide(nil)
	parts = append(parts, hidden, part("least", 6), part("most", 8))
	p := &Part{}
	got := b.highest(p, parts)
	if len(got) != maxBars || got[0].Dim("location") != "tied 00" || got[maxBars-1].Dim("location") != "most" || len(p.Notes) != 1 {
		t.Errorf("drawn: %d, notes %q", len(got), p.Notes)
	}
}
