package release

import (
	"embed"
	"io"
	"strconv"
	"strings"
	"text/template"
)

//go:embed LEESMIJ.md.tmpl
var readmeFS embed.FS

var readme = template.Must(template.New("LEESMIJ.md.tmpl").Funcs(template.FuncMap{
	"percent": func(f float64) string { return strings.Replace(formatPercent(f), ".", ",", 1) },
	"join":    strings.Join,
}).ParseFS(readmeFS, "LEESMIJ.md.tmpl"))

// writeReadme writes LEESMIJ.md: what risk.json says, in plain Dutch.
func writeReadme(w io.Writer, r *Risk) error {
	return readme.Execute(w, struct {
		*Risk
		Lines string
	}{r, r.lines()})
}

// formatPercent writes a share in per cent, with one decimal at most.
func formatPercent(f float64) string {
	return strings.TrimSuffix(strconv.FormatFloat(f*100, 'f', 1, 64), ".0")
}
