// Package csvtest reads CSV files in tests.
package csvtest

import (
	"encoding/csv"
	"os"
	"testing"
)

// Rows returns the records of a file, its header first. A file without a header fails the test.
func Rows(t testing.TB, path string) [][]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) == 0 {
		t.Fatalf("%s is empty", path)
	}
	return rows
}
