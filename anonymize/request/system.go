package request

import (
	"fmt"

	"lvv/anonymize/cells"
)

// build makes the system: the cells, the atoms that they are sums of, and what two of them, or of what they add up to,
// have in common and differ by.
func (c *control) build() error {
	c.sys.MinCell, c.fresh = c.threshold, map[int]bool{}
	c.enterCells()
	c.enterAtoms()
	c.enterGroups()
	c.unlinked = len(c.sys.Relations)
	c.link()
	if n := len(c.sys.Cells) - len(c.cells); n > maxSets {
		return refusef(c.anyNow(), "with all that was asked before %d groups and differences would have to be protected; the control follows %d\n  Ask fewer tables, or break them down by fewer fields or in wider bands.", n, maxSets)
	}
	return nil
}

// enterCells enters the cells of all tallies.
func (c *control) enterCells() {
	sizes, table := map[int]int{}, map[int]int{}
	for _, n := range c.cells {
		if sizes[n.tally]++; sizes[n.tally] == 1 {
			table[n.tally] = len(table)
		}
	}
	c.unprinted = len(table)
	c.past, c.alike = make([]string, len(c.atoms)), map[string]int{}
	for i, a := range c.atoms {
		for _, n := range a.cells {
			if !c.nowAt(n) {
				c.past[i] += fmt.Sprint(n, " ")
			}
		}
		c.alike[c.past[i]]++
	}
	rank := map[int]int{}
	for _, n := range c.cells {
		t := c.tallies[n.tally]
		one := cells.Cell{Value: n.size, Known: true, Table: c.unprinted}
		if t.now {
			one.Role, one.Table = cells.Open, table[n.tally]
			c.fresh[len(c.sys.Cells)] = c.splits(n.atoms)
			one.Rank = int64(c.order(t.name, rank[n.tally], sizes[n.tally]))
			if t.rank != nil {
				one.Rank = t.rank(n.labels)
			}
			rank[n.tally]++
		} else {
			one.Role, one.Low, one.High = cells.Past, n.size, n.size
			if t.known != nil {
				one.Low, one.High = t.known(n.labels)
			}
			// Exports may have been corrected since; then readers know less of today's than they think.
			one.Low, one.High = min(one.Low, n.size), max(one.High, n.size)
		}
		c.sys.Cells = append(c.sys.Cells, one)
	}
}

// enterAtoms enters the atoms, and says of each cell of the tallies which it is the sum of.
func (c *control) enterAtoms() {
	for i := range c.atoms {
		c.group([]int{i})
	}
	for i, n := range c.cells {
		c.sum(i, n.atoms)
	}
}

// enterGroups enters the groups of atoms that whoever has two tables can compute.
func (c *control) enterGroups() {
	seen := map[string]bool{}
	for i := range c.atoms {
		seen[packed([]int{i})] = true
	}
	for _, n := range c.cells {
		seen[packed(n.atoms)] = true
	}
	wholes := c.wholes()
	for i, a := range wholes {
		for _, b := range wholes[:i] {
			more, less, both := compare(a, b)
			if len(both) == 0 {
				continue
			}
			for _, part := range [][]int{more, less, both} {
				if n := c.size(part); n > 0 && n < c.threshold && len(part) > 1 && !seen[packed(part)] {
					seen[packed(part)] = true
					c.group(part)
				}
			}
		}
	}
}

// group enters atoms as one count that is never told.
func (c *control) group(atoms []int) {
	c.sys.Cells = append(c.sys.Cells, cells.Cell{Value: c.size(atoms), Known: true, Role: cells.Implied, Table: c.unprinted})
	c.fresh[len(c.sys.Cells)-1] = c.splits(atoms)
	if len(atoms) > 1 {
		c.sum(len(c.sys.Cells)-1, atoms)
	}
}

// splits reports whether atoms are a group that only what is asked now tells apart from others.
func (c *control) splits(atoms []int) bool {
	inside := map[string]int{}
	for _, a := range atoms {
		inside[c.past[a]]++
	}
	for name, n := range inside {
		if n < c.alike[name] {
			return true
		}
	}
	return false
}

// sum says that a cell of the system is the sum of atoms.
func (c *control) sum(of int, atoms []int) {
	terms := []cells.Term{{Cell: of, Coef: -1}}
	for _, a := range atoms {
		terms = append(terms, cells.Term{Cell: len(c.cells) + a, Coef: 1})
	}
	c.sys.Relations = append(c.sys.Relations, cells.Relation{Terms: terms})
}
