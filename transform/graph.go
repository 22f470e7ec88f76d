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

	models "lvv/sql"
	"lvv/transform/engine"
)

// graph knows the models and what each of them reads.
type graph struct {
	models map[string]models.Model
	reads  map[string][]string // names of models and parameter tables, sorted
}

// loadGraph parses the references of all models; it does so once.
var loadGraph = sync.OnceValues(func() (*graph, error) {
	all, err := models.Models()
	if err != nil {
		return nil, err
	}
	return graphOf(all), nil
})

func graphOf(all []models.Model) *graph {
	g := &graph{models: map[string]models.Model{}, reads: map[string][]string{}}
	for _, m := range all {
		g.models[m.Name] = m
		g.reads[m.Name] = models.References(m.Query)
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
func (g *graph) define(ctx context.Context, eng engine.Engine, params []engine.Param, names ...string) error {
	order, err := g.order(names...)
	if err != nil {
		return err
	}
	versions := map[string]string{}
	for _, p := range params {
		versions[p.Name] = p.Version()
	}
	for _, name := range order {
		m := g.models[name]
		h := sha256.New()
		write(h, m.Query)
		for _, r := range g.reads[name] {
			write(h, r, versions[r])
		}
		versions[name] = hex.EncodeToString(h.Sum(nil))
		r := engine.Relation{Name: name, Query: m.Query, Table: m.Table, Version: versions[name]}
		if err := eng.Define(ctx, r); err != nil {
			return err
		}
	}
	return nil
}

// write adds texts to a hash so that no two lists of texts give the same bytes.
func write(h hash.Hash, texts ...string) {
	for _, t := range texts {
		fmt.Fprintf(h, "%d:%s", len(t), t)
	}
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
