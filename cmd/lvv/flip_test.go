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
	// Without the report, verify takes little time.
	dir := t.TempDir()
	mustDo(t, "run", "--quiet", "--only", "amif,evaluator", "--out", dir)
	out := filepath.Join(dir, "2020-Q3")
	whole := copyOf(t, samplesOutput(t))
	files, all := contents(t, out), contents(t, whole)
	if len(all) < 19 {
		t.Fatalf("the output has only %d files", len(all))
	}
	places := map[string][]float64{"manifest.json": {0, 0.001, 0.1, 0.3, 0.7, 0.9, 0.999}} // it has the hashes, and nothing else has its own
	for path, body := range files {
		for _, at := range append(places[path], 0.5) {
			flip(t, out, path, body, at)
		}
	}
	for path, body := range all {
		if _, done := files[path]; !done {
			flip(t, whole, path, body, 0.5)
		}
	}
}

// flip changes a bit at a place between 0 and 1.
func flip(t *testing.T, out, path, body string, at float64) {
	t.Helper()
	flipped := []byte(body)
	flipped[int(at*float64(len(flipped)))] ^= 1
	full := filepath.Join(out, path)
	if err := os.WriteFile(full, flipped, 0o600); err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	if code := run([]string{"verify", out}, nil, &said, &said); code != exitFailed || !strings.Contains(said.String(), filepath.Base(path)) {
		t.Errorf("%s at %v: exit %d, and verify says\n%s", path, at, code, said.String())
	}
	if err := os.WriteFile(full, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
}
