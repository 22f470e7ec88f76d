package content

import (
	"strings"
	"testing"

	"lvv/anonymize/published"
	"lvv/internal/day"
	"lvv/reports/content/contenttest"
	"lvv/transform/engine"
)

// TestChanged expects ten figures with the difference in its unit, what an earlier report said of those that were
// corrected, and how each went over the quarters.
func TestChanged(t *testing.T) {
	d := contenttest.Open("nl")
	table := Of(d).Changed.Table
	if len(table.Rows) != 10 || len(table.Columns) != 6 {
		t.Fatalf("%d rows of %d columns, want 10 of 6", len(table.Rows), len(table.Columns))
	}
	for i, want := range map[int]string{
		0: "Bezettingsgraad|84,2%|82,9%|1,3 procentpunt|82,8%",
		2: "Aanmeldingen|120|121|−1|118",
		3: "Toelatingen|73|84|−11|geen correctie",
		7: "Mediane duur van de begeleiding, lopende inbegrepen|402 dagen|418 dagen|−16 dagen|geen correctie",
	} {
		var texts []string
		for _, c := range table.Rows[i][:5] {
			texts = append(texts, strings.ReplaceAll(c.Text, "\u00a0", " "))
		}
		if got := strings.Join(texts, "|"); got != want {
			t.Errorf("row %d is %s, want %s", i, got, want)
		}
	}
	d.Changes = nil
	if table = Of(d).Changed.Table; len(table.Columns) != 5 {
		t.Errorf("without corrections %d columns, want 5", len(table.Columns))
	}
}

// TestTrends expects a line of each figure that is computed by quarter, with a gap where a quarter has no value, and
// nothing of quarters that the registers do not reach.
func TestTrends(t *testing.T) {
	last := func(d *published.Document, row int) Cell {
		cells := Of(d).Changed.Table.Rows[row]
		return cells[len(cells)-1]
	}
	d := contenttest.Open("en")
	for i, want := range map[int]string{
		2: "Q1 2019: 150; Q2 2019: 146; Q3 2019: 142; Q4 2019: 138; Q1 2020: 134; Q2 2020: 130; Q3 2020: 126",
		7: "n/a",
		9: "Q1 2019: €0.00; Q2 2019: €276,000.00; Q3 2019: not available; Q4 2019: €828,000.00; Q1 2020: €1,104,000.00; Q2 2020: €1,380,000.00; Q3 2020: €1,656,000.00",
	} {
		if c := last(d, i); c.Text != want || (c.Trend == nil) != (want == "n/a") {
			t.Errorf("row %d has the line %q, want %q", i, c.Text, want)
		}
	}
	if c := last(d, 9); !c.Trend[2].Value.IsNull() || c.Trend[3].Value != engine.CentsOf(82800000) {
		t.Errorf("the balance goes over %v", c.Trend)
	}
	d.DataTo = day.Of(2020, 1, 31)
	d.Quality.Findings = append(d.Quality.Findings, published.Finding{Check: "register_not_current", Severity: "high", Count: 1})
	if c := last(d, 2); len(c.Trend) != 4 {
		t.Errorf("with registers up to January 2020 the line has %d quarters, want 4", len(c.Trend))
	}
	d.SeriesNamed("main.quarters").Rows = nil
	if columns := Of(d).Changed.Table.Columns; columns[len(columns)-1].Trend {
		t.Error("there is a column of lines without quarters")
	}
}

// Of people's remarks the report says the same whatever there is, and where the rows of a register are withheld, why.
func TestQualityTellsNoCounts(t *testing.T) {
	d := contenttest.Open("nl")
	always := "Of er opmerkingen zijn over wat bij mensen is vastgelegd, staat hier nooit"
	says(t, d, always)
	d.Quality.Findings = nil
	says(t, d, always, "Er viel niets op dat we hier noemen.")
	of := &d.Quality.Tables[0]
	*of = published.TableCount{Table: of.Table, Delivered: true, Withheld: true}
	says(t, d, "Niet getoond: uit het aantal regels zou een aantal te berekenen zijn")
}
