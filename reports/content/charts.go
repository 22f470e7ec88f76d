package content

import (
	"cmp"
	"math"
	"slices"

	"lvv/anonymize/published"
	"lvv/internal/lists"
	"lvv/reports"
	"lvv/transform/engine"
)

const (
	// maxBars is how many bars a reader still tells apart.
	maxBars = 30
	// fewestInShare is of how many a share is drawn: a bar of 100 % that rests on one says nothing.
	fewestInShare = 10
)

// point makes the bar of a figure: of a known value, or of the room that its range leaves. A share of few is
// written and not drawn.
func (b *builder) point(f *published.Figure) Point {
	p := Point{Text: b.show(f)}
	if of := b.ofHowMany(f); of != "" && f.Numerator.Kind() == engine.Count {
		p.Text += " (" + of + ")"
		if f.Denominator.Kind() == engine.Count && f.Denominator.Int() < fewestInShare {
			p.Text = of
			return p
		}
	}
	low, high, ok := b.bounds(f)
	if ok && !math.IsInf(high, 1) {
		p.Low, p.High, p.Drawn = low, high, true
	}
	return p
}

// counted are the sentences about a total and its breakdown: none where there were none, total with the
// total, top with the largest part, which follows it where that can be told, tops with several where they are said
// in other words.
type counted struct{ none, total, top, tops string }

func (c counted) mostCommon(b *builder, parts []string) string {
	sentence := c.top
	if len(parts) > 1 && c.tops != "" {
		sentence = c.tops
	}
	return b.say(sentence, sentence, b.enumerate(parts))
}

// count is a part about a total: sentences, bars by a dimension, and a table whose column of numbers has the
// head. Values that did not occur stay in the table.
func (b *builder) count(id, title, figure, dim, head string, c counted) Part {
	p := Part{ID: id, Title: title, Text: b.topText(figure, dim, c)}
	p.Table = b.breakdown(id, title, dim, column{head, figure})
	b.bars(&p, figure, dim, true)
	return p
}

// topText phrases a total and the largest parts of its breakdown.
func (b *builder) topText(id, dim string, c counted) string {
	f := b.figure(id)
	if !f.Known() {
		return b.missing(f)
	}
	if f.Value.Float() == 0 {
		return c.none
	}
	text := b.say(c.total, c.total, b.value(id))
	if top := b.top(id, dim, 2); len(top) > 0 {
		text += " " + c.mostCommon(b, top)
	} else if unsaid := b.unsaid(id, dim); unsaid != "" {
		text += " " + unsaid
	}
	return text
}

// barChart is a chart of the part with one set of bars, still without any.
func (p *Part) barChart(format string) *Chart {
	return &Chart{ID: p.ID, Kind: Bars, Title: p.Title, Y: Axis{Format: format}, Series: []Series{{Colour: 1, Role: Reached}}}
}

// bar adds a bar.
func (c *Chart) bar(name string, p Point) {
	c.Names, c.Series[0].Points = append(c.Names, name), append(c.Series[0].Points, p)
}

// bars draws a breakdown in its own order. Where most of it is hidden, a chart would say nothing: the sentence and the table
// stay. With skipZero, values whose count is 0 are left out.
func (b *builder) bars(p *Part, id, dim string, skipZero bool) {
	b.barsOf(p, b.figure(id), b.doc.Breakdown(id, dim), dim, skipZero)
}

// barsOf draws the parts of a total in the order given.
func (b *builder) barsOf(p *Part, total *published.Figure, all []*published.Figure, dim string, skipZero bool) {
	figures := b.highest(p, all)
	c := p.barChart("count")
	drawn, hidden := 0, 0
	for _, f := range figures {
		if skipZero && f.Known() && f.Value.Float() == 0 {
			continue
		}
		one := b.point(f)
		if one.Hidden() || !one.Drawn {
			hidden++
		} else {
			drawn++
		}
		if f.Unit == "ratio" {
			c.Y.Format = "percent"
		}
		c.bar(b.label(dim, f.Dim(dim)), one)
	}
	switch {
	case hidden > drawn && anyHidden(figures):
		p.Missing = b.mostHidden()
	case drawn == 0 || none(all):
		p.Missing = b.nothing(total, all)
	default:
		if slices.ContainsFunc(c.Series[0].Points, Point.Hidden) {
			c.Keys = []Key{{Mark: "hatched", Text: b.Pick(
				"gearceerd: het aantal tonen we niet precies; het ligt ergens in dit stuk",
				"hatched: the number is not shown exactly; it lies somewhere in this part")}}
		}
		p.Chart = c
	}
}

func (b *builder) mostHidden() string {
	return b.Pick("De meeste aantallen tonen we niet precies. Daarom staat hier geen grafiek; de tabel toont tussen welke getallen ze liggen.",
		"Most numbers are not shown exactly. There is therefore no chart here; the table says between which numbers they lie.")
}

// highest keeps the highest known parts of a breakdown that is too long to draw, in their order, and says so.
func (b *builder) highest(p *Part, parts []*published.Figure) []*published.Figure {
	if len(parts) <= maxBars {
		return parts
	}
	top := slices.DeleteFunc(slices.Clone(parts), func(f *published.Figure) bool { return !f.Known() })
	slices.SortStableFunc(top, func(x, y *published.Figure) int { return compareValues(y, x) })
	top = top[:min(len(top), maxBars)]
	kept := slices.DeleteFunc(slices.Clone(parts), func(f *published.Figure) bool { return !slices.Contains(top, f) })
	if len(kept) > 0 {
		p.Notes = append(slices.Clone(p.Notes), b.say("De grafiek toont de %s hoogste van %s; de tabel toont ze alle.",
			"The chart shows the %s highest of %s; the table has them all.", b.Count(int64(len(kept))), b.Count(int64(len(parts)))))
	}
	return kept
}

// nothing says why a breakdown has nothing to draw.
func (b *builder) nothing(total *published.Figure, parts []*published.Figure) string {
	switch {
	case total.Known() && total.Value.Float() == 0 || none(parts):
		return b.Pick("In deze periode waren er geen.", "There were none in this period.")
	case len(parts) > 0 && !parts[0].Known():
		return b.missing(parts[0])
	}
	return b.missing(total)
}

// none reports whether figures are counts that are all known to be 0.
func none(figures []*published.Figure) bool {
	return len(figures) > 0 && !slices.ContainsFunc(figures, func(f *published.Figure) bool {
		return f.Unit != "count" || !f.Known() || f.Value.Float() != 0
	})
}

// columns draws columns of a series by quarter.
func (b *builder) columns(id, title string, y Axis, rows [][]engine.Value, unit string, list ...Series) *Chart {
	names := lists.Map(rows, func(r []engine.Value) string { return b.quarter(r[0].Str()) })
	c := &Chart{ID: id, Kind: Columns, Title: title, Y: y, Names: names, Series: list}
	for i := range c.Series {
		for j := range c.Series[i].Points {
			p := &c.Series[i].Points[j]
			p.X = engine.Value{}
			switch {
			case !p.Drawn:
				p.Text = "–"
			case unit == "eur":
				p.Text = b.Euro(int64(math.Round(p.Low * 100)))
			default:
				p.Text = b.Number(p.Low)
			}
		}
	}
	return c
}

// Grid is a chart of lines or columns as a table.
type Grid struct {
	Lines []Line         // the columns
	At    []engine.Value // the rows: days or dates in order; of columns the place of their name
	Rows  [][]*float64   // by row, then by column; nil where nothing is known or may be said
}

// Line is a series, or one edge of a band, whose name then has an arrow.
type Line struct {
	Name string
	Role Role
}

// Grid returns the values of the chart, which has lines or columns.
func (c *Chart) Grid() Grid {
	var g Grid
	at := func(i int, p Point) engine.Value {
		if c.Kind == Columns {
			return engine.CountOf(int64(i))
		}
		return p.X
	}
	for _, s := range c.Series {
		if s.Role == Band {
			g.Lines = append(g.Lines, Line{s.Name + " ↓", s.Role}, Line{s.Name + " ↑", s.Role})
		} else {
			g.Lines = append(g.Lines, Line{s.Name, s.Role})
		}
		for i, p := range s.Points {
			g.At = append(g.At, at(i, p))
		}
	}
	slices.SortFunc(g.At, func(x, y engine.Value) int {
		return cmp.Or(cmp.Compare(x.Day(), y.Day()), cmp.Compare(x.Float(), y.Float()))
	})
	g.At = slices.Compact(g.At)
	rows := map[engine.Value][]*float64{}
	for _, x := range g.At {
		rows[x] = make([]*float64, len(g.Lines))
		g.Rows = append(g.Rows, rows[x])
	}
	column := 0
	for _, s := range c.Series {
		for i, p := range s.Points {
			if !p.Drawn {
				continue
			}
			row := rows[at(i, p)]
			row[column] = &p.Low
			if s.Role == Band {
				row[column+1] = &p.High
			}
		}
		if column++; s.Role == Band {
			column++
		}
	}
	return g
}

// euroAxis is the axis of amounts: in cents where the marks of its scale lie less than a euro apart.
func euroAxis(list ...Series) Axis {
	const wholeFrom = 5
	if anyPoint(list, func(p Point) bool { return p.High >= wholeFrom }) {
		return Axis{Format: "euro"}
	}
	return Axis{Format: "cents"}
}

func anyAbove(list []Series) bool {
	return anyPoint(list, func(p Point) bool { return p.High != 0 })
}

// anyPoint reports whether something holds of one of the points that are drawn.
func anyPoint(list []Series, holds func(Point) bool) bool {
	return slices.ContainsFunc(list, func(s Series) bool {
		return slices.ContainsFunc(s.Points, func(p Point) bool { return p.Drawn && holds(p) })
	})
}

// flow draws the ribbons of a figure by two dimensions, unless most of them are hidden.
func (b *builder) flow(p *Part, id, from, to string) {
	figures := b.doc.Breakdown(id, from, to)
	c := &Chart{ID: p.ID, Kind: Flow, Title: p.Title}
	drawn, hidden := 0, 0
	for _, f := range figures {
		if f.Known() && f.Value.Float() == 0 {
			continue
		}
		if !f.Known() {
			hidden++
		} else {
			drawn++
		}
		c.Flows = append(c.Flows, Ribbon{From: b.label(from, f.Dim(from)), To: b.label(to, f.Dim(to)), Point: b.point(f)})
	}
	switch {
	case drawn == 0 && hidden == 0:
		p.Missing = b.nothing(nil, figures)
	case hidden > drawn:
		p.Missing = b.mostHidden()
	default:
		if hidden > 0 {
			c.Keys = []Key{{Mark: "hidden-flow", Text: b.Pick("grijs: niet precies getoond; de breedte is de ondergrens", "grey: not shown exactly; the width is the lower limit")}}
		}
		p.Chart = c
	}
}

func (b *builder) counts(number, oneNL, manyNL, oneEN, manyEN string) string {
	return reports.Counted(number, b.Pick(oneNL, oneEN), b.Pick(manyNL, manyEN))
}
