package workbook

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Table is a table with a header. It becomes an Excel table, which can be filtered and sorted.
type Table struct {
	Name    string // from which the Excel table's own name is made
	Heading string
	Columns []string
	Rows    [][]Cell
	Total   []Cell // a row under the table, or nil
	Notes   []string
}

// Area is where a table's rows stand.
type Area struct {
	sheet   *Sheet
	head    int // the header's row; the data begin below it
	last    int // of the data; the header's where there is none
	columns int
	cells   [][]Cell
	total   int // the total's row, or 0
}

// Table writes a table below what the sheet already holds.
func (s *Sheet) Table(t Table) *Area {
	s.keep(lineHeight * float64(len(t.Rows)+5))
	if t.Heading != "" {
		s.Section(t.Heading)
	} else {
		s.next(lineHeight)
	}
	a := &Area{sheet: s, head: s.row, last: s.row + len(t.Rows), columns: len(t.Columns), cells: t.Rows}
	s.header(t)
	for _, row := range t.Rows {
		s.Line(row...)
	}
	if len(t.Rows) > 0 {
		s.book.fail(s.book.file.AddTable(s.name, a.table(t.Name)))
	} else {
		s.put(1, s.row, Note(s.book.pick("geen", "none")), false)
		s.next(lineHeight)
	}
	if t.Total != nil {
		a.total = s.row
		for i, c := range t.Total {
			if c.role == Body {
				c = c.As(Sum)
			}
			s.put(i+1, s.row, c, false)
		}
		s.next(lineHeight)
	}
	for _, note := range t.Notes {
		s.Paragraph(note, Prose)
	}
	return a
}

// table is the area as an Excel table, whose own name is made of the one given.
func (a *Area) table(name string) *excelize.Table {
	return &excelize.Table{
		Range: address(1, a.head) + ":" + address(a.columns, a.last), Name: a.sheet.book.tableName(name),
		StyleName: "TableStyleLight1", ShowRowStripes: new(true),
	}
}

// header writes the names of the columns, made distinct as Excel tables need them.
func (s *Sheet) header(t Table) {
	high := 1
	seen := map[string]bool{}
	for i, title := range t.Columns {
		title = Safe(title)
		for seen[strings.ToLower(title)] || title == "" {
			title += " "
		}
		seen[strings.ToLower(title)] = true
		head := Text(title).As(Head)
		if t.numbers(i) {
			head.format = Whole
		}
		s.put(i+1, s.row, head, true)
		if i < len(s.widths) {
			high = max(high, lines(title, s.widths[i]-2)) // room for the filter's arrow
		}
	}
	s.book.fail(s.book.file.SetRowHeight(s.name, s.row, float64(lineHeight*float64(high))+3))
	s.next(float64(lineHeight*float64(high)) + 3)
}

// numbers reports whether a column holds numbers, or what stands in their place.
func (t *Table) numbers(col int) bool {
	for _, row := range t.Rows {
		if col < len(row) && (row[col].value != nil || row[col].formula != "") {
			return row[col].format != General || row[col].role == Muted
		}
	}
	return false
}

// Line writes one row, as high as its longest text needs.
func (s *Sheet) Line(row ...Cell) {
	high := 1
	for i, c := range row {
		wrap := false
		if text, ok := c.value.(string); ok && c.role != Muted && i < len(s.widths) {
			n := lines(text, s.widths[i])
			wrap, high = n > 1, max(high, n)
		}
		s.put(i+1, s.row, c, wrap)
	}
	points := min(lineHeight*float64(high), maxHeight)
	if high > 1 {
		s.book.fail(s.book.file.SetRowHeight(s.name, s.row, points))
	}
	s.next(points)
}

// FreezeHeader keeps the table's header in view on screen and on every printed page. It is for a
// sheet that holds one long table.
func (a *Area) FreezeHeader() { a.sheet.freeze(a.head) }

// Column is the reference to a column's data, counted from 0, for charts and formulas on any sheet.
func (a *Area) Column(i int) string {
	return fmt.Sprintf("%s:$%s$%d", a.ref(a.head+1, i), column(i+1), max(a.head+1, a.last))
}

// Header is the reference to the name of a column.
func (a *Area) Header(i int) string { return a.ref(a.head, i) }

// Cell is the reference to a cell of the data, both counted from 0.
func (a *Area) Cell(row, col int) string { return a.ref(a.head+1+row, col) }

// TotalCell is the reference to a cell of the row under the table.
func (a *Area) TotalCell(col int) string { return a.ref(a.total, col) }

func (a *Area) ref(row, col int) string {
	return fmt.Sprintf("%s!$%s$%d", quoted(a.sheet.name), column(col+1), row)
}

// Numeric reports whether a formula can add up a column: it has rows, and none of its cells stands
// for a value that is not shown.
func (a *Area) Numeric(col int) bool {
	return len(a.cells) > 0 && !slices.ContainsFunc(a.cells, func(row []Cell) bool { return col >= len(row) || !row[col].Numeric() })
}
