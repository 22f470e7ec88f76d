package html

import (
	"slices"
	"strings"
	"testing"

	"lvv/reports"
	"lvv/transform"
)

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

// TestThinnedCurves draws a curve of which disclosure control left too little, or enough to say so.
func TestThinnedCurves(t *testing.T) {
	const note, few = "elke trede staat voor ten minste 5 trajecten", "Het verloop is niet getekend"
	thin := func(days ...int64) func(*transform.Results) {
		return func(r *transform.Results) {
			for i := range r.Series {
				if s := &r.Series[i]; strings.HasPrefix(s.ID, "duration.") {
					s.Rows = slices.DeleteFunc(s.Rows, func(row []transform.Value) bool { return !slices.Contains(days, row[0].Int()) })
				}
			}
		}
	}
	for _, c := range []struct {
		name    string
		minCell int
		change  func(*transform.Results)
		drawn   bool
		says    string
	}{
		{"control off", 0, thin(0, 180), true, ""},
		{"all steps", 5, func(*transform.Results) {}, true, note},
		{"a start and an end", 5, thin(0, 40), false, few},
		{"low steps and a high one", 5, thin(0, 20, 40, 60, 240), false, few},
		{"low steps", 5, thin(0, 80, 160, 240), true, note},
		{"nothing", 5, thin(), false, few},
	} {
		d := document(t, reports.Dutch)
		d.Published.MinCell = c.minCell
		c.change(d.Published.Results())
		b, err := newBuilder(d)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range []*picture{b.survivalPicture(), b.incidencePicture()} {
			said := p.Missing + strings.Join(p.Notes, " ")
			if (p.drawing != nil) != c.drawn || (p.Missing == "") != c.drawn || !strings.Contains(said, c.says) || c.says == "" && strings.Contains(said, note) {
				t.Errorf("%s: %s is drawn: %v, and says %q", c.name, p.ID, p.drawing != nil, said)
			}
		}
		if small := b.durationCard().Picture; (small.drawing != nil) != c.drawn {
			t.Errorf("%s: the small picture is drawn: %v", c.name, small.drawing != nil)
		}
	}
}
