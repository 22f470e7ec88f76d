package excel

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
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
	drawn := regexp.MustCompile(`<xm:f>[^<]*Grafiekgegevens[^<]*</xm:f><xm:sqref>F\d+</xm:sqref>`).FindAllString(entry(t, book, "xl/worksheets/sheet1.xml"), -1)
	if len(drawn) != lines || lines != 9 {
		t.Errorf("%d cells without text and %d small lines, want 9 of each", lines, len(drawn))
	}
}

// entry is a part of a workbook as XML.
func entry(t *testing.T, book []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestSpreadsheetLooks holds the looks of the workbook against what its notes say of them.
func TestSpreadsheetLooks(t *testing.T) {
	book := write(t, contenttest.Document("nl"))
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	for _, sheet := range f.GetSheetList() {
		if title, err := f.GetCellValue(sheet, "A1"); err != nil || title == "" {
			t.Errorf("%s has no title in A1: %v", sheet, err)
		}
	}
	styles := entry(t, book, "xl/styles.xml")
	if regexp.MustCompile(`<i(/| |>)`).MatchString(styles) {
		t.Error("there are italics")
	}
	for _, size := range regexp.MustCompile(`<sz val="([\d.]+)"`).FindAllStringSubmatch(styles, -1) {
		if n, err := strconv.ParseFloat(size[1], 64); err != nil || n < 11 {
			t.Errorf("letters of %s points", size[1])
		}
	}
	charts := 0
	for i := 1; ; i++ {
		name := fmt.Sprintf("xl/drawings/drawing%d.xml", i)
		if !strings.Contains(entry(t, book, "[Content_Types].xml"), name) {
			break
		}
		for _, chart := range regexp.MustCompile(`<xdr:cNvPr [^>]*>`).FindAllString(entry(t, book, name), -1) {
			if charts++; !regexp.MustCompile(` descr="[^"]{10,}"`).MatchString(chart) {
				t.Errorf("a chart has no text: %s", chart)
			}
		}
	}
	if charts < 10 {
		t.Errorf("%d charts were looked at, want 10 or more", charts)
	}
}
