package release

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"lvv/anonymize/kanon"
)

// The columns of personen whose values must vary in each class.
const sensitiveCount = 2

var sensitiveNames = [sensitiveCount]string{"special_group", "final_outcome"}

func (p *person) sensitive() [sensitiveCount]string {
	return [sensitiveCount]string{p.specialGroup, p.finalOutcome}
}

// outcomeColumn is the place of final_outcome among the sensitive columns.
const outcomeColumn = 1

// open reports whether a final outcome is none yet.
func open(outcome string) bool {
	return outcome == "running" || outcome == "no_trajectory" || outcome == unknown
}

// settled is the final outcome where there is one. Who has none yet will have one: a class that
// varies only in that would soon vary no more.
func (p *person) settled() string {
	if open(p.finalOutcome) {
		return ""
	}
	return p.finalOutcome
}

// publish chooses the published values, history by history. A group that cannot meet k or l on its
// own is left out, and who is linkable: such persons have no published values.
func (d *delivery) publish(ctx context.Context, o *Options) error {
	if len(d.scope) == 0 {
		return nil // nobody was admitted yet, so that no month of admission has a hierarchy
	}
	var hs []*kanon.Hierarchy
	for q := range d.rows {
		h, err := kanon.NewHierarchy(d.rows[q])
		if err != nil {
			return fmt.Errorf("hierarchy of %s: %w", qiNames[q], err)
		}
		hs = append(hs, h)
	}
	candidates := slices.DeleteFunc(slices.Clone(d.scope), func(p *person) bool { return p.linkable })
	need := d.valuesNeeded(candidates, o.Terms.L)
	var joining [][]*person
	for _, group := range histories(candidates, d.before) {
		varying := d.varying(group)
		enough, allOpen := variesEnough(varying, need)
		if !enough {
			continue
		}
		table := kanon.NewTable(hs, len(need)+1, false)
		for i, p := range group {
			if err := table.Add(p.qi[:], append(varying[i], p.settled()), ""); err != nil {
				return err
			}
		}
		res, err := kanon.Anonymize(ctx, table, kanon.Options{K: o.Terms.K, L: o.Terms.L, Mode: kanon.Local})
		if _, ok := errors.AsType[*kanon.TooFewError](err); ok {
			continue
		}
		if err != nil {
			return err
		}
		for i, p := range group {
			copy(p.published[:], res.Labels[res.Class[i]])
		}
		if allOpen {
			joining = append(joining, group)
		}
	}
	d.join(joining)
	return nil
}

// varying returns for each person of one history the values that must vary: those of this delivery,
// and those that earlier deliveries told, since who lays the deliveries side by side reads them too.
func (d *delivery) varying(group []*person) [][]string {
	rows := make([][]string, len(group))
	for i, p := range group {
		now := p.sensitive()
		rows[i] = append(rows[i], now[:]...)
		for _, e := range d.before {
			t := e.persons[p.id] // absent: of the whole group
			rows[i] = append(rows[i], t.sensitive[:]...)
		}
	}
	return rows
}

// valuesNeeded is l for each column of varying, at most what all candidates together have.
func (d *delivery) valuesNeeded(candidates []*person, l int) []int {
	need := make([]int, 0, sensitiveCount*(1+len(d.before)))
	for f := range sensitiveCount {
		seen := map[string]bool{}
		for _, p := range candidates {
			seen[p.sensitive()[f]] = true
		}
		need = append(need, min(l, len(seen)))
	}
	for _, e := range d.before {
		for f := range sensitiveCount {
			seen := map[string]bool{}
			for _, t := range e.persons {
				seen[t.sensitive[f]] = true
			}
			need = append(need, min(l, len(seen)))
		}
	}
	return need
}

// variesEnough reports whether each column takes the values that are needed. A column of an earlier
// delivery in which the group was absent holds nothing. That all of a group have no outcome yet tells
// so little that it does not keep them out of the delivery, which would lack the newest of all then;
// allOpen says that it is so in this delivery.
func variesEnough(rows [][]string, need []int) (enough, allOpen bool) {
	for f, n := range need {
		seen := map[string]bool{}
		isOpen := f%sensitiveCount == outcomeColumn
		for _, row := range rows {
			seen[row[f]] = true
			isOpen = isOpen && open(row[f])
		}
		switch {
		case len(seen) >= n || seen[""]:
		case isOpen:
			allOpen = allOpen || f == outcomeColumn
		default:
			return false, false
		}
	}
	return true, allOpen
}
