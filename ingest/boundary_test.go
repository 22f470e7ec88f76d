package ingest

import (
	"fmt"
	"strings"
	"testing"
)

// A title above a second block is set apart wherever the reader cuts the file: here between the title and the
// header below it.
func TestTitleAtTheEndOfAChunk(t *testing.T) {
	const head, title = "verblijfnummer;casusnummer;locatie;datum_in\n", "Locatie Zuid\n"
	for _, end := range []int{chunkSize - len(head), chunkSize - len(head)/2, chunkSize - 1, chunkSize, chunkSize + len(title)/2} {
		var b strings.Builder
		rows := 0
		for ; b.Len() < end-len(title)-100; rows++ {
			fmt.Fprintf(&b, "S%d;C1;A;02-03-2019\n", rows)
		}
		last := fmt.Sprintf("S%d;C1;A;02-03-2019", rows)
		b.WriteString(strings.Repeat(" ", end-len(title)-b.Len()-len(last)-1) + last + "\n" + title)
		res := delivery{"casussen.csv": someCases, "trajecten.csv": someTrajectories, "verblijf.csv": head + b.String() + head + "T1;C1;A;02-03-2019\n"}.mustRead(t)
		for _, f := range res.Files {
			if f.File == "verblijf.csv" && (f.Quarantined > 0 || f.SetApart["title"] != 1 || f.SetApart["repeated_header"] != 1) {
				t.Errorf("title ends at %d: %d quarantined, set apart %v", end, f.Quarantined, f.SetApart)
			}
		}
	}
}

func TestTitleAtTheEndOfABatch(t *testing.T) {
	for _, rows := range []int{sheetBatch - 2, sheetBatch - 1, sheetBatch} {
		var b strings.Builder
		line := 0
		row := func(cells ...string) {
			line++
			fmt.Fprintf(&b, `<row r="%d">`, line)
			for _, c := range cells {
				fmt.Fprintf(&b, `<c t="inlineStr"><is><t>%s</t></is></c>`, c)
			}
			b.WriteString("</row>")
		}
		head := []string{"verblijfnummer", "casusnummer", "locatie", "datum_in"}
		row(head...)
		for i := range rows {
			row(fmt.Sprint("S", i), "C1", "A", "02-03-2019")
		}
		row("Locatie Zuid")
		row(head...)
		row("T1", "C1", "A", "02-03-2019")
		book := caseBook(t, t.TempDir(), "verblijf.xlsx", "<worksheet><sheetData>"+b.String()+"</sheetData></worksheet>")
		res := delivery{"casussen.csv": someCases, "trajecten.csv": someTrajectories, "verblijf.xlsx": book}.mustRead(t)
		for _, f := range res.Files {
			if f.File == "verblijf.xlsx" && (f.Quarantined > 0 || f.SetApart["title"] != 1) {
				t.Errorf("%d rows: %d quarantined, set apart %v", rows, f.Quarantined, f.SetApart)
			}
		}
	}
}
