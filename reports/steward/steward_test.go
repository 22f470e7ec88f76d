package steward

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"lvv/ingest"
	"lvv/reports"
)

func delivery() *Delivery {
	d := &Delivery{
		Pilot: "Proef", Files: 3, Counts: ingest.Counts{Read: 1234567, Accepted: 1234500, Quarantined: 60, Duplicates: 7},
		Skipped: []string{"notities.docx"}, Absent: []string{"reviews", "capacity"},
		SetApart: []Apart{{File: "a.csv", Rows: map[string]int64{"total": 1200, "blank": 3}}, {File: "b.xlsx", Rows: map[string]int64{"title": 1}}},
		Groups: []Group{
			{Check: "late", Severity: Note, Count: 9, Title: "Laat"},
			{Check: "overlap", Severity: Warning, Count: 2, Title: "Verblijven overlappen", Means: "Eén plaats telt.", Do: "Kijk na.",
				Places: []Place{{File: "a.csv", Line: 4, OtherFile: "b.xlsx", OtherLine: 9}, {File: "a.csv", Line: 7, OtherFile: "b.xlsx", OtherLine: 12}}},
			{Check: "invalid_date", Severity: Rejected, Count: 3, Title: "Kleiner"},
			{Check: "orphan", Severity: Rejected, Count: 57, Title: "Rij hoort bij een zaak die er niet is, en een lange titel wordt afgebroken waar woorden dat toelaten",
				Means: strings.Repeat("woord ", 40), Do: "Lever de zaak.", Places: []Place{
					{File: "a.csv", Line: 2}, {File: "a.csv", Line: 3}, {File: "b.csv", Line: 2}, {File: "b.csv", Line: 5},
					{File: "b.csv", Line: 6}, {File: "b.csv", Line: 7}, {File: "b.csv", Line: 8}}},
		},
	}
	Sort(d.Groups)
	return d
}

func TestWorstFirst(t *testing.T) {
	var got []string
	for _, g := range delivery().Groups {
		got = append(got, g.Check)
	}
	if want := []string{"orphan", "invalid_date", "overlap", "late"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestWrite(t *testing.T) {
	for _, lang := range []reports.Lang{reports.Dutch, reports.English} {
		var b strings.Builder
		if err := Write(&b, delivery(), lang); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(b.String()) {
			if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > columns {
				t.Errorf("%s: a line of %d columns: %q", lang, n, line)
			}
		}
		for _, want := range []string{"notities.docx", "a.csv:2, :3, b.csv:2, :5, :6, :7", "a.csv:4 (b.xlsx:9), :7 (b.xlsx:12)"} {
			if !strings.Contains(b.String(), want) {
				t.Errorf("%s: %q is not in\n%s", lang, want, b.String())
			}
		}
	}
	var b strings.Builder
	if err := Write(&b, delivery(), reports.Dutch); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"Proef: 1.234.567 rijen gelezen uit 3 bestanden: 1.234.500 aangenomen, 60\nafgekeurd, 7 dubbel.\n", "en nog 51",
		"a.csv (lege rijen 3, totalen\n  1.200); b.xlsx (titels 1).\n", "\nAFGEKEURD: deze rijen tellen nergens mee\n", "        Betekenis  Eén plaats telt.\n", "\n    57x Rij hoort",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q is not in\n%s", want, b.String())
		}
	}
}

func TestNoTerminalEscapes(t *testing.T) {
	d := &Delivery{Pilot: "\x1b[31mrood", Skipped: []string{"a\nb\x07.csv", "\u202egnp.csv"}}
	var b strings.Builder
	if err := Write(&b, d, reports.Dutch); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(b.String(), "\x1b\x07\u202e") || strings.Contains(b.String(), "a\nb") {
		t.Errorf("control characters reach the terminal: %q", b.String())
	}
}
