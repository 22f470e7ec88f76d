package main

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
	"github.com/xuri/excelize/v2"

	"lvv/anonymize/pseudonym"
	"lvv/internal/say"
)

// marks begin every seeded value: a name, a V-number, a case number, an unknown column. Whatever
// holds one of them outside the exports is a leak.
var marks = []string{"QZNAAM", "8877665", "QZZAAK", "QZGEHEIM"}

// seededStays is the file of stays of [seededExports], whose name holds a V-number and a name.
const seededStays = "verblijf 8877665001 QZNAAM.xlsx"

// seededExports writes exports in which every identifying and unknown column holds unmistakable
// values, in rows that are accepted and in rows that are rejected for many reasons.
func seededExports(t *testing.T) (config, key string) {
	t.Helper()
	return seededCases(t, 120)
}

// seededCases writes seeded exports of n cases.
func seededCases(t *testing.T, n int) (config, key string) {
	t.Helper()
	dir := t.TempDir()
	exports := filepath.Join(dir, "exports")
	if err := os.Mkdir(exports, 0o700); err != nil {
		t.Fatal(err)
	}
	var cases, trajectories, reviews, payments, costs, capacity, issues strings.Builder
	book := excelize.NewFile()
	defer book.Close()
	const sheet = "8877665002 QZNAAM"
	if err := book.SetSheetName("Sheet1", sheet); err != nil {
		t.Fatal(err)
	}
	stayRow := func(row int, values ...any) {
		if err := book.SetSheetRow(sheet, fmt.Sprintf("A%d", row), &values); err != nil {
			t.Fatal(err)
		}
	}
	cases.WriteString("casusnummer;vreemdelingennummer;achternaam;voornamen;telefoon;geboortedatum;geslacht;nationaliteit;aanmelddatum;besluit;besluitdatum\n")
	trajectories.WriteString("trajectnummer;casusnummer;scenario;startdatum;einddatum;uitkomst;amif;8877665003 QZNAAM;" + unknownHeader + "\n")
	payments.WriteString("datum;bron;bedrag;kenmerk\n")
	costs.WriteString("datum;soort;bedrag;organisatie;kenmerk\n")
	capacity.WriteString("locatie;vanaf;plaatsen\nHuis;01-03-2019;500\n")
	issues.WriteString("vraagstuk;soort;ingediend_op\n")
	reviews.WriteString("casusnummer;ingediend_op;notitie\n")
	stayRow(1, "Overzicht QZGEHEIM titel")
	stayRow(2, "verblijfnummer", "casusnummer", "locatie", "organisatie", "datum_in", "datum_uit", "toelichting")
	for i := range n {
		zaak := fmt.Sprintf("QZZAAK-%03d", i)
		besluit, vnr := "toegelaten", fmt.Sprintf("8877665%03d", i%1000)
		name := fmt.Sprintf("QZNAAM-%d", i)
		applied, location, organisation, scenario, started := "01-06-2020", "Huis", "", "terugkeer", "01-07-2020"
		switch i {
		case 7:
			besluit = "onzin"
		case 8:
			vnr = "8877665"
		// in the wrong column
		case 10:
			location = vnr
		case 11:
			location = strings.ToLower(name)
		case 12:
			location = "Huis " + zaak
		case 13:
			organisation = fmt.Sprintf("QZNAAM %d %s", i, name)
		case 14:
			organisation, scenario = "v. "+vnr[:3]+" "+vnr[3:6]+"-"+vnr[6:], name
		case 15:
			started = vnr
		case 16:
			started = vnr[:2] + "." + vnr[2:4] + "." + vnr[4:6] + "." + vnr[6:8] + "." + vnr[8:]
		case 17:
			besluit = name
		case 18:
			applied = zaak
		case 19:
			capacity.WriteString(vnr + ";01-03-2019;1\n" + zaak + ";01-03-2019;1\n")
		}
		if i > 20 && i < 30 {
			fmt.Fprintf(&payments, "01-07-2020;%s;10,00;%s\n", pick(i%2 == 0, "rijk", name), pick(i%3 == 0, zaak, "V"+vnr))
			fmt.Fprintf(&costs, "01-07-2020;onderdak;10,00;%s;%s\n", pick(i%2 == 0, strings.ToUpper(name), zaak+"-T1"), pick(i%3 == 0, "betaling "+zaak+"/2", name))
			fmt.Fprintf(&issues, "%s;uitleg;01-07-2020\n", pick(i%2 == 0, zaak, vnr))
		}
		fmt.Fprintf(&cases, "%s;%s;%s;QZNAAM %d;QZGEHEIM-%d;12-03-19%02d;man;Marokkaanse;%s;%s;15-06-2020\n", zaak, vnr, name, i, i, 50+i%50, applied, besluit)
		fmt.Fprintf(&trajectories, "%s-T1;%s;%s;%s;%s;%s;ja;;QZGEHEIM-%d\n", zaak, zaak, scenario, started, pick(i%3 == 0, "20-08-2020", ""), pick(i%3 == 0 || i == 4, "terugkeer", ""), i)
		fmt.Fprintf(&reviews, "%s;05-07-2020;\"QZGEHEIM\nmet regeleinde\"\n", zaak)
		stayRow(3+i, pick(i%2 == 0, zaak+"/V", vnr+"-1"), zaak, location, organisation, "16-06-2020", pick(i == 9, "01-01-2020", ""), "QZGEHEIM")
	}
	cases.WriteString("QZZAAK-001;8877665999;QZNAAM;QZNAAM;QZGEHEIM;;;;02-06-2020;toegelaten;15-06-2020\n") // duplicate_key
	trajectories.WriteString("T999;QZZAAK-onbekend;terugkeer;01-07-2020;;;;QZGEHEIM\n")                     // orphan
	trajectories.WriteString("T998;QZZAAK-001\n")                                                           // malformed_row
	for name, text := range map[string]string{
		"casussen.csv": cases.String(), "trajecten.csv": trajectories.String(), "mrt.csv": reviews.String(),
		"financiering_8877665004_QZNAAM.csv": payments.String(), "kosten.csv": costs.String(), "capaciteit.csv": capacity.String(), "escalaties.csv": issues.String(),
		"8877665005 QZNAAM.csv": "QZGEHEIM\n",
		"QZ-niet-van-ons.csv":   "QZGEHEIM;QZNAAM\n",
	} {
		if err := os.WriteFile(filepath.Join(exports, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.SaveAs(filepath.Join(exports, seededStays)); err != nil {
		t.Fatal(err)
	}
	config, key = filepath.Join(dir, "pilot.yaml"), filepath.Join(dir, "key")
	terms, err := termsTemplate("en")
	if err != nil {
		t.Fatal(err)
	}
	k, err := pseudonym.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(config, terms, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := pseudonym.WriteKeyFile(key, k); err != nil {
		t.Fatal(err)
	}
	return config, key
}

func pick(yes bool, a, b string) string {
	if yes {
		return a
	}
	return b
}

// TestNothingLeaks runs the whole job on seeded exports and searches every byte that is written:
// the store and what the database spills, the output, and what is printed. Archives and Parquet
// files are searched unpacked.
func TestNothingLeaks(t *testing.T) {
	config, key := seededExports(t)
	t.Setenv("TMPDIR", t.TempDir())
	out := filepath.Join(t.TempDir(), "out")
	// The report of another period is drawn as that of the first; the rest is made anew beside what was delivered.
	for _, period := range []string{"2020-Q3", "2020-07"} {
		var stdout, stderr bytes.Buffer
		f := &runFlags{out: out, period: period}
		if period == "2020-07" {
			f.only = []string{partAMIF, partEvaluator}
		}
		f.config, f.key, f.lang, f.memory = config, key, "nl", "100MB"
		f.engine = engineDuckDB
		if err := f.validate(); err != nil {
			t.Fatal(err)
		}
		searched := 0
		job := &runJob{app: &app{stdout: &stdout, stderr: &stderr, lang: say.English}, flags: f, progress: newProgress(&app{stderr: &stderr, lang: say.English}, false)}
		job.inspect = func(work, staging string) {
			searched += search(t, work) + search(t, staging)
			if filepath.Dir(os.TempDir()) != filepath.Dir(work) {
				t.Errorf("libraries write temporary files into %s, where nobody would remove them", os.TempDir())
			}
		}
		if err := job.run(context.Background()); err != nil {
			t.Fatal(err)
		}
		if searched < 20 {
			t.Errorf("only %d files were searched", searched)
		}
		searchBytes(t, "standard output", stdout.Bytes())
		searchBytes(t, "standard error", stderr.Bytes())
	}
	if n := search(t, out); n < 30 {
		t.Errorf("only %d outputs were searched", n)
	}
	if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) > 0 {
		t.Errorf("left in the temporary folder: %v, %v", left, err)
	}
}

// search looks through every file below dir and returns how many there were.
func search(t *testing.T, dir string) int {
	t.Helper()
	n := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		searchBytes(t, "the name of "+path, []byte(d.Name()))
		if d.IsDir() {
			return nil
		}
		n++
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		searchBytes(t, path, b)
		switch filepath.Ext(path) {
		case ".xlsx":
			return searchZip(t, path, b)
		case ".parquet":
			return searchParquet(t, path, b)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func searchZip(t *testing.T, path string, b []byte) error {
	r, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return err
	}
	for _, f := range r.File {
		rc, err := f.Open()
		if err != nil {
			return err
		}
		body, err := io.ReadAll(rc)
		rc.Close()
		if err != nil {
			return err
		}
		searchBytes(t, path+"!"+f.Name, body)
	}
	return nil
}

func searchParquet(t *testing.T, path string, b []byte) error {
	r, err := file.NewParquetReader(bytes.NewReader(b))
	if err != nil {
		return err
	}
	defer r.Close()
	fr, err := pqarrow.NewFileReader(r, pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
	if err != nil {
		return err
	}
	table, err := fr.ReadTable(context.Background())
	if err != nil {
		return err
	}
	defer table.Release()
	rows := array.NewTableReader(table, 0)
	defer rows.Release()
	for rows.Next() {
		for i, col := range rows.RecordBatch().Columns() {
			for row := range col.Len() {
				searchBytes(t, fmt.Sprintf("%s column %s", path, table.Schema().Field(i).Name), []byte(col.ValueStr(row)))
			}
		}
	}
	return rows.Err()
}

// An unknown column's header, and nothing of its content, is named to the steward, and kept. It ends
// in the mark: of a file that is half written, no mark is seen without the rest of the header.
const unknownHeader = "kolom QZGEHEIM"

// headerFile may name an unknown column.
const headerFile = "quality.json"

// without are the marks as they stand where signs between letters are lost, or where digits are grouped.
var without = regexp.MustCompile(`qznaam|qzzaak|qzgeheim`)
var grouped = regexp.MustCompile(`8[ .\-_/]?8[ .\-_/]?7[ .\-_/]?7[ .\-_/]?6[ .\-_/]?6[ .\-_/]?5`)

// searchBytes looks for the marks in UTF-8 and UTF-16, in small letters and capitals, and in text also
// without what may stand between their letters and digits.
func searchBytes(t *testing.T, where string, b []byte) {
	t.Helper()
	if filepath.Base(where) == headerFile {
		b = bytes.ReplaceAll(b, []byte(unknownHeader), nil)
	}
	small := asciiLower(b)
	for _, mark := range marks {
		var wide []byte
		for _, u := range utf16.Encode([]rune(mark)) {
			wide = append(wide, byte(u), byte(u>>8))
		}
		for _, pattern := range [][]byte{[]byte(strings.ToLower(mark)), bytes.ToLower(wide)} {
			if i := bytes.Index(small, pattern); i >= 0 {
				t.Errorf("%s holds %q", where, b[i:min(len(b), i+20)])
			}
		}
	}
	if !utf8.Valid(b) {
		return
	}
	bare := bytes.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, small)
	for _, found := range [][]byte{grouped.Find(small), without.Find(bare)} {
		if found != nil {
			t.Errorf("%s holds %q in another shape", where, found)
		}
	}
}

// asciiLower writes capitals of ASCII small, whatever else the bytes are.
func asciiLower(b []byte) []byte {
	small := bytes.Clone(b)
	for i, c := range small {
		if c >= 'A' && c <= 'Z' {
			small[i] = c + 'a' - 'A'
		}
	}
	return small
}
