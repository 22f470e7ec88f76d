package excel

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"lvv/anonymize/disclose"
	"lvv/anonymize/published"
	"lvv/internal/day"
	"lvv/reports"
	"lvv/reports/excel/workbook"
	"lvv/reports/excel/workbook/booktest"
	"lvv/transform"
)

func write(t *testing.T, d *reports.Document) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := Write(&buf, d); err != nil {
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
	for _, lang := range []reports.Lang{reports.Dutch, reports.English} {
		want := write(t, document(lang))
		for range 3 {
			if !bytes.Equal(write(t, document(lang)), want) {
				t.Fatalf("%s: the same document gave other bytes", lang)
			}
		}
	}
}

// Figures come back as they were published, exactly, as values.
func TestFiguresAreValues(t *testing.T) {
	book := booktest.Sheets(t, write(t, document(reports.Dutch)), true)
	tests := []struct {
		sheet, label string
		column       int
		want         string
	}{
		{"Samenvatting", "Bezettingsgraad", 1, "0.549516908212560"}, // Excel's 15 digits
		{"Samenvatting", "Bestendige oplossingen tot nu toe", 1, "41"},
		{"Samenvatting", "Bestendige oplossingen tot nu toe", 2, "72"},
		{"Bezetting", "Havenhuis", 1, "5000"},
		{"Bezetting", "Persoonsnachten", 1, "18200"},
		{"Uitstroom", "Aandeel bestendig, strikt", 2, "41"},
		{"Uitstroom", "Aandeel bestendig, strikt", 3, "180"},
		{"Financiering", "rijk", 1, "993600"},
		{"Financiering", "2019", 1, "5508000"},
		{"Begeleiding en besluiten", "Consensus in het casusoverleg", 1, "niet te bepalen"},
		{"Begeleiding en besluiten", "Adviezen binnen de termijn", 1, "niet beschikbaar"},
		{"Gegevenskwaliteit", "casussen", 1, "1002"},
		{"Gegevenskwaliteit", "mrt", 1, "niet aangeleverd"},
		{"Correcties", "tweede kwartaal van 2020", 3, "9"},
		{"Bezetting per dag", fmt.Sprint(int(day.Of(2020, 7, 1)) + 25569), 2, "360"},
	}
	for _, test := range tests {
		rows := find(book[test.sheet], test.label)
		if len(rows) == 0 {
			t.Errorf("%s: no row %q", test.sheet, test.label)
			continue
		}
		if row := rows[0]; len(row) <= test.column || row[test.column] != test.want {
			t.Errorf("%s: %q, want %q in column %d", test.sheet, row, test.want, test.column)
		}
	}
	if got := book["Samenvatting"][0][0]; got != "Rapportage stuurgroep Pilot-LVV Voorbeeldstad" {
		t.Errorf("the first cell says %q", got)
	}
}

// Every figure of the catalogue stands on a sheet of its own subject, and on that of definitions.
func TestEveryFigureIsShown(t *testing.T) {
	d := document(reports.English)
	book := write(t, d)
	all := fmt.Sprint(booktest.Sheets(t, book, false))
	r := &report{lang: reports.English}
	if err := r.load(); err != nil {
		t.Fatal(err)
	}
	for _, f := range d.Published.Results().Figures {
		if title := r.title(f.ID); !strings.Contains(all, title) || title == f.ID {
			t.Errorf("%s (%s) is not shown", f.ID, title)
		}
	}
	for _, f := range r.catalogue.Figures {
		if f.Area != "amif" && len(find(booktest.Sheets(t, book, false)["Definitions"], f.Title.EN)) == 0 {
			t.Errorf("%s is not defined", f.ID)
		}
	}
}

// A hidden figure leaves no trace: neither its table, nor its chart, nor a check can give it away.
func TestHiddenFigures(t *testing.T) {
	d := document(reports.Dutch)
	res := d.Published.Results()
	for i := range res.Figures {
		switch f := &res.Figures[i]; {
		case f.ID == "inflow.refusals" && f.Dim("exclusion_ground") == "dublin":
			f.Status, f.Value = transform.Suppressed, transform.Value{}
		case f.ID == "outflow.shelter_exits" && f.Dim("exit_reason") == "detention":
			f.Status, f.Value, f.Reason = transform.Suppressed, transform.Value{}, transform.Covered
		}
	}
	book := booktest.Sheets(t, write(t, d), false)
	rows := find(book["Instroom"], "Dublinclaimant")
	if len(rows) != 1 || rows[0][1] != "<5" {
		t.Errorf("the hidden count reads %q", rows)
	}
	for _, row := range book["Controles"] {
		if len(row) > 0 && strings.HasPrefix(row[0], "Afwijzingen") {
			t.Errorf("a check adds up a table with a hidden count: %q", row)
		}
	}
	if rows := find(book["Grafiekgegevens"], "Dublinclaimant (<5)"); len(rows) != 1 || len(rows[0]) > 1 && rows[0][1] != "" {
		t.Errorf("the chart draws the hidden count from %q", rows)
	}
	if all := fmt.Sprint(book["Uitstroom"]); !strings.Contains(all, "·: weggelaten, omdat anders een klein aantal is af te leiden") {
		t.Error("no note says what was hidden")
	}
	if all := fmt.Sprint(book["Instroom"]); !strings.Contains(all, "<5: minder dan 5, maar niet nul") || strings.Contains(all, "·:") {
		t.Error("the notes do not say what the marks in the tables mean, or explain others")
	}
}

func TestControlOffIsSaidOnEverySheet(t *testing.T) {
	d := document(reports.Dutch)
	d.Published = disclose.Uncontrolled(d.Published.Results())
	for name, rows := range booktest.Sheets(t, write(t, d), false) {
		if name == "Definities" || name == "Controles" || name == "Grafiekgegevens" {
			continue // no figures about persons stand there
		}
		if len(rows) < 2 || len(rows[1]) == 0 || rows[1][0] != reports.ControlOff(reports.Dutch) {
			t.Errorf("%s does not warn", name)
		}
	}
}

// Labels from the registers stay what they were, as text.
func TestHostileLabels(t *testing.T) {
	book := write(t, document(reports.Dutch, booktest.Hostile()...))
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
func TestEmptyResults(t *testing.T) {
	d := document(reports.Dutch)
	d.Published = disclose.Uncontrolled(&transform.Results{Pilot: "Leeg", Period: transform.Period{Label: "2020", AsOf: day.Of(2020, 12, 31)}})
	d.Quality = published.Quality{}
	if rows := find(booktest.Sheets(t, write(t, d), false)["Samenvatting"], "Bezettingsgraad"); len(rows) != 1 || rows[0][1] != "niet beschikbaar" {
		t.Errorf("an absent figure reads %q", rows)
	}
}

func TestLanguages(t *testing.T) {
	nl, en := booktest.Sheets(t, write(t, document(reports.Dutch)), false), booktest.Sheets(t, write(t, document(reports.English)), false)
	if len(nl) != len(en) {
		t.Errorf("%d Dutch sheets, %d English ones", len(nl), len(en))
	}
	if _, ok := en["Summary"]; !ok {
		t.Error("the English workbook has no Summary")
	}
	if got := workbook.New(workbook.Properties{English: true, Date: day.Of(2020, 1, 1)}).Differs(); got != "DIFFERS" {
		t.Errorf("an English check says %q", got)
	}
}
