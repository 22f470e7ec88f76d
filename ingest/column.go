package ingest

import (
	"bytes"
	"slices"
	"strconv"

	"lvv/internal/day"
)

// evidence is what the values of a column of one file say about those among them with two readings.
type evidence uint8

const (
	sawMonthFirst evidence = 1 << iota // a date that only exists with the month in front
	sawComma                           // a number of which the comma is the decimal sign
	sawPoint                           // a number of which the point is
	sawEither                          // a number whose point or comma may be one or separate thousands
	sawDayFirst                        // a date that only exists with the day in front
	sawSlash                           // a date with slashes
)

// judgement is what a column makes of its values with two readings. Zero is the rule of the contract: day
// first, and a point before three digits separates thousands.
type judgement uint8

const (
	monthsSeen judgement = 1 << iota // month-first dates occur: what could be either is ambiguous
	monthFirst                       // the terms say that the month stands in front
	pointSeen                        // the point is the decimal sign
	bothSeen                         // point and comma are: what could be either is ambiguous
	noneSeen                         // neither is known to be, in a field that could hold both readings
	pointSaid                        // the terms say that the point is the decimal sign
	commaSaid                        // the terms say that the comma is
)

// judge turns the evidence of a whole column into what is to be made of its values. It is zero where
// nothing was read that now means something else.
func (e evidence) judge(f *fieldPlan) judgement {
	var j judgement
	if e&sawMonthFirst != 0 {
		j |= monthsSeen
	}
	if e&sawEither != 0 {
		switch e & (sawPoint | sawComma) {
		case sawPoint | sawComma:
			j |= bothSeen
		case sawPoint:
			j |= pointSeen
		case 0:
			if f.Small || f.Type == WholeType {
				j |= noneSeen
			}
		}
	}
	return j
}

// date reads a date as its column wants it.
func (r *rowParser) date(index int, c cell) (day.Day, reason) {
	d, why := parseDate(c)
	judged := r.judged[index]
	switch {
	case why != fine:
	case c.kind == numberCell && lateInMonth(d):
		r.seen[index] |= sawDayFirst
	case c.kind != numberCell:
		r.seen[index] |= orderOf(c.text)
	}
	if judged == 0 && why != invalidDate {
		return d, why
	}
	swapped, numeric := swappedDate(c, d)
	if judged&monthFirst != 0 && numeric && c.kind != numberCell {
		return dated(swapped, swapped != day.None)
	}
	if swapped == day.None {
		return d, why
	}
	if why == invalidDate {
		r.seen[index] |= sawMonthFirst | orderOf(c.text)
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

// neverEnds reports whether a date that cannot be is a last day in the year 9999 or 2999, by which a register
// says that there is none.
func (r *rowParser) neverEnds(index int, c cell) bool {
	if c.kind == numberCell && c.date {
		f, err := strconv.ParseFloat(string(c.text), 64)
		if err != nil || f < 0 || f > 3e6 {
			return false
		}
		y, _, _ := serialDay(f, c.epoch1904).Civil()
		return y == 9999 || y == 2999
	}
	for _, never := range []string{"9999", "2999"} {
		const leap = "2000"
		i := bytes.Index(c.text, []byte(never))
		if i < 0 {
			continue
		}
		c.text = append(append(slices.Clone(c.text[:i]), leap...), c.text[i+len(never):]...)
		d, why := parseDate(c)
		swapped, _ := swappedDate(c, d)
		if why != fine && swapped != day.None {
			r.seen[index] |= sawMonthFirst | orderOf(c.text)
		}
		inLeap := func(d day.Day) bool { return d >= day.Of(2000, 1, 1) && d <= day.Of(2000, 12, 31) }
		return inLeap(d) || inLeap(swapped)
	}
	return false
}

// orderOf is what a date in digits says about those with day and month in the same places.
func orderOf(text []byte) (e evidence) {
	switch {
	case len(text) < 8:
		return 0
	case text[1] == '/':
		return sawSlash
	case text[2]-'0' <= 9 || text[3]-'0' > 9:
		return 0
	case text[2] == '/':
		e = sawSlash
	}
	if text[0] > '1' || text[0] == '1' && text[1] > '2' {
		e |= sawDayFirst
	}
	return e
}

// lateInMonth reports whether the number of the day is no month.
func lateInMonth(d day.Day) bool {
	_, _, dd := d.Civil()
	return dd > 12
}

// swappedDate is the date of a cell with day and month in each other's place, day.None where it has none.
// numeric says that they could have changed places.
func swappedDate(c cell, d day.Day) (swapped day.Day, numeric bool) {
	switch {
	case c.kind == numberCell && c.date && d != day.None:
		y, m, dd := d.Civil()
		swapped, _ = dated(civil(y, dd, m))
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
		if judged&bothSeen != 0 || judged&noneSeen != 0 && f.either(c.text) {
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

// either reports whether a number such as 1.500 has two readings that the field could hold.
func (f *fieldPlan) either(text []byte) bool {
	return f.Small || bytes.HasSuffix(text, []byte(".000"))
}

// grave reports whether a figure is wrong where the field is empty though the register fills it: a stay or
// a trajectory runs on, an outcome is missing.
func (p *tablePlan) grave(field int) bool {
	return field >= 0 && (p.Name == "stays" && field == p.end || p.Name == "trajectories" && (field == p.end || p.fields[field].Name == "outcome"))
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
	judged := make([]judgement, len(seen))
	copy(judged, in.judged)
	for i, e := range seen {
		judged[i] |= e.judge(&t.plan.fields[i]) &^ in.decided()
	}
	t.spread(seen, judged, in.decided())
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

// spread has a column of dates such as 03/15/2020 speak for the other dates with slashes of its file: a
// program that writes one so writes all so. It does not where a column shows the contrary.
func (t *tableReading) spread(seen []evidence, judged []judgement, decided judgement) {
	const american = sawMonthFirst | sawSlash
	if decided&monthsSeen != 0 || !slices.ContainsFunc(seen, func(e evidence) bool { return e&american == american }) {
		return
	}
	for i, e := range seen {
		if e&(sawSlash|sawDayFirst) == sawSlash {
			judged[i] |= monthsSeen
		}
	}
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
