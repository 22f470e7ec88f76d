package disclose

import (
	"slices"
	"testing"

	"lvv/anonymize/published"
	"lvv/internal/day"
	"lvv/sql"
	"lvv/transform"
	"lvv/transform/engine"
)

// table writes all counts of a figure by one dimension; what is not given is 0. more are a name and a value for each other dimension.
func table(cat *sql.Catalogue, id, dim string, of map[string]int64, more ...string) (out []published.Figure) {
	for _, b := range cat.Figure(id).Breakdowns {
		for _, l := range b {
			if l.Dim != dim || len(b) != 1+len(more)/2 {
				continue
			}
			for _, v := range l.Values {
				if n, some := of[v.Value]; some || l.Open == "" {
					out = append(out, figure(id, n, append([]string{dim, v.Value}, more...)...))
				}
			}
		}
	}
	return out
}

// handOut protects exact figures, report after report, and returns what readers get.
func handOut(t *testing.T, cat *sql.Catalogue, exact ...*published.Document) (out []*issue) {
	t.Helper()
	var earlier []Earlier
	for _, d := range exact {
		r := &transform.Results{Pilot: d.Pilot, Period: d.Period}
		for i := range d.Figures {
			f := &d.Figures[i]
			r.Figures = append(r.Figures, transform.Figure{ID: f.ID, Dims: f.Dims, Unit: f.Unit, Value: f.Value, Numerator: f.Numerator, Denominator: f.Denominator})
		}
		o := DefaultOptions(5)
		o.Start, o.Days, o.Earlier = d.Terms.Start, map[string]int{"scenario_days": 42}, earlier
		p, err := Protect(r, cat, o)
		if err != nil {
			t.Fatal(err)
		}
		next := &issue{d: p.Document(cat), exact: map[*published.Document]map[string]int64{}, rows: rowsTold(r, p, cat)}
		if r.Figure("durable.share_broad") != nil {
			next.own = ownOutcomes(r)
		}
		next.d.Terms.Start, next.exact[next.d] = o.Start, exactly(r, nil)
		out, earlier = append(out, next), append(slices.Clip(earlier), Earlier{Results: r, Published: next.d})
	}
	return out
}

// TestWhatIsUsual: readers take it that nothing rare has happened, where the figures agree with that: that no case had an outcome before its admission,
// or without; that whoever is in shelter was admitted; that scenarios were set in conferences since the start. The same of what always holds over time. Without what is declared of it
// they could narrow counts; with it they cannot.
func TestWhatIsUsual(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	type counts = map[string]int64
	// groups are cases of two groups at each level; shares say what all cases come to.
	groups := func(admitted, durable, semi, none counts) (out []published.Figure) {
		out = table(cat, "subgoal.admitted", "special_group", admitted)
		running := counts{}
		for g, n := range admitted {
			running[g] = n - durable[g] - semi[g] - none[g]
		}
		for n, level := range []string{"durable", "semi_durable", "none", "running"} {
			out = append(out, table(cat, "subgoal.level", "special_group", []counts{durable, semi, none, running}[n], "level", level)...)
		}
		return out
	}
	admitted := counts{"none": 40, "medical": 30}
	first, second := [2]day.Day{day.Of(2019, 7, 1), day.Of(2019, 9, 30)}, [2]day.Day{day.Of(2019, 10, 1), day.Of(2019, 12, 31)}
	// Two divisions with the same total are taken to be the same, whatever is declared of them.
	assumed := []string{"whoever was in shelter in the period and is no longer left in it", "all conferences that ended were held in the period, where all were"}
	for _, test := range []struct {
		name    string
		reports []*published.Document
		forget  func(*sql.Catalogue)
	}{
		{
			"outcomes of the groups are all outcomes",
			[]*published.Document{told(first[0], first[1], slices.Concat(
				groups(admitted, counts{"none": 3, "medical": 4}, counts{"none": 20}, nil), shares(7, 27, 27), []published.Figure{figure("durable.cases", 7)},
				table(cat, "durable.cases_level", "level", counts{"durable": 7, "semi_durable": 20}),
			)...)},
			func(cat *sql.Catalogue) {
				cat.Figure("subgoal.level").Relations = cat.Figure("subgoal.level").Relations[:1]
			},
		},
		{
			"as many ended so as the groups gained",
			[]*published.Document{
				told(first[0], first[1], slices.Concat(
					groups(admitted, nil, counts{"medical": 6}, counts{"none": 4, "medical": 6}), shares(0, 10, 25), []published.Figure{figure("durable.cases", 0)},
					table(cat, "durable.cases_level", "level", counts{"semi_durable": 10, "none": 15}),
				)...),
				told(second[0], second[1], slices.Concat(
					groups(admitted, nil, counts{"medical": 11}, counts{"none": 5, "medical": 11}), shares(0, 18, 39), []published.Figure{figure("durable.cases", 0)},
					table(cat, "durable.cases_level", "level", counts{"semi_durable": 18, "none": 21}),
					[]published.Figure{figure("durable.cases_in_period", 0), figure("outflow.trajectories", 14)},
					table(cat, "outflow.trajectories", "outcome", counts{"repeat_application": 8, "unknown_destination": 6}),
					table(cat, "outflow.level", "level", counts{"semi_durable": 8, "none": 6}),
				)...),
			},
			func(cat *sql.Catalogue) { cat.Figure("subgoal.level").Rises = nil },
		},
		{
			"of one region, in shelter or left with a solution",
			[]*published.Document{told(first[0], first[1], slices.Concat(
				[]published.Figure{
					figure("occupancy.persons_on_reference_date", 20), figure("inflow.admitted_not_housed", 0), figure("outflow.persons", 20),
					figure("durable.cases", 8), figure("durable.persons", 8),
				},
				table(cat, "population.housed", "region", counts{"Western Asia": 2, "Eastern Asia": 18}),
				table(cat, "population.admitted", "region", counts{"Western Asia": 4, "Eastern Asia": 36}),
				table(cat, "durable.region", "region", counts{"Western Asia": 1, "Eastern Asia": 7}),
				table(cat, "outflow.persons_level", "level", counts{"durable": 8, "semi_durable": 12}),
			)...)},
			func(cat *sql.Catalogue) {
				cat.Figure("durable.region").Relations = cat.Figure("durable.region").Relations[:1]
			},
		},
		{
			"of one region, and admitted as everybody is",
			[]*published.Document{told(first[0], first[1], slices.Concat(
				[]published.Figure{figure("durable.cases", 10), figure("durable.persons", 10), figure("subgoal.not_admitted", 0)},
				table(cat, "population.admitted", "region", counts{"Northern Africa": 5, "Eastern Africa": 6, "Western Africa": 5}),
				table(cat, "durable.region", "region", counts{"Northern Africa": 4, "Eastern Africa": 6, "Western Africa": 0}),
			)...)},
			func(cat *sql.Catalogue) {
				cat.Figure("durable.region").Relations = cat.Figure("durable.region").Relations[:2]
			},
		},
		{
			"of one region, and admitted as everybody with a solution is",
			[]*published.Document{told(first[0], first[1], slices.Concat(
				[]published.Figure{figure("durable.cases", 10), figure("durable.persons", 10), {
					ID: "durable.days_to_solution", Unit: "days", Dims: transform.Dims{{Name: "stat", Value: "mean"}}, Value: engine.RealOf(65), Numerator: engine.CountOf(650), Denominator: engine.CountOf(10),
				}},
				table(cat, "population.admitted", "region", counts{"Northern Africa": 5, "Eastern Africa": 6, "Western Africa": 5}),
				table(cat, "durable.region", "region", counts{"Northern Africa": 4, "Eastern Africa": 6, "Western Africa": 0}),
				table(cat, "durable.cases_level", "level", counts{"durable": 10}),
			)...)},
			func(cat *sql.Catalogue) {
				cat.Figure("durable.region").Relations = cat.Figure("durable.region").Relations[:3]
			},
		},
		{
			"whoever is in shelter and not admitted has a night without it",
			[]*published.Document{told(first[0], first[1], slices.Concat(
				[]published.Figure{
					figure("occupancy.persons_on_reference_date", 24), figure("occupancy.person_nights", 2, "population", "not_admitted"), figure("occupancy.person_nights", 1900, "population", "admitted"),
				},
				table(cat, "population.housed", "sex", counts{"male": 22, "female": 2}), table(cat, "population.admitted", "sex", counts{"male": 30}),
				table(cat, "population.housed", "region", counts{"Western Asia": 22, "Eastern Asia": 2}), table(cat, "population.admitted", "region", counts{"Western Asia": 30}),
				table(cat, "population.housed", "age_band", counts{"25-34": 22, "45-54": 2}), table(cat, "population.admitted", "age_band", counts{"25-34": 30}),
			)...)},
			func(cat *sql.Catalogue) {
				f := cat.Figure("population.housed")
				f.Relations = slices.DeleteFunc(f.Relations, func(r sql.Relation) bool { return r.Beyond != nil && r.InPeriod })
			},
		},
		{
			"whoever was ever in shelter and never admitted",
			[]*published.Document{
				told(first[0], first[1], slices.Concat(
					[]published.Figure{figure("occupancy.persons_on_reference_date", 30), figure("inflow.admitted_not_housed", 0), figure("outflow.persons", 0)},
					table(cat, "population.housed", "region", counts{"Eastern Asia": 1, "Western Asia": 4, "Southern Asia": 4, "Northern Africa": 21}),
					table(cat, "population.admitted", "region", counts{"Eastern Asia": 0, "Western Asia": 0, "Southern Asia": 0, "Northern Africa": 21}),
				)...),
				told(second[0], second[1], slices.Concat(
					[]published.Figure{figure("occupancy.persons_on_reference_date", 30), figure("inflow.admitted_not_housed", 0), figure("outflow.persons", 14)},
					table(cat, "population.housed", "region", counts{"Eastern Asia": 0, "Western Asia": 7, "Southern Asia": 5, "Northern Africa": 18}),
					table(cat, "population.admitted", "region", counts{"Eastern Asia": 0, "Western Asia": 10, "Southern Asia": 6, "Northern Africa": 27}),
				)...),
			},
			withoutSoFar,
		},
		{
			"whoever was ever in shelter",
			[]*published.Document{
				told(first[0], first[1], slices.Concat(
					[]published.Figure{figure("occupancy.persons_on_reference_date", 30), figure("outflow.persons", 5)},
					table(cat, "population.housed", "region", counts{"Eastern Asia": 2, "Western Asia": 4, "Southern Asia": 4, "Northern Africa": 20}),
				)...),
				told(second[0], second[1], slices.Concat(
					[]published.Figure{figure("occupancy.persons_on_reference_date", 34), figure("outflow.persons", 2)},
					table(cat, "population.housed", "region", counts{"Eastern Asia": 0, "Western Asia": 4, "Southern Asia": 4, "Northern Africa": 26}),
				)...),
			},
			withoutSoFar,
		},
		{
			"whoever was ever in shelter and of unknown age was never of another",
			[]*published.Document{
				told(first[0], first[1], slices.Concat(
					[]published.Figure{figure("occupancy.persons_on_reference_date", 30), figure("inflow.admitted_not_housed", 5), figure("outflow.persons", 0)},
					table(cat, "population.housed", "age_band", counts{"18-24": 10, "25-34": 20, "unknown": 0}),
					table(cat, "population.admitted", "age_band", counts{"18-24": 14, "25-34": 21, "unknown": 0}),
				)...),
				told(second[0], second[1], slices.Concat(
					[]published.Figure{figure("occupancy.persons_on_reference_date", 31), figure("inflow.admitted_not_housed", 8), figure("outflow.persons", 0)},
					table(cat, "population.housed", "age_band", counts{"18-24": 9, "25-34": 21, "unknown": 1}),
					table(cat, "population.admitted", "age_band", counts{"18-24": 16, "25-34": 21, "unknown": 2}),
				)...),
			},
			withoutSoFar,
		},
		{
			"whoever was not back within a year was not within half of it",
			[]*published.Document{
				told(day.Of(2019, 7, 1), day.Of(2019, 10, 31), append(table(cat, "outflow.shelter_exits", "exit_reason", counts{"own_accord": 3, "detention": 3, "transfer": 2}), figure("outflow.shelter_exits", 8))...),
				told(day.Of(2019, 11, 1), day.Of(2020, 10, 30), slices.Concat(
					[]published.Figure{figure("outflow.shelter_exits", 33)}, table(cat, "outflow.shelter_exits", "exit_reason", counts{"own_accord": 12, "detention": 10, "transfer": 11}),
					back(cat, "180", map[string][2]int64{"own_accord": {5, 10}, "detention": {8, 8}, "transfer": {8, 8}}),
					back(cat, "365", map[string][2]int64{"own_accord": {0, 3}, "detention": {3, 3}, "transfer": {2, 2}}),
				)...),
			},
			func(cat *sql.Catalogue) { cat.Figure("stability.not_sheltered_again").Relations = nil },
		},
		{
			"scenarios were set in conferences",
			[]*published.Document{told(first[0], first[1], slices.Concat(
				[]published.Figure{figure("conference.held", 12), {
					ID: "conference.scenario_set", Unit: "ratio", Value: engine.RealOf(11. / 13), Numerator: engine.CountOf(11), Denominator: engine.CountOf(13),
				}},
				table(cat, "conference.held", "moment", counts{"scenario": 11, "change": 1}),
			)...)},
			func(cat *sql.Catalogue) { cat.Figure("conference.scenario_set").Relations = nil },
		},
		{
			"scenarios were set in conferences of the weeks before that the terms give, too",
			[]*published.Document{
				told(second[0], second[1], append(table(cat, "conference.held", "moment", counts{"scenario": 4, "change": 9, "progress": 8}), figure("conference.held", 21))...),
				told(day.Of(2020, 1, 1), day.Of(2020, 3, 31), append(table(cat, "conference.held", "moment", counts{"scenario": 5, "change": 6}), figure("conference.held", 11), published.Figure{
					ID: "conference.scenario_set", Unit: "ratio", Value: engine.RealOf(1), Numerator: engine.CountOf(7), Denominator: engine.CountOf(7),
				})...),
			},
			func(cat *sql.Catalogue) { cat.Figure("conference.scenario_set").Relations[0].Lead = "" },
		},
		{
			"a conference decided to end or to escalate",
			[]*published.Document{told(first[0], first[1], slices.Concat(
				[]published.Figure{figure("conference.held", 12), figure("review.escalated", 9)},
				table(cat, "conference.held", "moment", counts{"scenario": 6, "change": 6}), table(cat, "conference.end_grounds", "end_ground", counts{"no_cooperation": 2}),
				table(cat, "conference.decided", "conference_decision", counts{"continue": 1, "end": 2, "escalate": 9}),
			)...)},
			func(cat *sql.Catalogue) { cat.Figure("review.escalated").Relations = nil },
		},
		{
			"whoever was in shelter in the period and is no longer left in it",
			[]*published.Document{told(second[0], second[1], slices.Concat(
				[]published.Figure{
					figure("occupancy.persons", 27), figure("occupancy.persons_on_reference_date", 21), figure("outflow.persons", 8), figure("outflow.shelter_exits", 6),
					figure("outflow.left_in_period", 6),
				},
				table(cat, "outflow.persons", "exit_reason", counts{"own_accord": 3, "transfer": 2, "durable_solution": 2, "other": 1}),
				table(cat, "outflow.left_in_period", "exit_reason", counts{"own_accord": 3, "transfer": 2, "durable_solution": 1}),
				table(cat, "outflow.shelter_exits", "exit_reason", counts{"own_accord": 3, "transfer": 2, "durable_solution": 1}),
			)...)},
			func(cat *sql.Catalogue) { cat.Figure("occupancy.persons").Relations = nil },
		},
		{
			"whoever was put forward was admitted, where everybody was",
			[]*published.Document{told(first[0], first[1], slices.Concat(
				[]published.Figure{figure("subgoal.not_admitted", 0)}, table(cat, "subgoal.admitted", "special_group", counts{"none": 5, "medical": 5, "stateless": 6}),
				table(cat, "subgoal.put_forward", "special_group", counts{"medical": 4, "stateless": 6}), table(cat, "subgoal.solution_tested", "special_group", counts{"medical": 4, "stateless": 6}),
			)...)},
			func(cat *sql.Catalogue) {
				cat.Figure("subgoal.put_forward").Relations = cat.Figure("subgoal.put_forward").Relations[:1]
			},
		},
		{
			"all conferences that ended were held in the period, where all were",
			[]*published.Document{told(second[0], second[1], slices.Concat(
				[]published.Figure{figure("conference.held", 10), figure("conference.known", 10), figure("review.escalated", 0)},
				table(cat, "conference.end_grounds", "end_ground", counts{"nuisance": 4, "left": 3}), table(cat, "conference.end_grounds_to_date", "end_ground", counts{"nuisance": 4, "left": 3}),
				table(cat, "conference.decided", "conference_decision", counts{"continue": 3, "end": 7}),
			)...)},
			func(cat *sql.Catalogue) {
				f := cat.Figure("conference.end_grounds_to_date")
				f.Relations = f.Relations[:1]
			},
		},
		{
			"scenarios set in time by conferences of the period, where all were held in it",
			[]*published.Document{told(second[0], second[1], slices.Concat(
				[]published.Figure{
					figure("conference.held", 9), figure("conference.known", 9),
					{ID: "conference.scenario_set", Unit: "ratio", Value: engine.RealOf(7. / 12), Numerator: engine.CountOf(7), Denominator: engine.CountOf(12)},
				},
				table(cat, "conference.held", "moment", counts{"scenario": 7, "change": 1, "progress": 1}),
			)...)},
			func(cat *sql.Catalogue) {
				f := cat.Figure("conference.scenario_set")
				f.Relations = f.Relations[:1]
			},
		},
		{
			"scenarios changed of cases with several trajectories, where none has",
			[]*published.Document{told(second[0], second[1], slices.Concat(
				[]published.Figure{
					figure("conference.change_moments", 3), figure("procedure.decided", 10), figure("caseload.cases", 40), figure("trajectories.known", 40),
					figure("duration.running", 40, "stat", "n"), figure("trajectories.started", 40),
				},
				table(cat, "procedure.decided", "result", counts{"rejected": 3, "withdrawn": 7}),
			)...)},
			func(cat *sql.Catalogue) {
				f := cat.Figure("conference.change_moments")
				f.Relations = f.Relations[:1]
			},
		},
		{
			"who waited for a solution since admission is at that level in a group",
			[]*published.Document{told(first[0], first[1], slices.Concat(
				groups(admitted, counts{"none": 6, "medical": 4}, nil, nil), shares(17, 17, 17), []published.Figure{figure("durable.cases", 17), figure("durable.cases_in_period", 17), {
					ID: "durable.days_to_solution", Unit: "days", Dims: transform.Dims{{Name: "stat", Value: "mean"}}, Value: engine.RealOf(35), Numerator: engine.CountOf(350), Denominator: engine.CountOf(10),
				}},
				table(cat, "durable.cases_level", "level", counts{"durable": 17}),
			)...)},
			func(cat *sql.Catalogue) {
				f := cat.Figure("durable.days_to_solution")
				f.Relations = f.Relations[:2]
			},
		},
		{
			"what was granted later was after trajectories had ended",
			[]*published.Document{
				told(first[0], first[1], figure("duration.ended", 0, "stat", "n")),
				told(second[0], second[1], append(table(cat, "procedure.decided", "result", counts{"granted": 4, "rejected": 9, "withdrawn": 8}),
					figure("procedure.decided", 21), figure("durable.later_granted", 4), figure("duration.ended", 12, "stat", "n"))...),
			},
			func(cat *sql.Catalogue) { cat.Figure("durable.later_granted").Growth[0].After = nil },
		},
		{
			"solutions are tested of cases that were put forward",
			[]*published.Document{
				told(first[0], first[1], slices.Concat(
					table(cat, "subgoal.put_forward", "special_group", counts{"none": 9, "medical": 1}), table(cat, "subgoal.solution_tested", "special_group", counts{"none": 9}),
				)...),
				told(second[0], second[1], slices.Concat(
					table(cat, "subgoal.put_forward", "special_group", counts{"none": 9, "medical": 2}), table(cat, "subgoal.solution_tested", "special_group", counts{"none": 9, "medical": 1}),
				)...),
			},
			func(cat *sql.Catalogue) { cat.Figure("subgoal.solution_tested").Relations[0].AnyTime = false },
		},
	} {
		promised, narrowed, err := attack(handOut(t, cat, test.reports...))
		if err != nil || len(narrowed) > 0 {
			t.Errorf("%s: %v, %v", test.name, narrowed, err)
		}
		less, err := sql.ReadCatalogue(sql.Files())
		if err != nil {
			t.Fatal(err)
		}
		test.forget(less)
		could, narrowed, err := attack(handOut(t, less, test.reports...))
		if err != nil || (len(narrowed) == 0) != slices.Contains(assumed, test.name) {
			t.Errorf("%s: nothing of %d counts can be narrowed without what is declared, %v", test.name, could, err)
		}
		t.Logf("%s: %d counts; without what is declared %d of %d", test.name, promised, len(narrowed), could)
	}
}

// back writes how many came back within so many days, of how many who left by each reason, and how many did not.
func back(cat *sql.Catalogue, horizon string, of map[string][2]int64) (out []published.Figure) {
	var all [2]int64
	put := func(of [2]int64, dims ...string) {
		f := figure("stability.sheltered_again", 0, append(dims, "horizon", horizon)...)
		f.Unit, f.Value, f.Numerator, f.Denominator = "ratio", engine.Value{}, engine.CountOf(of[0]), engine.CountOf(of[1])
		if of[1] > 0 {
			f.Value = engine.RealOf(float64(of[0]) / float64(of[1]))
		}
		out = append(out, f)
	}
	for _, l := range cat.Figure("outflow.shelter_exits").Breakdowns[1][0].Values {
		n := of[l.Value]
		all = [2]int64{all[0] + n[0], all[1] + n[1]}
		put(n, "exit_reason", l.Value)
		out = append(out, figure("stability.not_sheltered_again", n[1]-n[0], "exit_reason", l.Value, "horizon", horizon))
	}
	put(all)
	return out
}

// withoutSoFar forgets what is known of all that ever were there.
func withoutSoFar(cat *sql.Catalogue) {
	f := cat.Figure("population.housed")
	f.Relations = slices.DeleteFunc(f.Relations, func(r sql.Relation) bool { return r.SoFar })
}
