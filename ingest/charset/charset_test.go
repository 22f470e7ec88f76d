package charset

import (
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

func TestValidUTF8(t *testing.T) {
	long := strings.Repeat("é€𝄞a", 100_000)
	for _, c := range []struct {
		in   string
		want bool
	}{{"", true}, {long, true}, {long + "\xe2\x82", false}, {long + "\xff" + long, false}, {"\x80", false}, {"abc\xc3", false}, {strings.Repeat("\x80", 1<<20), false}} {
		for _, src := range []io.Reader{strings.NewReader(c.in), iotest.HalfReader(strings.NewReader(c.in))} {
			if got, err := ValidUTF8(src); got != c.want || err != nil {
				t.Errorf("ValidUTF8(%d bytes) = %v, %v; want %v", len(c.in), got, err, c.want)
			}
		}
	}
}
