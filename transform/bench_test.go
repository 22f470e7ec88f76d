package transform_test

import (
	"path/filepath"
	"testing"

	"lvv/anonymize/pseudonym"
	"lvv/ingest"
	"lvv/samples"
	"lvv/transform"
	"lvv/transform/duckdb"
)

// BenchmarkCompute computes every figure of a municipal register, on a new engine each time.
func BenchmarkCompute(b *testing.B) {
	dir, store := filepath.Join(b.TempDir(), "samples"), b.TempDir()
	if err := samples.Generate(b.Context(), samples.Options{Persons: 5000, Seed: 1, Dir: dir}); err != nil {
		b.Fatal(err)
	}
	terms, err := transform.LoadTerms(filepath.Join(dir, samples.Terms))
	if err != nil {
		b.Fatal(err)
	}
	read, err := ingest.Read(b.Context(), ingest.Options{
		Dir: filepath.Join(dir, samples.Exports), StoreDir: store,
		Pseudonyms: pseudonym.NewPseudonymizer(samples.Key(), terms.Pilot, pseudonym.ForStore, terms.Epoch),
	})
	if err != nil {
		b.Fatal(err)
	}
	p, err := transform.ParsePeriod("2020-Q3", "", terms)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		e, err := duckdb.Open(b.Context(), duckdb.Options{Store: read.Store, TempDir: b.TempDir()})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := transform.Compute(b.Context(), e, terms, p); err != nil {
			b.Fatal(err)
		}
		if err := e.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
