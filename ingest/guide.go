package ingest

import (
	_ "embed"
	"html/template"
	"io"

	"lvv/internal/say"
)

//go:embed guide.html
var guideHTML string

var guideTemplate = template.Must(template.New("guide").Parse(guideHTML))

// guideField is a row of the guide.
type guideField struct {
	Header, Meaning, Expected, Article string
	Aliases                            []string
	Required, Dropped                  bool
	Pseudonym                          bool
}

type guideTable struct {
	Stem, Meaning string
	Required      bool
	Key           string
	Fields        []guideField
}

// WriteGuide writes the page that tells the parties what to deliver: every table and field of the
// contract, in "nl" or "en", as one HTML file that needs nothing beside it.
func WriteGuide(w io.Writer, lang string) error {
	var tables []guideTable
	for i := range Contract() {
		t := &Contract()[i]
		g := guideTable{Stem: t.Stem, Meaning: pick(lang, t.NL, t.EN), Required: t.Required}
		for j := range t.Fields {
			f := &t.Fields[j]
			if f.Name == t.Key {
				g.Key = f.Header
			}
			g.Fields = append(g.Fields, guideField{
				Header: f.Header, Meaning: pick(lang, f.NL, f.EN), Expected: Expected(f, lang), Article: f.Article, Aliases: f.Aliases,
				Required: f.Required, Dropped: f.Dropped(),
				Pseudonym: f.Type == KeyType || f.Type == VNumberType,
			})
		}
		tables = append(tables, g)
	}
	err := guideTemplate.Execute(w, map[string]any{"English": lang == "en", "Tables": tables})
	if err != nil {
		return say.Errorf("write guide: %w", err)
	}
	return nil
}
