package release

import (
	"embed"
	"io"
	"slices"
	"text/template"
)

// templates are those of all texts of a delivery.
//
//go:embed *.tmpl
var templates embed.FS

var recipes = template.Must(template.New("").ParseFS(templates, "vragen.*.tmpl"))

// writeRecipes writes vragen.R or vragen.py. R reads no JSON by itself, so its recipes hold the region
// of every label of nationality.
func writeRecipes(w io.Writer, name string, tables []*table) error {
	type region struct{ Label, Region string }
	var regions []region
	c := &tables[0].columns[tables[0].at(colNationality)]
	for _, path := range c.hierarchy {
		for _, label := range path[:3] {
			if r := (region{label, path[2]}); !slices.Contains(regions, r) {
				regions = append(regions, r)
			}
		}
	}
	return recipes.ExecuteTemplate(w, name+".tmpl", regions)
}
