//go:build peers

package excel

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"lvv/reports"
	"lvv/reports/excel/workbook/booktest"
	"lvv/reports/excel/workbook/recalc"
)

// LibreOffice opens and recalculates both languages: no cell is an error, and every check agrees.
func TestPeerLibreOffice(t *testing.T) {
	documents := []*reports.Document{document(reports.Dutch), document(reports.English), document(reports.Dutch, booktest.Hostile()...)}
	var files []string
	for i, d := range documents {
		path := filepath.Join(t.TempDir(), fmt.Sprintf("book%d.xlsx", i))
		if err := os.WriteFile(path, write(t, d), 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, path)
	}
	for i, book := range recalc.Books(t, files, 10) {
		checkQuotients(t, filepath.Base(files[i]), book)
	}
}

// checkQuotients holds the column of divided figures against the values beside it.
func checkQuotients(t *testing.T, name string, book []byte) {
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheet := f.GetSheetName(4) // outflow, with its shares
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, row := range rows {
		if len(row) == 5 && strings.HasSuffix(row[4], "%") {
			if seen++; row[1] != row[4] {
				t.Errorf("%s, %s: %q was recalculated as %s", name, sheet, row, row[4])
			}
		}
	}
	if seen == 0 {
		t.Errorf("%s: no quotient on sheet %s", name, sheet)
	}
}
