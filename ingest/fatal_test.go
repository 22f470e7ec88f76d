package ingest

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// sheet makes a workbook with the rows in its first sheet.
func sheet(t testing.TB, rows ...[]any) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range rows {
		must(t, f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row))
	}
	var b bytes.Buffer
	must(t, f.Write(&b))
	return b.String()
}

// parts makes a zip file out of names and contents.
func parts(t testing.TB, files ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i+1 < len(files); i += 2 {
		p, err := w.Create(files[i])
		must(t, err)
		_, err = p.Write([]byte(files[i+1]))
		must(t, err)
	}
	must(t, w.Close())
	return b.String()
}

func utf16Name(s string) string { return utf16Bytes(s, false) }

func TestFatal(t *testing.T) {
	cfb := string(cfbMagic) + strings.Repeat("\x00", 600)
	good := sheet(t, []any{"verblijfnummer", "casusnummer", "locatie", "datum_in"}, []any{"S1", "C1", "A", "2020-01-01"})
	for _, c := range []struct {
		name, file, content string
		want                []string // in the message, which begins with the file
	}{
		{"empty", "verblijf.csv", "", []string{"empty", "row of headers"}},
		{"no header", "verblijf.csv", "Jansen;Piet;0123456789\n", []string{"none of the first 20 rows", "verblijfnummer, casusnummer, locatie, datum_in"}},
		{"header too far down", "verblijf.csv", strings.Repeat("x\n", 20) + someStays, []string{"none of the first 20 rows"}},
		{"a required header is missing", "verblijf.csv", "Verblijfnummer;Casusnummer;Locatie;Opmerking\n", []string{":1:", "no column datum_in", "Verblijfnummer", "not recognised: Opmerking", "Add the column"}},
		{"two columns for one field", "verblijf.csv", "verblijfnummer;casusnummer;locatie;datum_in;date_in\n", []string{"two columns", "date_in"}},
		{"workbook called csv", "verblijf.csv", good, []string{"workbook", ".xlsx"}},
		{"gzip called csv", "verblijf.csv", compressed(t, someStays), []string{"compressed", ".csv.gz"}},
		{"old workbook called csv", "verblijf.csv", cfb, []string{".xls"}},
		{"page called csv", "verblijf.csv", "<html><table>", []string{"web page"}},
		{"pdf called csv", "verblijf.csv", "%PDF-1.4", []string{"PDF"}},
		{"UTF-16 without mark", "verblijf.csv", utf16Bytes(someStays, false), []string{"NUL", "UTF-16"}},
		{"not gzip", "verblijf.csv.gz", someStays, []string{"decompressed"}},
		{"gzip cut off", "verblijf.csv.gz", compressed(t, someStays)[:40], []string{"decompressed"}},
		{"old workbook", "verblijf.xls", "x", []string{".xls", "save it as .xlsx"}},
		{"OpenDocument", "verblijf.ods", "x", []string{".ods", "save it as .xlsx"}},
		{"old workbook called xlsx", "verblijf.xlsx", cfb + utf16Name("Workbook"), []string{"old Excel file"}},
		{"protected", "verblijf.xlsx", cfb + utf16Name("EncryptedPackage"), []string{"password"}},
		{"page called xlsx", "verblijf.xlsx", "\n<!DOCTYPE html><table>", []string{"web page"}},
		{"text called xlsx", "verblijf.xlsx", someStays, []string{"text", ".csv"}},
		{"empty workbook", "verblijf.xlsx", "", []string{"empty"}},
		{"noise called xlsx", "verblijf.xlsx", "\x00\x01\x02", []string{"damaged"}},
		{"workbook cut off", "verblijf.xlsx", good[:len(good)/2], []string{"damaged"}},
		{"zip without workbook", "verblijf.xlsx", parts(t, "a.txt", "x"), []string{"no workbook"}},
		{"OpenDocument called xlsx", "verblijf.xlsx", parts(t, "mimetype", "x", "content.xml", "x"), []string{".ods"}},
		{"binary workbook called xlsx", "verblijf.xlsx", parts(t, "xl/workbook.bin", "x"), []string{".xlsb"}},
		{"workbook without the header", "verblijf.xlsx", sheet(t, []any{"Jansen", "Piet"}), []string{"none of the first 20 rows"}},
		{"workbook lacks a header", "verblijf.xlsx", sheet(t, []any{"titel"}, []any{"verblijfnummer", "casusnummer", "locatie"}), []string{`sheet "Sheet1":2`, "datum_in"}},
		{"entities", "verblijf.xlsx", workbookXML(t, `<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>`), []string{"entities"}},
		{"broken XML", "verblijf.xlsx", workbookXML(t, `<worksheet><sheetData><row r="1"><c r="A1"><v>1`), []string{"XML is not in order"}},
		{"too many columns", "verblijf.xlsx", workbookXML(t, `<worksheet><sheetData><row r="1"><c r="ZZZZ1"><v>1</v></c></row></sheetData></worksheet>`), []string{"damaged"}},
		{"rows out of order", "verblijf.xlsx", workbookXML(t, `<worksheet><sheetData><row r="5"/><row r="4"/></sheetData></worksheet>`), []string{"out of order"}},
		{"text that is not there", "verblijf.xlsx", workbookXML(t, `<worksheet><sheetData><row r="1"><c t="s"><v>7</v></c></row></sheetData></worksheet>`), []string{"refers to a text"}},
		{"more columns than a sheet has", "verblijf.csv", strings.Repeat("a;", maxColumns+1) + "\n", []string{"16384 columns"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			store := t.TempDir()
			_, err := Read(t.Context(), Options{Dir: complete(c.file, c.content).dir(t), StoreDir: store, Pseudonyms: testPseudonyms(t), Workers: 2})
			faults := faultsOf(t, err)
			if len(faults) != 1 || !strings.HasPrefix(faults[0], c.file) {
				t.Fatalf("faults %q, want one of %s", faults, c.file)
			}
			for _, w := range c.want {
				if !strings.Contains(faults[0], w) {
					t.Errorf("%q does not say %q", faults[0], w)
				}
			}
			if strings.Contains(faults[0], "Jansen") || strings.Contains(faults[0], "0123456789") {
				t.Errorf("%q repeats a row", faults[0])
			}
			if left, _ := os.ReadDir(store); len(left) > 0 {
				t.Errorf("the store holds %v", left)
			}
		})
	}
}

// workbookXML makes a workbook whose first sheet is the XML.
func workbookXML(t testing.TB, xml string) string {
	t.Helper()
	const rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	return parts(t,
		"_rels/.rels", `<Relationships><Relationship Id="r1" Type="`+rel+`officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml", `<workbook xmlns:r="x"><sheets><sheet name="Blad1" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="r1" Type="`+rel+`worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml", xml)
}

func TestFaultsAreToldTogether(t *testing.T) {
	d := complete("verblijf_a.csv", "", "mrt.xlsx", "x", "trajecten.csv", "a\n")
	_, err := d.read(t, 1)
	got := faultsOf(t, err)
	if len(got) != 3 || !strings.HasPrefix(got[0], "mrt.xlsx") || !strings.HasPrefix(got[1], "trajecten.csv") || !strings.HasPrefix(got[2], "verblijf_a.csv") {
		t.Errorf("faults %q", got)
	}
	delete(d, "trajecten.csv")
	delete(d, "verblijf_a.csv")
	delete(d, "mrt.xlsx")
	_, err = d.read(t, 1)
	if got := faultsOf(t, err); len(got) != 2 || !strings.Contains(got[0], "trajecten") || !strings.Contains(got[1], "verblijf") {
		t.Errorf("missing tables: %q", got)
	}
	_, err = Read(context.Background(), Options{Dir: filepath.Join(t.TempDir(), "weg"), Pseudonyms: testPseudonyms(t)})
	if got := faultsOf(t, err); len(got) != 1 || !strings.Contains(got[0], "cannot be opened") {
		t.Errorf("no folder: %q", got)
	}
}

func TestLinksAreRefused(t *testing.T) {
	dir := complete("verblijf_x.csv", someStays).dir(t)
	must(t, os.Rename(filepath.Join(dir, "verblijf_x.csv"), filepath.Join(dir, "elders")))
	must(t, os.Symlink("elders", filepath.Join(dir, "verblijf.csv")))
	must(t, os.Mkdir(filepath.Join(dir, "trajecten.d"), 0o700))
	_, err := Read(context.Background(), Options{Dir: dir, Pseudonyms: testPseudonyms(t)})
	if got := faultsOf(t, err); len(got) != 1 || !strings.Contains(got[0], "verblijf.csv: a symbolic link") {
		t.Errorf("faults %q", got)
	}
}

// A file name may hold anything that the file system lets it.
func TestFileNamesAreHarmless(t *testing.T) {
	r := complete("verblijf\x1b[31m\n..\\.csv", someStays).mustRead(t)
	if name := r.Files[1].File; strings.ContainsAny(name, "\x1b\n") {
		t.Errorf("file is called %q", name)
	}
}

func TestStoreIsForItsOwnerAlone(t *testing.T) {
	store := complete().mustRead(t).Store
	for _, s := range store.Segments {
		info, err := os.Stat(filepath.Join(store.Dir, s.File))
		must(t, err)
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %o", s.File, info.Mode().Perm())
		}
	}
	dir := complete().dir(t)
	if _, err := Read(context.Background(), Options{Dir: dir, StoreDir: store.Dir, Pseudonyms: testPseudonyms(t)}); err == nil {
		t.Error("a store was overwritten")
	}
	if left, _ := os.ReadDir(store.Dir); len(left) != 3 {
		t.Errorf("a refused run left %v", left)
	}
}

// TestPanicTellsNothing lets a goroutine of the reader panic, with a value that must not be shown.
func TestPanicTellsNothing(t *testing.T) {
	store := t.TempDir()
	content := someStays + strings.Repeat("S1;C1;Walborg;02-03-2019;\n", 20_000)
	dir := complete("verblijf.csv", content).dir(t)
	_, err := Read(t.Context(), Options{Dir: dir, StoreDir: store, Pseudonyms: testPseudonyms(t), Progress: func(_, total int64) {
		if total == int64(len(content)) {
			panic("Walborg")
		}
	}})
	if err == nil || !strings.HasPrefix(err.Error(), "verblijf.csv: a fault in the program") || strings.Contains(err.Error(), "Walborg") {
		t.Errorf("a panic became %v", err)
	}
	if left, _ := os.ReadDir(store); len(left) > 0 {
		t.Errorf("it left %v", left)
	}
}

func TestCancelLeavesNothing(t *testing.T) {
	store := t.TempDir()
	ctx, cancel := context.WithCancel(context.Background())
	content := someStays + strings.Repeat("S1;C1;Walborg;02-03-2019;\n", 200_000)
	dir := complete("verblijf.csv", content).dir(t)
	_, err := Read(ctx, Options{Dir: dir, StoreDir: store, Pseudonyms: testPseudonyms(t), Progress: func(_, total int64) {
		if total == int64(len(content)) {
			cancel()
		}
	}})
	if err == nil {
		t.Fatal("a cancelled run ended well")
	}
	if left, _ := os.ReadDir(store); len(left) > 0 {
		t.Errorf("a cancelled run left %v", left)
	}
}

// peak runs do and returns the largest heap in use that a few looks at it found, with garbage collected as users have it.
func peak(do func()) uint64 {
	defer debug.SetGCPercent(debug.SetGCPercent(100))
	runtime.GC()
	stop, done := make(chan struct{}), make(chan uint64)
	go func() {
		var most uint64
		var m runtime.MemStats
		for {
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapInuse)
			select {
			case <-stop:
				done <- most
				return
			default:
				runtime.Gosched()
			}
		}
	}()
	do()
	close(stop)
	return <-done
}

func TestHostileSizes(t *testing.T) {
	line := someStays + strings.Repeat("x", 40<<20) + "\nS2;C1;A;02-03-2019;\n"
	nul := strings.Replace(someStays, "Walborg", "Wal\x00borg", 1) + "\x00\x00\nS2;C1;A;02-03-2019;\n"
	wide := someStays + strings.Repeat(";", 900_000) + "1\nS2;C1;A;02-03-2019;\n"
	for _, c := range []struct{ name, content, rejects string }{
		{"long line", line, "verblijf.csv:3  malformed_row"},
		{"NUL bytes", nul, "verblijf.csv:2 location invalid_text Aaa aaaa"},
		{"a million columns", wide, "verblijf.csv:3  malformed_row"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := complete("verblijf.csv", c.content).dir(t)
			var r *Result
			used := peak(func() {
				var err error
				if r, err = Read(context.Background(), Options{Dir: dir, Pseudonyms: testPseudonyms(t), Workers: 2}); err != nil {
					t.Fatal(err)
				}
			})
			if got := rejected(r); got != c.rejects {
				t.Errorf("rejects %q, want %q", got, c.rejects)
			}
			if limit := uint64(len(c.content)) + 150<<20; used > limit {
				t.Errorf("%d MiB in use", used>>20)
			}
		})
	}
}
