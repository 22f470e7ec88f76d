package html

import (
	"slices"
	"testing"

	"github.com/go-echarts/go-echarts/v2/charts"

	"lvv/internal/day"
	"lvv/reports/content"
	"lvv/transform/engine"
)

// TestMarksOfLines gives a line of one point a symbol, and an axis of counts whole numbers.
func TestMarksOfLines(t *testing.T) {
	x := day.Of(2020, 7, 15)
	known := func(d day.Day) content.Point {
		return content.Point{X: engine.DateOf(d), Low: 3, High: 3, Drawn: true}
	}
	gap := content.Point{X: engine.DateOf(x + 1)}
	for _, c := range []struct {
		name   string
		points []content.Point
		role   content.Role
		want   bool
	}{
		{"one point", []content.Point{known(x)}, content.Reached, true},
		{"one known point", []content.Point{known(x), gap}, content.Reached, true},
		{"a line", []content.Point{known(x), known(x + 1)}, content.Reached, false},
		{"the edge of a band", []content.Point{known(x)}, content.Band, false},
		{"nothing known", []content.Point{gap}, content.Reached, false},
	} {
		list := linesOf(&content.Chart{Kind: content.Lines, Series: []content.Series{{Name: "x", Role: c.role, Points: c.points}}})
		if got := list[0].over(0)["showSymbol"]; got != c.want {
			t.Errorf("%s: a symbol is shown: %v, want %v", c.name, got, c.want)
		}
	}
	for format, want := range map[string]any{"count": 1, "cents": 0.01, "percent": nil, "euro": nil, "days": nil} {
		if got := axisStyle(content.Axis{Format: format}, true)["minInterval"]; got != want {
			t.Errorf("an axis of %s has steps of at least %v, want %v", format, got, want)
		}
	}
}

// TestVisible leaves out of a curve what is thinner than a line, and never what adds up to more.
func TestVisible(t *testing.T) {
	values := [][2]float64{{1, 0}, {0.999, 0}, {0.998, 0}, {0.997, 0}, {0.997, 0.003}, {0.9969, 0.003}, {0.9, 0.003}, {0.9001, 0.003}}
	list := make([]content.Series, 2)
	for i, v := range values {
		for j := range list {
			list[j].Points = append(list[j].Points, content.Point{X: engine.CountOf(int64(i)), Low: v[j], High: v[j], Drawn: true})
		}
	}
	for _, s := range list {
		var days []int64
		for _, p := range visible(list, s) {
			days = append(days, p.X.Int())
		}
		if want := []int64{0, 3, 4, 6, 7}; !slices.Equal(days, want) {
			t.Errorf("days %v stay, want %v", days, want)
		}
	}
}

// TestRangeOfBar draws a hidden count up to its lower limit, and hatched from there to the upper one.
func TestRangeOfBar(t *testing.T) {
	known, room, _ := barData(content.Series{Points: []content.Point{
		{Low: 7, High: 7, Drawn: true, Text: "7"}, {Low: 5, High: 11, Drawn: true, Text: "5-11"}, {Text: "x"}}})
	for i, want := range [][2]float64{{7, 0}, {5, 6}} {
		if known[i]["value"] != want[0] || room[i]["value"] != want[1] {
			t.Errorf("bar %d is %v and %v, want %v", i, known[i]["value"], room[i]["value"], want)
		}
	}
	if _, hatched := room[1]["itemStyle"]; !hatched {
		t.Error("the room of a hidden count is not hatched")
	}
	if known[2]["value"] != 0 || room[2]["value"] != 0 {
		t.Error("a bar that is not drawn has a length")
	}
}

// TestAxisReachesMark draws bars that all end before their bound: the axis goes up to it, and where one passes it, as far as it must.
func TestAxisReachesMark(t *testing.T) {
	for longest, want := range map[float64]any{0.8: 1.0, 1.3: nil} {
		c := &content.Chart{Kind: content.Bars, Names: []string{"a"}, Mark: &content.Mark{At: 1, Name: "all"}, Series: []content.Series{{
			Points: []content.Point{{Low: longest, High: longest, Drawn: true, Text: "x"}}}}}
		if got := barChart(c).chart.(*charts.Bar).XAxisList[0].Max; got != want {
			t.Errorf("bars up to %v: the axis ends at %v, want %v", longest, got, want)
		}
	}
}

// TestTrend draws a small line from its lowest to its highest value, broken where a quarter has none.
func TestTrend(t *testing.T) {
	step := func(v engine.Value) content.Step { return content.Step{Quarter: "q", Value: v} }
	got := string(trend(content.Cell{Text: "a < b", Trend: []content.Step{
		step(engine.CountOf(-5)), step(engine.CountOf(5)), step(engine.Value{}), step(engine.CountOf(0)),
	}}))
	want := `<svg viewBox="0 0 112 28" role="img"><title>a &lt; b</title><path d="M4.0 24.0h0L38.7 4.0M108.0 14.0h0" ` +
		`fill="none" stroke="var(--lvv-chart-1)" stroke-width="1.75" stroke-linejoin="round" stroke-linecap="round"/>` +
		`<circle cx="108.0" cy="14.0" r="3" fill="var(--lvv-chart-1)"/></svg>`
	if got != want {
		t.Errorf("the line is\n%s, want\n%s", got, want)
	}
}
