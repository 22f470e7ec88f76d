package cells

import (
	"slices"
	"sort"
)

// Question asks that it remain possible for a cell to be in one of some ranges. It is given up where that is not possible even if none of the totals
// from number From on is told.
type Question struct {
	Cell int
	Of   []Range
	From int
}

// Tell decides which totals of a publication are told beside what else it says; of the others readers know nothing. The totals are given in
// order of dearness, each by the cells that it tells. Of all ways to keep possible what the questions ask, it takes the one that tells the
// dearest, of those one that tells the next dearest, and so on. What a limit on the work leaves open counts as not possible. Near are counts, by cell,
// from which the search sets out; but for what a limit leaves open, the answer does not hang on them.
func Tell(p *Publication, totals [][]int, questions []Question, near []int64, limits Limits) (told []bool, err error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	t := &teller{p: p, limits: limits, totals: totals, near: near, told: make([]bool, len(totals))}
	open := t.narrowed(questions)
	var conflicts [][]int // totals that cannot all be told, the cheapest last
	for more := true; more; {
		for j := range t.told {
			t.told[j] = !slices.ContainsFunc(conflicts, func(c []int) bool {
				return c[len(c)-1] == j && !slices.ContainsFunc(c[:len(c)-1], func(other int) bool { return !t.told[other] })
			})
		}
		told = slices.Clone(t.told)
		more = slices.ContainsFunc(open, func(q *asked) bool {
			conflict := t.conflict(q)
			if conflict != nil {
				conflicts = append(conflicts, conflict)
			}
			return conflict != nil
		})
	}
	return told, nil
}

// teller is the state of one call of [Tell].
type teller struct {
	p      *Publication // with all totals told
	limits Limits
	totals [][]int
	told   []bool
	near   []int64
	parts  []*openPart
	in     map[int]*openPart // by cell
}

// openPart is a part that is asked about.
type openPart struct {
	part
	at     map[int]int // cell -> variable
	totals []totalCell
	s      *solver
	found  [][]int64 // the tables that answered
}

// totalCell is a cell that tells a total, as a variable of a part.
type totalCell struct {
	total, variable int
	value           int64
}

// asked is a question that totals are in the way of.
type asked struct {
	Question
	blame []int // those that exclude it together, where it was not possible
}

// open separates what hangs together in a publication.
func (t *teller) open(p *Publication) {
	t.parts, t.in = nil, make(map[int]*openPart)
	for _, q := range p.hiddenParts() {
		d := &openPart{part: q, at: make(map[int]int)}
		for v, i := range q.cells {
			d.at[i], t.in[i] = v, d
		}
		t.parts = append(t.parts, d)
	}
	for j, cells := range t.totals {
		for _, i := range cells {
			if d := t.in[i]; d != nil {
				d.totals = append(d.totals, totalCell{j, d.at[i], t.p.Cells[i].Low})
			}
		}
	}
}

// narrowed returns the questions that only totals are in the way of, and makes these variables. What contradicts itself does not count:
// whoever assumes more than is true learns nothing that is.
func (t *teller) narrowed(questions []Question) []*asked {
	t.open(t.p)
	var out []*asked
	for _, q := range questions {
		if a := (&asked{Question: q}); t.in[q.Cell] != nil && !t.possible(a) {
			out = append(out, a)
		}
	}
	if len(out) == 0 {
		return nil
	}
	untrue := make(map[int]bool)
	for _, d := range t.parts {
		if len(d.found) == 0 && len(d.relations) > 0 && !d.ask(t).agrees() {
			for _, i := range d.cells {
				untrue[i] = true
			}
		}
	}
	p := *t.p
	p.Cells = slices.Clone(p.Cells)
	p.Relations = slices.DeleteFunc(slices.Clone(p.Relations), func(r Relation) bool {
		return slices.ContainsFunc(r.Terms, func(x Term) bool { return untrue[x.Cell] })
	})
	for _, cells := range t.totals {
		for _, i := range cells {
			p.Cells[i].Low, p.Cells[i].High = 0, maxCount
		}
	}
	t.open(&p)
	return slices.DeleteFunc(out, func(a *asked) bool {
		for j := range t.told {
			t.told[j] = j < a.From
		}
		return untrue[a.Cell] || !t.possible(a)
	})
}

// ask returns the solver of a part.
func (d *openPart) ask(t *teller) *solver {
	if d.s == nil {
		d.s = d.solver(t.p, t.limits)
		d.s.t.stand(func(v int) int64 { return t.near[d.cells[v]] })
	}
	return d.s
}

// possible answers a question beside the totals that are told.
func (t *teller) possible(a *asked) bool {
	d := t.in[a.Cell]
	v, s := d.at[a.Cell], d.ask(t)
	for _, table := range d.found {
		if a.answeredBy(table[v]) && !slices.ContainsFunc(d.totals, func(c totalCell) bool { return t.told[c.total] && table[c.variable] != c.value }) {
			return true
		}
	}
	for _, c := range d.totals {
		low, high := int64(0), int64(maxCount)
		if t.told[c.total] {
			low, high = c.value, c.value
		}
		s.t.bound(c.variable, low, high)
	}
	a.blame = nil
	for _, r := range a.Of {
		found, table, blame := s.within(v, r.Low, r.High)
		if found == possible {
			d.found = append(d.found, table)
			return true
		}
		for _, c := range d.totals {
			_, blamed := slices.BinarySearch(blame, c.variable)
			if t.told[c.total] && (blamed || found == unknown) {
				a.blame = union(a.blame, []int{c.total})
			}
		}
	}
	return false
}

func (a *asked) answeredBy(x int64) bool {
	return slices.ContainsFunc(a.Of, func(r Range) bool { return r.Low <= x && x <= r.High })
}

// conflict returns told totals that exclude a question together, no more of the cheapest than it takes, or nil.
func (t *teller) conflict(a *asked) []int {
	if t.possible(a) || len(a.blame) == 0 {
		return nil
	}
	all := a.blame
	clear(t.told)
	n := sort.Search(len(all)-1, func(i int) bool {
		for k, j := range all {
			t.told[j] = k <= i
		}
		return !t.possible(a)
	})
	return all[:n+1]
}
