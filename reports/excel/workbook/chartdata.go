package workbook

import (
	"fmt"
	"slices"
)

// chartData is the last sheet of a book: what charts are drawn from where the reader's tables hold
// texts such as <5, which a chart would draw as zero.
type chartData struct {
	tables []Table
	areas  []*Area
	next   int // the row at which the next table's heading is preceded by a blank one
}

// chartDataStart is the first row below the sheet's title and explanation.
const chartDataStart = 3

func (b *Book) chartDataOptions() Options {
	return Options{
		Name:  b.pick("Grafiekgegevens", "Chart data"),
		Title: b.pick("Gegevens achter de grafieken", "Data behind the charts"),
		Explain: b.pick("Waar een tabel een tekst toont in plaats van een getal (zoals <5), blijft de grafiek leeg; de categorie zegt dan waarom.",
			"Where a table shows a text instead of a number (such as <5), the chart stays empty; the category then says why."),
		Widths: append([]float64{40}, slices.Repeat([]float64{14}, 12)...),
	}
}

// ChartData sets apart what a chart is drawn from on the book's last sheet. The first column holds
// the categories; where a number is missing its cell is empty, and its category says why.
func (b *Book) ChartData(name string, columns []string, rows [][]Cell) *Area {
	t := Table{Name: "grafiek_" + name, Heading: name, Columns: columns, Rows: rows}
	if b.data.next == 0 {
		b.data.next = chartDataStart
	}
	head := b.data.next + 2
	a := &Area{
		sheet: &Sheet{book: b, name: SheetName(b.chartDataOptions().Name)},
		head:  head, last: head + len(rows), columns: len(columns), cells: t.Rows,
	}
	b.data.next = a.last + 1
	if len(rows) == 0 {
		b.data.next++
	}
	b.data.tables = append(b.data.tables, t)
	b.data.areas = append(b.data.areas, a)
	return a
}

// writeChartData adds the sheet, after all others.
func (b *Book) writeChartData() {
	if len(b.data.tables) == 0 {
		return
	}
	s := b.Sheet(b.chartDataOptions())
	for i, t := range b.data.tables {
		if a := s.Table(t); a.head != b.data.areas[i].head {
			b.fail(fmt.Errorf("chart data %q stands at row %d, not at %d", t.Name, a.head, b.data.areas[i].head))
		}
	}
}
