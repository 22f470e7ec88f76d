package published

import (
	"bytes"
	"strings"
	"testing"

	"lvv/ingest"
	"lvv/internal/day"
	"lvv/sql"
	"lvv/transform"
	"lvv/transform/engine"
)

func sample() *Document {
	d := day.Of(2020, 9, 30)
	return &Document{
		Pilot: "Proefstad <b>", Lang: "nl", Version: "dev", MinCell: 5, DataTo: day.Of(2020, 9, 28),
		Period: transform.Period{Label: "2020-Q3", From: day.Of(2020, 7, 1), To: d, AsOf: d},
		Terms: Terms{Start: day.Of(2019, 3, 1), End: day.Of(2022, 2, 28), Places: 360, TargetCases: 72, RateCents: 5000,
			Milestones: []Milestone{{d, "evaluatie"}}},
		Theme: ":root { --lvv-accent: red }",
		Figures: []Figure{
			{ID: "a.count", Dims: []transform.Dim{{Name: "outcome", Value: "z"}, {Name: "level", Value: "b"}}, Unit: "count", Date: day.None, Range: &Range{5, 11}},
			{ID: "a.count", Dims: []transform.Dim{{Name: "outcome", Value: "x"}}, Unit: "count", Date: day.None, Hidden: Small},
			{ID: "a.count", Dims: []transform.Dim{{Name: "outcome", Value: "y"}}, Unit: "count", Date: day.None, Range: &Range{0, Unbounded}},
			{ID: "a.count", Unit: "count", Date: d, Value: engine.CountOf(60)},
			{ID: "a.expected", Unit: "count", Date: day.None, Value: engine.RealOf(38.5)},
			{ID: "a.share", Unit: "ratio", Date: day.None, Value: engine.RealOf(1), Numerator: engine.CountOf(8), Denominator: engine.CountOf(8)},
			{ID: "a.money", Unit: "eur", Date: day.None, Value: engine.CentsOf(-123)},
			{ID: "a.mean", Unit: "days", Date: day.None, Withheld: Few},
			{ID: "a.none", Unit: "ratio", Date: day.None, Status: transform.NotAvailable, Reason: "mrt not delivered"},
		},
		Series: []Series{{ID: "s", Columns: []Column{{"day", "date"}, {"n", "count"}, {"r", "number"}, {"e", "eur"}, {"t", "text"}, {"x", NoUnit}},
			Rows: [][]engine.Value{{engine.DateOf(d), engine.CountOf(3), engine.RealOf(2), engine.CentsOf(5000), engine.TextOf("12"), {}}, make([]engine.Value, 6)}}},
		Compared:   []Comparison{{ID: "a.count", Unit: "count", Period: "2020-Q2", Is: engine.CountOf(60), Was: engine.CountOf(50), Difference: engine.CountOf(10)}},
		Changes:    []Change{{ID: "a.count", Unit: "count", Period: "2020-Q2", Was: engine.CountOf(50), Hidden: true}},
		Withheld:   2,
		Rows:       []RowChange{{Period: "2020-Q2", Table: "cases", Is: engine.CountOf(4)}},
		Protection: []Protection{{ID: "a.count", Dims: []string{"outcome"}, Vague: true}},
		Quality: Quality{Tables: []TableCount{{Table: "cases", Delivered: true, Counts: ingest.Counts{Read: 3, Accepted: 1, Quarantined: 1, Duplicates: 1}}},
			Findings: []Finding{{Check: "gap", Severity: "high", Title: "Gat", Count: 2}}},
		Notes:       []Note{{Section: "occupancy", Date: d, Text: "dicht <voor> herstel"}},
		Definitions: []Area{{ID: "a", Title: "A", Entries: []Definition{{ID: "a.count", Title: "Aantal", Text: "hoeveel", Unit: "count"}}}},
	}
}

func write(t *testing.T, d *Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// What is read is what was written, and gives the same bytes again.
func TestRoundTrip(t *testing.T) {
	first := write(t, sample())
	d, err := Read(bytes.NewReader(first))
	if err != nil {
		t.Fatal(err)
	}
	if again := write(t, d); !bytes.Equal(first, again) {
		t.Errorf("read and written again:\n%s\nwas:\n%s", again, first)
	}
	for i, f := range sample().Figures {
		got := d.Figures[i]
		if got.Name() != f.Name() || got.Value != f.Value || got.Numerator != f.Numerator || got.Date != f.Date {
			t.Errorf("figure %d: %+v, want %+v", i, got, f)
		}
	}
	if got := d.Series[0].Rows[0][4]; got != engine.TextOf("12") {
		t.Errorf("a text that looks like a number is read as %v", got)
	}
	for _, want := range []string{`"range":[5,11]`, `"range":[0,null]`} {
		if !strings.Contains(string(first), want) {
			t.Errorf("%s is not in\n%s", want, first)
		}
	}
}

func TestReadIsStrict(t *testing.T) {
	text := string(write(t, sample()))
	for name, change := range map[string][2]string{
		"unknown member":   {`"lang": "nl"`, `"lang": "nl", "exact": 4`},
		"other schema":     {Schema, "lvv-published/2"},
		"two things":       {`"hidden":"small"`, `"hidden":"small","value":3`},
		"says nothing":     {`"hidden":"small"`, `"reason":""`},
		"odd mark":         {`"hidden":"small"`, `"hidden":"tiny"`},
		"range the wrong":  {`[5,11]`, `[11,5]`},
		"range of three":   {`[5,11]`, `[5,6,7]`},
		"range of a share": {`"unit":"ratio","value":1,"numerator":8,"denominator":8`, `"unit":"ratio","range":[1,2]`},
		"text as a count":  {`"value":60`, `"value":"60"`},
		"twice (dims)":     {`{"outcome":"y"}`, `{"outcome":"x"}`},
		"short row":        {`3,2,`, `3,`},
		"row of nothing":   {`"series": [`, `"series": [{"id":"none","columns":[],"rows":[[]]},`},
		"something after":  {"]}\n", "]}\n{}"},
		"numerator alone":  {`"withheld":"few"`, `"withheld":"few","numerator":4`},
		"hidden, switched": {`"min_cell": 5`, `"min_cell": 0`},
		"language":         {`"lang": "nl"`, `"lang": "de"`},
	} {
		changed := strings.Replace(text, change[0], change[1], 1)
		if changed == text {
			t.Errorf("%s: %s does not occur", name, change[0])
			continue
		}
		if _, err := Read(strings.NewReader(changed)); err == nil {
			t.Errorf("%s is read without an error", name)
		}
	}
}

func FuzzRead(f *testing.F) {
	var b bytes.Buffer
	if err := Write(&b, sample()); err != nil {
		f.Fatal(err)
	}
	f.Add(b.String())
	f.Add(`{"schema": "lvv-published/1"}`)
	f.Fuzz(func(t *testing.T, text string) {
		d, err := Read(strings.NewReader(text))
		if err != nil {
			return
		}
		first := write(t, d)
		again, err := Read(bytes.NewReader(first))
		if err != nil {
			t.Fatalf("what was written cannot be read: %v", err)
		}
		if !bytes.Equal(write(t, again), first) {
			t.Fatal("the second writing differs from the first")
		}
	})
}

// A document carries every definition but those of the account.
func TestDefinitions(t *testing.T) {
	c, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"nl", "en"} {
		d := Document{Definitions: DefinitionsOf(c, lang)}
		for i := range c.Figures {
			f := &c.Figures[i]
			e := d.Definition(f.ID)
			if Carries(c, f.ID) != (e != nil) {
				t.Errorf("%s: carried is %v, defined is %v", f.ID, Carries(c, f.ID), e != nil)
			}
			if e != nil && (e.Title == "" || e.Text == "") {
				t.Errorf("%s has no title or text in %s", f.ID, lang)
			}
		}
	}
}
