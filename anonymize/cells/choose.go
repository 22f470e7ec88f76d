package cells

import (
	"fmt"
	"slices"
)

// Options bound the work of [Choose], in steps.
type Options struct {
	Limits     Limits
	ExactCells int // of how many that may be hidden the smallest pattern is sought; of more, a good one
	Improve    int // simplex steps spent on a better pattern of one set of linked tables, near the first one
	Rounds     int // covering problems solved for one set of linked tables
	CoverNodes int // branches in all of these together
}

// DefaultOptions are what a run uses.
var DefaultOptions = Options{Limits: DefaultLimits, ExactCells: 200, Improve: 20_000, Rounds: 2_000, CoverNodes: 12_000}

// Pattern is what of a system is shown, and how.
type Pattern struct {
	Marks  []Mark    // by cell
	Levels []Level   // by table
	Must   [][]int64 // by cell: the small numbers that must remain possible for it; empty for most
	// Optimal reports that it was proven that no pattern costs less at these levels.
	Optimal bool
}

// Publication is what a reader has of the system.
func (p *Pattern) Publication(s *System) *Publication {
	pub := &Publication{MinCell: s.MinCell, Cells: make([]Known, len(s.Cells)), Relations: s.Relations}
	for i, m := range p.Marks {
		c := &s.Cells[i]
		pub.Cells[i] = Known{Must: p.Must[i]}
		pub.Cells[i].Low, pub.Cells[i].High = c.bounds(m, s.MinCell)
	}
	return pub
}

// bounds returns what a reader knows of the cell under a mark.
func (c *Cell) bounds(m Mark, min int64) (low, high int64) {
	if c.Role == Past {
		return c.Low, c.High
	}
	return m.Bounds(c.Value, min)
}

// Choose decides what is shown: of all patterns that leave every number from 1 to MinCell-1 possible for every small count, also for
// who knows that it needs the cells hidden beside it, the one that hides the fewest cells that are not crossed, of those the one
// with the smallest ranks, and of those the one that hides the fewest crossed ones, again with the smallest ranks. What it returns has
// passed [Audit], whose report comes with it; a table that could not be cleared is withdrawn. Equal systems give equal patterns.
func Choose(s *System, o Options) (*Pattern, *Report, error) {
	if err := s.check(); err != nil {
		return nil, nil, err
	}
	p := &Pattern{
		Marks: make([]Mark, len(s.Cells)), Levels: make([]Level, s.tables()), Must: make([][]int64, len(s.Cells)),
		Optimal: true,
	}
	for _, set := range s.linked() {
		newChooser(s, &set, o).choose(p)
	}
	report, err := Audit(p.Publication(s), o.Limits)
	if err != nil {
		return nil, nil, err
	}
	if report.Cleared {
		return p, report, nil
	}
	return p.withdrawMissing(s, o, report)
}

// withdrawMissing is the way out when the audit does not confirm the choice: every table linked to a
// cell that is not cleared is withdrawn, and what cannot be kept possible is no longer promised.
func (p *Pattern) withdrawMissing(s *System, o Options, report *Report) (*Pattern, *Report, error) {
	var failed []int
	for _, f := range report.Findings {
		if len(f.Missing) > 0 {
			failed = append(failed, f.Cell)
		}
	}
	for _, set := range s.linked() {
		if !slices.ContainsFunc(failed, func(i int) bool { return slices.Contains(set.cells, i) }) {
			continue
		}
		for _, i := range set.cells {
			p.Must[i] = nil
			if s.Cells[i].Role == Open {
				p.Marks[i] = Any
				p.Levels[s.Cells[i].Table] = Withdrawn
			}
		}
	}
	p.Optimal = false
	report, err := Audit(p.Publication(s), o.Limits)
	if err == nil && !report.Cleared {
		err = fmt.Errorf("choose what to show: the audit does not clear the tables that remain")
	}
	return p, report, err
}

func (s *System) tables() int {
	n := 0
	for _, c := range s.Cells {
		n = max(n, c.Table+1)
	}
	return n
}

// linked separates the cells that are not constants into sets that nothing links: neither a relation
// nor a table.
func (s *System) linked() []part {
	joined := newUnionFind(len(s.Cells))
	inTable := make([]int, s.tables())
	for i := range inTable {
		inTable[i] = -1
	}
	for i, c := range s.Cells {
		if c.Role != Open {
			continue
		}
		if inTable[c.Table] < 0 {
			inTable[c.Table] = i
		}
		joined.join(inTable[c.Table], i)
	}
	constant := func(i int) (int64, bool) { return s.Cells[i].known(), s.Cells[i].constant() }
	return separated(s.Relations, constant, joined, func(int) bool { return false })
}

// constant reports whether every reader knows the cell whatever is chosen.
func (c *Cell) constant() bool { return c.Role == Fixed || c.Role == Past && c.Low == c.High }

// known is the value of a constant cell.
func (c *Cell) known() int64 {
	if c.Role == Past {
		return c.Low
	}
	return c.Value
}

// chooser works on one set of linked tables. Its cells are numbered from 0.
type chooser struct {
	s         *System
	o         Options
	cells     []int // -> index in the system
	solver    *solver
	relations []Relation // of its cells
	sums      [][]int    // cell -> the solver's relations that it stands in
	levels    []Level    // by table
	hidden    []bool     // as the solver's bounds now stand; open cells only
	small     []int      // the cells to be protected
	must      [][]int64
	free      []bool    // the choice is whether to hide these
	base      []bool    // these are hidden whatever is chosen
	promised  [][]int64 // of a count of an earlier report, the numbers that are to remain possible at any price
	decided   bool      // what is hidden of the cells that are not crossed
	silent    []bool    // of these nothing is said, as if their table were withdrawn
	cost      []int64
	clusters  []cluster
	cuts      []row       // one of each must be hidden
	needed    []*question // by cell, what a pattern failed without it; most fail it again
	pool      witnesses
	optimal   bool
}

// Of two patterns the one with fewer cells is better, then the one with the smaller ranks.
const costOfCell = int64(1) << 40

func newChooser(s *System, set *part, o Options) *chooser {
	n := len(set.cells)
	c := &chooser{
		s: s, o: o, cells: set.cells, levels: make([]Level, s.tables()), hidden: make([]bool, n), base: make([]bool, n), silent: make([]bool, n),
		must: make([][]int64, n), promised: make([][]int64, n), free: make([]bool, n), cost: make([]int64, n), needed: make([]*question, n),
		optimal: true,
	}
	for k, i := range set.cells {
		c.cost[k] = costOfCell + s.Cells[i].Rank
		if s.small(i) {
			c.small = append(c.small, k)
		}
	}
	c.pool = newWitnesses(n, s.MinCell)
	if len(c.small) > 0 {
		c.relations = set.relations
		c.findClusters()
		c.solver = newSolver(n+len(c.clusters), c.sumUp(), o.Limits)
		c.solver.t.stand(c.exactly)
		c.sums = make([][]int, n)
		for i, rel := range set.relations {
			for _, t := range rel.Terms {
				c.sums[t.Cell] = append(c.sums[t.Cell], i)
			}
		}
	}
	return c
}

// exactly is the number of a variable of the solver in the exact table, as far as that is known.
func (c *chooser) exactly(v int) (n int64) {
	if v < len(c.cells) {
		if cell := c.cell(v); cell.valued() {
			n = cell.Value
		}
		return n
	}
	for _, k := range c.clusters[v-len(c.cells)].small {
		n += c.cell(k).Value
	}
	return n
}

func (c *chooser) cell(k int) *Cell { return &c.s.Cells[c.cells[k]] }

// choose fills in the pattern for the chooser's cells.
func (c *chooser) choose(p *Pattern) {
	var hidden []bool
	if len(c.small) == 0 {
		hidden = make([]bool, len(c.cells))
	} else {
		hidden = c.stages()
		for c.withdrawBeside(hidden) {
			continue
		}
	}
	p.Optimal = p.Optimal && c.optimal
	c.fillLevels(p)
	for k, i := range c.cells {
		p.Must[i] = c.must[k]
		p.Marks[i] = Shown
		if c.cell(k).Role != Open || hidden[k] {
			p.Marks[i] = c.mark(k)
		}
	}
}

// withdrawn reports whether nothing may be said of an open cell.
func (c *chooser) withdrawn(k int) bool {
	cell := c.cell(k)
	return c.silent[k] || c.levels[cell.Table] == Withdrawn
}

// fillLevels says how far each table is hidden. One with crossed cells of which nothing is said reads vaguely.
func (c *chooser) fillLevels(p *Pattern) {
	said := map[int]bool{}
	for k := range c.cells {
		cell := c.cell(k)
		if cell.Role != Open {
			continue
		}
		p.Levels[cell.Table] = max(p.Levels[cell.Table], c.levels[cell.Table])
		if c.silent[k] {
			p.Levels[cell.Table] = max(p.Levels[cell.Table], Blurred)
		} else {
			said[cell.Table] = true
		}
	}
	for k := range c.cells {
		if cell := c.cell(k); c.silent[k] && !said[cell.Table] {
			p.Levels[cell.Table] = Withdrawn
		}
	}
}

// mark is how a cell reads once it is hidden.
func (c *chooser) mark(k int) Mark {
	cell := c.cell(k)
	switch {
	case cell.Role != Open || cell.Unsaid || c.withdrawn(k):
		return Any
	case c.levels[cell.Table] == Blurred:
		return Vague
	case cell.Value < c.s.MinCell:
		return Small
	}
	return Large
}

// hide makes the solver's bounds those of a pattern; again also where the level may have changed.
func (c *chooser) hide(hidden []bool, again bool) {
	for k := range c.cells {
		cell := c.cell(k)
		open := cell.Role == Open
		if !again && (!open || hidden[k] == c.hidden[k]) {
			continue
		}
		m := Shown
		if !open || hidden[k] {
			m = c.mark(k)
		}
		c.hidden[k] = open && hidden[k]
		lo, hi := cell.bounds(m, c.s.MinCell)
		c.solver.t.bound(k, lo, hi)
	}
}
