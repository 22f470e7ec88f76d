package amif

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lvv/internal/day"
	"lvv/reports"
	"lvv/reports/excel/workbook/booktest"
	"lvv/transform"
)

var meta = Meta{Lang: reports.Dutch, Version: "0.1.0", KeyFingerprint: "ABCDEFGHIJKLMNOP", InputsFingerprint: "0123456789abcdef"}

func write(t *testing.T, a *transform.Account, m Meta) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := Write(&buf, a, m); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func list(t *testing.T, a *transform.Account) [][]string {
	t.Helper()
	var buf bytes.Buffer
	if err := WriteList(&buf, a); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&buf).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestSameBytes(t *testing.T) {
	for seed := range uint64(4) {
		want := write(t, randomAccount(seed, 40), meta)
		for range 3 {
			if !bytes.Equal(write(t, randomAccount(seed, 40), meta), want) {
				t.Fatal("the same account gave other bytes")
			}
		}
	}
}

// Sheet and list hold the same rows, in the same order.
func TestListIsTheSheet(t *testing.T) {
	a := randomAccount(3, 60)
	rows := booktest.Sheets(t, write(t, a, meta), true)["Deelnemers"][5:]
	csvRows := list(t, a)[1:]
	if len(rows) != len(csvRows) || len(rows) != len(a.Participants) {
		t.Fatalf("%d rows on the sheet, %d in the list, %d participants", len(rows), len(csvRows), len(a.Participants))
	}
	const fixed = "pseudoniem,ngo,geslacht,leeftijdsgroep,start,einde,scenario,uitkomst,vertrekdatum,begeleidingsuren,vertrekbewijs,trajecten,activiteiten,activiteiten_met_bewijs,teruggekeerd,teruggekeerd_met_bewijs,herintegratie,aan_te_vullen,bestemd_voor"
	names := list(t, a)[0]
	if got := strings.Join(names, ","); got != fixed {
		t.Errorf("the list has the columns %s, want %s: earlier lists could not be read", got, fixed)
	}
	columns := len(names) - 1 // without the marking
	for i, row := range rows {
		got := slices.Clone(csvRows[i])
		cell := func(name string) *string { return &got[slices.Index(names, name)] }
		for _, name := range []string{"start", "einde", "vertrekdatum"} {
			if d, err := day.Parse(*cell(name)); err == nil {
				*cell(name) = fmt.Sprint(int(d) + 25569)
			}
		}
		hours := cell("begeleidingsuren")
		if *hours = strings.TrimSuffix(strings.TrimRight(*hours, "0"), "."); *hours == "" {
			*hours = "0"
		}
		*cell("ngo") = strings.TrimPrefix(*cell("ngo"), "'")
		for len(row) < columns {
			row = append(row, "")
		}
		if !slices.Equal(row, got[:columns]) {
			t.Errorf("row %d: the sheet holds %q, the list %q", i, row, got)
		}
	}
}

// Every sheet and every row of the list says for whom it is.
func TestMarking(t *testing.T) {
	for _, lang := range []reports.Lang{reports.Dutch, reports.English} {
		m := meta
		m.Lang = lang
		for name, rows := range booktest.Sheets(t, write(t, randomAccount(3, 10), m), true) {
			if len(rows) < 2 || len(rows[1]) == 0 || rows[1][0] != marking(lang) {
				t.Errorf("%s does not say for whom it is", name)
			}
		}
	}
	for i, row := range list(t, randomAccount(3, 10))[1:] {
		if row[len(row)-1] != listMarking {
			t.Errorf("row %d of the list does not say for whom it is", i)
		}
	}
}

// Neither the account nor its list holds a pseudonym of the steward.
func TestPseudonymsStayApart(t *testing.T) {
	a := randomAccount(6, 30)
	all := fmt.Sprint(booktest.Sheets(t, write(t, a, meta), true), list(t, a))
	if strings.Contains(all, "STEWARD") {
		t.Error("the account holds a pseudonym of the steward")
	}
	for i := range a.Participants {
		if !strings.Contains(all, a.Participants[i].Pseudonym) {
			t.Errorf("participant %d is missing", i)
		}
	}
}

func TestHostileNamesInTheList(t *testing.T) {
	for _, row := range list(t, randomAccount(4, 200))[1:] {
		for _, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@", rune(cell[0])) {
				t.Errorf("%q would be taken for a formula", cell)
			}
		}
	}
}

// What was claimed can be given back years later, as it was written or as a Dutch Excel saved it.
func TestReadEarlier(t *testing.T) {
	a := randomAccount(1, 30)
	var buf bytes.Buffer
	if err := WriteList(&buf, a); err != nil {
		t.Fatal(err)
	}
	semicolons := "\xef\xbb\xbfpseudoniem;ngo\r\n" + a.Participants[0].Pseudonym + ";x\r\n"
	tests := []struct {
		name, content string
		want          int
		err           string
	}{
		{"as written", buf.String(), 30, ""},
		{"saved by a Dutch Excel", semicolons, 1, ""},
		{"empty", "", 0, "is empty"},
		{"another file", "naam,datum\nx,y\n", 0, "does not begin with the column pseudoniem"},
		{"no pseudonym", "pseudoniem,ngo\nJan,x\n", 0, "holds no pseudonym at line 2"},
		{"broken", "pseudoniem,ngo\n\"a\"b,x\n", 0, "is not a CSV file"},
	}
	for _, test := range tests {
		path := filepath.Join(t.TempDir(), "deelnemers.csv")
		if err := os.WriteFile(path, []byte(test.content), 0o600); err != nil {
			t.Fatal(err)
		}
		got := map[string]bool{}
		err := ReadEarlier(path, got)
		if (test.err == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), test.err) {
			t.Errorf("%s: error %v, want %q", test.name, err, test.err)
		}
		if len(got) != test.want {
			t.Errorf("%s: %d pseudonyms, want %d", test.name, len(got), test.want)
		}
		if err != nil && strings.Contains(err.Error(), "Jan") {
			t.Errorf("%s: the error repeats what the file holds: %v", test.name, err)
		}
	}
	if err := ReadEarlier(filepath.Join(t.TempDir(), "nergens.csv"), nil); err == nil || !strings.Contains(err.Error(), "cannot be opened") {
		t.Errorf("a file that is not there: %v", err)
	}
}

// An account without anybody, and one without the register of guidance, can be written too.
func TestThinAccounts(t *testing.T) {
	for _, a := range []*transform.Account{randomAccount(1, 0), randomAccount(5, 12)} {
		book := booktest.Sheets(t, write(t, a, meta), true)
		if len(book["Indicatoren"]) < 10 {
			t.Error("the indicators are missing")
		}
		if !a.Guidance && !strings.Contains(fmt.Sprint(book["Begeleiding"]), "niet aangeleverd") {
			t.Error("nothing says that the guidance was not delivered")
		}
	}
}

// Every reason of the catalogue has a remedy, and every step an explanation, in both languages.
func TestTexts(t *testing.T) {
	for _, r := range []string{
		transform.ReasonNoGuidance, transform.ReasonNoEvidence, transform.ReasonUnknownBirthDate, transform.ReasonUnknownSex,
		transform.ReasonIdentityUnknown, transform.ReasonNoDepartureDate, transform.ReasonDouble,
	} {
		for _, lang := range []reports.Lang{reports.Dutch, reports.English} {
			x := &account{lang: lang}
			if x.remedy(r) == "" || x.label("reason", r) == r {
				t.Errorf("%s has no text in %q", r, lang)
			}
		}
	}
	for _, s := range randomAccount(1, 1).Steps {
		if steps[s.ID].nl == "" || steps[s.ID].en == "" {
			t.Errorf("step %s has no text", s.ID)
		}
	}
}

func TestDecimalHours(t *testing.T) {
	for units, want := range map[int64]string{0: "0.00", 17500: "1.75", 3333: "0.3333", 1250: "0.125", -15000: "-1.50", 100000: "10.00"} {
		if got := listText(hours(units)); got != want {
			t.Errorf("%d units are %s hours, want %s", units, got, want)
		}
	}
}
