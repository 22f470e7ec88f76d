package excel

import (
	"cmp"
	"slices"

	"lvv/internal/lists"
	"lvv/reports/content"
	"lvv/reports/excel/workbook"
)

// chart draws a chart natively, from the sheet of chart data. Ribbons have no native chart: their table says it.
func (b *book) chart(s *workbook.Sheet, c *content.Chart) {
	out := workbook.Chart{Title: c.Title, Alt: c.Alt, YFormat: axisFormats[c.Y.Format], YMax: c.Y.Max, XTitle: c.X.Title}
	switch c.Kind {
	case content.Bars:
		b.bars(c, &out)
	case content.Columns:
		b.columns(c, &out)
	case content.Lines, content.Steps, content.Areas:
		b.lines(c, &out)
	default:
		return
	}
	s.Chart(out)
}

var axisFormats = map[string]workbook.Format{
	"percent": workbook.Percent, "euro": workbook.Euro, "cents": workbook.Euro, "count": workbook.Whole, "days": workbook.Whole, "date": workbook.Date,
}

// bars draws what is certain, and stacked on it the room in which a hidden count lies. The name of a bar that
// is not drawn, or not to its end, carries its text.
func (b *book) bars(c *content.Chart, out *workbook.Chart) {
	words := b.report.Words
	points := c.Series[0].Points
	hidden := slices.ContainsFunc(points, content.Point.Hidden)
	titles := []string{words.Figure, words.Certain}
	if hidden {
		titles = append(titles, words.Room)
	}
	rows := make([][]workbook.Cell, len(points))
	for i, p := range points {
		name, value := c.Names[i], workbook.Cell{}
		if p.Drawn {
			value = workbook.Number(p.Low, out.YFormat)
		}
		if !p.Drawn || p.Hidden() || c.Y.Format == "percent" {
			name += ": " + p.Text
		}
		rows[i] = []workbook.Cell{workbook.Text(name), value}
		if hidden {
			rows[i] = append(rows[i], workbook.Number(p.High-p.Low, out.YFormat))
		}
	}
	out.Kind, out.Height = workbook.Bars, max(8, min(20, 4+len(points)))
	out.Series = b.ChartData(c.Title, titles, rows).Series(len(titles) - 1)
	if hidden {
		out.Kind = workbook.StackedBars
	}
}

// trends draws the small lines of a table, from the sheet of chart data.
func (b *book) trends(t *content.Table, a *workbook.Area) {
	column := slices.IndexFunc(t.Columns, func(c content.Column) bool { return c.Trend })
	if column < 0 {
		return
	}
	titles := []string{b.report.Words.Quarter}
	var rows [][]workbook.Cell
	var at []int
	for i, row := range t.Rows {
		if row[column].Trend == nil {
			continue
		}
		titles, at = append(titles, row[0].Text), append(at, i)
		for k, q := range row[column].Trend {
			if k == len(rows) {
				rows = append(rows, []workbook.Cell{workbook.Text(q.Quarter)})
			}
			rows[k] = append(rows[k], workbook.Value(q.Value, row[1].Unit))
		}
	}
	from := b.ChartData(t.Caption+", "+t.Columns[column].Title, titles, rows)
	for k, i := range at {
		a.Trend(i, column, from.Column(k+1))
	}
}

func (b *book) columns(c *content.Chart, out *workbook.Chart) {
	g := c.Grid()
	titles := append([]string{b.report.Words.Figure}, lists.Map(g.Lines, func(l content.Line) string { return cmp.Or(l.Name, c.Title) })...)
	rows := make([][]workbook.Cell, len(c.Names))
	for i, name := range c.Names {
		rows[i] = numbers(workbook.Text(name), g.Rows[i], out.YFormat)
	}
	out.Kind, out.Negative = workbook.Columns, true
	out.Series = b.ChartData(c.Title, titles, rows).Series(len(c.Series))
}

// numbers is a row of chart data: its head, and values, empty where there is none.
func numbers(head workbook.Cell, values []*float64, format workbook.Format) []workbook.Cell {
	row := []workbook.Cell{head}
	for _, v := range values {
		cell := workbook.Cell{}
		if v != nil {
			cell = workbook.Number(*v, format)
		}
		row = append(row, cell)
	}
	return row
}

// lines draws lines over dates, and curves over days as steps.
func (b *book) lines(c *content.Chart, out *workbook.Chart) {
	g := c.Grid()
	titles := append([]string{b.report.Words.Day}, lists.Map(g.Lines, func(l content.Line) string { return l.Name })...)
	var rows [][]workbook.Cell
	for i, x := range g.At {
		head := workbook.Value(x, "date")
		if i > 0 && c.Kind != content.Lines { // a step stays level up to the day on which it falls
			rows = append(rows, numbers(head, g.Rows[i-1], out.YFormat))
		}
		rows = append(rows, numbers(head, g.Rows[i], out.YFormat))
	}
	out.Series = b.ChartData(c.Title, titles, rows).Series(len(g.Lines))
	for j, l := range g.Lines {
		out.Series[j].Dashed = l.Role != content.Reached && l.Role != content.Share
	}
	out.Kind, out.Height, out.Span = workbook.Lines, 20, true
	if out.XDates = c.X.Format == "date"; out.XDates {
		out.TickSkip = max(1, len(rows)/12)
	} else {
		out.Kind = workbook.Scatter
	}
}
