package html

import (
	"encoding/json"
	"html/template"
	"math"

	"lvv/internal/day"
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

	positions []float64 // where the axis is asked about
}

// told is the tale of a chart; without positions where there is nothing to tell.
func told(c *content.Chart) tale {
	if c.Small || c.Kind == content.Bars || c.Kind == content.Flow {
		return tale{positions: []float64{}}
	}
	g := c.Grid()
	t := tale{X: c.X.Format, Format: c.Y.Format, Title: c.X.Title, Series: lists.Map(g.Lines, func(l content.Line) string { return l.Name }), Rows: g.Rows, positions: lists.Map(g.At, position)}
	if c.Kind == content.Columns {
		t.X, t.Names = "", c.Names
		return t
	}
	t.Days = lists.Map(g.At, func(x engine.Value) float64 {
		if d := x.Day(); d != day.None {
			return float64(d)
		}
		return x.Float()
	})
	return t
}

const millisecondsADay = 24 * 60 * 60 * 1000

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
