package ingest

import (
	"slices"

	"lvv/internal/day"
)

// evidence is what the values of a column of one file say about those among them with two readings.
type evidence uint8

const (
	sawMonthFirst evidence = 1 << iota // a date that only exists with the month in front
	sawComma                           // a number of which the comma is the decimal sign
	sawPoint                           // a number of which the point is
	sawEither                          // a number whose point or comma may be one or separate thousands
)

// judgement is what a column makes of its values with two readings. Zero is the rule of the contract: day
// first, and a point before three digits separates thousands.
type judgement uint8

const (
	monthsSeen judgement = 1 << iota // month-first dates occur: what could be either is ambiguous
	monthFirst                       // the terms say that the month stands in front
	pointSeen                        // the point is the decimal sign
	bothSeen                         // point and comma are: what could be either is ambiguous
	pointSaid                        // the terms say that the point is the decimal sign
	commaSaid                        // the terms say that the comma is
)

// judge turns the evidence of a whole column into what is to be made of its values. It is zero where
// nothing was read that now means something else.
func (e evidence) judge() judgement {
	var j judgement
	if e&sawMonthFirst != 0 {
		j |= monthsSeen
	}
	if e&sawEither != 0 && e&sawPoint != 0 {
		if e&sawComma != 0 {
			j |= bothSeen
		} else {
			j |= pointSeen
		}
	}
	return j
}

// date reads a date as its column wants it.
func (r *rowParser) date(index int, c cell) (day.Day, reason) {
	d, why := parseDate(c)
	judged := r.judged[index]
	if judged == 0 && why != invalidDate {
		return d, why
	}
	swapped, numeric := swappedDate(c, d)
	if judged&monthFirst != 0 && numeric && c.kind != numberCell {
		return swapped, reasonUnless(swapped != day.None)
	}
	if swapped == day.None {
		return d, why
	}
	if why == invalidDate {
		r.seen[index] |= sawMonthFirst
	}
	if judged&monthsSeen == 0 || swapped == d {
		return d, why
	}
	r.doubtful[index]++
	if why == fine {
		return day.None, ambiguousDate
	}
	return d, why
}

func reasonUnless(ok bool) reason {
	if ok {
		return fine
	}
	return invalidDate
}

// swappedDate is the date of a cell with day and month in each other's place, day.None where it has none.
// numeric says that they could have changed places.
func swappedDate(c cell, d day.Day) (swapped day.Day, numeric bool) {
	switch {
	case c.kind == numberCell && c.date && d != day.None:
		y, m, dd := d.Civil()
		swapped, _ = dated(civil(y, dd, int(m)))
		return swapped, true
	case c.kind == plainText || c.kind == sheetText:
		w := parseWrittenDate(c.text)
		return w.swapped, w.full > 0
	}
	return day.None, false
}

// number reads a number as its column wants it.
func (r *rowParser) number(index int, c cell) reason {
	f, v := &r.plan.fields[index], &r.values[index]
	judged := r.judged[index]
	sign := signOf(c)
	switch sign {
	case commaSign:
		r.seen[index] |= sawComma
	case pointSign:
		r.seen[index] |= sawPoint
	case either:
		r.seen[index] |= sawEither
		if judged&bothSeen != 0 {
			return ambiguousNumber
		}
	}
	said := noSign
	switch {
	case judged&pointSeen != 0:
		said = pointSign
	case judged&commaSaid != 0:
		said = commaSign
	}
	d, ok := parseDecimal(c, r.scratch, said)
	switch {
	case !ok:
		return f.invalid
	case f.Type == NumberType:
		v.n, ok = d.units(f.Decimals)
	default:
		v.n, ok = d.integer()
	}
	if !ok {
		return f.invalid
	}
	if sign == either && judged&pointSeen != 0 && judged&pointSaid == 0 {
		v.odd = decimalPoint
	}
	return fine
}

// grave reports whether a figure is wrong where the field is empty though the register fills it: a stay or
// a trajectory runs on, an outcome is missing.
func (t *tablePlan) grave(field int) bool {
	return field >= 0 && (t.Name == "stays" && field == t.end || t.Name == "trajectories" && (field == t.end || t.fields[field].Name == "outcome"))
}

// look gathers what the rows of a file said about the whole of it, and marks the file where some of them
// were read in a way that the whole does not bear out. See files.
func (t *tableReading) look(in *input, p *part) {
	seen := make([]evidence, len(t.plan.fields))
	headed := false
	for _, r := range t.parsers {
		headed = headed || r.headed
		for i, e := range r.seen {
			seen[i] |= e
		}
	}
	judged := slices.Clone(in.judged)
	if judged == nil {
		judged = make([]judgement, len(seen))
	}
	for i, e := range seen {
		judged[i] |= e.judge() &^ in.decided()
	}
	merged := t.mergedRows(in)
	again := headed && in.format != workbook && !in.blocks || len(merged) > len(in.merged)
	for i, j := range judged {
		again = again || j != 0 && (in.judged == nil || in.judged[i] != j)
	}
	if again {
		in.blocks, in.judged, in.merged = in.blocks || headed, judged, merged
		t.again = true
		return
	}
	p.Account.SetApart = p.apart.byKind()
	t.find(in, p)
}

// mergedRows are the merged cells below the header of the sheet that was read, in columns of the register.
func (t *tableReading) mergedRows(in *input) []mergedRange {
	var out []mergedRange
	for _, m := range t.merges {
		for i := m.column; i < m.columns && i < len(in.header.fields); i++ {
			if m.rows > in.header.row && in.header.fields[i] >= 0 {
				out = append(out, m)
				break
			}
		}
	}
	return out
}
