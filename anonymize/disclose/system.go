package disclose

import (
	"slices"

	"lvv/anonymize/cells"
	"lvv/internal/day"
	"lvv/sql"
	"lvv/transform"
)

// system is what is published together: the counts of the reports and how they hang together.
type system struct {
	cat   *sql.Catalogue
	start day.Day        // of the pilot, where cumulative figures begin; always when it is not known
	days  map[string]int // see Options
	order Order
	sys   cells.System
	names []string       // by cell
	exact []exact        // by cell
	table map[string]int // name -> number
	// untrue names the counts of relations that the figures as they are delivered do not agree with.
	untrue []string
	linked map[string]bool // the figures that a declaration ties to others
	gone   []string        // see Options.Withdrawn
	// withheld are the totals of the report to be published that readers are not told, by name.
	withheld map[string]bool
	// uncounted are the cells of what is to be protected if it is small, but of which no report has counted what it is; workedOut has what
	// readers could work out of such, by name.
	uncounted []int
	workedOut map[string]int64
	// asides are what the report to be published tells beside its figures; corrections have the cells of what it lists of earlier totals, by figure.
	asides      []toldAside
	corrections map[string][]int
	// restated has the cells of what was corrected, by what it was corrected to; bound those of what remains of their relations, or -1.
	restated, bound map[string]int
}

// exact is the count behind a cell, where it is known.
type exact struct {
	value  int64
	valued bool
}

func newSystem(cat *sql.Catalogue, minCell int, start day.Day, order Order) *system {
	if order == nil {
		order = inOrder
	}
	return &system{cat: cat, start: since(start), order: order, linked: linkedFigures(cat), restated: map[string]int{}, bound: map[string]int{}, corrections: map[string][]int{}, sys: cells.System{MinCell: int64(minCell)}, table: map[string]int{}}
}

// since is the day from which cumulative figures count.
func since(start day.Day) day.Day {
	if start <= 0 {
		return always
	}
	return start
}

// linkedFigures lists the figures that any declaration names beside another, or that requests count too. A total of no such figure tells nothing of a count.
func linkedFigures(cat *sql.Catalogue) map[string]bool {
	out := map[string]bool{}
	for i := range cat.Figures {
		f := &cat.Figures[i]
		out[f.ID] = out[f.ID] || f.Asked != nil
		for _, rel := range f.Relations {
			out[f.ID] = true
			for _, w := range rel.Whole {
				out[w.Figure] = true
			}
		}
		for _, rel := range slices.Concat(f.Falls, f.Rises) {
			out[f.ID], out[rel.Whole[0].Figure] = true, true
		}
		for _, g := range f.Growth {
			for _, id := range append(g.Figures(), f.ID) {
				out[id] = true
			}
		}
		if f.Climbs != "" {
			for _, id := range climbersOf(f) {
				out[id] = true
			}
		}
		if b := f.RestsOn; b != nil {
			for _, n := range []*sql.Count{b.Numerator, b.Denominator, b.Base} {
				if n != nil {
					out[f.ID], out[n.Figure] = true, true
				}
			}
		}
	}
	return out
}

func (s *system) add(name string, c cells.Cell, e exact) int {
	s.sys.Cells = append(s.sys.Cells, c)
	s.names = append(s.names, name)
	s.exact = append(s.exact, e)
	return len(s.sys.Cells) - 1
}

// implied adds a count that is never printed; protect says whether it is to be protected if it is small.
func (s *system) implied(name string, e exact, protect bool) int {
	if e.value < 0 {
		e = exact{} // the figures as they are delivered contradict one another
	} else if protect && !e.valued {
		e.value, e.valued = s.workedOut[name], s.workedOut[name] > 0
		if !e.valued {
			s.uncounted = append(s.uncounted, len(s.names))
		}
	}
	return s.add(name, cells.Cell{Value: e.value, Role: cells.Implied, Known: protect && e.valued, Table: s.tableNumber("")}, e)
}

func (s *system) tableNumber(name string) int {
	n, known := s.table[name]
	if !known {
		n = len(s.table)
		s.table[name] = n
	}
	return n
}

func (s *system) cell(i int) *cells.Cell { return &s.sys.Cells[i] }

// report is one report as a part of the system.
type report struct {
	s      *system
	label  string // precedes names, to tell reports apart
	period transform.Period
	now    bool // it is the one to be published
	// audited says that only what readers know is known of it.
	audited bool
	counts  []count
	index   map[string]int // name -> index in counts
	was     *report        // what this one restates; or nil
	fresh   map[int]bool   // the cells of what was corrected in it
	// unlisted are the figures whose total's correction readers are not told.
	unlisted map[string]bool
	curves   []curveEnds
}

// role says what part the counts of a report play in the choice.
type role uint8

const (
	toChoose role = iota // the report to be published
	past                 // an earlier one, whose exact figures are known
	audited              // only what readers know is known
)

// report enters counts. Figures that are not controlled come in only where a relation needs them: see quantity.
func (s *system) report(label string, p transform.Period, counts []count, as role) *report {
	r := &report{s: s, label: label, period: p, now: as == toChoose, audited: as == audited, index: map[string]int{}}
	tables := map[string]int{}
	few := map[string]bool{} // the shares that are withheld whatever else is shown
	for i := range counts {
		c := &counts[i]
		if !characteristic(s.cat, c.dims) {
			continue
		}
		tables[c.table()]++
		few[name(c.id, c.dims)] = few[name(c.id, c.dims)] || c.of != "" && s.few(c)
	}
	rank := map[string]int{}
	for _, c := range counts {
		if !controlled(s.cat.Figure(c.id), p) || !characteristic(s.cat, c.dims) && !s.linked[c.id] {
			c.cell = -1
			r.put(c)
			continue
		}
		n := characteristics(s.cat, c.dims)
		cell := cells.Cell{Value: c.value, Role: cells.Fixed, Known: c.valued && s.protected(c.id) && (n > 0 || as != toChoose)}
		switch {
		case as != toChoose:
			cell.Role, cell.Low, cell.High = cells.Past, c.low, c.high
		case n > 0 && s.printed(c.id) && !s.untold(&c, p) && (!few[name(c.id, c.dims)] || s.few(&c)):
			t := c.table()
			size := tables[t]
			cell.Role, cell.Table, cell.Crossed = cells.Open, s.tableNumber(label+t), n > 1 || c.of != ""
			cell.Unsaid = c.of != ""
			cell.Rank = int64(s.order(t, rank[t], size))
			rank[t]++
		case n > 0 || s.withheld[c.name()] || !s.printed(c.id) && !byRows(s.cat, c.id):
			cell.Role = cells.Implied
		}
		if cell.Role != cells.Open {
			cell.Table = s.tableNumber("")
		}
		c.cell = s.add(label+c.name(), cell, exact{c.value, c.valued})
		r.put(c)
	}
	return r
}

// untold reports whether readers are told nothing of a count by a characteristic, whatever it is.
func (s *system) untold(c *count, p transform.Period) bool {
	return nightly(s.cat.Figure(c.id), p) || slices.Contains(s.gone, c.table())
}

// few reports whether a count is too small to be shown.
func (s *system) few(c *count) bool { return c.value > 0 && c.value < s.sys.MinCell }

func (r *report) put(c count) int {
	r.counts = append(r.counts, c)
	r.index[c.name()] = len(r.counts) - 1
	return len(r.counts) - 1
}

// printed reports whether readers see the counts of a figure.
func (s *system) printed(id string) bool {
	f := s.cat.Figure(id)
	return f == nil || f.Printed
}

// byRows reports whether readers see the counts of a figure from how many rows tables have.
func byRows(cat *sql.Catalogue, id string) bool {
	f := cat.Figure(id)
	return f != nil && f.ByRows
}

// protected reports whether the small counts of a figure are protected.
func (s *system) protected(id string) bool {
	f := s.cat.Figure(id)
	return f == nil || f.Protected
}

func characteristic(cat *sql.Catalogue, dims []transform.Dim) bool {
	return characteristics(cat, dims) > 0
}

// cellOf returns the cell of a count, entering it where it is not controlled itself.
func (r *report) cellOf(c *count) int {
	if c.cell < 0 {
		cell := cells.Cell{Value: c.value, Known: c.valued, Role: cells.Past, Low: c.low, High: c.high, Table: r.s.tableNumber("")}
		// A place's nights are no person's: what is rounded of them is not protected by itself.
		cell.Known = cell.Known && c.low == c.high
		c.cell = r.s.add(r.label+c.name(), cell, exact{c.value, c.valued})
	}
	return c.cell
}

// matching returns the indexes of the counts that a declaration names.
func (r *report) matching(n *sql.Count) []int {
	var out []int
	for i := range r.counts {
		if r.counts[i].is(n) {
			out = append(out, i)
		}
	}
	return out
}

// total makes the total of a figure that is not printed but known to readers. What it comes to is added up from its parts.
func (r *report) total(n *sql.Count, value int64, valued bool) int {
	c := count{id: n.Figure, of: n.Of, value: value, valued: valued, low: value, high: value, made: true}
	cell := cells.Cell{Value: value, Role: cells.Fixed, Table: r.s.tableNumber("")}
	if !valued || !r.now || r.s.withheld[c.name()] {
		cell = cells.Cell{Role: cells.Implied, Table: r.s.tableNumber("")}
		c.low, c.high = 0, cells.Unbounded
	}
	c.cell = r.s.add(r.label+c.name(), cell, exact{value, valued})
	if r.was != nil {
		r.fresh[c.cell] = true
	}
	return r.put(c)
}

// sum adds a relation between terms, unless everybody knows all of them already, or the figures as they are delivered
// do not agree with it: a reader who assumes more than is true learns nothing that is.
func (s *system) sum(terms []cells.Term) {
	open, whole, sum := false, true, int64(0)
	for _, t := range terms {
		c := s.cell(t.Cell)
		open = open || c.Role != cells.Past || c.Low < c.High
		e := s.exact[t.Cell]
		whole = whole && e.valued
		sum += t.Coef * e.value
	}
	if whole && sum != 0 {
		s.untrue = append(s.untrue, s.names[terms[0].Cell])
		return
	}
	if open {
		s.sys.Relations = append(s.sys.Relations, cells.Relation{Terms: slices.Clone(terms)})
	}
}

// agreeing enters what build says, unless the counts that are known do not agree with it, and with what else was said since there were only so
// many relations: a reader who assumes more than is true learns nothing that is. It reports whether they agree.
func (s *system) agreeing(since int, build func()) bool {
	n, said, uncounted, untrue := len(s.names), len(s.sys.Relations), len(s.uncounted), len(s.untrue)
	build()
	known := func(cell int) (int64, bool) { return s.exact[cell].value, s.exact[cell].valued }
	if len(s.untrue) == untrue && cells.Agree(s.sys.Relations[since:], known, cells.DefaultLimits) {
		return true
	}
	s.sys.Cells, s.names, s.exact = s.sys.Cells[:n], s.names[:n], s.exact[:n]
	s.sys.Relations, s.uncounted, s.untrue = s.sys.Relations[:said], s.uncounted[:uncounted], s.untrue[:untrue]
	return false
}

// publication is what readers have of a system of counts of which only that is known.
func (s *system) publication() *cells.Publication {
	p := &cells.Publication{MinCell: s.sys.MinCell, Relations: s.sys.Relations, Cells: make([]cells.Known, len(s.sys.Cells))}
	for i, c := range s.sys.Cells {
		p.Cells[i] = cells.Known{High: cells.Unbounded}
		if c.Role != cells.Implied {
			p.Cells[i] = cells.Known{Low: c.Low, High: c.High}
		}
	}
	return p
}
