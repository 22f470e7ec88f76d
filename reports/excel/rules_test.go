package excel

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"lvv/reports/content"
	"lvv/reports/content/contenttest"
)

// TestSpreadsheetRules holds the workbook against what its notes say of it: tables that are marked up, without
// blank or merged cells but for the data behind the charts, and no hidden sheet.
func TestSpreadsheetRules(t *testing.T) {
	d := contenttest.Document("nl")
	book := write(t, d)
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := f.GetSheetName(1), content.Of(d).Notes.Sheet; got != want {
		t.Errorf("the second sheet is %s, want %s", got, want)
	}
	lines := 0
	for _, sheet := range f.GetSheetList() {
		if visible, err := f.GetSheetVisible(sheet); err != nil || !visible {
			t.Errorf("%s is hidden: %v", sheet, err)
		}
		merged := map[int]bool{}
		list, err := f.GetMergeCells(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range list {
			_, row, _ := excelize.CellNameToCoordinates(m.GetStartAxis())
			merged[row] = true
		}
		tables, err := f.GetTables(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range tables {
			from, to, _ := strings.Cut(table.Range, ":")
			left, top, err1 := excelize.CellNameToCoordinates(from)
			right, bottom, err2 := excelize.CellNameToCoordinates(to)
			if err := errors.Join(err1, err2); err != nil {
				t.Fatal(err)
			}
			for row := top; row <= bottom; row++ {
				if merged[row] {
					t.Errorf("%s: table %s has merged cells in row %d", sheet, table.Name, row)
				}
				for col := left; col <= right && sheet != "Grafiekgegevens"; col++ {
					at, _ := excelize.CoordinatesToCellName(col, row)
					text, err := f.GetCellValue(sheet, at)
					formula, _ := f.GetCellFormula(sheet, at)
					head, _ := excelize.CoordinatesToCellName(col, top)
					if title, _ := f.GetCellValue(sheet, head); title == "Alle kwartalen" && text == "" {
						lines++ // a small line is drawn over the cell
					} else if err != nil || text == "" && formula == "" {
						t.Errorf("%s!%s of table %s is blank: %v", sheet, at, table.Name, err)
					}
				}
			}
		}
	}
	drawn := regexp.MustCompile(`<xm:f>[^<]*Grafiekgegevens[^<]*</xm:f><xm:sqref>F\d+</xm:sqref>`).FindAllString(first(t, book), -1)
	if len(drawn) != lines || lines != 9 {
		t.Errorf("%d cells without text and %d small lines, want 9 of each", lines, len(drawn))
	}
}

// first is the first sheet of a workbook as XML.
func first(t *testing.T, book []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
