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

// TestSteps leaves out what is thinner than a line, and never what adds up to more.
func TestSteps(t *testing.T) {
	row := func(day int64, values ...float64) []transform.Value {
		r := []transform.Value{transform.CountOf(day)}
		for _, v := range values {
			r = append(r, transform.RealOf(v))
		}
		return r
	}
	rows := [][]transform.Value{
		row(0, 1, 0), row(1, 0.999, 0), row(2, 0.998, 0), row(3, 0.997, 0), // the third adds up to a step
		row(4, 0.997, 0.003), row(5, 0.9969, 0.003), {transform.CountOf(6), {}, transform.RealOf(0.003)}, row(7, 0.9969, 0.003),
	}
	var days []int64
	for _, r := range steps(rows) {
		days = append(days, r[0].Int())
	}
	if want := []int64{0, 3, 4, 6, 7}; !slices.Equal(days, want) {
		t.Errorf("days %v stay, want %v", days, want)
	}
}
