package release

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"lvv/samples"
)

// generate makes a register of its own and reads it.
func generate(t testing.TB, persons int, seed uint64) *world {
	t.Helper()
	dir := t.TempDir()
	if err := samples.Generate(t.Context(), samples.Options{Persons: persons, Seed: seed, Dir: filepath.Join(dir, "register")}); err != nil {
		t.Fatal(err)
	}
	w, err := readWorld(t.Context(), filepath.Join(dir, "register"), filepath.Join(dir, "store"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.engine.Close() })
	return w
}

// writeManifest writes what a delivery reads of the manifest of an earlier output.
func writeManifest(t testing.TB, dir string, o *Options) {
	t.Helper()
	text := fmt.Sprintf(`{"pilot": %q, "period": {"label": %q, "as_of": %q}}`, o.Terms.Pilot, o.Period.Label, o.Period.AsOf)
	if err := os.WriteFile(filepath.Join(dir, "manifest.json"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
