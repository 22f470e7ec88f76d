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
		candidates := t.candidates()
		for _, r := range t.rows {
			r.labels = nil
		}
		if len(candidates) == 0 {
			return nil
		}
		rules := t.rulesFor(candidates, k, l)
		if err := t.recode(ctx, rules, histories(t.name, candidates, before)); err != nil {
			return err
		}
		lost := t.settle(rules, queries)
		if len(lost) == 0 {
			return nil
		}
		for _, r := range lost {
			r.left = true
		}
	}
}

// settle makes labels wider until every class meets the rules and every query that fits anybody fits k
// persons. It returns the rows that stand in the way.
func (t *table) settle(rules *rules, queries []*query) (lost []*row) {
	for {
		if lost := t.join(rules); len(lost) > 0 {
			return lost
		}
		if lost := t.widen(queries, rules.k); len(lost) > 0 {
			return lost
		}
		// Classes that have come to be published alike may break a rule that each of them met.
		if !slices.ContainsFunc(classes(t.published()), func(c []*row) bool { return !rules.meets(c) }) {
			return nil
		}
	}
}

// candidates are the rows that are not left out for good.
func (t *table) candidates() []*row {
	return slices.DeleteFunc(slices.Clone(t.rows), func(r *row) bool { return r.left })
}

// leaveSmallHistories leaves out the rows whose history fewer than k persons share.
func (t *table) leaveSmallHistories(k int, before []*earlier) {
	for _, g := range histories(t.name, t.candidates(), before) {
		if personsOf(g) < k {
			for _, r := range g {
				r.left = true
			}
		}
	}
}

// recode chooses labels history by history. Those of a history that cannot meet the rules on its own are
// what k needs; see join.
func (t *table) recode(ctx context.Context, rules *rules, groups [][]*row) error {
	var hs []*kanon.Hierarchy
	for i := range t.quasi() {
		h, err := kanon.NewHierarchy(t.columns[i].hierarchy)
		if err != nil {
			return fmt.Errorf("hierarchy of %s: %w", t.columns[i].name, err)
		}
		hs = append(hs, h)
	}
	for _, g := range groups {
		var err error
		for _, asked := range [][]kanon.Rule{rules.forKanon(), make([]kanon.Rule, len(rules.columns))} { // or nothing of the sensitive columns
			if err = label(ctx, hs, g, rules.k, asked); err == nil {
				break
			}
		}
		if _, unmet := errors.AsType[*kanon.UnmetError](err); unmet { // one person has too many of the rows
			labels := t.common(g, []*row{{qi: g[0].qi, labels: g[0].qi}})
			for _, r := range g {
				r.labels = labels
			}
			err = nil
		}
		if err != nil {
			return err
		}
	}
	return nil
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

// join publishes each class that does not meet the rules alike with another class, the one that this
// costs least, so that the two together meet them. The persons of each keep a history of their own. It
// returns the rows for which there is none.
func (t *table) join(rules *rules) (lost []*row) {
	all := classes(t.published())
	for again := true; again; {
		again = false
		for i := 0; i < len(all); i++ {
			if rules.meets(all[i]) {
				continue
			}
			at, labels := t.partner(rules, all, i)
			if at < 0 {
				lost = append(lost, all[i]...)
				continue
			}
			again = true
			rows := slices.Concat(all[at], all[i])
			for _, r := range rows {
				r.labels = labels
			}
			all[at] = rows
			all = slices.Delete(all, i, i+1)
			i--
		}
		if len(lost) > 0 {
			return lost
		}
		all = classes(t.published()) // some may be published alike now
	}
	return nil
}

// partner returns the place of the class that another one meets the rules with at the least cost, -1 for
// none, and the labels of the two.
func (t *table) partner(rules *rules, all [][]*row, of int) (best int, labels []string) {
	best, least := -1, math.Inf(1)
	c := all[of]
	for i, o := range all[:min(len(all), seen)] {
		if i == of {
			continue
		}
		to := t.common(c, o)
		cost := t.cost(to, len(c)+len(o)) - t.cost(o[0].labels, len(o))
		if cost < least && rules.meets(slices.Concat(c, o)) {
			best, least, labels = i, cost, to
		}
	}
	return best, labels
}

// cost is the loss of so many rows that are published under the labels.
func (t *table) cost(labels []string, rows int) float64 {
	sum := 0.0
	for i, label := range labels {
		sum += t.columns[i].loss(label)
	}
	return float64(sum * float64(rows)) // rounded here on every processor, so that what is equal stays equal
}

// common returns the narrowest labels that stand for the values of some rows and for all that the
// labels of a published class stand for.
func (t *table) common(rows, published []*row) []string {
	labels := slices.Clone(published[0].labels)
	for i := range labels {
		c := &t.columns[i]
		for _, r := range rows {
			labels[i] = c.widened(labels[i], published[0].qi[i], r.qi[i:i+1])
		}
	}
	return labels
}

// widened returns the narrowest label at or above one that stands for one of the values, on the way up from leaf.
func (c *column) widened(label, leaf string, values []string) string {
	path := c.paths[leaf]
	for _, up := range path[slices.Index(path, label):] {
		if slices.ContainsFunc(values, func(v string) bool { return c.covers(up, v) }) {
			return up
		}
	}
	return kanon.Star
}
