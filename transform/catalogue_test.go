package transform

import (
	"slices"
	"strings"
	"testing"

	models "lvv/sql"
)

// TestCatalogueAgainstSelects holds the catalogue against what the SELECTs return, in both directions:
// every record that they return is in the catalogue (Compute fails otherwise), and every breakdown of
// the catalogue is returned by them somewhere in the random registers.
func TestCatalogueAgainstSelects(t *testing.T) {
	t.Parallel()
	cat, err := models.Load()
	if err != nil {
		t.Fatal(err)
	}
	returned := map[string]bool{}
	store := newStoreWriter(t)
	for seed := range uint64(8) {
		w, terms, p := newRandomWorld(seed)
		clear(w.missing)
		p.From, p.To, p.AsOf = terms.Start, terms.End, terms.End
		c, err := newComputation(t.Context(), openStore(t, store.write(t, w), 1), terms, p)
		if err != nil {
			t.Fatal(err)
		}
		records, err := c.records(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		for id, by := range records {
			for _, r := range by {
				var names []string
				for _, d := range r.dims {
					names = append(names, d.Name)
				}
				returned[id+" "+strings.Join(names, " ")] = true
			}
		}
	}
	listed := map[string]bool{}
	for _, f := range cat.Figures {
		for _, b := range f.Breakdowns {
			names := b.Dims()
			slices.Sort(names)
			k := f.ID + " " + strings.Join(names, " ")
			listed[k] = true
			if !returned[k] {
				t.Errorf("no SELECT returns %s", k)
			}
		}
	}
	for k := range returned {
		if !listed[k] {
			t.Errorf("the catalogue does not know %s", k)
		}
	}
}

// TestCatalogueSaysEverything expects texts in both languages wherever readers look.
func TestCatalogueSaysEverything(t *testing.T) {
	cat, err := models.Load()
	if err != nil {
		t.Fatal(err)
	}
	said := func(what string, text models.Text) {
		if text.NL == "" || text.EN == "" {
			t.Errorf("%s lacks a text in one of the languages", what)
		}
	}
	for _, a := range cat.Areas {
		said("area "+a.ID, a.Title)
		if !slices.ContainsFunc(cat.Figures, func(f models.Figure) bool { return f.Area == a.ID }) {
			t.Errorf("area %s has no figure", a.ID)
		}
	}
	for _, f := range cat.Figures {
		said(f.ID, f.Title)
		said(f.ID+" definition", f.Definition)
		if !slices.Contains([]string{"count", "ratio", "days", "eur", "hours"}, f.Unit) || f.Article == "" {
			t.Errorf("%s has unit %q, article %q", f.ID, f.Unit, f.Article)
		}
		if (f.Numerator == models.Text{}) != (f.Denominator == models.Text{}) {
			t.Errorf("%s says only one of numerator and denominator", f.ID)
		}
		for _, b := range f.Breakdowns {
			for _, l := range b {
				said("dimension "+l.Dim, cat.DimTitle(l.Dim))
				for _, v := range l.Values {
					said(l.Name+" "+v.Value, v.Label)
				}
			}
		}
	}
	if got := cat.Label("durable.cases", "outcome", "return"); got.NL != "terugkeer" {
		t.Errorf("label = %v", got)
	}
	if got := cat.Label("occupancy.person_nights", "location", "Noord"); got.NL != "Noord" {
		t.Errorf("label = %v", got)
	}
}

// TestLeadsAreTerms: what precedes a count by days of the terms does so in its SELECT.
func TestLeadsAreTerms(t *testing.T) {
	cat, err := models.Load()
	if err != nil {
		t.Fatal(err)
	}
	all, err := models.Models()
	if err != nil {
		t.Fatal(err)
	}
	leads := 0
	for _, f := range cat.Figures {
		for _, r := range f.Relations {
			if r.Lead == "" {
				continue
			}
			leads++
			_, known := new(Terms).Days()[r.Lead]
			read := slices.ContainsFunc(all, func(m models.Model) bool {
				return strings.Contains(m.Query, "'"+f.ID+"'") && strings.Contains(m.Query, "t."+r.Lead)
			})
			if !known || !read {
				t.Errorf("%s: a lead of %s: known %v, read %v", f.ID, r.Lead, known, read)
			}
		}
	}
	if leads == 0 {
		t.Error("nothing has a lead")
	}
}
