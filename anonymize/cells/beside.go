package cells

import "slices"

// withdrawBeside withdraws the tables whose zeros, or what else they show, leave one number for a small count of another table of which
// nothing is said, or of which an earlier report gave a range. It reports whether it withdrew any. Where totals alone leave one number, it withdraws nothing.
func (c *chooser) withdrawBeside(hidden []bool) bool {
	c.hide(hidden, true)
	var away []int
	for _, k := range c.small {
		cell := c.cell(k)
		unsaid := cell.Role == Open && !cell.Unsaid && c.withdrawn(k) || cell.Role == Past && cell.Low < cell.High
		if !unsaid || len(c.must[k]) > 1 {
			continue
		}
		below, _, blame := c.solver.within(k, 0, cell.Value-1)
		above, _, also := c.solver.within(k, cell.Value+1, maxCount)
		if below == impossible && above == impossible {
			away = append(away, union(blame, also)...)
		}
	}
	changed := false
	for k := range c.cells {
		if cell := c.cell(k); cell.Role == Open && !c.withdrawn(k) && slices.Contains(away, k) {
			c.levels[cell.Table], changed = Withdrawn, true
		}
	}
	for k := range c.cells {
		hidden[k] = hidden[k] || c.cell(k).Role == Open && c.levels[c.cell(k).Table] == Withdrawn
	}
	return changed
}
