package verify

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"lvv/anonymize/disclose"
	"lvv/reports"
	"lvv/transform"
)

// grid is a table as a reader sees it: the texts of its cells.
type grid [][]string

// reportFiles are the page and the workbook for the steering group.
func reportFiles(dir string) []string {
	var out []string
	for _, pattern := range []string{"*.html", "*.xlsx"} {
		found, _ := filepath.Glob(filepath.Join(dir, "stuurgroep", pattern)) // the pattern is valid
		out = append(out, found...)
	}
	return out
}

// reportPages holds page and workbook against the decisions: where a table shows a breakdown, the counts that are
// not hidden stand in it as they are, and the hidden ones do not; and pictures show what the tables say.
func reportPages(r *Report, dir string, d *disclose.Decisions, exact *transform.Results) error {
	pages, books := map[string]*page{}, map[string]*book{}
	var inPages, inBooks []grid
	files := reportFiles(dir)
	for _, path := range files {
		var err error
		if filepath.Ext(path) == ".xlsx" {
			if books[path], err = readBook(path); err == nil {
				inBooks = append(inBooks, books[path].tables...)
			}
		} else if pages[path], err = readPage(path); err == nil {
			inPages = append(inPages, pages[path].tables...)
		}
		if err != nil {
			return fmt.Errorf("read %s: %w", filepath.Base(path), err)
		}
	}
	for _, path := range files {
		if p := pages[path]; p != nil {
			auditTables(r, "page", path, p.tables, d, exact)
			auditPictures(r, path, p, inBooks)
			continue
		}
		auditTables(r, "workbook", path, books[path].tables, d, exact)
		auditCharts(r, path, books[path], inPages)
	}
	return nil
}

// auditTables looks for the breakdowns with hidden counts in the tables of a file.
func auditTables(r *Report, name, path string, grids []grid, d *disclose.Decisions, exact *transform.Results) {
	var faults []string
	tables, hidden := 0, 0
	for _, b := range breakdowns(d, exact) {
		best := finding{}
		for _, lang := range []reports.Lang{reports.Dutch, reports.English} {
			for _, g := range grids {
				f := b.in(g, lang)
				faults = append(faults, f.faults...)
				if f.hidden > best.hidden {
					best = f
				}
			}
		}
		if best.found {
			tables++
			hidden += best.hidden
		}
	}
	addFile(r, name, path, faults, "%d broken-down tables found, none of the %d counts hidden in them is shown", tables, hidden)
}

// breakdown is a figure's counts by one or two characteristics.
type breakdown struct {
	id      string
	dims    []string
	figures []transform.Figure
	hidden  []bool
	beside  [][]other // what tables of the same labels may show, in the order of figures
}

func breakdowns(d *disclose.Decisions, exact *transform.Results) []breakdown {
	var out []breakdown
	for _, f := range exact.Figures {
		if n := len(f.Dims); n < 1 || n > 2 || f.Unit != "count" || f.Value.Kind() != transform.Count {
			continue
		}
		var dims []string
		for _, x := range f.Dims {
			dims = append(dims, x.Name)
		}
		at := slices.IndexFunc(out, func(b breakdown) bool { return b.id == f.ID && slices.Equal(b.dims, dims) })
		if at < 0 {
			at = len(out)
			out = append(out, breakdown{id: f.ID, dims: dims})
		}
		out[at].figures = append(out[at].figures, f)
		out[at].hidden = append(out[at].hidden, d.Hides(&f))
	}
	out = slices.DeleteFunc(out, func(b breakdown) bool { return !slices.Contains(b.hidden, true) })
	for i := range out {
		out[i].lookBeside(d, exact)
	}
	return out
}

// other is a figure that a table may show in the place of one of a breakdown.
type other struct {
	transform.Figure
	hidden bool
}

// lookBeside finds the other figures that have a value for everything the breakdown has one for, by the same
// characteristics or by one more: a column of a table by outcome and scenario is a breakdown by outcome.
func (b *breakdown) lookBeside(d *disclose.Decisions, exact *transform.Results) {
	own := b.figures[0].Dims
	for _, f := range exact.Figures {
		rest := without(f.Dims, own)
		if len(rest) != len(f.Dims)-len(own) || len(rest) > 1 || f.ID == b.id && len(rest) == 0 {
			continue
		}
		var column []other
		for i := range b.figures {
			dims := b.figures[i].Dims
			at := slices.IndexFunc(exact.Figures, func(g transform.Figure) bool {
				return g.ID == f.ID && len(g.Dims) == len(f.Dims) && len(without(without(g.Dims, rest), dims)) == 0
			})
			if at >= 0 {
				column = append(column, other{exact.Figures[at], d.Hides(&exact.Figures[at])})
			}
		}
		if len(column) == len(b.figures) {
			b.beside = append(b.beside, column)
		}
	}
}

// without leaves the dims of less out.
func without(dims, less []transform.Dim) []transform.Dim {
	return slices.DeleteFunc(slices.Clone(dims), func(x transform.Dim) bool { return slices.Contains(less, x) })
}

// isAnother reports whether the cells are all those of another figure: with one place a location, the share of
// the places in use is the number of persons.
func (b *breakdown) isAnother(cell func(dims []transform.Dim) (text string, ok bool)) bool {
	return slices.ContainsFunc(b.beside, func(column []other) bool {
		for i := range column {
			text, _ := cell(b.figures[i].Dims)
			x, err := strconv.ParseFloat(text, 64)
			isNumber := err == nil
			if column[i].Value.Kind() == transform.Count {
				var n int64
				n, isNumber = number(text)
				x = float64(n)
			}
			switch f := &column[i]; {
			case f.hidden && !hides(text), !f.hidden && isNumber == f.Value.IsNull(), isNumber && math.Abs(x-f.Value.Float()) > 1e-9:
				return false
			}
		}
		return true
	})
}

// finding is what a table says of a breakdown.
type finding struct {
	found  bool // the table shows it: every count that is not hidden stands at its place
	hidden int
	faults []string
}

// in looks for the breakdown in a table: its values as the labels of rows, and those of a second
// characteristic as the heads of columns or as the labels beside. A table with counts of the same labels
// that differ from the ones shown is about something else. Of several ways to read a table, the one counts
// in which most of the hidden counts have a place.
func (b *breakdown) in(g grid, lang reports.Lang) finding {
	label := func(d transform.Dim) string { return reports.Label(d.Name, d.Value, lang) }
	var ways []func(dims []transform.Dim) (row, col int)
	if len(b.dims) == 1 {
		for col := 1; len(g) > 0 && col < len(g[0]); col++ {
			ways = append(ways, func(dims []transform.Dim) (int, int) { return g.row(label(dims[0])), col })
		}
	} else {
		for first := range b.dims {
			ways = append(ways,
				func(dims []transform.Dim) (int, int) {
					return g.row(label(dims[first])), g.column(label(dims[1-first]))
				},
				func(dims []transform.Dim) (int, int) {
					return g.row(label(dims[first]), label(dims[1-first])), len(b.dims)
				})
		}
	}
	best := finding{}
	for _, way := range ways {
		f := b.at(func(dims []transform.Dim) (string, bool) {
			row, col := way(dims)
			if row < 0 || col < 1 || col >= len(g[row]) {
				return "", false
			}
			return g[row][col], true
		})
		if f.found && f.hidden > best.hidden {
			best = f
		}
	}
	return best
}

func (b *breakdown) at(cell func(dims []transform.Dim) (text string, ok bool)) finding {
	f := finding{}
	shown, marks := 0, 0
	var faults []int
	for i := range b.figures {
		text, ok := cell(b.figures[i].Dims)
		if !ok {
			if b.figures[i].Value.Int() == 0 || len(b.dims) == 2 {
				continue // empty rows and columns may be left out
			}
			return finding{}
		}
		n, isNumber := number(text)
		exact := b.figures[i].Value.Int()
		switch {
		case !b.hidden[i] && exact > 0 && (!isNumber || n != exact):
			return finding{}
		case !b.hidden[i] && exact > 0:
			shown++
		case b.hidden[i]:
			f.hidden++
			if hides(text) {
				marks++
			} else if isNumber && n == exact {
				faults = append(faults, i)
			}
		}
	}
	if len(faults) > 0 && b.isAnother(cell) {
		return finding{}
	}
	f.found = marks > 0 || f.hidden > 0 && shown > 0
	for _, i := range faults {
		if f.found && (shown > 0 || b.figures[i].Value.Int() > 0) { // else perhaps another table's 0
			f.faults = append(f.faults, b.name(i)+" is hidden, and shown")
		}
	}
	return f
}

// hides reports whether a text stands in the place of a hidden count.
func hides(text string) bool {
	return strings.HasPrefix(text, disclose.CoveredMark) || strings.HasPrefix(text, "<")
}

func (b *breakdown) name(i int) string {
	var out strings.Builder
	out.WriteString(b.id)
	for _, x := range b.figures[i].Dims {
		out.WriteString("|" + x.Name + "=" + x.Value)
	}
	return out.String()
}

// number reads a whole number as the page or the workbook writes it.
func number(text string) (int64, bool) {
	if strings.HasPrefix(text, ".") || strings.HasPrefix(text, ",") {
		return 0, false
	}
	n, err := strconv.ParseInt(strings.NewReplacer(".", "", ",", "", "\u00a0", "", " ", "").Replace(text), 10, 64)
	return n, err == nil
}

// row finds the row whose first cells are the labels; the first may have a word in front.
func (g grid) row(labels ...string) int {
	at := slices.IndexFunc(g, func(row []string) bool {
		return len(row) > len(labels) && slices.EqualFunc(row[:len(labels)], labels, strings.EqualFold)
	})
	if at >= 0 || len(labels) > 1 {
		return at
	}
	end := " " + strings.ToLower(labels[0])
	return slices.IndexFunc(g, func(row []string) bool { return len(row) > 1 && strings.HasSuffix(strings.ToLower(row[0]), end) })
}

func (g grid) column(label string) int {
	if len(g) == 0 {
		return -1
	}
	return slices.IndexFunc(g[0], func(head string) bool { return strings.EqualFold(head, label) })
}
