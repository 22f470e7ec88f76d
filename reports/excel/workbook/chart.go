package workbook

import (
	"github.com/xuri/excelize/v2"
)

// Kind is the kind of a chart.
type Kind uint8

// The kinds of chart.
const (
	Lines Kind = iota
	Bars       // lying, for categories with long names
	StackedBars
	Columns
	Scatter // lines between points on two number axes
)

var kinds = map[Kind]excelize.ChartType{
	Lines: excelize.Line, Bars: excelize.Bar, StackedBars: excelize.BarStacked,
	Columns: excelize.Col, Scatter: excelize.Scatter,
}

// colours differ in lightness from one to the next, so that they can be told apart without colour.
var colours = []string{"17375E", "D97904", "7FA6D6", "5B5B5B", "B9B9B9", "6B2A56", "3C7A5A", "E5C07B"}

// Series is one line or set of bars. The references come from an [Area].
type Series struct {
	Name   string // reference to the cell that names it
	X, Y   string // references to categories (or x) and values
	Dashed bool   // a target or a limit
}

// Chart is a native chart.
type Chart struct {
	Kind     Kind
	Title    string // what it shows
	Alt      string // the same in words, for who cannot see it
	Series   []Series
	XTitle   string
	YFormat  Format
	XDates   bool
	YMax     float64 // 0: as the values ask
	Negative bool    // the value axis may begin below zero
	Span     bool    // lines run on over empty cells
	Height   int     // rows; 16 by default
	TickSkip int     // label every so many categories
}

const chartRows = 16 // by default

// Chart places a chart below what the sheet already holds, as wide as its columns.
func (s *Sheet) Chart(c Chart) {
	if c.Height == 0 {
		c.Height = chartRows
	}
	s.keep(lineHeight * float64(c.Height+1))
	s.next(lineHeight)
	s.book.fail(s.book.file.AddChart(s.name, address(1, s.row), s.book.excelChart(c, s.pixels())))
	for range c.Height {
		s.next(lineHeight)
	}
}

func (b *Book) excelChart(c Chart, pixels float64) *excelize.Chart {
	plain := excelize.Font{Family: "Calibri", Size: 9, Color: ink}
	chart := &excelize.Chart{
		Type:         kinds[c.Kind],
		Title:        chartTitle(c.Title, 12),
		Format:       excelize.GraphicOptions{AltText: Safe(c.Alt), Name: Safe(c.Title), Positioning: "oneCell"},
		Dimension:    excelize.ChartDimension{Width: uint(pixels), Height: uint(c.Height * 20)},
		Legend:       excelize.ChartLegend{Position: "bottom", Font: &plain},
		VaryColors:   new(false),
		XAxis:        excelize.ChartAxis{Font: plain, Title: chartTitle(c.XTitle, 9), TickLabelSkip: c.TickSkip},
		YAxis:        excelize.ChartAxis{Font: plain, MajorGridLines: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: b.axisFormat(c.YFormat)}},
		ShowBlanksAs: "gap",
		Border:       excelize.LineOptions{Type: excelize.LineNone},
	}
	if len(c.Series) == 1 {
		chart.Legend.Position = "none"
	}
	if c.XDates {
		chart.XAxis.NumFmt = excelize.ChartNumFmt{CustomNumFmt: b.pick("d-m-yy", "d mmm yy")}
		chart.XAxis.Alignment.TextRotation = -45 // upright labels of so many days would overlap
	}
	if !c.Negative {
		chart.YAxis.Minimum = new(0.0)
	}
	if c.Span {
		chart.ShowBlanksAs = "span"
	}
	if c.YMax > 0 {
		chart.YAxis.Maximum = new(c.YMax)
	}
	switch c.Kind {
	case Bars, StackedBars:
		// Excel counts the categories of lying bars from below.
		chart.XAxis.ReverseOrder = true
		chart.PlotArea.ShowVal, chart.YAxis.None = c.Kind == Bars, c.Kind == Bars
		chart.GapWidth = new(uint(45))
	case Scatter:
		chart.XAxis.Minimum = new(0.0)
	}
	for i, s := range c.Series {
		chart.Series = append(chart.Series, excelSeries(c.Kind, s, i))
	}
	return chart
}

func chartTitle(text string, size float64) excelize.ChartTitle {
	if text == "" {
		return excelize.ChartTitle{}
	}
	return excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{
		Text: Safe(text), Font: &excelize.Font{Family: "Calibri", Size: size, Bold: size > 10, Color: ink},
	}}}
}

func excelSeries(kind Kind, s Series, position int) excelize.ChartSeries {
	fill := excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colours[position%len(colours)]}}
	out := excelize.ChartSeries{Name: s.Name, Categories: s.X, Values: s.Y, Fill: fill}
	if kind == Lines || kind == Scatter {
		out.Marker = excelize.ChartMarker{Symbol: "none"}
		out.Line = excelize.LineOptions{Type: excelize.LineSolid, Width: 2, Fill: fill}
		if s.Dashed {
			out.Line.Dash, out.Line.Width = excelize.LineDashDash, 1.5
		}
	}
	return out
}

func (b *Book) axisFormat(f Format) string {
	switch f {
	case Percent:
		return "0%"
	case Euro:
		return b.pick(`[$€-2]\ #,##0`, `[$€-2]#,##0`)
	}
	return "#,##0"
}

// Series are columns of an area as the series of a chart: the first column gives the categories, so many that follow
// the values.
func (a *Area) Series(n int) []Series {
	out := make([]Series, n)
	for i := range out {
		out[i] = Series{Name: a.Header(i + 1), X: a.Column(0), Y: a.Column(i + 1)}
	}
	return out
}

// Trend draws a small line in a cell of the area's data, both counted from 0, from the values at a reference.
func (a *Area) Trend(row, col int, values string) {
	a.sheet.book.fail(a.sheet.book.file.AddSparkline(a.sheet.name, &excelize.SparklineOptions{
		Location: []string{address(col+1, a.head+1+row)}, Range: []string{values}, SeriesColor: "#" + navy, Weight: 1.5, Last: true,
	}))
}

// Define names a cell of the area's data, both counted from 0, for the formulas of those who calculate on.
func (a *Area) Define(name string, row, col int) {
	a.sheet.book.fail(a.sheet.book.file.SetDefinedName(&excelize.DefinedName{Name: name, RefersTo: a.Cell(row, col)}))
}
