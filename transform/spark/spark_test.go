//go:build engines

package spark

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lvv/anonymize/pseudonym"
	"lvv/ingest"
	"lvv/samples"
)

// TestMissingSegmentOnServer takes a file out of the store, which Sail alone would read as a table without rows.
func TestMissingSegmentOnServer(t *testing.T) {
	address := os.Getenv("LVV_TEST_ENGINE")
	if address == "" {
		t.Fatal("LVV_TEST_ENGINE names no engine; run make test-engines")
	}
	read, err := ingest.Read(t.Context(), ingest.Options{
		Dir: filepath.Join("..", "..", "samples", samples.Exports), StoreDir: t.TempDir(),
		Pseudonyms: pseudonym.NewPseudonymizer(samples.Key(), "Amsterdam", pseudonym.ForStore, 1),
	})
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(read.Store.Segments, func(s ingest.Segment) bool { return s.Table == "stays" })
	if err := os.Remove(filepath.Join(read.Store.Dir, read.Store.Segments[i].File)); err != nil {
		t.Fatal(err)
	}
	e, err := Open(t.Context(), Options{Store: read.Store, Address: address})
	if err == nil {
		e.Close()
		t.Fatal("a store without its stays was opened")
	}
	if !strings.Contains(err.Error(), "stays") {
		t.Errorf("the error does not name the table: %v", err)
	}
}
