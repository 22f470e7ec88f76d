package ingest

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Every table with a text stands behind the cases, whose numbers and names the texts are compared with,
// and behind what declares the pilot's own words; the cases hold no text of their own.
func TestTextsComeBehindWhatTheyAreComparedWith(t *testing.T) {
	declared := map[string]bool{}
	for i := range Contract() {
		p := newTablePlan(&Contract()[i])
		hasText := slices.ContainsFunc(p.Fields, func(f Field) bool { return f.Type == TextType && !f.Dropped() })
		if hasText && i == 0 || (p.person >= 0) != (i == 0) {
			t.Errorf("table %s stands in the wrong place", p.Name)
		}
		for _, f := range p.Fields {
			if f.Listed && !declared[f.Name] {
				t.Errorf("%s.%s is compared with a list that is read behind it", p.Name, f.Name)
			}
		}
		for _, f := range p.Fields {
			declared[f.Name] = declared[f.Name] || f.Declares
		}
	}
}

func testScreen() *screen {
	s := newScreen(newHasher(), map[string][]string{"location": {"Haven", "De Wal 12"}, "source": {"Visser"}})
	for _, c := range [][4]string{
		{"LVV-2019-00012", "0123456789", "El Testani", "Fatima Zahra"}, {"12", "0087654321", "Haven", ""},
		{"C 77/0815", "", "Visser", ""}, {"", "2345678901", "d'Été", "Ann"},
	} {
		for _, word := range s.ofCase(nil, []byte(c[0]), []byte(c[1]), []byte(c[2]), []byte(c[3])) {
			s.words.add(word)
		}
	}
	return s
}

func TestScreen(t *testing.T) {
	s := testScreen()
	location, listed, source, reference := TableNamed("capacity").Field("location"), TableNamed("stays").Field("location"), TableNamed("payments").Field("source"), TableNamed("payments").Field("reference")
	for _, c := range []struct {
		field *Field
		text  string
		want  finding
	}{
		// ten digits, however grouped, of anybody
		{reference, "9876543210", identifier}, {reference, "V9876543210", identifier}, {reference, "v-nr. 987.654.3210 (oud)", identifier},
		{reference, "98 76 54 32 10", identifier}, {reference, "987/654\u00a03210", identifier}, {reference, "987\u200b6543210", identifier},
		{reference, "\u0669\u0668\u0667\u0666\u0665\u0664\u0663\u0662\u0661\u0660", identifier}, {location, "9876543210", identifier},
		{reference, "NL00TEST0123456789", identifier},
		{reference, "987654321", harmless}, {reference, "2020-01-31", harmless}, {reference, "98765 en 43210", harmless},
		// numbers of the delivery
		{reference, "lvv 2019 00012", identifier}, {reference, "LVV-2019-00012", identifier}, {reference, "LVV-2019-00012-T1", identifier},
		{reference, "Traject T/LVV201900012", identifier}, {reference, "betaling (LVV.2019.00012), deel 2", identifier},
		{reference, "c77-0815", identifier}, {reference, "dossier C 77/0815!", identifier}, {reference, "dossier C 77/081", harmless},
		{reference, "123456789", identifier}, {reference, "zaak v87654321", identifier}, {reference, "87654322", harmless}, // zeros lost
		{reference, "12", identifier}, {reference, "termijn 12", harmless}, {location, "12", identifier}, {location, "De Wal 12", harmless},
		// names of the delivery
		{reference, "El Testani", identifier}, {reference, "TESTANI, El", identifier}, {reference, "Fatima Zahra El Testani", identifier}, {reference, "el testani fatima", identifier},
		{reference, "D'ete", identifier}, {reference, "Ann d\u2019E\u0301te\u0301", identifier}, {reference, "Testanistraat", harmless}, {reference, "Fatima", harmless},
		// the pilot's own words
		{listed, "Haven", harmless}, {location, "Haven", harmless}, {reference, "Haven", identifier}, {source, "visser", harmless}, {reference, "Visser", identifier},
		{listed, "haven", harmless}, {listed, "Zolder", unfamiliar}, {location, "Zolder", harmless}, {source, "Zolder", harmless}, {reference, "Zolder", harmless},
	} {
		if got := s.judge(c.field, []byte(c.text)); got != c.want {
			t.Errorf("%s %q: %d, want %d", c.field.Name, c.text, got, c.want)
		}
	}
	if f := newScreen(newHasher(), nil).judge(listed, []byte("Zolder")); f != harmless {
		t.Errorf("without a list a location is %d", f)
	}
}

// A V-number of anybody is found in any text, however it is grouped.
func TestEveryGroupingOfANumberIsFound(t *testing.T) {
	s := newScreen(newHasher(), nil)
	r := rand.New(rand.NewPCG(3, 1))
	between := []string{"", "", "", " ", ".", "-", "  ", " - ", "/", "_", "\u2013", "\u00a0", ",", "'", "\u200b", "\u00ad"}
	around := []string{"", "V", "v ", "zie ", "(", "Bakker "}
	for range 5000 {
		var b strings.Builder
		b.WriteString(around[r.IntN(len(around))])
		for range 10 {
			fmt.Fprintf(&b, "%d%s", r.IntN(10), between[r.IntN(len(between))])
		}
		b.WriteString([]string{"", ")", " x", "a"}[r.IntN(4)])
		if s.judge(TableNamed("stays").Field("organisation"), []byte(b.String())) != identifier {
			t.Fatalf("%q passes", b.String())
		}
	}
}

// Texts that identify somebody enter neither the store nor a list: an optional field is emptied, a row
// that needs it is set aside, and both are told.
func TestIdentifiersInTexts(t *testing.T) {
	d := complete(
		"casussen.csv", "casusnummer;vreemdelingennummer;achternaam;voornamen;aanmelddatum;besluit;besluitdatum\n"+
			"ZKXQ-00001;9081726354;Zkxqnaam;Zkxqvoor;01-03-2019;toegelaten;02-03-2019\nZKXQ-00002;0071726354;Haven;x;01-03-2019;onzin;02-03-2019\n",
		"verblijf.csv", "verblijfnummer;casusnummer;locatie;organisatie;datum_in\n"+
			"ZKXQ-00001-V1;ZKXQ-00001;Haven;zkxq_00001;01-03-2019\nS2;ZKXQ-00001;zkxqNAAM;o;01-04-2019\nS3;ZKXQ-00001;Haven;9081 7263 54;01-05-2019\n"+
			"S4;ZKXQ-00001;Elders;71726354;01-06-2019\nS5;ZKXQ-00001;Haven;Stichting Zkxq;01-07-2019\n",
		"capaciteit.csv", "locatie;vanaf;plaatsen\nHaven;01-03-2019;5\nZKXQ-00002;01-03-2019;5\n",
		"trajecten.csv", "trajectnummer;casusnummer;scenario;startdatum\nZKXQ-00001-T1;ZKXQ-00001;terugkeer;01-03-2019\nT2;ZKXQ-00001;Zkxqnaam;9081726354\n",
		"financiering.csv", "datum;bron;bedrag;kenmerk\n01-03-2019;rijk;1,00;Zkxqvoor Zkxqnaam\n01-03-2019;haven;1,00;k\n",
		"escalaties.csv", "vraagstuk;soort;ingediend_op\nZKXQ-00001;uitleg;01-03-2019\n",
	)
	r := d.mustRead(t)
	want := "casussen.csv:3 decision invalid_code aaaaa\ncapaciteit.csv:3 location identifier_in_text AAAA-99999\nverblijf.csv:3 location identifier_in_text aaaaAAAA\n" +
		"trajecten.csv:3 scenario invalid_code Aaaaaaaa\ntrajecten.csv:3 started_on invalid_date 9999999999\nfinanciering.csv:3 source identifier_in_text aaaaa"
	if got := rejected(r); got != want {
		t.Errorf("rejects:\n%s\nwant:\n%s", got, want)
	}
	want = "identifier_in_text capacity.location high 1 [{capaciteit.csv 3}]\nidentifier_in_text stays.location high 1 [{verblijf.csv 3}]\nlocation_unknown stays.location warning 1 [{verblijf.csv 5}]\n" +
		"identifier_in_text stays.organisation high 3 [{verblijf.csv 2} aaaa_99999 {verblijf.csv 4} 9999 9999 99 {verblijf.csv 5} 99999999]\nidentifier_in_text payments.source high 1 [{financiering.csv 3}]\nidentifier_in_text payments.reference high 1 [{financiering.csv 2} Aaaaaaaa Aaaaaaaa]"
	if got := warned(r); got != want {
		t.Errorf("warnings:\n%s\nwant:\n%s", got, want)
	}
	var organisations []string
	for _, row := range stored(t, r.Store, "stays") {
		organisations = append(organisations, row["line_no"]+row["organisation"])
	}
	if got := strings.Join(organisations, "|"); got != "2|4|5|6Stichting Zkxq" {
		t.Errorf("organisations %s", got)
	}
	b, err := json.Marshal(r)
	must(t, err)
	for _, mark := range []string{"zkxq", "9081726354", "71726354"} {
		if strings.Contains(strings.ToLower(string(b)), mark) {
			t.Errorf("the result holds %s", mark)
		}
		for _, s := range r.Store.Segments {
			for _, row := range segmentRows(t, filepath.Join(r.Store.Dir, s.File)) {
				if row["organisation"] == "Stichting Zkxq" {
					delete(row, "organisation")
				}
				if got := strings.ToLower(fmt.Sprint(row)); strings.Contains(got, mark) {
					t.Errorf("the store holds %s", got)
				}
			}
		}
	}
}
