package request

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"lvv/anonymize/cells"
	"lvv/anonymize/pseudonym"
	"lvv/ingest"
	"lvv/samples"
	"lvv/transform"
	"lvv/transform/duckdb"
)

// world is a register that has been read.
type world struct {
	terms *transform.Terms
	read  *ingest.Result
	dir   string // to remove
}

func readWorld(ctx context.Context, dir, store string) (*world, error) {
	w := &world{}
	var err error
	if w.terms, err = transform.LoadTerms(filepath.Join(dir, samples.Terms)); err != nil {
		return nil, err
	}
	if err := os.Mkdir(store, 0o700); err != nil {
		return nil, err
	}
	w.read, err = ingest.Read(ctx, ingest.Options{
		Dir: filepath.Join(dir, samples.Exports), StoreDir: store,
		Pseudonyms: pseudonym.NewPseudonymizer(samples.Key(), w.terms.Pilot, pseudonym.ForStore, w.terms.Epoch),
	})
	return w, err
}

// openSamples reads the samples once.
var openSamples = sync.OnceValues(func() (*world, error) {
	dir, err := os.MkdirTemp("", "lvv-request-test-")
	if err != nil {
		return nil, err
	}
	if err := os.CopyFS(filepath.Join(dir, "samples"), samples.FS()); err != nil {
		return nil, err
	}
	w, err := readWorld(context.Background(), filepath.Join(dir, "samples"), filepath.Join(dir, "store"))
	if err == nil {
		w.dir = dir
	}
	return w, err
})

// TestMain removes the store that the tests share.
func TestMain(m *testing.M) {
	code := m.Run()
	if w, err := openSamples(); err == nil {
		os.RemoveAll(w.dir)
	}
	os.Exit(code)
}

// options are those of a request to a register.
func (w *world) options(t testing.TB, label string) Options {
	t.Helper()
	engine, err := duckdb.Open(t.Context(), duckdb.Options{Store: w.read.Store, TempDir: t.TempDir(), Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { engine.Close() })
	period, err := transform.ParsePeriod(label, "", w.terms)
	if err != nil {
		t.Fatal(err)
	}
	return Options{
		Engine: engine, Terms: w.terms, Period: period, Search: cells.DefaultOptions,
		Order: func(_ string, i, _ int) int { return i },
	}
}

func optionsFor(t testing.TB, label string) Options {
	t.Helper()
	w, err := openSamples()
	if err != nil {
		t.Fatal(err)
	}
	return w.options(t, label)
}
