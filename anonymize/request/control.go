package request

import (
	"slices"

	"lvv/anonymize/cells"
	"lvv/anonymize/disclose"
	"lvv/internal/say"
)

// counted is a tally with its part in the control: asked now, or known before with what its readers know.
type counted struct {
	*tally
	name   string // for messages
	now    bool
	source int  // what a report told has a number, one for each of its figures; else 0
	answer bool // told by an earlier answer
	first  bool
	// rank, where it is not nil, says which cells of a curve are rather hidden than others: those with the smaller one.
	rank func(labels []string) int64
	// known is what readers know of a cell of what was told before; nil where they will know it.
	known func(labels []string) (low, high int64)
	// equal is the figure that a tally of a report counts.
	equal *equal
	// of is the field whose values statistics are told of, or "", and statistics which, of a cell; values is how they lie, by cell, once counted.
	of         string
	statistics func(labels []string) []string
	values     map[string]spread
}

// decided is what is told of a cell that is asked now.
type decided struct {
	low, high int64
	// alone says that no other count that is told differs from it by fewer than min_cell persons: only then a
	// mean or other measure of it may be told; and valued, that one narrows nothing beside the tables by the same field.
	alone, valued bool
}

// control decides what is told of the cells that are asked now.
type control struct {
	*universe
	tallies []*counted
	minCell int64
	order   disclose.Order

	threshold int64
	sys       cells.System
	unprinted int            // the table of what stands in none
	unlinked  int            // the relations before those of links
	past      []string       // by atom, what was told of it before
	alike     map[string]int // atoms of which the same was told
	fresh     map[int]bool   // cells of the system that are groups which nothing told before tells apart

	told      map[int]*decided // by cell, once it is decided
	withdrawn map[int]bool     // tallies of which nothing is told
}

// decide decides what is told, by cell, and of which tallies nothing is. It fails closed.
func (c *control) decide(o cells.Options) (err error) {
	if err := c.bounded(); err != nil {
		return err
	}
	shared := c.shared()
	if err := c.refuse(); err != nil {
		return err
	}
	if c.threshold, err = c.leastCount(shared); err != nil {
		return err
	}
	if err := c.build(); err != nil {
		return err
	}
	each, err := c.eachAlone(o)
	if err != nil {
		return err
	}
	pub, err := c.publication(each, o)
	if err != nil {
		return err
	}
	if err := c.tell(pub, shared, o); err != nil {
		return err
	}
	return c.chooseValues(pub, each, o)
}

func (c *control) nowAt(i int) bool { return c.tallies[c.cells[i].tally].now }

// anyNow is a table of what is asked now, for messages about all of it.
func (c *control) anyNow() string {
	for _, t := range c.tallies {
		if t.now {
			return t.name
		}
	}
	return ""
}

func (c *control) bounded() error {
	if len(c.atoms) > maxAtoms || len(c.cells) > maxCells {
		return refusef(c.anyNow(), "with all that was asked before it tells %d groups apart in %d counts; the control follows %d in %d\n  Ask fewer tables, or break them down by fewer fields or in wider bands.", len(c.atoms), len(c.cells), maxAtoms, maxCells)
	}
	return nil
}

// pair is two cells that share units.
type pair struct {
	a, b   int
	common int64
}

// shared lists the pairs of cells that share units, in order: those that were told before, too, because what is told now
// may narrow what they differ by.
func (c *control) shared() []pair {
	common := map[[2]int]int64{}
	for _, a := range c.atoms {
		for i, x := range a.cells {
			for _, y := range a.cells[i+1:] {
				common[[2]int{x, y}] += a.size
			}
		}
	}
	out := make([]pair, 0, len(common))
	for k, n := range common {
		out = append(out, pair{k[0], k[1], n})
	}
	slices.SortFunc(out, func(p, q pair) int { return slices.Compare([]int{p.a, p.b}, []int{q.a, q.b}) })
	return out
}

// nested returns the atoms by which one cell of a pair exceeds the other that lies in it, if one does.
func (c *control) nested(p pair) []int {
	a, b := c.cells[p.a], c.cells[p.b]
	if a.size < b.size {
		a, b = b, a
	}
	if p.common < b.size || a.size == b.size {
		return nil
	}
	more, _, _ := compare(a.atoms, b.atoms)
	return more
}

// few reports whether atoms hold somebody, and fewer persons than the threshold.
func (c *control) few(atoms []int) bool {
	return c.size(atoms) > 0 && int64(c.persons(atoms)) < c.minCell
}

// refuse refuses a table whose condition differs from another one, whole, by too few persons.
func (c *control) refuse() error {
	whole := make([][]int, len(c.tallies))
	for i, t := range c.tallies {
		if !t.first {
			continue
		}
		var all []int
		for _, n := range c.cells {
			if n.tally == i {
				all = append(all, n.atoms...)
			}
		}
		slices.Sort(all)
		whole[i] = slices.Compact(all)
	}
	for i, t := range c.tallies {
		for j, other := range c.tallies {
			if !t.now || !t.first || !other.first || i == j || len(whole[i]) == 0 || len(whole[j]) == 0 {
				continue
			}
			more, less, _ := compare(whole[i], whole[j])
			if len(less) == 0 && c.few(more) || len(more) == 0 && c.few(less) {
				return refusef(t.name, "its conditions and those of %s differ by fewer than %d persons, who would be singled out\n  Give it the same conditions, or such as differ by more persons.", other.name, c.minCell)
			}
		}
	}
	return nil
}

// leastCount is the smallest count that may be told: min_cell, or more where a count of that many would be of fewer
// persons than min_cell.
func (c *control) leastCount(shared []pair) (int64, error) {
	least := c.minCell
	raise := func(size int64, persons int) {
		if size >= least && int64(persons) < c.minCell {
			least = size + 1
		}
	}
	for i, n := range c.cells {
		if c.nowAt(i) {
			raise(n.size, n.persons)
		}
	}
	for _, p := range shared {
		if more := c.nested(p); len(more) > 0 && (c.nowAt(p.a) || c.nowAt(p.b)) {
			raise(c.size(more), c.persons(more))
		}
	}
	if least > 100 {
		return 0, refusef(c.anyNow(), "a single person would make up most of a count\n  Count persons instead.")
	}
	return least, nil
}

// publication chooses what is told and proves that it narrows nothing that was open before: of every small count
// that is asked now and of every other small group each number below the threshold stays possible that was before. Where the choice falls short, ranges tell less, and then tables are withdrawn, the last first.
func (c *control) publication(each []*alone, o cells.Options) (*cells.Publication, error) {
	before, err := c.before(o)
	if err != nil {
		return nil, err
	}
	// A table whose rows would be known not to be empty, so that what was told before excludes a number of a small one, is withdrawn at once.
	c.withdrawn = map[int]bool{}
	c.withdraw(c, before)
	for _, a := range each {
		c.withdraw(a.control, a.must)
	}
	for i, n := range c.cells {
		if c.withdrawn[n.tally] {
			c.sys.Cells[i].Role = cells.Implied
		}
	}
	pattern, _, err := cells.Choose(&c.sys, o)
	if err != nil {
		return nil, say.Errorf("choose what to tell: %w", err)
	}
	for i := range c.cells {
		if c.nowAt(i) && pattern.Marks[i] == cells.Any {
			c.withdrawn[c.cells[i].tally] = true
		}
	}
	for vague := false; ; {
		pub := pattern.Publication(&c.sys)
		for i := range pub.Cells {
			pub.Cells[i].Must = before[i]
			if i >= len(c.cells) || !c.nowAt(i) {
				continue
			}
			if c.withdrawn[c.cells[i].tally] {
				pub.Cells[i] = cells.Known{High: cells.Unbounded, Must: before[i]}
				continue
			}
			if pattern.Marks[i] != cells.Shown && vague {
				pub.Cells[i].Low, pub.Cells[i].High = 1, cells.Unbounded
			}
		}
		if cleared, err := c.clears(pub, each, o); cleared || err != nil {
			return pub, err
		}
		if !vague {
			vague = true
			continue
		}
		last := -1
		for i, t := range c.tallies {
			if t.now && !c.withdrawn[i] && slices.ContainsFunc(c.cells, func(n *cell) bool { return n.tally == i }) {
				last = i
			}
		}
		if last < 0 {
			return nil, refusef(c.anyNow(), "beside what was answered before, it would tell how large groups of fewer than %d are\n  Ask what was asked before by other fields, or this by fewer of them.", c.threshold)
		}
		c.withdrawn[last] = true
	}
}

// withdraw withdraws the tables that are asked of which a small count cannot be every small number, by what is open of the counts beside some others.
func (c *control) withdraw(beside *control, open [][]int64) {
	for i, n := range beside.cells {
		if beside.asked(i) && len(open[i]) < len(c.small()) {
			c.withdrawn[n.tally] = true
		}
	}
}

// clears reports whether what is told narrows nothing, beside all that was told before and beside each of it.
func (c *control) clears(pub *cells.Publication, each []*alone, o cells.Options) (bool, error) {
	report, err := cells.Audit(pub, o.Limits)
	if err != nil {
		return false, say.Errorf("audit what is told: %w", err)
	}
	if !report.Cleared {
		return false, nil
	}
	return c.eachHolds(pub, each, o)
}

// eachHolds reports whether what is told narrows nothing beside each of what was told before.
func (c *control) eachHolds(pub *cells.Publication, each []*alone, o cells.Options) (holds bool, err error) {
	holds = true
	for i := 0; holds && err == nil && i < len(each); i++ {
		from := each[i].from
		holds, err = each[i].holds(func(i int) cells.Known { return pub.Cells[from[i]] }, func(i int) bool {
			return !c.nowAt(from[i]) || c.told[from[i]] != nil && c.told[from[i]].valued
		}, o)
	}
	return holds, err
}

// small are the numbers below the threshold, nought left out.
func (c *control) small() []int64 {
	var out []int64
	for x := int64(1); x < c.threshold; x++ {
		out = append(out, x)
	}
	return out
}

// before finds, of every small group, the numbers that are possible when nothing of the request is told. A group that only
// the request tells apart from others had no number before: of it, those count that the reports leave.
func (c *control) before(o cells.Options) ([][]int64, error) {
	out := make([][]int64, len(c.sys.Cells))
	for _, fresh := range []bool{false, true} {
		pub := &cells.Publication{MinCell: c.threshold, Relations: c.sys.Relations, Cells: make([]cells.Known, len(c.sys.Cells))}
		all := c.small()
		for i, one := range c.sys.Cells {
			pub.Cells[i] = cells.Known{High: cells.Unbounded}
			if one.Role == cells.Open { // that somebody is in it is told by every table that lists it
				pub.Cells[i].Low = 1
			}
			if one.Role == cells.Past {
				pub.Cells[i] = cells.Known{Low: one.Low, High: one.High}
				if fresh && c.tallies[c.cells[i].tally].answer {
					pub.Cells[i] = cells.Known{Low: min(one.Low, 1), High: cells.Unbounded}
				}
			}
			if fresh == c.fresh[i] && one.Value > 0 && one.Value < c.threshold && (one.Role != cells.Past || one.Low < one.High) {
				pub.Cells[i].Must = all
			}
		}
		report, err := cells.Audit(pub, o.Limits)
		if err != nil {
			return nil, say.Errorf("audit what was told before: %w", err)
		}
		for _, f := range report.Findings {
			if len(f.Unproven) > 0 {
				return nil, refusef(c.anyNow(), "together with all that was asked before it is more than the control can prove safe\n  Ask fewer tables, or break them down by fewer fields or in wider bands.")
			}
			out[f.Cell] = f.Possible
		}
	}
	return out, nil
}

// tell puts what is told beside the cells, with the ranges that it leaves open.
func (c *control) tell(pub *cells.Publication, shared []pair, o cells.Options) error {
	c.told = map[int]*decided{}
	var hidden []int
	for i, n := range c.cells {
		if !c.nowAt(i) || c.withdrawn[n.tally] {
			continue
		}
		k := pub.Cells[i]
		c.told[i] = &decided{low: k.Low, high: k.High, alone: k.Low == k.High}
		if k.Low < k.High && (k.Low != 1 || k.High != c.threshold-1) {
			hidden = append(hidden, i)
		}
	}
	plain := *pub // without the links, and what is not told yet: a range by these would tell them to those who do not know them
	plain.Relations, plain.Cells = pub.Relations[:c.unlinked], slices.Clone(pub.Cells)
	for i, n := range c.cells {
		if t := c.tallies[n.tally]; !t.now && t.known == nil {
			plain.Cells[i] = cells.Known{High: cells.Unbounded}
		}
	}
	ranges, err := cells.Ranges(&plain, hidden, o.Limits)
	if err != nil {
		return say.Errorf("compute ranges: %w", err)
	}
	for _, i := range hidden {
		c.told[i].low, c.told[i].high = ranges[i].Low, ranges[i].High
	}
	for _, p := range shared {
		if more := c.nested(p); len(more) > 0 && c.few(more) && pub.Cells[p.a].Low == pub.Cells[p.a].High && pub.Cells[p.b].Low == pub.Cells[p.b].High {
			for _, i := range []int{p.a, p.b} {
				if d := c.told[i]; d != nil {
					d.alone = false
				}
			}
		}
	}
	return nil
}
