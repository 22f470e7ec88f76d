package outdir

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// TestMarkGoesLast stops the removal of a marked folder at each of its steps: until the last one, the mark is there for
// the next run.
func TestMarkGoesLast(t *testing.T) {
	errStopped := errors.New("stopped")
	for steps := 0; ; steps++ {
		dir := filepath.Join(t.TempDir(), "work")
		for _, name := range []string{"a/x", workMark, "z/x"} {
			path := filepath.Join(dir, name)
			if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, nil, 0o600)); err != nil {
				t.Fatal(err)
			}
		}
		left := steps
		err := removeMarked(dir, workMark, func(path string) error {
			if left == 0 {
				return errStopped
			}
			left--
			return os.RemoveAll(path)
		})
		if err == nil {
			if _, err := os.Lstat(dir); steps != 3 || !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("after %d steps: %v", steps, err)
			}
			return
		}
		if _, err := os.Lstat(filepath.Join(dir, workMark)); err != nil {
			t.Errorf("after %d steps: %v", steps, err)
		}
	}
}
