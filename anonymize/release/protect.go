package release

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"lvv/anonymize/kanon"
)

// protect chooses the labels of every row, or that it is left out. Rows that were published alike in
// every earlier delivery have one history. Classes are made within one history, so that whoever lays
// the deliveries side by side finds no fewer than k persons in what never came apart. What cannot be
// protected is left out, and the rest is done again without it.
func (t *table) protect(ctx context.Context, k, l int, before []*earlier, queries []*query) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		t.leaveSmallHistories(k, before)
		candidates := slices.DeleteFunc(slices.Clone(t.rows), func(r *row) bool { return r.left })
		for _, r := range t.rows {
			r.labels = nil
		}
		if len(candidates) == 0 {
			return nil
		}
		rules := t.rulesFor(candidates, k, l)
		alone, err := t.recode(ctx, rules, histories(t.name, candidates, before))
		if err != nil {
			return err
		}
		lost := t.join(rules, alone)
		if len(lost) == 0 {
			lost = t.widen(queries, k)
		}
		if len(lost) == 0 {
			return nil
		}
		for _, r := range lost {
			r.left = true
		}
	}
}

// leaveSmallHistories leaves out the rows whose history fewer than k persons share.
func (t *table) leaveSmallHistories(k int, before []*earlier) {
	candidates := slices.DeleteFunc(slices.Clone(t.rows), func(r *row) bool { return r.left })
	for _, g := range histories(t.name, candidates, before) {
		if personsOf(g) < k {
			for _, r := range g {
				r.left = true
			}
		}
	}
}

// recode chooses labels history by history. It returns the classes of histories that cannot meet the
// rules on their own: their rows have the labels that they need for k.
func (t *table) recode(ctx context.Context, rules *rules, groups [][]*row) (alone []*class, err error) {
	var hs []*kanon.Hierarchy
	for i := range t.quasi() {
		h, err := kanon.NewHierarchy(t.columns[i].hierarchy)
		if err != nil {
			return nil, fmt.Errorf("hierarchy of %s: %w", t.columns[i].name, err)
		}
		hs = append(hs, h)
	}
	for _, g := range groups {
		asked := rules.forKanon()
		err := label(ctx, hs, g, rules.k, asked)
		if _, unmet := errors.AsType[*kanon.UnmetError](err); !unmet {
			if err != nil {
				return nil, err
			}
			continue
		}
		err = label(ctx, hs, g, rules.k, rules.withoutValues())
		if _, unmet := errors.AsType[*kanon.UnmetError](err); unmet {
			alone = append(alone, &class{g}) // one person has too many of the rows
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, c := range classes(g) {
			if !rules.meets(c.rows) {
				alone = append(alone, c)
			}
		}
	}
	return alone, nil
}

// label makes some rows anonymous among themselves.
func label(ctx context.Context, hs []*kanon.Hierarchy, rows []*row, k int, asked []kanon.Rule) error {
	table := kanon.NewTable(hs, len(asked), true)
	for _, r := range rows {
		if err := table.Add(r.qi, r.sensitive, r.person); err != nil {
			return err
		}
	}
	res, err := kanon.Anonymize(ctx, table, kanon.Options{K: k, L: 1, Mode: kanon.Local, Rules: asked})
	if err != nil {
		return err
	}
	for i, r := range rows {
		r.labels = slices.Clone(res.Labels[res.Class[i]])
	}
	return nil
}

// seen bounds the classes that are looked at for one that is to be joined or widened.
const seen = 20_000

// join publishes each of the classes alike with another class, the one that this costs least, so that
// the two together meet the rules. The persons of each keep a history of their own. It returns the rows
// for which there is none.
func (t *table) join(rules *rules, alone []*class) (lost []*row) {
	waiting := map[*row]bool{}
	for _, c := range alone {
		for _, r := range c.rows {
			waiting[r] = true
		}
	}
	others := classes(slices.DeleteFunc(t.published(), func(r *row) bool { return waiting[r] }))
	for _, c := range alone {
		best, least := -1, math.Inf(1)
		var labels []string
		for i, o := range others[:min(len(others), seen)] {
			to := t.common(c.rows, o.rows)
			if cost := t.cost(to, len(c.rows)+len(o.rows)) - t.cost(o.rows[0].labels, len(o.rows)); cost < least && rules.meets(slices.Concat(c.rows, o.rows)) {
				best, least, labels = i, cost, to
			}
		}
		if best < 0 {
			lost = append(lost, c.rows...)
			continue
		}
		others[best].rows = append(others[best].rows, c.rows...)
		for _, r := range others[best].rows {
			r.labels = labels
		}
	}
	return lost
}

// cost is the loss of so many rows that are published under the labels.
func (t *table) cost(labels []string, rows int) float64 {
	sum := 0.0
	for i, label := range labels {
		sum += t.columns[i].loss(label)
	}
	return sum * float64(rows)
}

// common returns the narrowest labels that stand for the values of some rows and for all that the
// labels of a published class stand for.
func (t *table) common(rows, published []*row) []string {
	labels := slices.Clone(published[0].labels)
	for i := range labels {
		c := &t.columns[i]
		for _, r := range rows {
			labels[i] = c.widened(labels[i], published[0].qi[i], r.qi[i])
		}
	}
	return labels
}

// widened returns the narrowest label at or above one that stands for value, on the way up from leaf.
func (c *column) widened(label, leaf, value string) string {
	path := c.paths[leaf]
	path = path[slices.Index(path, label):]
	for _, up := range path {
		if c.covers(up, value) {
			return up
		}
	}
	return kanon.Star
}
