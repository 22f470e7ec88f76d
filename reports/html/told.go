package html

import (
	"encoding/json"
	"html/template"
	"math"
	"slices"

	"lvv/internal/lists"
	"lvv/reports/content"
	"lvv/transform/engine"
)

// tale is what the pointer tells of a picture over days, dates or quarters, and what it can be saved as: its
// published values. The marks of other pictures bear their numbers.
type tale struct {
	X      string       `json:"x,omitempty"` // format of the positions: date or days; none where they have names
	Title  string       `json:"title"`       // of the positions
	Format string       `json:"format"`      // of the values
	Series []string     `json:"series"`
	Names  []string     `json:"names,omitempty"` // of the positions
	Days   []float64    `json:"days,omitempty"`  // dates count from 1970
	At     []int        `json:"at"`              // how far along the axis each lies, in ten-thousandths
	Rows   [][]*float64 `json:"rows"`            // by position, then by series; null where nothing is known or may be said
}

// told is the tale of a chart; without positions where there is nothing to tell.
func told(c *content.Chart) tale {
	t := tale{X: c.X.Format, Format: c.Y.Format, Title: c.X.Title}
	switch {
	case c.Small || c.Kind == content.Bars || c.Kind == content.Flow:
		return tale{}
	case c.Kind == content.Columns:
		t.X, t.Names = "", c.Names
		t.Rows = make([][]*float64, len(c.Names))
		for _, s := range c.Series {
			t.Series = append(t.Series, s.Name)
			for i, p := range s.Points {
				t.Rows[i] = append(t.Rows[i], value(p, p.Low))
			}
		}
		return t
	}
	var days []float64
	for _, s := range c.Series {
		for _, p := range s.Points {
			days = append(days, dayOf(p))
		}
	}
	slices.Sort(days)
	t.Days = slices.Compact(days)
	t.Rows = make([][]*float64, len(t.Days))
	add := func(name string, points []content.Point, end func(content.Point) float64) {
		t.Series = append(t.Series, name)
		for i := range t.Rows {
			t.Rows[i] = append(t.Rows[i], nil)
		}
		for _, p := range points {
			if i, ok := slices.BinarySearch(t.Days, dayOf(p)); ok {
				t.Rows[i][len(t.Series)-1] = value(p, end(p))
			}
		}
	}
	for _, s := range c.Series {
		if s.Role == content.Band {
			add(s.Name+" ↓", s.Points, func(p content.Point) float64 { return p.Low })
			add(s.Name+" ↑", s.Points, func(p content.Point) float64 { return p.High })
			continue
		}
		add(s.Name, s.Points, func(p content.Point) float64 { return p.Low })
	}
	return t
}

const millisecondsADay = 24 * 60 * 60 * 1000

// dayOf is the day of a point of a line: a number of days, of dates since 1970.
func dayOf(p content.Point) float64 {
	x := position(p.X)
	if p.X.Kind() != engine.Date {
		return x
	}
	return x / millisecondsADay
}

func value(p content.Point, v float64) *float64 {
	if !p.Drawn {
		return nil
	}
	return &v
}

// positions are where the axis is asked about.
func (t *tale) positions() []float64 {
	xs := make([]float64, 0, len(t.Rows))
	for i := range t.Rows {
		switch {
		case t.Names != nil:
			xs = append(xs, float64(i))
		case t.X == "date":
			xs = append(xs, t.Days[i]*millisecondsADay)
		default:
			xs = append(xs, t.Days[i])
		}
	}
	return xs
}

// json writes the tale, with <, > and & escaped, ready for a script element.
func (t *tale) json(at []float64) (template.JS, error) {
	if len(t.Rows) == 0 {
		return "", nil
	}
	const parts = 10_000
	t.At = lists.Map(at, func(x float64) int { return int(math.Round(parts * x)) })
	text, err := json.Marshal(t)
	return template.JS(text), err //nolint:gosec // json.Marshal escapes what could end a script element
}
