//go:build peers

package excel

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"lvv/anonymize/published"
	"lvv/reports/content/contenttest"
	"lvv/reports/excel/workbook/booktest"
	"lvv/reports/excel/workbook/recalc"
)

// LibreOffice opens and recalculates both languages: no cell is an error. The document is made up, so that checks also say
// that something does not add up; that all agree on the samples is tried with the program.
func TestPeerLibreOffice(t *testing.T) {
	var files []string
	for i, d := range []*published.Document{contenttest.Document("nl"), contenttest.Document("en"), contenttest.Document("nl", booktest.Hostile()...)} {
		path := filepath.Join(t.TempDir(), fmt.Sprintf("book%d.xlsx", i))
		if err := os.WriteFile(path, write(t, d), 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, path)
	}
	recalc.Invented(t, files)
}
