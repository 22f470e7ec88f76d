package main

import (
	"bytes"
	"encoding/csv"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"lvv/internal/csvtest"
)

// TestAuditorsWalk goes from a participant of the list to the rows of the exports, and finds there
// what the list says.
func TestAuditorsWalk(t *testing.T) {
	out := samplesOutput(t)
	var stdout, stderr bytes.Buffer
	people := csvtest.Rows(t, filepath.Join(out, "amif", "deelnemers.csv"))
	origins := csvtest.Rows(t, filepath.Join(out, "beheer", "amif-herkomst.csv"))
	known := map[string]bool{}
	for _, row := range origins[1:] {
		known[strings.Join(row, ",")] = true
	}
	followed := [][]string{people[1], people[len(people)/2], people[len(people)-1]}
	if code := run([]string{"trace", "--quiet", "--period", "2020-Q3", followed[0][0], followed[1][0], followed[2][0]}, nil, &stdout, &stderr); code != exitDone {
		t.Fatalf("trace: %d\n%s", code, stderr.String())
	}
	rows, err := csv.NewReader(&stdout).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		if !slices.ContainsFunc(followed, func(person []string) bool { return person[0] == row[0] }) {
			t.Errorf("the trace holds %q, of somebody else", row)
		}
	}
	for _, person := range followed {
		trajectories, activities := 0, 0
		for _, row := range rows[1:] {
			if row[0] != person[0] {
				continue
			}
			if row[1] == person[0] {
				t.Errorf("the trace of %s holds %q", person[0], row)
			}
			if !known[strings.Join(row[1:], ",")] {
				t.Errorf("%q is not in the steward's list of origins", row)
			}
			switch row[3] {
			case "trajecten":
				trajectories++
			case "begeleiding":
				activities++
			}
		}
		if want := person[11]; want != strconv.Itoa(trajectories) {
			t.Errorf("the list says %s trajectories, the trace finds %d", want, trajectories)
		}
		if want := person[12]; want != strconv.Itoa(activities) {
			t.Errorf("the list says %s activities, the trace finds %d", want, activities)
		}
	}
	for _, row := range people[1:] {
		for _, origin := range origins[1:] {
			if row[0] == origin[0] {
				t.Fatalf("the account and the steward's list share the pseudonym %s", row[0])
			}
		}
	}
}
