// Package contenttest makes published documents for the tests of what is drawn from them.
package contenttest

import (
	"bytes"
	"cmp"
	_ "embed"
	"slices"

	"lvv/anonymize/published"
	"lvv/internal/day"
	"lvv/sql"
	"lvv/transform"
	"lvv/transform/engine"
)

// Locations are those of [Document] where no others are given.
var Locations = []string{"Walborg", "Havenstraat", "Transformatorweg", "Ringdijk 12", "Zeeburgerpad"}

// document is a third quarter of 2020 with its series, the figures that a reader would hold beside others, and
// neither definitions nor the rest of the figures. The numbers are invented.
//
//go:embed document.json
var document []byte

// Open is a plausible third quarter of 2020 out of the catalogue, with every figure and breakdown in it and
// nothing hidden: disclosure control is off.
func Open(lang string, locations ...string) *published.Document {
	c, err := sql.Load()
	if err != nil {
		panic(err)
	}
	d, err := published.Read(bytes.NewReader(document))
	if err != nil {
		panic(err)
	}
	if len(locations) == 0 {
		locations = Locations
	}
	d.Lang, d.Definitions = lang, published.DefinitionsOf(c, lang)
	if lang == "en" {
		d.Quality.Findings[0].Title = "Two stays of one person overlap"
	}
	given := d.Figures
	d.Figures = nil
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
			expand(b, open, nil, f.Unit, func(dims []transform.Dim, unit string) {
				seed++
				d.Figures = append(d.Figures, published.Figure{ID: f.ID, Dims: dims, Unit: unit, Value: invented(dims, unit, seed), Date: day.None})
			})
		}
	}
	for _, f := range given {
		at := slices.IndexFunc(d.Figures, func(o published.Figure) bool { return o.Name() == f.Name() })
		d.Figures[at] = f // panics where the catalogue has no such figure
	}
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
			f.Value, f.Status, f.Reason = engine.Value{}, transform.NotAvailable, "mrt not delivered"
		case "escalation.within_deadline":
			f.Value, f.Status = engine.Value{}, transform.Undefined
		}
	}
	few := d.Figure("duration.ended", "scenario", "onward", "stat", "median")
	few.Value, few.Withheld = engine.Value{}, published.Few
	return d
}

// expand yields every combination of the values of a breakdown, behind the dimensions so far, with its unit.
func expand(b sql.Breakdown, open map[string][]string, dims []transform.Dim, unit string, yield func([]transform.Dim, string)) {
	if len(b) == 0 {
		yield(dims, unit)
		return
	}
	with := func(value, unit string) {
		expand(b[1:], open, append(slices.Clip(dims), transform.Dim{Name: b[0].Dim, Value: value}), unit, yield)
	}
	for _, v := range open[b[0].Dim] {
		with(v, unit)
	}
	if b[0].Open != "" {
		return
	}
	for _, code := range b[0].Values {
		with(code.Value, cmp.Or(code.Unit, unit))
	}
}

func invented(dims []transform.Dim, unit string, seed int) engine.Value {
	n := int64(seed*7919%53 + 5)
	switch unit {
	case "ratio":
		return engine.RealOf(float64(seed*37%90)/100 + 0.05)
	case "days", "hours":
		return engine.RealOf(float64(seed*101%700) + 30.5)
	case "eur":
		return engine.CentsOf(n * 1234567)
	}
	if len(dims) == 0 {
		return engine.CountOf(n * 9)
	}
	return engine.CountOf(n)
}
