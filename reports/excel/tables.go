package excel

import (
	"fmt"
	"strings"

	"lvv/reports"
	"lvv/reports/excel/workbook"
	"lvv/transform"
)

// cell is a figure as a reader may see it: its value, or what its status means.
func (r *report) cell(f *transform.Figure) workbook.Cell {
	if f == nil || f.Status != "" || f.Value.IsNull() {
		return workbook.Note(r.lang.Figure(f, r.doc.Published.MinCell))
	}
	return workbook.Value(f.Value, f.Unit)
}

// at is the cell of the figure with an id and dimensions (name, value, ...).
func (r *report) at(id string, dims ...string) workbook.Cell {
	return r.cell(r.res.Figure(id, dims...))
}

// label names a figure: its title and what its dimensions hold.
func (r *report) label(f *transform.Figure) string {
	parts := []string{r.title(f.ID)}
	for _, d := range f.Dims {
		parts = append(parts, r.value(f.ID, d.Name, d.Value))
	}
	return strings.Join(parts, ", ")
}

// figureWidths are the column widths of a sheet that [report.figures] writes on.
var figureWidths = []float64{38, 16, 13, 13, 14, 12}

// figures writes a table of single figures. Those that are a quotient carry numerator and
// denominator, and a live formula that divides them again.
func (r *report) figures(s *workbook.Sheet, name, heading string, list []transform.Figure, subjects ...reports.Subject) {
	t := workbook.Table{Name: name, Heading: heading, Columns: []string{
		r.pick("Cijfer", "Figure"), r.pick("Waarde", "Value"), r.pick("Teller", "Numerator"),
		r.pick("Noemer", "Denominator"), r.pick("Nagerekend", "Recalculated"),
	}}
	for i := range list {
		f := &list[i]
		cells := []workbook.Cell{workbook.Text(r.label(f)), r.cell(f)}
		if f.Status == "" && !f.Numerator.IsNull() && !f.Denominator.IsNull() && f.Denominator.Float() != 0 && cells[1].Numeric() {
			unit := "count"
			if f.Unit == "eur" {
				unit = "eur"
			}
			cells = append(cells, workbook.Value(f.Numerator, unit), workbook.Value(f.Denominator, "count"),
				workbook.RowFormula("C{row}/D{row}", cells[1].Format()))
		}
		t.Rows = append(t.Rows, cells)
	}
	t.Notes = r.notes(list)
	for _, subject := range subjects {
		t.Notes = append(t.Notes, r.lang.WhyNotSum(subject)...)
	}
	s.Table(t)
}

// some collects the figures of the ids: totals, and what is broken down by a statistic.
func (r *report) some(ids ...string) []transform.Figure {
	var out []transform.Figure
	for _, id := range ids {
		if f := r.res.Figure(id); f != nil {
			out = append(out, *f)
		}
		out = append(out, r.res.Breakdown(id, "stat")...)
	}
	return out
}

// heading says what a table divides, and by what, unless the title says so.
func (r *report) heading(id, dim string) string {
	title, by := r.title(id), reports.Dimension(dim, r.lang)
	if strings.Contains(strings.ToLower(title), by) {
		return title
	}
	return title + r.pick(" naar ", " by ") + by
}

// breakdown writes the figures of an id by one dimension, with the total below where there is one
// and a check that they add up to it.
func (r *report) breakdown(s *workbook.Sheet, id, dim string) {
	r.breakdownKept(s, id, dim, 0)
}

// breakdownKept is the same for a table that shares its page with a chart of so many rows.
func (r *report) breakdownKept(s *workbook.Sheet, id, dim string, chart int) *workbook.Area {
	list := r.res.Breakdown(id, dim)
	if len(list) == 0 {
		return nil
	}
	t := workbook.Table{
		Name: id + "_" + dim, Heading: r.heading(id, dim),
		Columns: []string{capital(reports.Dimension(dim, r.lang)), r.pick("Waarde", "Value")},
		Keep:    chart,
	}
	for i := range list {
		t.Rows = append(t.Rows, []workbook.Cell{workbook.Text(r.value(id, dim, list[i].Dims[0].Value)), r.cell(&list[i])})
	}
	total := r.res.Figure(id)
	adds := total != nil && total.Status == "" && (total.Unit == "count" || total.Unit == "eur" || total.Unit == "hours")
	t.Notes = r.notes(list)
	if adds {
		t.Total = []workbook.Cell{workbook.Text(r.pick("Totaal", "Total")), r.cell(total)}
		t.Notes = r.notesWith(list, total)
	}
	a := s.Table(t)
	if adds && a.Numeric(1) && addsUp(id) {
		r.book.Check(t.Heading+": "+r.pick("som van de delen", "sum of the parts"), a.TotalCell(1), t.Total[1].Format(), "SUM("+a.Column(1)+")")
	}
	return a
}

// addsUp reports whether the parts of a breakdown make its total: persons who were housed in two
// locations stand in both.
func addsUp(id string) bool {
	switch id {
	case "subgoal.admitted", "occupancy.persons":
		return false
	}
	return true
}

// bars writes a breakdown and draws it. Where the table holds texts instead of numbers, the chart is
// drawn from the sheet of chart data.
func (r *report) bars(s *workbook.Sheet, id, dim, title string, colour int) {
	height := max(8, min(20, 4+len(r.res.Breakdown(id, dim))))
	a := r.breakdownKept(s, id, dim, height+1)
	if a == nil {
		return
	}
	from := r.drawnFrom(a, title)
	series := from.Series(1)
	series[0].Colour = colour
	s.Chart(workbook.Chart{
		Kind: workbook.Bars, Title: title, Alt: r.alt(title, a), Series: series, YFormat: from.Rows()[0][1].Format(), Height: height,
	})
}

// drawnFrom returns an area that a chart can be drawn from.
func (r *report) drawnFrom(a *workbook.Area, title string) *workbook.Area {
	for col := 1; col < a.Width(); col++ {
		if !a.Numeric(col) {
			return r.book.ChartData(title, a.Titles(), a.Rows())
		}
	}
	return a
}

// alt tells a chart in words: its title and every value, as far as they fit.
func (r *report) alt(title string, a *workbook.Area) string {
	const most = 900 // screen readers read it in one breath
	var b strings.Builder
	b.WriteString(title + ".")
	for i, row := range a.Rows() {
		values := make([]string, len(row)-1)
		for j, c := range row[1:] {
			values[j] = r.plain(c)
		}
		part := " " + r.plain(row[0]) + ": " + strings.Join(values, ", ")
		if b.Len()+len(part) > most {
			fmt.Fprintf(&b, r.pick(" En nog %d rijen: zie de tabel.", " And %d more rows: see the table."), a.Len()-i)
			break
		}
		b.WriteString(part + ";")
	}
	return strings.TrimSuffix(b.String(), ";")
}

// plain is a cell as text.
func (r *report) plain(c workbook.Cell) string {
	return c.Plain(r.lang)
}

// notes explains under a table the marks that stand in it.
func (r *report) notes(list []transform.Figure) []string { return r.notesWith(list, nil) }

// notesWith is the same for a table that ends in a total; nil for none.
func (r *report) notesWith(list []transform.Figure, total *transform.Figure) []string {
	figures := make([]*transform.Figure, 0, len(list)+1)
	for i := range list {
		figures = append(figures, &list[i])
	}
	if total != nil {
		figures = append(figures, total)
	}
	return r.lang.TableNotes(r.doc.Published, figures, total != nil)
}

// capital makes the first letter of a sentence.
func capital(s string) string {
	for i, c := range s {
		if i == 0 {
			return strings.ToUpper(string(c)) + s[len(string(c)):]
		}
	}
	return s
}
