//go:build peers

package excel

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"lvv/reports"
)

// LibreOffice opens and recalculates both languages: no cell is an error, and every check agrees.
func TestPeerLibreOffice(t *testing.T) {
	dir := t.TempDir()
	books := map[string]*reports.Document{
		"nl": document(reports.Dutch), "en": document(reports.English), "hostile": document(reports.Dutch, hostile...),
	}
	args := []string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", "xlsx", "--outdir", filepath.Join(dir, "out")}
	for name, d := range books {
		path := filepath.Join(dir, name+".xlsx")
		if err := os.WriteFile(path, write(t, d), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, path)
	}
	if out, err := exec.Command("soffice", args...).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
	for name := range books {
		book, err := os.ReadFile(filepath.Join(dir, "out", name+".xlsx"))
		if err != nil {
			t.Fatal(err)
		}
		agreed := 0
		for sheet, rows := range sheets(t, book, true) {
			for i, row := range rows {
				for _, cell := range row {
					if strings.HasPrefix(cell, "#") || strings.HasPrefix(cell, "Err:") {
						t.Errorf("%s, %s, row %d: error cell %q", name, sheet, i+1, cell)
					}
					switch cell {
					case "klopt", "agrees":
						agreed++
					case "WIJKT AF", "DIFFERS":
						t.Errorf("%s, %s: a check differs: %q", name, sheet, row)
					}
				}
			}
		}
		if agreed < 10 {
			t.Errorf("%s: only %d checks were recalculated", name, agreed)
		}
		checkQuotients(t, name, book)
	}
}

// checkQuotients holds the column of divided figures against the values beside it.
func checkQuotients(t *testing.T, name string, book []byte) {
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheet := f.GetSheetName(3 + 1)
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
