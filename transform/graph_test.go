package transform

import (
	"slices"
	"strings"
	"testing"

	models "lvv/sql"
)

func TestOrder(t *testing.T) {
	g := graphOf([]models.Model{
		{Name: "a", Query: "SELECT * FROM b JOIN c ON TRUE"}, {Name: "b", Query: "SELECT * FROM c"},
		{Name: "c", Query: "SELECT * FROM period"}, {Name: "other", Query: "SELECT 1"},
	})
	order, err := g.order("a")
	if err != nil || !slices.Equal(order, []string{"c", "b"}) {
		t.Errorf("order = %v, %v; want c before b", order, err)
	}
	g = graphOf([]models.Model{{Name: "a", Query: "SELECT * FROM b"}, {Name: "b", Query: "SELECT * FROM c"}, {Name: "c", Query: "SELECT * FROM b"}})
	if _, err := g.order("a"); err == nil || !strings.Contains(err.Error(), "circle: b → c → b") {
		t.Errorf("a circle gives %v", err)
	}
}

// TestModelsReadKnownRelations expects every name behind FROM or JOIN to be a model or a parameter
// table, so that a misspelt one is found here.
func TestModelsReadKnownRelations(t *testing.T) {
	g, err := loadGraph()
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for name := range g.models {
		known[name] = true
	}
	e := openStore(t, newStoreWriter(t).write(t, smallWorld()), 1)
	cat, err := models.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range params(e, cat, testTerms(), Period{}) {
		known[p.Name] = true
	}
	for name, reads := range g.reads {
		for _, r := range reads {
			// extract(year FROM day) looks like a relation; the columns that models extract from end so.
			if !known[r] && !isColumn(r) {
				t.Errorf("%s reads %s, which is no model", name, r)
			}
		}
	}
	for _, m := range g.models {
		if _, err := g.order(m.Name); err != nil {
			t.Error(err)
		}
	}
}

func isColumn(name string) bool {
	return strings.HasSuffix(name, "_on") || strings.HasSuffix(name, "_date") || name == "pilot_start"
}
