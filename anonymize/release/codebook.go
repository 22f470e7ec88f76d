package release

import (
	"html/template"
	"io"
	"slices"

	"lvv/anonymize/datapackage"
)

var codebook = template.Must(template.New("codeboek.html.tmpl").Funcs(template.FuncMap{
	"examples": examples,
	"usable":   usablePercent,
	"bound":    boundNL,
	"unit":     func(unit string) string { return unitsNL[unit] },
	"csv":      func(r datapackage.Resource) bool { return r.Format == "csv" },
}).ParseFS(templates, "codeboek.html.tmpl"))

// unitsNL are the units of columns in Dutch, where the title does not say them.
var unitsNL = map[string]string{"year": "jaren", "days": "dagen", "hours": "uren"}

// writeCodebook writes datapackage.json as a page for people, with what each question is worth.
func writeCodebook(w io.Writer, d *datapackage.Package, r *Risk) error {
	return codebook.Execute(w, struct {
		*datapackage.Package
		Risk *Risk
	}{d, r})
}

// example is a level of a hierarchy with one of its labels.
type example struct{ Level, Label string }

// examples shows the levels of a hierarchy by the labels of the value in its middle.
func examples(f datapackage.Field) []example {
	if len(f.Levels) == 0 || len(f.Hierarchy) == 0 {
		return nil
	}
	path := f.Hierarchy[len(f.Hierarchy)/2]
	for _, p := range f.Hierarchy[len(f.Hierarchy)/2:] {
		if !slices.Contains(p[1:], p[0]) {
			path = p
			break
		}
	}
	var out []example
	for i, label := range path {
		e := example{"", label}
		switch {
		case i == 0:
			e.Level = "value"
		case i == len(path)-1:
			e.Level = "withheld"
		case i-1 < len(f.Levels):
			e.Level = f.Levels[i-1]
		}
		out = append(out, e)
	}
	return out
}
