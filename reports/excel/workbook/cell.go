package workbook

import (
	"cmp"
	"strconv"
	"strings"

	"lvv/internal/day"
	"lvv/transform/engine"
)

// Cell is one value on a sheet.
type Cell struct {
	value   any // string, int64, float64, day.Day, or nil
	formula string
	inRow   bool // the formula spells its own row as {row}, the one above as {above}
	format  Format
	role    Role
}

// Text is a label. It stays text whatever it begins with.
func Text(s string) Cell { return Cell{value: Safe(s)} }

// Note is a text that stands in the place of a value, such as <5.
func Note(s string) Cell { return Cell{value: Safe(s), role: Muted} }

// Count is a whole number.
func Count(n int64) Cell { return Cell{value: n, format: Whole} }

// Number is a number in a format.
func Number(f float64, format Format) Cell { return Cell{value: f, format: format} }

// DateOf is a calendar date that Excel can calculate with; [day.None] is an empty cell.
func DateOf(d day.Day) Cell {
	if d == day.None {
		return Cell{}
	}
	return Cell{value: d, format: Date}
}

// Formula is a live check. It is written without a cached value: whoever opens the workbook
// recalculates it. Text that it holds must be quoted by [Quote].
func Formula(f string, format Format) Cell { return Cell{formula: f, format: format, role: Check} }

// RowFormula is a live check that calculates with cells of its own row, whose number it spells {row},
// and of the row above, {above}.
func RowFormula(f string, format Format) Cell {
	return Cell{formula: f, inRow: true, format: format, role: Check}
}

// formulaAt is the formula as it stands in a row.
func (c Cell) formulaAt(row int) string {
	if c.inRow {
		return strings.NewReplacer("{row}", strconv.Itoa(row), "{above}", strconv.Itoa(row-1)).Replace(c.formula)
	}
	return c.formula
}

// As gives the cell another role.
func (c Cell) As(r Role) Cell {
	c.role = r
	return c
}

// Numeric reports whether formulas and charts can calculate with the cell.
func (c Cell) Numeric() bool {
	switch c.value.(type) {
	case int64, float64, day.Day:
		return true
	}
	return c.formula != "" && c.format != General
}

// Value is a computed value in its unit (count, ratio, points, days, eur, hours, date). Null is an empty cell.
func Value(v engine.Value, unit string) Cell {
	switch v.Kind() {
	case engine.Count:
		return Count(v.Int())
	case engine.Money:
		return Number(v.Float(), Euro)
	case engine.Date:
		return DateOf(v.Day())
	case engine.Text:
		return Text(v.Str())
	case engine.Real:
		return Number(v.Float(), cmp.Or(formats[unit], Decimal))
	}
	return Cell{}
}

// formats are those of real numbers, by their unit.
var formats = map[string]Format{"ratio": Percent, "eur": Euro, "hours": Hours, "days": Days, "points": Points}

// Content is the value: a string, an int64, a float64 or a [day.Day]; nil where there is none, or a note in its place.
func (c Cell) Content() any {
	if c.role == Muted {
		return nil
	}
	return c.value
}

// Format is how the cell reads.
func (c Cell) Format() Format { return c.format }

// In gives the cell another format.
func (c Cell) In(f Format) Cell {
	c.format = f
	return c
}
