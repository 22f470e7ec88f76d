package transform

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"slices"
	"strings"
	"sync"
	"unicode"

	models "lvv/sql"
)

// graph knows the models and what each of them reads.
type graph struct {
	models map[string]models.Model
	reads  map[string][]string // names of models and parameter tables, sorted
}

// loadGraph parses the references of all models; it does so once.
var loadGraph = sync.OnceValues(func() (*graph, error) {
	all, err := models.Models("")
	if err != nil {
		return nil, err
	}
	return graphOf(all), nil
})

func graphOf(all []models.Model) *graph {
	g := &graph{models: map[string]models.Model{}, reads: map[string][]string{}}
	for _, m := range all {
		g.models[m.Name] = m
		g.reads[m.Name] = references(m.Query)
	}
	return g
}

// order returns the models that the named ones rest on, without those themselves, each after what it
// reads itself.
func (g *graph) order(names ...string) ([]string, error) {
	var order, path []string
	done := map[string]bool{}
	var visit func(name string) error
	visit = func(name string) error {
		if i := slices.Index(path, name); i >= 0 {
			return fmt.Errorf("models read each other in a circle: %s", strings.Join(append(path[i:], name), " → "))
		}
		if done[name] {
			return nil
		}
		path = append(path, name)
		for _, r := range g.reads[name] {
			if _, ok := g.models[r]; !ok {
				continue
			}
			if err := visit(r); err != nil {
				return err
			}
		}
		path = path[:len(path)-1]
		done[name] = true
		if !slices.Contains(names, name) {
			order = append(order, name)
		}
		return nil
	}
	for _, name := range names {
		if err := visit(name); err != nil {
			return nil, err
		}
	}
	return order, nil
}

// define makes everything that the named models read, in the versions that the parameters call for.
func (g *graph) define(ctx context.Context, eng Engine, params []Param, names ...string) error {
	order, err := g.order(names...)
	if err != nil {
		return err
	}
	versions := map[string]string{}
	for _, p := range params {
		versions[p.Name] = versionOf(p)
	}
	for _, name := range order {
		m := g.models[name]
		h := sha256.New()
		write(h, m.Query)
		for _, r := range g.reads[name] {
			write(h, r, versions[r])
		}
		versions[name] = hex.EncodeToString(h.Sum(nil))
		r := Relation{Name: name, Query: m.Query, Table: m.Table, Version: versions[name]}
		if err := eng.Define(ctx, r); err != nil {
			return err
		}
	}
	return nil
}

func versionOf(p Param) string {
	h := sha256.New()
	for _, row := range p.Rows {
		for _, v := range row {
			write(h, fmt.Sprint(v.Kind()), v.String())
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// write adds texts to a hash so that no two lists of texts give the same bytes.
func write(h hash.Hash, texts ...string) {
	for _, t := range texts {
		fmt.Fprintf(h, "%d:%s", len(t), t)
	}
}

// references returns the relations that a SELECT names after FROM or JOIN, sorted, without those of
// its own WITH and those of a schema (store.cases). The models list their relations with JOIN, never
// with a comma.
func references(query string) []string {
	tokens := tokenize(query)
	own := map[string]bool{}
	for i := 0; i+2 < len(tokens); i++ {
		if strings.EqualFold(tokens[i+1], "AS") && tokens[i+2] == "(" {
			own[tokens[i]] = true
		}
	}
	var names []string
	for i := 1; i < len(tokens); i++ {
		if !strings.EqualFold(tokens[i-1], "FROM") && !strings.EqualFold(tokens[i-1], "JOIN") {
			continue
		}
		name := tokens[i]
		isName := unicode.IsLetter(rune(name[0])) || name[0] == '_'
		qualified := i+1 < len(tokens) && (tokens[i+1] == "." || tokens[i+1] == "(")
		if isName && !qualified && !own[name] {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// tokenize splits SQL into words and single signs, and drops comments and text literals.
func tokenize(query string) []string {
	var tokens []string
	for i := 0; i < len(query); {
		switch c := query[i]; {
		case strings.HasPrefix(query[i:], "--"):
			i = skipTo(query, i, "\n")
		case strings.HasPrefix(query[i:], "/*"):
			i = skipTo(query, i+2, "*/")
		case c == '\'':
			i = skipTo(query, i+1, "'")
		case c == ' ' || c == '\n' || c == '\t' || c == '\r':
			i++
		case wordChar(c):
			j := i
			for j < len(query) && wordChar(query[j]) {
				j++
			}
			tokens = append(tokens, query[i:j])
			i = j
		default:
			tokens = append(tokens, string(c))
			i++
		}
	}
	return tokens
}

func wordChar(c byte) bool {
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// skipTo returns the position behind the next occurrence of end.
func skipTo(s string, from int, end string) int {
	n := strings.Index(s[from:], end)
	if n < 0 {
		return len(s)
	}
	return from + n + len(end)
}

// folder returns the names of the models of a folder, sorted.
func (g *graph) folder(name string) []string {
	var names []string
	for _, m := range g.models {
		if m.Folder == name {
			names = append(names, m.Name)
		}
	}
	slices.Sort(names)
	return names
}
