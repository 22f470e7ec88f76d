package release

import (
	"fmt"
	"slices"

	"lvv/anonymize/kanon"
)

// dataPackage is a Data Package (v2, datapackage.org). What its profile does not know - role, unit,
// Dutch texts, hierarchies - are custom properties, which it allows.
type dataPackage struct {
	Schema      string     `json:"$schema"`
	Name        string     `json:"name"`
	Title       string     `json:"title"`
	TitleNL     string     `json:"title_nl"`
	Description string     `json:"description"`
	NL          string     `json:"description_nl"`
	Version     string     `json:"version"`
	Resources   []resource `json:"resources"`
}

type resource struct {
	Schema      string      `json:"$schema"`
	Name        string      `json:"name"`
	Title       string      `json:"title"`
	TitleNL     string      `json:"title_nl"`
	Description string      `json:"description"`
	NL          string      `json:"description_nl"`
	Path        string      `json:"path"`
	Type        string      `json:"type,omitempty"`
	Format      string      `json:"format"`
	MediaType   string      `json:"mediatype"`
	Encoding    string      `json:"encoding,omitempty"`
	Dialect     *dialect    `json:"dialect,omitempty"`
	TableSchema tableSchema `json:"schema"`
}

type dialect struct {
	Schema    string `json:"$schema"`
	Delimiter string `json:"delimiter"`
	Header    bool   `json:"header"`
}

type tableSchema struct {
	Schema        string        `json:"$schema"`
	Fields        []fieldSchema `json:"fields"`
	MissingValues []string      `json:"missingValues"`
}

type fieldSchema struct {
	Name        string     `json:"name"`
	Type        string     `json:"type"`
	Title       string     `json:"title"`
	TitleNL     string     `json:"title_nl"`
	Description string     `json:"description"`
	NL          string     `json:"description_nl"`
	Role        string     `json:"role"`
	Unit        string     `json:"unit,omitempty"`
	Source      string     `json:"source"`
	Categories  []category `json:"categories,omitempty"`
	// Levels names what the columns of Hierarchy between the value and * hold.
	Levels []string `json:"levels,omitempty"`
	// Hierarchy holds, for a quasi-identifier, a row for each value with its generalisations.
	Hierarchy [][]string `json:"hierarchy,omitempty"`
}

const profile = "https://datapackage.org/profiles/2.0/"

func describe(o *Options, tables []*table) *dataPackage {
	d := &dataPackage{
		Schema: profile + "datapackage.json", Name: "lvv-evaluator", Version: o.Period.AsOf.String(),
		Title:   fmt.Sprintf("Pilot-LVV %s, evaluation data, %s", o.Terms.Pilot, o.Period.Label),
		TitleNL: fmt.Sprintf("Pilot-LVV %s, evaluatiegegevens, %s", o.Terms.Pilot, o.Period.Label),
		Description: fmt.Sprintf("Persons with an admitted case, their trajectories and their courses of guidance, as known on %s: three tables that cannot be joined, each made %d-anonymous (art. 8 and 9 of the covenant). See LEESMIJ.md and risk.json.",
			o.Period.AsOf, o.Terms.K),
		NL: fmt.Sprintf("Personen met een toegelaten casus, hun trajecten en hun begeleidingsperiodes, zoals bekend op %s: drie tabellen die niet te verbinden zijn, elk %d-anoniem (art. 8 en 9 van het convenant). Zie LEESMIJ.md en risk.json.",
			o.Period.AsOf, o.Terms.K),
	}
	for _, t := range tables {
		schema := tableSchema{Schema: profile + "tableschema.json", Fields: t.fieldSchemas(), MissingValues: []string{""}}
		r := resource{
			Schema: profile + "dataresource.json", Name: t.name, Title: t.titleEN, TitleNL: t.titleNL, Description: t.en, NL: t.nl,
			Path: t.name + ".csv", Type: "table", Format: "csv", MediaType: "text/csv", Encoding: "utf-8",
			Dialect: &dialect{profile + "tabledialect.json", ",", true}, TableSchema: schema,
		}
		p := r
		p.Name, p.Path, p.Type, p.Format, p.MediaType = t.name+"-parquet", t.name+".parquet", "", "parquet", "application/vnd.apache.parquet"
		p.Encoding, p.Dialect = "", nil
		d.Resources = append(d.Resources, r, p)
	}
	return d
}

func (t *table) fieldSchemas() []fieldSchema {
	var out []fieldSchema
	for i := range t.columns {
		c := &t.columns[i]
		s := fieldSchema{
			Name: c.name, Type: "string", Title: c.titleEN, TitleNL: c.titleNL, Description: c.en, NL: c.nl, Role: c.role(), Unit: c.unit,
			Source: c.source, Categories: c.categories, Levels: c.levels, Hierarchy: c.hierarchy,
		}
		if !c.sensitive {
			s.Description += " * if withheld."
			s.NL += " * als het niet vermeld wordt."
			if s.Categories != nil && len(c.levels) == 0 {
				s.Categories = append(slices.Clip(s.Categories), category{kanon.Star, "withheld", "niet vermeld"})
			}
		}
		out = append(out, s)
	}
	return out
}
