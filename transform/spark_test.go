//go:build engines

package transform

import (
	"os"
	"reflect"
	"testing"
)

// TestEnginesAgree computes random worlds on DuckDB and on the server that LVV_TEST_ENGINE names.
func TestEnginesAgree(t *testing.T) {
	address := os.Getenv("LVV_TEST_ENGINE")
	if address == "" {
		t.Fatal("set LVV_TEST_ENGINE, as make test-engines does")
	}
	writer := newStoreWriter(t)
	for seed := range uint64(10) {
		w, terms, period := newRandomWorld(seed)
		store := writer.write(t, w)
		want, err := Compute(t.Context(), openStore(t, store, 1), terms, period)
		if err != nil {
			t.Fatal(err)
		}
		e, err := OpenSpark(t.Context(), SparkOptions{Store: store, Address: address})
		if err != nil {
			t.Fatal(err)
		}
		got, err := Compute(t.Context(), e, terms, period)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("seed %d: the engines differ", seed)
			for i := range want.Figures {
				if i < len(got.Figures) && !reflect.DeepEqual(got.Figures[i], want.Figures[i]) {
					t.Errorf("%+v\nwant %+v", got.Figures[i], want.Figures[i])
				}
			}
		}
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	}
}
