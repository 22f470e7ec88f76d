package kanon

import (
	"cmp"
	"context"
	"math"
	"math/rand/v2"
	"slices"

	"lvv/internal/elementary"
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
	rng        *rand.Rand // with a fixed seed
	free       []int32    // items not yet put together
	candidates []candidate
	near       [][]int32 // of each class, the nearest ones; none when it has changed
	bins       []class   // what they are put together into
	ids        []int32   // of each bin, the number that its items bear meanwhile
	heat       float64   // by about so much a rebuilding may raise the loss; 0: it must fall
}

// pass rebuilds the neighbourhood of every class once, that of the greatest loss first, and returns
// how many became better.
func (r *rebuilder) pass(ctx context.Context) (better int, err error) {
	x := r.newIndex(r.classes)
	order := r.lossy()
	slices.SortStableFunc(order, func(a, b int32) int { return cmp.Compare(r.classes[b].loss(), r.classes[a].loss()) })
	for part := range slices.Chunk(order, searchBatch) {
		if r.work <= 0 {
			break
		}
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
	r.rng.Shuffle(len(r.free), func(i, j int) { r.free[i], r.free[j] = r.free[j], r.free[i] })
	r.assemble()
	r.sweep()
	var after int64
	for i := range r.bins {
		after += r.bins[i].loss()
	}
	if r.heat > 0 {
		before += int64(r.heat * r.exponential())
	}
	if after >= before || !r.binsMet() {
		for _, id := range ids {
			for _, it := range r.classes[id].items {
				r.of[it] = id
			}
		}
		return false
	}
	for i := range r.bins {
		id := int32(len(r.classes))
		if i < len(ids) {
			id = ids[i]
		} else {
			r.classes = append(r.classes, class{})
		}
		r.classes[id], r.bins[i] = r.bins[i], r.classes[id]
		if int(id) < len(r.near) {
			r.near[id] = nil
		}
		for _, it := range r.classes[id].items {
			r.of[it] = id
		}
	}
	return true
}

// exponential draws a number of which 1 is the mean, the same on every processor.
func (r *rebuilder) exponential() float64 {
	left := float64(1<<53-(r.rng.Uint64()<<11>>11)) / (1 << 53) // as 1 - r.rng.Float64(), which arm64 would compute in one step
	return -elementary.Log(left)
}

// binsMet reports whether every bin meets the rules. Without rules they all do.
func (r *rebuilder) binsMet() bool {
	if r.rules == nil {
		return true
	}
	for i := range r.bins {
		if len(r.bins[i].items) > 0 && !r.stands(&r.bins[i], r.ids[i], 0, 0) {
			return false
		}
	}
	return true
}

// takeApart frees the items of the classes and returns their loss. A large class stays and lends
// some of its items.
func (r *rebuilder) takeApart(ids []int32) (loss int64) {
	r.free, r.bins, r.ids = r.free[:0], r.bins[:0], r.ids[:0]
	for _, id := range ids {
		c := &r.classes[id]
		loss += c.loss()
		b := r.newBin()
		if len(c.items) > (pullFactor+1)*r.k {
			r.borrow(b, id)
			continue
		}
		r.free = append(r.free, c.items...)
		for _, it := range c.items {
			r.of[it] = none
		}
	}
	return loss
}

// borrow makes a bin of a class and frees some of the items, if what remains meets what is asked.
func (r *rebuilder) borrow(b int, id int32) {
	c, bin := &r.classes[id], &r.bins[b]
	at := r.rng.IntN(len(c.items))
	bin.items = append(append(bin.items[:0], c.items[at:]...), c.items[:at]...)
	bin.nodes, bin.cost, bin.rows = append(bin.nodes[:0], c.nodes...), c.cost, c.rows
	bin.clone(&c.standing)
	r.ids[b] = id
	keep := len(bin.items) - min(len(bin.items)-r.k, pullFactor*r.k)
	lent := bin.items[keep:]
	for _, it := range lent {
		bin.rows -= int64(r.items[it].weight)
		r.count(bin, id, it, -1)
		r.of[it] = none
	}
	bin.items = bin.items[:keep]
	if !r.met(bin, id) {
		for _, it := range lent {
			r.of[it] = id
		}
		bin.items = bin.items[:keep+len(lent)]
		bin.rows = c.rows
		bin.clone(&c.standing)
		return
	}
	r.free = append(r.free, lent...)
	r.tighten(bin)
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
			b := r.emptyBin()
			for _, it := range r.free {
				r.join(&r.bins[b], r.ids[b], it)
			}
			r.free = r.free[:0]
			return
		}
		r.join(&r.bins[to], r.ids[to], seed)
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
		if d := r.joinBelow(&r.bins[i], it, loss); d < loss && r.admits(&r.bins[i], r.ids[i], it) {
			bin, loss = i, d
		}
	}
	r.work -= int64(len(r.bins))
	return bin, loss
}

// sweep moves single items between the bins while that lowers the loss.
func (r *rebuilder) sweep() {
	for range sweeps {
		moved := false
		for b := range r.bins {
			c, id := &r.bins[b], r.ids[b]
			for at := 0; at < len(c.items) && c.cost > 0; at++ {
				if r.onlyCount() && len(c.items) <= r.k {
					break
				}
				if !r.spares(c, id, at) {
					continue
				}
				it := c.items[at]
				to, _ := r.cheapest(it, b, r.leaveLoss(c, at, r.scratch))
				if to < 0 {
					continue
				}
				r.leave(c, id, at)
				r.join(&r.bins[to], r.ids[to], it)
				moved = true
				at--
			}
		}
		if !moved {
			return
		}
	}
}
