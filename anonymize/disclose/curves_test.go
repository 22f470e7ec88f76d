package disclose

import (
	"slices"
	"strings"
	"testing"

	"lvv/anonymize/published"
	"lvv/sql"
	"lvv/transform"
	"lvv/transform/engine"
)

// TestEndsOfCurves holds the catalogue's word on what those who ended are among against a random register: over the time from the pilot's start, and, at each
// number of days, over that between two reports.
func TestEndsOfCurves(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	results, err := computeQuarters(register(240, 7, 0, 1), "2020-Q1", "2020-Q2", "all")
	if err != nil {
		t.Fatal(err)
	}
	counted := func(r *transform.Results, n *sql.Count) (sum int64) {
		for i := range r.Figures {
			for _, c := range countsOf(cat, &r.Figures[i]) {
				if c.is(n) {
					sum += c.value
				}
			}
		}
		return sum
	}
	before, after, all := results[0], results[1], results[2]
	whole := 0
	for i := range cat.Curves {
		k := &cat.Curves[i]
		check := func(r *transform.Results, is, was []int64) {
			others := int64(0)
			for w := range k.Among {
				ended, of := is[w], counted(r, &k.Among[w])
				if was != nil {
					ended -= was[w]
				}
				if w == len(k.Among)-1 {
					ended += others
				}
				others += of
				if ended > of {
					t.Errorf("%s, %s: %d ended with %s, among %d", k.ID, r.Period.Label, ended, k.Ends.Values[w].Value, of)
				}
			}
		}
		lifetimes := all.SeriesNamed(k.Lifetimes)
		steps := readSteps(lifetimes)
		last := steps[len(steps)-1]
		check(all, last.byEnd, nil)
		then, now := readSteps(before.SeriesNamed(k.Lifetimes)), readSteps(after.SeriesNamed(k.Lifetimes))
		for _, s := range now {
			check(after, s.byEnd, at(then, s.day).byEnd)
		}
		if n, some := allEnded(lifetimes, k); some {
			whole++
			if of := counted(all, k.All); n != of || n != last.ends {
				t.Errorf("%s: %d ended and %d are added up, of %d", k.ID, last.ends, n, of)
			}
		}
		if last.ends < 30 || len(now) < 30 {
			t.Errorf("%s: %d ended, too few to mean anything", k.ID, last.ends)
		}
	}
	if whole == 0 {
		t.Error("no curve counts all who ended")
	}
}

// TestCurvesTellEnds: at each point of a curve that is told apart by ways out, and at no other, a report tells how many had ended in each. Of the
// samples' points some are left out because of tables.
func TestCurvesTellEnds(t *testing.T) {
	results, all, docs, cat := publishedQuarters(t)
	shown, possible := 0, 0
	for q, d := range docs {
		c := control{Published: all[q], exact: results[q], cat: cat}
		for i := range cat.Curves {
			k := &cat.Curves[i]
			var days []string
			for _, row := range d.SeriesNamed(k.IncidenceSteps).Rows {
				days = append(days, row[0].String())
			}
			for n := range d.Figures {
				if f := &d.Figures[n]; f.ID == k.Incidence && f.Known() {
					days = append(days, f.Dim("day"))
				}
			}
			steps, told := readSteps(results[q].SeriesNamed(k.Lifetimes)), pointsOf(d.SeriesNamed(k.Lifetimes), k)
			for _, p := range told {
				day := engine.CountOf(p.days).String()
				if !slices.Contains(days, day) || !slices.Equal(p.ended, at(steps, p.days).byEnd) {
					t.Errorf("%s: %s tells %v after %s days", d.Period.Label, k.ID, p.ended, day)
				}
				days = slices.DeleteFunc(days, func(other string) bool { return other == day })
			}
			if len(days) > 0 && !slices.Equal(days, []string{"0"}) {
				t.Errorf("%s: of %s nothing is told after days %s", d.Period.Label, k.ID, strings.Join(days, ", "))
			}
			shown, possible = shown+len(told), possible+len(c.pointsIn(k))
		}
	}
	if shown == 0 || shown >= possible {
		t.Errorf("%d points are shown of %d that could be", shown, possible)
	}
}

// TestAuditKnowsCurves: where a document says that nearly all had ended otherwise, no room is left for those who ended with the outcomes of which a curve tells.
func TestAuditKnowsCurves(t *testing.T) {
	results, cat := sampleQuarters(t)
	_, docs := publish(t, results[3:], cat)
	d := *docs[0]
	k := &cat.Curves[slices.IndexFunc(cat.Curves, func(k sql.Curve) bool { return k.All != nil })]
	s := *d.SeriesNamed(k.Lifetimes)
	all := int64(0)
	for _, row := range s.Rows {
		all += row[1].Int()
	}
	durable, _ := valueOf(results[3], &count{id: "durable.cases"})
	for left := durable; left <= all; left++ { // fewer would leave no room for the durable ones
		row := []engine.Value{engine.CountOf(300), engine.CountOf(all - left)}
		for range k.Among[1:] {
			row = append(row, engine.CountOf(0))
		}
		rest := make([]engine.Value, len(row)+1)
		rest[1] = engine.CountOf(left)
		s.Rows = [][]engine.Value{append(row, engine.CountOf(all-left)), rest}
		d.Series = slices.Clone(d.Series)
		d.Series[slices.IndexFunc(d.Series, func(one published.Series) bool { return one.ID == s.ID })] = s
		a, err := AuditDocument(&d, nil, cat)
		if err != nil {
			continue // it leaves no room for the outcomes that are shown
		}
		if len(a.Faults) == 0 {
			t.Errorf("%d of %d had ended otherwise, and nothing is said of it", all-left, all)
		}
		return
	}
	t.Error("every document contradicts itself")
}

// TestAuditReadsAnySeries: whatever stands in a document in the place of how many had ended, the audit does not break down.
func TestAuditReadsAnySeries(t *testing.T) {
	results, cat := sampleQuarters(t)
	_, docs := publish(t, results[3:], cat)
	for i := range cat.Curves {
		at := slices.IndexFunc(docs[0].Series, func(s published.Series) bool { return s.ID == cat.Curves[i].Lifetimes })
		for column := range docs[0].Series[at].Columns {
			for _, odd := range []engine.Value{{}, engine.TextOf("five"), engine.RealOf(0.5)} {
				d := *docs[0]
				d.Series = slices.Clone(d.Series)
				d.Series[at].Rows = slices.Clone(d.Series[at].Rows)
				d.Series[at].Rows[0] = slices.Clone(d.Series[at].Rows[0])
				d.Series[at].Rows[0][column] = odd
				if a, err := AuditDocument(&d, nil, cat); err == nil && a.Counts == 0 {
					t.Errorf("%s, %v in the place of column %d: nothing is audited", d.Series[at].ID, odd, column)
				}
			}
		}
	}
}
