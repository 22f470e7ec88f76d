package cells

import "slices"

// settle fixes what must be hidden and the numbers that must remain possible, before a search.
func (c *chooser) settle() {
	for k := range c.cells {
		cell := c.cell(k)
		if cell.Role != Open || !cell.Crossed && c.decided {
			continue // of those that are decided base says whether they are hidden
		}
		withdrawn := c.withdrawn(k)
		c.free[k] = !withdrawn && !c.s.small(c.cells[k]) && cell.Value > 0
		c.base[k] = withdrawn || c.s.small(c.cells[k])
	}
	for _, k := range c.small {
		c.must[k] = nil
		for x := int64(1); x < c.s.MinCell; x++ {
			if c.required(k) || c.pool.has(k, x) || c.possible(k, x) {
				c.must[k] = append(c.must[k], x)
			}
		}
	}
}

// hideAll makes the solver's bounds those of a publication that shows nothing but zeros, totals, and what is decided.
func (c *chooser) hideAll() {
	all := make([]bool, len(c.cells))
	for k := range all {
		cell := c.cell(k)
		all[k] = cell.Role == Open && (cell.Value > 0 || c.withdrawn(k))
		if c.decided && !cell.Crossed {
			all[k] = c.base[k]
		}
	}
	c.hide(all, true)
	c.pool.clear() // tables found under other marks
}

// required reports whether every small number must remain possible for the cell. It is not required
// where hiding everything does not achieve it: of a withdrawn table, of what is not said to be small, and of what was published
// before or follows from it, only what can still be kept possible is.
func (c *chooser) required(k int) bool {
	return c.cell(k).Role == Open && !c.cell(k).Unsaid && !c.withdrawn(k)
}

func (c *chooser) possible(k int, x int64) bool {
	found, _ := c.ask(question{k: k, x: x})
	return found == possible
}

// unsafe finds a required cell that is not safe though everything is hidden that may be, and the cells in its way;
// k is -1 when there is none.
func (c *chooser) unsafe() (k int, blame []int) {
	for _, k := range c.small {
		for x := int64(1); x < c.s.MinCell; x++ {
			if !c.required(k) && !slices.Contains(c.promised[k], x) || c.pool.has(k, x) {
				continue
			}
			if found, blame := c.ask(question{k: k, x: x}); found != possible {
				return k, blame
			}
		}
	}
	return -1, nil
}

// promise finds what of the small counts of earlier reports can still be kept possible: what is when nothing at all is
// said now. So much is kept, whatever levels it takes.
func (c *chooser) promise() {
	for k := range c.cells {
		c.silent[k] = c.cell(k).Role == Open
	}
	c.hideAll()
	for _, k := range c.small {
		for x := int64(1); c.cell(k).Role == Past && x < c.s.MinCell; x++ {
			if c.pool.has(k, x) || c.possible(k, x) {
				c.promised[k] = append(c.promised[k], x)
			}
		}
	}
	clear(c.silent)
}

// lowerLevel takes the first step that is left to make cell k safe, given the cells that exclude a number: its table
// reads vaguely, then those of the others; and last its table is withdrawn. For a count of an earlier report it is the others'.
func (c *chooser) lowerLevel(k int, blame []int) {
	for _, near := range [][]int{{k}, blame} {
		changed := false
		for _, j := range near {
			if cell := c.cell(j); cell.Role == Open && !cell.Crossed && c.levels[cell.Table] == Sharp {
				c.levels[cell.Table], changed = Blurred, true
			}
		}
		if changed {
			return
		}
	}
	if c.cell(k).Role == Open {
		c.levels[c.cell(k).Table] = Withdrawn
		return
	}
	every := make([]int, len(c.cells))
	for j := range every {
		every[j] = j
	}
	for _, near := range [][]int{blame, every} {
		changed := false
		for _, j := range near {
			if cell := c.cell(j); cell.Role == Open && c.levels[cell.Table] != Withdrawn {
				c.levels[cell.Table], changed = Withdrawn, true
			}
		}
		if changed {
			return
		}
	}
}

// silenceParts says nothing of the crossed parts of a count that is small, or that stands in a table that reads vaguely. Which unsaid
// cells are hidden says nothing of others.
func (c *chooser) silenceParts() {
	for _, rel := range c.relations {
		vague := slices.ContainsFunc(rel.Terms, func(t Term) bool {
			cell := c.cell(t.Cell)
			return cell.Role == Open && !cell.Crossed && (c.s.small(c.cells[t.Cell]) || c.levels[cell.Table] != Sharp)
		})
		if vague {
			c.silence(rel, false)
		}
	}
}

// silence says nothing of the crossed cells of a relation, the unsaid among them or not. It reports whether anything was said of them.
func (c *chooser) silence(rel Relation, unsaid bool) bool {
	changed := false
	for _, t := range rel.Terms {
		if cell := c.cell(t.Cell); cell.Role == Open && cell.Crossed && (unsaid || !cell.Unsaid) && !c.silent[t.Cell] {
			c.silent[t.Cell], changed = true, true
		}
	}
	return changed
}

// silenceAround makes cell k safe, or says nothing of it either, given the cells that exclude a number: of the crossed
// cells of the one sum in which all of these stand, else of every sum with k, else of everything. It reports whether anything was said of them.
func (c *chooser) silenceAround(k int, blame []int) bool {
	for _, i := range c.sums[k] {
		rel := c.relations[i]
		if !slices.ContainsFunc(blame, func(j int) bool { return !slices.ContainsFunc(rel.Terms, func(t Term) bool { return t.Cell == j }) }) && c.silence(rel, true) {
			return true
		}
	}
	changed := false
	for _, i := range c.sums[k] {
		changed = c.silence(c.relations[i], true) || changed
	}
	if changed {
		return true
	}
	for j := range c.cells {
		if cell := c.cell(j); cell.Role == Open && cell.Crossed && !c.silent[j] {
			c.silent[j], changed = true, true
		}
	}
	return changed
}

// witnesses keeps the tables that questions were answered with: one that has what a pattern shows
// answers the question for that pattern too.
type witnesses struct {
	min    int64
	others []cellSet // of each table, the open cells in which it has other numbers than the exact one
	sums   [][]int64 // of each table, what the clusters come to
	by     [][]int   // cell*min + number -> indexes of tables
}

const witnessesKept = 400 // for each cell and number

func newWitnesses(cells int, min int64) witnesses {
	return witnesses{min: min, by: make([][]int, int64(cells)*min)}
}

func (w *witnesses) clear() {
	w.others, w.sums = nil, nil
	clear(w.by)
}

// add keeps of a table where it is not the exact one, and what its clusters come to, for each of the cells that it makes small.
func (w *witnesses) add(table []int64, others cellSet, clusters int, cells []int) {
	kept := false
	for _, k := range cells {
		n := table[k]
		if n < 1 || n >= w.min {
			continue
		}
		at := &w.by[int64(k)*w.min+n]
		if len(*at) >= witnessesKept {
			*at = append((*at)[:0], (*at)[witnessesKept/2:]...)
		}
		*at = append(*at, len(w.others))
		kept = true
	}
	if kept {
		w.others, w.sums = append(w.others, others), append(w.sums, slices.Clone(table[len(table)-clusters:]))
	}
}

// has reports whether there is any table with the number in the cell, whatever it shows.
func (w *witnesses) has(k int, x int64) bool { return len(w.by[int64(k)*w.min+x]) > 0 }

// fits reports whether a kept table with the number in the cell has all that a pattern shows, and answers the question.
func (w *witnesses) fits(q *question, hidden cellSet) bool {
	for _, a := range slices.Backward(w.by[int64(q.k)*w.min+q.x]) {
		if w.others[a].within(hidden) && q.answers(w.sums[a]) {
			return true
		}
	}
	return false
}

// cellSet is a set of cells.
type cellSet []uint64

// cellSetOf is the set of those of n cells of which in says so.
func cellSetOf(n int, in func(k int) bool) cellSet {
	b := make(cellSet, (n+63)/64)
	for k := range n {
		if in(k) {
			b[k/64] |= 1 << (k % 64)
		}
	}
	return b
}

// within reports whether all of a set are in another.
func (b cellSet) within(other cellSet) bool {
	for i, word := range b {
		if word&^other[i] != 0 {
			return false
		}
	}
	return true
}
