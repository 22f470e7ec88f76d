package verify

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"

	"lvv/reports"
	"lvv/transform"
)

// byOutcome is a breakdown with a small count of onward migration, 7 returns hidden with it, and a count shown.
func byOutcome() *breakdown {
	b := &breakdown{id: "outflow.trajectories", dims: []string{"outcome"}}
	for _, x := range []struct {
		outcome string
		n       int64
		hidden  bool
	}{{"return", 7, true}, {"onward", 2, true}, {"detention", 12, false}, {"died", 0, false}} {
		b.figures = append(b.figures, transform.Figure{ID: b.id, Dims: []transform.Dim{{Name: "outcome", Value: x.outcome}}, Value: transform.CountOf(x.n)})
		b.hidden = append(b.hidden, x.hidden)
	}
	return b
}

func TestHiddenCountsInATable(t *testing.T) {
	tests := []struct {
		name   string
		grid   grid
		hidden int
		faults []string
	}{
		{"hidden", grid{{"Uitkomst", "Waarde"}, {"terugkeer", "·"}, {"doormigratie", "<5"}, {"detentie", "12"}}, 2, nil},
		{"a small count shown", grid{{"Uitkomst", "Waarde"}, {"terugkeer", "·"}, {"doormigratie", "2"}, {"detentie", "12"}}, 2,
			[]string{"outflow.trajectories|outcome=onward is hidden, and shown"}},
		{"one that protects it shown, in the second column", grid{{"Uitkomst", "Toen", "Nu"}, {"Terugkeer", "1", "7"}, {"Doormigratie", "3", "<5"}, {"Detentie", "4", "12"}}, 2,
			[]string{"outflow.trajectories|outcome=return is hidden, and shown"}},
		{"counts of something else", grid{{"Uitkomst", "Waarde"}, {"terugkeer", "7"}, {"doormigratie", "2"}, {"detentie", "13"}}, 0, nil},
		{"other rows", grid{{"Locatie", "Waarde"}, {"Testdijk", "7"}, {"Proefplein", "2"}}, 0, nil},
		{"a word in front", grid{{"Trajecten", "Aantal"}, {"Uitkomst terugkeer", "7"}, {"Uitkomst doormigratie", "<5"}, {"Uitkomst detentie", "12"}}, 2,
			[]string{"outflow.trajectories|outcome=return is hidden, and shown"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := byOutcome().in(test.grid, reports.Dutch)
			if f.found != (test.hidden > 0) || f.hidden != test.hidden || !slices.Equal(f.faults, test.faults) {
				t.Errorf("%+v, want %d hidden, faults %q", f, test.hidden, test.faults)
			}
		})
	}
}

// A table about something else may hold the exact count of a hidden one by chance, beside words.
func TestHiddenCountsAndSharesOfTheSame(t *testing.T) {
	b := &breakdown{id: "occupancy.persons_on_reference_date", dims: []string{"location"}}
	for name, n := range map[string]int64{"Testdijk": 1, "Proefplein": 0} {
		b.figures = append(b.figures, transform.Figure{ID: b.id, Dims: []transform.Dim{{Name: "location", Value: name}}, Value: transform.CountOf(n)})
		b.hidden = append(b.hidden, true)
	}
	if f := b.in(grid{{"Locatie", "Benutting"}, {"Testdijk", "1"}, {"Proefplein", "niet te bepalen"}}, reports.Dutch); f.found || len(f.faults) > 0 {
		t.Errorf("%+v, want nothing found", f)
	}
	leak := []string{"occupancy.persons_on_reference_date|location=Testdijk is hidden, and shown"}
	if f := b.in(grid{{"Locatie", "Personen"}, {"Testdijk", "1"}, {"Proefplein", "·"}}, reports.Dutch); !slices.Equal(f.faults, leak) {
		t.Errorf("%+v, want %q", f, leak)
	}
}

// With one place at a location, the share of its places in use is the number of persons there.
func TestAnotherFigureWithTheSameNumbers(t *testing.T) {
	exact := &transform.Results{}
	for _, x := range []struct {
		location string
		persons  int64
	}{{"Testdijk", 5}, {"Proefplein", 1}, {"Modelgracht", 0}} {
		dims := []transform.Dim{{Name: "location", Value: x.location}}
		share := transform.RealOf(float64(x.persons))
		if x.persons == 0 {
			share = transform.Value{}
		}
		exact.Figures = append(exact.Figures,
			transform.Figure{ID: "occupancy.persons_on_reference_date", Dims: dims, Value: transform.CountOf(x.persons), Unit: "count"},
			transform.Figure{ID: "occupancy.utilisation", Dims: dims, Value: share, Unit: "ratio"})
	}
	b := &breakdown{id: "occupancy.persons_on_reference_date", dims: []string{"location"}, hidden: []bool{false, true, false}}
	for i := range 3 {
		b.figures = append(b.figures, exact.Figures[2*i])
	}
	b.lookBeside(nil, exact)
	shares := grid{{"Locatie", "Benutting"}, {"Testdijk", "5"}, {"Proefplein", "1"}, {"Modelgracht", "niet te bepalen"}}
	if f := b.in(shares, reports.Dutch); f.found || len(f.faults) > 0 {
		t.Errorf("%+v, want nothing found", f)
	}
	leak := grid{{"Locatie", "Personen"}, {"Testdijk", "5"}, {"Proefplein", "1"}, {"Modelgracht", "0"}}
	if f := b.in(leak, reports.Dutch); len(f.faults) != 1 {
		t.Errorf("%+v, want one fault", f)
	}
}

// A column of a table by outcome and scenario may show the count that is hidden for all scenarios.
func TestColumnOfAnotherCharacteristic(t *testing.T) {
	b := byOutcome()
	exact := &transform.Results{Figures: slices.Clone(b.figures)}
	for i, n := range []int64{3, 2, 12, 0} {
		dims := []transform.Dim{{Name: "scenario", Value: "undecided"}, b.figures[i].Dims[0]}
		exact.Figures = append(exact.Figures, transform.Figure{ID: "outflow.scenario_outcome", Dims: dims, Value: transform.CountOf(n), Unit: "count"})
	}
	b.lookBeside(nil, exact)
	if len(b.beside) != 1 {
		t.Fatalf("beside it stand %+v, want one column", b.beside)
	}
	b.beside[0][0].hidden = true
	for name, c := range map[string]struct {
		cells  [4]string
		faults int
	}{
		"that column":           {[4]string{"·", "2", "12", "0"}, 0},
		"its hidden count":      {[4]string{"3", "2", "12", "0"}, 1},
		"a count of all":        {[4]string{"7", "2", "12", "0"}, 2},
		"another shown":         {[4]string{"·", "2", "12", "1"}, 1},
		"the one that is small": {[4]string{"<5", "2", "13", "0"}, 0}, // 13 is shown nowhere: about something else
	} {
		g := grid{{"Uitkomst", "Onbepaald"}}
		for i, outcome := range []string{"terugkeer", "doormigratie", "detentie", "overleden"} {
			g = append(g, []string{outcome, c.cells[i]})
		}
		if f := b.in(g, reports.Dutch); len(f.faults) != c.faults {
			t.Errorf("%s: faults %q, want %d", name, f.faults, c.faults)
		}
	}
}

func TestHiddenCountsByTwoCharacteristics(t *testing.T) {
	b := &breakdown{id: "outflow.scenario_outcome", dims: []string{"scenario", "outcome"}}
	for _, x := range []struct {
		scenario, outcome string
		n                 int64
		hidden            bool
	}{{"return", "return", 7, true}, {"return", "legalisation", 9, false}, {"legalisation", "return", 3, true}, {"legalisation", "legalisation", 20, false}} {
		b.figures = append(b.figures, transform.Figure{
			ID: b.id, Dims: []transform.Dim{{Name: "scenario", Value: x.scenario}, {Name: "outcome", Value: x.outcome}}, Value: transform.CountOf(x.n),
		})
		b.hidden = append(b.hidden, x.hidden)
	}
	leak := []string{"outflow.scenario_outcome|scenario=legalisation|outcome=return is hidden, and shown"}
	tests := []struct {
		name   string
		grid   grid
		faults []string
	}{
		{"scenarios in rows", grid{{"", "terugkeer", "legalisering"}, {"terugkeer", "·", "9"}, {"legalisering", "<5", "20"}}, nil},
		{"scenarios in columns", grid{{"", "terugkeer", "legalisering"}, {"terugkeer", "·", "3"}, {"legalisering", "9", "20"}}, leak},
		{"a row each", grid{{"Scenario", "Uitkomst", "n"}, {"terugkeer", "terugkeer", "·"}, {"terugkeer", "legalisering", "9"}, {"legalisering", "terugkeer", "3"}, {"legalisering", "legalisering", "20"}}, leak},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := b.in(test.grid, reports.Dutch)
			if f.hidden != 2 || !slices.Equal(f.faults, test.faults) {
				t.Errorf("%+v, want faults %q", f, test.faults)
			}
		})
	}
}

func TestReadTables(t *testing.T) {
	dir := t.TempDir()
	page := filepath.Join(dir, "a.html")
	text := `<!doctype html><p>12</p><table><caption>x</caption><thead><tr><th>Uit&shy;komst<th>n</th></tr></thead>
<tr><th scope=row>terug<b>keer</b></th><td> 1.234 </td></tr></table><table><tr><td>&lt;5</td></tr></table>`
	if err := os.WriteFile(page, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	read, err := readPage(page)
	if err != nil {
		t.Fatal(err)
	}
	want := []grid{{{"Uit\u00adkomst", "n"}, {"terugkeer", "1.234"}}, {{"<5"}}}
	if !slices.EqualFunc(read.tables, want, equalGrids) {
		t.Errorf("page: %q, want %q", read.tables, want)
	}
	book := excelize.NewFile()
	defer book.Close()
	for cell, v := range map[string]any{"A1": "Titel", "A3": "Uitkomst", "B3": "n", "A4": "terugkeer", "B4": 1234, "A6": "a", "B6": 1} {
		if err := book.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(dir, "a.xlsx")
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	workbook, err := readBook(path)
	if err != nil {
		t.Fatal(err)
	}
	if want := []grid{{{"Uitkomst", "n"}, {"terugkeer", "1234"}}}; !slices.EqualFunc(workbook.tables, want, equalGrids) {
		t.Errorf("workbook: %q, want %q", workbook.tables, want)
	}
}

func equalGrids(a, b grid) bool { return slices.EqualFunc(a, b, slices.Equal[[]string]) }
