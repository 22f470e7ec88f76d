package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lvv/internal/csvtest"
)

// TestManifestTellsFromWhat follows the rows of a run to its output, and finds every file that the
// run read by its hash.
func TestManifestTellsFromWhat(t *testing.T) {
	config, key := seededExports(t)
	out, theme := t.TempDir(), filepath.Join(t.TempDir(), "huisstijl.css")
	if err := os.WriteFile(theme, []byte(":root { --accent: #123456; }\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	args := []string{"run", "--quiet", "--config", config, "--key", key, "--out", out, "--only", "amif,evaluator"}
	mustDo(t, append(args, "--period", "2020-07")...)
	first := filepath.Join(out, "2020-07")
	list := filepath.Join(first, "amif", "deelnemers.csv")
	mustDo(t, append(args, "--period", "2020-Q3", "--previous", first, "--earlier", first, "--earlier-amif", list, "--theme", theme)...)
	second := filepath.Join(out, "2020-Q3")
	before, err := readManifest(first)
	if err != nil {
		t.Fatal(err)
	}
	m, err := readManifest(second)
	if err != nil {
		t.Fatal(err)
	}
	hash := func(path string) fileHash {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return hashOf(filepath.Base(path), b)
	}
	earlier := hash(filepath.Join(first, "manifest.json"))
	earlier.Path = "2020-07"
	if want := []fileHash{earlier, hash(list)}; !slices.Equal(m.Earlier, want) {
		t.Errorf("earlier files %v, want %v", m.Earlier, want)
	}
	if before.Theme != nil || m.Theme == nil || *m.Theme != hash(theme) {
		t.Errorf("themes %v and %v", before.Theme, m.Theme)
	}
	if m.Terms.SHA256 != hash(config).SHA256 {
		t.Errorf("terms %v", m.Terms)
	}
	for _, in := range m.Inputs {
		if got := hash(filepath.Join(filepath.Dir(config), "exports", in.Name)); got.SHA256 != in.SHA256 {
			t.Errorf("input %v, found %v", in, got)
		}
	}
	if !strings.HasPrefix(m.Program.Engine, "duckdb v1.") || m.Program.Modules["github.com/duckdb/duckdb-go/v2"] == "" {
		t.Errorf("program %v", m.Program)
	}
	for table, n := range m.Rows {
		if n.Read != n.Accepted+n.Quarantined+n.Duplicates || n.Read == 0 {
			t.Errorf("%s: %+v", table, n)
		}
	}
	if got := len(csvtest.Rows(t, list)) - 1; before.Delivered.AMIF.Participants != got || got == 0 || m.Delivered.AMIF.ClaimedEarlier != got {
		t.Errorf("%+v and then %+v, %d were claimed", before.Delivered.AMIF, m.Delivered.AMIF, got)
	}
	persons, trajectories := len(csvtest.Rows(t, filepath.Join(second, "evaluator", "personen.csv")))-1, len(csvtest.Rows(t, filepath.Join(second, "evaluator", "trajecten.csv")))-1
	if got := m.Delivered.Evaluator; got.Persons != persons || got.Trajectories != trajectories || persons == 0 || trajectories == 0 {
		t.Errorf("%+v, the files hold %d persons, %d trajectories", got, persons, trajectories)
	}
}
