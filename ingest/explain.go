package ingest

import (
	"cmp"
	_ "embed"
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
