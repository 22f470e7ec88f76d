package main

import (
	"slices"
	"testing"

	"lvv/anonymize/disclose"
	"lvv/ingest"
	"lvv/internal/day"
	"lvv/sql"
	"lvv/transform"
	"lvv/transform/engine"
)

// TestHowFarRegistersGo: since when no stay began or ended says that nobody moved, and so what the nights of a location are of. It is told
// while all counts by location are.
func TestHowFarRegistersGo(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	checks, err := sql.LoadChecks()
	if err != nil {
		t.Fatal(err)
	}
	notCurrent := checks[slices.IndexFunc(checks, func(c sql.Check) bool { return c.ID == "register_not_current" })]
	last := day.Of(2020, 10, 31)
	for _, test := range []struct {
		there    int64
		findings int
		dataTo   day.Day
	}{
		{8, 2, last - 40}, {3, 1, last - 45},
	} {
		count := func(n int64, dims ...transform.Dim) transform.Figure {
			return transform.Figure{ID: "occupancy.persons_on_reference_date", Dims: dims, Unit: "count", Value: engine.CountOf(n), Date: day.None}
		}
		period := transform.Period{Label: "2020-10", From: day.Of(2020, 10, 1), To: last, AsOf: last}
		p, err := disclose.Protect(&transform.Results{Period: period, Figures: []transform.Figure{
			count(10 + test.there), count(10, transform.Dim{Name: "location", Value: "A"}), count(test.there, transform.Dim{Name: "location", Value: "B"}),
		}}, cat, disclose.DefaultOptions(5))
		if err != nil {
			t.Fatal(err)
		}
		r := &runJob{flags: &runFlags{}, published: p, period: period,
			delivery: &delivery{read: &ingest.Result{Tables: []ingest.TableAccount{
				{Table: "stays", Delivered: true, LastEvent: last - 40}, {Table: "trajectories", Delivered: true, LastEvent: last - 45},
			}}},
			checks: []transform.CheckResult{{Check: notCurrent, Table: "stays", Count: 1}, {Check: notCurrent, Table: "trajectories", Count: 1}},
		}
		if q := r.qualityForReaders(cat); len(q.Findings) != test.findings {
			t.Errorf("%d there: told %+v", test.there, q.Findings)
		}
		if to := r.dataTo(p.WithheldTables(cat)); to != test.dataTo {
			t.Errorf("%d there: data to %v", test.there, to)
		}
	}
}
