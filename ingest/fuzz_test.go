package ingest

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"lvv/internal/country"
	"lvv/internal/day"
)

// fuzzRead returns a function that reads a delivery whose stays are the given file, and checks what
// must hold for any content: a clear refusal, or accounts that add up.
func fuzzRead(f *testing.F, name string) func(t *testing.T, content []byte) *Result {
	dir := complete(name, "").dir(f)
	ids := testPseudonyms(f)
	return func(t *testing.T, content []byte) *Result {
		must(t, os.WriteFile(filepath.Join(dir, name), content, 0o600))
		r, err := Read(context.Background(), Options{Dir: dir, Pseudonyms: ids, Workers: 2})
		if _, ok := errors.AsType[*FatalError](err); ok {
			return nil
		}
		if err != nil {
			t.Fatalf("error %v (%T) is no FatalError", err, err)
		}
		accounts(t, r)
		rows := map[Place]bool{}
		for j := range r.Rejects.All() {
			rows[Place{File: j.File, Line: j.Line}] = true
		}
		var quarantined int64
		for _, a := range r.Files {
			quarantined += a.Quarantined
		}
		if quarantined != int64(len(rows)) {
			t.Fatalf("%d rows quarantined, %d in the list", quarantined, len(rows))
		}
		return r
	}
}

func FuzzDelimited(f *testing.F) {
	for _, s := range []string{
		someStays, strings.ReplaceAll(someStays, "\n", "\r\n"), strings.ReplaceAll(someStays, ";", ","), "\ufeff" + someStays,
		"\xff\xfe" + utf16Bytes(someStays, false), "\xfe\xff" + utf16Bytes(someStays, true), strings.Replace(someStays, "Walborg", "Caf\xe9 \x80", 1),
		someStays + "S2;C1;\"A;02-03-2019;\nS3;C1;A;02-03-2019;\n", someStays + "S2;C1;\"A\nB\";02-03-2019;\n", "titel\n\n" + someStays, someStays + "\x00\n;;;;\n",
		someStays + "S1;C1;\"A\";02-03-2019;\nS1;C1;Walborg;2/3/2019;-\n", "", "sep=;\n" + someStays,
	} {
		f.Add([]byte(s))
	}
	read := fuzzRead(f, "verblijf.csv")
	f.Fuzz(func(t *testing.T, content []byte) {
		if len(content) > 1<<16 {
			return
		}
		checkSplit(t, string(content), 1+len(content)%50)
		r := read(t, content)
		if r == nil || bytes.IndexByte(content, '"') >= 0 {
			return
		}
		// Without quotes every line but the header is a row of the register or set apart.
		a := r.Files[1]
		enc, bom := bomEncoding(content)
		if enc == "" && !utf8.Valid(content) {
			enc = enc1252
		}
		var text bytes.Buffer
		_, err := text.ReadFrom(decoded(bytes.NewReader(content[bom:]), enc))
		must(t, err)
		breakLines(text.Bytes())
		rows := int64(-1)
		for range bytes.Lines(text.Bytes()) {
			rows++
		}
		apart := int64(0)
		for _, n := range a.SetApart {
			apart += n
		}
		if rows != a.Read+apart {
			t.Fatalf("%d rows of %q, read %d, set apart %v", rows, content, a.Read, a.SetApart)
		}
	})
}

func FuzzSheet(f *testing.F) {
	for _, s := range []string{
		`<worksheet><sheetData><row r="1">` + inline("verblijfnummer", "casusnummer", "locatie", "datum_in") + `</row><row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="str"><v>C1</v></c><c r="C2"><v>1.5</v></c><c r="D2" s="1"><v>43861</v></c></row></sheetData></worksheet>`,
		`<worksheet><sheetData><row>` + inline("verblijfnummer", "casusnummer", "locatie", "datum_in") + `</row><row>` + inline("S1", "C1", "A &amp; B", "1-2-2020") + `</row></sheetData></worksheet>`,
		`<x:worksheet><x:sheetData/></x:worksheet>`, `<worksheet><sheetData><row r="0"/></sheetData></worksheet>`,
	} {
		f.Add([]byte(s), []byte(`<si><t>S1</t></si><si><r><t>a</t></r><rPh/></si>`))
	}
	read := fuzzRead(f, "verblijf.xlsx")
	f.Fuzz(func(t *testing.T, sheet, texts []byte) {
		read(t, []byte(bookXML{sheet: string(sheet), strings: string(texts), styles: `<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>`}.file(t)))
	})
}

func FuzzWorkbook(f *testing.F) {
	f.Add([]byte(sheet(f, []any{"verblijfnummer", "casusnummer", "locatie", "datum_in"}, []any{"S1", "C1", "A", "2020-01-01"})))
	f.Add([]byte(parts(f, "a", "b")))
	f.Add([]byte(workbookXML(f, `<worksheet><sheetData/></worksheet>`)))
	f.Add(cfbMagic)
	read := fuzzRead(f, "verblijf.xlsx")
	f.Fuzz(func(t *testing.T, content []byte) { read(t, content) })
}

// FuzzValues feeds every value parser. What it accepts must be within the contract's bounds, and
// read the same when it is written the plain way.
func FuzzValues(f *testing.F) {
	for _, s := range []string{
		"31-01-2020", "1/2/2020", "2020-01-31T00:00:00.000Z", "20200131 0:00", "43861.5", "€ -1.234,56", "1 234,56", "1E-3", "NaN", "012 345.67-89",
		"123456789", "ja", "Waar", "cafe\u0301", "a\u202eb", "begeleiding+onderdak", "zwaar inreisverbod", "Marokkaanse", "onbekend", "#N/B", "\xff", "−5",
	} {
		for kind := range formulaCell + 1 {
			f.Add([]byte(s), byte(kind))
		}
	}
	p := newTablePlan(TableNamed("cases"))
	f.Fuzz(func(t *testing.T, b []byte, kind byte) {
		c := cell{text: clean(trim(b), nil, false), kind: cellKind(kind % byte(formulaCell+1)), date: kind&64 > 0, epoch1904: kind&128 > 0}
		if d, why := parseDate(c); why == fine {
			again, why := parseDate(cell{text: []byte(d.String())})
			if why != fine || again != d || d < day.Of(1900, 1, 1) || d > day.Of(2100, 12, 31) {
				t.Errorf("date %q = %v, again %v", c.text, d, again)
			}
		}
		if d, ok := parseDecimal(c, nil, decimalSign(kind>>5)&3); ok {
			for _, decimals := range []int{2, 4} {
				if n, ok := d.units(decimals); ok && (n >= 1e18 || n <= -1e18 || (n > 0 && d.negative) || (n < 0 && !d.negative)) {
					t.Errorf("number %q = %d with %d decimals", c.text, n, decimals)
				}
			}
			if n, ok := d.integer(); ok && n < 0 {
				t.Errorf("whole number %q = %d", c.text, n)
			}
		}
		if v, padded, ok := parseVNumber(nil, c); ok {
			again, _, ok := parseVNumber(nil, cell{text: v})
			if len(v) != 10 || !digits(v) || !ok || !bytes.Equal(again, v) || (padded && c.kind != numberCell) {
				t.Errorf("V-number %q = %q", c.text, v)
			}
		}
		if v, ok := parseText(c, nil); ok {
			if !utf8.Valid(v) || !norm.NFC.IsNormal(v) || utf8.RuneCount(v) > maxText || bytes.ContainsAny(v, "\x00\n\r\t\x7f") {
				t.Errorf("text %q = %q", c.text, v)
			}
		}
		parseBool(c)
		for i := range p.fields {
			if g := &p.fields[i]; g.dictionary != nil {
				if n := g.lookup(c.text); n >= 0 && g.dictionary[n] == "" && g.Type != CodesType {
					t.Errorf("%s %q = code %d", g.Name, c.text, n)
				}
			}
		}
		if i, ok := country.Index(string(b)); ok {
			if again, ok := country.Index(country.Codes()[i]); !ok || again != i {
				t.Errorf("country %q = %d, again %d", b, i, again)
			}
		}
	})
}
