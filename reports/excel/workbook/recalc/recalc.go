//go:build peers

// Package recalc has LibreOffice recalculate workbooks, for the tests that need it.
package recalc

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// Books opens and recalculates workbooks in one call of LibreOffice. A cell that is an error, a check
// that differs, and fewer than least checks that agree fail the test. It returns what LibreOffice
// wrote, in the order of the files.
func Books(t testing.TB, files []string, least int) [][]byte {
	t.Helper()
	return recalculate(t, files, func(name string, agreed int, differ []string) {
		for _, row := range differ {
			t.Errorf("%s: a check differs: %s", name, row)
		}
		if agreed < least {
			t.Errorf("%s: only %d checks were recalculated", name, agreed)
		}
	})
}

// Invented does the same with workbooks whose numbers were made up and do not add up: each must have a check that
// agrees, and one that says that it does not.
func Invented(t testing.TB, files []string) {
	t.Helper()
	recalculate(t, files, func(name string, agreed int, differ []string) {
		if agreed == 0 || len(differ) == 0 {
			t.Errorf("%s: %d checks agree and %d differ", name, agreed, len(differ))
		}
	})
}

func recalculate(t testing.TB, files []string, judge func(name string, agreed int, differ []string)) [][]byte {
	t.Helper()
	dir := t.TempDir()
	args := append([]string{
		"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", "xlsx", "--outdir", filepath.Join(dir, "out"),
	}, files...)
	if text, err := exec.Command("soffice", args...).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, text)
	}
	var books [][]byte
	for _, file := range files {
		path := filepath.Join(dir, "out", filepath.Base(file))
		book, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		agreed, differ := checks(t, path)
		judge(filepath.Base(file), agreed, differ)
		books = append(books, book)
	}
	return books
}

// checks reads a recalculated workbook, counts the checks that agree and lists those that differ. A cell that is an error fails the test.
func checks(t testing.TB, path string) (agreed int, differ []string) {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}()
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			for _, cell := range row {
				switch {
				case strings.HasPrefix(cell, "#") || strings.HasPrefix(cell, "Err:"):
					t.Errorf("%s, %s, row %d: error cell %q", filepath.Base(path), sheet, i+1, cell)
				case cell == "WIJKT AF" || cell == "DIFFERS":
					differ = append(differ, fmt.Sprintf("%s, %q", sheet, row))
				case cell == "klopt" || cell == "agrees":
					agreed++
				}
			}
		}
	}
	return agreed, differ
}
