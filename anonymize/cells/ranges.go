package cells

import "slices"

// Range is what a publication leaves open for a cell. High is [Unbounded] where nothing bounds it.
type Range struct{ Low, High int64 }

// Ranges computes, for each of the cells, the smallest and the largest whole number that some table agreeing with
// everything published has. It reads nothing but the publication, so that what it returns adds nothing to it. A
// bound that a limit on the work leaves open is the one that the mark alone gives.
func Ranges(p *Publication, of []int, limits Limits) (map[int]Range, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	asked := make(map[int]bool, len(of))
	for _, i := range of {
		asked[i] = true
	}
	out := make(map[int]Range, len(of))
	for _, i := range of {
		out[i] = Range{p.Cells[i].Low, p.Cells[i].High}
	}
	for _, q := range p.hiddenParts() {
		var s *solver
		for k, i := range q.cells {
			if !asked[i] {
				continue
			}
			if s == nil {
				s = q.solver(p, limits)
			}
			out[i] = s.extremes(k, p.Cells[i])
		}
	}
	return out, nil
}

// WorkedOut returns those of the cells that can only be one number from 1 to MinCell-1, and that number. What a limit on the work leaves open
// is not among them.
func WorkedOut(p *Publication, of []int, limits Limits) (map[int]int64, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	asked := make(map[int]bool, len(of))
	for _, i := range of {
		asked[i] = true
	}
	out := make(map[int]int64)
	for _, q := range p.hiddenParts() {
		if !slices.ContainsFunc(q.cells, func(i int) bool { return asked[i] }) {
			continue
		}
		s := q.solver(p, limits)
		var tables [][]int64
		for k, i := range q.cells {
			if !asked[i] {
				continue
			}
			if len(tables) == 0 {
				found, table, _ := s.within(k, 0, maxCount)
				if found != possible {
					break
				}
				tables = append(tables, table)
			}
			x := tables[0][k]
			if x < 1 || x >= p.MinCell || slices.ContainsFunc(tables, func(t []int64) bool { return t[k] != x }) {
				continue
			}
			below, table, _ := s.within(k, 0, x-1)
			above := impossible
			if below == impossible {
				above, table, _ = s.within(k, x+1, maxCount)
			}
			switch {
			case below == possible || above == possible:
				tables = append(tables, table)
			case below == impossible && above == impossible:
				out[i] = x
			}
		}
	}
	return out, nil
}

// extremes narrows what is known of a variable from both sides, by halving.
func (s *solver) extremes(v int, k Known) Range {
	r := Range{k.Low, k.High}
	found, table, _ := s.within(v, k.Low, k.High)
	if found != possible {
		return r
	}
	least, most := table[v], table[v]
	for low := k.Low; low < least; { // some value is at most least; is one at most middle?
		middle := low + (least-low)/2
		found, table, _ = s.within(v, low, middle)
		switch found {
		case possible:
			least = table[v]
		case impossible:
			low = middle + 1
		default:
			least, low = k.Low, k.Low
		}
	}
	// What has no bound is found at once; else the distance doubles, so that the questions follow the answer.
	if found, _, _ = s.within(v, maxCount/2, k.High); found != impossible {
		return Range{least, k.High}
	}
	high := min(k.High, maxCount/2)
	for step := int64(1); most < high; {
		middle := min(high, most+step)
		found, table, _ = s.within(v, middle, high)
		switch found {
		case possible:
			most, step = table[v], step*2
		case impossible:
			high, step = middle-1, 1
		default:
			return Range{least, k.High}
		}
	}
	return Range{least, most}
}
