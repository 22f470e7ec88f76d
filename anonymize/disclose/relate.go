package disclose

import (
	"fmt"
	"slices"
	"strings"

	"lvv/anonymize/cells"
	"lvv/sql"
	"lvv/transform"
)

// relate enters all that the catalogue declares of the counts of one report.
func (r *report) relate() {
	for i := range r.s.cat.Figures {
		r.relateFigure(&r.s.cat.Figures[i])
	}
}

func (r *report) relateFigure(f *sql.Figure) {
	for k := range f.Relations {
		r.relation(&f.Relations[k])
	}
	if b := f.RestsOn; b != nil && f.Unit == "ratio" && f.About != sql.Nothing && b.Numerator != nil && b.Denominator != nil {
		r.shares(f, b)
	}
}

// shares says that a numerator is part of its denominator, where both are counts of what the share is about, and that
// the counts of a share by a characteristic add up to those of the share without it.
func (r *report) shares(f *sql.Figure, b *sql.Base) {
	for _, n := range []*sql.Count{b.Numerator, b.Denominator} {
		for _, d := range f.Breakdowns {
			part, whole := sql.Count{Figure: f.ID, Of: n.Of}, sql.Count{Figure: f.ID, Of: n.Of}
			for _, l := range d {
				part.Dims = append(part.Dims, sql.CountDim{Name: l.Dim})
				if !r.s.cat.Characteristic([]string{l.Dim}) {
					whole.Dims = append(whole.Dims, sql.CountDim{Name: l.Dim})
				}
			}
			if n.Figure == f.ID && n.Of != "" && len(whole.Dims) < len(part.Dims) && len(r.matching(&whole)) > 0 {
				r.relation(&sql.Relation{Kind: sql.Wholly, Part: part, Whole: []sql.Count{whole}})
			}
		}
	}
	if of := r.s.cat.Figure(b.Denominator.Figure); of.About == sql.Nothing {
		return
	}
	for _, d := range f.Breakdowns {
		part, whole := *b.Numerator, *b.Denominator
		for _, l := range d {
			free := sql.CountDim{Name: l.Dim}
			part.Dims, whole.Dims = append(slices.Clip(part.Dims), free), append(slices.Clip(whole.Dims), free)
		}
		r.relation(&sql.Relation{Kind: sql.AtMost, Part: part, Whole: []sql.Count{whole}})
	}
}

// group is what belongs together in a relation: a whole, and its parts.
type group struct{ wholes, parts []int } // indexes of counts

// relation enters a declared relation, for each group that it makes.
func (r *report) relation(rel *sql.Relation) {
	kind := rel.Kind
	if rel.Before != nil || rel.Since || rel.SoFar || (rel.InPeriod || rel.AllSoFar) && r.period.AsOf > r.period.To || rel.AllSoFar && r.period.From > r.s.start || rel.ButFor != "" && r.audited {
		return // what was there before, or happened since the start, is of other days: see balance, inPieces and soFar; and nothing published says whether what is rare has happened
	}
	if kind == sql.AtMost && r.period.From == r.period.To && len(rel.Whole) == 1 {
		if f := r.s.cat.Figure(rel.Whole[0].Figure); f != nil && f.Nightly != "" {
			kind = sql.Wholly // the nights of a single night are its persons
		}
	}
	parts := r.matching(&rel.Part)
	if len(parts) == 0 {
		return
	}
	for _, g := range r.groups(rel, parts) {
		if rel.Beyond != nil {
			r.beyond(rel, g)
			continue
		}
		for i := range rel.Beside {
			g.parts = append(g.parts, r.matching(&rel.Beside[i])...)
		}
		if rel.Each {
			for _, p := range g.parts {
				r.bind(kind, rel, group{g.wholes, []int{p}})
			}
			continue
		}
		r.bind(kind, rel, g)
	}
}

// groups puts parts to the wholes that they belong to. A whole that a report does not have is made where
// readers know it, or where its parts say what it is.
func (r *report) groups(rel *sql.Relation, parts []int) []group {
	var free []string
	for _, w := range rel.Whole {
		if len(w.Free()) > len(free) {
			free = w.Free()
		}
	}
	key := func(value func(dim string) string) string {
		var b strings.Builder
		for _, dim := range free {
			b.WriteString(value(dim) + "\x00")
		}
		return b.String()
	}
	var out []group
	at := map[string]int{}
	find := func(k string) *group {
		n, ok := at[k]
		if !ok {
			n = len(out)
			at[k] = n
			out = append(out, group{})
		}
		return &out[n]
	}
	for _, p := range parts {
		g := find(key(func(dim string) string { return r.valueAlong(&rel.Part, &r.counts[p], dim) }))
		g.parts = append(g.parts, p)
	}
	for i := range rel.Whole {
		n := &rel.Whole[i]
		found := r.matching(n)
		if len(found) == 0 && rel.Kind == sql.Wholly && len(n.Dims) == 0 && len(out) == 1 {
			value, valued := r.added(out[0].parts)
			found = append(found, r.total(n, value, valued))
		}
		for _, w := range found {
			g := find(key(func(dim string) string { v, _ := r.counts[w].dim(dim); return v }))
			g.wholes = append(g.wholes, w)
		}
	}
	return out
}

// valueAlong is where a part belongs along a dimension of the whole.
func (r *report) valueAlong(n *sql.Count, c *count, dim string) string {
	source, _ := r.s.cat.Source(n, dim)
	v, _ := c.dim(source)
	if source == dim {
		return v
	}
	return r.s.cat.Refinement(source, dim).Of(v)
}

// added is the sum of counts, where all are known.
func (r *report) added(counts []int) (sum int64, valued bool) {
	for _, i := range counts {
		if !r.counts[i].valued {
			return 0, false
		}
		sum += r.counts[i].value
	}
	return sum, true
}

// bind enters one group.
func (r *report) bind(kind sql.Kind, rel *sql.Relation, g group) {
	if len(g.wholes) != len(rel.Whole) {
		return // a whole is not in the report, and readers do not know it
	}
	for _, i := range slices.Concat(g.wholes, g.parts) {
		if c := &r.counts[i]; c.low >= cells.Unbounded || c.value >= cells.Unbounded {
			return // the nights of so many persons narrow nobody
		}
	}
	if r.untouched(slices.Concat(g.wholes, g.parts)) {
		if kind != sql.Wholly {
			if k, ok := r.was.index[(&count{id: r.beside(g)}).name()]; ok {
				r.put(r.was.counts[k])
			}
		}
		return
	}
	wholes, parts := r.cells(g.wholes), r.cells(g.parts)
	key := ""
	if r.was != nil {
		key = fmt.Sprint(r.label, kind, wholes, parts)
		if cell, ok := r.s.bound[key]; ok {
			if _, twice := r.index[r.beside(g)]; cell >= 0 && !twice {
				r.put(count{id: r.beside(g), cell: cell, value: r.s.exact[cell].value, valued: r.s.exact[cell].valued, remains: true})
			}
			return
		}
		r.s.bound[key] = -1
	}
	terms := append(weighed(wholes, -1), weighed(parts, 1)...)
	if kind != sql.Wholly {
		remains := r.s.added(wholes).less(r.s.added(parts))
		if remains.valued && remains.value < 0 {
			r.s.untrue = append(r.s.untrue, r.counts[g.wholes[0]].name())
			return
		}
		what := r.beside(g)
		protect := kind == sql.Partly && r.now && remains.valued
		cell := r.s.implied(r.label+what, remains, protect)
		terms = append(terms, cells.Term{Cell: cell, Coef: 1})
		if _, twice := r.index[what]; !twice && !rel.InPeriod && r.s.ofPeriod(rel) {
			r.put(count{id: what, value: remains.value, valued: remains.valued, cell: cell, remains: true})
			if key != "" {
				r.s.bound[key] = cell
			}
		}
	}
	r.s.sum(terms)
}

// beyond enters of one group that what its parts have more of than their counterparts is no more than the wholes. A report that was
// corrected is taken as it was published.
func (r *report) beyond(rel *sql.Relation, g group) {
	if len(g.wholes) != len(rel.Whole) || r.was != nil || slices.ContainsFunc(g.wholes, func(i int) bool { return r.counts[i].value >= cells.Unbounded }) {
		return
	}
	var pairs []pair
	var also []int
	for _, p := range g.parts {
		part := r.cells([]int{p})
		for i := range rel.Beside {
			if n := &rel.Beside[i]; len(n.Free()) > 0 {
				part = append(part, r.cells(r.like(n, r.counts[p].dims))...)
			}
		}
		if j := r.like(rel.Beyond, r.counts[p].dims); len(j) == 1 {
			pairs = append(pairs, pair{r.counts[p].dims, part, r.cellOf(&r.counts[j[0]])})
		}
	}
	for i := range rel.Beside {
		if n := &rel.Beside[i]; len(n.Free()) == 0 {
			also = append(also, r.cells(r.matching(n))...)
		}
	}
	rows, leaps := r.s.rows(&rel.Part, pairs, !r.s.cat.OnReferenceDate(&rel.Part), r.period.AsOf-r.s.start)
	r.s.exceed(rows, leaps, r.cells(g.wholes), also, "the rest of "+r.counts[firstOf(g.wholes, g.parts)].name()+" beside what "+rel.Part.String()+" has more")
}

// like returns the counts that a declaration names and that have the values of others along its dimensions without one.
func (r *report) like(n *sql.Count, dims []transform.Dim) []int {
	return slices.DeleteFunc(r.matching(n), func(i int) bool {
		return slices.ContainsFunc(n.Free(), func(dim string) bool {
			v, _ := r.counts[i].dim(dim)
			return !slices.Contains(dims, transform.Dim{Name: dim, Value: v})
		})
	})
}

// cells returns the cells of counts.
func (r *report) cells(counts []int) []int {
	out := make([]int, len(counts))
	for i, k := range counts {
		out[i] = r.cellOf(&r.counts[k])
	}
	return out
}

// beside names what remains of the wholes of a group beside its parts.
func (r *report) beside(g group) string {
	return "the rest of " + r.counts[g.wholes[0]].name() + " beside " + r.counts[firstOf(g.parts, g.wholes)].name()
}

// ofPeriod reports whether all counts of a relation are of what happened in the period, so that what remains is too: of every
// piece of the period, as much as of the whole.
func (s *system) ofPeriod(rel *sql.Relation) bool {
	return !slices.ContainsFunc(append(slices.Clip(rel.Whole), rel.Part), func(n sql.Count) bool {
		f := s.cat.Figure(n.Figure)
		return f == nil || f.Accumulates != sql.Period
	})
}

func firstOf(a, b []int) int {
	if len(a) > 0 {
		return a[0]
	}
	return b[0]
}
