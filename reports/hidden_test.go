package reports_test

import (
	"slices"
	"strings"
	"testing"

	"lvv/anonymize/disclose"
	"lvv/reports"
	"lvv/transform"
)

// Under a table stands what its marks mean, and nothing about marks that it does not have.
func TestTableNotes(t *testing.T) {
	const (
		lessThan  = "<5: minder"
		left      = "·: weggelaten"
		may       = "het kan zelf nul, klein of groot zijn"
		withdrawn = "·: deze uitsplitsing"
		word      = "Niet getoond:"
		total     = "Wat niet getoond wordt, telt wel mee in het totaal."
		missing   = "Niet beschikbaar: niet aangeleverd: mrt."
	)
	of := func(id, mark string) *transform.Figure {
		f := part(mark, 7)
		f.ID = id
		return &f
	}
	share := &transform.Figure{ID: "y", Unit: "ratio", Status: transform.Suppressed, Reason: transform.Covered}
	absent := &transform.Figure{ID: "z", Unit: "ratio", Status: transform.NotAvailable, Reason: "mrt not delivered"}
	for name, c := range map[string]struct {
		figures []*transform.Figure
		note    disclose.Note
		total   bool
		want    []string // beginnings or parts, one a note
	}{
		"all shown":            {figures: []*transform.Figure{of("x", "7"), of("x", "0")}, note: disclose.Note{Vague: true, Withdrawn: true}, total: true},
		"small alone":          {figures: []*transform.Figure{of("x", "7"), of("x", "<5")}, want: []string{lessThan}},
		"small and covered":    {figures: []*transform.Figure{of("x", "<5"), of("x", "·"), of("x", "7")}, total: true, want: []string{lessThan, left, total}},
		"vague":                {figures: []*transform.Figure{of("x", "<5"), of("x", "·"), of("x", "7")}, note: disclose.Note{Vague: true}, want: []string{lessThan, may}},
		"withdrawn":            {figures: []*transform.Figure{of("x", "·"), of("x", "·")}, note: disclose.Note{Withdrawn: true}, want: []string{withdrawn}},
		"withdrawn elsewhere":  {figures: []*transform.Figure{of("x", "·"), of("x", "7")}, note: disclose.Note{Withdrawn: true}, want: []string{may}},
		"a share":              {figures: []*transform.Figure{share}, want: []string{word}},
		"not delivered, twice": {figures: []*transform.Figure{absent, absent, nil}, want: []string{missing}},
		"two columns":          {figures: []*transform.Figure{of("x", "·"), of("w", "·")}, note: disclose.Note{Vague: true}, want: []string{"x – ·", "w – ·"}},
	} {
		p := &disclose.Published{MinCell: threshold, Notes: map[string]disclose.Note{"x": c.note}}
		got := reports.Dutch.TableNotes(p, c.figures, c.total)
		if len(got) != len(c.want) || !slices.EqualFunc(got, c.want, strings.Contains) {
			t.Errorf("%s: notes are %q, want %q", name, got, c.want)
		}
	}
}

func TestMissing(t *testing.T) {
	for want, f := range map[string]*transform.Figure{
		"Dit is niet berekend.":                          nil,
		"het gaat om te weinig mensen.":                  {Unit: "count", Status: transform.Suppressed},
		"anders is een klein aantal af te leiden":        {Unit: "count", Status: transform.Suppressed, Reason: transform.Covered},
		"er is niets om door te delen":                   {Unit: "ratio", Status: transform.Undefined},
		"daarvoor is nog te weinig afgerond":             {Unit: "days", Status: transform.Undefined},
		"Dit is niet beschikbaar: niet aangeleverd: mrt": {Unit: "ratio", Status: transform.NotAvailable, Reason: "mrt not delivered"},
	} {
		if got := reports.Dutch.Missing(f); !strings.Contains(got, want) {
			t.Errorf("%+v: %q, want %q", f, got, want)
		}
	}
}
