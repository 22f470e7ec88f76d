package cells

import "slices"

// cluster is the small counts of a sum that nothing but open cells stands in. Where they leave each other every number, they need
// no partner. So a reader who runs the program knows, of those with a partner, that they come to little or to much. Little
// leaves out the largest small number, much the smallest: both must be possible, each with what it leaves out of the other.
type cluster struct {
	small, others []int
	number        int   // after those of the cells, the solver has a variable for what the small counts of each cluster come to
	little, much  int64 // up to here, and from here up, they need a partner
}

// findClusters lists the clusters of the relations.
func (c *chooser) findClusters() {
	for _, rel := range c.relations {
		var g cluster
		coef, alike := int64(0), true
		for _, t := range rel.Terms {
			alike = alike && c.cell(t.Cell).Role == Open
			if !c.s.small(c.cells[t.Cell]) {
				g.others = append(g.others, t.Cell)
				continue
			}
			alike = alike && (coef == 0 || coef == t.Coef)
			coef = t.Coef
			g.small = append(g.small, t.Cell)
		}
		if n := int64(len(g.small)); alike && n > 0 && len(g.others) > 0 && c.s.MinCell > 2 {
			g.number = len(c.clusters)
			g.little, g.much = n+c.s.MinCell-3, (c.s.MinCell-1)*(n-1)+2
			c.clusters = append(c.clusters, g)
		}
	}
}

// sumUp adds what each cluster comes to, to the relations.
func (c *chooser) sumUp() []Relation {
	out := slices.Clip(c.relations)
	for _, g := range c.clusters {
		sum := Relation{Terms: []Term{{len(c.cells) + g.number, -1}}}
		for _, k := range g.small {
			sum.Terms = append(sum.Terms, Term{k, 1})
		}
		out = append(out, sum)
	}
	return out
}

// partner returns a cell that is hidden beside a cluster, or -1 when none is, or when the marks do not tell them apart.
func (c *chooser) partner(g *cluster) int {
	apart := func(k int) bool { return !c.silent[k] && !c.cell(k).Unsaid && c.levels[c.cell(k).Table] == Sharp }
	for _, k := range g.small {
		if !apart(k) {
			return -1
		}
	}
	first := -1
	for _, k := range g.others {
		if !c.hidden[k] {
			continue
		}
		if !apart(k) {
			return -1
		}
		if first < 0 {
			first = k
		}
	}
	return first
}

// idle returns a small count of a cluster with two partners that stand in no other sum, or -1. Had it been the largest small number,
// one of them would have done.
func (c *chooser) idle() int {
	for i := range c.clusters {
		g := &c.clusters[i]
		if c.partner(g) < 0 {
			continue
		}
		n := 0
		for _, k := range g.others {
			if c.hidden[k] && len(c.sums[k]) == 1 {
				n++
			}
		}
		if n > 1 {
			return g.small[0]
		}
	}
	return -1
}

// question asks whether a small count can be a number; with a cluster, also while that comes to little, if the number is
// 1, or else to much.
type question struct {
	k       int
	x       int64
	cluster *cluster
}

// sums returns what the cluster may come to.
func (q *question) sums() (low, high int64) {
	if q.x == 1 {
		return 0, q.cluster.little
	}
	return q.cluster.much, maxCount
}

// questions lists what must be possible under the marks as they stand, and what partner a cluster has.
func (c *chooser) questions(yield func(q question, partner int) bool) {
	for _, k := range c.small {
		for _, x := range c.must[k] {
			if !yield(question{k: k, x: x}, -1) {
				return
			}
		}
	}
	most := c.s.MinCell - 1
	for i := range c.clusters {
		g := &c.clusters[i]
		partner := c.partner(g)
		if partner < 0 {
			continue
		}
		for _, k := range g.small {
			for _, x := range []int64{1, most} {
				if slices.Contains(c.must[k], x) && !yield(question{k, x, g}, partner) {
					return
				}
			}
		}
	}
}

// ask is solver.value with the pool of tables kept up to date. Of the cells alone, blame says which exclude the number.
func (c *chooser) ask(q question) (answer, []int) {
	if q.cluster != nil {
		v := len(c.cells) + q.cluster.number
		defer c.solver.t.bound(v, 0, maxCount)
		low, high := q.sums()
		c.solver.t.bound(v, low, high)
	}
	found, table, blame := c.solver.value(q.k, q.x)
	if found == possible {
		c.pool.add(table, cellSetOf(len(c.cells), func(k int) bool { cell := c.cell(k); return cell.Role == Open && table[k] != cell.Value }), len(c.clusters), c.small)
	}
	return found, slices.DeleteFunc(blame, func(k int) bool { return k >= len(c.cells) })
}

// failsStill reports whether a pattern fails a question that another one failed; nil is none.
func (c *chooser) failsStill(hidden []bool, q *question) bool {
	if q == nil {
		return false
	}
	c.hide(hidden, false)
	if q.cluster != nil && c.partner(q.cluster) < 0 || c.pool.fits(q, cellSetOf(len(c.cells), func(k int) bool { return hidden[k] })) {
		return false
	}
	found, _ := c.ask(*q)
	return found != possible
}

// answers reports whether a table in which the count has the number, and the clusters come to these sums, answers the question.
func (q *question) answers(sums []int64) bool {
	if q.cluster == nil {
		return true
	}
	low, high := q.sums()
	return sums[q.cluster.number] >= low && sums[q.cluster.number] <= high
}
