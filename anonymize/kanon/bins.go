package kanon

import "slices"

// candidate is a free item that a growing bin may take up.
type candidate struct {
	it    int32
	least int64 // loss of a row of the bin with the item, when last looked at: it never falls while the bin grows
}

// build makes a new bin around the last free item, if a row in it costs less than limit.
func (r *rebuilder) build(limit int64) bool {
	last := len(r.free) - 1
	if last+1 < r.k {
		return false
	}
	bins := len(r.bins)
	b := r.emptyBin()
	c, id := &r.bins[b], r.ids[b]
	r.candidates = r.candidates[:0]
	for _, it := range slices.Backward(r.free[:last]) {
		r.candidates = append(r.candidates, candidate{it, 0})
	}
	r.join(c, id, r.free[last])
	for !r.met(c, id) {
		it := r.nearest(c, limit)
		if it < 0 {
			for _, it := range c.items {
				r.of[it] = none
			}
			r.empty(b)
			r.bins, r.ids = r.bins[:bins], r.ids[:bins]
			return false
		}
		r.join(c, id, it)
	}
	r.free = slices.DeleteFunc(r.free, func(it int32) bool { return r.of[it] == id })
	return true
}

// nearest removes and returns the candidate that a growing bin takes up so that the loss of a row is the least
// below a limit; -1 for none. Candidates beyond the limit are forgotten.
func (r *rebuilder) nearest(c *class, limit int64) int32 {
	r.work -= int64(len(r.candidates))
	lacking, person, columns := r.lack(c)
	best, left, least := -1, r.candidates[:0], limit
	for i, x := range r.candidates {
		if x.least < least && (!lacking || r.supplies(c, x.it, person, columns)) {
			x.least = r.costBelow(c, r.leaves(r.items[x.it].tuple), least)
			if x.least < least {
				best, least = len(left), x.least
			}
		}
		if x.least < limit {
			left = append(left, x)
		}
		if least == c.cost {
			left = append(left, r.candidates[i+1:]...)
			break
		}
	}
	r.candidates = left
	if best < 0 {
		return none
	}
	it := left[best].it
	r.candidates = slices.Delete(left, best, best+1)
	return it
}

func (r *rebuilder) newBin() int {
	b := len(r.bins)
	if b < cap(r.bins) {
		r.bins = r.bins[:b+1]
	} else {
		r.bins = append(r.bins, class{})
	}
	r.ids = append(r.ids, 0)
	r.empty(b)
	return b
}

// emptyBin returns an empty bin, a new one if there is none.
func (r *rebuilder) emptyBin() int {
	if i := slices.IndexFunc(r.bins, func(c class) bool { return len(c.items) == 0 }); i >= 0 {
		return i
	}
	return r.newBin()
}

func (r *rebuilder) empty(b int) {
	c := &r.bins[b]
	c.items, c.cost, c.rows = c.items[:0], 0, 0
	c.reset(r.rules)
	r.ids[b] = none - 1 - int32(b)
}

// lack reports whether each further item of a growing class must bring something, or it could not meet what
// is asked with k items: another person, or another value in one of the columns.
func (r *rebuilder) lack(c *class) (lacking, person bool, columns []int) {
	if r.rules != nil {
		if len(c.items) < r.k {
			return false, false, nil
		}
		person = int(c.persons) < r.k || !r.single && int(r.mostRows(c, 0, 0, 0))*r.k > int(c.rows)
		for f := range r.nsens {
			if !r.rules.meets(c, f, c.persons, none, 0) {
				columns = append(columns, f)
			}
		}
		return true, person, columns
	}
	person = !r.single && distinct(c.items, -1, r.k, r.personOf) < r.k
	lacking = !r.single && len(c.items) >= r.k
	for f, l := range r.l {
		if l < 2 {
			continue
		}
		if short := l - distinct(c.items, -1, l, func(it int32) int32 { return r.value(it, f) }); short > 0 {
			columns = append(columns, f)
			lacking = lacking || short >= r.k-len(c.items)
		}
	}
	return lacking, person, columns
}

// supplies reports whether an item brings what a class lacks: another person, or a value in one of the columns.
func (r *rebuilder) supplies(c *class, it int32, person bool, columns []int) bool {
	if person && !slices.ContainsFunc(c.items, func(o int32) bool { return r.items[o].person == r.items[it].person }) {
		return true
	}
	return slices.ContainsFunc(columns, func(f int) bool {
		return !slices.ContainsFunc(c.items, func(o int32) bool { return r.value(o, f) == r.value(it, f) })
	})
}
