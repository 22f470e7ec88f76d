package verify

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// book is what a workbook holds for its readers to see.
type book struct {
	tables   []grid // of all sheets
	behind   []grid // those on the sheet from which charts are drawn where a table holds texts
	ahead    []grid // the others
	charts   []bookChart
	drawings []drawn
}

// bookChart is a native chart as it was written.
type bookChart struct {
	name   string // of its part of the file
	texts  []string
	own    bool // it holds numbers of its own
	series []bookSeries
}

// bookSeries are the references of a series.
type bookSeries struct{ name, x, y string }

// drawn is a chart as a sheet holds it: its title, and what it says for who cannot see it.
type drawn struct{ title, text string }

// dataSheets are the names of the sheet behind the charts.
var dataSheets = []string{"Grafiekgegevens", "Chart data"}

func readBook(path string) (*book, error) {
	b := &book{}
	f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
	if err != nil {
		return nil, err
	}
	defer f.Close()
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			return nil, err
		}
		if slices.Contains(dataSheets, sheet) {
			b.behind = append(b.behind, dataTables(rows)...)
		} else {
			b.ahead = append(b.ahead, sheetTables(rows)...)
		}
	}
	b.tables = slices.Concat(b.ahead, b.behind)
	return b, b.readParts(path)
}

// sheetTables are rows that follow each other, all of at least two cells. A row of one cell, or an
// empty one, lies between tables.
func sheetTables(rows [][]string) []grid {
	var out []grid
	var g grid
	for _, row := range append(rows, nil) {
		if len(row) > 1 {
			g = append(g, row)
			continue
		}
		if len(g) > 1 {
			out = append(out, g)
		}
		g = nil
	}
	return out
}

// dataTables are the tables behind charts: where a cell is empty, the row's label ends in the mark that
// stands there in the table for readers.
func dataTables(rows [][]string) []grid {
	var out []grid
	var g grid
	for _, row := range append(rows, nil) {
		switch {
		case len(g) > 0 && len(row) > 0:
			g = append(g, marked(append(row, make([]string, max(0, len(g[0])-len(row)))...)))
		case len(row) > 1:
			g = grid{row}
		default:
			if len(g) > 1 {
				out = append(out, g)
			}
			g = nil
		}
	}
	return out
}

var endMark = regexp.MustCompile(`^(.+) \(([^()]*)\)$`)

// marked puts the marks of a row's label into its empty cells.
func marked(row []string) []string {
	for i := len(row) - 1; i > 0; i-- {
		if m := endMark.FindStringSubmatch(row[0]); row[i] == "" && m != nil {
			row[0], row[i] = m[1], m[2]
		}
	}
	return row
}

// readParts reads charts and drawings, which the library does not.
func (b *book) readParts(file string) (err error) {
	z, err := zip.OpenReader(file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, z.Close()) }()
	for _, part := range z.File {
		var read func(string, *xml.Decoder) error
		switch path.Dir(part.Name) {
		case "xl/charts":
			read = b.readChart
		case "xl/drawings":
			read = b.readDrawing
		default:
			continue
		}
		r, err := part.Open()
		if err != nil {
			return err
		}
		err = read(path.Base(part.Name), xml.NewDecoder(r))
		if err := errors.Join(err, r.Close()); err != nil {
			return fmt.Errorf("%s: %w", part.Name, err)
		}
	}
	return nil
}

// readChart takes in the references and the texts of a chart.
func (b *book) readChart(name string, in *xml.Decoder) error {
	c := bookChart{name: strings.TrimSuffix(name, path.Ext(name))}
	var open []string // the elements around
	for {
		token, err := in.Token()
		if errors.Is(err, io.EOF) {
			b.charts = append(b.charts, c)
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			open = append(open, t.Name.Local)
			if t.Name.Local == "ser" {
				c.series = append(c.series, bookSeries{})
			}
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if text := strings.TrimSpace(string(t)); text != "" && len(open) > 0 {
				c.take(open, text)
			}
		}
	}
}

// take takes in a text of a chart by the elements around it.
func (c *bookChart) take(open []string, text string) {
	switch open[len(open)-1] {
	case "f":
		if len(c.series) == 0 {
			c.own = true
			return
		}
		s := &c.series[len(c.series)-1]
		switch {
		case slices.Contains(open, "tx"):
			s.name = text
		case slices.Contains(open, "cat"), slices.Contains(open, "xVal"):
			s.x = text
		default:
			s.y = text
		}
	case "t":
		c.texts = append(c.texts, text)
	default:
		c.own = c.own || open[len(open)-1] == "v"
	}
}

func (b *book) readDrawing(_ string, in *xml.Decoder) error {
	for {
		token, err := in.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if t, ok := token.(xml.StartElement); ok && t.Name.Local == "cNvPr" {
			d := drawn{}
			for _, a := range t.Attr {
				switch a.Name.Local {
				case "name":
					d.title = a.Value
				case "descr":
					d.text = a.Value
				}
			}
			b.drawings = append(b.drawings, d)
		}
	}
}

// span is a reference to cells of one column.
type span struct {
	sheet, column string
	from, to      int
}

var reference = regexp.MustCompile(`^'?([^!]+?)'?!\$([A-Z]+)\$(\d+)(?::\$([A-Z]+)\$(\d+))?$`)

// spanOf reads a reference; not ok if it is to anything else than cells of one column.
func spanOf(text string) (s span, ok bool) {
	m := reference.FindStringSubmatch(text)
	if m == nil || m[4] != "" && m[4] != m[2] {
		return s, false
	}
	s = span{sheet: m[1], column: m[2]}
	s.from, _ = strconv.Atoi(m[3]) // the pattern has digits alone
	s.to = s.from
	if m[5] != "" {
		s.to, _ = strconv.Atoi(m[5])
	}
	return s, true
}
