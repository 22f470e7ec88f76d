package notes

import (
	"bytes"
	"strings"
	"testing"

	"lvv/anonymize/published"
	"lvv/ingest"
	"lvv/internal/day"
	"lvv/internal/say"
	"lvv/transform"
	"lvv/transform/engine"
)

func TestParse(t *testing.T) {
	const good = "notes:\n  - {section: funding, date: 2020-09-15, text: De bijdrage van € 10.440.000 kwam op 3 september 2020 binnen.}\n" +
		"  - section: occupancy\n    date: 2020-08-01\n    text: >\n      Eén locatie\n      was dicht.\n"
	list, err := Parse("t.yaml", []byte(good))
	if err != nil {
		t.Fatal(err)
	}
	want := []published.Note{{Section: "occupancy", Date: day.Of(2020, 8, 1), Text: "Eén locatie was dicht."},
		{Section: "funding", Date: day.Of(2020, 9, 15), Text: "De bijdrage van € 10.440.000 kwam op 3 september 2020 binnen."}}
	if len(list) != 2 || list[0] != want[0] || list[1] != want[1] {
		t.Errorf("notes are %+v, want %+v", list, want)
	}
	for _, c := range []struct{ text, want string }{
		{"notes: x", "t.yaml:1: notes is not a list"},
		{"note: []", "t.yaml:1: unknown setting note; did you mean notes?"},
		{"notes:\n  - {section: bezetting, date: 2020-08-01, text: x}", `t.yaml:2: "bezetting" is not known; expected one of occupancy`},
		{"notes:\n  - {section: funding, date: 1 aug, text: x}", `t.yaml:2: "1 aug" is not a date`},
		{"notes:\n  - {section: funding, text: x}", "t.yaml:2: date is missing"},
		{"notes:\n  - {section: funding, date: 2020-08-01, text: 'V 123 456 7890 was er'}", "t.yaml:2: the note holds a long number"},
		{"notes:\n  - {section: funding, date: 2020-08-01, text: 'bel 06-12345678'}", "the note holds a long number"},
		{"notes:\n  - {section: funding, date: 2020-08-01, text: 'zaak A-1204'}", "the note holds a word with a number in it"},
		{"notes:\n  - {section: funding, date: 2020-08-01, text: 'mail a@b.nl'}", "the note holds an e-mail address"},
		{"notes:\n  - {section: funding, date: 2020-08-01, text: 'wij spraken mevr. Vb'}", "the note holds the name of a person"},
		{"notes:\n  - {section: funding, date: 2020-08-01, text: 'geboren op 3 mei 1980'}", "the note holds a word about a birth"},
		{"notes:\n  - {section: funding, date: 2020-08-01, text: ' '}", "the note says nothing"},
		{"notes:\n  - {section: funding, date: 2020-08-01, text: " + strings.Repeat("a", maxText+1) + "}", "letters, more than"},
		{"notes: []\n---\nnotes: []", "a second document begins here"},
		{"a: b: c", "not readable as YAML"},
	} {
		if _, err := Parse("t.yaml", []byte(c.text)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.60s: %v, want %q", c.text, err, c.want)
		}
	}
	if list, err := Parse("t.yaml", []byte("notes:\n  - {section: funding, date: 2020-08-01, text: 'in 2020-Q3 en op 15-09-2020 kwam het'}")); err != nil || len(list) != 1 {
		t.Errorf("a period and a day are refused: %v", err)
	}
}

// What init writes says nothing until it is filled in, and holds what it says once it is.
func TestExample(t *testing.T) {
	for _, lang := range []string{"nl", "en"} {
		var b bytes.Buffer
		if err := WriteExample(&b, lang); err != nil {
			t.Fatal(err)
		}
		if list, err := Parse("e", b.Bytes()); err != nil || len(list) != 0 {
			t.Errorf("the %s example says %v, %v", lang, list, err)
		}
		filled := strings.ReplaceAll(strings.ReplaceAll(b.String(), "notes: []", "notes:"), "\n#  ", "\n  ")
		if list, err := Parse("e", []byte(filled)); err != nil || len(list) != 1 {
			t.Errorf("the %s example filled in says %v, %v", lang, list, err)
		}
	}
}

// TestCheck refuses small counts and what narrows a hidden cell, and leaves other numbers alone.
func TestCheck(t *testing.T) {
	dims := func(v string) []transform.Dim { return []transform.Dim{{Name: "referred_by", Value: v}} }
	d := &published.Document{Lang: "nl", MinCell: 5, Figures: []published.Figure{
		{ID: "inflow.applications", Dims: dims("ind"), Hidden: published.Small},
		{ID: "inflow.applications", Dims: dims("self"), Range: &published.Range{Low: 37, High: 46}},
		{ID: "inflow.applications", Dims: dims("ngo"), Value: engine.CountOf(31)},
	}}
	for _, c := range []struct {
		text    string
		refused bool
	}{
		{"Er vertrokken twee mensen naar Polen.", true},
		{"In augustus kwamen er 3 nieuwe bewoners bij.", true},
		{"Eén vrouw is teruggekeerd.", true},
		{"Via de IND kwamen er 4.", true},
		{"Zelf meldden zich 40 mensen aan.", true},
		{"Zelf meldden zich 50 mensen aan.", false},
		{"Via een ngo kwamen er 31 mensen.", false},
		{"Eén locatie was dicht. Twee maanden lang waren er minder plaatsen.", false},
		{"Er is een casus besproken met de IND op 3 september.", false},
		{"Er waren 12 mensen meer dan verwacht.", false},
	} {
		d.Notes = []published.Note{{Section: "inflow", Date: day.Of(2020, 8, 1), Text: c.text}}
		if err := Check(d); (err != nil) != c.refused {
			t.Errorf("%s: %v, refused is to be %v", c.text, err, c.refused)
		}
	}
	d.MinCell = 0
	d.Notes[0].Text = "Er vertrokken twee mensen."
	if err := Check(d); err != nil {
		t.Errorf("where nothing is hidden: %v", err)
	}
}

// TestMentioned tells the place of a name and never the name, in the language of the run.
func TestMentioned(t *testing.T) {
	list := []published.Note{{Section: "inflow", Date: day.Of(2020, 8, 1), Text: "x"}, {Section: "funding", Date: day.Of(2020, 9, 1), Text: "Met Verzonnen gesproken."}}
	err := Mentioned(list, []ingest.Mention{{Text: 1, Word: 2}})
	const want = "de toelichting van 2020-09-01 bij funding noemt iemand uit de exports: zie woord 2"
	if got := say.In(say.Dutch, err); !strings.Contains(got, want) || strings.Contains(got, "Verzonnen") {
		t.Errorf("%q, want %q", got, want)
	}
	if err := Mentioned(list, nil); err != nil {
		t.Errorf("without mentions: %v", err)
	}
}
