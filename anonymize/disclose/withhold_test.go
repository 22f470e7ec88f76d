package disclose

import (
	"testing"

	"lvv/anonymize/published"
	"lvv/internal/day"
	"lvv/sql"
	"lvv/transform"
	"lvv/transform/engine"
)

// TestNothingIsWorkedOut: beside shares and totals that no breakdown divides, small counts of the report itself are not given away, nor by
// which values are listed.
func TestNothingIsWorkedOut(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	count := func(id string, n int64, dims ...string) transform.Figure {
		f := transform.Figure{ID: id, Unit: "count", Value: engine.CountOf(n)}
		for i := 0; i < len(dims); i += 2 {
			f.Dims = append(f.Dims, transform.Dim{Name: dims[i], Value: dims[i+1]})
		}
		return f
	}
	cases := []struct {
		name    string
		figures []transform.Figure
		hidden  string // the name of what may not be shown
	}{
		{"a share of persons who left leaves the rest of them", []transform.Figure{
			count("outflow.persons", 8),
			count("outflow.persons_level", 5, "level", "durable"), count("outflow.persons_level", 2, "level", "semi_durable"), count("outflow.persons_level", 1, "level", "none"),
			{ID: "durable.leavers_broad", Unit: "ratio", Value: engine.RealOf(7.0 / 8), Numerator: engine.CountOf(7), Denominator: engine.CountOf(8)},
		}, "durable.leavers_broad"},
		{"as many are proven as there are", []transform.Figure{
			count("durable.cases", 3),
			count("durable.cases", 3, "outcome", "return"), count("durable.cases", 0, "outcome", "onward"), count("durable.cases", 0, "outcome", "legalisation"),
			count("durable.proven", 3),
		}, "durable.proven"},
		{"the one region that occurs", []transform.Figure{
			count("durable.cases", 1),
			count("durable.cases", 1, "outcome", "return"), count("durable.cases", 0, "outcome", "onward"), count("durable.cases", 0, "outcome", "legalisation"),
			count("durable.destination", 1, "region", "Western Asia"),
		}, "durable.destination|region=Caribbean"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := &transform.Results{Pilot: "A", Figures: c.figures, Period: transform.Period{Label: "2020-Q1", From: day.Of(2020, 1, 1), To: day.Of(2020, 3, 31), AsOf: day.Of(2020, 3, 31)}}
			p, err := Protect(r, cat, DefaultOptions(5))
			if err != nil {
				t.Fatal(err)
			}
			doc := p.Document(cat)
			a, err := AuditDocument(doc, nil, cat)
			if err != nil || len(a.Faults) > 0 {
				t.Errorf("audit: %v %v", a, err)
			}
			found := false
			for i := range doc.Figures {
				f := &doc.Figures[i]
				found = found || f.Name() == c.hidden && f.Suppressed()
				if f.Suppressed() && f.Date != day.None {
					t.Errorf("%s is hidden and has the date %s", f.Name(), f.Date)
				}
				if f.Range != nil && f.Range.Low == f.Range.High && f.Range.Low > 0 && f.Range.Low < 5 {
					t.Errorf("%s reads %d", f.Name(), f.Range.Low)
				}
			}
			if !found {
				t.Errorf("%s is shown, or missing", c.hidden)
			}
			if faults := doc.Contradictions(r); len(faults) > 0 {
				t.Error(faults)
			}
		})
	}
}

// TestNothingFollows: what reports tell beside one another narrows no small count that reads as such, and works out none behind a range.
func TestNothingFollows(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	for why, q := range map[string]sequence{
		"a share of the year would say that one of nine trajectories of its quarters was a return":  {persons: 300, seed: 298421, periods: [][2]string{{"2019-Q3"}, {"2019-Q4"}, {"2019"}}},
		"who had left by the end of the next quarter is known before anybody counts who left in it": {persons: 80, seed: 298, periods: [][2]string{{"2020-Q1", "2020-06-30"}, {"2020-Q2"}}},
		"those admitted are those decided, less those refused and withdrawn":                        {persons: 200, seed: 1003, periods: [][2]string{{"2020-Q2"}, {"2020-06"}}},
		"those admitted are no longer pending, as they were the day before":                         {persons: 120, seed: 3000, periods: [][2]string{{"2020-Q2"}, {"2020-06"}, {"2020-06-30..2020-06-30"}}},
		"who is there at the end has the nights that are of no other day":                           {persons: 40, seed: 11000, periods: [][2]string{{"2019-Q1"}}},
		"where scenarios changed, trajectories began":                                               {persons: 20, seed: 4000, periods: [][2]string{{"2019-09"}, {"2019-10"}, {"2019-11"}, {"2019-12"}, {"2020-01"}, {"2020-02"}}},
	} {
		t.Run(why, func(t *testing.T) {
			issues, _, refused := q.issue(t, cat)
			all, narrowed, err := attack(issues)
			if err != nil || refused > 0 || all == 0 || len(narrowed) > 0 {
				t.Errorf("%d counts, %d reports refused: %v, %v", all, refused, narrowed, err)
			}
		})
	}
}

// TestWithdrawn: of a table that is to be withdrawn, nothing is told but that it is; and a total that is to be, is withheld.
func TestWithdrawn(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	r := &transform.Results{Pilot: "A", Period: transform.Period{Label: "2020-Q1", From: day.Of(2020, 1, 1), To: day.Of(2020, 3, 31), AsOf: day.Of(2020, 3, 31)}}
	for _, n := range []int64{40, 12, 28} {
		f := transform.Figure{ID: "outflow.trajectories", Unit: "count", Value: engine.CountOf(n)}
		if n < 40 {
			f.Dims = []transform.Dim{{Name: "outcome", Value: map[int64]string{12: "return", 28: "unknown_destination"}[n]}}
		}
		r.Figures = append(r.Figures, f)
	}
	o := DefaultOptions(5)
	table, total := TableName("outflow.trajectories", "", []string{"outcome"}), TableName("outflow.trajectories", "", nil)
	for _, o.Withdrawn = range [][]string{nil, {table}, {table, total}} {
		withdrawn, withheld := len(o.Withdrawn) > 0, len(o.Withdrawn) > 1
		p, err := Protect(r, cat, o)
		if err != nil {
			t.Fatal(err)
		}
		doc := p.Document(cat)
		if f := doc.Figure("outflow.trajectories", "outcome", "return"); f.Known() == withdrawn || withdrawn && (f.Range == nil || f.Range.Low > 0 || f.Range.High != published.Unbounded && f.Range.High < 40) {
			t.Errorf("withdrawn %v: %+v", withdrawn, f)
		}
		if f := doc.Figure("outflow.trajectories"); f.Known() == withheld {
			t.Errorf("withheld %v: the total is %+v", withheld, f)
		}
	}
}
