package workbook

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"lvv/internal/day"
	"lvv/reports/excel/workbook/booktest"
)

// sample is a book that uses everything the package has.
func sample(english bool) *Book {
	b := New(Properties{Title: "Proef", Creator: "lvv", English: english, Date: day.Of(2020, 9, 30)})
	s := b.Sheet(Options{Name: "Cijfers [1]", Title: "Cijfers", Explain: strings.Repeat("Uitleg. ", 30), Marking: "Alleen voor de proef", Widths: []float64{20, 12, 12, 14}})
	t := Table{Name: "proef", Heading: "Tabel", Columns: []string{"Wat", "Aantal", "Aantal", "Dag"}}
	for i, text := range booktest.Hostile() {
		t.Rows = append(t.Rows, []Cell{Text(text), Count(int64(i + 1)), Number(float64(i)/8, Percent), DateOf(day.Of(2020, 1, i+1))})
	}
	n := len(booktest.Hostile())
	t.Total = []Cell{Text("Totaal"), Count(int64(n * (n + 1) / 2))}
	a := s.Table(t)
	b.Check("som", a.TotalCell(1), Whole, "SUM("+a.Column(1)+")")
	s.Chart(Chart{Kind: Bars, Title: "Staven", Alt: "Staven in woorden.", Series: a.Series(1)})
	s.Table(Table{Name: "proef", Columns: []string{"Wat", "Aantal"}, Rows: [][]Cell{{Text("a"), Note("<5")}, {Text("b"), Count(9)}}})
	from := b.ChartData("verborgen", []string{"Wat", "Aantal"}, [][]Cell{{Text("a (<5)"), {}}, {Text("b"), Count(9)}})
	s.Chart(Chart{Kind: Lines, Title: "Lijn", Alt: "Lijn.", Series: from.Series(1), XDates: true})
	s.Table(Table{Name: "leeg", Heading: "Leeg", Columns: []string{"Niets"}})
	a.Define("lvv_proef", 0, 1)
	l := b.LongSheet(Options{Name: "Lang", Title: "Lang", Marking: "Let op", Explain: "Veel rijen.", Widths: []float64{20, 12}}, []string{"Wat", "Aantal"})
	for i, text := range booktest.Hostile() {
		l.Row(Text(text), Count(int64(i)))
	}
	long := l.Done("lang")
	b.Check("lang", a.Cell(2, 1), Whole, fmt.Sprintf("COUNTIF(%s,2)+2", long.Column(1)))
	b.Checks(Options{Name: "Controles", Title: "Controles", Widths: []float64{30, 12, 12, 12}})
	return b
}

func save(t *testing.T, b *Book) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := b.Save(&buf); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func open(t *testing.T, book []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestSameBytes(t *testing.T) {
	want := save(t, sample(false))
	for range 10 {
		if !bytes.Equal(save(t, sample(false)), want) {
			t.Fatal("the same contents gave other bytes")
		}
	}
	if bytes.Equal(save(t, sample(true)), want) {
		t.Error("the language makes no difference")
	}
}

// Every text comes back as it was, as text.
func TestHostileTextStaysText(t *testing.T) {
	f := open(t, save(t, sample(false)))
	for sheet, head := range map[string]int{"Cijfers  1": 6, "Lang": 5} {
		for i, want := range booktest.Hostile() {
			at := fmt.Sprintf("A%d", head+i+1)
			got, err := f.GetCellValue(sheet, at)
			if err != nil {
				t.Fatal(err)
			}
			if got != want {
				t.Errorf("%s!%s holds %q, want %q", sheet, at, got, want)
			}
			if formula, _ := f.GetCellFormula(sheet, at); formula != "" {
				t.Errorf("%s!%s became the formula %q", sheet, at, formula)
			}
			kind, err := f.GetCellType(sheet, at)
			if err != nil {
				t.Fatal(err)
			}
			if kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString {
				t.Errorf("%s!%s is of type %v, not text", sheet, at, kind)
			}
		}
	}
}

func TestLayout(t *testing.T) {
	book := save(t, sample(false))
	f := open(t, book)
	if got := f.GetSheetList(); fmt.Sprint(got) != "[Cijfers  1 Lang Controles Grafiekgegevens]" {
		t.Errorf("sheets: %v", got)
	}
	if got, _ := f.GetCellValue("Cijfers  1", "A1"); got != "Cijfers" {
		t.Errorf("the first cell says %q", got)
	}
	// A repeated header is made distinct, as Excel tables need it.
	if got, _ := f.GetCellValue("Cijfers  1", "C6", excelize.Options{RawCellValue: true}); got != "Aantal " {
		t.Errorf("the repeated header is %q", got)
	}
	if got, _ := f.GetCellValue("Cijfers  1", "D7", excelize.Options{RawCellValue: true}); got != "43831" {
		t.Errorf("1 January 2020 is stored as %q", got)
	}
	props, err := f.GetDocProps()
	if err != nil {
		t.Fatal(err)
	}
	if props.Created != "2020-09-30T00:00:00Z" || props.Modified != props.Created || props.Language != "nl-NL" {
		t.Errorf("properties: %+v", props)
	}
	parts := read(t, book)
	for _, want := range []string{`descr="Staven in woorden."`, `descr="Lijn."`} {
		if !strings.Contains(parts["xl/drawings/drawing1.xml"], want) {
			t.Errorf("no chart has the alternative text %s", want)
		}
	}
	if !strings.Contains(parts["xl/worksheets/sheet1.xml"], `fitToPage="true"`) || !strings.Contains(parts["xl/worksheets/sheet2.xml"], `fitToPage="true"`) {
		t.Error("a sheet does not fit its page")
	}
	if !strings.Contains(parts["xl/workbook.xml"], "_xlnm.Print_Titles") || !strings.Contains(parts["xl/workbook.xml"], "lvv_proef") {
		t.Error("defined names are missing")
	}
	if !strings.Contains(parts["xl/worksheets/sheet2.xml"], `state="frozen"`) {
		t.Error("the long sheet's header is not frozen")
	}
	// The chart of a table with a hidden number is drawn from data that says so.
	if got, _ := f.GetCellValue("Grafiekgegevens", "A6"); got != "a (<5)" {
		t.Errorf("the category of a hidden number reads %q", got)
	}
	if got, _ := f.GetCellValue("Grafiekgegevens", "B6"); got != "" {
		t.Errorf("a hidden number is drawn as %q", got)
	}
}

func read(t *testing.T, book []byte) map[string]string {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for i, f := range r.File {
		if i == 0 && f.Name != "[Content_Types].xml" {
			t.Errorf("the first part is %s", f.Name)
		}
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		in.Close()
		parts[f.Name] = string(text)
	}
	return parts
}

// Any text at all can be written, and what XML can hold comes back.
func TestAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		b := New(Properties{Date: day.Of(2020, 1, 1)})
		s := b.Sheet(Options{Name: "x" + text, Title: "x", Widths: []float64{20}})
		s.Table(Table{Name: text, Columns: []string{text}, Rows: [][]Cell{{Text(text)}}})
		var buf bytes.Buffer
		if err := b.Save(&buf); err != nil {
			t.Fatal(err)
		}
		f, err := excelize.OpenReader(&buf)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		got, err := f.GetCellValue(f.GetSheetName(0), "A4", excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		if got != Safe(text) {
			t.Fatalf("%q came back as %q", text, got)
		}
	})
}

func TestSafe(t *testing.T) {
	long := strings.Repeat("🏠", maxText)
	tests := []struct{ in, want string }{
		{"a\x00b\x1fc", "abc"},
		{"a\ufffe\uffffb", "ab"},
		{"\xff", ""},
		{"tab\tline\n", "tab\tline\n"},
		{long, strings.Repeat("🏠", maxText/2)},
	}
	for _, test := range tests {
		if got := Safe(test.in); got != test.want {
			t.Errorf("Safe(%.20q) = %.20q (%d bytes), want %.20q", test.in, got, len(got), test.want)
		}
	}
	for in, want := range map[string]string{
		"a/b:c?*[d]": "a b c   d", strings.Repeat("x", 40): strings.Repeat("x", 31), "'q'": "q",
	} {
		if got := SheetName(in); got != want {
			t.Errorf("SheetName(%q) = %q, want %q", in, got, want)
		}
	}
}

// A sheet that is full says so, instead of losing rows.
func TestLongSheetIsBounded(t *testing.T) {
	b := New(Properties{Date: day.Of(2020, 1, 1)})
	l := b.LongSheet(Options{Name: "x", Title: "x", Widths: []float64{9}}, []string{"x"})
	l.rows = MaxLong
	l.Row(Count(1))
	if err := b.Save(io.Discard); err == nil || !strings.Contains(err.Error(), "is full") {
		t.Errorf("a row too many: %v", err)
	}
}

func TestColumn(t *testing.T) {
	for n, want := range map[int]string{1: "A", 26: "Z", 27: "AA", 702: "ZZ", 703: "AAA"} {
		if got := column(n); got != want {
			t.Errorf("column(%d) = %s, want %s", n, got, want)
		}
	}
}

func BenchmarkLongSheet(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		book := New(Properties{Date: day.Of(2020, 1, 1)})
		l := book.LongSheet(Options{Name: "x", Title: "x", Widths: []float64{30, 12}}, []string{"Wat", "Aantal"})
		for i := range 10_000 {
			l.Row(Text("een gewone tekst"), Count(int64(i)))
		}
		l.Done("x")
		if err := book.Save(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
