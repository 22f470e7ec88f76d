//go:build peers

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"lvv/reports/excel/workbook/recalc"
)

// LibreOffice recalculates every workbook of a run on the samples, in both languages.
func TestPeerLibreOfficeSamples(t *testing.T) {
	dir := t.TempDir()
	var checked, plain []string
	for _, lang := range []string{"nl", "en"} {
		out := filepath.Join(dir, lang)
		var stdout, stderr bytes.Buffer
		if code := run([]string{"run", "--quiet", "--lang", lang, "--out", out}, nil, &stdout, &stderr); code != exitDone {
			t.Fatalf("run: %d\n%s", code, stderr.String())
		}
		books, err := filepath.Glob(filepath.Join(out, "2020-Q3", "*", "*.xlsx"))
		if err != nil {
			t.Fatal(err)
		}
		if len(books) != 3 {
			t.Fatalf("workbooks: %q", books)
		}
		for _, book := range books {
			to := filepath.Join(dir, lang+"-"+filepath.Base(book))
			if err := os.Rename(book, to); err != nil {
				t.Fatal(err)
			}
			if filepath.Base(filepath.Dir(book)) == "beheer" {
				plain = append(plain, to)
			} else {
				checked = append(checked, to)
			}
		}
	}
	recalc.Books(t, checked, 15)
	recalc.Books(t, plain, 0)
}
