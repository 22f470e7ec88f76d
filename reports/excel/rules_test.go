package excel

import (
	"bytes"
	"errors"
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
	f, err := excelize.OpenReader(bytes.NewReader(write(t, d)))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := f.GetSheetName(1), content.Of(d).Notes.Sheet; got != want {
		t.Errorf("the second sheet is %s, want %s", got, want)
	}
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
					if err != nil || text == "" && formula == "" {
						t.Errorf("%s!%s of table %s is blank: %v", sheet, at, table.Name, err)
					}
				}
			}
		}
	}
}
