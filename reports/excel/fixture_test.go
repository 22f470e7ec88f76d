package excel

import (
	"fmt"
	"math"

	"lvv/anonymize/disclose"
	"lvv/anonymize/published"
	"lvv/ingest"
	"lvv/internal/day"
	"lvv/reports"
	"lvv/transform"
)

// fixture makes results of the shape that a run has, with invented figures.
type fixture struct {
	transform.Results
}

func (f *fixture) add(id, unit string, v transform.Value, dims ...string) *transform.Figure {
	fig := transform.Figure{ID: id, Unit: unit, Value: v, Date: day.None}
	for i := 0; i < len(dims); i += 2 {
		fig.Dims = append(fig.Dims, transform.Dim{Name: dims[i], Value: dims[i+1]})
	}
	f.Figures = append(f.Figures, fig)
	return &f.Figures[len(f.Figures)-1]
}

func (f *fixture) count(id string, n int64, dims ...string) *transform.Figure {
	return f.add(id, "count", transform.CountOf(n), dims...)
}

func (f *fixture) ratio(id string, a, b int64, dims ...string) *transform.Figure {
	fig := f.add(id, "ratio", transform.RealOf(float64(a)/float64(b)), dims...)
	fig.Numerator, fig.Denominator = transform.CountOf(a), transform.CountOf(b)
	return fig
}

func (f *fixture) days(id string, x float64, dims ...string) {
	f.add(id, "days", transform.RealOf(x), dims...)
}

// codes spreads a total over the code list of a field.
func (f *fixture) codes(id, table, field string, n int64) int64 {
	total := int64(0)
	for i, c := range ingest.TableNamed(table).Field(field).Codes {
		k := n / int64(i+1)
		f.count(id, k, field, c.Value)
		total += k
	}
	return total
}

func sampleResults(locations ...string) *transform.Results {
	f := &fixture{transform.Results{Pilot: "Voorbeeldstad", Period: transform.Period{
		Label: "2020-Q3", From: day.Of(2020, 7, 1), To: day.Of(2020, 9, 30), AsOf: day.Of(2020, 9, 30),
	}}}
	f.occupancy(locations)
	f.rest()
	f.series()
	f.Changes = []transform.Change{
		{ID: "occupancy.rate", Is: transform.RealOf(0.84), Was: transform.RealOf(0.8125), Difference: transform.RealOf(0.84 - 0.8125), Period: "2020-Q2"},
		{ID: "durable.cases", Is: transform.CountOf(41), Was: transform.CountOf(33), Difference: transform.CountOf(8), Period: "2020-Q2"},
		{ID: "duration.survival_median", Is: transform.CountOf(262), Period: "2020-Q2"},
	}
	f.Restatements = []transform.Restatement{
		{Period: "2020-Q2", ID: "outflow.trajectories", Dims: []transform.Dim{{Name: "outcome", Value: "return"}}, Was: transform.CountOf(7), Is: transform.CountOf(9)},
		{Period: "2020-Q1", ID: "funding.received", Was: transform.CentsOf(120000000), Is: transform.CentsOf(120000050)},
	}
	return &f.Results
}

func (f *fixture) occupancy(locations []string) {
	total, places, present := int64(0), int64(0), int64(0)
	for i := range locations {
		total += 5000 - 300*int64(i)
		places += 6000 - 300*int64(i)
		present += 50 - 3*int64(i)
	}
	f.ratio("occupancy.rate", total, 33120)
	f.count("capacity.agreed_place_nights", 33120)
	f.count("capacity.place_nights", places)
	f.count("occupancy.person_nights", total)
	for i, l := range locations {
		f.count("occupancy.person_nights", 5000-300*int64(i), "location", l)
		f.count("capacity.place_nights", 6000-300*int64(i), "location", l)
		f.ratio("occupancy.utilisation", 5000-300*int64(i), 6000-300*int64(i), "location", l)
		f.count("occupancy.persons_on_reference_date", 50-3*int64(i), "location", l)
	}
	f.count("occupancy.person_nights", total-200, "population", "admitted")
	f.count("occupancy.person_nights", 200, "population", "not_admitted")
	f.count("occupancy.persons", 340)
	f.count("occupancy.persons_on_reference_date", present)
	f.count("occupancy.peak", 329).Date = day.Of(2020, 8, 14)
	f.count("occupancy.double_nights", 12)
}

func (f *fixture) rest() {
	f.count("inflow.applications", f.codes("inflow.applications", "cases", "referred_by", 60))
	f.count("inflow.admissions", 61)
	f.count("inflow.refusals", f.codes("inflow.refusals", "cases", "exclusion_ground", 12))
	f.days("inflow.days_to_decision", 24.15625, "stat", "mean")
	f.days("inflow.days_to_decision", 27, "stat", "median")
	f.count("outflow.shelter_exits", f.codes("outflow.shelter_exits", "stays", "exit_reason", 30))
	f.count("outflow.trajectories", f.codes("outflow.trajectories", "trajectories", "outcome", 20))
	for i, o := range ingest.TableNamed("trajectories").Field("outcome").Codes {
		for j, s := range ingest.TableNamed("trajectories").Field("scenario").Codes {
			fig := f.count("outflow.scenario_outcome", int64((i*j)%9), "scenario", s.Value, "outcome", o.Value)
			if n := fig.Value.Int(); n > 0 && n < 5 {
				fig.Status, fig.Value = transform.Suppressed, transform.Value{}
			}
		}
	}
	for i, l := range []string{"durable", "semi_durable", "none"} {
		f.count("outflow.level", int64(9*(i+1)), "level", l)
	}
	f.count("durable.cases", 41)
	for i, o := range []string{"return", "onward", "legalisation"} {
		f.count("durable.cases", []int64{21, 3, 17}[i], "outcome", o)
	}
	f.count("durable.cases_in_period", 8)
	f.count("durable.target", 72)
	f.ratio("durable.progress", 41, 72)
	f.add("durable.expected", "count", transform.RealOf(38.1021897810219))
	for i, s := range []string{"p10", "p50", "p90"} {
		f.count("durable.forecast", int64(63+8*i), "stat", s)
	}
	f.ratio("durable.share_strict", 41, 180)
	f.ratio("durable.share_broad", 92, 180)
	f.durations()
	f.money()
	f.count("conference.held", f.codes("conference.held", "conferences", "moment", 24))
	f.ratio("conference.scenario_set", 26, 56)
	f.add("review.within_deadline", "ratio", transform.Value{}).Status = transform.NotAvailable
	f.Figures[len(f.Figures)-1].Reason = "mrt not delivered"
	f.add("conference.consensus", "ratio", transform.Value{}).Status = transform.Undefined
	for i, y := range []string{"2019", "2020"} {
		f.count("governance.meetings", 4, "kind", "steering_group", "year", y)
		f.count("governance.meetings", int64(i), "kind", "programme_council", "year", y)
		f.count("governance.meetings_required", 4, "year", y)
	}
	for i, c := range ingest.TableNamed("cases").Field("special_group").Codes {
		f.count("subgoal.admitted", int64(40-8*i), "special_group", c.Value)
		for j, l := range []string{"durable", "semi_durable", "none", "running"} {
			f.count("subgoal.level", int64(10-2*i+j*(i%2)), "special_group", c.Value, "level", l)
		}
	}
}

func (f *fixture) durations() {
	for i, s := range []string{"mean", "median", "p25", "p75"} {
		f.days("duration.ended", 193.5+float64(i), "stat", s)
		f.days("duration.running", 227.28, "stat", s)
		for _, sc := range []string{"return", "onward", "legalisation", "undecided"} {
			f.days("duration.ended", 100+float64(10*i), "scenario", sc, "stat", s)
		}
	}
	for _, s := range []string{"estimate", "low", "high"} {
		f.days("duration.survival_median", 262, "stat", s)
	}
	f.count("duration.long_stay", 9)
	for i, d := range []string{"90", "180", "365", "540", "730"} {
		s := math.Pow(0.8, float64(i+1))
		f.add("duration.survival", "ratio", transform.RealOf(s), "day", d, "stat", "estimate")
		f.add("duration.survival", "ratio", transform.RealOf(s*0.9), "day", d, "stat", "low")
		f.add("duration.survival", "ratio", transform.RealOf(s*1.1), "day", d, "stat", "high")
		f.count("duration.survival", int64(150/(i+1)), "day", d, "stat", "at_risk")
		for j, o := range []string{"return", "onward", "legalisation", "other"} {
			f.add("duration.cumulative_incidence", "ratio", transform.RealOf((1-s)*[]float64{0.2, 0.05, 0.25, 0.5}[j]), "day", d, "outcome", o)
		}
	}
}

func (f *fixture) money() {
	f.add("funding.entitlement", "eur", transform.CentsOf(165600000))
	for i, y := range []string{"2019", "2020"} {
		f.add("funding.entitlement", "eur", transform.CentsOf([]int64{550800000, 493200000}[i]), "year", y)
	}
	f.add("funding.entitlement", "eur", transform.CentsOf(99360000), "source", "rijk")
	f.add("funding.entitlement", "eur", transform.CentsOf(66240000), "source", "gemeentefonds")
	f.add("funding.entitlement_to_date", "eur", transform.CentsOf(1044000000))
	f.add("funding.received", "eur", transform.CentsOf(-1234567))
	f.add("funding.received", "eur", transform.CentsOf(-1234567), "source", "rijk")
	f.add("funding.received", "eur", transform.CentsOf(0), "source", "gemeentefonds")
	f.add("funding.received_to_date", "eur", transform.CentsOf(698765633))
	f.add("funding.balance", "eur", transform.CentsOf(345234367))
	per := f.add("funding.per_occupied_night", "eur", transform.CentsOf(5937))
	per.Numerator, per.Denominator = transform.CentsOf(165600000), transform.CountOf(27893)
}

func (f *fixture) series() {
	total := f.Figure("occupancy.person_nights").Value.Int()
	occ := transform.Series{ID: "occupancy.places", Columns: []string{"date", "persons", "agreed", "capacity"}}
	n := int64(f.Period.To-f.Period.From) + 1
	for d := f.Period.From; d <= f.Period.To; d++ {
		i := int64(d - f.Period.From)
		persons := total*(i+1)/n - total*i/n
		occ.Rows = append(occ.Rows, []transform.Value{transform.DateOf(d), transform.CountOf(persons), transform.CountOf(360), transform.CountOf(325)})
	}
	progress := transform.Series{ID: "durable.progress", Columns: []string{"date", "cases", "expected"}}
	start := day.Of(2019, 3, 1)
	for i := range 19 {
		progress.Rows = append(progress.Rows, []transform.Value{transform.DateOf(start.AddMonths(i+1) - 1), transform.CountOf(int64(i * 41 / 18)), transform.RealOf(float64(i+1) * 2)})
	}
	fan := transform.Series{ID: "durable.fan", Columns: []string{"date", "p10", "p50", "p90"}}
	for i := 18; i < 36; i++ {
		k := int64(i - 18)
		fan.Rows = append(fan.Rows, []transform.Value{transform.DateOf(start.AddMonths(i+1) - 1), transform.CountOf(41 + k), transform.CountOf(41 + 2*k), transform.CountOf(41 + 3*k)})
	}
	curve := transform.Series{ID: "duration.curve", Columns: []string{"day", "survival", "low", "high", "at_risk"}}
	for i := range 40 {
		s := math.Pow(0.97, float64(i))
		curve.Rows = append(curve.Rows, []transform.Value{transform.CountOf(int64(i * 17)), transform.RealOf(s), transform.RealOf(s * 0.9), transform.RealOf(math.Min(1, s*1.1)), transform.CountOf(int64(150 - 3*i))})
	}
	quarters := transform.Series{ID: "funding.quarters", Columns: []string{"quarter", "from", "to", "entitlement", "received", "person_nights", "per_occupied_night"}}
	flow := transform.Series{ID: "flow.quarters", Columns: []string{"quarter", "applications", "admissions", "refusals", "trajectories_ended", "durable_cases", "shelter_exits"}}
	for i := range 7 {
		q := transform.TextOf(fmt.Sprintf("%d-Q%d", 2019+i/4, i%4+1))
		quarters.Rows = append(quarters.Rows, []transform.Value{q, transform.DateOf(start), transform.DateOf(start), transform.CentsOf(165600000), transform.CentsOf(int64(i) * 30000000), transform.CountOf(27893), transform.CentsOf(5937)})
		flow.Rows = append(flow.Rows, []transform.Value{q, transform.CountOf(int64(80 - 5*i)), transform.CountOf(int64(60 - 5*i)), transform.CountOf(11), transform.CountOf(int64(10 * i)), transform.CountOf(int64(4 * i)), transform.CountOf(int64(9 * i))})
	}
	f.Series = []transform.Series{occ, progress, fan, curve, quarters, flow}
}

// document is the fixture as a document. Its figures are published as they are; those that carry a
// status were hidden by hand.
func document(lang reports.Lang, locations ...string) *reports.Document {
	if len(locations) == 0 {
		locations = []string{"Havenhuis", "Stationskade", "Molenpad", "De Terp"}
	}
	p := disclose.Uncontrolled(sampleResults(locations...))
	p.MinCell, p.Hidden = 5, 8
	p.Notes = map[string]disclose.Note{"outflow.scenario_outcome": {Primary: 6, Secondary: 2}}
	return &reports.Document{
		Published: p, Lang: lang, Version: "0.1.0",
		Terms: &transform.Terms{Pilot: "Voorbeeldstad", Start: day.Of(2019, 3, 1), End: day.Of(2022, 2, 28), TargetCases: 72},
		Quality: published.Quality{
			Tables: []published.TableCount{
				{Table: "cases", Delivered: true, Read: 1002, Accepted: 998, Quarantined: 3, Duplicates: 1},
				{Table: "stays", Delivered: true, Read: 1480, Accepted: 1478, Quarantined: 2},
				{Table: "reviews"},
			},
			Findings: []published.Finding{
				{Check: "overlapping_stays", Severity: "high", Title: "Een persoon staat op twee plaatsen tegelijk ingeschreven.", Count: 12},
				{Check: "long_gap", Severity: "note", Title: "Meer dan 90 dagen zonder nacht, terwijl het verblijf niet is afgesloten.", Count: 4},
			},
		},
	}
}
