package private

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// TestPrivate holds what is made against what is said of it, on either kind of system.
func TestPrivate(t *testing.T) {
	dir := t.TempDir()
	deep := filepath.Join(dir, "a", "b")
	if err := MkdirAll(deep); err != nil {
		t.Fatal(err)
	}
	if err := MkdirAll(deep); err != nil {
		t.Errorf("a folder that is there: %v", err)
	}
	f, err := Create(filepath.Join(deep, "file"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString("x"); err != nil {
		t.Error(err)
	}
	f.Close()
	if _, err := Create(f.Name()); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a file that is there: %v", err)
	}
	if err := MkdirAll(f.Name()); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a folder where a file is: %v", err)
	}
	temp, err := MkdirTemp(dir, "t-")
	if err != nil {
		t.Fatal(err)
	}
	one, err := CreateTemp(temp, "f-")
	if err != nil {
		t.Fatal(err)
	}
	one.Close()
	another, err := CreateTemp(temp, "f-")
	if err != nil || another.Name() == one.Name() {
		t.Fatalf("%v, %v", another, err)
	}
	another.Close()
	for _, path := range []string{filepath.Join(dir, "a"), deep, f.Name(), temp, one.Name()} {
		if who := others(t, path); who != "" {
			t.Errorf("%s can be used by %s", path, who)
		}
	}
	open := filepath.Join(dir, "open")
	if err := os.Mkdir(open, 0o755); err != nil {
		t.Fatal(err)
	}
	shared := filepath.Join(dir, "shared")
	if err := errors.Join(MkdirClosed(shared), Share(shared)); err != nil {
		t.Fatal(err)
	}
	if a, b := others(t, shared) != "", others(t, open) != ""; a != b {
		t.Errorf("a shared folder is open to others: %v; one that was made so: %v", a, b)
	}
	hidden, err := Create(filepath.Join(shared, "file"))
	if err != nil {
		t.Fatal(err)
	}
	hidden.Close()
	if who := others(t, hidden.Name()); who != "" {
		t.Errorf("a private file in a shared folder can be used by %s", who)
	}
}

func others(t *testing.T, path string) string {
	t.Helper()
	info, err := os.Lstat(path)
	if err != nil {
		t.Fatal(err)
	}
	who, err := Others(path, info)
	if err != nil {
		t.Fatal(err)
	}
	return who
}
