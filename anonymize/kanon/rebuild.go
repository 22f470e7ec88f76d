package kanon

import (
	"cmp"
	"context"
	"math"
	"math/rand/v2"
	"slices"
)

const (
	known       = 6   // nearest classes kept on record
	neighbours  = 5   // of those, rebuilt together with a class
	searchBatch = 512 // classes whose neighbours are searched at once
	pullFactor  = 2   // a large class lends at most this many times k items
	sweeps      = 3
)

// rebuilder improves a partition by taking a class and its neighbours apart and putting their items
// together again, keeping what lowers the loss (large neighbourhood search).
type rebuilder struct {
	*partition
	rng  *rand.Rand // with a fixed seed
	free []int32    // items not yet put together
	near [][]int32  // of each class, the nearest ones; none when it has changed
	bins []class    // what they are put together into
	heat float64    // by about so much a rebuilding may raise the loss; 0: it must fall
}

// pass rebuilds the neighbourhood of every class once, that of the greatest loss first, and returns
// how many became better.
func (r *rebuilder) pass(ctx context.Context) (better int, err error) {
	x := r.newIndex(r.classes)
	var order []int32
	for i := range r.classes {
		if r.classes[i].loss() > 0 {
			order = append(order, int32(i))
		}
	}
	loss := make([]int64, len(r.classes))
	for _, id := range order {
		loss[id] = r.classes[id].loss()
	}
	slices.SortStableFunc(order, func(a, b int32) int { return cmp.Compare(loss[b], loss[a]) })
	for lo := 0; lo < len(order) && r.work > 0; lo += searchBatch {
		part := order[lo:min(lo+searchBatch, len(order))]
		r.search(x, part)
		if ctx.Err() != nil {
			return 0, ctx.Err()
		}
		for _, id := range part {
			if r.classes[id].loss() > 0 && r.rebuild(r.neighbourhood(id)) {
				better++
			}
		}
	}
	return better, nil
}

// search finds the nearest classes of those that have none on record. What it finds depends on the
// classes as they stand before, not on the number of processors.
func (r *rebuilder) search(x *index, ids []int32) {
	for len(r.near) < len(r.classes) {
		r.near = append(r.near, nil)
	}
	r.work -= x.together(len(ids), func(q *finder, i int) {
		id := ids[i]
		c := &r.classes[id]
		if len(r.near[id]) > 0 || len(c.items) == 0 {
			return
		}
		for _, m := range q.nearest(c.nodes, c.rows, id, math.MaxInt64, known) {
			r.near[id] = append(r.near[id], m.class)
		}
	})
}

// neighbourhood returns a class and some of its nearest ones, drawn anew each time.
func (r *rebuilder) neighbourhood(id int32) []int32 {
	ids := append(make([]int32, 0, neighbours+1), id)
	near := r.near[id]
	for _, at := range r.rng.Perm(len(near)) {
		if len(ids) <= neighbours && len(r.classes[near[at]].items) > 0 {
			ids = append(ids, near[at])
		}
	}
	return ids
}

// rebuild takes classes apart and puts their items together again. It reports whether the loss has
// fallen, or risen no more than the heat allows; if not, everything is as it was.
func (r *rebuilder) rebuild(ids []int32) bool {
	before := r.takeApart(ids)
	r.shuffle()
	r.assemble()
	r.sweep()
	var after int64
	for i := range r.bins {
		after += r.bins[i].loss()
	}
	if r.heat > 0 {
		before += int64(r.heat * r.rng.ExpFloat64())
	}
	if after >= before || !r.sound(r.bins) {
		return false
	}
	for i, bin := range r.bins {
		id := int32(len(r.classes))
		if i < len(ids) {
			id = ids[i]
		} else {
			r.classes = append(r.classes, class{})
		}
		r.classes[id] = bin
		if int(id) < len(r.near) {
			r.near[id] = nil
		}
		for _, it := range bin.items {
			r.of[it] = id
		}
	}
	return true
}

// takeApart frees the items of the classes and returns their loss. A large class stays and lends
// some of its items.
func (r *rebuilder) takeApart(ids []int32) (loss int64) {
	r.free, r.bins = r.free[:0], r.bins[:0]
	for _, id := range ids {
		c := &r.classes[id]
		loss += c.loss()
		if len(c.items) <= (pullFactor+1)*r.k {
			r.free = append(r.free, c.items...)
			r.bins = append(r.bins, class{})
			continue
		}
		at := r.rng.IntN(len(c.items))
		items := slices.Concat(c.items[at:], c.items[:at])
		keep := len(items) - min(len(items)-r.k, pullFactor*r.k)
		if !r.holds(items[:keep], -1) {
			keep = len(items)
		}
		r.free = append(r.free, items[keep:]...)
		r.bins = append(r.bins, r.newClass(items[:keep:keep]))
	}
	return loss
}

func (r *rebuilder) shuffle() {
	r.rng.Shuffle(len(r.free), func(i, j int) { r.free[i], r.free[j] = r.free[j], r.free[i] })
}

// assemble puts every free item into a bin: one that is there, or a new one made of the item and
// the free items nearest to it, whichever costs less a row.
func (r *rebuilder) assemble() {
	for len(r.free) > 0 {
		seed := r.free[len(r.free)-1]
		to, join := r.cheapest(seed, -1, math.MaxInt64)
		if to >= 0 {
			join /= int64(r.items[seed].weight)
		}
		if join > 0 && r.build(join) {
			continue
		}
		if to < 0 {
			// Nothing that meets k and l can be made of what is free, and no bin is there: leave it as
			// one bin, which the comparison of losses may refuse but never breaks a class, since the
			// freed classes met k and l together.
			r.addBin(r.newClass(slices.Clone(r.free)))
			r.free = r.free[:0]
			return
		}
		r.join(&r.bins[to], seed)
		r.free = r.free[:len(r.free)-1]
	}
}

// cheapest returns the bin, other than skip, that an item joins at the least loss below a bound; -1
// for none.
func (r *rebuilder) cheapest(it int32, skip int, bound int64) (bin int, loss int64) {
	bin, loss = -1, bound
	for i := range r.bins {
		if i == skip || len(r.bins[i].items) == 0 {
			continue
		}
		if d := r.joinLoss(&r.bins[i], it); d < loss && r.admits(&r.bins[i], it) {
			bin, loss = i, d
		}
	}
	r.work -= int64(len(r.bins))
	return bin, loss
}

// build makes a new bin around the last free item, if a row in it costs less than limit.
func (r *rebuilder) build(limit int64) bool {
	n := len(r.free)
	if n < r.k {
		return false
	}
	seed := r.free[n-1]
	c := class{nodes: slices.Clone(r.leaves(r.items[seed].tuple)), rows: int64(r.items[seed].weight)}
	c.cost = r.costOf(c.nodes)
	taken := 1 // the last so many of free belong to the bin
	for !r.holds(r.free[n-taken:], -1) {
		best, cost := r.nearestFree(&c, taken, limit)
		if best < 0 {
			return false
		}
		it := r.free[best]
		taken++
		r.free[best], r.free[n-taken] = r.free[n-taken], it
		r.widen(c.nodes, r.leaves(r.items[it].tuple))
		c.cost = cost
		c.rows += int64(r.items[it].weight)
	}
	c.items = slices.Clone(r.free[n-taken:])
	r.free = r.free[:n-taken]
	r.addBin(c)
	return true
}

// nearestFree returns the free item that a growing bin takes up at the least loss below a limit, and
// the loss of a row then; -1 for none. The bin's items are the last ones of free.
func (r *rebuilder) nearestFree(c *class, taken int, limit int64) (best int, cost int64) {
	n := len(r.free)
	mine := r.free[n-taken:]
	lacking := r.lacking(mine)
	best, cost = -1, limit
	for i := n - taken - 1; i >= 0; i-- {
		if lacking && !r.supplies(mine, r.free[i]) {
			continue
		}
		if d := r.costBelow(c, r.leaves(r.items[r.free[i]].tuple), cost); d < cost {
			best, cost = i, d
			if d == c.cost {
				break
			}
		}
	}
	r.work -= int64(n - taken)
	return best, cost
}

// addBin adds a bin, in the place of an empty one if there is any.
func (r *rebuilder) addBin(c class) {
	for i := range r.bins {
		if len(r.bins[i].items) == 0 {
			r.bins[i] = c
			return
		}
	}
	r.bins = append(r.bins, c)
}

// lacking reports whether each further item up to k must bring something that the items lack: a
// sensitive value, or for persons with several items another person.
func (r *rebuilder) lacking(items []int32) bool {
	if r.rules != nil {
		return len(items) >= r.k
	}
	if !r.single && len(items) >= r.k {
		return true
	}
	for f, l := range r.l {
		if l < 2 {
			continue
		}
		if short := l - r.distinct(items, f, l); short > 0 && short >= r.k-len(items) {
			return true
		}
	}
	return false
}

// supplies reports whether an item brings a person or a sensitive value that the items lack.
func (r *rebuilder) supplies(items []int32, it int32) bool {
	if r.rules != nil {
		return r.helps(items, it)
	}
	if !r.single && !slices.ContainsFunc(items, func(o int32) bool { return r.items[o].person == r.items[it].person }) &&
		!r.enough(items, -1, r.k, func(it int32) int32 { return r.items[it].person }) {
		return true
	}
	for f, l := range r.l {
		if l > 1 && r.distinct(items, f, l) < l &&
			!slices.ContainsFunc(items, func(o int32) bool { return r.value(o, f) == r.value(it, f) }) {
			return true
		}
	}
	return false
}

// distinct counts the values of a sensitive field, up to a limit.
func (p *problem) distinct(items []int32, field, limit int) int {
	n := 0
	for i, it := range items {
		if !slices.ContainsFunc(items[:i], func(o int32) bool { return p.value(o, field) == p.value(it, field) }) {
			if n++; n >= limit {
				break
			}
		}
	}
	return n
}

// sweep moves single items between the bins while that lowers the loss.
func (r *rebuilder) sweep() {
	for range sweeps {
		moved := false
		for b := range r.bins {
			for at := 0; at < len(r.bins[b].items) && r.bins[b].cost > 0; at++ {
				c := &r.bins[b]
				if !r.holds(c.items, at) {
					if r.onlyCount() {
						break
					}
					continue
				}
				it := c.items[at]
				to, _ := r.cheapest(it, b, r.leaveLoss(c, at, r.scratch))
				if to < 0 {
					continue
				}
				r.leave(c, at)
				r.join(&r.bins[to], it)
				moved = true
				at--
			}
		}
		if !moved {
			return
		}
	}
}
