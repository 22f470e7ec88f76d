package ingest

import (
	"cmp"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What the terms say about the reading of a file wins over what its columns show, and the account notes it.
func TestSettings(t *testing.T) {
	const head = "verblijfnummer;casusnummer;locatie;datum_in;datum_uit\n"
	const rows = "S1;C1;A;03/04/2019;03/15/2019\nS2;C1;A;04/05/2019;04/06/2019\n"
	places := func(number string) string { return "locatie;vanaf;plaatsen\nA;01-03-2019;" + number + "\n" }
	for _, c := range []struct {
		name    string
		file    string
		content string
		setting Setting
		column  string
		want    string // what the column holds; or the rejects
	}{
		{"month first", "verblijf.csv", head + rows, Setting{Table: "verblijf", DateOrder: MonthFirst}, "date_in", "2019-03-04 2019-04-05"},
		{"month first, in the other column", "verblijf.csv", head + rows, Setting{Table: "stays", DateOrder: MonthFirst}, "date_out", "2019-03-15 2019-04-06"},
		{"day first", "verblijf.csv", head + rows, Setting{Table: "verblijf", DateOrder: DayFirst}, "date_out", "NULL 2019-06-04"},
		{"of another file", "verblijf.csv", head + rows, Setting{Table: "verblijf", Files: "verblijf_b*", DateOrder: MonthFirst}, "date_in", "ambiguous_date ambiguous_date"},
		{"point", "capaciteit.csv", places("12.000"), Setting{Table: "capaciteit", Decimal: DecimalPointSign}, "places", "12"},
		{"comma", "capaciteit.csv", places("12.000"), Setting{Table: "capaciteit", Decimal: DecimalCommaSign}, "places", "12000"},
		{"no sign", "capaciteit.csv", places("12.000"), Setting{Table: "mrt", Decimal: DecimalPointSign}, "places", "ambiguous_number"},
		{"code page", "capaciteit.csv", "locatie;vanaf;plaatsen\nCaf\x82;01-03-2019;3\n", Setting{Table: "capaciteit", Encoding: "cp850"}, "location", "Café"},
		{"column", "verblijf.csv", "verblijfnummer;casusnummer;locatie;datum_in;weg op\nS1;C1;A;01-03-2019;05-03-2019\n",
			Setting{Table: "verblijf", Columns: map[string]string{"Weg op": "date_out"}}, "date_out", "2019-03-05"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if wrong := c.setting.Check(); wrong != "" {
				t.Fatal(wrong)
			}
			dir := t.TempDir()
			d := complete(c.file, c.content)
			for name, content := range d {
				must(t, os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600))
			}
			r, err := Read(t.Context(), Options{Dir: dir, StoreDir: t.TempDir(), Pseudonyms: testPseudonyms(t), Settings: []Setting{c.setting}})
			must(t, err)
			var got []string
			for j := range r.Rejects.All() {
				got = append(got, j.Reason)
			}
			table := tableByAnyName(strings.TrimSuffix(c.file, ".csv"))
			if len(got) == 0 {
				for _, row := range stored(t, r.Store, table.Name) {
					got = append(got, cmp.Or(row[c.column], "NULL"))
				}
			}
			if text := strings.Join(got, " "); text != c.want {
				t.Errorf("got %q, want %q", text, c.want)
			}
			for _, f := range r.Files {
				applies := c.setting.applies(table, f.File)
				if f.File == c.file && applies != (len(f.Settings) > 0) {
					t.Errorf("the account notes %v", f.Settings)
				}
			}
		})
	}
}

// A sheet that the terms name is read, though another has more rows.
func TestSettingOfSheet(t *testing.T) {
	d := caseFiles(t, filepath.Join("testdata", "reading", "base"))
	maps.Copy(d, caseFiles(t, filepath.Join("testdata", "reading", "book_example_first")))
	delete(d, "verblijf.csv")
	dir := t.TempDir()
	for name, content := range d {
		must(t, os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600))
	}
	read := func(settings ...Setting) *Result {
		r, err := Read(t.Context(), Options{Dir: dir, Pseudonyms: testPseudonyms(t), Settings: settings})
		must(t, err)
		return r
	}
	first := read()
	for _, f := range first.Files {
		if len(f.OtherSheets) == 0 {
			continue
		}
		for _, g := range read(Setting{Table: f.Table, Sheet: f.OtherSheets[0]}).Files {
			if g.File == f.File && (g.Sheet != f.OtherSheets[0] || len(g.OtherSheets) > 0) {
				t.Errorf("read %q, beside %q", g.Sheet, g.OtherSheets)
			}
		}
		return
	}
	t.Error("the workbook has one sheet")
}

func TestSettingsThatAreWrong(t *testing.T) {
	for _, s := range []Setting{
		{Table: "bezoek"}, {Table: "verblijf", Files: "["}, {Table: "verblijf", DateOrder: "year_first"}, {Table: "verblijf", Decimal: "dot"},
		{Table: "verblijf", Encoding: "ebcdic"}, {Table: "verblijf", Columns: map[string]string{"weg": "departed_on"}},
	} {
		if s.Check() == "" {
			t.Errorf("%+v is accepted", s)
		}
	}
}
