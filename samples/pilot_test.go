package samples

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"lvv/internal/day"
)

// TestCheckedIn proves that the checked-in exports are what the generator makes.
func TestCheckedIn(t *testing.T) {
	dir := t.TempDir()
	if err := WritePilot(dir); err != nil {
		t.Fatal(err)
	}
	made, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := files.ReadDir(Exports)
	if err != nil {
		t.Fatal(err)
	}
	if len(made) != len(kept) {
		t.Errorf("%d files are checked in, %d are made: run make samples", len(kept), len(made))
	}
	size := 0
	for _, e := range made {
		got, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		want, err := files.ReadFile(Exports + "/" + e.Name())
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not what the generator makes: run make samples", e.Name())
		}
		size += len(got)
	}
	if size >= 1<<20 {
		t.Errorf("the samples take %d bytes, at most 1 MiB was agreed", size)
	}
}

// TestPilotAsPublished holds the samples against what was published about the pilot.
func TestPilotAsPublished(t *testing.T) {
	w, b := pilotBatch()
	if w.persons < 880 || w.persons > 920 {
		t.Errorf("%d persons, want about 900", w.persons)
	}

	got := make(map[string]int)
	total := 0
	for _, row := range rowsOf(b, trajectories) {
		ended, outcome := row[field(trajectories, "ended_on")], row[field(trajectories, "outcome")]
		if outcome.kind == code && day.Day(ended.n) <= published {
			got[outcome.s]++
			total++
		}
	}
	want := map[string]int{"legalisering": 17, "uitstel_medisch": 5, "herhaalde_aanvraag": 46, "terugkeer": 21,
		"doormigratie": 1, "detentie": 13, "beeindigd": 2, "mob": 37}
	for outcome, n := range want {
		if got[outcome] != n {
			t.Errorf("%d exits to %s by %s, want %d", got[outcome], published, outcome, n)
		}
	}
	if total != 142 {
		t.Errorf("%d exits to %s, want 142", total, published)
	}

	from := day.Of(2020, 1, 1)
	share := float64(personNights(b, from, extracted)) / float64(360*int(extracted-from+1))
	t.Logf("persons %d, stays %d, trajectories %d, occupancy %.4f", w.persons, len(rowsOf(b, stays)), len(rowsOf(b, trajectories)), share)
	if share < 0.835 || share > 0.845 {
		t.Errorf("occupancy in 2020 is %.4f, want about 0.84", share)
	}
}

// rowsOf returns the rows of a table, all files together.
func rowsOf(b *batch, table int) [][]cell {
	var out [][]cell
	for _, cells := range b.cells[table] {
		for at := 0; at < len(cells); at += stride(table) {
			out = append(out, cells[at:at+stride(table)])
		}
	}
	return out
}

// personNights counts distinct (person, night) the plain way.
func personNights(b *batch, from, to day.Day) int {
	type night struct {
		person int64
		on     day.Day
	}
	seen := make(map[night]bool)
	for _, row := range rowsOf(b, stays) {
		out := extracted + 1
		if c := row[field(stays, "date_out")]; c.kind == date {
			out = day.Day(c.n)
		}
		person := row[field(stays, "case_id")].n / 10
		for on := max(day.Day(row[field(stays, "date_in")].n), from); on < min(out, to+1); on++ {
			seen[night{person, on}] = true
		}
	}
	return len(seen)
}
