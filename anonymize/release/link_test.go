package release

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"lvv/internal/day"
	"lvv/reports"
)

// A participant is looked for by any of the columns shared: also by an outcome alone, whose row is of
// another scenario, and whoever is found by it is not found alone.
func TestParticipantIsSoughtWithoutScenario(t *testing.T) {
	sought := trajectoriesTable()
	for i := range 60 {
		scenario, outcome := []string{"return", "legalisation"}[i%2], []string{"onward", "unknown_destination"}[i/2%2]
		if i == 1 {
			outcome = "detention"
		}
		sought.rows = append(sought.rows, &row{
			person: strconv.Itoa(i), id: strconv.Itoa(i),
			qi: []string{scenario, hasEnded, dayLeaf(int64(i), durationWidths[0]), "0-5", "none", "false"}, sensitive: []string{outcome},
		})
	}
	start := day.Of(2019, 9, 1)
	p := &participant{asOf: start + 400, listed: true, sex: "male", ageBand: "18-60"}
	p.add(guidance{start: start, end: start + 40, outcome: "detention"})
	queries := queriesOf([]*table{personsTable(&span{2019, 2020}), sought, coursesTable(nil)}, []*participant{p}, nil)
	if err := sought.protect(t.Context(), 5, 2, nil, queries); err != nil {
		t.Fatal(err)
	}
	of := 0
	for _, r := range sought.published() {
		if r.sensitive[0] == "detention" {
			of++
		}
	}
	if len(sought.published()) < 50 || of > 0 && of < 5 {
		t.Errorf("%d of %d rows have the outcome of a participant", of, len(sought.published()))
	}
}

// The workbook of an account tells of every return trajectory, claimed or not, in either language; and
// what it tells of those claimed is what the list tells.
func TestWorkbookTellsOfAllReturnTrajectories(t *testing.T) {
	w := generate(t, 110, 3)
	for _, lang := range []reports.Lang{reports.Dutch, reports.English} {
		o := w.options(t, "2020-Q2")
		dir := t.TempDir()
		o.Create = into(dir)
		writeManifest(t, dir, &o)
		writeAccount(t, w, &o, lang)
		m, err := readManifest(dir)
		if err != nil {
			t.Fatal(err)
		}
		read, err := readAccount(dir, m)
		if err != nil {
			t.Fatal(err)
		}
		now, err := readParticipants(t.Context(), &o)
		if err != nil {
			t.Fatal(err)
		}
		fromSheets := slices.DeleteFunc(read, func(p *participant) bool { return p.listed })
		got, want := told(fromSheets), told(now)
		if !slices.Equal(got, want) {
			t.Errorf("%s: the workbook tells of %d persons, the register of %d, or other things of them: %q, %q", lang, len(got), len(want), got[0], want[0])
		}
		if !slices.ContainsFunc(now, func(p *participant) bool { return p.sex == "" }) {
			t.Error("nobody is outside the project")
		}
	}
}

// told is what is told of each person, in order.
func told(participants []*participant) (texts []string) {
	for _, p := range participants {
		slices.SortFunc(p.courses, func(a, b guidance) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
		texts = append(texts, fmt.Sprintln(p.asOf, p.sex, p.ageBand, p.start, p.trajectories, p.returned, p.courses))
	}
	slices.Sort(texts)
	return texts
}

// The fewest persons that a way of looking fits are those of all classes that it fits.
func TestFewestPersonsOfAWay(t *testing.T) {
	table := trajectoriesTable()
	for i := range 12 {
		r := &row{person: strconv.Itoa(i), id: strconv.Itoa(i), qi: []string{"return", hasEnded, "0-29", "0-5", "none", "false"}, sensitive: []string{"return"}}
		r.labels = slices.Clone(r.qi)
		r.labels[0] = []string{"return", "*"}[i/6]
		table.rows = append(table.rows, r)
	}
	risk := AMIF{Columns: map[string][]string{}}
	risk.measure(table, []*query{{table.name, []*condition{{1, []string{"return"}}, anything, anything, anything, anything, anything, anything}}}, 5)
	if risk.Fewest != 12 || risk.BelowK != 0 {
		t.Errorf("a way that fits 12 persons fits %d, below k %d", risk.Fewest, risk.BelowK)
	}
}
