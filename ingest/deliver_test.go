package ingest

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
	"golang.org/x/text/encoding/charmap"

	"lvv/anonymize/pseudonym"
)

// The tables that every delivery must have, with two good cases.
const (
	someCases        = "casusnummer;vreemdelingennummer;aanmelddatum;besluit;besluitdatum\nC1;0123456789;01-03-2019;toegelaten;02-03-2019\nC2;;01-03-2019;in_behandeling;\n"
	someStays        = "verblijfnummer;casusnummer;locatie;datum_in;datum_uit\nS1;C1;Walborg;02-03-2019;\n"
	someTrajectories = "trajectnummer;casusnummer;scenario;startdatum;einddatum;uitkomst\nT1;C1;terugkeer;02-03-2019;;\n"
)

// delivery is a folder of exports by file name. A test replaces what it is about.
type delivery map[string]string

func complete(files ...string) delivery {
	d := delivery{"casussen.csv": someCases, "verblijf.csv": someStays, "trajecten.csv": someTrajectories}
	for i := 0; i+1 < len(files); i += 2 {
		for _, stem := range []string{"casussen", "verblijf", "trajecten"} {
			if strings.HasPrefix(strings.ToLower(files[i]), stem) {
				delete(d, stem+".csv")
			}
		}
	}
	for i := 0; i+1 < len(files); i += 2 {
		d[files[i]] = files[i+1]
	}
	return d
}

func (d delivery) dir(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range d {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func testPseudonyms(t testing.TB) *pseudonym.Pseudonymizer {
	t.Helper()
	// A key of zeros: base32 of 32 zero bytes.
	k, err := pseudonym.ParseKey("LVV-KEY-1-" + strings.Repeat("A", 52))
	if err != nil {
		t.Fatal(err)
	}
	return pseudonym.NewPseudonymizer(k, "test", pseudonym.ForStore, 1)
}

// read reads the delivery into a store of its own.
func (d delivery) read(t testing.TB, workers int) (*Result, error) {
	t.Helper()
	return Read(context.Background(), Options{Dir: d.dir(t), StoreDir: t.TempDir(), Pseudonyms: testPseudonyms(t), Workers: workers})
}

func (d delivery) mustRead(t testing.TB) *Result {
	t.Helper()
	r, err := d.read(t, 2)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// stored reads a table of the store: one map of texts a row, without the columns that are null.
func stored(t testing.TB, store Store, table string) []map[string]string {
	t.Helper()
	var rows []map[string]string
	for _, s := range store.Segments {
		if s.Table == table {
			for _, row := range segmentRows(t, filepath.Join(store.Dir, s.File)) {
				row["file_no"] = strconv.Itoa(s.FileNo)
				rows = append(rows, row)
			}
		}
	}
	return rows
}

// segmentRows reads a file of the store.
func segmentRows(t testing.TB, path string) []map[string]string {
	t.Helper()
	f, err := file.OpenParquetFile(path, false)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := pqarrow.NewFileReader(f, pqarrow.ArrowReadProperties{BatchSize: 1000}, memory.DefaultAllocator)
	if err != nil {
		t.Fatal(err)
	}
	tbl, err := r.ReadTable(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer tbl.Release()
	var rows []map[string]string
	reader := array.NewTableReader(tbl, 1000)
	defer reader.Release()
	for reader.Next() {
		rec := reader.RecordBatch()
		for i := range int(rec.NumRows()) {
			row := map[string]string{}
			for c := range int(rec.NumCols()) {
				if col := rec.Column(c); col.IsValid(i) {
					row[rec.ColumnName(c)] = col.ValueStr(i)
				}
			}
			rows = append(rows, row)
		}
	}
	return rows
}

func utf16Bytes(s string, big bool) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		if big {
			b = append(b, byte(u>>8), byte(u))
		} else {
			b = append(b, byte(u), byte(u>>8))
		}
	}
	return string(b)
}

// encode writes text in an encoding of the contract.
func encode(t testing.TB, s, encoding string) string {
	t.Helper()
	switch encoding {
	case encUTF8BOM:
		return "\ufeff" + s
	case encUTF16LE:
		return "\xff\xfe" + utf16Bytes(s, false)
	case encUTF16BE:
		return "\xfe\xff" + utf16Bytes(s, true)
	case enc1252:
		out, err := charmap.Windows1252.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	return s
}

func compressed(t testing.TB, s string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// faultsOf returns the messages of a fatal error.
func faultsOf(t testing.TB, err error) []string {
	t.Helper()
	var fatal *FatalError
	if !errors.As(err, &fatal) {
		t.Fatalf("error %v (%T) is no FatalError", err, err)
	}
	var out []string
	for _, f := range fatal.Faults {
		if f.File == "" || f.Found == nil || f.Remedy == nil {
			t.Errorf("fault %+v does not say where, what and what to do", f)
		}
		out = append(out, f.Error())
	}
	sort.Strings(out)
	return out
}
