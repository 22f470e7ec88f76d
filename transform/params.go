package transform

import (
	"lvv/ingest"
	"lvv/internal/country"
	"lvv/internal/day"
	models "lvv/sql"
)

// params are the small tables through which terms, period and the refinements of the catalogue (such as
// outcome_levels) reach the SELECTs: the terms as known on the reference date.
func params(eng Engine, cat *models.Catalogue, agreed *Terms, p Period) []Param {
	t := agreed.KnownOn(p.AsOf)
	count := func(n int) Value { return CountOf(int64(n)) }
	list := []Param{
		{
			Name: "terms",
			Columns: []ParamColumn{
				{"pilot_start", Date}, {"pilot_end", Date}, {"target_cases", Count}, {"rate_cents", Count}, {"pilots", Count},
				{"review_days", Count}, {"scenario_days", Count}, {"change_moment_days", Count}, {"review_interval_days", Count},
				{"course_gap_days", Count}, {"long_stay_days", Count}, {"meetings_per_year", Count},
			},
			Rows: [][]Value{{
				DateOf(t.Start), DateOf(t.End), CountOf(t.TargetCases), CountOf(t.RateCents), count(t.Pilots),
				count(t.ReviewDays), count(t.ScenarioDays), count(t.ChangeMomentDays), count(t.ReviewIntervalDays),
				count(t.CourseGapDays), count(t.LongStayDays), count(t.MeetingsPerYear),
			}},
		},
		{
			Name:    "period",
			Columns: []ParamColumn{{"from_day", Date}, {"to_day", Date}, {"as_of", Date}},
			Rows:    [][]Value{{DateOf(p.From), DateOf(p.To), DateOf(p.AsOf)}},
		},
	}
	places := Param{Name: "places", Columns: []ParamColumn{{"from_day", Date}, {"to_day", Date}, {"places", Count}}}
	for i, a := range t.Places {
		from, to := max(a.From, t.Start), t.End
		if i+1 < len(t.Places) {
			to = min(to, t.Places[i+1].From-1)
		}
		if from <= to {
			places.Rows = append(places.Rows, []Value{DateOf(from), DateOf(to), CountOf(a.Places)})
		}
	}
	sources := Param{Name: "sources", Columns: []ParamColumn{{"position", Count}, {"name", Text}, {"share", Count}, {"unit", Count}}}
	for i, s := range t.FundingSources {
		units, _ := parseDecimal(s.Share, shareDigits)
		sources.Rows = append(sources.Rows, []Value{count(i + 1), TextOf(s.Name), CountOf(units), CountOf(shareUnit)})
	}
	budget := Param{Name: "budget", Columns: []ParamColumn{{"year", Count}, {"source", Text}, {"cents", Count}}}
	for _, b := range t.Budget {
		budget.Rows = append(budget.Rows, []Value{count(b.Year), TextOf(b.Source), CountOf(b.Cents)})
	}
	delivered := Param{Name: "delivered", Columns: []ParamColumn{{"name", Text}, {"delivered", Count}}}
	for _, table := range ingest.Contract() {
		n := 0
		if eng.Delivered(table.Name) {
			n = 1
		}
		delivered.Rows = append(delivered.Rows, []Value{TextOf(table.Name), count(n)})
	}
	list = append(list, places, sources, budget, delivered, targetLine(agreed, p), regions())
	for _, r := range cat.Refinements {
		refined := Param{Name: r.From + "_" + r.To + "s", Columns: []ParamColumn{{r.From, Text}, {r.To, Text}}}
		for _, v := range r.Values {
			refined.Rows = append(refined.Rows, []Value{TextOf(v.From), TextOf(v.To)})
		}
		list = append(list, refined)
	}
	return list
}

// targetLine is the line of solutions to expect at an even pace, in pieces.
func targetLine(t *Terms, p Period) Param {
	line := Param{Name: "target_line", Columns: []ParamColumn{{"from_day", Date}, {"to_day", Date}, {"from_cases", Real}, {"to_cases", Real}}}
	for _, l := range t.expected(p.AsOf) {
		line.Rows = append(line.Rows, []Value{DateOf(l.from), DateOf(l.to), RealOf(l.fromCases), RealOf(l.toCases)})
	}
	return line
}

// regions says in which region of M.49 a country lies; who has none is stateless.
func regions() Param {
	table := Param{Name: "regions", Columns: []ParamColumn{{"country", Text}, {"region", Text}}}
	for _, code := range country.Codes() {
		region := country.Subregion(code).EN
		if code == country.Stateless {
			region = "stateless"
		}
		if region != "" {
			table.Rows = append(table.Rows, []Value{TextOf(code), TextOf(region)})
		}
	}
	return table
}

// elapsed returns the pilot days up to the reference date and those of the whole pilot.
func elapsed(t *Terms, asOf day.Day) (passed, all int64) {
	passed = int64(min(asOf, t.End)-t.Start) + 1
	return max(passed, 0), int64(t.End-t.Start) + 1
}
