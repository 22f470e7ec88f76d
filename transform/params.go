package transform

import (
	"lvv/ingest"
	"lvv/internal/country"
	"lvv/internal/day"
	models "lvv/sql"
	"lvv/transform/engine"
)

// params are the small tables through which terms, period and the refinements of the catalogue (such as
// outcome_levels) reach the SELECTs: the terms as known on the reference date.
func params(eng engine.Engine, cat *models.Catalogue, agreed *Terms, p Period) []engine.Param {
	t := agreed.KnownOn(p.AsOf)
	count := func(n int) engine.Value { return engine.CountOf(int64(n)) }
	list := []engine.Param{
		{
			Name: "terms",
			Columns: []engine.ParamColumn{
				column("pilot_start", engine.Date), column("pilot_end", engine.Date), column("target_cases", engine.Count), column("rate_cents", engine.Count), column("pilots", engine.Count),
				column("review_days", engine.Count), column("scenario_days", engine.Count), column("change_moment_days", engine.Count), column("review_interval_days", engine.Count),
				column("course_gap_days", engine.Count), column("long_stay_days", engine.Count), column("meetings_per_year", engine.Count),
			},
			Rows: [][]engine.Value{{
				engine.DateOf(t.Start), engine.DateOf(t.End), engine.CountOf(t.TargetCases), engine.CountOf(t.RateCents), count(t.Pilots),
				count(t.ReviewDays), count(t.ScenarioDays), count(t.ChangeMomentDays), count(t.ReviewIntervalDays),
				count(t.CourseGapDays), count(t.LongStayDays), count(t.MeetingsPerYear),
			}},
		},
		{
			Name:    "period",
			Columns: []engine.ParamColumn{column("from_day", engine.Date), column("to_day", engine.Date), column("as_of", engine.Date)},
			Rows:    [][]engine.Value{{engine.DateOf(p.From), engine.DateOf(p.To), engine.DateOf(p.AsOf)}},
		},
	}
	places := engine.Param{Name: "places", Columns: []engine.ParamColumn{column("from_day", engine.Date), column("to_day", engine.Date), column("places", engine.Count)}}
	for i, a := range t.Places {
		from, to := max(a.From, t.Start), t.End
		if i+1 < len(t.Places) {
			to = min(to, t.Places[i+1].From-1)
		}
		if from <= to {
			places.Rows = append(places.Rows, []engine.Value{engine.DateOf(from), engine.DateOf(to), engine.CountOf(a.Places)})
		}
	}
	sources := engine.Param{Name: "sources", Columns: []engine.ParamColumn{column("position", engine.Count), column("name", engine.Text), column("share", engine.Count), column("unit", engine.Count)}}
	for i, s := range t.FundingSources {
		units, _ := engine.ParseDecimal(s.Share, shareDigits)
		sources.Rows = append(sources.Rows, []engine.Value{count(i + 1), engine.TextOf(s.Name), engine.CountOf(units), engine.CountOf(shareUnit)})
	}
	budget := engine.Param{Name: "budget", Columns: []engine.ParamColumn{column("year", engine.Count), column("source", engine.Text), column("cents", engine.Count)}}
	for _, b := range t.Budget {
		budget.Rows = append(budget.Rows, []engine.Value{count(b.Year), engine.TextOf(b.Source), engine.CountOf(b.Cents)})
	}
	delivered := engine.Param{Name: "delivered", Columns: []engine.ParamColumn{column("name", engine.Text), column("delivered", engine.Count)}}
	for _, table := range ingest.Contract() {
		n := 0
		if eng.Delivered(table.Name) {
			n = 1
		}
		delivered.Rows = append(delivered.Rows, []engine.Value{engine.TextOf(table.Name), count(n)})
	}
	list = append(list, places, sources, budget, delivered, targetLine(agreed, p), regions())
	for _, r := range cat.Refinements {
		refined := engine.Param{Name: r.From + "_" + r.To + "s", Columns: []engine.ParamColumn{column(r.From, engine.Text), column(r.To, engine.Text)}}
		for _, v := range r.Values {
			refined.Rows = append(refined.Rows, []engine.Value{engine.TextOf(v.From), engine.TextOf(v.To)})
		}
		list = append(list, refined)
	}
	return list
}

// targetLine is the line of solutions to expect at an even pace, in pieces.
func targetLine(t *Terms, p Period) engine.Param {
	line := engine.Param{Name: "target_line", Columns: []engine.ParamColumn{column("from_day", engine.Date), column("to_day", engine.Date), column("from_cases", engine.Real), column("to_cases", engine.Real)}}
	for _, l := range t.expected(p.AsOf) {
		line.Rows = append(line.Rows, []engine.Value{engine.DateOf(l.from), engine.DateOf(l.to), engine.RealOf(l.fromCases), engine.RealOf(l.toCases)})
	}
	return line
}

// regions says in which region of M.49 a country lies; who has none is stateless.
func regions() engine.Param {
	table := engine.Param{Name: "regions", Columns: []engine.ParamColumn{column("country", engine.Text), column("region", engine.Text)}}
	for _, code := range country.Codes() {
		region := country.Subregion(code)
		if code == country.Stateless {
			region = "stateless"
		}
		if region != "" {
			table.Rows = append(table.Rows, []engine.Value{engine.TextOf(code), engine.TextOf(region)})
		}
	}
	return table
}

func column(name string, kind engine.Kind) engine.ParamColumn {
	return engine.ParamColumn{Name: name, Kind: kind}
}

// elapsed returns the pilot days up to the reference date and those of the whole pilot.
func elapsed(t *Terms, asOf day.Day) (passed, all int64) {
	passed = int64(min(asOf, t.End)-t.Start) + 1
	return max(passed, 0), int64(t.End-t.Start) + 1
}
