package ingest

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
)

// scanned is what a scanner makes of a text: one line a record, with its line number.
func scanned(s *scanner, text string, line int64, out []string) []string {
	for rest := []byte(text); len(rest) > 0; {
		kind, size, lines := s.next(rest, true)
		switch kind {
		case whole:
			fields := make([]string, len(s.cells))
			for i, c := range s.cells {
				fields[i] = string(c.text)
			}
			out = append(out, fmt.Sprintf("%d: %q", line, fields))
		case ragged, uneven:
			out = append(out, fmt.Sprintf("%d: malformed", line))
		}
		rest, line = rest[size:], line+int64(lines)
	}
	return out
}

func TestScanner(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain", "a;b;c\nd;e;f", `1: ["a" "b" "c"]|2: ["d" "e" "f"]`},
		{"blanks around quotes", "\"a\" ; \"b;1\" ;\t\"c\"\r\n \"d\";e; \"f\n", `1: ["a" "b;1" "c"]|2: ["d" "e" " \"f"]`},
		{"a line quoted as a whole", "\"a;b;c\"\n\"d;\"\"e;1\"\";f\"\n\"a;b\"\n", `1: ["a" "b" "c"]|2: ["d" "e;1" "f"]|3: malformed`},
		{"crlf", "a;b;c\r\nd;e;f\r\n", `1: ["a" "b" "c"]|2: ["d" "e" "f"]`},
		{"quotes", `"a;1";"b ""x""";c` + "\n", `1: ["a;1" "b \"x\"" "c"]`},
		{"line break in quotes", "a;\"b\r\nb\";c\nd;e;f\n", `1: ["a" "b\r\nb" "c"]|3: ["d" "e" "f"]`},
		{"quote inside a field is text", "a;5\" pijp;c\n", `1: ["a" "5\" pijp" "c"]`},
		{"blank lines", "a;b;c\n\n  \n;;\nd;e;f\n", `1: ["a" "b" "c"]|5: ["d" "e" "f"]`},
		{"ragged", "a;b\nd;e;f\na;b;c;d\n", `1: malformed|2: ["d" "e" "f"]|3: malformed`},
		{"text behind a quote", "\"a\"b;b;c\nd;e;f\n", `1: malformed|2: ["d" "e" "f"]`},
		{"unclosed to the end", "a;\"b;c\nd;e;f\ng;h;i\n", `1: malformed|2: ["d" "e" "f"]|3: ["g" "h" "i"]`},
		{"unclosed, a later field is quoted", "a;\"b;c\nd;e;f\ng;\"h\";i\n", `1: malformed|2: ["d" "e" "f"]|3: ["g" "h" "i"]`},
		{"unclosed, closes in a later row", "a;\"b;c\nd;e\";f\n", `1: malformed|2: ["d" "e\"" "f"]`},
		{"unclosed in the last column", "a;b;\"c\nd;e;f\"\ng;h;i\n", `1: malformed|2: ["d" "e" "f\""]|3: ["g" "h" "i"]`},
		{"unclosed twice", "a;\"b;c\nd;e;f\ng;\"h;i\nj;k;l\n", `1: malformed|2: ["d" "e" "f"]|3: malformed|4: ["j" "k" "l"]`},
		{"ragged over lines, one of them a row", "a;\"b\nd;e;f\ng\"\nj;k;l\n", `1: malformed|2: ["d" "e" "f"]|3: malformed|4: ["j" "k" "l"]`},
		{"ragged over lines, none of them a row", "a;\"b\nx\ng\"\nj;k;l\n", `1: malformed|4: ["j" "k" "l"]`},
		{"delimiters in a note of two lines", "a;b;\"c;d\ne\"\ng;h;i\n", `1: ["a" "b" "c;d\ne"]|3: ["g" "h" "i"]`},
		{"long line", "a;" + strings.Repeat("x", maxRecord) + ";c\nd;e;f\n", `1: malformed|2: ["d" "e" "f"]`},
		{"long quoted field", "a;\"" + strings.Repeat("x\n", maxRecord/2) + "\";c\nd;e;f\n",
			`1: malformed`},
	} {
		got := strings.Join(scanned(&scanner{delim: ';', want: 3}, c.in, 1, nil), "|")
		if c.name == "long quoted field" {
			// Every line of it is malformed on its own, and the row behind it is there.
			if !strings.HasSuffix(got, fmt.Sprintf(`%d: ["d" "e" "f"]`, maxRecord/2+2)) {
				t.Errorf("%s: ends in %s", c.name, got[len(got)-60:])
			}
			continue
		}
		if got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

// pieces are what hostile and honest files are made of.
var pieces = []string{"a", "bc", ";", ";", ";", "\n", "\n", "\r\n", "\"", "\"", "\"\"", " ", "é", ",", "x;y;z\n", "\"q\";\"r\";\"s\"\n", "\r", "; \"", "\" ;"}

// Whatever the text and however small the chunks, the chunks hold the records that one scanner finds
// in the whole text.
func TestSplitterFindsTheRecordsOfTheWhole(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 5_000 {
		var b strings.Builder
		for range r.IntN(60) {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		checkSplit(t, b.String(), 1+r.IntN(40))
	}
	long := strings.Repeat("y", maxRecord+10)
	for _, text := range []string{
		"a;b;c\n" + long + "\nd;e;f\n", "a;b;c\n" + long, long + "\nd;e;f\n", "a;\"" + long + "\nd;e;f\n", long + ";\"\n" + long + "\n\"d;e;f\n",
		"a;\"b\n" + strings.Repeat("d;e;f\n", maxRecord/6+5) + "x\";c\n",
	} {
		checkSplit(t, text, 100_000)
	}
}

func checkSplit(t *testing.T, text string, size int) {
	t.Helper()
	broken := []byte(text)
	breakLines(broken)
	want := scanned(&scanner{delim: ';', want: 3}, string(broken), 1, nil)
	got, err := split(strings.NewReader(text), size)
	if err != nil {
		t.Fatal(err)
	}
	if g, w := strings.Join(got, "|"), strings.Join(want, "|"); g != w {
		t.Fatalf("%.200q in chunks of %d:\n got %.400s\nwant %.400s", text, size, g, w)
	}
}

func split(src io.Reader, size int) ([]string, error) {
	pool := &sync.Pool{New: func() any { return &[]byte{} }}
	s := &splitter{src: src, scan: scanner{delim: ';', want: 3}, line: 1, size: size, pool: pool}
	scan := &scanner{delim: ';', want: 3}
	var out []string
	for {
		c, err := s.next()
		switch {
		case errors.Is(err, io.EOF):
			return out, nil
		case err != nil:
			return nil, err
		case c.over:
			out = append(out, fmt.Sprintf("%d: malformed", c.line))
		default:
			out = scanned(scan, string(c.data), c.line, out)
		}
	}
}

func TestDecoders(t *testing.T) {
	const text = "naïve;€ 5;𝄞;x\r\n"
	latin := "naïve;€ 5;\u0081x\r\n"
	for _, c := range []struct{ encoding, in, want string }{
		{encUTF8, text, text},
		{enc1252, "na\xefve;\x80 5;\x81x\r\n", latin},
		{encUTF16LE, utf16Bytes(text, false), text},
		{encUTF16BE, utf16Bytes(text, true), text},
		{encUTF16LE, "a\x00\x00\xd8b\x00", "a\ufffdb"}, // a surrogate alone
		{encUTF16LE, "a\x00\x00\xd8", "a\ufffd"},
		{encUTF16BE, "\x00a\x00", "a\ufffd"}, // half a unit
	} {
		for _, src := range []io.Reader{strings.NewReader(c.in), iotest.OneByteReader(strings.NewReader(c.in)), iotest.DataErrReader(strings.NewReader(c.in))} {
			got, err := io.ReadAll(decoded(src, c.encoding))
			if err != nil || string(got) != c.want {
				t.Errorf("%s %q = %q, %v; want %q", c.encoding, c.in, got, err, c.want)
			}
		}
	}
}
