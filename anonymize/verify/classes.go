package verify

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"lvv/internal/lists"
)

// quiet are sensitive values that say nothing of a person.
var quiet = []string{"none", "running", "unknown", "no_trajectory", ""}

// line is a row with whose it is: by the record, else every row is somebody else's.
type line struct {
	person string
	values []string // of the sensitive columns
}

// classes returns the lines by the quasi-identifiers that they share.
func (t *released) classes() map[string][]line {
	out := map[string][]line{}
	if t.who != nil {
		for _, w := range t.who {
			out[w.labels] = append(out[w.labels], line{w.person, strings.Split(w.sensitive, recordSeparator)})
		}
		return out
	}
	for n, row := range t.rows {
		out[t.join(row, t.qi)] = append(out[t.join(row, t.qi)], line{fmt.Sprint(n), t.pick(row, t.sensitive)})
	}
	return out
}

func (t *released) pick(row []string, columns []int) []string {
	return lists.Map(columns, func(c int) string { return row[c] })
}

func (t *released) join(row []string, columns []int) string {
	return strings.Join(t.pick(row, columns), recordSeparator)
}

// shares returns the persons of some lines, how large a part of the lines the most frequent of them
// has, and for a sensitive column how many persons have each value.
func shares(lines []line, column int) (persons int, largest float64, with map[string]int) {
	rows := map[string]int{}
	seen := map[[2]string]bool{}
	with = map[string]int{}
	for _, l := range lines {
		rows[l.person]++
		largest = max(largest, float64(rows[l.person])/float64(len(lines)))
		if pair := [2]string{l.person, l.values[column]}; !seen[pair] {
			seen[pair] = true
			with[l.values[column]]++
		}
	}
	return len(rows), largest, with
}

// checkClasses recounts k, l and alpha of each table.
func (d *delivery) checkClasses(r *Report) {
	for _, t := range d.tables {
		classes := t.classes()
		if len(classes) == 0 {
			r.Add("k", true, "%s: nobody is delivered", t.name)
			continue
		}
		k, largest := math.MaxInt, 0.0
		for _, lines := range classes {
			persons, share, _ := shares(lines, 0)
			k, largest = min(k, persons), max(largest, share)
		}
		inRows := t.who == nil && t.name != "personen"
		good := k >= d.RequiredK && largest*float64(d.RequiredK) <= 1+1e-9 && len(classes) == t.claims.Classes && (inRows || k == t.claims.K)
		found := []any{t.name, len(classes), k, d.RequiredK, t.claims.K, t.claims.Classes, 100 * largest}
		if inRows {
			r.Skip("k", "%s: whose the rows are stands in the steward's part of the output alone; counted in rows", t.name)
			r.Add("k", good, "%s: the smallest of %d classes has %d rows (%d are required; risk.json says %d of %d classes); nobody has more than %.0f %% of the rows of one", found...)
		} else {
			r.Add("k", good, "%s: the smallest of %d classes has %d persons (%d are required; risk.json says %d of %d classes); nobody has more than %.0f %% of the rows of one", found...)
		}
		t.checkSensitive(r, d, classes)
	}
}

// checkSensitive recounts l and alpha.
func (t *released) checkSensitive(r *Report, d *delivery, classes map[string][]line) {
	var all []line
	for _, lines := range classes {
		all = append(all, lines...)
	}
	for i, col := range t.sensitive {
		everybody, _, whole := shares(all, i)
		values := 0
		for v := range whole {
			if v != "running" {
				values++
			}
		}
		needed := min(d.RequiredL, values)
		l, most, over := -1, 0.0, 0
		for _, lines := range classes {
			persons, _, with := shares(lines, i)
			n := 0
			for v, count := range with {
				if v != "running" {
					n++
				}
				share := float64(count) / float64(persons)
				if slices.Contains(quiet, v) {
					continue
				}
				most = max(most, share)
				if share > max(d.RequiredAlpha, float64(whole[v])/float64(everybody))+1e-9 {
					over++
				}
			}
			if n > 0 && (l < 0 || n < l) {
				l = n
			}
		}
		name := t.columns[col]
		claimed, told := t.claims.L[name]
		r.Add("l", (l < 0 || l >= needed) && told == (l >= 0) && claimed == max(l, 0),
			"%s: the fewest values of %s in a class with any but running is %d (%d are required; risk.json says %d)", t.name, name, max(l, 0), needed, claimed)
		r.Add("alpha", over == 0 && (t.who == nil || math.Abs(most-t.claims.Alpha[name]) < 1e-9),
			"%s: at most %.0f %% of a class has one value of %s that says something (%.0f %% is allowed, or the share of the whole table)", t.name, 100*most, name, 100*d.RequiredAlpha)
	}
}
