package workbook

import (
	"fmt"
	"slices"

	"github.com/xuri/excelize/v2"

	"lvv/internal/day"
)

// Sheet is one sheet, filled from the top.
type Sheet struct {
	book   *Book
	name   string
	widths []float64
	row    int     // the next free row
	used   float64 // points of the printed page above it
	limit  float64 // points that a printed page holds
}

// Options say how a sheet begins.
type Options struct {
	Name    string
	Title   string    // the first cell: what the sheet is
	Explain string    // a sentence or two below it
	Marking string    // for whom the sheet is, where not everyone may see it
	Widths  []float64 // of the columns, in characters
	Lying   bool      // print lying down; sheets stand upright otherwise
}

// heading is a line above the contents of a sheet.
type heading struct {
	text string
	role Role
}

// headings are the title and what stands below it.
func (o Options) headings() []heading {
	return slices.DeleteFunc([]heading{{o.Title, Title}, {o.Marking, Warning}, {o.Explain, Prose}}, func(h heading) bool { return h.text == "" && h.role != Title })
}

const (
	lineHeight  = 15.0 // points
	titleHeight = 26.0 // points
	maxHeight   = 409  // points of Excel's highest row
	charPixels  = 7.0  // of a character of the standard font
	cellPixels  = 5.0  // by which a column is wider than its characters
)

// bareSheet adds a sheet that is set up for print and holds nothing yet.
func (b *Book) bareSheet(o Options) *Sheet {
	s := &Sheet{book: b, name: SheetName(o.Name), widths: o.Widths, row: 1}
	f := b.file
	if b.sheets == 0 {
		b.fail(f.SetSheetName("Sheet1", s.name))
	} else if _, err := f.NewSheet(s.name); err != nil {
		b.fail(err)
	}
	b.sheets++
	s.setUpPrinting(o)
	return s
}

// Sheet adds a sheet.
func (b *Book) Sheet(o Options) *Sheet {
	s := b.bareSheet(o)
	for i, w := range o.Widths {
		c := column(i + 1)
		b.fail(b.file.SetColWidth(s.name, c, c, w))
	}
	s.put(1, 1, Text(o.Title).As(Title), false)
	b.fail(b.file.SetRowHeight(s.name, 1, titleHeight))
	s.row, s.used = 2, titleHeight
	for _, h := range o.headings()[1:] {
		s.Paragraph(h.text, h.role)
	}
	s.freeze(1)
	return s
}

func (s *Sheet) setUpPrinting(o Options) {
	f, b := s.book.file, s.book
	orientation := "portrait"
	across, down := 7.27, 10.6 // inches within the margins
	if o.Lying {
		across, down, orientation = 10.7, 7.2, "landscape"
	}
	s.limit = 72 * down * max(1, s.pixels()/(across*96))
	const a4, side, edge = 9, 0.5, 0.3
	b.fail(f.SetPageLayout(s.name, &excelize.PageLayoutOptions{
		Size: new(a4), Orientation: &orientation, FitToWidth: new(1), FitToHeight: new(0),
	}))
	b.fail(f.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: new(true)}))
	b.fail(f.SetPageMargins(s.name, &excelize.PageLayoutMarginsOptions{
		Left: new(side), Right: new(side), Top: new(side), Bottom: new(side), Header: new(edge), Footer: new(edge),
	}))
	b.fail(f.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{
		OddFooter: "&L&8&A&R&8" + b.pick("blz. ", "page ") + "&P / &N",
	}))
	b.fail(f.SetSheetView(s.name, 0, &excelize.ViewOptions{ShowGridLines: new(false)}))
}

// freeze keeps the rows above in view, on screen and on every printed page.
func (s *Sheet) freeze(rows int) {
	top := fmt.Sprintf("A%d", rows+1)
	s.book.fail(s.book.file.SetPanes(s.name, &excelize.Panes{
		Freeze: true, YSplit: rows, TopLeftCell: top, ActivePane: "bottomLeft",
		Selection: []excelize.Selection{{SQRef: top, ActiveCell: top, Pane: "bottomLeft"}},
	}))
	name := &excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: s.name,
		RefersTo: fmt.Sprintf("%s!$%d:$%d", quoted(s.name), rows, rows)}
	_ = s.book.file.DeleteDefinedName(name) // there is none the first time
	s.book.fail(s.book.file.SetDefinedName(name))
}

func (s *Sheet) width() float64 {
	total := 0.0
	for _, w := range s.widths {
		total += w
	}
	return total
}

// pixels is the width of the columns on a screen.
func (s *Sheet) pixels() float64 {
	return float64(s.width()*charPixels) + float64(float64(len(s.widths))*cellPixels)
}

// next moves on by a row of the given height.
func (s *Sheet) next(points float64) {
	s.row++
	if s.used += points; s.used > s.limit {
		s.used = titleHeight + points // the title is repeated on every page
	}
}

// keep begins a new printed page where what follows, of the given height, would be cut in two.
func (s *Sheet) keep(points float64) {
	if s.used+points <= s.limit || titleHeight+points > s.limit {
		return
	}
	s.book.fail(s.book.file.InsertPageBreak(s.name, address(1, s.row)))
	s.used = titleHeight
}

// Keep begins a new printed page where so many rows would be cut in two.
func (s *Sheet) Keep(rows int) { s.keep(lineHeight * float64(rows)) }

// Paragraph writes running text over the whole width.
func (s *Sheet) Paragraph(text string, role Role) {
	s.put(1, s.row, Text(text).As(role), true)
	last := max(len(s.widths), 1)
	if last > 1 {
		s.book.fail(s.book.file.MergeCell(s.name, address(1, s.row), address(last, s.row)))
	}
	high := float64(lineHeight*float64(lines(text, s.width()))) + 1
	s.book.fail(s.book.file.SetRowHeight(s.name, s.row, high))
	s.next(high)
}

// Section leaves a row and writes a heading.
func (s *Sheet) Section(text string) {
	s.next(lineHeight)
	s.put(1, s.row, Text(text).As(Section), false)
	s.book.fail(s.book.file.SetRowHeight(s.name, s.row, lineHeight+6))
	s.next(lineHeight + 6)
}

// LinkTo writes a link to another sheet with a text beside it.
func (s *Sheet) LinkTo(sheet, text string) {
	at := address(1, s.row)
	s.put(1, s.row, Text(sheet).As(Link), false)
	s.book.fail(s.book.file.SetCellHyperLink(s.name, at, quoted(SheetName(sheet))+"!A1", "Location", excelize.HyperlinkOpts{Tooltip: &text}))
	s.put(2, s.row, Text(text), false)
	s.next(lineHeight)
}

func (s *Sheet) put(col, row int, c Cell, wrap bool) {
	f, at := s.book.file, address(col, row)
	switch v := c.value.(type) {
	case string:
		s.book.fail(f.SetCellStr(s.name, at, shared(v)))
	case int64:
		s.book.fail(f.SetCellInt(s.name, at, v))
	case float64:
		s.book.fail(f.SetCellFloat(s.name, at, v, -1, 64))
	case day.Day:
		s.book.fail(f.SetCellInt(s.name, at, serial(v)))
	}
	if c.formula != "" {
		s.book.fail(f.SetCellFormula(s.name, at, c.formulaAt(row)))
	}
	s.book.fail(f.SetCellStyle(s.name, at, at, s.book.style(styleKey{c.format, c.role, wrap})))
}

// serial is the number by which Excel knows a date, from 1 March 1900 on.
func serial(d day.Day) int64 { return int64(d) + 25569 }

// column is the letter of a column, counted from 1.
func column(n int) string {
	name, _ := excelize.ColumnNumberToName(n) // of a column that a sheet can have
	return name
}

func address(col, row int) string { return fmt.Sprintf("%s%d", column(col), row) }
