package html

import (
	"fmt"
	"math"
	"testing"

	"lvv/anonymize/disclose"
	"lvv/anonymize/published"
	"lvv/internal/day"
	"lvv/reports"
	"lvv/sql"
	"lvv/transform"
)

// results makes a plausible third quarter of 2020 out of the catalogue, so that every figure and
// breakdown is there: 360 places, about 300 people, 61 durable solutions. The numbers are invented.
func results(t testing.TB) *transform.Results {
	t.Helper()
	c, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	r := &transform.Results{Pilot: "Amsterdam", Period: transform.Period{
		Label: "2020-Q3", From: day.Of(2020, 7, 1), To: day.Of(2020, 9, 30), AsOf: day.Of(2020, 9, 30)}}
	open := map[string][]string{
		"location": {"Walborg", "Havenstraat", "Transformatorweg", "Ringdijk 12", "Zeeburgerpad"},
		"source":   {"rijk", "gemeentefonds"}, "year": {"2019", "2020"},
	}
	seed := 0
	for i := range c.Figures {
		f := &c.Figures[i]
		for _, b := range f.Breakdowns {
			expand(b, open, nil, func(dims []transform.Dim, unit string) {
				seed++
				if unit == "" {
					unit = f.Unit
				}
				r.Figures = append(r.Figures, transform.Figure{ID: f.ID, Dims: dims, Unit: unit, Value: invented(dims, unit, seed), Date: day.None})
			})
		}
	}
	set(r, "occupancy.rate", transform.RealOf(0.8421))
	set(r, "occupancy.peak", transform.CountOf(318))
	r.Figure("occupancy.peak").Date = day.Of(2020, 8, 12)
	set(r, "occupancy.persons_on_reference_date", transform.CountOf(301))
	set(r, "durable.cases", transform.CountOf(31))
	set(r, "durable.target", transform.CountOf(72))
	set(r, "durable.expected", transform.RealOf(37.9))
	set(r, "durable.forecast", transform.CountOf(48), "stat", "p10")
	set(r, "durable.forecast", transform.CountOf(59), "stat", "p50")
	set(r, "durable.forecast", transform.CountOf(74), "stat", "p90")
	set(r, "durable.share_strict", transform.RealOf(0.214))
	set(r, "durable.share_broad", transform.RealOf(0.583))
	set(r, "duration.survival_median", transform.RealOf(402), "stat", "estimate")
	set(r, "funding.balance", transform.CentsOf(165600000))
	set(r, "funding.entitlement_to_date", transform.CentsOf(1044000000))
	set(r, "funding.received_to_date", transform.CentsOf(878400000))
	set(r, "funding.per_occupied_night", transform.CentsOf(5938))
	set(r, "inflow.applications", transform.CountOf(126))
	set(r, "inflow.admissions", transform.CountOf(84))
	set(r, "inflow.admitted_persons", transform.CountOf(83))
	r.Series = []transform.Series{placesSeries(), progressSeries(), fanSeries(), curveSeries(), incidenceSeries(), fundingSeries(), flowSeries()}
	r.Changes = []transform.Change{
		{ID: "occupancy.rate", Is: transform.RealOf(0.8421), Was: transform.RealOf(0.829), Difference: transform.RealOf(0.0131), Period: "2020-Q2"},
		{ID: "durable.cases", Is: transform.CountOf(31), Was: transform.CountOf(24), Difference: transform.CountOf(7), Period: "2020-Q2"},
		{ID: "duration.survival_median", Is: transform.RealOf(402), Was: transform.RealOf(418), Difference: transform.RealOf(-16), Period: "2020-Q2"},
		{ID: "funding.balance", Is: transform.CentsOf(165600000), Was: transform.CentsOf(165600000), Difference: transform.CentsOf(0), Period: "2020-Q2"},
	}
	r.Restatements = []transform.Restatement{
		{Period: "2020-Q2", ID: "inflow.applications", Was: transform.CountOf(118), Is: transform.CountOf(121)},
		{Period: "2020-Q2", ID: "occupancy.rate", Was: transform.RealOf(0.8277), Is: transform.RealOf(0.829)},
	}
	r.RowChanges = []transform.RowChange{
		transform.RowChangeOf("2020-Q2", "cases", transform.CountOf(921), transform.CountOf(947)),
		transform.RowChangeOf("2020-Q2", "reviews", transform.CountOf(40), transform.Value{}),
	}
	return r
}

func expand(b sql.Breakdown, open map[string][]string, dims []transform.Dim, yield func([]transform.Dim, string)) {
	units := ""
	var walk func(i int, dims []transform.Dim, unit string)
	walk = func(i int, dims []transform.Dim, unit string) {
		if i == len(b) {
			yield(append([]transform.Dim(nil), dims...), unit)
			return
		}
		values := open[b[i].Dim]
		for _, v := range values {
			walk(i+1, append(dims, transform.Dim{Name: b[i].Dim, Value: v}), unit)
		}
		if b[i].Open != "" {
			return
		}
		for _, code := range b[i].Values {
			u := unit
			if code.Unit != "" {
				u = code.Unit
			}
			walk(i+1, append(dims, transform.Dim{Name: b[i].Dim, Value: code.Value}), u)
		}
	}
	walk(0, dims, units)
}

func invented(dims []transform.Dim, unit string, seed int) transform.Value {
	n := int64(seed*7919%53 + 5)
	switch unit {
	case "ratio":
		return transform.RealOf(float64(seed*37%90)/100 + 0.05)
	case "days", "hours":
		return transform.RealOf(float64(seed*101%700) + 30.5)
	case "eur":
		return transform.CentsOf(n * 1234567)
	}
	if len(dims) == 0 {
		return transform.CountOf(n * 9)
	}
	return transform.CountOf(n)
}

func set(r *transform.Results, id string, v transform.Value, dims ...string) {
	f := r.Figure(id, dims...)
	if f == nil {
		panic(fmt.Sprintf("no figure %s %v", id, dims))
	}
	f.Value = v
}

func placesSeries() transform.Series {
	s := transform.Series{ID: "occupancy.places", Columns: []string{"date", "persons", "agreed", "capacity"}}
	for i := range 92 {
		persons := 300 + int64(14*math.Sin(float64(i)/9)) + int64(i*7%5)
		s.Rows = append(s.Rows, []transform.Value{transform.DateOf(day.Of(2020, 7, 1+i)), transform.CountOf(persons), transform.CountOf(360), transform.CountOf(325)})
	}
	return s
}

func progressSeries() transform.Series {
	s := transform.Series{ID: "durable.progress", Columns: []string{"date", "cases", "expected"}}
	for i := range 19 {
		s.Rows = append(s.Rows, []transform.Value{transform.DateOf(day.Of(2019, 4+i, 0)), transform.CountOf(int64(31 * i * i / 324)), transform.RealOf(72 * float64(i+1) / 36)})
	}
	return s
}

func fanSeries() transform.Series {
	s := transform.Series{ID: "durable.fan", Columns: []string{"date", "p10", "p50", "p90"}}
	for i := range 18 {
		s.Rows = append(s.Rows, []transform.Value{transform.DateOf(day.Of(2020, 10+i, 0)),
			transform.CountOf(31 + int64(i)), transform.CountOf(31 + int64(float64(i)*1.65)), transform.CountOf(31 + int64(float64(i)*2.5))})
	}
	return s
}

func curveSeries() transform.Series {
	s := transform.Series{ID: "duration.curve", Columns: []string{"day", "survival", "low", "high", "at_risk"}}
	for d := int64(0); d <= 580; d += 4 {
		v := math.Exp(-float64(d) / 590)
		e := 0.0004 * float64(d)
		low, high := transform.RealOf(max(0, v-e)), transform.RealOf(min(1, v+e))
		if d == 0 {
			low, high = transform.Value{}, transform.Value{}
		}
		s.Rows = append(s.Rows, []transform.Value{transform.CountOf(d), transform.RealOf(v), low, high, transform.CountOf(412 - d/2)})
	}
	return s
}

func incidenceSeries() transform.Series {
	s := transform.Series{ID: "duration.incidence", Columns: []string{"day", "return", "onward", "legalisation", "other", "running"}}
	for d := int64(0); d <= 580; d += 4 {
		running := math.Exp(-float64(d) / 590)
		ended := 1 - running
		s.Rows = append(s.Rows, []transform.Value{transform.CountOf(d), transform.RealOf(0.2 * ended), transform.RealOf(0.05 * ended),
			transform.RealOf(0.15 * ended), transform.RealOf(0.6 * ended), transform.RealOf(running)})
	}
	return s
}

var quarters = []string{"2019-Q1", "2019-Q2", "2019-Q3", "2019-Q4", "2020-Q1", "2020-Q2", "2020-Q3"}

func fundingSeries() transform.Series {
	s := transform.Series{ID: "funding.quarters", Columns: []string{"quarter", "from", "to", "entitlement", "received", "person_nights", "per_occupied_night"}}
	for i, q := range quarters {
		s.Rows = append(s.Rows, []transform.Value{transform.TextOf(q), transform.DateOf(day.Of(2019, 1+3*i, 1)), transform.DateOf(day.Of(2019, 4+3*i, 0)),
			transform.CentsOf(165600000), transform.CentsOf(int64(i%3) * 110000000), transform.CountOf(int64(12000 + i*2500)), transform.CentsOf(int64(13800 - i*1200))})
	}
	return s
}

func flowSeries() transform.Series {
	s := transform.Series{ID: "flow.quarters", Columns: []string{"quarter", "applications", "admissions", "refusals", "trajectories_ended", "durable_cases", "shelter_exits"}}
	for i, q := range quarters {
		n := int64(i)
		s.Rows = append(s.Rows, []transform.Value{transform.TextOf(q), transform.CountOf(150 - 4*n), transform.CountOf(90 + n), transform.CountOf(20 + n),
			transform.CountOf(10 + 8*n), transform.CountOf(2 * n), transform.CountOf(12 + 9*n)})
	}
	return s
}

func terms() *transform.Terms {
	return &transform.Terms{Pilot: "Amsterdam", Start: day.Of(2019, 3, 1), Published: day.Of(2019, 3, 1), End: day.Of(2022, 2, 28),
		Places: []transform.Places{{From: day.Of(2019, 3, 1), Places: 360}}, TargetCases: 72, RateCents: 5000, MinCell: 5}
}

// document is the report with its small numbers shown: control is off.
func document(t testing.TB, lang reports.Lang) *reports.Document {
	return &reports.Document{Published: disclose.Uncontrolled(results(t)), Terms: terms(), Lang: lang, Version: "test", Quality: quality(lang)}
}

func quality(lang reports.Lang) published.Quality {
	return published.Quality{
		Tables: []published.TableCount{
			{Table: "cases", Delivered: true, Read: 951, Accepted: 947, Quarantined: 3, Duplicates: 1},
			{Table: "stays", Delivered: true, Read: 1472, Accepted: 1460, Quarantined: 12},
			{Table: "reviews"},
		},
		Findings: []published.Finding{{Check: "overlapping_stays", Severity: "warning", Count: 12,
			Title: lang.Pick("Twee verblijven van één persoon overlappen elkaar", "Two stays of one person overlap")}},
	}
}

// controlled is the report as readers get it: small numbers hidden, one table not delivered.
func controlled(t testing.TB, lang reports.Lang) *reports.Document {
	d := document(t, lang)
	d.Published.MinCell = 5
	d.Published.Notes = map[string]disclose.Note{
		"outflow.trajectories": {Primary: 2, Secondary: 1}, "inflow.refusals": {Primary: 1, Secondary: 1}, "subgoal.level": {Withdrawn: true}}
	r := d.Published.Results()
	hide := func(id string, dims ...string) {
		f := r.Figure(id, dims...)
		if f == nil {
			t.Fatalf("no figure %s %v", id, dims)
		}
		f.Status, f.Value = transform.Suppressed, transform.Value{}
		d.Published.Hidden++
	}
	hide("outflow.trajectories", "outcome", "onward")
	hide("outflow.trajectories", "outcome", "died")
	hide("inflow.refusals", "exclusion_ground", "eu_citizen")
	hide("outflow.scenario_outcome", "scenario", "return", "outcome", "onward")
	hide("duration.ended", "stat", "median", "scenario", "onward")
	for i := range r.Figures {
		switch f := &r.Figures[i]; f.ID {
		case "subgoal.level":
			f.Status, f.Value, f.Reason = transform.Suppressed, transform.Value{}, transform.Covered
		case "review.within_deadline", "review.submitted", "review.adopted":
			f.Status, f.Value, f.Reason = transform.NotAvailable, transform.Value{}, "mrt not delivered"
		case "escalation.within_deadline":
			f.Status, f.Value = transform.Undefined, transform.Value{}
		}
	}
	return d
}
