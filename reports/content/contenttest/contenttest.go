// Package contenttest makes published documents for the tests of what is drawn from them.
package contenttest

import (
	"fmt"
	"math"

	"lvv/anonymize/published"
	"lvv/internal/day"
	"lvv/sql"
	"lvv/transform"
)

// Locations are those of [Document] where no others are given.
var Locations = []string{"Walborg", "Havenstraat", "Transformatorweg", "Ringdijk 12", "Zeeburgerpad"}

// Open is a plausible third quarter of 2020 out of the catalogue, with every figure and breakdown in it and
// nothing hidden: disclosure control is off. The numbers are invented.
func Open(lang string, locations ...string) *published.Document {
	c, err := sql.Load()
	if err != nil {
		panic(err)
	}
	if len(locations) == 0 {
		locations = Locations
	}
	count := func(id string, is, was int64) published.Comparison {
		return published.Comparison{ID: id, Unit: "count", Is: transform.CountOf(is), Was: transform.CountOf(was), Difference: transform.CountOf(is - was), Period: "2020-Q2"}
	}
	d := &published.Document{
		Pilot: "Amsterdam", Lang: lang, Version: "test", DataTo: day.Of(2020, 9, 28),
		Period: transform.Period{Label: "2020-Q3", From: day.Of(2020, 7, 1), To: day.Of(2020, 9, 30), AsOf: day.Of(2020, 9, 30)},
		Terms: published.Terms{Start: day.Of(2019, 3, 1), End: day.Of(2022, 2, 28), Places: 360, TargetCases: 72, RateCents: 5000, MeetingsPerYear: 5, LongStayDays: 540,
			Milestones: []published.Milestone{{Date: day.Of(2020, 9, 1), Name: "evaluatie"}}, Attention: published.Attention{Occupancy: 0.75, LocationHigh: 1, LocationLow: 0.75, OnTime: 0.8}},
		Series: []published.Series{placesSeries(), progressSeries(), fanSeries(), curveSeries(), incidenceSeries(), fundingSeries(), flowSeries(), mainSeries()},
		Compared: []published.Comparison{
			{ID: "occupancy.rate", Unit: "ratio", Is: transform.RealOf(0.8421), Was: transform.RealOf(0.829), Difference: transform.RealOf(0.0131), Period: "2020-Q2"},
			count("occupancy.persons_on_reference_date", 312, 304), count("inflow.applications", 120, 121), count("inflow.admissions", 73, 84),
			count("inflow.pending_on_reference_date", 41, 45), count("outflow.shelter_exits", 59, 52),
			{ID: "durable.cases", Unit: "count", Is: transform.CountOf(31), Was: transform.CountOf(24), Difference: transform.CountOf(7), Period: "2020-Q2"},
			{ID: "course.survival_median", Unit: "days", Is: transform.RealOf(402), Was: transform.RealOf(418), Difference: transform.RealOf(-16), Period: "2020-Q2"},
			count("duration.long_stay", 78, 78),
			{ID: "funding.balance", Unit: "eur", Is: transform.CentsOf(165600000), Was: transform.CentsOf(165600000), Difference: transform.CentsOf(0), Period: "2020-Q2"},
		},
		Changes: []published.Change{
			{Period: "2020-Q2", ID: "inflow.applications", Unit: "count", Was: transform.CountOf(118), Is: transform.CountOf(121)},
			{Period: "2020-Q2", ID: "occupancy.rate", Unit: "ratio", Was: transform.RealOf(0.8277), Is: transform.RealOf(0.829)},
		},
		Rows: []published.RowChange{
			{Period: "2020-Q2", Table: "cases", Was: transform.CountOf(921), Is: transform.CountOf(947)},
			{Period: "2020-Q2", Table: "reviews", Was: transform.CountOf(40)},
		},
		Quality: published.Quality{
			Tables: []published.TableCount{
				{Table: "cases", Delivered: true, Read: 951, Accepted: 947, Quarantined: 3, Duplicates: 1},
				{Table: "stays", Delivered: true, Read: 1472, Accepted: 1460, Quarantined: 12},
				{Table: "reviews"},
			},
			Findings: []published.Finding{{Check: "overlapping_stays", Severity: "warning", Count: 12,
				Title: map[string]string{"nl": "Twee verblijven van één persoon overlappen elkaar", "en": "Two stays of one person overlap"}[lang]}},
		},
		Definitions: published.DefinitionsOf(c, lang),
	}
	open := map[string][]string{"location": locations, "source": {"rijk", "gemeentefonds"}, "year": {"2019", "2020"}, "region": {"Western Africa", "stateless", "unknown"}}
	for _, row := range d.SeriesNamed("occupancy.places").Rows {
		d.Figures = append(d.Figures, published.Figure{ID: "occupancy.daily", Dims: []transform.Dim{{Name: "date", Value: row[0].Day().String()}}, Unit: "count", Value: row[1], Date: day.None})
	}
	seed := 0
	for i := range c.Figures {
		f := &c.Figures[i]
		if !published.Carries(c, f.ID) {
			continue
		}
		for _, b := range f.Breakdowns {
			expand(b, open, nil, func(dims []transform.Dim, unit string) {
				seed++
				if unit == "" {
					unit = f.Unit
				}
				d.Figures = append(d.Figures, published.Figure{ID: f.ID, Dims: dims, Unit: unit, Value: invented(dims, unit, seed), Date: day.None})
			})
		}
	}
	set(d, "occupancy.rate", transform.RealOf(0.8421))
	set(d, "occupancy.peak", transform.CountOf(318))
	d.Figure("occupancy.peak").Date = day.Of(2020, 8, 12)
	set(d, "occupancy.persons_on_reference_date", transform.CountOf(301))
	set(d, "durable.cases", transform.CountOf(31))
	set(d, "durable.target", transform.CountOf(72))
	set(d, "durable.expected", transform.RealOf(37.9))
	set(d, "durable.forecast", transform.CountOf(48), "stat", "p10")
	set(d, "durable.forecast", transform.CountOf(59), "stat", "p50")
	set(d, "durable.forecast", transform.CountOf(74), "stat", "p90")
	share(d, "durable.share_strict", 31, 145)
	share(d, "durable.share_broad", 85, 145)
	set(d, "duration.survival_median", transform.RealOf(402), "stat", "estimate")
	set(d, "funding.balance", transform.CentsOf(165600000))
	set(d, "funding.entitlement_to_date", transform.CentsOf(1044000000))
	set(d, "funding.received_to_date", transform.CentsOf(878400000))
	set(d, "funding.per_occupied_night", transform.CentsOf(5938))
	set(d, "inflow.applications", transform.CountOf(126))
	set(d, "inflow.admissions", transform.CountOf(84))
	set(d, "inflow.admitted_persons", transform.CountOf(83))
	return d
}

// Document is the same as readers get it: small numbers hidden, one table not delivered.
func Document(lang string, locations ...string) *published.Document {
	d := Open(lang, locations...)
	d.MinCell = 5
	d.Figure("outflow.trajectories", "outcome", "return").Hide(&published.Range{Low: 5, High: 11})
	for _, name := range [][]string{{"outflow.trajectories", "outcome", "onward"}, {"outflow.trajectories", "outcome", "died"}, {"inflow.refusals", "exclusion_ground", "eu_citizen"}} {
		d.Figure(name[0], name[1:]...).Hide(nil)
	}
	for i := range d.Figures {
		switch f := &d.Figures[i]; f.ID {
		case "subgoal.level":
			f.Hide(&published.Range{Low: 0, High: published.Unbounded})
			d.Protect(f, false, true)
		case "review.within_deadline", "review.submitted", "review.adopted":
			f.Value, f.Status, f.Reason = transform.Value{}, transform.NotAvailable, "mrt not delivered"
		case "escalation.within_deadline":
			f.Value, f.Status = transform.Value{}, transform.Undefined
		}
	}
	few := d.Figure("duration.ended", "scenario", "onward", "stat", "median")
	few.Value, few.Withheld = transform.Value{}, published.Few
	return d
}

func share(d *published.Document, id string, numerator, denominator int64) {
	f := d.Figure(id)
	f.Value, f.Numerator, f.Denominator = transform.RealOf(float64(numerator)/float64(denominator)), transform.CountOf(numerator), transform.CountOf(denominator)
}

func columns(names ...string) []published.Column {
	out := make([]published.Column, len(names))
	for i, name := range names {
		out[i] = published.Column{Name: name, Unit: published.NoUnit}
	}
	return out
}

// typed gives every column its unit.
func typed(s published.Series) published.Series {
	for _, row := range s.Rows {
		for i, v := range row {
			if u := published.UnitOf(v); u != published.NoUnit {
				s.Columns[i].Unit = u
			}
		}
	}
	return s
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

func set(d *published.Document, id string, v transform.Value, dims ...string) {
	f := d.Figure(id, dims...)
	if f == nil {
		panic(fmt.Sprintf("no figure %s %v", id, dims))
	}
	f.Value = v
}

func placesSeries() published.Series {
	s := published.Series{ID: "occupancy.places", Columns: columns("date", "persons", "agreed", "capacity")}
	for i := range 92 {
		persons := 300 + int64(14*math.Sin(float64(i)/9)) + int64(i*7%5)
		s.Rows = append(s.Rows, []transform.Value{transform.DateOf(day.Of(2020, 7, 1+i)), transform.CountOf(persons), transform.CountOf(360), transform.CountOf(325)})
	}
	return typed(s)
}

func progressSeries() published.Series {
	s := published.Series{ID: "durable.progress", Columns: columns("date", "cases", "expected")}
	for i := range 19 {
		s.Rows = append(s.Rows, []transform.Value{transform.DateOf(day.Of(2019, 4+i, 0)), transform.CountOf(int64(31 * i * i / 324)), transform.RealOf(72 * float64(i+1) / 36)})
	}
	return typed(s)
}

func fanSeries() published.Series {
	s := published.Series{ID: "durable.fan", Columns: columns("date", "p10", "p50", "p90")}
	for i := range 18 {
		s.Rows = append(s.Rows, []transform.Value{transform.DateOf(day.Of(2020, 10+i, 0)),
			transform.CountOf(31 + int64(i)), transform.CountOf(31 + int64(float64(i)*1.65)), transform.CountOf(31 + int64(float64(i)*2.5))})
	}
	return typed(s)
}

func curveSeries() published.Series {
	s := published.Series{ID: "duration.curve", Columns: columns("day", "survival", "low", "high", "at_risk")}
	for d := int64(0); d <= 580; d += 4 {
		v := math.Exp(-float64(d) / 590)
		e := 0.0004 * float64(d)
		low, high := transform.RealOf(max(0, v-e)), transform.RealOf(min(1, v+e))
		if d == 0 {
			low, high = transform.Value{}, transform.Value{}
		}
		s.Rows = append(s.Rows, []transform.Value{transform.CountOf(d), transform.RealOf(v), low, high, transform.CountOf(412 - d/2)})
	}
	return typed(s)
}

func incidenceSeries() published.Series {
	s := published.Series{ID: "duration.incidence", Columns: columns("day", "return", "onward", "legalisation", "other", "running")}
	for d := int64(0); d <= 580; d += 4 {
		running := math.Exp(-float64(d) / 590)
		ended := 1 - running
		s.Rows = append(s.Rows, []transform.Value{transform.CountOf(d), transform.RealOf(0.2 * ended), transform.RealOf(0.05 * ended),
			transform.RealOf(0.15 * ended), transform.RealOf(0.6 * ended), transform.RealOf(running)})
	}
	return typed(s)
}

var quarters = []string{"2019-Q1", "2019-Q2", "2019-Q3", "2019-Q4", "2020-Q1", "2020-Q2", "2020-Q3"}

func fundingSeries() published.Series {
	s := published.Series{ID: "funding.quarters", Columns: columns("quarter", "from", "to", "entitlement", "received", "person_nights", "per_occupied_night")}
	for i, q := range quarters {
		s.Rows = append(s.Rows, []transform.Value{transform.TextOf(q), transform.DateOf(day.Of(2019, 1+3*i, 1)), transform.DateOf(day.Of(2019, 4+3*i, 0)),
			transform.CentsOf(165600000), transform.CentsOf(int64(i%3) * 110000000), transform.CountOf(int64(12000 + i*2500)), transform.CentsOf(int64(13800 - i*1200))})
	}
	return typed(s)
}

func flowSeries() published.Series {
	s := published.Series{ID: "flow.quarters", Columns: columns("quarter", "applications", "admissions", "refusals", "trajectories_ended", "durable_cases", "shelter_exits")}
	for i, q := range quarters {
		n := int64(i)
		s.Rows = append(s.Rows, []transform.Value{transform.TextOf(q), transform.CountOf(150 - 4*n), transform.CountOf(90 + n), transform.CountOf(20 + n),
			transform.CountOf(10 + 8*n), transform.CountOf(2 * n), transform.CountOf(12 + 9*n)})
	}
	return typed(s)
}

// mainSeries has no balance in the third quarter, before the payments were delivered.
func mainSeries() published.Series {
	s := published.Series{ID: "main.quarters", Columns: columns("quarter", "to", "occupancy_rate", "housed", "pending", "durable", "long_stay", "balance")}
	for i, q := range quarters {
		n := int64(i)
		row := []transform.Value{transform.TextOf(q), transform.DateOf(day.Of(2019, 4+3*i, 0)), transform.RealOf(0.4 + 0.07*float64(i)), transform.CountOf(140 + 25*n),
			transform.CountOf(80 - 6*n), transform.CountOf(5 * n), transform.CountOf(13 * n), transform.CentsOf(n * 27600000)}
		if i == 2 {
			row[7] = transform.Value{}
		}
		s.Rows = append(s.Rows, row)
	}
	return typed(s)
}
