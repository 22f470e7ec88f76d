package html

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"lvv/reports"
	"lvv/transform"
)

// TestHighest draws a breakdown of more parts than anybody tells apart.
func TestHighest(t *testing.T) {
	b, err := newBuilder(document(t, reports.English))
	if err != nil {
		t.Fatal(err)
	}
	part := func(name string, value int64) transform.Figure {
		return transform.Figure{ID: "x", Dims: []transform.Dim{{Name: "location", Value: name}}, Unit: "count", Value: transform.CountOf(value)}
	}
	var parts []transform.Figure
	for i := range maxBars {
		parts = append(parts, part(fmt.Sprintf("tied %02d", i), 7))
	}
	if got := b.highest(&picture{}, parts); len(got) != maxBars {
		t.Fatalf("%d of %d parts are drawn", len(got), maxBars)
	}
	hidden := part("hidden", 0)
	hidden.Value, hidden.Status = transform.Value{}, transform.Suppressed
	parts = append(parts, hidden, part("least", 6), part("most", 8))
	shared := []string{"a note that others share"}
	p := &picture{Notes: shared[:1:1]}
	var names []string
	for _, f := range b.highest(p, parts) {
		names = append(names, f.Dim("location"))
	}
	// The highest is last in the list and is drawn all the same; of equals, the first.
	if len(names) != maxBars || names[0] != "tied 00" || names[maxBars-2] != "tied 28" || names[maxBars-1] != "most" {
		t.Errorf("drawn: %q", names)
	}
	if want := fmt.Sprintf("The picture shows the %d highest of %d; the table has them all.", maxBars, len(parts)); !slices.Contains(p.Notes, want) {
		t.Errorf("notes %q, want %q", p.Notes, want)
	}
	for i := range parts {
		parts[i] = hidden
	}
	p = &picture{}
	if got := b.highest(p, parts); len(got) != 0 || len(p.Notes) != 0 {
		t.Errorf("of hidden parts %d are drawn, with notes %q", len(got), strings.Join(p.Notes, " "))
	}
}

// TestNobody writes the report of a period in which nothing happened: zeros are told, and nothing is
// drawn of them or called the most.
func TestNobody(t *testing.T) {
	d := document(t, reports.Dutch)
	r := d.Published.Results()
	for i := range r.Figures {
		if f := &r.Figures[i]; f.Unit == "count" {
			f.Value = transform.CountOf(0)
		}
	}
	for i := range r.Series {
		if s := &r.Series[i]; s.ID == "flow.quarters" || s.ID == "occupancy.places" {
			for _, row := range s.Rows {
				for j := range row[1:] {
					row[j+1] = transform.CountOf(0)
				}
			}
		}
	}
	b, err := newBuilder(d)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"inflow-funnel": "In deze periode waren er geen.", "inflow-refusals": "In deze periode waren er geen.",
		"conference-held": "In deze periode waren er geen.", "conference-grounds": "In deze periode waren er geen.",
		"flow-quarters": "Sinds het begin van de pilot waren er geen.", "subgoal-level": "Sinds het begin van de pilot waren er geen.",
	}
	for _, p := range b.page().pictures() {
		if _, ok := want[p.ID]; ok {
			t.Errorf("%s is drawn", p.ID)
		}
	}
	for _, s := range b.page().Sections {
		for _, part := range s.Parts {
			if p := part.Picture; p != nil && p.Missing != want[p.ID] && want[p.ID] != "" {
				t.Errorf("%s says %q, want %q", p.ID, p.Missing, want[p.ID])
			} else if p != nil {
				for _, wrong := range []string{"het vaakst", "drukst", "De grootste"} {
					if strings.Contains(p.Text, wrong) {
						t.Errorf("%s says %q", p.ID, p.Text)
					}
				}
			}
		}
	}
}

// TestZeroAndHidden draws what is hidden, though all that is known is 0, and lets it not fill the picture.
func TestZeroAndHidden(t *testing.T) {
	d := controlled(t, reports.Dutch)
	r := d.Published.Results()
	for i := range r.Figures {
		f := &r.Figures[i]
		if f.ID != "conference.end_grounds" && f.ID != "inflow.refusals" || len(f.Dims) == 0 {
			continue
		}
		f.Status, f.Value = "", transform.CountOf(0)
		if f.ID == "inflow.refusals" || f.Dim("end_ground") == "other" {
			f.Status, f.Value = transform.Suppressed, transform.Value{}
		}
	}
	b, err := newBuilder(d)
	if err != nil {
		t.Fatal(err)
	}
	drawn := 0
	for _, p := range b.page().pictures() {
		if p.ID != "conference-grounds" && p.ID != "inflow-refusals" {
			continue
		}
		drawn++
		text, err := p.drawing.options(p.Alt)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), `"max":1,`) {
			t.Errorf("%s: the hidden bars fill the axis", p.ID)
		}
	}
	if drawn != 2 {
		t.Errorf("%d pictures of hidden parts are drawn, want 2", drawn)
	}
}
