package disclose

import (
	"slices"

	"lvv/anonymize/cells"
)

// withdrawZeros withdraws tables whose zeros, in a sum with the table of a small count, leave one number for it. It reports whether there are any.
func (c *control) withdrawZeros(s *system, r *report, ranges map[int]cells.Range) bool {
	beside := map[int]bool{} // the cells of tables with such a count
	for i := range r.counts {
		n := &r.counts[i]
		if known, ok := ranges[n.cell]; !ok || known.Low != known.High || known.Low == 0 || known.Low >= int64(c.MinCell) {
			continue
		}
		for k := range r.counts {
			beside[r.counts[k].cell] = beside[r.counts[k].cell] || r.counts[k].cell >= 0 && r.counts[k].table() == n.table()
		}
	}
	summed := map[int]bool{}
	for _, rel := range s.sys.Relations {
		if slices.ContainsFunc(rel.Terms, func(t cells.Term) bool { return beside[t.Cell] }) {
			for _, t := range rel.Terms {
				summed[t.Cell] = true
			}
		}
	}
	tables := map[string]bool{}
	for i := range r.counts {
		n := &r.counts[i]
		zero := n.cell >= 0 && summed[n.cell] && n.valued && n.value == 0 && characteristic(c.cat, n.dims) && s.printed(n.id)
		tables[n.table()] = tables[n.table()] || zero && c.marks[n.name()] == cells.Shown
	}
	found := false
	for i := range r.counts {
		if n := &r.counts[i]; tables[n.table()] && n.of == "" && c.marks[n.name()] != cells.Any {
			c.marks[n.name()], c.levels[n.table()], found = cells.Any, cells.Withdrawn, true
		}
	}
	return found
}
