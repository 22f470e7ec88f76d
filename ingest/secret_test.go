package ingest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// marks are unmistakable values that stand in identifying and unknown columns.
var marks = []string{"ZKXQNAAM", "ZKXQVOOR", "ZKXQZAAK", "ZKXQTELEFOON", "ZKXQNOTITIE", "9081726354", "ZKXQFOUT", "7766554433"}

// Nothing of an identifier or of a column that nobody asked for reaches the store, the lists or the
// temporary folder.
func TestNoIdentityIsWritten(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	head := []any{"casusnummer", "vreemdelingennummer", "achternaam", "voornamen", "telefoon", "aanmelddatum", "besluit", "besluitdatum", "notitie"}
	row := []any{"ZKXQZAAK1", "9081726354", "ZKXQNAAM", "ZKXQVOOR", "ZKXQTELEFOON", "01-03-2019", "toegelaten", "02-03-2019", "ZKXQNOTITIE"}
	wrong := []any{"ZKXQZAAK1", "7766554433", "ZKXQNAAM", "ZKXQVOOR", "ZKXQTELEFOON", "01-04-2019", "toegelaten", "02-04-2019", "ZKXQNOTITIE"}
	padded := []any{"ZKXQZAAK2", "ZKXQFOUT", "ZKXQNAAM", "ZKXQVOOR", "ZKXQTELEFOON", "01-03-2019", "toegelaten", "02-03-2019", "ZKXQNOTITIE"}
	line := func(row []any) string {
		var s []string
		for _, v := range row {
			s = append(s, v.(string))
		}
		return strings.Join(s, ";") + "\n"
	}
	text := line(head) + line(row) + line(wrong) + line(padded) + "ZKXQZAAK9;9081726354;\"ZKXQNAAM;x\n"
	d := complete(
		"casussen.csv", text, "casussen2.xlsx", sheet(t, head, row, wrong, padded, row),
		"verblijf.csv", "verblijfnummer;casusnummer;locatie;datum_in;ZKXQ\nS1;ZKXQZAAK1;A;01-03-2019;ZKXQNOTITIE\nS2;ZKXQZAAK7;A;01-03-2019;ZKXQNOTITIE\n",
		"trajecten.csv", "trajectnummer;casusnummer;scenario;startdatum\nT1;ZKXQZAAK1;terugkeer;01-03-2019\nT2;"+strings.Repeat("ZKXQFOUT", 100)+";terugkeer;01-03-2019\n",
	)
	r := d.mustRead(t)
	store := r.Store.Dir
	if r.Tables[0].Accepted != 2 || r.Tables[0].Quarantined == 0 || r.Tables[0].Duplicates == 0 || r.Tables[2].Quarantined == 0 {
		t.Fatalf("the delivery does not try every way: %+v", r.Tables)
	}
	list, err := os.Create(filepath.Join(store, "quarantine.csv"))
	must(t, err)
	must(t, WriteQuarantineCSV(list, r))
	must(t, list.Close())
	r.Files[2].UnknownColumns = nil // a header is named, its content never
	all, err := json.Marshal(r)
	must(t, err)
	must(t, os.WriteFile(filepath.Join(store, "result.json"), all, 0o600))
	_, fatal := complete("verblijf.csv", "ZKXQNAAM;9081726354\n").read(t, 1)
	if _, ok := errors.AsType[*FatalError](fatal); !ok {
		t.Fatal("a file without a header was read")
	}
	must(t, os.WriteFile(filepath.Join(store, "error.txt"), []byte(fatal.Error()), 0o600))
	files := 0
	for _, dir := range []string{store, tmp} {
		must(t, filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			files++
			b, err := os.ReadFile(path)
			for _, m := range marks {
				if bytes.Contains(b, []byte(m)) || bytes.Contains(b, []byte(strings.ToLower(m))) || bytes.Contains(b, []byte(utf16Bytes(m, false))) {
					t.Errorf("%s holds %s", filepath.Base(path), m)
				}
			}
			return err
		}))
	}
	if files != 7 {
		t.Errorf("searched %d files, want a segment of each file, two lists and a message", files)
	}
}

// The result and the order of the store do not depend on the number of workers.
func TestWorkersDoNotMatter(t *testing.T) {
	var b strings.Builder
	b.WriteString("verblijfnummer;casusnummer;locatie;datum_in;datum_uit\n")
	for i := range 60_000 {
		switch i % 1000 {
		case 1:
			b.WriteString("S1;C1;\"A;01-03-2019;\n")
		case 2:
			b.WriteString("S" + strings.Repeat("9", i%7) + ";C1;A;01-03-2019;31-02-2020\n")
		case 3:
			b.WriteString("S7;C1;A;;\n")
		}
		b.WriteString("S" + strings.Repeat("1", i%50) + string(rune('a'+i%26)) + ";C1;Locatie;01-03-2019;\n")
	}
	d := complete("verblijf.csv", b.String())
	one, err := d.read(t, 1)
	must(t, err)
	rows := stored(t, one.Store, "stays")
	one.Store = Store{}
	want, _ := json.Marshal(one)
	for _, workers := range []int{2, 5} {
		r, err := d.read(t, workers)
		must(t, err)
		again := stored(t, r.Store, "stays")
		r.Store = Store{}
		if got, _ := json.Marshal(r); !bytes.Equal(got, want) {
			t.Errorf("%d workers: another result", workers)
		}
		if len(again) != len(rows) {
			t.Fatalf("%d workers: %d rows, want %d", workers, len(again), len(rows))
		}
		for i := range rows {
			if rows[i]["stay_key"] != again[i]["stay_key"] || rows[i]["line_no"] != again[i]["line_no"] {
				t.Fatalf("%d workers: row %d is %v, want %v", workers, i, again[i], rows[i])
			}
		}
	}
}

func TestQuarantineCSVIsInert(t *testing.T) {
	r := complete("casussen.csv", "casusnummer;aanmelddatum;=besluit;besluit;besluitdatum\nC1;=1+1;x;+2;\nC2;@SOM(A1);x;-3;01-01-2020\n", "verblijf.csv", "verblijfnummer;casusnummer;locatie;datum_in\n",
		"trajecten.csv", "trajectnummer;casusnummer;scenario;startdatum\n").mustRead(t)
	var b bytes.Buffer
	must(t, WriteQuarantineCSV(&b, r))
	want := "file,line,table,field,reason,sheet,column,value\n" +
		"casussen.csv,2,cases,applied_on,invalid_date,,aanmelddatum,'=1+1\ncasussen.csv,2,cases,decision,invalid_code,,besluit,'+2\n" +
		"casussen.csv,3,cases,applied_on,invalid_date,,aanmelddatum,'@AAA(A9)\ncasussen.csv,3,cases,decision,invalid_code,,besluit,'-3\n"
	if b.String() != want {
		t.Errorf("got:\n%s\nwant:\n%s", b.String(), want)
	}
}

func TestCollisionStops(t *testing.T) {
	p := newTablePlan(TableNamed("cases"))
	tr := &tableReading{reading: &reading{}, plan: p}
	b := newBatch(p)
	b.rows, b.keys, b.checks, b.sums = 1, []key128{{1, 2}}, []uint64{3}, []uint64{4}
	b.inputs = []key128{{8, 9}}
	b.persons, b.personChecks = []key128{{5, 6}}, []uint64{7}
	if v, _, err := tr.place(b, 0); v != fine || err != nil {
		t.Fatal(v, err)
	}
	if v, _, err := tr.place(b, 0); v != repeated || err != nil {
		t.Errorf("the same row: %v, %v", v, err)
	}
	b.checks[0]++
	if _, _, err := tr.place(b, 0); !errors.Is(err, errCollision) {
		t.Errorf("two case numbers with one pseudonym: %v", err)
	}
	b.keys[0].lo++
	b.personChecks[0]++
	if _, _, err := tr.place(b, 0); !errors.Is(err, errCollision) {
		t.Errorf("two persons with one pseudonym: %v", err)
	}
}

func TestKeyTable(t *testing.T) {
	var table keyTable
	h := newHasher()
	key := func(i int) key128 { return h.key([]byte{byte(i), byte(i >> 8), byte(i >> 16)}) }
	table.reserve(10)
	for i := range 100_000 {
		if table.find(key(i)) != nil {
			t.Fatalf("%d is there before it was added", i)
		}
		table.add(entry{key: key(i), sum: uint64(i)})
	}
	for i := range 100_000 {
		if e := table.find(key(i)); e == nil || e.sum != uint64(i) {
			t.Fatalf("%d is not there", i)
		}
	}
	// Keys that fall in one place stay apart.
	table = keyTable{}
	for i := range uint64(1000) {
		table.add(entry{key: key128{hi: i, lo: 7}, sum: i})
	}
	for i := range uint64(1000) {
		if e := table.find(key128{hi: i, lo: 7}); e == nil || e.sum != i {
			t.Fatalf("%d is not there", i)
		}
	}
}
