package regular

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestGlob: what a folder holds is found whatever the folder is named.
func TestGlob(t *testing.T) {
	for _, name := range []string{"out", "out[1]", "o*t", "o?t", `[out`} {
		dir := filepath.Join(t.TempDir(), name)
		file := filepath.Join(dir, "a", "b.json")
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		found, err := Glob(dir, "*/*.json")
		if err != nil || !slices.Equal(found, []string{file}) {
			t.Errorf("in %s: %v, %v", name, found, err)
		}
	}
	if found, err := Glob(filepath.Join(t.TempDir(), "none"), "*"); err != nil || found != nil {
		t.Errorf("in a folder that is not there: %v, %v", found, err)
	}
}
