package ingest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// rejected renders rejects for comparison.
func rejected(r *Result) string {
	var out []string
	for j := range r.Rejects.All() {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s:%d %s %s %s", j.File, j.Line, j.Field, j.Reason, j.Value)))
	}
	return strings.Join(out, "\n")
}

func warned(r *Result) string {
	var out []string
	for _, w := range r.Warnings {
		if w.Check == ColumnMissing {
			continue // hardly any register of a test has every column
		}
		var places []string
		for _, p := range w.Places {
			places = append(places, strings.TrimSpace(fmt.Sprint("{", p.File, " ", p.Line, "} ", p.Value)))
		}
		out = append(out, fmt.Sprintf("%s %s.%s %s %d %v", w.Check, w.Table, w.Field, w.Severity, w.Count, places))
	}
	return strings.Join(out, "\n")
}

func accounts(t *testing.T, r *Result) string {
	t.Helper()
	var out []string
	for _, f := range r.Files {
		if f.Read != f.Accepted+f.Quarantined+f.Duplicates {
			t.Errorf("%s: read %d is not %d + %d + %d", f.File, f.Read, f.Accepted, f.Quarantined, f.Duplicates)
		}
		out = append(out, fmt.Sprintf("%s %d=%d+%d+%d", f.File, f.Read, f.Accepted, f.Quarantined, f.Duplicates))
	}
	return strings.Join(out, "\n")
}

func TestReasons(t *testing.T) {
	const cases = "casusnummer;vreemdelingennummer;achternaam;geboortedatum;geslacht;nationaliteit;aanmelddatum;besluit;besluitdatum;uitzondering\n"
	const stays = "verblijfnummer;casusnummer;locatie;datum_in;datum_uit\n"
	for _, c := range []struct {
		name              string
		files             delivery
		rejects, warnings string
		read, wrong       int64
	}{
		{"missing", complete("casussen.csv", cases+"C1;;x;;;;01-03-2019;toegelaten;02-03-2019;\n;;x;;;;01-03-2019;toegelaten;02-03-2019;\nC3;;x;;;;-;n.v.t.;;\n"),
			"casussen.csv:3 case_id missing_required\ncasussen.csv:4 applied_on missing_required\ncasussen.csv:4 decision missing_required",
			"identity_unknown cases.v_number warning 1 [{casussen.csv 2}]", 3, 2},
		{"decision date", complete("casussen.csv", cases+"C1;;x;;;;01-03-2019;toegelaten;;\nC2;;x;;;;01-03-2019;in behandeling;;\nC3;;x;;;;01-03-2019;in behandeling;gisteren;\nC4;0123456789;x;;;;01-03-2019;afgewezen;gisteren;\n", "verblijf.csv", stays, "trajecten.csv", "trajectnummer;casusnummer;scenario;startdatum\n"),
			"casussen.csv:2 decided_on missing_required\ncasussen.csv:5 decided_on invalid_date aaaaaaaa",
			"identity_unknown cases.v_number warning 2 [{casussen.csv 3} {casussen.csv 4}]\ninvalid_date cases.decided_on warning 1 [{casussen.csv 4} aaaaaaaa]", 4, 2},
		{"invalid", complete("casussen.csv", cases+"C1;0123456789;x;;;;31-02-2019;toegelaten;02-03-2019;\nC2;0123456789;x;;;;01-03-2019;=misschien;02-03-2019;\n"+strings.Repeat("C", 501)+";0123456789;x;;;;01-03-2019;toegelaten;02-03-2019;\n", "verblijf.csv", stays, "trajecten.csv", "trajectnummer;casusnummer;scenario;startdatum\n"),
			"casussen.csv:2 applied_on invalid_date 31-02-2019\ncasussen.csv:3 decision invalid_code =aaaaaaaaa\ncasussen.csv:4 case_id invalid_text", "", 3, 3},
		{"invalid but optional", complete("casussen.csv", cases+"C1;12345;x;x;x;Atlantis;01-03-2019;toegelaten;02-03-2019;misschien\n"), "",
			"invalid_v_number cases.v_number warning 1 [{casussen.csv 2}]\nidentity_unknown cases.v_number warning 1 [{casussen.csv 2}]\ninvalid_date cases.birth_date warning 1 [{casussen.csv 2} a]\n" +
				"invalid_country cases.nationality warning 1 [{casussen.csv 2} Aaaaaaaa]\ninvalid_boolean cases.exceptional warning 1 [{casussen.csv 2} aaaaaaaaa]", 1, 0},
		{"numbers", complete("capaciteit.csv", "locatie;vanaf;plaatsen\nA;01-03-2019;12\nA;01-03-2019;twaalf\nA;01-03-2019;-1\nA;01-03-2019;1,5\n", "financiering.csv", "datum;bron;bedrag\n01-03-2019;rijk;1,234\n01-03-2019;rijk;€ 1.234,50\n"),
			"capaciteit.csv:3 places invalid_number aaaaaa\ncapaciteit.csv:4 places invalid_number -1\ncapaciteit.csv:5 places invalid_number 1,5\nfinanciering.csv:2 amount invalid_number 1,234", "", 6, 4},
		{"keys", complete("verblijf_a.csv", stays+"S1;C1;A;01-03-2019;\nS2;C1;A;01-03-2019;\nS1;C1;A;1/3/2019;n.v.t.\n", "verblijf_b.csv", stays+"S1;C1;A;01-03-2019;\nS1;C1;B;01-03-2019;\nS3;C1;B;01-03-2019;\n"),
			"verblijf_b.csv:3 stay_id duplicate_key", "", 6, 1},
		{"only a row that stays has a key", complete("verblijf.csv", stays+"S1;C1;A;;\nS1;C9;A;01-03-2019;\nS1;C1;A;01-03-2019;\n"),
			"verblijf.csv:2 date_in missing_required\nverblijf.csv:3 case_id orphan", "", 3, 2},
		{"orphans of a quarantined parent", complete("trajecten.csv", "trajectnummer;casusnummer;scenario;startdatum\nT1;C1;geen;01-03-2019\nT2;C2;onbekend;01-03-2019\n", "begeleiding.csv", "trajectnummer;datum;soort\nT1;01-03-2019;gesprek\nT3;01-03-2019;gesprek\n"),
			"trajecten.csv:2 scenario invalid_code aaaa\ntrajecten.csv:3 scenario missing_required\nbegeleiding.csv:2 trajectory_id orphan\nbegeleiding.csv:3 trajectory_id orphan", "", 4, 4},
		{"end before start", complete("verblijf.csv", stays+"S1;C1;A;02-03-2019;02-03-2019\nS2;C1;A;02-03-2019;01-03-2019\n", "capaciteit.csv", "locatie;vanaf;tot_en_met;plaatsen\nA;02-03-2019;01-03-2019;1\n", "mrt.csv", "casusnummer;ingediend_op;advies_op\nC1;02-03-2019;01-03-2019\n"),
			"capaciteit.csv:2 valid_to end_before_start 01-03-2019\nverblijf.csv:3 date_out end_before_start 01-03-2019\nmrt.csv:2 advised_on end_before_start 01-03-2019", "", 4, 3},
		{"malformed", complete("verblijf.csv", stays+"S1;C1;A;02-03-2019\nS2;C1;\"A;02-03-2019;\nS3;C1;A;02-03-2019;;\nS4;C1;A;02-03-2019;;x\nS5;C1;A\nS6;C1;A;02-03-2019;\n"),
			"verblijf.csv:3  malformed_row\nverblijf.csv:5  malformed_row\nverblijf.csv:6  malformed_row", "", 6, 3},
		{"outcome without end", complete("trajecten.csv", "trajectnummer;casusnummer;scenario;startdatum;einddatum;uitkomst\nT1;C1;terugkeer;01-03-2019;;terugkeer\nT2;C1;terugkeer;01-03-2019;morgen;terugkeer\nT3;C1;terugkeer;01-03-2019;02-03-2019;terugkeer\n"), "",
			"identity_unknown cases.v_number warning 1 [{casussen.csv 3}]\ninvalid_date trajectories.ended_on high 1 [{trajecten.csv 3} aaaaaa]", 3, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := c.files.mustRead(t)
			accounts(t, r)
			if got := rejected(r); got != c.rejects {
				t.Errorf("rejects:\n%s\nwant:\n%s", got, c.rejects)
			}
			if c.warnings != "" {
				if got := warned(r); got != c.warnings {
					t.Errorf("warnings:\n%s\nwant:\n%s", got, c.warnings)
				}
			}
			var read, quarantined int64
			for _, f := range r.Files {
				if _, whole := complete()[f.File]; whole && c.files[f.File] == complete()[f.File] {
					continue // not what the case is about
				}
				read, quarantined = read+f.Read, quarantined+f.Quarantined
			}
			if quarantined != c.wrong || read != c.read && c.read != 0 {
				t.Errorf("read %d, quarantined %d; want %d, %d", read, quarantined, c.read, c.wrong)
			}
		})
	}
}

// Every reason and check has texts in both languages, and every field says what it expects.
func TestExplain(t *testing.T) {
	for _, why := range slices.Concat(reasonCodes[missingRequired:], checkNames[:]) {
		for _, lang := range []string{"nl", "en"} {
			for _, table := range Contract() {
				for i := range table.Fields {
					wrong, expected, do := Explain(why, &table.Fields[i], lang)
					if wrong == "" || wrong == why || expected == "" || do == "" {
						t.Errorf("Explain(%s, %s, %s) = %q, %q, %q", why, table.Fields[i].Name, lang, wrong, expected, do)
					}
				}
			}
		}
	}
	if wrong, expected, do := Explain("malformed_row", nil, "nl"); wrong == "" || expected == "" || do == "" {
		t.Error("a malformed row has no explanation without a field")
	}
}

func TestDuplicatesAndOrder(t *testing.T) {
	const stays = "verblijfnummer;casusnummer;locatie;datum_in;datum_uit\n"
	d := complete("Verblijf_b.csv", stays+"S3;C1;B;01-03-2019;\n", "verblijf_A.csv", stays+"S1;C1;A;01-03-2019;\nS2;C1;A;01-03-2019;\nS1;C1;A;01-03-2019;\n", "verblijf_A.txt", stays+"S4;C1;D;01-03-2019;\n", "leesmij.csv", "x", "~$verblijf.xlsx", "x")
	r := d.mustRead(t)
	want := "casussen.csv 2=2+0+0\nverblijf_A.csv 3=2+0+1\nverblijf_A.txt 1=1+0+0\nVerblijf_b.csv 1=1+0+0\ntrajecten.csv 1=1+0+0"
	if got := accounts(t, r); got != want {
		t.Errorf("accounts:\n%s\nwant:\n%s", got, want)
	}
	if got := strings.Join(r.Skipped, " "); got != "leesmij.csv ~$verblijf.xlsx" {
		t.Errorf("skipped %s", got)
	}
	var got []string
	for _, row := range stored(t, r.Store, "stays") {
		got = append(got, row["location"]+row["file_no"]+row["line_no"])
	}
	if s := strings.Join(got, " "); s != "A12 A13 D22 B32" {
		t.Errorf("order of the store: %s", s)
	}
}
