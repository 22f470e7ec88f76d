//go:build unix

package regular

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

func TestOpen(t *testing.T) {
	dir := t.TempDir()
	file, link, pipe := filepath.Join(dir, "file"), filepath.Join(dir, "link"), filepath.Join(dir, "pipe")
	if err := errors.Join(os.WriteFile(file, []byte("text"), 0o600), os.Symlink(file, link), unix.Mkfifo(pipe, 0o600)); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{file, link} {
		if b, err := ReadFile(path); err != nil || string(b) != "text" {
			t.Errorf("%s: %q, %v", path, b, err)
		}
	}
	for path, want := range map[string]error{pipe: ErrNotRegular, "/dev/zero": ErrNotRegular, "/dev/null": ErrNotRegular, dir: unix.EISDIR, file + "x": os.ErrNotExist} {
		if b, err := ReadFile(path); !errors.Is(err, want) {
			t.Errorf("%s: %q, %v; want %v", path, b, err, want)
		}
	}
}
