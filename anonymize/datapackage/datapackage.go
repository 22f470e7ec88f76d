// Package datapackage describes tables that leave as a Data Package (v2, datapackage.org). What its profile does not
// know - role, unit, Dutch texts, hierarchies - are custom properties, which it allows.
package datapackage

import (
	"encoding/json"
	"io"
)

// Profile is where the schemas of descriptions stand.
const Profile = "https://datapackage.org/profiles/2.0/"

// Package describes tables together.
type Package struct {
	Schema      string     `json:"$schema"`
	Name        string     `json:"name"`
	Title       string     `json:"title"`
	TitleNL     string     `json:"title_nl,omitempty"`
	Description string     `json:"description"`
	NL          string     `json:"description_nl"`
	Version     string     `json:"version"`
	Resources   []Resource `json:"resources"`
}

// Resource is a file with a table.
type Resource struct {
	Schema      string   `json:"$schema"`
	Name        string   `json:"name"`
	Title       string   `json:"title,omitempty"`
	TitleNL     string   `json:"title_nl,omitempty"`
	Description string   `json:"description,omitempty"`
	NL          string   `json:"description_nl,omitempty"`
	Path        string   `json:"path"`
	Type        string   `json:"type,omitempty"`
	Format      string   `json:"format"`
	MediaType   string   `json:"mediatype"`
	Encoding    string   `json:"encoding,omitempty"`
	Dialect     *Dialect `json:"dialect,omitempty"`
	Asked       any      `json:"asked,omitempty"` // of an answer: the request for the table
	TableSchema Schema   `json:"schema"`
}

// Dialect is how a CSV file is written.
type Dialect struct {
	Schema    string `json:"$schema"`
	Delimiter string `json:"delimiter"`
	Header    bool   `json:"header"`
}

// Schema is the columns of a table.
type Schema struct {
	Schema        string   `json:"$schema"`
	Fields        []Field  `json:"fields"`
	MissingValues []string `json:"missingValues"`
}

// Field is a column.
type Field struct {
	Name        string     `json:"name"`
	Type        string     `json:"type"`
	Title       string     `json:"title,omitempty"`
	TitleNL     string     `json:"title_nl,omitempty"`
	Description string     `json:"description"`
	NL          string     `json:"description_nl"`
	Role        string     `json:"role,omitempty"`
	Unit        string     `json:"unit,omitempty"`
	Source      string     `json:"source,omitempty"`
	Categories  []Category `json:"categories,omitempty"`
	// Levels names what the columns of Hierarchy between the value and * hold.
	Levels []string `json:"levels,omitempty"`
	// Hierarchy holds, for a quasi-identifier, a row for each value with its generalisations.
	Hierarchy [][]string `json:"hierarchy,omitempty"`
}

// Category is one value of a code list.
type Category struct {
	Value string `json:"value"`
	Label string `json:"label"`
	NL    string `json:"label_nl"`
}

// CSV describes the CSV file of a table.
func CSV(table string, fields []Field) Resource {
	return Resource{
		Schema: Profile + "dataresource.json", Name: table, Path: table + ".csv", Type: "table", Format: "csv", MediaType: "text/csv", Encoding: "utf-8",
		TableSchema: Schema{Schema: Profile + "tableschema.json", Fields: fields, MissingValues: []string{""}},
	}
}

// WriteJSON writes a description, or what stands beside it, for people and programs.
func WriteJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", " ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
