package disclose

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"lvv/anonymize/cells"
	"lvv/internal/lists"
	"lvv/sql"
	"lvv/transform"
)

// division is one printed division by a characteristic: of a figure, or of one of its values along other dimensions.
type division struct {
	name, by string // the name of the figure with its values along other dimensions, and the characteristic
	of       *report
	cells    map[string]int // by value of the characteristic
	total    int64
	few      bool // one of the counts is small
	grows    bool // of everything since the pilot's start
}

// nested says of two divisions by the same characteristic whose totals hardly differ that one holds the other, and of three that two add up to the third, wherever
// the counts agree with it. Other totals may tell readers that the one counts the same as the other, or a part of it, because nobody left, everybody was there
// before, or all have one; there is no end to what totals tell, so that they are taken to. It goes by the report to be published, beside itself and each earlier
// one, and leaves out what would narrow a small count even if no count of the report by a characteristic were told.
func (s *system) nested(reports []*report, l cells.Limits) error {
	by := map[string][]*division{} // by the characteristic
	for _, r := range reports {
		for _, d := range r.divisions() {
			if d.total >= s.sys.MinCell {
				by[d.by] = append(by[d.by], d)
			}
		}
	}
	var all []assumption
	for _, dim := range slices.Sorted(maps.Keys(by)) {
		for i, a := range by[dim] {
			for k, b := range by[dim] {
				if more := b.total - a.total; more > 0 && more < s.sys.MinCell || more == 0 && i < k {
					all = s.hold(all, []*division{a}, b, more > 0)
				}
				if i >= k || !a.of.now || !b.of.now {
					continue
				}
				for _, sum := range by[dim] {
					if sum.total == a.total+b.total && sum.of.now {
						all = s.hold(all, []*division{a, b}, sum, false)
					}
				}
			}
		}
	}
	if len(all) == 0 {
		return nil
	}
	open, err := s.openUntold(l)
	if err != nil {
		return err
	}
	return s.assume(all, open, l)
}

// openUntold finds which numbers are open of the small counts when nothing is said but totals and what was said before.
func (s *system) openUntold(l cells.Limits) ([][]int64, error) {
	pub := s.told()
	for i := range s.sys.Cells {
		if c := s.cell(i); (c.Role == cells.Open || c.Known) && c.Role != cells.Fixed && c.Value > 0 && c.Value < s.sys.MinCell && pub.Cells[i].Low < pub.Cells[i].High {
			pub.Cells[i].Must = smallNumbers(int(s.sys.MinCell))
		}
	}
	found, err := cells.Audit(pub, l)
	if err != nil {
		return nil, err
	}
	return lists.Map(found.Findings, func(f cells.Finding) []int64 { return f.Possible }), nil
}

// assume enters what may be assumed without narrowing what is open of the small counts: all, or of each half what may.
func (s *system) assume(all []assumption, open [][]int64, l cells.Limits) error {
	n, said := len(s.names), len(s.sys.Relations)
	for _, a := range all {
		a.enter(s)
	}
	now, err := s.openUntold(l)
	if err == nil && slices.EqualFunc(open, now, slices.Equal) {
		return nil
	}
	if _, contradicted := errors.AsType[*cells.ContradictionError](err); err != nil && !contradicted {
		return err
	}
	s.sys.Cells, s.names, s.exact, s.sys.Relations = s.sys.Cells[:n], s.names[:n], s.exact[:n], s.sys.Relations[:said]
	if len(all) == 1 {
		return nil
	}
	if err := s.assume(all[:len(all)/2], open, l); err != nil {
		return err
	}
	return s.assume(all[len(all)/2:], open, l)
}

// assumption is that a division is the sum of others, or of these and what it has more.
type assumption struct {
	sums  [][]cells.Term
	rests []int64 // what each has more; nil where nothing
}

func (a *assumption) enter(s *system) {
	for i, terms := range a.sums {
		if a.rests != nil {
			terms = append(slices.Clip(terms), cells.Term{Cell: s.implied("what "+s.names[terms[0].Cell]+" has more", exact{a.rests[i], true}, false), Coef: 1})
		}
		s.sum(terms)
	}
}

// divisions lists those of a report.
func (r *report) divisions() (out []*division) {
	at := map[string]*division{}
	for i := range r.counts {
		c := &r.counts[i]
		if c.cell < 0 || !c.valued || c.made || c.remains || !r.s.printed(c.id) || !r.s.protected(c.id) || characteristics(r.s.cat, c.dims) != 1 {
			continue
		}
		var by transform.Dim
		parts := []string{c.id, c.of}
		for _, d := range c.dims {
			if r.s.cat.Characteristic([]string{d.Name}) {
				by = d
			} else {
				parts = append(parts, d.Value)
			}
		}
		name := strings.Join(parts, "|")
		d := at[name+"|"+by.Name]
		if d == nil {
			f := r.s.cat.Figure(c.id)
			d = &division{name: name, by: by.Name, of: r, cells: map[string]int{}, grows: f != nil && f.Accumulates == sql.FromStart}
			at[name+"|"+by.Name] = d
			out = append(out, d)
		}
		d.cells[by.Value] = c.cell
		d.total += c.value
		d.few = d.few || r.s.few(c)
	}
	return out
}

// hold lists with others that divisions add up to another one, or to less, unless the counts do not agree with it.
func (s *system) hold(all []assumption, parts []*division, whole *division, less bool) []assumption {
	now, few := whole.of.now, whole.few
	for _, p := range parts {
		now, few = now || p.of.now, few || p.few
	}
	if !now || !few {
		return all
	}
	rests := map[string]int64{}
	for v, cell := range whole.cells {
		rests[v] = s.exact[cell].value
	}
	for _, p := range parts {
		if p.name == whole.name && (p.of.period == whole.of.period || p.grows) {
			return all // that the same does not fall is known, and what was corrected is no part of itself
		}
		for v, cell := range p.cells {
			rests[v] -= s.exact[cell].value
		}
	}
	var a assumption
	for _, v := range slices.Sorted(maps.Keys(rests)) {
		if rests[v] < 0 || rests[v] > 0 && !less {
			return all
		}
		var terms []cells.Term
		for i, d := range append(parts, whole) {
			if cell, has := d.cells[v]; has {
				terms = append(terms, weighed([]int{cell}, []int64{1, -1}[i/len(parts)])...)
			}
		}
		a.sums = append(a.sums, terms)
		if less {
			a.rests = append(a.rests, rests[v])
		}
	}
	return append(all, a)
}
