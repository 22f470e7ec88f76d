package durable

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestHeldFiles has another handle keep a file from being moved, for an instant and for longer.
func TestHeldFiles(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a", "file")
	if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if found, err := InUse(dir); found != "" || err != nil {
		t.Errorf("%q, %v", found, err)
	}
	f, err := os.Open(path) // without FILE_SHARE_DELETE, as Excel does
	if err != nil {
		t.Fatal(err)
	}
	if found, err := InUse(dir); found != path || err != nil {
		t.Errorf("%q, %v", found, err)
	}
	if found, err := InUse(filepath.Join(dir, "none")); found != "" || err != nil {
		t.Errorf("%q, %v", found, err)
	}
	time.AfterFunc(100*time.Millisecond, func() { f.Close() })
	if err := Rename(filepath.Dir(path), filepath.Join(dir, "b")); err != nil {
		t.Errorf("a file that is held for an instant: %v", err)
	}
}
