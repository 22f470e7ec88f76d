package excel

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"lvv/anonymize/published"
	"lvv/internal/day"
	"lvv/reports/content"
	"lvv/reports/content/contenttest"
	"lvv/reports/excel/workbook"
	"lvv/reports/excel/workbook/booktest"
	"lvv/transform"
)

func write(t *testing.T, d *published.Document) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := Write(&buf, content.Of(d)); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// find returns the rows whose first cell is the label.
func find(rows [][]string, label string) [][]string {
	var out [][]string
	for _, row := range rows {
		if len(row) > 0 && row[0] == label {
			out = append(out, row)
		}
	}
	return out
}

func TestSameBytes(t *testing.T) {
	for _, lang := range []string{"nl", "en"} {
		want := write(t, contenttest.Document(lang))
		for range 2 {
			if !bytes.Equal(write(t, contenttest.Document(lang)), want) {
				t.Fatalf("%s: the same document gave other bytes", lang)
			}
		}
	}
}

// Figures come back as they were published, exactly, as values.
func TestFiguresAreValues(t *testing.T) {
	book := booktest.Sheets(t, write(t, contenttest.Document("nl")), true)
	for _, test := range []struct {
		sheet, label string
		column       int
		want         string
	}{
		{"Samenvatting", "Zijn de plaatsen vol?", 1, "0.8421"},
		{"Samenvatting", "Zijn we op weg naar 72?", 1, "31"},
		{"Samenvatting", "Bezettingsgraad", 3, "1.3"}, // percentage points
		{"Bezetting", "Mensen op de peildatum", 1, "301"},
		{"Bezetting", fmt.Sprint(int(day.Of(2020, 7, 1)) + 25569), 2, "360"},
		{"Uitstroom", "Strikt: alleen bestendige oplossingen", 2, "31 van 145"},
		{"Uitstroom", "terugkeer", 1, "5-11"},
		{"Uitstroom", "doormigratie", 1, "<5"},
		{"Begeleiding en besluiten", "Advies over een vraagstuk op tijd", 1, "niet te bepalen"},
		{"Begeleiding en besluiten", "Advies van het reviewteam op tijd", 1, "niet beschikbaar"},
		{"Gegevenskwaliteit", "casussen", 1, "951"},
		{"Gegevenskwaliteit", "mrt", 1, "niet aangeleverd"},
		{"Correcties", "Aanmeldingen", 3, "121"},
	} {
		rows := find(book[test.sheet], test.label)
		if len(rows) == 0 {
			t.Errorf("%s: no row %q", test.sheet, test.label)
			continue
		}
		if row := rows[0]; len(row) <= test.column || row[test.column] != test.want {
			t.Errorf("%s: %q, want %q in column %d", test.sheet, row, test.want, test.column)
		}
	}
}

// The value of a total can be found by the name of its figure.
func TestNamesOfTotals(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(write(t, contenttest.Document("en"))))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, n := range f.GetDefinedName() {
		if n.Name == "lvv_durable_cases" {
			return
		}
	}
	t.Error("no cell is called lvv_durable_cases")
}

// A chart draws a hidden count as the room that its range leaves, and no check adds it up.
func TestHiddenFigures(t *testing.T) {
	d := contenttest.Document("nl")
	d.Figure("outflow.shelter_exits", "exit_reason", "detention").Hide(&published.Range{Low: 5, High: 9})
	book := booktest.Sheets(t, write(t, d), true)
	rows := find(book["Grafiekgegevens"], "detentie: 5-9")
	if len(rows) != 1 || len(rows[0]) != 3 || rows[0][1] != "5" || rows[0][2] != "4" {
		t.Errorf("the chart draws the hidden count from %q", rows)
	}
	for _, row := range book["Controles"] {
		if len(row) > 0 && strings.HasPrefix(row[0], "Waarom mensen de opvang verlieten") {
			t.Errorf("a check adds up a table with a hidden count: %q", row)
		}
	}
}

func TestControlOffIsSaidOnEverySheet(t *testing.T) {
	d := contenttest.Open("nl")
	warning := content.Of(d).Warnings[0]
	for name, rows := range booktest.Sheets(t, write(t, d), false) {
		if name != "Grafiekgegevens" && (len(rows) < 2 || len(rows[1]) == 0 || rows[1][0] != warning) {
			t.Errorf("%s does not warn", name)
		}
	}
}

// Labels from the registers stay what they were, as text.
func TestHostileLabels(t *testing.T) {
	book := write(t, contenttest.Document("nl", booktest.Hostile()...))
	rows := booktest.Sheets(t, book, false)["Bezetting"]
	for _, label := range booktest.Hostile() {
		if len(find(rows, label)) == 0 {
			t.Errorf("the location %q is not there", label)
		}
	}
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for i, row := range rows {
		formula, err := f.GetCellFormula("Bezetting", fmt.Sprintf("A%d", i+1))
		if err != nil {
			t.Fatal(err)
		}
		if formula != "" {
			t.Errorf("%q became the formula %q", row[0], formula)
		}
	}
}

// A run without figures, as of a delivery that lacks every optional table, still makes a workbook.
func TestNothingComputed(t *testing.T) {
	d := &published.Document{Pilot: "Leeg", Lang: "nl", Period: transform.Period{Label: "2020", AsOf: day.Of(2020, 12, 31)}}
	if rows := find(booktest.Sheets(t, write(t, d), false)["Bezetting"], "Nachten"); len(rows) != 1 || rows[0][1] != "niet beschikbaar" {
		t.Errorf("an absent figure reads %q", rows)
	}
}

func TestLanguages(t *testing.T) {
	nl, en := booktest.Sheets(t, write(t, contenttest.Document("nl")), false), booktest.Sheets(t, write(t, contenttest.Document("en")), false)
	if len(nl) != len(en) {
		t.Errorf("%d Dutch sheets, %d English ones", len(nl), len(en))
	}
	if got := workbook.New(workbook.Properties{English: true, Date: day.Of(2020, 1, 1)}).Differs(); got != "DIFFERS" {
		t.Errorf("an English check says %q", got)
	}
}
