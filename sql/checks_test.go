package sql

import (
	"regexp"
	"slices"
	"testing"
)

// TestNumbersOfRemarks: where a check asks for a column by which counts of persons are broken down, or for what must have been
// done about somebody, the steering group is told nothing of what it found: not how many rows, and not whether any.
func TestNumbersOfRemarks(t *testing.T) {
	checks, err := LoadChecks()
	if err != nil {
		t.Fatal(err)
	}
	cat, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	models, err := Models()
	if err != nil {
		t.Fatal(err)
	}
	column := regexp.MustCompile(`\b[a-z]+\.([a-z_]+)\b|\bEXISTS\b`)
	for _, c := range checks {
		if !slices.ContainsFunc([]string{"cases", "stays", "trajectories"}, func(table string) bool { return slices.Contains(c.Tables, table) }) {
			continue
		}
		query := models[slices.IndexFunc(models, func(m Model) bool { return m.Name == c.ID })].Query
		for _, m := range column.FindAllStringSubmatch(query, -1) {
			_, known := cat.dims[m[1]]
			if c.Told == TellRows && (m[1] == "" || m[1] == "birth_date" || m[1] == "decision" || known && cat.Characteristic([]string{m[1]})) {
				t.Errorf("%s asks for %s, and what it found is told", c.ID, m[0])
			}
		}
	}
}
