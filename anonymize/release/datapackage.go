package release

import (
	"fmt"
	"slices"

	"lvv/anonymize/datapackage"
	"lvv/anonymize/kanon"
)

func describe(o *Options, tables []*table) *datapackage.Package {
	d := &datapackage.Package{
		Schema: datapackage.Profile + "datapackage.json", Name: "lvv-evaluator", Version: o.Period.AsOf.String(),
		Title:   fmt.Sprintf("Pilot-LVV %s, evaluation data, %s", o.Terms.Pilot, o.Period.Label),
		TitleNL: fmt.Sprintf("Pilot-LVV %s, evaluatiegegevens, %s", o.Terms.Pilot, o.Period.Label),
		Description: fmt.Sprintf("Persons with an admitted case, their trajectories and their courses of guidance, as known on %s: three tables that cannot be joined, each made %d-anonymous (art. 8 and 9 of the covenant). See LEESMIJ.md and risk.json.",
			o.Period.AsOf, o.Terms.K),
		NL: fmt.Sprintf("Personen met een toegelaten casus, hun trajecten en hun begeleidingsperiodes, zoals bekend op %s: drie tabellen die niet te verbinden zijn, elk %d-anoniem (art. 8 en 9 van het convenant). Zie LEESMIJ.md en risk.json.",
			o.Period.AsOf, o.Terms.K),
	}
	for _, t := range tables {
		r := datapackage.CSV(t.name, t.fields())
		r.Title, r.TitleNL, r.Description, r.NL = t.titleEN, t.titleNL, t.en, t.nl
		r.Dialect = &datapackage.Dialect{Schema: datapackage.Profile + "tabledialect.json", Delimiter: ",", Header: true}
		p := r
		p.Name, p.Path, p.Type, p.Format, p.MediaType = t.name+"-parquet", t.name+".parquet", "", "parquet", "application/vnd.apache.parquet"
		p.Encoding, p.Dialect = "", nil
		d.Resources = append(d.Resources, r, p)
	}
	return d
}

func (t *table) fields() []datapackage.Field {
	var out []datapackage.Field
	for i := range t.columns {
		c := &t.columns[i]
		s := datapackage.Field{
			Name: c.name, Type: "string", Title: c.titleEN, TitleNL: c.titleNL, Description: c.en, NL: c.nl, Role: "sensitive", Unit: c.unit,
			Source: c.source, Categories: c.categories, Levels: c.levels, Hierarchy: c.hierarchy,
		}
		if !c.sensitive {
			s.Role = "quasi-identifier"
			s.Description += " * if withheld."
			s.NL += " * als het niet vermeld wordt."
			if s.Categories != nil && len(c.levels) == 0 {
				s.Categories = append(slices.Clip(s.Categories), category(kanon.Star, "withheld", "niet vermeld"))
			}
		}
		out = append(out, s)
	}
	return out
}
