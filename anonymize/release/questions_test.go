package release

import (
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"lvv/anonymize/pseudonym"
	"lvv/internal/csvtest"
	"lvv/transform"
)

// readTable reads a delivered CSV as a researcher would.
func readTable(t *testing.T, path string) []map[string]string {
	t.Helper()
	rows := csvtest.Rows(t, path)
	var out []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, name := range rows[0] {
			m[name] = row[i]
		}
		out = append(out, m)
	}
	return out
}

// A researcher's answers from the delivered files lie within the bounds of risk.json of what the
// store itself gives, by queries of their own.
func TestQuestionsComeOutWithinBounds(t *testing.T) {
	var dirs []string
	for _, label := range []string{"2020-Q1", "2020-Q2", "2020-Q3"} {
		dir, risk := deliver(t, label, dirs...)
		dirs = append(dirs, dir)
		o := optionsFor(t, label)
		bound := map[string]float64{}
		for _, q := range risk.Questions {
			bound[q.ID] = q.Bound
		}
		asOf := "DATE '" + risk.AsOf + "'"
		scope := "SELECT person_key FROM store.cases WHERE decision = 'admitted' AND decided_on <= " + asOf + " AND applied_on <= " + asOf
		truth := map[string]float64{}
		medians := map[string]float64{}
		ask(t, o.Engine, `SELECT t.scenario, CASE WHEN t.ended_on <= `+asOf+` THEN coalesce(t.outcome, '') ELSE '' END, count(*)
			FROM store.trajectories t JOIN store.cases c USING (case_key)
			WHERE t.started_on <= `+asOf+` AND c.person_key IN (`+scope+`) GROUP BY 1, 2`, func(row []transform.Value) {
			truth[row[0].Str()+"/"+row[1].Str()] = row[2].Float()
		})
		ask(t, o.Engine, `SELECT t.scenario, CAST(median(t.ended_on - t.started_on) AS DOUBLE)
			FROM store.trajectories t JOIN store.cases c USING (case_key)
			WHERE t.ended_on <= `+asOf+` AND c.person_key IN (`+scope+`) GROUP BY 1`, func(row []transform.Value) {
			medians[row[0].Str()] = row[1].Float()
		})
		answers := map[string]float64{}
		durations := map[string][]float64{}
		for _, row := range readTable(t, filepath.Join(dir, Folder, TrajectoriesFile)) {
			answers[row["scenario"]+"/"+row["outcome"]]++
			if low, _, ok := strings.Cut(row["duration_band"], "-"); ok && row["running"] == "false" {
				n, err := strconv.Atoi(low)
				if err != nil {
					t.Fatal(err)
				}
				durations[row["scenario"]] = append(durations[row["scenario"]], float64(n+15))
			}
		}
		for cell, n := range truth {
			if d := n - answers[cell]; d < 0 || d > bound["outcome_by_scenario"] {
				t.Errorf("%s: %s: %v rows, the store has %v; the bound is %v", label, cell, answers[cell], n, bound["outcome_by_scenario"])
			}
		}
		for scenario, v := range durations {
			slices.Sort(v)
			m := (v[(len(v)-1)/2] + v[len(v)/2]) / 2
			if math.Abs(m-medians[scenario]) > bound["median_duration_by_scenario"] {
				t.Errorf("%s: median of %s is %v, the store has %v; the bound is %v", label, scenario, m, medians[scenario], bound["median_duration_by_scenario"])
			}
		}
		checkShares(t, o, dir, bound)
	}
}

// checkShares compares the shares of (age band, outcome) and (region, outcome).
func checkShares(t *testing.T, o Options, dir string, bound map[string]float64) {
	t.Helper()
	outcome := map[string]string{}
	ages, regions := map[string]float64{}, map[string]float64{}
	region := map[string]string{}
	for _, row := range nationalityRows() {
		for _, name := range row[:3] {
			region[name] = row[2]
		}
	}
	ids := pseudonym.NewPseudonymizer(o.Key, o.Terms.Pilot, pseudonym.ForEvaluator, o.Terms.Epoch)
	n := 0.0
	err := transform.Select(t.Context(), o.Engine, o.Terms, o.Period, "release_persons", func(columns []string, row []transform.Value) error {
		v := named(columns, row)
		n++
		reference, err := pseudonym.ParsePseudonym(v("person_key").Str())
		if err != nil {
			return err
		}
		outcome[ids.ForRecipient(reference).String()] = v("final_outcome").Str()
		age := unknown
		if !v("age").IsNull() {
			age = strconv.FormatInt(v("age").Int()/20*20, 10)
		}
		ages[age+"/"+v("final_outcome").Str()]++
		regions[region[v("nationality").Str()]+"/"+v("final_outcome").Str()]++
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	gotAges, gotRegions := map[string]float64{}, map[string]float64{}
	knownAges, knownRegions := 0.0, 0.0
	for _, row := range readTable(t, filepath.Join(dir, Folder, PersonsFile)) {
		if row["final_outcome"] != outcome[row["person_id"]] {
			t.Fatalf("%s: a person has final outcome %q, the store says %q", o.Period.Label, row["final_outcome"], outcome[row["person_id"]])
		}
		if row["age_band"] != "*" {
			low, _, _ := strings.Cut(row["age_band"], "-")
			if a, err := strconv.Atoi(low); err == nil {
				low = strconv.Itoa(a / 20 * 20)
			}
			gotAges[low+"/"+row["final_outcome"]]++
			knownAges++
		}
		if r, ok := region[row["nationality"]]; ok {
			gotRegions[r+"/"+row["final_outcome"]]++
			knownRegions++
		}
	}
	for cell, count := range ages {
		if d := 100 * math.Abs(count/n-gotAges[cell]/knownAges); d > bound["outcome_by_age_band"] {
			t.Errorf("%s: age %s is %.1f points off; the bound is %v", o.Period.Label, cell, d, bound["outcome_by_age_band"])
		}
	}
	for cell, count := range regions {
		if d := 100 * math.Abs(count/n-gotRegions[cell]/knownRegions); d > bound["outcome_by_region"] {
			t.Errorf("%s: region %s is %.1f points off; the bound is %v", o.Period.Label, cell, d, bound["outcome_by_region"])
		}
	}
}

func ask(t *testing.T, engine transform.Engine, query string, each func(row []transform.Value)) {
	t.Helper()
	if err := engine.Query(t.Context(), query, func(_ []string, row []transform.Value) error { each(row); return nil }); err != nil {
		t.Fatal(err)
	}
}
