package cells

import "slices"

// settleLevels hides everything that may be hidden and asks whether that is enough. Where a small count is
// not safe even then, less is said by the marks: "·" may be a small count in its table, then in those
// that stand in its way; the count itself reads "·", then those that stand in its way; and last the table
// is withdrawn. At the end the numbers that must remain possible are fixed, and so is what must be hidden.
func (c *chooser) settleLevels() {
	all := make([]bool, len(c.cells))
	for k := range all {
		all[k] = c.cell(k).Role == Open
	}
	for c.hide(all, true); c.raise(); c.hide(all, true) {
		c.pool.clear() // tables found under other marks
	}
	for k := range c.cells {
		cell := c.cell(k)
		if cell.Role != Open {
			continue
		}
		withdrawn := c.levels[cell.Table] == Withdrawn
		c.free[k] = !withdrawn && !c.s.small(c.cells[k])
	}
	for _, k := range c.small {
		for x := int64(1); x < c.s.MinCell; x++ {
			if c.required(k) || c.pool.has(k, x) || c.possible(k, x) {
				c.must[k] = append(c.must[k], x)
			}
		}
	}
}

// required reports whether every small number must remain possible for the cell. It is not required
// where hiding everything does not achieve it: of a withdrawn table, and of what was published before or
// follows from it, only what can still be kept possible is.
func (c *chooser) required(k int) bool {
	cell := c.cell(k)
	return cell.Role == Open && c.levels[cell.Table] != Withdrawn
}

func (c *chooser) possible(k int, x int64) bool {
	found, _ := c.ask(k, x)
	return found == possible
}

// raise finds the required cells that are not safe, and lets the marks in their way say less. It
// reports whether there were any.
func (c *chooser) raise() bool {
	raised := false
	for _, k := range c.small {
		if !c.required(k) {
			continue
		}
		for x := int64(1); x < c.s.MinCell; x++ {
			if c.pool.has(k, x) {
				continue
			}
			if found, blame := c.ask(k, x); found != possible {
				c.sayLess(k, blame)
				raised = true
				break
			}
		}
		if raised {
			break
		}
	}
	return raised
}

// sayLess takes the first step that is left to make cell k safe, given the cells that exclude a number.
func (c *chooser) sayLess(k int, blame []int) {
	around := append([]int{k}, blame...)
	for _, near := range [][]int{around[:1], around} {
		changed := false
		for _, j := range near {
			if cell := c.cell(j); cell.Role == Open && c.levels[cell.Table] == Sharp {
				c.levels[cell.Table], changed = Vague, true
			}
		}
		if changed {
			return
		}
	}
	for _, near := range [][]int{around[:1], around} {
		changed := false
		for _, j := range near {
			if cell := c.cell(j); cell.Role == Open && c.mark(j) == Small {
				c.masked[j], changed = true, true
			}
		}
		if changed {
			return
		}
	}
	c.levels[c.cell(k).Table] = Withdrawn
}

// witnesses keeps the tables that questions were answered with: one that has what a pattern shows
// answers the question for that pattern too.
type witnesses struct {
	min    int64
	tables [][]int64
	by     [][]int // cell*min + number -> indexes in tables
}

const witnessesKept = 48 // for each cell and number

func newWitnesses(cells int, min int64) witnesses {
	return witnesses{min: min, by: make([][]int, int64(cells)*min)}
}

func (w *witnesses) clear() {
	w.tables = nil
	clear(w.by)
}

// add keeps a table for each of the cells that it makes small.
func (w *witnesses) add(table []int64, cells []int) {
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
		*at = append(*at, len(w.tables))
		kept = true
	}
	if kept {
		w.tables = append(w.tables, table)
	}
}

// has reports whether there is any table with the number in the cell, whatever it shows.
func (w *witnesses) has(k int, x int64) bool { return len(w.by[int64(k)*w.min+x]) > 0 }

// fits reports whether a kept table with the number in the cell has all that a pattern shows.
func (w *witnesses) fits(k int, x int64, agrees func(table []int64) bool) bool {
	at := w.by[int64(k)*w.min+x]
	for _, a := range slices.Backward(at) {
		if agrees(w.tables[a]) {
			return true
		}
	}
	return false
}
