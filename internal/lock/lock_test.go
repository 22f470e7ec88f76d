package lock

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestTake(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "folder")
	if _, err := Take(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder that is not there: %v", err)
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	first, err := Take(dir)
	if err != nil {
		t.Fatal(err)
	}
	for name, take := range map[string]func(string) (*Folder, error){"Take": Take, "TakeItself": TakeItself} {
		if _, err := take(dir); !errors.Is(err, ErrHeld) {
			t.Errorf("%s: a folder that is held: %v", name, err)
		}
	}
	if err := first.Close(); err != nil {
		t.Error(err)
	}
	if e, err := os.ReadDir(dir); err != nil || len(e) > 0 {
		t.Errorf("the lock leaves %v, %v", e, err)
	}
	again, err := TakeItself(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Remove(os.Remove); err != nil {
		t.Error(err)
	}
	if _, err := os.Lstat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder is still there: %v", err)
	}
	file := filepath.Join(filepath.Dir(dir), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Take(file); err == nil {
		t.Error("a file can be locked")
	}
	link := filepath.Join(filepath.Dir(dir), "link")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(dir, link); err != nil {
		t.Skipf("no links here: %v", err)
	} else if _, err := os.Stat(link); err != nil {
		t.Skipf("no links that lead anywhere here: %v", err)
	}
	if _, err := TakeItself(link); err == nil {
		t.Error("a link can be locked as itself")
	}
	if f, err := Take(link); err != nil {
		t.Errorf("a folder by a link: %v", err)
	} else {
		f.Close()
	}
}
