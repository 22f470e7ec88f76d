// Package booktest holds what the tests of all workbooks need.
package booktest

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"
)

// Hostile returns texts that a register might hold by accident or by intent.
func Hostile() []string {
	return []string{
		`=HYPERLINK("http://example.invalid","klik")`, "=1+1", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\tTab", "|cmd",
		`</script><img src=x onerror=alert(1)>`, `__f__"'`, "_x0041_ 🏠 مرحبا", "regel één\nregel twee", "1/2", "007",
	}
}

// Sheets returns the cells of a workbook by sheet: as stored where raw, else as a reader sees them.
func Sheets(t testing.TB, book []byte, raw bool) map[string][][]string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	out := map[string][][]string{}
	for _, name := range f.GetSheetList() {
		if out[name], err = f.GetRows(name, excelize.Options{RawCellValue: raw}); err != nil {
			t.Fatal(err)
		}
	}
	return out
}
