// Package charset tells by looking how a text is encoded.
package charset

import (
	"io"
	"unicode/utf8"
)

// ValidUTF8 reports whether everything that r holds is UTF-8. It reads no further than the first
// piece that is not.
func ValidUTF8(r io.Reader) (bool, error) {
	buf := make([]byte, 256<<10)
	kept := 0
	for {
		n, err := r.Read(buf[kept:])
		b := buf[:kept+n]
		if err == io.EOF {
			return utf8.Valid(b), nil
		}
		if err != nil {
			return false, err
		}
		cut := len(b)
		for cut > 0 && cut > len(b)-utf8.UTFMax && !utf8.RuneStart(b[cut-1]) {
			cut--
		}
		if cut > 0 && b[cut-1] >= 0xC0 && !utf8.FullRune(b[cut-1:]) {
			cut--
		} else {
			cut = len(b)
		}
		if !utf8.Valid(b[:cut]) {
			return false, nil
		}
		kept = copy(buf, b[cut:])
	}
}
