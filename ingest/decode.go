package ingest

import (
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// The encodings of a delimited file, as quality.json names them.
const (
	encUTF8    = "utf-8"
	encUTF8BOM = "utf-8-bom"
	encUTF16LE = "utf-16le"
	encUTF16BE = "utf-16be"
	enc1252    = "windows-1252"
)

// bomEncoding tells the encoding from a byte order mark, and the length of the mark.
func bomEncoding(b []byte) (name string, size int) {
	switch {
	case bytes.HasPrefix(b, []byte{0xEF, 0xBB, 0xBF}):
		return encUTF8BOM, 3
	case bytes.HasPrefix(b, []byte{0xFF, 0xFE}):
		return encUTF16LE, 2
	case bytes.HasPrefix(b, []byte{0xFE, 0xFF}):
		return encUTF16BE, 2
	}
	return "", 0
}

// decoded returns the text of src, from behind its byte order mark, in UTF-8. What is no character of UTF-16 becomes U+FFFD.
func decoded(src io.Reader, encoding string) io.Reader {
	switch encoding {
	case encUTF16LE:
		return transform.NewReader(src, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder())
	case encUTF16BE:
		return transform.NewReader(src, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder())
	}
	if page := codePages[encoding]; page != nil {
		return transform.NewReader(src, &fromCodePage{runes: runesOf(page)})
	}
	return src
}

// codePages are the encodings of one byte a character that pilot.yaml may name.
var codePages = map[string]*charmap.Charmap{
	enc1252: charmap.Windows1252, "cp850": charmap.CodePage850, "cp437": charmap.CodePage437, "iso-8859-15": charmap.ISO8859_15, "macintosh": charmap.Macintosh,
}

// runesOf is what a code page makes of each byte; those that it leaves open are control characters, which
// no value may hold.
func runesOf(page *charmap.Charmap) (t [256]rune) {
	for i := range t {
		t[i] = page.DecodeByte(byte(i))
		if t[i] == utf8.RuneError {
			t[i] = rune(i)
		}
	}
	return t
}

var table1252 = runesOf(charmap.Windows1252)

// fromCodePage converts text in a code page.
type fromCodePage struct {
	transform.NopResetter
	runes [256]rune
}

// Transform implements [transform.Transformer].
func (t *fromCodePage) Transform(dst, src []byte, _ bool) (n, used int, err error) {
	for ; used < len(src); used++ {
		if n+utf8.UTFMax > len(dst) {
			return n, used, transform.ErrShortDst
		}
		n += utf8.EncodeRune(dst[n:], t.runes[src[used]])
	}
	return n, used, nil
}

// mended converts a text in UTF-8 of which some bytes are not: they are taken for Windows-1252, and their
// lines are remembered.
type mended struct {
	transform.NopResetter
	stray *lines
	line  int64
	told  bool // of the line at hand
}

// Transform implements [transform.Transformer].
func (m *mended) Transform(dst, src []byte, atEOF bool) (n, used int, err error) {
	for used < len(src) {
		if n+utf8.UTFMax > len(dst) {
			return n, used, transform.ErrShortDst
		}
		if !atEOF && !utf8.FullRune(src[used:]) {
			return n, used, transform.ErrShortSrc
		}
		r, size := utf8.DecodeRune(src[used:])
		switch {
		case r == '\n':
			m.line, m.told = m.line+1, false
		case r == utf8.RuneError && size == 1:
			r = table1252[src[used]]
			if !m.told {
				m.stray.add(m.line)
				m.told = true
			}
		}
		n += utf8.EncodeRune(dst[n:], r)
		used += size
	}
	return n, used, nil
}

// breakLines turns carriage returns that stand alone into line breaks: old systems end lines so, all of
// them or some. The last byte is left as it is, for what follows it is not known.
func breakLines(b []byte) {
	for i := 0; ; i++ {
		at := bytes.IndexByte(b[i:], '\r')
		if at < 0 || i+at+1 >= len(b) {
			return
		}
		if i += at; b[i+1] != '\n' && b[i+1] != '\r' {
			b[i] = '\n'
		}
	}
}
