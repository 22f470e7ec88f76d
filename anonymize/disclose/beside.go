package disclose

import (
	"fmt"
	"slices"

	"lvv/anonymize/cells"
)

// Beside is what was told apart from reports, such as answers to requests, and the figures of the report that count the same units.
// Units that no count tells apart form a group, and every count is a sum of groups.
type Beside struct {
	Groups []int64 // how many units each has
	Counts []BesideCount
	Links  []BesideLink
}

// BesideCount is a count as a sum of groups: of a figure of the report, by its name, or one that was told, to be from Low to High.
type BesideCount struct {
	Name      string
	Told      bool
	Groups    []int // ascending
	Low, High int64
}

// BesideLink says that groups, together, exceed groups of other units, weighed, by what is over.
type BesideLink struct {
	Parts []cells.Term // by group
	Whole []int        // groups, ascending
	Over  int64
}

// beside enters what was told, and what it leaves of the figures that lie within it or that it lies within.
func (s *system) beside(r *report, b *Beside) {
	groups := make([]int, len(b.Groups))
	for i, n := range b.Groups {
		groups[i] = s.implied(fmt.Sprintf("group %d of those that were asked about", i+1), exact{n, true}, false)
	}
	size := func(of []int) (n int64) {
		for _, g := range of {
			n += b.Groups[g]
		}
		return n
	}
	at := make([]int, len(b.Counts)) // the cell of each
	for i := range b.Counts {
		c := &b.Counts[i]
		n := size(c.Groups)
		if c.Told {
			at[i] = s.add(c.Name, cells.Cell{
				Value: n, Role: cells.Past, Known: true, Low: min(c.Low, n), High: max(c.High, n), Table: s.tableNumber(""),
			}, exact{n, true})
		} else if k, ok := r.index[c.Name]; ok && r.counts[k].cell >= 0 {
			at[i] = r.counts[k].cell
		} else {
			at[i] = s.implied(c.Name, exact{n, true}, false)
		}
		var of []int
		for _, g := range c.Groups {
			of = append(of, groups[g])
		}
		s.addsUp(at[i], of)
	}
	for i := range b.Counts {
		for k := range b.Counts {
			t, f := &b.Counts[i], &b.Counts[k]
			if !t.Told || f.Told {
				continue
			}
			whole, part, less := at[i], at[k], size(t.Groups)-size(f.Groups)
			switch {
			case less > 0 && within(f.Groups, t.Groups):
			case less < 0 && within(t.Groups, f.Groups):
				whole, part, less = part, whole, -less
			default:
				continue
			}
			rest := s.implied(fmt.Sprintf("%s beside %s", t.Name, f.Name), exact{less, true}, true)
			s.addsUp(whole, []int{part, rest})
		}
	}
	for _, l := range b.Links {
		var terms []cells.Term
		for _, p := range l.Parts {
			terms = append(terms, cells.Term{Cell: groups[p.Cell], Coef: p.Coef})
		}
		for _, g := range l.Whole {
			terms = append(terms, cells.Term{Cell: groups[g], Coef: -1})
		}
		if l.Over > 0 {
			terms = append(terms, cells.Term{Cell: s.implied("what there are more of than of those whom they belong to", exact{l.Over, true}, true), Coef: 1})
		}
		s.sum(terms)
	}
}

// within reports whether all of one ascending list is in another.
func within(a, b []int) bool {
	return !slices.ContainsFunc(a, func(x int) bool { _, found := slices.BinarySearch(b, x); return !found })
}
