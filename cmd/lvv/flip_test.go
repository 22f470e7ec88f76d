package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestEveryFlippedBitIsNamed changes one bit of each file of an output in turn; verify fails each
// time and names the file.
func TestEveryFlippedBitIsNamed(t *testing.T) {
	dir := t.TempDir()
	var said bytes.Buffer
	if code := run([]string{"run", "--quiet", "--out", dir}, nil, &said, &said); code != exitDone {
		t.Fatal(said.String())
	}
	out := filepath.Join(dir, "2020-Q3")
	files := contents(t, out)
	if len(files) < 19 {
		t.Fatalf("the output has only %d files", len(files))
	}
	for path, body := range files {
		flipped := []byte(body)
		flipped[len(flipped)/2] ^= 1
		full := filepath.Join(out, path)
		if err := os.WriteFile(full, flipped, 0o600); err != nil {
			t.Fatal(err)
		}
		said.Reset()
		if code := run([]string{"verify", out}, nil, &said, &said); code != exitFailed || !strings.Contains(said.String(), filepath.Base(path)) {
			t.Errorf("%s: exit %d, and verify says\n%s", path, code, said.String())
		}
		if err := os.WriteFile(full, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
