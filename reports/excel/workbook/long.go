package workbook

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"lvv/internal/day"
)

// MaxLong is the number of rows that one long sheet takes; Excel itself stops at 1,048,576.
const MaxLong = 1_000_000

// Long is a sheet that holds one table of any length. Its rows go to a file as they come.
type Long struct {
	area  *Area
	sw    *excelize.StreamWriter
	rows  int
	cells []any
}

// LongArea says where the rows of a long sheet will stand, for formulas on sheets before it.
func (b *Book) LongArea(o Options, columns []string, rows int) *Area {
	head := len(o.headings()) + 2 // below the headings and an empty row
	return &Area{sheet: &Sheet{book: b, name: SheetName(o.Name)}, head: head, last: head + max(rows, 1), columns: len(columns)}
}

// LongSheet begins a sheet with one long table.
func (b *Book) LongSheet(o Options, columns []string) *Long {
	s := b.bareSheet(o)
	l := &Long{area: b.LongArea(o, columns, 0), cells: make([]any, len(columns))}
	l.area.sheet = s
	s.freeze(l.area.head)
	sw, err := b.file.NewStreamWriter(s.name)
	if err != nil {
		b.fail(err)
		return l
	}
	l.sw = sw
	b.streams = append(b.streams, sw)
	for i, w := range o.Widths {
		b.fail(sw.SetColWidth(i+1, i+1, w))
	}
	for i, h := range o.headings() {
		wrap := h.role != Title
		cell := excelize.Cell{StyleID: b.style(styleKey{General, h.role, wrap}), Value: Safe(h.text)}
		high := titleHeight
		if wrap {
			b.fail(sw.MergeCell(address(1, i+1), address(max(len(columns), 2), i+1)))
			high = float64(lineHeight*float64(lines(h.text, s.width()))) + 1
		}
		b.fail(sw.SetRow(address(1, i+1), []any{cell}, excelize.RowOpts{Height: high}))
	}
	head := make([]any, len(columns))
	high := 1
	for i, title := range columns {
		head[i] = excelize.Cell{StyleID: b.style(styleKey{General, Head, true}), Value: Safe(title)}
		if i < len(o.Widths) {
			high = max(high, lines(title, o.Widths[i]-2))
		}
	}
	b.fail(sw.SetRow(address(1, l.area.head), head, excelize.RowOpts{Height: float64(lineHeight*float64(high)) + 3}))
	return l
}

// Row adds one row. Rows beyond [MaxLong] are an error: who writes more begins another sheet.
func (l *Long) Row(cells ...Cell) {
	s := l.area.sheet
	b := s.book
	if b.err != nil {
		return
	}
	if l.rows == MaxLong {
		b.fail(fmt.Errorf("sheet %q is full: it holds %d rows", s.name, MaxLong))
		return
	}
	l.rows++
	at := l.area.head + l.rows
	clear(l.cells)
	high := 1
	for i, c := range cells {
		v := c.value
		if d, ok := c.value.(day.Day); ok {
			v = serial(d)
		}
		if v == nil && c.formula == "" {
			continue
		}
		wrap := false
		if text, ok := v.(string); ok && i < len(s.widths) {
			n := lines(text, s.widths[i])
			wrap, high = n > 1, max(high, n)
		}
		l.cells[i] = excelize.Cell{StyleID: b.style(styleKey{c.format, c.role, wrap}), Value: v, Formula: c.formulaAt(at)}
	}
	var height []excelize.RowOpts
	if high > 1 {
		height = []excelize.RowOpts{{Height: min(lineHeight*float64(high), maxHeight)}}
	}
	b.fail(l.sw.SetRow(address(1, at), l.cells, height...))
}

// Done closes the table, under a name from which the Excel table's own is made, and says where its
// rows stand.
func (l *Long) Done(name string) *Area {
	l.area.last = l.area.head + max(l.rows, 1)
	if b := l.area.sheet.book; b.err == nil {
		b.fail(l.sw.AddTable(l.area.table(name)))
	}
	return l.area
}

// Len is the number of rows so far.
func (l *Long) Len() int { return l.rows }
