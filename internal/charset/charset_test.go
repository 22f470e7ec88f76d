package charset

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"
)

func TestCount(t *testing.T) {
	long := strings.Repeat("é€𝄞a", 100_000)
	for _, c := range []struct {
		in   string
		want Census
	}{
		{"", Census{}}, {long, Census{Runes: 300_000}}, {long + "\xe2\x82", Census{300_000, 2}}, {long + "\xff" + long, Census{600_000, 1}},
		{"\x80", Census{0, 1}}, {"abc\xc3", Census{0, 1}}, {strings.Repeat("\x80", 1<<20), Census{0, 1 << 20}},
	} {
		for cut := range min(len(c.in), 5) + 1 {
			for _, src := range []io.Reader{strings.NewReader(c.in[cut:]), iotest.HalfReader(strings.NewReader(c.in[cut:]))} {
				if got, err := Count([]byte(c.in[:cut]), src); got != c.want || err != nil {
					t.Errorf("Count(%d bytes) = %+v, %v; want %+v", len(c.in), got, err, c.want)
				}
			}
		}
		if got, err := Count([]byte(c.in), nil); got != c.want || err != nil {
			t.Errorf("Count(%d bytes at once) = %+v, %v; want %+v", len(c.in), got, err, c.want)
		}
	}
}

// TestReaderPassesTheTextOn reads texts in pieces of every size: what is UTF-8 comes through unchanged.
func TestReaderPassesTheTextOn(t *testing.T) {
	for _, in := range []string{"", "abc", "é€𝄞a€é", "𝄞𝄞𝄞", "aé\xffb", "\xe2\x82", "a\x80", "\xf0\x9d\x84", "\xf0\x9da", "\xc3\xc3\xa9"} {
		for size := range 6 {
			got, err := io.ReadAll(NewReader(pieces{strings.NewReader(in), size + 1}))
			if utf8.ValidString(in) != (err == nil) || err != nil && !errors.Is(err, ErrNotUTF8) {
				t.Errorf("%q in pieces of %d: %v", in, size+1, err)
			}
			if err == nil && string(got) != in || !strings.HasPrefix(in, string(got)) {
				t.Errorf("%q in pieces of %d came out as %q", in, size+1, got)
			}
		}
	}
}

// pieces reads so many bytes at a time.
type pieces struct {
	r    io.Reader
	size int
}

func (p pieces) Read(b []byte) (int, error) { return p.r.Read(b[:min(len(b), p.size)]) }

func TestBeginsUTF8(t *testing.T) {
	const text = "aé€𝄞"
	for i := range len(text) + 1 {
		if !BeginsUTF8([]byte(text[:i])) {
			t.Errorf("%q is said not to begin a text", text[:i])
		}
	}
	for _, in := range []string{"\xff", "a\x80", "\xe2\x82a", "\xc3\xc3\xa9"} {
		if BeginsUTF8([]byte(in)) {
			t.Errorf("%q is said to begin a text", in)
		}
	}
}
