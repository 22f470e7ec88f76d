package release

import "fmt"

// dataPackage is a Data Package (v2, datapackage.org). What its profile does not know - role, unit,
// Dutch texts, hierarchies - are custom properties, which it allows.
type dataPackage struct {
	Schema      string     `json:"$schema"`
	Name        string     `json:"name"`
	Title       string     `json:"title"`
	TitleNL     string     `json:"title_nl"`
	Description string     `json:"description"`
	Version     string     `json:"version"`
	Resources   []resource `json:"resources"`
}

type resource struct {
	Schema      string      `json:"$schema"`
	Name        string      `json:"name"`
	Title       string      `json:"title"`
	TitleNL     string      `json:"title_nl"`
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
	PrimaryKey    []string      `json:"primaryKey"`
	ForeignKeys   []foreignKey  `json:"foreignKeys,omitempty"`
}

type foreignKey struct {
	Fields    []string  `json:"fields"`
	Reference reference `json:"reference"`
}

type reference struct {
	Resource string   `json:"resource"`
	Fields   []string `json:"fields"`
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
	// Hierarchy holds, for a quasi-identifier, a row for each value with its generalisations.
	Hierarchy [][]string `json:"hierarchy,omitempty"`
}

const profile = "https://datapackage.org/profiles/2.0/"

func describe(o *Options, rows [qiCount][][]string) *dataPackage {
	persons := tableSchema{
		Schema: profile + "tableschema.json", Fields: fieldSchemas(personFields(), &rows), MissingValues: []string{""}, PrimaryKey: []string{"person_id"},
	}
	trajectories := tableSchema{
		Schema: profile + "tableschema.json", Fields: fieldSchemas(trajectoryFields(), nil), MissingValues: []string{""}, PrimaryKey: []string{"person_id", "sequence"},
	}
	d := &dataPackage{
		Schema: profile + "datapackage.json", Name: "lvv-evaluator", Version: o.Period.AsOf.String(),
		Title:       fmt.Sprintf("Pilot-LVV %s, evaluation data, %s", o.Terms.Pilot, o.Period.Label),
		TitleNL:     fmt.Sprintf("Pilot-LVV %s, evaluatiegegevens, %s", o.Terms.Pilot, o.Period.Label),
		Description: fmt.Sprintf("Persons with an admitted case and their trajectories, as known on %s, made %d-anonymous (art. 8 and 9 of the covenant). See LEESMIJ.md and risk.json.", o.Period.AsOf, o.Terms.K),
	}
	add := func(name, en, nl string, s tableSchema) {
		s.ForeignKeys = nil
		csv := resource{
			Schema: profile + "dataresource.json", Name: name, Title: en, TitleNL: nl, Path: name + ".csv", Type: "table", Format: "csv", MediaType: "text/csv", Encoding: "utf-8",
			Dialect: &dialect{profile + "tabledialect.json", ",", true}, TableSchema: s,
		}
		other := resource{
			Schema: profile + "dataresource.json", Name: name + "-parquet", Title: en, TitleNL: nl, Path: name + ".parquet", Format: "parquet", MediaType: "application/vnd.apache.parquet", TableSchema: s,
		}
		if name == "trajecten" {
			csv.TableSchema.ForeignKeys = []foreignKey{{[]string{"person_id"}, reference{"personen", []string{"person_id"}}}}
			other.TableSchema.ForeignKeys = []foreignKey{{[]string{"person_id"}, reference{"personen-parquet", []string{"person_id"}}}}
		}
		d.Resources = append(d.Resources, csv, other)
	}
	add("personen", "Persons, one row a person", "Personen, één rij per persoon", persons)
	add("trajecten", "Trajectories, one row a trajectory", "Trajecten, één rij per traject", trajectories)
	return d
}

func fieldSchemas[T any](fields []field[T], rows *[qiCount][][]string) []fieldSchema {
	var out []fieldSchema
	for _, f := range fields {
		s := fieldSchema{
			Name: f.name, Type: f.typ, Title: f.titleEN, TitleNL: f.titleNL, Description: f.en, NL: f.nl, Role: f.role, Unit: f.unit,
			Source: f.source, Categories: f.categories,
		}
		if rows != nil {
			for q, name := range qiNames {
				if name == f.name {
					s.Hierarchy = rows[q]
				}
			}
		}
		out = append(out, s)
	}
	return out
}
