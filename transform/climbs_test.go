package transform

import (
	"maps"
	"slices"

	"lvv/anonymize/cells"
	models "lvv/sql"
)

// climb says of a table that its cells with the first value of a dimension, the first two, and so on, together never fall.
type climb struct {
	table string
	list  *models.List
}

// climbs lists the tables of a figure that have a dimension.
func climbs(cat *models.Catalogue, f *models.Figure, dim string) (out []climb) {
	for _, b := range f.Breakdowns {
		for _, l := range b {
			if l.Dim != dim || dim == "" {
				continue
			}
			for _, t := range tablesOf(cat, f, "", b) {
				out = append(out, climb{tableOf(&t), l})
			}
		}
	}
	return out
}

// terms are what was there before less what there is, for the first values of each row of the other dimensions.
func (c *climb) terms(now, before map[string][]numbered) (out [][]cells.Term) {
	for _, first := range now[c.table] {
		if first.dims[c.list.Dim] != c.list.Values[0].Value {
			continue
		}
		var terms []cells.Term
		for _, v := range c.list.Values[:len(c.list.Values)-1] {
			dims := maps.Clone(first.dims)
			dims[c.list.Dim] = v.Value
			is, was := rowLike(now[c.table], dims), rowLike(before[c.table], dims)
			if is == nil || was == nil {
				break
			}
			terms = append(terms, cells.Term{Cell: was.n, Coef: 1}, cells.Term{Cell: is.n, Coef: -1})
			out = append(out, slices.Clone(terms))
		}
	}
	return out
}

// holds reports whether the first values never fall in any register, though single ones do.
func (c *climb) holds(of []observed) bool {
	falls := false
	for i := range of {
		for _, first := range of[i].now[c.table] {
			if first.dims[c.list.Dim] != c.list.Values[0].Value {
				continue
			}
			grown := 0
			for _, v := range c.list.Values[:len(c.list.Values)-1] {
				dims := maps.Clone(first.dims)
				dims[c.list.Dim] = v.Value
				is, was := rowLike(of[i].now[c.table], dims), rowLike(of[i].before[c.table], dims)
				if is == nil || was == nil {
					break
				}
				if grown += is.n - was.n; grown < 0 {
					return false
				}
				falls = falls || is.n < was.n
			}
		}
	}
	return falls
}

// climber is how many at least climbed to the first values of a list, in any row, and by how much what is declared of it grew.
type climber struct{ climbed, more int }

// climbers compares for the first value, for the first two, and so on. Who was not there before is taken to have come in as far up as can be, and of an
// instant to be as many as can be.
func climbers(cat *models.Catalogue, f *models.Figure, o *observed) []climber {
	out := make([]climber, len(f.ClimbsTo))
	for n := range f.ClimbsTo {
		eachOf(&f.ClimbsTo[n], o.now, func(x *numbered) { out[n].more += x.n })
		eachOf(&f.ClimbsTo[n], o.before, func(x *numbered) { out[n].more -= x.n })
	}
	for _, c := range climbs(cat, f, f.Climbs) {
		for _, first := range o.now[c.table] {
			if first.dims[c.list.Dim] != c.list.Values[0].Value {
				continue
			}
			others := without(first.dims, c.list.Dim)
			came := rowLike(o.now[tableOf(f.Entering)], others).n
			if f.Accumulates == models.FromStart {
				came -= rowLike(o.before[tableOf(f.Entering)], others).n
			}
			var grown []int
			sum := 0
			for _, v := range c.list.Values {
				dims := maps.Clone(first.dims)
				dims[c.list.Dim] = v.Value
				sum += rowLike(o.now[c.table], dims).n - rowLike(o.before[c.table], dims).n
				grown = append(grown, sum)
			}
			for n := range out {
				if f.Accumulates == models.Instant {
					out[n].climbed += max(0, grown[n]-came)
				} else {
					out[n].climbed += grown[n] - min(came, slices.Min(grown[n:]))
				}
			}
		}
	}
	return out
}

// lastValues are, of each row of the other dimensions, the rows with the last value of a list, the last two, and so on, but not all.
func (c *climb) lastValues(in map[string][]numbered) (out [][]*numbered) {
	for _, first := range in[c.table] {
		if first.dims[c.list.Dim] != c.list.Values[0].Value {
			continue
		}
		var rows []*numbered
		for n := len(c.list.Values) - 1; n > 0; n-- {
			dims := maps.Clone(first.dims)
			dims[c.list.Dim] = c.list.Values[n].Value
			if row := rowLike(in[c.table], dims); row != nil {
				rows = append(rows, row)
				out = append(out, slices.Clip(rows))
			}
		}
	}
	return out
}

// rises are how much more the last values of a list are than they were.
func (c *climb) rises(o *observed) (out []int) {
	for _, rows := range c.lastValues(o.now) {
		rise := 0
		for _, row := range rows {
			rise += row.n
			if was := rowLike(o.before[c.table], row.dims); was != nil {
				rise -= was.n
			}
		}
		out = append(out, rise)
	}
	return out
}

// letIn is by how much the last values of a figure of an instant that climbs have risen at most, and what is said to have come in.
func letIn(cat *models.Catalogue, f *models.Figure, o *observed) (rise, all int) {
	if f.Accumulates != models.Instant {
		return 0, 0
	}
	for _, c := range climbs(cat, f, f.Climbs) {
		eachOf(f.Entering, o.now, func(n *numbered) { all += n.n })
		rise = slices.Max(c.rises(o))
	}
	return rise, all
}

// letIn tries of every table of an instant whether the last values of its list, the last two, and so on, rise by no more than a total of the period
// counts, so that the others only climb, or go.
func (s *search) letIn() {
	for i := range s.cat.Figures {
		f := &s.cat.Figures[i]
		if f.Accumulates != models.Instant {
			continue
		}
		for _, b := range f.Breakdowns {
			if len(b) != 1 || b[0].Open != "" || !s.cat.Characteristic(b.Dims()) {
				continue
			}
			for _, c := range climbs(s.cat, f, b[0].Dim) {
				for k := range s.tables {
					if u := &s.tables[k]; s.total(u) && s.cat.Figure(u.Figure).Accumulates == models.Period && s.related(&models.Count{Figure: f.ID}, u) {
						s.climbsBut(f, &c, u)
					}
				}
			}
		}
	}
}

// climbsBut tries whether a table climbs, but for those that a total counts.
func (s *search) climbsBut(f *models.Figure, c *climb, total *models.Count) {
	telling := 0
	for i := range s.of {
		in := 0
		eachOf(total, s.of[i].now, func(n *numbered) { in += n.n })
		for _, rise := range c.rises(&s.of[i]) {
			if rise > in {
				return
			}
			if rise > 0 && rise == in {
				telling++
			}
		}
	}
	if telling < 3 {
		return
	}
	s.found[f.ID+" climbs "+c.list.Dim+" but for "+total.String()] = candidate{[]string{f.ID, total.Figure}, false, "", func(k *knowledge) bool {
		for _, rows := range c.lastValues(k.now) {
			terms := c.risen(k, rows)
			eachOf(total, k.now, func(n *numbered) { terms = append(terms, cells.Term{Cell: n.n, Coef: -1}) })
			if !k.atMostNothing(terms, 1) {
				return false
			}
		}
		return true
	}}
}

// risen are counts less what they were.
func (c *climb) risen(k *knowledge, rows []*numbered) (out []cells.Term) {
	for _, row := range rows {
		out = append(out, cells.Term{Cell: row.n, Coef: 1}, cells.Term{Cell: rowLike(k.before[c.table], row.dims).n, Coef: -1})
	}
	return out
}

// letIn enters of a figure of an instant that climbs that its last values rise by no more than what came in.
func (k *knowledge) letIn(f *models.Figure) {
	for _, c := range climbs(k.cat, f, f.Climbs) {
		for _, rows := range c.lastValues(k.now) {
			terms := append(c.risen(k, rows), cells.Term{Cell: k.unknown(), Coef: 1})
			in := rowLike(k.now[tableOf(f.Entering)], without(rows[0].dims, f.Climbs))
			k.sum(append(terms, cells.Term{Cell: in.n, Coef: -1})...)
		}
	}
}
