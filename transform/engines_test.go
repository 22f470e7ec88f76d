//go:build engines

package transform

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"lvv/ingest"
	models "lvv/sql"
	"lvv/transform/engine"
	"lvv/transform/spark"
)

// server is the address of the engine that these tests compare with DuckDB; make test-engines starts one.
func server(t *testing.T) string {
	t.Helper()
	address := os.Getenv("LVV_TEST_ENGINE")
	if address == "" {
		t.Fatal("LVV_TEST_ENGINE names no engine; run make test-engines")
	}
	return address
}

// openSpark opens an engine on a store for the length of a test.
func openSpark(t *testing.T, store ingest.Store) engine.Engine {
	t.Helper()
	e, err := spark.Open(t.Context(), spark.Options{Store: store, Address: server(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

// oracleWorlds is how many random worlds the oracle tries.
const oracleWorlds = 28

// TestEnginesAgree computes half of the oracle's worlds on both engines.
func TestEnginesAgree(t *testing.T) {
	writer := newStoreWriter(t)
	for seed := uint64(0); seed < oracleWorlds; seed += 2 {
		w, terms, period := newRandomWorld(seed)
		store := writer.write(t, w)
		want, err := Compute(t.Context(), openStore(t, store, 1), terms, period)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Compute(t.Context(), openSpark(t, store), terms, period)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		for _, d := range different(got, want) {
			t.Errorf("seed %d: %s", seed, d)
		}
	}
}

// different names what differs between the results of two engines.
func different(got, want *Results) (list []string) {
	for i := range want.Figures {
		if i < len(got.Figures) && !reflect.DeepEqual(got.Figures[i], want.Figures[i]) {
			list = append(list, want.Figures[i].ID)
		}
	}
	if len(list) == 0 && !reflect.DeepEqual(got, want) {
		list = append(list, "the results differ outside the figures")
	}
	return list
}

// TestWrongDialectIsCaught changes one macro at a time, and the comparison must see it.
func TestWrongDialectIsCaught(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "sql", "dialect", "spark.sql"))
	if err != nil {
		t.Fatal(err)
	}
	right, err := models.ParseDialect(string(text))
	if err != nil {
		t.Fatal(err)
	}
	if caught(t, right, 1) {
		t.Fatal("the results differ with every macro as it is")
	}
	for _, c := range []struct{ right, wrong string }{
		{"datediff(b, a)", "datediff(a, b)"},
		{"date_add(d, CAST(n AS INT))", "date_add(d, CAST(n + 1 AS INT))"},
		{"(2 * exact(a) + exact(b)) DIV (2 * exact(b))", "exact(a) DIV exact(b)"},
		{"percentile(x, q)", "percentile_approx(x, q)"},
	} {
		if strings.Count(string(text), c.right) != 1 {
			t.Fatalf("the dialect does not hold %q once", c.right)
		}
		mutant, err := models.ParseDialect(strings.Replace(string(text), c.right, c.wrong, 1))
		if err != nil {
			t.Fatal(err)
		}
		if !caught(t, mutant, 10) {
			t.Errorf("%s in place of %s changes no result of the first worlds", c.wrong, c.right)
		}
	}
}

// rewritten is an engine whose SELECTs a dialect has written already, so that its own finds no macro in them.
type rewritten struct {
	engine.Engine
	dialect *models.Dialect
}

func (r rewritten) Define(ctx context.Context, relation engine.Relation) (err error) {
	if relation.Query, err = r.dialect.Expand(relation.Query); err != nil {
		return err
	}
	return r.Engine.Define(ctx, relation)
}

func (r rewritten) Query(ctx context.Context, query string, each func(engine.Row) error) error {
	query, err := r.dialect.Expand(query)
	if err != nil {
		return err
	}
	return r.Engine.Query(ctx, query, each)
}

// caught reports whether a dialect changes a result of the first worlds.
func caught(t *testing.T, dialect *models.Dialect, worlds uint64) bool {
	writer := newStoreWriter(t)
	for seed := range worlds {
		w, terms, period := newRandomWorld(seed)
		store := writer.write(t, w)
		want, err := Compute(t.Context(), openStore(t, store, 1), terms, period)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Compute(t.Context(), rewritten{openSpark(t, store), dialect}, terms, period)
		if err != nil || len(different(got, want)) > 0 {
			return true
		}
	}
	return false
}
