package content

import (
	"slices"

	"lvv/anonymize/published"
	"lvv/internal/day"
	"lvv/internal/lists"
	"lvv/reports"
	"lvv/transform"
	"lvv/transform/engine"
)

func text(s string) Cell { return Cell{Text: s} }

// numbers are columns of numbers.
func numbers(titles ...string) []Column {
	return lists.Map(titles, func(title string) Column { return Column{Title: title, Number: true} })
}

// head is a column of texts, and columns of numbers.
func head(title string, others ...string) []Column {
	return append([]Column{{Title: title}}, numbers(others...)...)
}

// cell writes a figure into a table, which explains its mark.
func (b *builder) cell(t *Table, f *published.Figure) Cell {
	t.figures = append(t.figures, f)
	return b.cellOf(f)
}

// cells writes the figures that the values of a dimension have, beside the other dimensions.
func (b *builder) cells(t *Table, id, dim string, values []string, others ...string) []Cell {
	return lists.Map(values, func(v string) Cell { return b.cell(t, b.figure(id, append([]string{dim, v}, others...)...)) })
}

func (b *builder) cellOf(f *published.Figure) Cell {
	c := Cell{Text: b.show(f), Number: true, Muted: !f.Known()}
	switch {
	case f.Known():
		c.Value, c.Unit, c.Numerator, c.Denominator = f.Value, f.Unit, f.Numerator, f.Denominator
		if len(f.Dims) == 0 {
			c.Figure = f.ID
		}
	case f != nil && f.Range != nil && f.Range.High != published.Unbounded && f.Range.High != f.Range.Low:
		c.Spoken = b.say("%s tot en met %s", "%s to %s", b.Count(f.Range.Low), b.Count(f.Range.High))
	case f != nil && f.Hidden != "":
		c.Spoken = b.say("minder dan %d", "fewer than %d", b.doc.MinCell)
	}
	return c
}

// valueCell writes a value of a series; nothing known is a dash with a reason.
func (b *builder) valueCell(v engine.Value, unit string) Cell {
	if v.IsNull() {
		return Cell{Text: "–", Spoken: b.StatusText(transform.NotAvailable), Number: true, Muted: true}
	}
	return Cell{Text: b.Value(v, unit), Value: v, Unit: unit, Number: true}
}

// valueOr writes a value, or in the place of null a text.
func (b *builder) valueOr(v engine.Value, unit, text string) Cell {
	if v.IsNull() {
		return instead(text)
	}
	return b.valueCell(v, unit)
}

// instead is a text in the place of a value.
func instead(text string) Cell { return Cell{Text: text, Number: true, Muted: true} }

// notApplicable stands where a figure does not exist.
func (b *builder) notApplicable() Cell {
	return Cell{Text: b.Pick("n.v.t.", "n/a"), Number: true, Muted: true, Spoken: b.Pick("niet van toepassing", "not applicable")}
}

func dateCell(l reports.Lang, d day.Day) Cell {
	return Cell{Text: l.DateShort(d), Value: date(d), Unit: "date"}
}

// row names one figure of a list.
type row struct {
	title string // empty: as the definitions call it
	id    string
	dims  []string
}

// list makes a table of what, how much and, for shares and means, of how many.
func (b *builder) list(id, caption string, rows ...row) *Table {
	t := &Table{ID: id, Caption: caption, Columns: head(b.Pick("Cijfer", "Figure"), b.Pick("Waarde", "Value"))}
	var of []Cell
	divided := false
	for _, r := range rows {
		f := b.figure(r.id, r.dims...)
		if r.title == "" {
			r.title = b.title(r.id)
		}
		t.Rows = append(t.Rows, []Cell{text(r.title), b.cell(t, f)})
		of = append(of, text(b.ofHowMany(f)))
		divided = divided || of[len(of)-1].Text != ""
	}
	if divided {
		t.Columns = append(t.Columns, Column{Title: b.Pick("Aantallen", "Numbers")})
		for i := range t.Rows {
			t.Rows[i] = append(t.Rows[i], of[i])
		}
	}
	return t
}

// ofHowMany says what a share rests on: 8 van 12; empty for anything else.
func (b *builder) ofHowMany(f *published.Figure) string {
	if !f.Known() || f.Unit != "ratio" || f.Numerator.IsNull() || f.Denominator.IsNull() {
		return ""
	}
	unit := "count"
	if f.Numerator.Kind() == engine.Money {
		unit = "eur"
	}
	return b.say("%s van %s", "%s of %s", b.Value(f.Numerator, unit), b.Value(f.Denominator, unit))
}

// column is one column of figures in a table of a breakdown.
type column struct {
	title string
	id    string
}

// breakdown makes a table with a row for each value of the dimension, in the order of the first column's
// figures, and the totals beneath, where there are any.
func (b *builder) breakdown(id, caption, dim string, columns ...column) *Table {
	t := &Table{ID: id, Caption: caption, Columns: []Column{{Title: upperFirst(reports.Dimension(dim, b.Lang))}}}
	var parts []*published.Figure
	left := ""
	for _, c := range columns {
		t.Columns = append(t.Columns, Column{Title: c.title, Number: true})
		parts = append(parts, b.doc.Breakdown(c.id, dim)...)
	}
	for _, v := range values(parts, dim) {
		row := []Cell{text(b.label(dim, v))}
		for _, c := range columns {
			row = append(row, b.part(t, c.id, dim, v))
		}
		if dim == "region" && !slices.ContainsFunc(row[1:], func(c Cell) bool { return c.Value != engine.CountOf(0) }) {
			left = b.Pick("Gebieden met alleen nullen staan er niet in.", "Regions with zeros alone are left out.")
			continue
		}
		t.Rows = append(t.Rows, row)
	}
	if left != "" {
		t.Notes = append(t.Notes, left)
	}
	total := []Cell{text(b.Pick("Totaal", "Total"))}
	applies := false
	for i, c := range columns {
		f := b.figure(c.id)
		if f == nil {
			total = append(total, b.notApplicable())
			continue
		}
		applies = true
		total = append(total, b.cell(t, f))
		t.Columns[i+1].Adds = f.Known() && f.Unit != "ratio"
	}
	if applies {
		t.Total = total
	}
	return t
}

// part writes one part of a breakdown. A value that the figure is not broken down by, while it is by others,
// does not apply.
func (b *builder) part(t *Table, id, dim, value string) Cell {
	f := b.figure(id, dim, value)
	switch {
	case f != nil || len(b.doc.Breakdown(id, dim)) == 0:
	case dim == "region": // of destinations only those are listed that somebody has
		return b.valueCell(engine.CountOf(0), "count")
	default:
		return b.notApplicable()
	}
	return b.cell(t, f)
}

// cross makes a table of a figure with two dimensions: one down, one across.
func (b *builder) cross(id, caption, figure, down, across string) *Table {
	list := b.doc.Breakdown(figure, down, across)
	if len(list) == 0 {
		list = b.doc.Breakdown(figure, across, down)
	}
	columns := values(list, across)
	titles := lists.Map(columns, func(v string) string { return upperFirst(b.label(across, v)) })
	t := &Table{ID: id, Caption: caption, Columns: head(upperFirst(reports.Dimension(down, b.Lang)), titles...)}
	for _, v := range values(list, down) {
		t.Rows = append(t.Rows, append([]Cell{text(b.label(down, v))}, b.cells(t, figure, across, columns, down, v)...))
	}
	return t
}

// values are those of a dimension, in the order of the figures.
func values(list []*published.Figure, dim string) []string {
	var out []string
	for _, f := range list {
		if v := f.Dim(dim); !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// seriesTable writes the rows of a series, the first column by its own form.
func (b *builder) seriesTable(id, caption string, titles []string, rows [][]engine.Value, first func(engine.Value) Cell, units ...string) *Table {
	t := &Table{ID: id, Caption: caption, Columns: head(titles[0], titles[1:]...)}
	for _, r := range rows {
		cells := []Cell{first(r[0])}
		for i, unit := range units {
			cells = append(cells, b.valueCell(r[i+1], unit))
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

func (b *builder) quarterCell(v engine.Value) Cell { return text(b.quarter(v.Str())) }

func (b *builder) dayCell(v engine.Value) Cell { return dateCell(b.Lang, v.Day()) }

// tablePart makes a part of a table that needs no sentence.
func (b *builder) tablePart(t *Table) Part { return Part{ID: t.ID, Title: t.Caption, Table: t} }
