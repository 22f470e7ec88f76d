package ingest

import (
	"cmp"
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"lvv/internal/lists"
)

// explanation is what explain.yaml says of something in one language.
type explanation struct{ Wrong, Expected, Do string }

// explanations are those of a part of explain.yaml, by key and language.
type explanations map[string]map[string]explanation

// of is the explanation of the first key; what each further one says, where there is such a one, takes the place of
// what was said before it.
func (e explanations) of(lang string, keys ...string) (all explanation) {
	for _, key := range keys {
		one := e[key][lang]
		all = explanation{cmp.Or(one.Wrong, all.Wrong), cmp.Or(one.Expected, all.Expected), cmp.Or(one.Do, all.Do)}
	}
	return all
}

// explainText is the content of explain.yaml.
type explainText struct {
	Rows, Files explanations
	Fields      map[string]map[string]string // by type and language
}

//go:embed explain.yaml
var explainYAML []byte

// explained is explain.yaml, which is read once. Tests see to it that it can be.
var explained = sync.OnceValue(func() (text explainText) {
	if err := DecodeYAML(explainYAML, &text); err != nil {
		panic("ingest: explain.yaml: " + err.Error())
	}
	return text
})

// Explain says in a few words what a reason code or a reader's check means, what was expected of
// the field, and what to do. lang is "nl" or "en". f is nil where the whole row is meant.
func Explain(reason string, f *Field, lang string) (wrong, expected, do string) {
	keys := []string{reason}
	if f != nil {
		keys = append(keys, reason+"."+string(f.Type), reason+"."+f.Name)
		if f.UnlessField != "" {
			keys = append(keys, reason+".unless")
		}
	}
	t := explained().Rows.of(lang, keys...)
	return cmp.Or(t.Wrong, reason), cmp.Or(t.Expected, Expected(f, lang)), t.Do
}

// Expected says in a few words what a field accepts. It is "" for nil.
func Expected(f *Field, lang string) string {
	if f == nil {
		return ""
	}
	fields := explained().Fields
	text := cmp.Or(fields[string(f.Type)+"."+f.Name][lang], fields[string(f.Type)][lang], pick(lang, f.NL, f.EN))
	return strings.ReplaceAll(text, "{codes}", strings.Join(lists.Map(f.Codes, func(c Code) string { return c.Dutch }), ", "))
}

func pick(lang, nl, en string) string {
	if lang == "en" {
		return en
	}
	return nl
}

// Explain says what the warning objects to, what was expected, and what to do, in "nl" or "en". A finding
// about a file, a sheet or a column as a whole names it; ok is false for any other warning, of which
// [Explain] says what there is to say.
func (w *Warning) Explain(lang string) (wrong, do string, ok bool) {
	keys := []string{w.Check, w.Check + "." + w.Why}
	if w.Near != "" {
		keys = append(keys, w.Check+".near")
	} else {
		keys = append(keys, w.Check+"."+w.Severity)
	}
	t := explained().Files.of(lang, keys...)
	if t.Wrong == "" {
		return "", "", false
	}
	var files []string
	for _, p := range w.Places {
		if len(files) == 0 || files[len(files)-1] != p.File {
			files = append(files, p.File)
		}
	}
	fill := strings.NewReplacer("{file}", strings.Join(files, ", "), "{column}", w.Column, "{sheet}", w.Sheet, "{near}", w.Near, "{table}", tableStem(w.Table), "{endings}", readEndings)
	return fill.Replace(t.Wrong), fill.Replace(t.Do) + w.Suggestion(lang), true
}

// Suggestion is a sentence with the line of pilot.yaml that would mend what the warning objects to, "" where
// none would.
func (w *Warning) Suggestion(lang string) string {
	if len(w.Places) == 0 {
		return Suggestion(w.Setting, w.Table, "", lang)
	}
	return Suggestion(w.Setting, w.Table, w.Places[0].File, lang)
}

// Suggestion is a sentence with the line of pilot.yaml, ready to paste, by which a setting applies to a file
// of the table with the canonical name. It is "" where there is no setting.
func Suggestion(setting, table, file, lang string) string {
	if setting == "" {
		return ""
	}
	return pick(lang, " Of zet in pilot.yaml onder reading: ", " Or write in pilot.yaml under reading: ") +
		fmt.Sprintf("- {table: %s, files: %s, %s}", tableStem(table), quoteYAML(file), setting)
}

// tableStem is how pilot.yaml calls the table with the canonical name.
func tableStem(table string) string {
	if t := TableNamed(table); t != nil {
		return t.Stem
	}
	return table
}
