package disclose

import (
	"slices"

	"lvv/anonymize/cells"
	"lvv/sql"
	"lvv/transform"
)

// nightsStep is what the nights of a place with few persons are rounded to.
const nightsStep = 10

// roundNights rounds the nights that few persons spent, so that these cannot be narrowed through them: the wholes of
// what a count is at most, where the count is small. What is rounded alone would follow from the total, so that a
// second one is rounded with it, the next in the order of the table.
func (c *control) roundNights() {
	for i := range c.cat.Figures {
		f := &c.cat.Figures[i]
		for _, rel := range f.Relations {
			if rel.Kind != sql.AtMost || len(rel.Whole) != 1 || f.About == sql.Nothing {
				continue
			}
			whole := c.cat.Figure(rel.Whole[0].Figure)
			if whole.Nightly != "" && !controlled(whole, c.exact.Period) {
				c.roundWholes(&rel)
			}
		}
	}
}

func (c *control) roundWholes(rel *sql.Relation) {
	dims := rel.Whole[0].Free()
	var nights []transform.Figure // of the places that have any
	few := 0
	var round []bool
	for _, w := range c.exact.Breakdown(rel.Whole[0].Figure, dims...) {
		if w.Value.Kind() != transform.Count || w.Value.Int() == 0 {
			continue
		}
		part := c.exact.Figure(rel.Part.Figure, pairs(w.Dims)...)
		small := part != nil && part.Value.Kind() == transform.Count && part.Value.Int() > 0 && part.Value.Int() < int64(c.MinCell)
		nights, round = append(nights, w), append(round, small)
		if small {
			few++
		}
	}
	if few == 0 {
		return
	}
	if first := slices.Index(round, true); few == 1 && len(nights) > 1 {
		order, second := c.options.Order, -1
		if order == nil {
			order = inOrder
		}
		rank := func(i int) int { return order("nights of "+rel.Whole[0].Figure, i, len(nights)) }
		for i := range nights {
			if i != first && (second < 0 || rank(i) < rank(second)) {
				second = i
			}
		}
		round[second] = true
	}
	for i, w := range nights {
		if round[i] {
			near := (w.Value.Int() + nightsStep/2) / nightsStep * nightsStep
			c.ranges[name(w.ID, w.Dims)] = cells.Range{Low: max(0, near-nightsStep/2), High: near + nightsStep/2 - 1}
		}
	}
}

// pairs writes dimensions as [transform.Results.Figure] takes them.
func pairs(dims []transform.Dim) []string {
	var out []string
	for _, d := range dims {
		out = append(out, d.Name, d.Value)
	}
	return out
}
