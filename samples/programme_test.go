package samples

import (
	"crypto/sha256"
	"encoding/csv"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lvv/internal/day"
	"lvv/transform"
)

// The same options give the same bytes, the municipalities are of different size under different terms, and
// some persons are registered in two of them: first in the one, then in the other, as the same person.
func TestProgramme(t *testing.T) {
	const pilots, persons = 5, 400
	dirs := [2]string{t.TempDir(), t.TempDir()}
	for _, dir := range dirs {
		if err := GenerateProgramme(t.Context(), Options{Persons: persons, Seed: 3, Dir: dir}, pilots); err != nil {
			t.Fatal(err)
		}
	}
	if a, b := treeHash(t, dirs[0]), treeHash(t, dirs[1]); a != b {
		t.Error("two programmes of the same seed differ")
	}

	type registration struct {
		pilot, birth, sex, name string
		applied                 day.Day
	}
	byNumber := map[string][]registration{}
	sizes, rates := map[int64]bool{}, map[int64]bool{}
	for i, m := range Municipalities(pilots, persons) {
		terms, err := transform.LoadTerms(filepath.Join(dirs[0], m.Folder, Terms))
		if err != nil {
			t.Fatal(err)
		}
		if terms.Pilot != m.Name {
			t.Errorf("%s is called %s in its terms", m.Name, terms.Pilot)
		}
		last := terms.Places[len(terms.Places)-1]
		sizes[last.Places], rates[terms.RateCents] = true, true
		if late := m.Period != Period; late != (i == pilots-1) {
			t.Errorf("%s shares %s", m.Name, m.Period)
		}
		f, err := os.Open(filepath.Join(dirs[0], m.Folder, Exports, "casussen.csv"))
		if err != nil {
			t.Fatal(err)
		}
		r := csv.NewReader(f)
		r.Comma = ';'
		rows, err := r.ReadAll()
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		at := func(row []string, name string) string { return row[slices.Index(rows[0], name)] }
		for _, row := range rows[1:] {
			v := at(row, "vreemdelingennummer")
			if v == "" {
				continue
			}
			dd := strings.Split(at(row, "aanmelddatum"), "-")
			applied, err := day.Parse(dd[2] + "-" + dd[1] + "-" + dd[0])
			if err != nil {
				t.Fatalf("no date: %v", dd)
			}
			byNumber[v] = append(byNumber[v], registration{m.Name, at(row, "geboortedatum"), at(row, "geslacht"), at(row, "achternaam"), applied})
		}
	}
	if len(sizes) != pilots || len(rates) != 2 {
		t.Errorf("%d numbers of places and %d rates, want %d and 2", len(sizes), len(rates), pilots)
	}
	moved := 0
	for v, all := range byNumber {
		first, last := all[0], all[len(all)-1]
		if first.pilot == last.pilot {
			continue
		}
		moved++
		if last.applied <= first.applied {
			t.Errorf("%s applied in %s before %s", v, last.pilot, first.pilot)
		}
		if first.name != last.name || first.birth != "" && last.birth != "" && first.birth != last.birth {
			t.Errorf("%s is %v in one municipality and %v in another", v, first, last)
		}
	}
	if moved < 10 {
		t.Errorf("only %d persons moved between municipalities", moved)
	}
	t.Logf("%d of %d persons moved", moved, len(byNumber))
}

func TestProgrammeRefuses(t *testing.T) {
	dir := t.TempDir()
	if err := GenerateProgramme(t.Context(), Options{Persons: 10, Dir: dir}, MaxPilots+1); err == nil {
		t.Error("too many pilots are accepted")
	}
	if err := os.WriteFile(filepath.Join(dir, "x"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var full *NotEmptyError
	if err := GenerateProgramme(t.Context(), Options{Persons: 10, Dir: dir}, 2); !errors.As(err, &full) {
		t.Errorf("a folder with something in it: %v", err)
	}
}

func treeHash(t *testing.T, dir string) [32]byte {
	t.Helper()
	h := sha256.New()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(dir, path)
		b, err := os.ReadFile(path)
		h.Write([]byte(rel))
		h.Write(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return [32]byte(h.Sum(nil))
}
