package release

import (
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"lvv/internal/country"
	"lvv/transform/engine"
)

// answers are those of a recipe: by question, group and value.
type answers map[string]map[string]float64

// recipe runs a recipe of a delivery as it lies in the folder.
func recipe(t *testing.T, dir string, command ...string) answers {
	t.Helper()
	path, err := exec.LookPath(command[0])
	if err != nil {
		t.Skipf("%s is not installed", command[0])
	}
	cmd := exec.CommandContext(t.Context(), path, command[1:]...)
	cmd.Dir = filepath.Join(dir, Folder)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s", command, err, stderr.String())
	}
	found := answers{}
	for line := range strings.Lines(string(out)) {
		f := strings.Split(strings.TrimSpace(line), ";")
		v, err := strconv.ParseFloat(f[len(f)-1], 64)
		if err != nil || len(f) != 4 {
			t.Fatalf("%v says %q", command, line)
		}
		if found[f[0]] == nil {
			found[f[0]] = map[string]float64{}
		}
		found[f[0]][f[1]+";"+f[2]] = v
	}
	return found
}

func ask(t *testing.T, eng engine.Engine, query string, each func(row []engine.Value)) {
	t.Helper()
	if err := eng.Query(t.Context(), query, func(row engine.Row) error { each(row.Values); return nil }); err != nil {
		t.Fatal(err)
	}
}

// truths answers the questions from the store itself, by queries of their own.
func truths(t *testing.T, o Options) answers {
	t.Helper()
	asOf := "DATE '" + o.Period.AsOf.String() + "'"
	admitted := "SELECT * FROM store.cases WHERE decision = 'admitted' AND decided_on <= " + asOf + " AND applied_on <= " + asOf
	last := `SELECT t.*, c.person_key, CASE WHEN t.ended_on <= ` + asOf + ` THEN coalesce(t.outcome, 'unknown') ELSE 'running' END AS now
		FROM store.trajectories t JOIN store.cases c USING (case_key) WHERE t.started_on <= ` + asOf + ` AND c.person_key IN (SELECT person_key FROM (` + admitted + `))`
	out := answers{}
	shares := func(id, query string, group func(string) string) {
		count, all := map[string]float64{}, 0.0
		ask(t, o.Engine, query, func(row []engine.Value) {
			g := ""
			if !row[0].IsNull() {
				g = row[0].Str()
			}
			count[group(g)+";"+row[1].Str()] += row[2].Float()
			all += row[2].Float()
		})
		for cell := range count {
			count[cell] *= 100 / all
		}
		out[id] = count
	}
	same := func(s string) string { return s }
	shares("outcome_by_scenario", "SELECT scenario, now, CAST(count(*) AS DOUBLE) FROM ("+last+") GROUP BY 1, 2", same)
	final := `(SELECT a.*, coalesce(l.now, 'no_trajectory') AS now FROM
		(SELECT DISTINCT ON (person_key) * FROM (` + admitted + `) ORDER BY person_key, decided_on, applied_on, case_key) a
		LEFT JOIN (SELECT DISTINCT ON (person_key) person_key, now FROM (` + last + `) ORDER BY person_key, started_on DESC, trajectory_order DESC) l USING (person_key))`
	shares("outcome_by_year", "SELECT CAST(extract(year FROM decided_on) AS VARCHAR), now, CAST(count(*) AS DOUBLE) FROM "+final+" GROUP BY 1, 2", same)
	shares("outcome_by_age_band", "SELECT CAST(date_sub('year', birth_date, decided_on) AS VARCHAR), now, CAST(count(*) AS DOUBLE) FROM "+final+" GROUP BY 1, 2", func(age string) string {
		n, err := strconv.Atoi(age)
		if err != nil {
			return unknown
		}
		return strconv.Itoa(n/20*20) + "-" + strconv.Itoa(n/20*20+19)
	})
	shares("outcome_by_region", "SELECT nationality, now, CAST(count(*) AS DOUBLE) FROM "+final+" GROUP BY 1, 2", func(code string) string {
		switch code {
		case country.Stateless:
			return "stateless"
		case country.Unknown, "":
			return unknown
		}
		return country.Region(code)
	})
	medians := map[string]float64{}
	ask(t, o.Engine, "SELECT scenario, CAST(median(ended_on - started_on) AS DOUBLE) FROM ("+last+") WHERE now <> 'running' GROUP BY 1", func(row []engine.Value) {
		medians[row[0].Str()+";median"] = row[1].Float()
	})
	out["median_duration_by_scenario"] = medians
	courseTruths(t, o, last, out)
	return out
}

// courseTruths answers those on courses by following each case.
func courseTruths(t *testing.T, o Options, last string, out answers) {
	t.Helper()
	levels := map[string]string{"return": "durable", "onward": "durable", "legalisation": "durable", "repeat_application": "semi_durable", "medical_deferral": "semi_durable"}
	type part struct {
		scenario, outcome string
		start, end, known int64 // end: as known; known: as it will be
	}
	cases := map[string][]part{}
	const never = 1 << 40
	ask(t, o.Engine, "SELECT case_key, scenario, now, CAST(started_on - DATE '2000-01-01' AS BIGINT), CAST(coalesce(ended_on - DATE '2000-01-01', 1099511627776) AS BIGINT) FROM ("+last+") ORDER BY case_key, started_on, trajectory_order", func(row []engine.Value) {
		p := part{row[1].Str(), row[2].Str(), row[3].Int(), row[4].Int(), row[4].Int()}
		if p.outcome == "running" {
			p.end = never
		}
		cases[row[0].Str()] = append(cases[row[0].Str()], p)
	})
	count, all := map[string]float64{}, 0.0
	days := map[string][]float64{}
	finish := func(parts []part) {
		level, end := "running", int64(never)
		final := parts[0]
		for _, p := range parts {
			if p.end > final.end {
				final = p
			}
			if levels[p.outcome] == "durable" && p.end < end {
				level, end = "durable", p.end
			}
		}
		if level == "running" && final.end != never {
			level, end = "none", final.end
			if l := levels[final.outcome]; l != "" {
				level = l
			}
		}
		count["… > "+parts[len(parts)-1].scenario+";"+level]++
		all++
		if level != "running" {
			days[level] = append(days[level], float64(end-parts[0].start))
		}
	}
	for _, parts := range cases {
		from, latest := 0, int64(0)
		for i, p := range parts {
			if i > from && p.start > latest+28 {
				finish(parts[from:i])
				from = i
			}
			latest = max(latest, p.known)
		}
		finish(parts[from:])
	}
	for cell := range count {
		count[cell] *= 100 / all
	}
	out["level_by_last_scenario"], out["median_duration_by_level"] = count, map[string]float64{}
	for level, d := range days {
		slices.Sort(d)
		out["median_duration_by_level"][level+";median"] = (d[(len(d)-1)/2] + d[len(d)/2]) / 2
	}
}

// within holds the answers of a recipe against the truth.
func within(t *testing.T, label string, risk *Risk, got, want answers) {
	t.Helper()
	for _, q := range risk.Questions {
		if len(got[q.ID]) == 0 || len(want[q.ID]) == 0 {
			t.Errorf("%s: %s has %d answers, %d true ones", label, q.ID, len(got[q.ID]), len(want[q.ID]))
		}
		cells := map[string]bool{}
		for cell := range got[q.ID] {
			cells[cell] = true
		}
		if q.Unit == unitPoints { // what no row says is a share of nought
			for cell := range want[q.ID] {
				cells[cell] = true
			}
		}
		for cell := range cells {
			if d := math.Abs(got[q.ID][cell] - want[q.ID][cell]); d > q.Bound+0.01 {
				t.Errorf("%s: %s of %s is %.2f, in truth %.2f: %.2f off, the bound is %v", label, q.ID, cell, got[q.ID][cell], want[q.ID][cell], d, q.Bound)
			}
		}
	}
}

// The recipes answer the questions of risk.json within the bounds that it states.
func TestRecipesAnswerWithinBounds(t *testing.T) {
	var dirs []string
	for _, label := range []string{"2020-Q1", "2020-Q3"} {
		dir, risk := deliver(t, label, dirs...)
		dirs = append(dirs, dir)
		within(t, label, risk, recipe(t, dir, "python3", "vragen.py"), truths(t, optionsFor(t, label)))
		left, err := os.ReadDir(filepath.Join(dir, Folder))
		if err != nil || len(left) != 12 {
			t.Errorf("the recipe left %v behind, %v", left, err)
		}
	}
}
