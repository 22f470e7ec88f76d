package release

import (
	"slices"

	"lvv/anonymize/kanon"
)

// alpha is the largest share of the persons of a class that may have one sensitive value that says
// something, unless the value is more common than that in the whole table ((alpha, k)-anonymity).
const alpha = 0.6

// silent are the sensitive values that say nothing of a person.
var silent = []string{"none", "running", unknown, "no_trajectory", ""}

// rules are what each class of a table must meet.
type rules struct {
	k       int
	columns []columnRule // of each sensitive column
}

// columnRule is what is asked of a sensitive column.
type columnRule struct {
	values  int // l, at most what the whole table has
	pending []string
	common  map[string]float64 // share of the persons of the table, of values above alpha
}

// rulesFor returns the rules that hold for a table of these rows.
func (t *table) rulesFor(rows []*row, k, l int) *rules {
	r := &rules{k: k}
	all := max(personsOf(rows), 1)
	for f, c := range t.sensitive() {
		rule := columnRule{pending: c.pending, common: map[string]float64{}}
		for _, g := range group(rows, func(r *row) string { return r.sensitive[f] }) {
			value := g[0].sensitive[f]
			if !slices.Contains(c.pending, value) {
				rule.values++
			}
			if share := float64(personsOf(g)) / float64(all); share > alpha {
				rule.common[value] = share
			}
		}
		rule.values = min(rule.values, l)
		r.columns = append(r.columns, rule)
	}
	return r
}

func (c *columnRule) maxShare(value string) float64 {
	if slices.Contains(silent, value) {
		return 1
	}
	return max(alpha, c.common[value])
}

// forKanon states the rules as package kanon takes them.
func (r *rules) forKanon() []kanon.Rule {
	var out []kanon.Rule
	for i := range r.columns {
		c := &r.columns[i]
		out = append(out, kanon.Rule{
			Values: c.values, MaxShare: c.maxShare,
			Pending: func(value string) bool { return slices.Contains(c.pending, value) },
		})
	}
	return out
}

// reached is what a class meets.
type reached struct {
	persons int
	share   float64   // the largest part of the rows that are one person's
	values  []int     // of each sensitive column; pending ones do not count, -1 where all are pending
	alpha   []float64 // of each sensitive column, the largest share of persons with a value that says something
	over    bool      // some share is larger than the rules allow
}

// measure says what rows meet as one class.
func (r *rules) measure(rows []*row) reached {
	m := reached{persons: personsOf(rows)}
	for _, g := range group(rows, func(r *row) string { return r.person }) {
		m.share = max(m.share, float64(len(g))/float64(len(rows)))
	}
	for f := range r.columns {
		c := &r.columns[f]
		n, counted, most := 0, false, 0.0
		for _, g := range group(rows, func(r *row) string { return r.sensitive[f] }) {
			value := g[0].sensitive[f]
			if !slices.Contains(c.pending, value) {
				n, counted = n+1, true
			}
			if slices.Contains(silent, value) {
				continue
			}
			share := float64(personsOf(g)) / float64(m.persons)
			most = max(most, share)
			m.over = m.over || share > c.maxShare(value)+1e-9
		}
		if !counted {
			n = -1
		}
		m.values, m.alpha = append(m.values, n), append(m.alpha, most)
	}
	return m
}

// meets reports whether rows may be one class.
func (r *rules) meets(rows []*row) bool {
	m := r.measure(rows)
	if m.persons < r.k || m.share*float64(r.k) > 1+1e-9 || m.over {
		return false
	}
	for f, n := range m.values {
		if n >= 0 && n < r.columns[f].values {
			return false
		}
	}
	return true
}
