package kanon

import (
	"math"
	"runtime"
	"slices"

	"lvv/internal/guard"
	"lvv/internal/lists"
)

// index finds the classes that rows can join at the least loss: a tree with a layer for each
// column, searched by branch and bound. It is a snapshot; the classes may have changed since.
type index struct {
	p     *problem
	layer [][]branch
	ids   []int32 // classes in the order of the leaves of the tree
	rows  []int64 // of those classes
}

// branch is a node of the tree: the classes that share their nodes in the columns so far.
type branch struct {
	node        int32
	first, last int32 // children, or for the last layer positions in ids
	rows        int64 // of the smallest class below
	rest        int64 // least loss in the columns that follow
}

// newIndex indexes the classes that are not empty.
func (p *problem) newIndex(classes []class) *index {
	x := &index{p: p, layer: make([][]branch, len(p.cols))}
	for i := range classes {
		if len(classes[i].items) > 0 {
			x.ids = append(x.ids, int32(i))
		}
	}
	slices.SortStableFunc(x.ids, func(a, b int32) int { return slices.Compare(classes[a].nodes, classes[b].nodes) })
	x.rows = lists.Map(x.ids, func(id int32) int64 { return classes[id].rows })
	x.grow(classes, 0, 0, len(x.ids))
	return x
}

// grow adds the branches for a range of classes at a layer, and returns where they begin, the least
// rows and the least loss from this layer on.
func (x *index) grow(classes []class, depth, lo, hi int) (rows, rest int64) {
	rows, rest = math.MaxInt64, math.MaxInt64
	col := x.p.cols[depth]
	for lo < hi {
		node := classes[x.ids[lo]].nodes[depth]
		end := lo + 1
		for end < hi && classes[x.ids[end]].nodes[depth] == node {
			end++
		}
		b := branch{node: node, first: int32(lo), last: int32(end), rows: math.MaxInt64}
		if depth+1 < len(x.p.cols) {
			b.first = int32(len(x.layer[depth+1]))
			b.rows, b.rest = x.grow(classes, depth+1, lo, end)
			b.last = int32(len(x.layer[depth+1]))
		} else {
			b.rows = slices.Min(x.rows[lo:end])
		}
		x.layer[depth] = append(x.layer[depth], b)
		rows, rest = min(rows, b.rows), min(rest, b.rest+col.cost[node])
		lo = end
	}
	return rows, rest
}

// match is a class and what the loss of all rows becomes greater by when the query joins it: the
// loss of the query's own rows in the class counts whole.
type match struct {
	class int32
	loss  int64
}

// finder searches an index. It is not safe for concurrent use; each worker has its own.
type finder struct {
	x     *index
	nodes []int32
	rows  int64
	skip  int32 // a class that is not looked for
	bound int64 // only what costs less
	most  int   // matches wanted
	found []match
	steps int64 // branches looked at
}

// nearest returns up to most classes, other than skip, that rows with the nodes join at the least
// loss below a bound, the least first. The slice is good until the next call.
func (q *finder) nearest(nodes []int32, rows int64, skip int32, bound int64, most int) []match {
	q.nodes, q.rows, q.skip, q.bound, q.most, q.found = nodes, rows, skip, bound, most, q.found[:0]
	if len(q.x.ids) > 0 {
		q.visit(0, 0, int32(len(q.x.layer[0])), 0, 0)
	}
	return q.found
}

// visit looks at the branches [first, last) of a layer. joined is the loss of a row in the columns
// so far once the query has joined, risen what that is above the classes' own.
func (q *finder) visit(depth int, first, last int32, joined, risen int64) {
	h := q.x.p.cols[depth]
	want := q.nodes[depth]
	q.steps += int64(last - first)
	for i := first; i < last; i++ {
		b := &q.x.layer[depth][i]
		own := h.cost[b.node]
		with := own
		if b.node != want {
			with = h.cost[h.common(b.node, want)]
		}
		j, r := joined+with, risen+with-own
		if b.rows*r+q.rows*(j+b.rest) >= q.bound {
			continue
		}
		if depth+1 < len(q.nodes) {
			q.visit(depth+1, b.first, b.last, j, r)
			continue
		}
		for at := b.first; at < b.last; at++ {
			if id := q.x.ids[at]; id != q.skip {
				q.offer(match{id, q.x.rows[at]*r + q.rows*j})
			}
		}
	}
}

// offer keeps a match if it is among the best so far.
func (q *finder) offer(m match) {
	if m.loss >= q.bound {
		return
	}
	at := len(q.found)
	for at > 0 && q.found[at-1].loss > m.loss {
		at--
	}
	q.found = slices.Insert(q.found, at, m)
	if len(q.found) > q.most {
		q.found = q.found[:q.most]
	}
	if len(q.found) == q.most {
		q.bound = q.found[q.most-1].loss
	}
}

// together runs do for each number below n on all processors, each with a finder of its own, and
// returns the steps that the finders took: a number that does not depend on the processors.
func (x *index) together(n int, do func(q *finder, i int)) (steps int64) {
	workers := min(runtime.GOMAXPROCS(0), n)
	finders := make([]finder, workers)
	guard.Together(workers, func(w int) {
		q := &finders[w]
		q.x = x
		for i := w; i < n; i += workers {
			do(q, i)
		}
	})
	for i := range finders {
		steps += finders[i].steps
	}
	return steps
}
