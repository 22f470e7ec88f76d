package durable

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestRenameNew(t *testing.T) {
	dir := t.TempDir()
	a, b, c := filepath.Join(dir, "a"), filepath.Join(dir, "b"), filepath.Join(dir, "c")
	if err := errors.Join(os.WriteFile(a, []byte("a"), 0o600), os.WriteFile(b, []byte("b"), 0o600)); err != nil {
		t.Fatal(err)
	}
	for name, rename := range map[string]func(from, to string) error{"RenameNew": RenameNew, "without help": checkedRename} {
		if err := rename(a, b); !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s: to a name that is taken: %v", name, err)
		}
		if err := errors.Join(rename(a, c), Rename(c, a)); err != nil {
			t.Errorf("%s: to a new name: %v", name, err)
		}
	}
	if err := Rename(a, b); err != nil {
		t.Errorf("over another: %v", err)
	}
	if got, err := os.ReadFile(b); string(got) != "a" {
		t.Errorf("the file says %q, %v", got, err)
	}
	if err := SyncFolders(dir); err != nil {
		t.Error(err)
	}
}
