package transform

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"lvv/ingest"
	"lvv/internal/day"
	"lvv/internal/lists"
	models "lvv/sql"
	"lvv/transform/engine"
)

// assembly makes figures out of records: every record that the catalogue lists, in its order, zeros
// included, with a status where there is no value.
type assembly struct {
	*computation
	records   recordSet
	locations []string
	regions   []string
}

// figure returns the records of a figure, the total first.
func (a *assembly) figure(f *models.Figure) []Figure {
	var out []Figure
	for _, b := range f.Breakdowns {
		for _, dims := range a.combinations(f, b) {
			out = append(out, a.record(f, b, dims))
		}
	}
	if none := a.record(f, nil, nil); len(out) == 0 && none.Status == NotAvailable {
		// Nothing tells which values an open list has; one record says why.
		out = append(out, none)
	}
	return out
}

// combinations lists the values of a breakdown along all of its dimensions.
func (a *assembly) combinations(f *models.Figure, b models.Breakdown) [][]Dim {
	if slices.ContainsFunc(b, func(l *models.List) bool { return l.Open == "rows" }) {
		return a.occurring(f, b)
	}
	out := [][]Dim{nil}
	for _, l := range b {
		var next [][]Dim
		for _, dims := range out {
			for _, v := range a.values(f, l) {
				next = append(next, append(slices.Clone(dims), Dim{l.Dim, v}))
			}
		}
		out = next
	}
	return out
}

// occurring lists the combinations that the SELECT returned, sorted.
func (a *assembly) occurring(f *models.Figure, b models.Breakdown) [][]Dim {
	names := b.Dims()
	var out [][]Dim
	for _, r := range a.records[f.ID] {
		dims := lists.Map(names, func(name string) Dim { return Dim{name, Dims(r.dims).Value(name)} })
		if slices.Equal(sortedDims(dims), r.dims) {
			out = append(out, dims)
		}
	}
	slices.SortFunc(out, func(x, y []Dim) int {
		return slices.CompareFunc(x, y, func(p, q Dim) int { return cmp.Compare(a.rank(p), a.rank(q)) })
	})
	return out
}

// rank sorts values of an open list: sources as the terms list them, unknown last, the rest by name.
func (a *assembly) rank(d Dim) string {
	if i := slices.Index(sourceNames(a.terms.FundingSources), d.Value); d.Name == "source" && i >= 0 {
		return "0" + string(rune('0'+i))
	}
	if d.Value == "unknown" {
		return "2"
	}
	return "1" + d.Value
}

// values lists what a breakdown has along one dimension.
func (a *assembly) values(f *models.Figure, l *models.List) []string {
	var out []string
	switch l.Open {
	case "location":
		return a.locations
	case "date":
		for d := a.period.From; d <= a.period.To; d++ {
			out = append(out, d.String())
		}
	case "year":
		first, _, _ := a.terms.Start.Civil()
		last, _, _ := min(a.terms.End, a.period.AsOf).Civil()
		if a.period.AsOf < a.terms.Start {
			return nil // nor is there one in the year in which it is to begin
		}
		for y := first; y <= last; y++ {
			out = append(out, strconv.Itoa(y))
		}
	case "source":
		return a.andOthers(sourceNames(a.terms.FundingSources), f, l)
	case "region":
		// A case is counted by its own day, which may lie before that of its application.
		out = a.andOthers(slices.Clone(a.regions), f, l)
		slices.SortFunc(out, func(x, y string) int { return cmp.Compare(a.rank(Dim{l.Dim, x}), a.rank(Dim{l.Dim, y})) })
	default:
		for _, v := range l.Values {
			out = append(out, v.Value)
		}
	}
	return out
}

// andOthers adds to a list what a figure has beside it, sorted.
func (a *assembly) andOthers(out []string, f *models.Figure, l *models.List) []string {
	var others []string
	for _, r := range a.records[f.ID] {
		if len(r.dims) == 1 && r.dims[0].Name == l.Dim && !slices.Contains(out, r.dims[0].Value) {
			others = append(others, r.dims[0].Value)
		}
	}
	slices.Sort(others)
	return append(out, others...)
}

// record makes one figure.
func (a *assembly) record(f *models.Figure, b models.Breakdown, dims []Dim) Figure {
	out := Figure{ID: f.ID, Dims: dims, Unit: f.Unit, Date: day.None}
	needs := f.Tables
	for i, d := range dims {
		if code := b[i].Value(d.Value); code != nil {
			out.Unit = cmp.Or(code.Unit, out.Unit)
			needs = append(slices.Clone(needs), code.Tables...)
		}
	}
	r := a.records[f.ID][key(sortedDims(dims))]
	if r == nil {
		r = a.absent(f, &out)
	}
	r.used = true
	if out.Reason = a.missing(f, needs); out.Reason != "" {
		out.Status = NotAvailable
		return out
	}
	if (f.Numerator != models.Text{}) && !r.denominator.IsNull() {
		out.Numerator, out.Denominator = r.numerator, r.denominator
		if f.RestsOn != nil {
			out.Numerator, out.Denominator = a.amount(f.RestsOn.Numerator, r.numerator), a.amount(f.RestsOn.Denominator, r.denominator)
		}
	}
	out.fill(r)
	return out
}

// absent is the record of a value that occurs in no row: nothing was counted.
func (a *assembly) absent(f *models.Figure, out *Figure) *record {
	switch stat := out.Dim("stat"); {
	case out.Unit == "count" || out.Unit == "eur":
		return &record{value: engine.CountOf(0)}
	case out.Unit == "hours":
		return &record{measure: engine.RealOf(0)}
	case f.Numerator != models.Text{} && (stat == "" || stat == "mean"):
		return &record{numerator: engine.CountOf(0), denominator: engine.CountOf(0)}
	}
	return &record{undefined: true}
}

// missing says what a figure lacks, or "".
func (a *assembly) missing(f *models.Figure, tables []string) string {
	if f.Terms == "budget" && len(a.terms.Budget) == 0 {
		return "no budget in the terms"
	}
	var stems []string
	for _, name := range tables {
		if !a.eng.Delivered(name) {
			stems = append(stems, ingest.TableNamed(name).Stem)
		}
	}
	if len(stems) == 0 {
		return ""
	}
	return strings.Join(slices.Compact(stems), ", ") + " not delivered"
}

// amount makes money of the part of a quotient that is one: of a figure in euros.
func (a *assembly) amount(of *models.Count, v engine.Value) engine.Value {
	if of == nil || v.IsNull() {
		return v
	}
	if f := a.cat.Figure(of.Figure); f.Unit == "eur" && f.Numerator == (models.Text{}) {
		return engine.CentsOf(v.Int())
	}
	return v
}

// fill sets the value of a figure. This is the one place where ratios and means are divided.
func (f *Figure) fill(r *record) {
	if !r.firstDay.IsNull() {
		f.Date = r.firstDay.Day()
	}
	switch {
	case r.undefined:
	case !r.value.IsNull() && f.Unit == "eur":
		f.Value = engine.CentsOf(r.value.Int())
	case !r.value.IsNull():
		f.Value = r.value
	case !r.measure.IsNull():
		f.Value = r.measure
	case !r.denominator.IsNull() && r.denominator.Int() != 0 && f.Unit != "eur":
		f.Value = engine.RealOf(float64(r.numerator.Int()) / float64(r.denominator.Int()))
	}
	if f.Value.IsNull() {
		f.Status = Undefined
	}
}
