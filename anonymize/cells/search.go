package cells

import "slices"

// stages decides what is hidden of the cells that are not crossed, as if nothing were printed of the crossed ones, and
// then what of these may be shown.
func (c *chooser) stages() []bool {
	c.promise()
	protect := c.small
	c.small = nil
	crossed := false
	for k := range c.cells {
		if cell := c.cell(k); cell.Crossed && cell.Role == Open {
			c.silent[k], crossed = true, true
		}
	}
	for _, k := range protect {
		if !c.silent[k] {
			c.small = append(c.small, k)
		}
	}
	hidden := c.decide(func(k int, blame []int) bool { c.lowerLevel(k, blame); return true })
	if !crossed {
		return hidden
	}
	c.small, c.decided = protect, true
	copy(c.base, hidden)
	clear(c.silent)
	clear(c.free)
	c.silenceParts()
	return c.decide(c.silenceAround)
}

// decide takes steps that say less until every small count can be safe, and searches. Where no pattern is safe, it goes on.
func (c *chooser) decide(step func(k int, blame []int) (changed bool)) []bool {
	for {
		for c.hideAll(); ; c.hideAll() {
			k, blame := c.unsafe()
			if k < 0 {
				break
			}
			if !step(k, blame) {
				break // the audit decides
			}
		}
		c.settle()
		c.cuts = nil
		hidden := c.search()
		f, k := c.firstFailure(hidden), c.idle()
		switch {
		case f != nil && f.cluster == nil:
			return c.pattern(c.allShown(c.base)) // the search ended nowhere: all that may be hidden is
		case f != nil && step(f.k, f.blame) || k >= 0 && step(k, nil):
		default:
			return hidden
		}
	}
}

// search finds the pattern. Each question that a pattern fails gives a condition: the shown cells that
// together exclude the number, one of which must be hidden (a cut). The cheapest set that meets
// every condition known so far is either safe, and then the best, or fails a further question.
func (c *chooser) search() []bool {
	clear(c.needed)
	best, free := c.repair(nil, -1), 0
	for _, f := range c.free {
		if f {
			free++
		}
	}
	switch {
	case c.safe(c.pattern(best)):
		best = c.improve(best)
	case free <= c.o.ExactCells:
		best = c.allShown(c.base) // dearer than whatever there may be
	}
	if free > c.o.ExactCells {
		c.optimal = false
		return c.pattern(best)
	}
	value := make([]int64, len(c.cells)) // of two sets of as many cells the one of less value is better
	for k := range value {
		value[k] = c.cost[k] - costOfCell
	}
	cover := newCover(value, c.o.CoverNodes, c.needs())
	for range c.o.Rounds {
		if !c.optimal {
			return c.pattern(best) // a question went unanswered
		}
		picked, ok := cover.solve(c.cuts, best)
		switch {
		case !ok:
			c.optimal = false
			return c.pattern(best)
		case picked == nil:
			return c.pattern(best) // nothing is cheaper than what is known to be safe
		case c.addCuts(c.pattern(picked)) == 0:
			best = picked
		default:
			if safe, ok := c.descend(); ok && c.total(safe) < c.total(best) {
				best = safe
			}
		}
	}
	c.optimal = false
	return c.pattern(best)
}

// needs are what the best pattern meets whatever the cuts: of no sum is one cell hidden alone. A reader
// could compute it, and so it might as well be shown.
func (c *chooser) needs() []row {
	var out []row
	for k := range c.cells {
		if !c.free[k] {
			continue
		}
		for _, rel := range c.sums[k] {
			need, certain := row{holder: k}, true
			for _, t := range c.relations[rel].Terms {
				if t.Cell != k {
					need.cells = append(need.cells, t.Cell)
					certain = certain && c.free[t.Cell]
				}
			}
			if certain {
				out = append(out, need)
			}
		}
	}
	return out
}

func (c *chooser) total(picked []int) int64 {
	sum := int64(0)
	for _, k := range picked {
		sum += c.cost[k]
	}
	return sum
}

// pattern hides what must be hidden and what was picked.
func (c *chooser) pattern(picked []int) []bool {
	hidden := make([]bool, len(c.cells))
	for k := range hidden {
		hidden[k] = c.base[k]
	}
	for _, k := range picked {
		hidden[k] = true
	}
	return hidden
}

// repair completes a set to a safe one by hiding, for each question that fails, one of the cells that stand
// in the way; the one to avoid only if there is no other. A partner of small counts that nothing helps is not hidden again.
func (c *chooser) repair(picked []int, avoid int) []int {
	picked = slices.Clone(picked)
	hidden := c.pattern(picked)
	useless := make([]bool, len(hidden))
	for {
		f := c.firstFailure(hidden)
		if f == nil {
			return c.prune(picked)
		}
		shown := c.shown(f.blame)
		if f.found == unknown {
			shown = c.allShown(hidden)
		}
		shown = slices.DeleteFunc(shown, func(j int) bool { return useless[j] })
		if len(shown) == 0 && f.partner >= 0 && c.free[f.partner] {
			hidden[f.partner], useless[f.partner] = false, true
			picked = slices.DeleteFunc(picked, func(j int) bool { return j == f.partner })
			continue
		}
		if len(shown) == 0 {
			return picked // another set, or the audit, decides
		}
		if others := slices.DeleteFunc(slices.Clone(shown), func(j int) bool { return j == avoid }); len(others) > 0 {
			shown = others
		}
		best := c.companion(shown, hidden)
		hidden[best] = true
		picked = append(picked, best)
	}
}

// improve looks for a better set near a safe one: it shows one of the cells again, with those that share a sum
// with it or without, and repairs what that breaks with other cells. It goes on from what is better, until nothing
// near is, or for as many steps as the options allow.
func (c *chooser) improve(best []int) []int {
	limit := c.solver.t.pivots + c.o.Improve
	for improved := true; improved; {
		improved = false
		for _, k := range slices.Clone(best) {
			near := map[int]bool{}
			for _, rel := range c.sums[k] {
				for _, t := range c.relations[rel].Terms {
					near[t.Cell] = true
				}
			}
			for _, away := range []func(j int) bool{
				func(j int) bool { return j == k },
				func(j int) bool { return near[j] },
			} {
				if c.solver.t.pivots >= limit {
					return best
				}
				if !slices.Contains(best, k) {
					break
				}
				kept := slices.DeleteFunc(slices.Clone(best), away)
				if other := c.repair(kept, k); c.total(other) < c.total(best) && c.safe(c.pattern(other)) {
					best, improved = other, true
				}
			}
		}
	}
	return best
}

// companion picks the cell that shares most sums with cells already hidden, so that hiding it needs the
// fewest others; at equal numbers the cheapest.
func (c *chooser) companion(cells []int, hidden []bool) int {
	best, bestShared := -1, 0
	for _, k := range cells {
		shared := 0
		for _, rel := range c.sums[k] {
			for _, t := range c.relations[rel].Terms {
				if t.Cell != k && (hidden[t.Cell] || c.cell(t.Cell).Role != Open) {
					shared++
					break
				}
			}
		}
		if best < 0 || shared > bestShared || shared == bestShared && c.cost[k] < c.cost[best] {
			best, bestShared = k, shared
		}
	}
	return best
}

// allShown lists the cells that could still be hidden.
func (c *chooser) allShown(hidden []bool) []int {
	var out []int
	for k := range c.cells {
		if c.free[k] && !hidden[k] {
			out = append(out, k)
		}
	}
	return out
}

// descend finds a safe set quickly: meet the conditions known so far greedily, ask, add the condition that
// fails, and at the end show again what need not have been hidden. It is not ok when greed ends nowhere.
func (c *chooser) descend() (safe []int, ok bool) {
	for {
		picked, ok := greedyCover(c.cuts, c.cost)
		if !ok {
			return nil, false
		}
		cut := c.firstCut(c.pattern(picked))
		if cut == nil {
			return c.prune(picked), true
		}
		c.cuts = append(c.cuts, *cut)
	}
}

// prune shows what can be shown, the dearest first.
func (c *chooser) prune(picked []int) []int {
	order := slices.Clone(picked)
	slices.SortStableFunc(order, func(a, b int) int { return int(c.cost[b] - c.cost[a]) })
	for _, k := range order {
		without := slices.DeleteFunc(slices.Clone(picked), func(j int) bool { return j == k })
		hidden := c.pattern(without)
		if c.failsStill(hidden, c.needed[k]) {
			continue
		}
		if f := c.firstFailure(hidden); f != nil {
			c.needed[k] = &f.question
			continue
		}
		picked = without
	}
	return picked
}

// addCuts collects conditions that a pattern fails, hiding all of one before looking for the next, so
// that they do not overlap. It returns how many it found.
func (c *chooser) addCuts(hidden []bool) int {
	n := 0
	for ; ; n++ {
		cut := c.firstCut(hidden)
		if cut == nil {
			return n
		}
		c.cuts = append(c.cuts, *cut)
		if len(cut.cells) == 0 {
			return n + 1
		}
		for _, k := range cut.cells {
			hidden[k] = true
		}
	}
}

// safe reports whether a pattern leaves possible what must remain possible.
func (c *chooser) safe(hidden []bool) bool { return c.firstFailure(hidden) == nil }

// failure is a question that a pattern fails.
type failure struct {
	question
	partner int // of the cluster, hidden; or -1
	found   answer
	blame   []int
}

// firstFailure asks the questions in order and returns the first that a pattern fails, or nil.
func (c *chooser) firstFailure(hidden []bool) *failure {
	c.hide(hidden, false)
	set := cellSetOf(len(c.cells), func(k int) bool { return hidden[k] })
	for q, partner := range c.questions {
		if c.pool.fits(&q, set) {
			continue
		}
		if found, blame := c.ask(q); found != possible {
			return &failure{q, partner, found, blame}
		}
	}
	return nil
}

// firstCut returns the condition of the first question that a pattern fails, or nil. A question that
// met a limit leaves only that something more must be hidden, and the result unproven; when nothing
// more can be hidden, the audit that follows the search decides, or the partner of small counts must be shown.
func (c *chooser) firstCut(hidden []bool) *row {
	f := c.firstFailure(hidden)
	if f == nil {
		return nil
	}
	cut := &row{holder: f.partner}
	if f.partner >= 0 && !c.free[f.partner] {
		cut.holder = -1 // it is hidden whatever is chosen
	}
	if f.found == unknown {
		c.optimal = false
		cut.cells = c.allShown(hidden)
	} else {
		cut.cells = c.shorten(f.question, c.shown(f.blame))
	}
	if cut.holder < 0 && len(cut.cells) == 0 {
		return nil
	}
	return cut
}

// shown keeps the cells of a list that could be hidden and are not.
func (c *chooser) shown(blame []int) []int {
	var out []int
	for _, k := range blame {
		if c.free[k] && !c.hidden[k] {
			out = append(out, k)
		}
	}
	return out
}

// shorten hides all but the blamed cells, then one of them after another, cheapest first, as long as
// the number stays excluded: what remains is needed to exclude it.
func (c *chooser) shorten(q question, cut []int) []int {
	order := slices.Clone(cut)
	slices.SortStableFunc(order, func(a, b int) int { return int(c.cost[a] - c.cost[b]) })
	for _, j := range order {
		if !slices.Contains(cut, j) {
			continue
		}
		hidden := make([]bool, len(c.cells))
		for i := range hidden {
			hidden[i] = c.base[i] || c.free[i]
		}
		for _, i := range cut {
			hidden[i] = i == j
		}
		c.hide(hidden, false)
		if found, blame := c.ask(q); found == impossible {
			cut = c.shown(blame)
		}
	}
	return cut
}
