package transform

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"lvv/internal/day"
	models "lvv/sql"
)

// checkedWorld has one fault of each kind, and beside each something that looks like it but is right.
func checkedWorld() *world {
	none := day.None
	w := &world{missing: map[string]bool{}}
	person := func(id int, decision, decided, ground string, exceptional *bool, birth string) {
		c := aCase{id: id, person: id, decision: decision, applied: d("2020-01-01"), decided: none, ground: ground, exceptional: exceptional, birth: none, identityCheckedOn: none}
		if decided != "" {
			c.decided = d(decided)
		}
		if birth != "" {
			c.birth = d(birth)
		}
		w.cases = append(w.cases, c)
	}
	person(1, "admitted", "2020-01-10", "none", nil, "1980-01-01")
	person(2, "refused", "2020-01-10", "dublin", nil, "2020-01-02")     // born after the application
	person(3, "admitted", "2020-01-10", "entry_ban", nil, "1909-06-01") // no exception; 111 years
	person(4, "admitted", "2020-01-10", "entry_ban", yes(), "1910-01-01")
	person(5, "pending", "", "", nil, "")
	person(6, "admitted", "2019-01-01", "", nil, "") // before the application
	w.cases[5].applied = d("2019-01-02")             // before the pilot
	stay := func(id string, caseID int, place, in, out string) {
		s := aStay{id: id, caseID: caseID, location: place, in: d(in), out: none}
		if out != "" {
			s.out = d(out)
		}
		w.stays = append(w.stays, s)
	}
	stay("S2", 1, "Noord", "2020-01-10", "2020-03-01")
	stay("S3", 1, "Noord", "2020-02-20", "2020-02-25") // within S2
	stay("S4", 1, "Noord", "2020-03-01", "2020-03-02") // next to it
	stay("S5", 2, "Zuid", "2020-01-03", "2020-01-05")  // of a refused case
	stay("S6", 3, "Zuid", "2020-01-09", "2020-01-20")  // the day before admission
	stay("S7", 4, "Oost", "2020-01-10", "2020-04-02")  // 90 nights before the reference date
	stay("S8", 6, "Noord", "2020-01-10", "2020-04-01") // 91
	trajectory := func(id string, caseID int, scenario, start, end, outcome string, amif *bool) {
		x := aTrajectory{id: id, caseID: caseID, scenario: scenario, start: d(start), end: none, departed: none, outcome: outcome, amif: amif}
		if end != "" {
			x.end = d(end)
		}
		w.trajectories = append(w.trajectories, x)
	}
	trajectory("T2", 4, "return", "2020-01-10", "", "", nil)
	trajectory("T3", 6, "return", "2020-01-10", "", "", nil)
	trajectory("T4", 1, "return", "2020-01-10", "2020-02-10", "", yes())
	trajectory("T5", 1, "return", "2020-02-10", "2020-03-10", "", yes())
	trajectory("T6", 1, "return", "2020-03-09", "2020-03-20", "", yes()) // while T5 runs
	trajectory("T7", 3, "undecided", "2020-04-01", "2020-06-29", "", nil)
	trajectory("T8", 3, "undecided", "2020-03-31", "", "", nil)
	trajectory("T9", 3, "return", "2020-06-30", "", "return", nil) // outcome without end
	for _, c := range []int{1, 4, 6} {
		w.conferences = append(w.conferences, aConference{caseID: c, on: d("2020-01-15"), moment: "scenario"})
	}
	w.capacity = []aCapacity{{"Noord", d("2020-01-01"), none, 2}, {"Zuid", d("2020-01-01"), none, 0}, {"Oost", d("2020-01-01"), none, 1}}
	return w
}

func TestChecks(t *testing.T) {
	want := map[string]string{
		"stay_of_refused_case":          "stays 5 (cases 3)",
		"admitted_without_exception":    "cases 4",
		"double_amif_participation":     "trajectories 6 (trajectories 5)",
		"overlapping_stays":             "stays 3 (stays 2)",
		"stay_before_admission":         "stays 6 (cases 4)",
		"outcome_without_end":           "trajectories 9",
		"decision_before_application":   "cases 7",
		"implausible_birth_date":        "cases 3, cases 4",
		"location_above_places":         "capacity 3 (stays 5)",
		"gap_without_end":               "trajectories 3, trajectories 8",
		"before_pilot":                  "cases 7",
		"trajectory_without_conference": "trajectories 7, trajectories 8, trajectories 9",
		"scenario_undecided":            "trajectories 8",

		"exceptional_without_conference": "cases 4, cases 5", "admitted_without_identity": "", "escalated_without_review": "", "no_review_for_long": "", "sheltered_after_durable": "",
		"amif_mark_missing": "trajectories 2, trajectories 3, trajectories 9", "costs_without_kind": "", "register_not_current": "stays 7", "period_outside_pilot": "",
	}
	e := openStore(t, newStoreWriter(t).write(t, checkedWorld()), 1)
	p := Period{Label: "2020-H1", From: d("2020-01-01"), To: d("2020-06-30"), AsOf: d("2020-06-30")}
	results, err := Checks(t.Context(), e, testTerms(), p)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, r := range results {
		var rows []string
		for _, row := range r.Rows {
			s := fmt.Sprintf("%s %d", row.Source.Table, row.Source.Line)
			if row.Other.Table != "" {
				s += fmt.Sprintf(" (%s %d)", row.Other.Table, row.Other.Line)
			}
			rows = append(rows, s)
		}
		if int64(len(r.Rows)) != r.Count || r.Missing != nil {
			t.Errorf("%s counts %d of %d rows, lacks %v", r.Check.ID, r.Count, len(r.Rows), r.Missing)
		}
		got[r.Check.ID] = strings.Join(rows, ", ")
	}
	for id, rows := range want {
		if got[id] != rows {
			t.Errorf("%s objects to %q, want %q", id, got[id], rows)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d checks ran, want %d", len(got), len(want))
	}
}

func TestChecksWithoutTables(t *testing.T) {
	w := checkedWorld()
	w.missing["conferences"], w.missing["capacity"] = true, true
	e := openStore(t, newStoreWriter(t).write(t, w), 1)
	p := Period{Label: "2020", From: d("2020-01-01"), To: d("2020-12-31"), AsOf: d("2020-12-31")}
	results, err := Checks(t.Context(), e, testTerms(), p)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range results {
		var want []string
		switch r.Check.ID {
		case "trajectory_without_conference", "exceptional_without_conference", "escalated_without_review", "no_review_for_long":
			want = []string{"casusoverleg"}
		case "location_above_places":
			want = []string{"capaciteit"}
		}
		if !slices.Equal(r.Missing, want) {
			t.Errorf("%s lacks %v, want %v", r.Check.ID, r.Missing, want)
		}
	}
}

// TestChecksHaveSelects holds the catalogue of checks against the SELECTs, in both directions.
func TestChecksHaveSelects(t *testing.T) {
	checks, err := models.LoadChecks()
	if err != nil {
		t.Fatal(err)
	}
	var listed, written []string
	for _, c := range checks {
		listed = append(listed, c.ID)
		for _, text := range []models.Text{c.Title, c.Meaning, c.Action} {
			if text.NL == "" || text.EN == "" {
				t.Errorf("%s lacks a text in one of the languages", c.ID)
			}
		}
	}
	all, err := models.Models()
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		if m.Folder == "checks" {
			written = append(written, m.Name)
		}
	}
	slices.Sort(listed)
	slices.Sort(written)
	if !slices.Equal(listed, written) {
		t.Errorf("catalogue: %v\nSELECTs: %v", listed, written)
	}
}
