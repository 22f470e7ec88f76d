package disclose

import (
	"fmt"
	"slices"

	"lvv/anonymize/cells"
)

// Beside is what was told apart from reports, such as answers to requests, of units that figures of the report count too. Units that
// no count tells apart form a group, and every count is a sum of groups.
type Beside struct {
	Groups  []int64 // how many units each has
	Figures []BesideCount
	Told    []BesideCount
}

// BesideCount is a count as a sum of groups: of a figure of the report, by its name, or one that was told, to be from Low to High.
type BesideCount struct {
	Name      string
	Groups    []int // ascending
	Low, High int64
}

// beside enters what was told, and what it leaves of the figures that lie within it or that it lies within.
func (s *system) beside(r *report, b *Beside) {
	groups := make([]int, len(b.Groups))
	for i, n := range b.Groups {
		groups[i] = s.implied(fmt.Sprintf("group %d of those that were asked about", i+1), exact{n, true}, false)
	}
	sum := func(cell int, of []int) {
		terms := []cells.Term{{Cell: cell, Coef: -1}}
		for _, g := range of {
			terms = append(terms, cells.Term{Cell: groups[g], Coef: 1})
		}
		s.sum(terms)
	}
	size := func(of []int) (n int64) {
		for _, g := range of {
			n += b.Groups[g]
		}
		return n
	}
	var figures []*BesideCount
	var shown []int
	for i := range b.Figures {
		f := &b.Figures[i]
		if k, ok := r.index[f.Name]; ok && r.counts[k].cell >= 0 {
			sum(r.counts[k].cell, f.Groups)
			figures, shown = append(figures, f), append(shown, r.counts[k].cell)
		}
	}
	for i := range b.Told {
		t := &b.Told[i]
		n := size(t.Groups)
		cell := s.add(t.Name, cells.Cell{
			Value: n, Role: cells.Past, Known: true, Low: min(t.Low, n), High: max(t.High, n), Table: s.tableNumber(""),
		}, exact{n, true})
		sum(cell, t.Groups)
		for k, f := range figures {
			whole, part, less := cell, shown[k], size(t.Groups)-size(f.Groups)
			switch {
			case less > 0 && within(f.Groups, t.Groups):
			case less < 0 && within(t.Groups, f.Groups):
				whole, part, less = part, whole, -less
			default:
				continue
			}
			rest := s.implied(fmt.Sprintf("%s beside %s", t.Name, f.Name), exact{less, true}, true)
			s.sum([]cells.Term{{Cell: whole, Coef: -1}, {Cell: part, Coef: 1}, {Cell: rest, Coef: 1}})
		}
	}
}

// within reports whether all of one ascending list is in another.
func within(a, b []int) bool {
	return !slices.ContainsFunc(a, func(x int) bool { _, found := slices.BinarySearch(b, x); return !found })
}
