package ingest

import "testing"

func TestShowable(t *testing.T) {
	for _, c := range []struct{ table, field, value, want string }{
		{"cases", "applied_on", "31-02-2020", "31-02-2020"}, {"cases", "applied_on", "2020-13-05", "2020-13-05"},
		{"cases", "applied_on", "9081726354", "9999999999"}, {"cases", "applied_on", "90-81-72-63-54", "99-99-99-99-99"},
		{"cases", "applied_on", "9081 7263 5", "9999 9999 9"}, {"cases", "applied_on", "gisteren", "aaaaaaaa"},
		{"cases", "applied_on", "LVV-2019-00012", "AAA-9999-99999"}, {"cases", "applied_on", "Zkxq\u0301 Été", "Aaaa Aaa"},
		{"cases", "decision", "toegelaten?", "toegelaten?"}, {"cases", "decision", "in behandeling / afgewezen", "in behandeling / afgewezen"},
		{"cases", "decision", "El Testani", "Aa Aaaaaaa"}, {"cases", "decision", "محمد", "aaaa"},
		{"cases", "exceptional", "ja/nee", "ja/nee"}, {"cases", "exceptional", "misschien", "aaaaaaaaa"},
		{"cases", "nationality", "Atlantis", "Aaaaaaaa"}, {"payments", "amount", "1,234", "1,234"}, {"payments", "amount", "€ 12,3,4", "? 99,9,9"},
		{"payments", "amount", "EUR 1,2,3", "EUR 1,2,3"}, {"payments", "amount", "12345,6,7", "99999,9,9"}, {"stays", "location", "Wal\x00", "Aaa?"},
	} {
		p := newTablePlan(TableNamed(c.table))
		for i := range p.fields {
			if f := &p.fields[i]; f.Name == c.field {
				if got := f.showable(c.value); got != c.want {
					t.Errorf("%s %q is shown as %q, want %q", c.field, c.value, got, c.want)
				}
			}
		}
	}
}

func TestShownName(t *testing.T) {
	for _, c := range []struct{ name, stem, ending, want string }{
		{"verblijf_hvo.xlsx", "verblijf", ".xlsx", "verblijf_hvo.xlsx"},
		{"verblijf 2020-07-01 tm 2020-09-30.csv", "verblijf", ".csv", "verblijf 2020-07-01 tm 2020-09-30.csv"},
		{"verblijf_20200701_20200930.csv", "verblijf", ".csv", "verblijf_20200701_20200930.csv"},
		{"verblijf_2020-07-01_2020-09-30.csv", "verblijf", ".csv", "verblijf_2020-07-01_2020-09-30.csv"},
		{"Verblijf-V9081726354 Zkxq.CSV", "verblijf", ".csv", "Verblijf-A9999999999 Aaaa.CSV (4)"},
		{"verblijf_20200701_9081726354.csv", "verblijf", ".csv", "verblijf_99999999_9999999999.csv (4)"},
		{"verblijf_20200701_23.csv", "verblijf", ".csv", "verblijf_99999999_99.csv (4)"},
		{"9081.726.354", "", "", "9999.999.999 (4)"},
	} {
		if got := shownName(c.name, c.stem, c.ending, 4); got != c.want {
			t.Errorf("%q is shown as %q, want %q", c.name, got, c.want)
		}
	}
}

// The names of files, sheets and columns that may hold a V-number are shown by their shape.
func TestNamesAreShownByTheirShape(t *testing.T) {
	d := complete(
		"verblijf_9081726354.csv", "verblijfnummer;casusnummer;locatie;datum_in;9081-726-354\nS1;C1;A;x;\n",
		"verblijf_9081726355.csv", "verblijfnummer;casusnummer;locatie;datum_in\nS2;C1;A;01-03-2019\n",
		"9081726354.csv", "x\n",
	)
	r := d.mustRead(t)
	if got, want := accounts(t, r), "casussen.csv 2=2+0+0\nverblijf_9999999999.csv (4) 1=0+1+0\nverblijf_9999999999.csv (5) 1=1+0+0\ntrajecten.csv 1=1+0+0"; got != want {
		t.Errorf("accounts:\n%s\nwant:\n%s", got, want)
	}
	if got := rejected(r); got != "verblijf_9999999999.csv (4):2 date_in invalid_date a" {
		t.Errorf("rejects %s", got)
	}
	if len(r.Skipped) != 1 || r.Skipped[0] != "9999999999.aaa (1)" {
		t.Errorf("skipped %q", r.Skipped)
	}
	if u := r.Files[1].UnknownColumns; len(u) != 1 || u[0] != "9999-999-999 (5)" {
		t.Errorf("unknown columns %q", u)
	}
	if n := r.Inputs[1].Name; n != "verblijf_9999999999.csv (4)" {
		t.Errorf("input %q", n)
	}
}
