package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lvv/anonymize/verify"
	"lvv/cmd/lvv/internal/outdir"
)

// TestEveryFlippedBitIsNamed changes one bit of each file of an output in turn; verify fails each
// time and names the file.
func TestEveryFlippedBitIsNamed(t *testing.T) {
	whole := copyOf(t, samplesOutput(t))
	all := contents(t, whole)
	if len(all) < 19 {
		t.Fatalf("the output has only %d files", len(all))
	}
	// Without the report, verify takes little time.
	out := copyOf(t, samplesOutput(t))
	if err := os.RemoveAll(filepath.Join(out, "stuurgroep")); err != nil {
		t.Fatal(err)
	}
	rewriteManifest(t, out, func(m *manifest) {
		m.Outputs = slices.DeleteFunc(m.Outputs, func(o outdir.Output) bool { return strings.HasPrefix(o.Path, "stuurgroep/") })
	})
	mustDo(t, "verify", out)
	verified := func(out string) (code int, said string) {
		var b bytes.Buffer
		code = run([]string{"verify", out}, nil, &b, &b)
		return code, b.String()
	}
	files := contents(t, out)
	places := map[string][]float64{"manifest.json": {0, 0.001, 0.1, 0.3, 0.7, 0.9, 0.999}} // it has the hashes, and nothing else has its own
	for path, body := range files {
		for _, at := range append(places[path], 0.5) {
			flip(t, out, path, body, at, verified)
		}
	}
	// Page and workbook need not be drawn anew for it: that finds changes that the manifest does not tell.
	undrawn := func(out string) (code int, said string) {
		var r verify.Report
		if err := verify.Output(&r, out, nil); err != nil {
			t.Fatal(err)
		}
		if !r.OK() {
			code = exitFailed
		}
		return code, fmt.Sprint(r.Checks)
	}
	for path, body := range all {
		if _, done := files[path]; !done {
			flip(t, whole, path, body, 0.5, undrawn)
		}
	}
}

// flip changes a bit at a place between 0 and 1, and expects to be told of the file.
func flip(t *testing.T, out, path, body string, at float64, verified func(out string) (code int, said string)) {
	t.Helper()
	flipped := []byte(body)
	flipped[int(at*float64(len(flipped)))] ^= 1
	full := filepath.Join(out, path)
	if err := os.WriteFile(full, flipped, 0o600); err != nil {
		t.Fatal(err)
	}
	if code, said := verified(out); code != exitFailed || !strings.Contains(said, filepath.Base(path)) {
		t.Errorf("%s at %v: exit %d, and verify says\n%s", path, at, code, said)
	}
	if err := os.WriteFile(full, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
}
