package content

import (
	"strings"
	"testing"

	"lvv/reports/content/contenttest"
)

// TestChanged expects ten figures with the difference in its unit, and what an earlier report said of those that
// were corrected.
func TestChanged(t *testing.T) {
	d := contenttest.Open("nl")
	table := Of(d).Changed.Table
	if len(table.Rows) != 10 || len(table.Columns) != 5 {
		t.Fatalf("%d rows of %d columns, want 10 of 5", len(table.Rows), len(table.Columns))
	}
	for i, want := range map[int]string{
		0: "Bezettingsgraad|84,2%|82,9%|1,3 procentpunt|82,8%",
		2: "Aanmeldingen|120|121|−1|118",
		3: "Toelatingen|73|84|−11|geen correctie",
		7: "Mediane duur van de begeleiding, lopende inbegrepen|402 dagen|418 dagen|−16 dagen|geen correctie",
	} {
		var texts []string
		for _, c := range table.Rows[i] {
			texts = append(texts, strings.ReplaceAll(c.Text, "\u00a0", " "))
		}
		if got := strings.Join(texts, "|"); got != want {
			t.Errorf("row %d is %s, want %s", i, got, want)
		}
	}
	d.Changes = nil
	if table = Of(d).Changed.Table; len(table.Columns) != 4 {
		t.Errorf("without corrections %d columns, want 4", len(table.Columns))
	}
}
