package content

import (
	"slices"
	"strings"
	"testing"

	"lvv/anonymize/published"
	"lvv/reports/content/contenttest"
	"lvv/sql"
	"lvv/transform/engine"
)

// withTotalWithheld is an open report in which one total is withheld, with all that tells it.
func withTotalWithheld(t *testing.T, lang, id string) *published.Document {
	t.Helper()
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	d := contenttest.Open(lang)
	d.MinCell = 5
	f := d.Figure(id)
	f.Hide(&published.Range{Low: 12, High: 16})
	for i := range d.Compared {
		if c := &d.Compared[i]; c.ID == id {
			c.Is, c.Was, c.Difference, c.Withheld = engine.Value{}, engine.Value{}, engine.Value{}, published.Few
		}
	}
	for i := range d.Figures {
		of := cat.Figure(d.Figures[i].ID)
		if b := of.RestsOn; b != nil {
			for _, n := range []*sql.Count{b.Numerator, b.Denominator, b.Base} {
				if n != nil && n.Figure == id && len(n.Dims) == 0 && d.Figures[i].ID != id {
					d.Figures[i].Hide(nil)
					d.Figures[i].Hidden, d.Figures[i].Withheld = "", published.Few
				}
			}
		}
	}
	for i := range d.Series {
		s := &d.Series[i]
		for column, n := range cat.SeriesNamed(s.ID).Columns {
			k := slices.IndexFunc(s.Columns, func(c published.Column) bool { return c.Name == column })
			if n.Figure == id && len(s.Rows) > 0 && k >= 0 {
				s.Rows[len(s.Rows)-1][k], s.Withheld = engine.Value{}, true
			}
		}
	}
	return d
}

// TestWithheldTotals expects the range in the place of each total that can be withheld, why it stands there, and why a chart has a gap.
func TestWithheldTotals(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	has := contenttest.Open("nl")
	for i := range cat.Figures {
		f := &cat.Figures[i]
		if f.Account || !f.Printed || f.Unit != "count" || f.About == sql.Nothing || has.Figure(f.ID) == nil {
			continue
		}
		for lang, why := range map[string]string{"nl": "Ook een totaal tonen we niet precies", "en": "A total is not shown exactly either"} {
			d := withTotalWithheld(t, lang, f.ID)
			text := allText(Of(d))
			for _, want := range []string{"12-16", why} {
				if !strings.Contains(text, want) {
					t.Errorf("%s, %s: the report does not say %q", f.ID, lang, want)
				}
			}
			gap := map[string]string{"nl": "Waar een aantal ontbreekt", "en": "Where a number is missing"}[lang]
			if has := slices.ContainsFunc(d.Series, func(s published.Series) bool { return s.Withheld }); has != strings.Contains(text, gap) {
				t.Errorf("%s, %s: a chart has a gap: %t, and the report says so: %t", f.ID, lang, has, !has)
			}
		}
	}
}
