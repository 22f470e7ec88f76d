package html

import (
	"slices"
	"testing"

	"lvv/internal/day"
	"lvv/reports"
	"lvv/transform"
)

// TestMarksOfLines gives a line of one point a symbol, and an axis of counts whole numbers.
func TestMarksOfLines(t *testing.T) {
	one, unknown := transform.CountOf(3), transform.Value{}
	x := milliseconds(day.Of(2020, 7, 15))
	for _, c := range []struct {
		name  string
		x     []float64
		y     []transform.Value
		style lineStyle
		want  bool
	}{
		{"one point", []float64{x}, []transform.Value{one}, lineStyle{}, true},
		{"one known point", []float64{x, x + 1}, []transform.Value{one, unknown}, lineStyle{}, true},
		{"a line", []float64{x, x + 1}, []transform.Value{one, one}, lineStyle{}, false},
		{"the edge of a band", []float64{x}, []transform.Value{one}, lineStyle{silent: true}, false},
		{"nothing known", []float64{x}, []transform.Value{unknown}, lineStyle{}, false},
	} {
		s := lineSeries{name: "x", x: c.x, y: c.y, lineStyle: c.style}
		if got := s.over(0)["showSymbol"]; got != c.want {
			t.Errorf("%s: a symbol is shown: %v, want %v", c.name, got, c.want)
		}
	}
	for format, want := range map[string]any{"count": 1, "cents": 0.01, "percent": nil, "euro": nil, "days": nil} {
		if got := axisStyle(axis{format: format}, true)["minInterval"]; got != want {
			t.Errorf("an axis of %s has steps of at least %v, want %v", format, got, want)
		}
	}
}

// TestReachedIsNamed names the line of what was reached where its label would lie over the forecast.
func TestReachedIsNamed(t *testing.T) {
	for _, forecast := range []bool{true, false} {
		d := document(t, reports.Dutch)
		if r := d.Published.Results(); !forecast {
			r.Series = slices.DeleteFunc(r.Series, func(s transform.Series) bool { return s.ID == "durable.fan" })
		}
		b, err := newBuilder(d)
		if err != nil {
			t.Fatal(err)
		}
		p := b.progressPicture()
		list, ok := p.drawing.over["series"].([]object)
		if !ok || len(list) < 2 {
			t.Fatalf("the picture has series %v", p.drawing.over["series"])
		}
		label, _ := list[len(list)-2]["endLabel"].(object) // before the straight line
		inKey := slices.ContainsFunc(p.Legend, func(k key) bool { return k.Text == "dikke lijn: bereikt" })
		if label["show"] == forecast || inKey != forecast {
			t.Errorf("forecast %v: a label at the line's end: %v, in the key: %v", forecast, label["show"], inKey)
		}
	}
}
