package transform

import (
	"slices"

	"lvv/anonymize/cells"
	models "lvv/sql"
)

// advancing is a breakdown whose counts persons move between with time: after how many values of its list, in order, the same persons may be
// counted of those that they were counted of before.
type advancing struct {
	dim    string
	values []string // that persons move along
}

// advancingOf is how persons move along a breakdown; nil where they do not.
func advancingOf(cat *models.Catalogue, c *models.Count) *advancing {
	list, _ := cat.Advancing(c)
	if list == nil {
		return nil
	}
	out := &advancing{dim: list.Dim}
	for _, v := range list.Values {
		if v.Value != "unknown" {
			out.values = append(out.values, v.Value)
		}
	}
	return out
}

// served reports whether persons who are counted at one value, at one time, may be counted at another, at another time. No register
// is so long that anybody could pass over a value.
func (r *advancing) served(at, other map[string]string, earlier bool) bool {
	if r == nil {
		return sameDims(at, other)
	}
	for name, v := range at {
		if name != r.dim && other[name] != v || len(at) != len(other) {
			return false
		}
	}
	i, k := slices.Index(r.values, at[r.dim]), slices.Index(r.values, other[r.dim])
	if i < 0 || k < 0 {
		return at[r.dim] == other[r.dim]
	}
	if earlier {
		i, k = k, i
	}
	return k == i || k == i-1
}

// excess is how much more parts count than others can, whoever of those is counted where: of any of the parts, what they have more than all
// that those of them may be among, by Hall's theorem. The parts are of the earlier time, or the others are.
func excess(r *advancing, parts, others []numbered, earlier bool) int {
	if r == nil {
		more := 0
		for _, p := range parts {
			if o := rowLike(others, p.dims); o != nil {
				more += max(0, p.n-o.n)
			} else {
				more += p.n
			}
		}
		return more
	}
	served := make([][]bool, len(others))
	for k, o := range others {
		for _, p := range parts {
			served[k] = append(served[k], r.served(p.dims, o.dims, earlier))
		}
	}
	most := 0
	for set := range 1 << len(parts) {
		more := 0
		for i, p := range parts {
			if set&(1<<i) != 0 {
				more += p.n
			}
		}
		for k, o := range others {
			for i := range parts {
				if set&(1<<i) != 0 && served[k][i] {
					more -= o.n
					break
				}
			}
		}
		most = max(most, more)
	}
	return most
}

// exceedsBy is the excess of the parts of one group of a relation, with what is compared beside each.
func exceedsBy(cat *models.Catalogue, r *models.Relation, parts []*numbered, others []numbered, beside map[string][]numbered, earlier bool) int {
	var of []numbered
	for _, p := range parts {
		n := *p
		for _, b := range besideOf(r, beside, p.dims) {
			n.n += b.n
		}
		of = append(of, n)
	}
	return excess(advancingOf(cat, &r.Part), of, others, earlier)
}

// countsEarlier reports whether a relation says what counts have more that are of an earlier time than their counterparts.
func countsEarlier(cat *models.Catalogue, r *models.Relation) bool {
	return !cat.OnReferenceDate(&r.Part)
}

// exceeds enters unknowns for who of the others is counted with which part of a relation, and what is compared beside it, and for what
// each has more. It returns these.
func (k *knowledge) exceeds(r *models.Relation, parts []*numbered, others []numbered, beside map[string][]numbered, earlier bool) (more []*numbered) {
	along, among := advancingOf(k.cat, &r.Part), make([][]cells.Term, len(others))
	for _, p := range parts {
		beyond := k.unknown()
		more = append(more, &numbered{p.dims, beyond})
		terms := []cells.Term{{Cell: p.n, Coef: -1}, {Cell: beyond, Coef: 1}}
		for _, b := range besideOf(r, beside, p.dims) {
			terms = append(terms, cells.Term{Cell: b.n, Coef: -1})
		}
		for i, o := range others {
			if along.served(p.dims, o.dims, earlier) {
				moved := cells.Term{Cell: k.unknown(), Coef: 1}
				terms, among[i] = append(terms, moved), append(among[i], moved)
			}
		}
		k.sum(terms...)
	}
	for i, o := range others {
		k.sum(append(among[i], cells.Term{Cell: k.unknown(), Coef: 1}, cells.Term{Cell: o.n, Coef: -1})...)
	}
	return more
}

// first lists parts in the order in which those before each can be counted with no others but theirs.
func (r *advancing) first(parts []*numbered, earlier bool) []*numbered {
	out := slices.Clone(parts)
	if r == nil {
		return out
	}
	slices.SortStableFunc(out, func(a, b *numbered) int {
		by := slices.Index(r.values, a.dims[r.dim]) - slices.Index(r.values, b.dims[r.dim])
		if earlier {
			return -by
		}
		return by
	})
	return out
}

// agree makes all cases of a person say the same of it.
func (w *world) agree() {
	first := map[int]*aCase{}
	for i := range w.cases {
		c := &w.cases[i]
		if f := first[c.person]; f != nil {
			c.sex, c.nationality, c.birth = f.sex, f.nationality, f.birth
		} else {
			first[c.person] = c
		}
	}
}

// heldBack tries of every table of an instant by one characteristic whether what its cells have more than those of one from the start is nothing,
// or no more than one cell of what happened in the period.
func (s *search) heldBack(butFor string) {
	for i := range s.tables {
		for k := range s.tables {
			t, u := &s.tables[i], &s.tables[k]
			if !s.related(t, u) || !slices.Equal(t.Dims, u.Dims) || len(t.Free()) != 1 || s.cat.Figure(t.Figure).Accumulates != models.Instant || s.cat.Figure(u.Figure).Accumulates != models.FromStart {
				continue
			}
			s.keepIf(models.Relation{Kind: models.AtMost, Part: *t, Beyond: u, ButFor: butFor})
			for n := range s.nodes {
				of := &s.nodes[n].count
				if len(of.Free()) > 0 || s.total(of) || s.cat.Figure(of.Figure).Accumulates != models.Period || !s.related(t, of) {
					continue
				}
				s.keepIf(models.Relation{Kind: models.AtMost, Part: *t, Beyond: u, Whole: []models.Count{*of}, InPeriod: true, ButFor: butFor})
			}
		}
	}
}
