package content_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"lvv/anonymize/published"
	"lvv/reports/content"
	"lvv/reports/content/contenttest"
	"lvv/transform/engine"
)

// programme is three pilots, one of them late, whose figures are invented.
func programme(lang string) *published.Programme {
	p := &published.Programme{Name: "LVV-voorbeeld", Packages: []published.Package{
		{Pilot: "Amsterdam", State: published.PackageUsed, Period: "2020-Q3", AsOf: "2020-09-30", Recognised: true},
		{Pilot: "Rotterdam", State: published.PackageLate, Period: "2020-Q2", AsOf: "2020-06-30"},
		{Pilot: "Utrecht", State: published.PackageUsed, Period: "2020-Q3", AsOf: "2020-09-30"},
		{Pilot: "Zwolle", State: published.PackageMissing},
	}}
	for _, name := range []string{"Amsterdam", "Utrecht"} {
		d := contenttest.Document(lang)
		d.Pilot = name
		d = d.ForProgramme(lang)
		p.Pilots = append(p.Pilots, d)
	}
	p.Pilots[1].Terms.Places = 90
	set := func(d *published.Document, id string, v engine.Value) {
		*d.Figure(id) = published.Figure{ID: id, Unit: d.Figure(id).Unit, Value: v, Date: d.Figure(id).Date}
	}
	set(p.Pilots[0], "occupancy.rate", engine.RealOf(0.71))
	set(p.Pilots[1], "occupancy.rate", engine.RealOf(0.93))
	p.Together = contenttest.Document(lang)
	p.Together.Pilot, p.Period = p.Name, p.Together.Period
	p.Together.Compared, p.Together.Changes, p.Together.Rows = nil, nil, nil
	for _, f := range p.Together.Figures {
		if p.JoinedAs(f.ID, nil) == nil {
			p.Joined = append(p.Joined, published.Joined{ID: f.ID, How: "sum", Pilots: 2})
		}
	}
	p.Joined = append(p.Joined, published.Joined{ID: "conference.change_followed", Alone: true, How: "sum", Pilots: 1, Without: []string{"Utrecht"}})
	p.Overlaps = []published.Overlap{{ID: "occupancy.persons", Added: 700, Excess: 9}, {ID: "durable.persons", Added: 60, Hidden: true}}
	return p
}

// everything is all that a report says, in order.
func everything(r *content.Report) string {
	var b strings.Builder
	fmt.Fprint(&b, r.Title, r.Heading, r.Dates, r.Warnings)
	part := func(p *content.Part) {
		fmt.Fprint(&b, "\n", p.Title, p.Text, p.Items, p.Missing, p.Notes)
		if t := p.Table; t != nil {
			fmt.Fprint(&b, t.Caption, t.Columns, t.Rows, t.Total, t.Notes)
		}
	}
	for i := range r.Cards {
		fmt.Fprint(&b, "\n", r.Cards[i].Question, r.Cards[i].Value.Text, r.Cards[i].Text, r.Cards[i].Change, r.Cards[i].Target)
	}
	part(&r.Decide)
	part(&r.Changed)
	part(&r.Trust)
	for i := range r.Sections {
		fmt.Fprint(&b, "\n", r.Sections[i].Title, r.Sections[i].Lead)
		for j := range r.Sections[i].Parts {
			part(&r.Sections[i].Parts[j])
		}
	}
	return b.String()
}

func TestProgrammeReport(t *testing.T) {
	for lang, want := range map[string][]string{
		"nl": {"Rapportage aan de programmaraad", "Rust op 2 van de 4 pilots.", "Zwolle: er is geen pakket.", "Rotterdam: het laatste pakket gaat over het tweede kwartaal van 2020. Deze pilot telt niet mee.",
			"Pilots waarvan mensen niet in andere worden herkend: 1", "Amsterdam: De bezetting is 71,0%; de grens is 75%.", "Per pilot van 71,0% tot 93,0%.", "samen: zonder Utrecht",
			"telden de pilots samen 700 mensen", "Niet op te tellen: mensen."},
		"en": {"Report to the programme council", "Rests on 2 of the 4 pilots.", "Zwolle: there is no package.", "Rotterdam: its last package is of the second quarter of 2020.", "Amsterdam: Occupancy is 71.0%; the bound is 75%.",
			"By pilot from 71.0% to 93.0%.", "together: without Utrecht"},
	} {
		r := content.OfProgramme(programme(lang))
		said := everything(r)
		for _, text := range want {
			if !strings.Contains(said, text) {
				t.Errorf("%s: nothing says %q", lang, text)
			}
		}
		if strings.Contains(said, "%!") {
			t.Errorf("%s: a sentence was not filled in: %s", lang, said[strings.Index(said, "%!")-60:][:100])
		}
		seen := map[string]bool{}
		for _, s := range r.Sections {
			for _, p := range s.Parts {
				if seen[p.ID] || p.ID == "" || p.Title == "" {
					t.Errorf("%s: part %q has no id or title of its own", lang, p.ID)
				}
				seen[p.ID] = true
				for _, c := range p.Multiples {
					if seen[c.ID] {
						t.Errorf("%s: chart %q stands twice", lang, c.ID)
					}
					seen[c.ID] = true
				}
			}
		}
	}
}

// TestProgrammeRanksNobody: pilots stand in the order of their names, wherever they stand, and small pictures share a scale.
func TestProgrammeRanksNobody(t *testing.T) {
	r := content.OfProgramme(programme("nl"))
	tables, multiples := 0, 0
	for _, s := range r.Sections {
		for _, p := range s.Parts {
			if p.Table != nil && p.Table.Columns[0].Title == "Pilot" {
				tables++
				var names []string
				for _, row := range p.Table.Rows {
					names = append(names, row[0].Text)
				}
				if !slices.Equal(names, []string{"Amsterdam", "Utrecht"}) {
					t.Errorf("%s has the rows %v", p.ID, names)
				}
			}
			if p.Chart != nil && !slices.Equal(p.Chart.Names, []string{"Amsterdam", "Utrecht"}) {
				t.Errorf("%s draws %v", p.ID, p.Chart.Names)
			}
			for i, c := range p.Multiples {
				multiples++
				if c.Title != []string{"Amsterdam", "Utrecht"}[i] || c.Y.Max != p.Multiples[0].Y.Max || c.Y.Max == 0 || !slices.Equal(c.Names, p.Multiples[0].Names) || c.Alt == "" {
					t.Errorf("%s: %s is not drawn as the first one", p.ID, c.Title)
				}
			}
		}
	}
	if tables < 9 || multiples < 6 {
		t.Errorf("%d tables of pilots and %d small pictures: too few to mean anything", tables, multiples)
	}
}
