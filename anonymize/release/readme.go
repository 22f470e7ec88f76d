package release

import (
	"io"
	"strconv"
	"strings"
	"text/template"

	"lvv/internal/lists"
)

var readme = template.Must(template.New("LEESMIJ.md.tmpl").Funcs(template.FuncMap{
	"name": markdown,
	"names": func(names []string) string {
		return strings.Join(lists.Map(names, markdown), ", ")
	},
	"percent": func(f float64) string {
		return strings.Replace(strings.TrimSuffix(strconv.FormatFloat(f*100, 'f', 1, 64), ".0"), ".", ",", 1)
	},
	"count": func(n int, one, many string) string { return counted(float64(n), one, many) },
}).ParseFS(templates, "LEESMIJ.md.tmpl"))

// part is a table as LEESMIJ.md speaks of it.
type part struct {
	*TableRisk
	Name      string
	Sensitive []sensitivePart
}

// sensitivePart is a sensitive column of it.
type sensitivePart struct {
	TitleNL string
	L       int
	HasL    bool // some class has an outcome
	Alpha   float64
}

// writeReadme writes LEESMIJ.md: what risk.json says, in plain Dutch.
func writeReadme(w io.Writer, r *Risk, tables []*table) error {
	var parts []part
	for i, t := range tables {
		p := part{TableRisk: r.tables()[i], Name: t.name}
		for _, c := range t.sensitive() {
			l, ok := p.L[c.name]
			p.Sensitive = append(p.Sensitive, sensitivePart{c.titleNL, l, ok, p.Alpha[c.name]})
		}
		parts = append(parts, p)
	}
	return readme.Execute(w, struct {
		*Risk
		Parts []part
		Lines string
	}{r, parts, r.lines()})
}

// markdown writes a name so that neither Markdown nor HTML takes anything in it for more than its letters.
func markdown(name string) string { return markdownSigns.Replace(name) }

var markdownSigns = strings.NewReplacer(
	"&", "&amp;", "<", "&lt;", ">", "&gt;", "\\", "\\\\", "`", "\\`", "*", "\\*", "_", "\\_", "[", "\\[", "]", "\\]", "!", "\\!",
	"~", "\\~", "|", "\\|", "#", "\\#", "$", "\\$", "{", "\\{", "}", "\\}", "://", "&#58;//", "www.", "www&#46;", "@", "&#64;", "\n", " ", "\r", " ",
)

func counted(n float64, one, many string) string {
	if n != 1 {
		one = many
	}
	return strconv.FormatFloat(n, 'f', -1, 64) + " " + one
}
