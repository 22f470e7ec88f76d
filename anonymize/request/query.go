package request

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"lvv/internal/day"
	"lvv/internal/lists"
	"lvv/transform"
	"lvv/transform/engine"
)

// tally is a count that an answer rests on: units under conditions, by labels. A table has one or more.
type tally struct {
	unit    *Unit
	period  transform.Period
	where   []condition
	present string  // a field that must have a value, or ""
	by      []label // what its cells are told apart by
}

// label is a breakdown as SQL, and of which field its values are bands, or "".
type label struct {
	name, sql, field string
	ends             []int            // of the bands
	band             func(int) string // how one reads
}

// banded is a breakdown by bands of a field.
func banded(name, field string, ends []int, band func(int) string) label {
	return label{name, bands("u."+field, ends, band), field, ends, band}
}

// The conditions and labels that curves add.
const inPilot = "in_pilot"

// tallies returns the counts that a table rests on, the one of its whole population first.
func (t *Table) tallies(p transform.Period) []*tally {
	u := unitNamed(t.Unit)
	base := &tally{unit: u, period: p, where: t.Where}
	for _, by := range t.By {
		base.by = append(base.by, u.label(by))
	}
	with := func(where []condition, by ...label) *tally {
		out := *base
		out.where = slices.Concat(base.where, where)
		out.by = slices.Concat(base.by, by)
		return &out
	}
	switch t.Measure {
	case Mean, Median:
		base.present = t.Of
	case Share:
		return []*tally{base, with(t.Having)}
	case Survival, Incidence:
		base.where = append(slices.Clone(base.where), among(inPilot, "true"))
		end := label{name: "end", sql: "CASE WHEN u.running = 'true' THEN 'running' ELSE 'ended' END"}
		if t.Measure == Incidence {
			end.sql = "CASE WHEN u.running = 'true' THEN 'running' ELSE u." + u.Curves + " END"
		}
		return []*tally{
			base, with(nil, interval("days"), end),
			with([]condition{between("entered", "1", "")}, interval("entered")),
		}
	}
	return []*tally{base}
}

// interval is where a number of days lies among the horizons: the index of the first that is not below it.
func interval(column string) label {
	return banded("interval", column, horizons, strconv.Itoa)
}

// bands writes the number of the band that a column lies in.
func bands(column string, ends []int, name func(int) string) string {
	var b strings.Builder
	b.WriteString("CASE WHEN " + column + " IS NULL THEN 'unknown'")
	for i, end := range ends {
		fmt.Fprintf(&b, " WHEN %s <= %d THEN '%s'", column, end, name(i))
	}
	fmt.Fprintf(&b, " ELSE '%s' END", name(len(ends)))
	return b.String()
}

// bandName is how a band of a field reads.
func (f *Field) bandName(i int) string {
	low := 0
	if i > 0 {
		low = f.Bands[i-1] + 1
	}
	switch {
	case i == len(f.Bands):
		return strconv.Itoa(low) + "+"
	case low == f.Bands[i]:
		return strconv.Itoa(low)
	}
	return fmt.Sprintf("%d-%d", low, f.Bands[i])
}

// label makes the SQL of a breakdown that [Parse] has let through. Nothing of it is a reader's own.
func (u *Unit) label(by string) label {
	name, part, _ := strings.Cut(by, ".")
	f := u.field(name)
	column := "u." + f.Name
	switch f.Kind {
	case Number:
		return banded(by, f.Name, f.Bands, f.bandName)
	case Day:
		return label{name: by, sql: fmt.Sprintf("CASE WHEN %s IS NULL THEN 'none' ELSE %s_label(%[1]s) END", column, dayParts[slices.Index(dayParts, part)])}
	}
	return label{name: by, sql: column}
}

// statement is a SELECT in the making, with the values of its conditions beside it.
type statement struct {
	joins                strings.Builder
	number               map[string]int // of conditions
	values, ranges, days [][]engine.Value
	terms                *transform.Terms
	period               transform.Period
}

// params are the values.
func (s *statement) params() []engine.Param {
	column := func(kind engine.Kind) []engine.ParamColumn {
		return []engine.ParamColumn{{Name: "number", Kind: engine.Count}, {Name: "low", Kind: kind}, {Name: "high", Kind: kind}}
	}
	return []engine.Param{
		{Name: "request_values", Columns: []engine.ParamColumn{{Name: "number", Kind: engine.Count}, {Name: "value", Kind: engine.Text}}, Rows: s.values},
		{Name: "request_ranges", Columns: column(engine.Count), Rows: s.ranges},
		{Name: "request_days", Columns: column(engine.Date), Rows: s.days},
	}
}

// condition joins what a condition names, and returns the SQL that tells whether it holds.
func (s *statement) condition(u *Unit, c condition) []string {
	var out []string
	kind := Codes
	if f := u.field(c.Field); f != nil {
		kind = f.Kind
	} else if c.From != "" {
		kind = Number
	}
	for _, list := range []struct {
		values []string
		is     string
	}{{c.In, "IS NOT NULL"}, {c.Not, "IS NULL"}} {
		if len(list.values) == 0 {
			continue
		}
		n, known := s.numbered(fmt.Sprintf("%s %q", c.Field, list.values))
		if !known {
			fmt.Fprintf(&s.joins, "\nLEFT JOIN request_values AS c%d ON c%[1]d.number = %[1]d AND c%[1]d.value = u.%s", n, c.Field)
			for _, v := range list.values {
				s.values = append(s.values, []engine.Value{engine.CountOf(int64(n)), engine.TextOf(v)})
			}
		}
		out = append(out, fmt.Sprintf("c%d.value %s", n, list.is))
	}
	if c.From == "" && c.To == "" {
		return out
	}
	n, known := s.numbered(fmt.Sprintf("%s %s..%s", c.Field, c.From, c.To))
	if !known {
		table := "request_ranges"
		low, high := engine.CountOf(-1<<31), engine.CountOf(1<<31)
		if kind == Day {
			table = "request_days"
			low, high = engine.DateOf(s.day(cmp.Or(c.From, earliest))), engine.DateOf(s.day(cmp.Or(c.To, latest)))
			s.days = append(s.days, []engine.Value{engine.CountOf(int64(n)), low, high})
		} else {
			if v, err := strconv.ParseInt(c.From, 10, 64); err == nil {
				low = engine.CountOf(v)
			}
			if v, err := strconv.ParseInt(c.To, 10, 64); err == nil {
				high = engine.CountOf(v)
			}
			s.ranges = append(s.ranges, []engine.Value{engine.CountOf(int64(n)), low, high})
		}
		fmt.Fprintf(&s.joins, "\nLEFT JOIN %s AS c%d ON c%[2]d.number = %[2]d AND u.%s BETWEEN c%[2]d.low AND c%[2]d.high", table, n, c.Field)
	}
	return append(out, fmt.Sprintf("c%d.number IS NOT NULL", n))
}

// day reads a bound: a date, or one of the days of a period.
func (s *statement) day(text string) day.Day {
	switch text {
	case fromPeriod:
		return s.period.From
	case toPeriod:
		return s.period.To
	case toDate:
		return s.period.AsOf
	case fromStart:
		return s.terms.Start
	}
	d, _ := day.Parse(text) // Parse has let it through
	return d
}

// The first and the last day that a register may hold: see [day.Valid].
const (
	earliest = "1900-01-01"
	latest   = "2100-12-31"
)

// numbered returns the number of a condition; the same one is joined once.
func (s *statement) numbered(key string) (n int, known bool) {
	if n, known = s.number[key]; !known {
		n = len(s.number)
		s.number[key] = n
	}
	return n, known
}

// holds returns the SQL that tells whether a unit is in a tally.
func (s *statement) holds(t *tally) string {
	var all []string
	for _, c := range t.where {
		all = append(all, s.condition(t.unit, c)...)
	}
	if t.present != "" {
		all = append(all, "u."+t.present+" IS NOT NULL")
	}
	if len(all) == 0 {
		return "u.unit_key IS NOT NULL"
	}
	return strings.Join(all, " AND ")
}

func newStatement(terms *transform.Terms, p transform.Period) *statement {
	return &statement{number: map[string]int{}, terms: terms, period: p}
}

// members passes on, for tallies of one unit and period, every unit, and for each tally that it is in the labels of its
// cell (nil for the others).
func members(ctx context.Context, eng engine.Engine, terms *transform.Terms, of []*tally, each func(m *member, cells [][]string) error) error {
	s := newStatement(terms, of[0].period)
	var columns []string
	at := map[string]int{} // SQL of a label -> column
	labels := make([][]int, len(of))
	for i, t := range of {
		columns = append(columns, fmt.Sprintf("CASE WHEN %s THEN 1 ELSE 0 END AS in_%d", s.holds(t), i))
		for _, l := range t.by {
			n, known := at[l.sql]
			if !known {
				n = len(at)
				at[l.sql] = n
			}
			labels[i] = append(labels[i], n)
		}
	}
	named := make([]string, len(at))
	for text, n := range at {
		named[n] = fmt.Sprintf("%s AS label_%d", text, n)
	}
	keys := []string{"u.person_key", "u.unit_key"}
	for _, w := range of[0].unit.Within {
		keys = append(keys, "u."+keyOf(w))
	}
	query := "SELECT " + strings.Join(slices.Concat(keys, columns, named), ", ") + "\nFROM " + of[0].unit.model() + " AS u" + s.joins.String()
	return transform.Ask(ctx, eng, terms, of[0].period, query, s.params(), func(r engine.Row) error {
		m := member{person: r.Get("person_key").String(), key: r.Get("unit_key").String()}
		for _, w := range of[0].unit.Within {
			m.within = append(m.within, r.Get(keyOf(w)).String())
		}
		row := r.Values[len(keys):]
		cells := make([][]string, len(of))
		for i := range of {
			if row[i].Int() == 0 {
				continue
			}
			cells[i] = make([]string, len(labels[i]))
			for k, n := range labels[i] {
				cells[i][k] = row[len(of)+n].Str()
			}
		}
		return each(&m, cells)
	})
}

// spreads lists the values of a field in every cell of a tally, by its labels, the smallest first: one of each unit, also where the model lists it in parts.
func spreads(ctx context.Context, eng engine.Engine, terms *transform.Terms, t *tally, of string) (map[string]spread, error) {
	out := map[string]spread{}
	err := valued(ctx, eng, terms, t, fmt.Sprintf("real(sum(u.%s))", of), []string{"u.unit_key"}, func(cell string, value float64) {
		out[cell] = append(out[cell], value)
	})
	for _, s := range out {
		slices.Sort(s)
	}
	return out, err
}

// measured computes a mean, a median or a sum for every cell of a tally, by its labels.
func measured(ctx context.Context, eng engine.Engine, terms *transform.Terms, t *tally, measure, of string) (map[string]float64, error) {
	value := map[string]string{Mean: "real(sum(u.%s)) / count(u.%[1]s)", Median: "quantile7(real(u.%s), 0.5)", Count: "real(sum(u.%s))"}[measure]
	out := map[string]float64{}
	err := valued(ctx, eng, terms, t, fmt.Sprintf(value, of), nil, func(cell string, value float64) { out[cell] = value })
	return out, err
}

// valued computes what is not null of a value, for the cells of a tally with their labels, and for each of what these are grouped by besides.
func valued(ctx context.Context, eng engine.Engine, terms *transform.Terms, t *tally, value string, group []string, each func(cell string, value float64)) error {
	s := newStatement(terms, t.period)
	where := s.holds(t)
	columns := []string{value + " AS value"}
	for i, l := range t.by {
		columns = append(columns, fmt.Sprintf("%s AS label_%d", l.sql, i))
		group = append(group, l.sql)
	}
	query := "SELECT " + strings.Join(columns, ", ") + "\nFROM " + t.unit.model() + " AS u" + s.joins.String() + "\nWHERE " + where
	if len(group) > 0 {
		query += "\nGROUP BY " + strings.Join(group, ", ")
	}
	return transform.Ask(ctx, eng, terms, t.period, query, s.params(), func(row engine.Row) error {
		if value := row.Get("value"); !value.IsNull() {
			each(key(lists.Map(row.Values[1:], func(v engine.Value) string { return v.Str() })), value.Float())
		}
		return nil
	})
}

// key is a list of labels as one text.
func key(labels []string) string { return strings.Join(labels, "\x1f") }
