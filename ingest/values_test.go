package ingest

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"lvv/internal/day"
)

func text(s string) cell    { return cell{text: clean([]byte(s), nil, false)} }
func numeric(s string) cell { return cell{text: []byte(s), kind: numberCell} }

func dated2020(s string) cell { return cell{text: []byte(s), kind: numberCell, date: true} }

func TestParseDate(t *testing.T) {
	for _, c := range []struct {
		cell cell
		want string // a date, or the reason
	}{
		{text("31-01-2020"), "2020-01-31"}, {text("31/01/2020"), "2020-01-31"}, {text("1-2-2020"), "2020-02-01"},
		{text("1/2/2020"), "2020-02-01"}, {text("01-2-2020"), "2020-02-01"}, {text("1-12-2020"), "2020-12-01"},
		{text("2020-01-31"), "2020-01-31"}, {text("20200131"), "2020-01-31"}, {text("29-02-2020"), "2020-02-29"},
		{text("31.01.2020"), "2020-01-31"}, {text("2020/01/31"), "2020-01-31"}, {text("2020-1-31"), "2020-01-31"}, {text("31 01 2020"), "2020-01-31"}, {text("31–01–2020"), "2020-01-31"},
		{text("31 januari 2020"), "2020-01-31"}, {text("31-jan-2020"), "2020-01-31"}, {text("31 mrt. 2020"), "2020-03-31"}, {text("3 Maart 2020"), "2020-03-03"}, {text("1mei2020"), "2020-05-01"},
		{text("vr 31-1-2020"), "2020-01-31"}, {text("Vrijdag 31 januari 2020"), "2020-01-31"}, {text("vr. 31-01-2020"), "2020-01-31"}, {text("vrijdag, 31 januari 2020 14:00 uur"), "2020-01-31"},
		{text("5 March 2020"), "2020-03-05"}, {text("Mar  5 2020 12:00AM"), "2020-03-05"}, {text("March 5, 2020"), "2020-03-05"}, {text("07-Mar-2020"), "2020-03-07"}, {text("2020-mrt-07"), "2020-03-07"},
		{text("20200308000000"), "2020-03-08"}, {text("20200308143059"), "2020-03-08"}, {text("20200308T143059"), "invalid_date"}, {text("20200308996000"), "invalid_date"},
		{text("31-01-2020 00:00:00"), "2020-01-31"}, {text("2020-01-31T00:00:00Z"), "2020-01-31"}, {text("2020-01-31 00:00"), "2020-01-31"},
		{text("20200131 0:00"), "2020-01-31"}, {text("1-2-2020 00:00:00.000"), "2020-02-01"}, {text("2020-01-31T00:00:00.000Z"), "2020-01-31"},
		{text("2020-01-31T00:00:00+01:00"), "2020-01-31"}, {text("2020-01-31 00:00:00+00"), "2020-01-31"}, {text("2020-01-31T00:00:00.000-0500"), "2020-01-31"}, {text("2020-01-31 00:00:00.0000000 +01:00"), "2020-01-31"},
		{text("31-01-2020 12:00:00 AM"), "2020-01-31"}, {text("1/2/2020 12:00 am"), "2020-02-01"}, {text("31-01-2020 12:00:00 PM"), "2020-01-31"}, {text("31-01-2020 11 PM"), "2020-01-31"},
		{text("31-01-2020 14:30"), "2020-01-31"}, {text("31-01-2020 23:59:59.999"), "2020-01-31"}, {text("31-01-2020 00:00:00,000"), "2020-01-31"}, {text("31-01-2020 24:00"), "2020-01-31"},
		{text("31-01-2020 0:00 uur"), "2020-01-31"}, {text("31-01-2020 14u30"), "2020-01-31"}, {text("31-01-2020 14 uur"), "2020-01-31"}, {text("31-01-2020, 9.15 u"), "2020-01-31"},
		{text("2020-01-31T23:00:00.000Z"), "time_zone"}, {text("2020-01-31T01:00:00+01:00"), "time_zone"}, {text("31-01-2020 14:30 CET"), "time_zone"}, {text("31-01-2020 23:00 UTC"), "time_zone"},
		{text("2020-01-31T00:00:00+1"), "invalid_date"}, {text("2020-01-31 +01:00"), "invalid_date"}, {text("2020-01-31T00:00+01:0x"), "invalid_date"}, {text("31-01-2020 14:30 in de middag"), "invalid_date"},
		{text("31-01-2020 1200 AM"), "invalid_date"}, {text("31-01-2020 AM"), "invalid_date"}, {text("31-01-2020 24:01"), "invalid_date"}, {text("31-01-2020 25:00"), "invalid_date"}, {text("31-01-2020 13:00 PM"), "invalid_date"},
		{text("31-01-20"), "short_year"}, {text("9 mrt '20"), "short_year"}, {text("9/3/20 14:00"), "short_year"}, {text("31-02-20"), "invalid_date"}, {text("1975"), "year_only"}, {text("1875"), "invalid_date"},
		{text("01-01-1900"), "1900-01-01"}, {text("31-12-2100"), "2100-12-31"},
		{text("31-02-2020"), "invalid_date"}, {text("29-02-2019"), "invalid_date"}, {text("29-02-1900"), "invalid_date"}, {text("31-12-1899"), "invalid_date"}, {text("01-01-2101"), "invalid_date"},
		{text("01-31-2020"), "invalid_date"}, {text("2020-069"), "invalid_date"}, {text("31 foo 2020"), "invalid_date"}, {text("maart 2020"), "invalid_date"}, {text("31-01"), "invalid_date"},
		{text("31-01/2020"), "invalid_date"}, {text("31-01-2020 00"), "invalid_date"}, {text("T00:00"), "invalid_date"}, {text("31-01-2020T"), "invalid_date"}, {text("31-01-2020 00:00:"), "invalid_date"}, {text("31-01-2020 0:0"), "invalid_date"},
		{text("43861"), "invalid_date"}, {text("januari"), "invalid_date"}, {text("-1-1-2020"), "invalid_date"}, {text("1--1-2020"), "invalid_date"}, {text("3１-01-2020"), "invalid_date"}, {text("31-01-02020"), "invalid_date"},
		{numeric("43861"), "2020-01-31"}, {numeric("43861.0000001"), "2020-01-31"}, {numeric("4.3861E4"), "2020-01-31"}, {numeric("20200131"), "2020-01-31"}, {numeric("43861.5"), "2020-01-31"},
		{numeric("20000"), "1954-10-03"}, {numeric("60000"), "2064-04-08"}, {numeric("19999"), "invalid_date"}, {numeric("60001"), "invalid_date"}, {numeric("1975"), "year_only"}, {numeric("1"), "invalid_date"}, {numeric("1975.5"), "invalid_date"},
		{dated2020("43861.6041666666"), "2020-01-31"}, {dated2020("43861.999999988424"), "2020-01-31"}, {dated2020("43861.99999999999"), "2020-02-01"}, {dated2020("1975"), "1905-05-28"},
		{dated2020("1"), "1900-01-01"}, {dated2020("59"), "1900-02-28"}, {dated2020("61"), "1900-03-01"}, {dated2020("73415"), "2100-12-31"},
		{dated2020("60"), "invalid_date"}, {dated2020("0"), "invalid_date"}, {dated2020("-1"), "invalid_date"}, {dated2020("73416"), "invalid_date"}, {numeric("NaN"), "invalid_date"},
		{numeric("Inf"), "invalid_date"}, {numeric("20200231"), "invalid_date"}, {numeric("x"), "invalid_date"},
		{cell{text: []byte("42399"), kind: numberCell, epoch1904: true}, "2020-01-31"},
		{cell{text: []byte("43861"), kind: sheetText}, "2020-01-31"}, {cell{text: []byte("10320"), kind: sheetText}, "invalid_date"}, {cell{text: []byte("1"), kind: boolCell}, "invalid_date"},
	} {
		d, why := parseDate(c.cell)
		got := why.String()
		if why == fine {
			got = d.String()
		}
		if got != c.want {
			t.Errorf("parseDate(%q, kind %d) = %s, want %s", c.cell.text, c.cell.kind, got, c.want)
		}
	}
}

// The day arithmetic of the parser against that of package day, over every day and the days that
// do not exist.
func TestCivilAgainstDay(t *testing.T) {
	for y := 1898; y <= 2102; y++ {
		for m := range 14 {
			for d := range 33 {
				got, ok := civil(y, m, d)
				if want, err := day.Parse(fmt.Sprintf("%04d-%02d-%02d", y, m, d)); ok != (err == nil) || got != want {
					t.Fatalf("civil(%d, %d, %d) = %v, %v", y, m, d, got, ok)
				}
			}
		}
	}
}

func TestParseNumber(t *testing.T) {
	const bad = math.MinInt64
	for _, c := range []struct {
		cell cell
		want int64 // cents
	}{
		{text("1234.56"), 123456}, {text("1234,56"), 123456}, {text("1.234,56"), 123456}, {text("1 234,56"), 123456},
		{text("€ 1.234,56"), 123456}, {text("1234,56 €"), 123456}, {text("€1234.56"), 123456}, {text("-1.234,56"), -123456},
		{text("€ -5,00"), -500}, {text("-€ 5,00"), -500}, {text("−5"), -500}, {text("1\u00a0234,56"), 123456}, {text("1 234.56"), 123456},
		{text("0"), 0}, {text("-0"), 0}, {text("5"), 500}, {text("5,5"), 550}, {text("0,005"), 1}, {text("0,004"), 0}, {text("-0,005"), -1},
		{text("1.234"), 123400}, {text("2.100.000"), 210000000}, {text("2.100.000,55"), 210000055}, {text("0.125"), 13}, {text("1.2345"), 123},
		{text("12,3456"), 1235}, {text("9999999999999,99"), 999999999999999}, {text("9999999999999,994"), 999999999999999}, {text("9999999999999,995"), bad}, {text("9999999999999999,99"), bad},
		{text("1,234"), bad}, {text("123,456"), bad}, {text("1.23.4"), bad}, {text("1,234.56"), bad}, {text("1.2345.678"), bad}, {text("12.34,5"), bad},
		{text("1 23,4"), bad}, {text(""), bad}, {text("-"), bad}, {text("€"), bad}, {text("5,"), bad}, {text(",5"), 50}, {text(".50"), 50}, {text("1.000,00-"), -100000}, {text("(1.000,00)"), -100000}, {text("€ 279.000,-"), 27900000}, {text("279.000,--"), 27900000}, {text("EUR 1.000,00"), 100000}, {text("1.000,00 euro"), 100000}, {text("-(5,00)"), bad}, {text("+-5"), bad}, {text("(5,00-)"), bad}, {text("()"), bad}, {text("."), bad}, {text("5."), bad},
		{text("--5"), bad}, {text("-€-5"), bad}, {text("5-"), bad}, {text("1e3"), bad}, {text("vijf"), bad}, {text("10000000000000000"), bad}, {text("1.234 567,00"), bad},
		{text("+5"), 500}, {text("0x10"), bad}, {text("99999999999999999999999999"), bad},
		{numeric("1234.5600000000001"), 123456}, {numeric("1.333"), 133}, {numeric("1E-3"), 0}, {numeric("1.5E3"), 150000}, {numeric("-12.345"), -1235},
		{numeric("1E16"), bad}, {numeric("NaN"), bad}, {numeric("Inf"), bad}, {cell{text: []byte("1"), kind: boolCell}, bad}, {cell{text: []byte("#N/A"), kind: errorCell}, bad},
		{cell{text: []byte("43831"), kind: numberCell, date: true}, bad}, // 1-1-2020, which was typed as 1.1 perhaps
	} {
		got := int64(bad)
		d, ok := parseDecimal(c.cell, nil, noSign)
		if ok {
			if n, fits := d.units(2); fits {
				got = n
			}
		}
		if got != c.want {
			t.Errorf("parseDecimal(%q) = %d, %v; want %d", c.cell.text, got, ok, c.want)
		}
	}
}

func TestNumberUnits(t *testing.T) {
	for _, c := range []struct {
		cell     cell
		decimals int
		want     int64 // 0 is too large
	}{
		{numeric("0.333333333333333"), 4, 3333}, {text("0,125"), 4, 1250}, {text("1,75"), 4, 17500}, {text("-0,00005"), 4, -1},
		{text("0,00004"), 0, 0}, {text("2,5"), 0, 3}, {text("99999999999,9999"), 4, 999999999999999}, {text("99999999999,99995"), 4, 0}, {text("100000000000"), 4, 0},
		{text("9999999999999999"), 4, 0},
	} {
		d, ok := parseDecimal(c.cell, nil, noSign)
		got, fits := d.units(c.decimals)
		if !fits {
			got = 0
		}
		if !ok || got != c.want {
			t.Errorf("%q with %d decimals is %d, want %d", c.cell.text, c.decimals, got, c.want)
		}
	}
}

func TestParseWhole(t *testing.T) {
	for _, c := range []struct {
		in   string
		want int64
	}{{"120", 120}, {"120,00", 120}, {"1.200", 1200}, {"0", 0}, {"-0", 0}, {"-1", -1}, {"1,5", -1}, {"0,001", -1}, {"999999999", 999_999_999}, {"1000000000", -1}} {
		got := int64(-1)
		if d, ok := parseDecimal(text(c.in), nil, noSign); ok {
			if n, ok := d.integer(); ok {
				got = n
			}
		}
		if got != c.want {
			t.Errorf("whole number %q = %d, want %d", c.in, got, c.want)
		}
	}
}

func TestParseBool(t *testing.T) {
	for in, want := range map[string]int{
		"ja": 1, "JA": 1, "j": 1, "J": 1, "true": 1, "Waar": 1, "1": 1, "x": 1, "X": 1, "nee": 0, "n": 0, "False": 0, "onwaar": 0, "0": 0,
		"yes": 1, "Y": 1, "no": 0, "2": -1, "jaa": -1, "ya": -1, "10": -1, "ne": -1,
	} {
		got := -1
		if v, ok := parseBool(text(in)); ok {
			got = 0
			if v {
				got = 1
			}
		}
		if got != want {
			t.Errorf("parseBool(%q) = %d, want %d", in, got, want)
		}
	}
	if v, ok := parseBool(numeric("1.0")); !v || !ok {
		t.Error("the number 1.0 of a workbook is not true")
	}
}

func shaped(s, format string) cell {
	return cell{text: []byte(s), kind: numberCell, shape: shapeOf(format)}
}

func TestParseVNumber(t *testing.T) {
	for _, c := range []struct {
		cell   cell
		want   string
		padded bool
	}{
		{text("0123456789"), "0123456789", false}, {text("012 345.67-89"), "0123456789", false}, {text("012\u00a0345\u00a06789"), "0123456789", false},
		{text("012\u202f345\u20116789"), "0123456789", false}, {text("012–345—6789"), "0123456789", false}, {text("012\u2028345\u20286789"), "", false}, {text("012\xff3456789"), "", false},
		{text("123456789"), "", false}, {text("12345678901"), "", false}, {text("012345678X"), "", false}, {text("V0123456789"), "0123456789", false}, {text("v-0123456789"), "0123456789", false}, {text("V-nr. 0123456789"), "0123456789", false}, {text("VX0123456789"), "", false}, {text("123456789.0"), "", false}, {text("12345678.00"), "", false}, {text("1234567890.0"), "", false}, {shaped("1234567", "0000000000"), "0001234567", false}, {shaped("123456789", "000\\-000\\-0000"), "0123456789", false}, {text("01234567８9"), "", false},
		{numeric("123456789"), "0123456789", true}, {numeric("12345678"), "0012345678", true}, {numeric("9123456789"), "9123456789", false},
		{numeric("1.23456789E8"), "0123456789", true}, {numeric("1234567"), "", false}, {numeric("-123456789"), "", false}, {numeric("12345678.5"), "", false}, {numeric("123456789.5"), "", false}, {numeric("1234567890.0"), "1234567890", false},
		{cell{text: []byte("123456789"), kind: sheetText}, "", false}, {cell{text: []byte("123456789"), kind: numberCell, date: true}, "", false},
		{cell{text: []byte("1"), kind: boolCell}, "", false},
		// One digit all through is a stopgap, however many there are: padded with zeros it would be one person to many.
		{text("9999999999"), "", false}, {text("0000000000"), "", false}, {shaped("0", "0000000000"), "", false}, {shaped("0", "00000000"), "", false},
		{numeric("99999999"), "", false}, {numeric("111111111"), "", false}, {text(""), "", false}, {text("V-"), "", false},
	} {
		got, padded, ok := parseVNumber(nil, c.cell)
		if ok != (c.want != "") || string(got) != c.want || padded != c.padded {
			t.Errorf("parseVNumber(%q, kind %d) = %q, %v, %v; want %q, %v", c.cell.text, c.cell.kind, got, padded, ok, c.want, c.padded)
		}
	}
}

func TestParseText(t *testing.T) {
	long := strings.Repeat("é", maxText)
	for _, c := range []struct {
		cell cell
		want string
		ok   bool
	}{
		{text("Havenstraat 12"), "Havenstraat 12", true}, {text("cafe\u0301"), "café", true}, {text(long), long, true}, {text(long + "x"), "", false},
		{text(strings.Repeat("e\u0301", maxText)), long, true}, {text("a\nb"), "", false}, {text("a\x00b"), "", false}, {text("a\u0085b"), "", false},
		{text("a\u2028b"), "", false}, {text("a\x7fb"), "", false}, {text("a\xffb"), "", false}, {text("=1+1"), "=1+1", true},
		{numeric("12345"), "12345", true}, {numeric("1.2345E4"), "12345", true}, {numeric("1.5"), "1.5", true},
		{cell{text: []byte("43861"), kind: numberCell, date: true}, "2020-01-31", true},
		{shaped("1", `"LVV-2020-"00000`), "LVV-2020-00001", true}, {shaped("123456", `"LVV-"00000`), "LVV-123456", true}, {shaped("42", `0000"/A"`), "0042/A", true}, {shaped("1234567", `00\.000\.000`), "01.234.567", true},
		{shaped("7", "0"), "7", true}, {shaped("7", "General"), "7", true}, {shaped("7", "0.00"), "7", true}, {shaped("12", `[$€-413] #,##0`), "12", true}, {shaped("12.5", "00000"), "12.5", true},
	} {
		got, ok := parseText(c.cell, nil)
		if ok != c.ok || string(got) != c.want {
			t.Errorf("parseText(%.40q) = %.40q, %v; want %.40q, %v", c.cell.text, got, ok, c.want, c.ok)
		}
	}
}

// What nobody can see or meant goes, and nothing else.
func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"Model\u00a0kade": "Model kade", "a\u200bb\u00adc\u200e": "abc", "\ufeffS1": "S1", "LVV\u20132020\u22121": "LVV-2020-1", `="1000000007"`: "1000000007", `="a""b"`: `a"b`, `=""`: "", `"1000000007"`: "1000000007", `""`: "",
		"'1000000007": "1000000007", "'1000000007'": "1000000007", "'a' of 'b'": "a' of 'b'", "=1+1": "=1+1", "'": "", "\xff\u00a0x": "\xff x", "café": "café",
	} {
		if got := clean([]byte(in), nil, false); string(got) != want {
			t.Errorf("clean(%q) = %q, want %q", in, got, want)
		}
	}
	for _, in := range []string{"'s-Gravenhage", "'t Veerhuis", "'T Hof"} {
		if got := clean([]byte(in), nil, true); string(got) != in {
			t.Errorf("clean(%q) = %q", in, got)
		}
	}
}

// Text that was decoded with the wrong code page is told from words with diacritics.
func TestDamaged(t *testing.T) {
	for in, want := range map[string]bool{
		"Fa‡adehof": true, "Ze‰land": true, "co”rdinatie": true, "FaÃ§adehof": true, "Caf�": true, "Co“peratie": true, "gŽnŽral": true, "BelgiÃ« Ã©": true, "â‚¬ 5": true,
		"Façadehof": false, "Zeëland": false, "O’Brien": false, "Škoda": false, "Modelkade – boven": false, "Plein 40/45 ½": false, "§ 5": false, "São Paulo": false, "ÇA": false, "": false,
	} {
		if got := damaged([]byte(in)); got != want {
			t.Errorf("damaged(%q) = %v", in, got)
		}
	}
}

func TestNotFilledIn(t *testing.T) {
	for _, s := range []string{"", "-", "n.v.t.", "N.V.T.", "nvt", "NVT", "null", "NULL", "#N/B", "#n/a", "onbekend", "Onbekend", "NaN", "NaT", "None", "<NA>", "(leeg)", "(blank)", "(blanco)", "n/a", "N/A", "NA", "n.v.t", "nvt.", "--", "---", `\N`} {
		if !notFilledIn([]byte(s), true) {
			t.Errorf("%q counts as filled in", s)
		}
	}
	if notFilledIn([]byte("onbekend"), false) || notFilledIn([]byte("NA"), false) || notFilledIn([]byte("0"), true) || notFilledIn([]byte("geen"), true) {
		t.Error("a value counts as not filled in")
	}
}

// Every code of the contract is found by each of its spellings, whatever their case, diacritics,
// spaces and dashes.
func TestCodes(t *testing.T) {
	for _, table := range Contract() {
		p := newTablePlan(&table)
		for i := range p.fields {
			f := &p.fields[i]
			for _, c := range f.Codes {
				for _, s := range append([]string{c.Dutch, c.Value, c.NL, c.EN}, c.Aliases...) {
					for _, spelt := range []string{s, strings.ToUpper(s), strings.ReplaceAll(s, "_", " "), strings.ReplaceAll(s, "_", "-"), strings.ReplaceAll(s, "ee", "eë"), " " + s} {
						got := f.lookup([]byte(spelt))
						if got < 0 || (f.Type == CodeType && f.dictionary[got] != c.Value) {
							t.Errorf("%s.%s: %q is code %d, want %s", table.Name, f.Name, spelt, got, c.Value)
						}
					}
				}
			}
			if f.codes != nil && (f.lookup([]byte("bestaat niet")) >= 0 || f.lookup([]byte("")) >= 0) {
				t.Errorf("%s.%s accepts what is not in its list", table.Name, f.Name)
			}
		}
	}
}

func TestOffer(t *testing.T) {
	p := newTablePlan(TableNamed("cases"))
	f := p.fieldOf(TableNamed("cases").Field("offer"))
	for in, want := range map[string]string{
		"begeleiding": "guidance", "Leefgeld + begeleiding": "guidance+allowance", "onderdak,begeleiding": "guidance+shelter",
		"leefgeld/onderdak/begeleiding": "guidance+shelter+allowance", "onderdak+onderdak": "shelter", "begeleiding en onderdak": "guidance+shelter", "begeleiding & onderdak": "guidance+shelter", "Begeleiding, onderdak en leefgeld": "guidance+shelter+allowance", "begeleiding; onderdak": "guidance+shelter", "begeleiding onderdak": "", "onderdak+auto": "", "+": "", "onderdak+": "",
	} {
		got := ""
		if i := f.lookup([]byte(in)); i >= 0 {
			got = f.dictionary[i]
		}
		if got != want {
			t.Errorf("offer %q = %q, want %q", in, got, want)
		}
	}
}

// No two columns of a table have names that match the same header.
func TestHeaderNamesAreUnambiguous(t *testing.T) {
	for _, table := range Contract() {
		seen := map[string]string{}
		for _, f := range table.Fields {
			for _, n := range append([]string{f.Header, f.Name}, f.Aliases...) {
				k := foldName([]byte(n))
				if other, ok := seen[k]; ok && other != f.Name {
					t.Errorf("%s: %q names %s and %s", table.Name, n, other, f.Name)
				}
				seen[k] = f.Name
			}
		}
	}
}
