package ingest

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// longCases is a register of which the first 2 MB are ASCII, whatever the last row holds.
func longCases(last string) string {
	var b strings.Builder
	b.WriteString("casusnummer;vreemdelingennummer;achternaam;nationaliteit;aanmelddatum;besluit;besluitdatum\nC0;12;;;01-03-2019;toegelaten;02-03-2019\n")
	for i := range 12_000 {
		fmt.Fprintf(&b, "C%d;%010d;Testpersoon van een heel erg lange naam die niemand heeft %d;Marokko;01-03-2019;toegelaten;02-03-2019\n", i+1, i, i)
	}
	return b.String() + last
}

func longStays(prefix, last string) string {
	var b strings.Builder
	b.WriteString("verblijfnummer;casusnummer;locatie;datum_in;datum_uit;toelichting\n" + prefix + "wees;nergens;Walborg;02-03-2019;;\n")
	for i := range 18_000 {
		fmt.Fprintf(&b, "%s%d;C%d;Walborg;02-03-2019;03-03-2019;een toelichting waar niemand om vroeg\n", prefix, i, i%12_000+1)
	}
	return b.String() + last
}

// TestEncodingThatShowsLate reads files that turn out not to be UTF-8 far behind their beginning: what
// comes of them must be what comes of the same text in UTF-8.
func TestEncodingThatShowsLate(t *testing.T) {
	if least := min(len(longCases("")), len(longStays("", ""))); least < probeSize*11/10 {
		t.Fatalf("a file of %d bytes is judged by its beginning", least)
	}
	lastCase := "C99;;Testpersoon;Haïti;01-03-2019;in_behandeling;\n"
	lastStay := "slot;C7;Café;05-03-2019;;\n"
	far := strings.Repeat("x", maxRecord) + "é;\n" // in a record that is too long to hold
	for name, c := range map[string]struct {
		files   delivery
		foreign []string // files in Windows-1252
	}{
		"the cases": {delivery{"casussen.csv": longCases(lastCase), "verblijf.csv": longStays("a", lastStay)}, []string{"casussen.csv"}},
		"the second file of a table": {
			delivery{"casussen.csv": longCases(""), "verblijf_a.csv": longStays("a", ""), "verblijf_b.csv": longStays("b", lastStay)}, []string{"verblijf_b.csv"},
		},
		"every file": {
			delivery{"casussen.csv": longCases(lastCase), "verblijf_a.csv": longStays("a", lastStay), "verblijf_b.csv": longStays("b", lastStay)},
			[]string{"casussen.csv", "verblijf_a.csv", "verblijf_b.csv"},
		},
		"a record that is too long":     {delivery{"casussen.csv": longCases(""), "verblijf.csv": longStays("a", far)}, []string{"verblijf.csv"}},
		"the last byte":                 {delivery{"casussen.csv": longCases(""), "verblijf.csv": longStays("a", "z;C1;W;05-03-2019;;é")}, []string{"verblijf.csv"}},
		"none, in another language":     {delivery{"casussen.csv": longCases(lastCase), "verblijf.csv": longStays("a", lastStay)}, nil},
		"a header with a letter of its": {delivery{"casussen.csv": strings.Replace(longCases(lastCase), "besluitdatum", "Bésluitdatum", 1), "verblijf.csv": longStays("a", "")}, []string{"casussen.csv"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.files["trajecten.csv"] = someTrajectories
			want := c.files.mustRead(t)
			for _, f := range c.foreign {
				c.files[f] = encode(t, c.files[f], enc1252)
			}
			got := c.files.mustRead(t)
			for i := range got.Files {
				if is := got.Files[i].Encoding == enc1252; is != slices.Contains(c.foreign, got.Files[i].File) {
					t.Errorf("%s was taken for %s", got.Files[i].File, got.Files[i].Encoding)
				}
				got.Files[i].Encoding, want.Files[i].Encoding = "", ""
			}
			got.Inputs, want.Inputs = nil, nil // their hashes differ
			if !reflect.DeepEqual(telling(got), telling(want)) {
				t.Errorf("read\n%+v\nwant\n%+v", telling(got), telling(want))
			}
			for _, table := range []string{"cases", "stays", "trajectories"} {
				if !reflect.DeepEqual(stored(t, got.Store, table), stored(t, want.Store, table)) {
					t.Errorf("the store holds other %s", table)
				}
			}
		})
	}
}

// telling is the result without what tells where it lies.
func telling(r *Result) any {
	c := *r
	c.Store, c.Rejects = Store{}, RejectList{}
	return []any{c, slices.Collect(r.Rejects.All())}
}
