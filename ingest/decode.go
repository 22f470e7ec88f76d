package ingest

import (
	"bytes"
	"io"
	"slices"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
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

// decoder turns what it reads into UTF-8.
type decoder struct {
	src     io.Reader
	convert func(dst, src []byte, atEOF bool) (out []byte, used int)
	raw     []byte // read but not yet converted
	buf     []byte // converted
	out     []byte // the part of buf that was not handed out yet
	eof     bool
}

// decoded returns the text of src, from behind its byte order mark, in UTF-8.
func decoded(src io.Reader, encoding string) io.Reader {
	switch encoding {
	case encUTF16LE:
		return &decoder{src: src, convert: fromUTF16(unicode.LittleEndian)}
	case encUTF16BE:
		return &decoder{src: src, convert: fromUTF16(unicode.BigEndian)}
	}
	if page := codePages[encoding]; page != nil {
		return &decoder{src: src, convert: fromCodePage(page)}
	}
	return src
}

const decodeBlock = 64 << 10

func (d *decoder) Read(p []byte) (int, error) {
	for len(d.out) == 0 {
		if d.eof {
			return 0, io.EOF
		}
		kept := len(d.raw)
		if cap(d.raw) < decodeBlock {
			d.raw = append(make([]byte, 0, decodeBlock), d.raw...)
		}
		n, err := d.src.Read(d.raw[kept:decodeBlock])
		d.raw = d.raw[:kept+n]
		if err != nil && err != io.EOF {
			return 0, err
		}
		d.eof = err != nil
		var used int
		d.buf, used = d.convert(d.buf[:0], d.raw, d.eof)
		d.out = d.buf
		d.raw = d.raw[:copy(d.raw, d.raw[used:])]
	}
	n := copy(p, d.out)
	d.out = d.out[n:]
	return n, nil
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

// fromCodePage returns the conversion from a code page.
func fromCodePage(page *charmap.Charmap) func(dst, src []byte, atEOF bool) ([]byte, int) {
	table := runesOf(page)
	return func(dst, src []byte, _ bool) ([]byte, int) {
		for _, c := range src {
			if c < 0x80 {
				dst = append(dst, c)
				continue
			}
			dst = utf8.AppendRune(dst, table[c])
		}
		return dst, len(src)
	}
}

// mended converts a text in UTF-8 of which some bytes are not: they are taken for Windows-1252, and their
// lines are remembered.
type mended struct {
	stray *lines
	line  int64
	told  bool // of the line at hand
}

func (m *mended) convert(dst, src []byte, atEOF bool) ([]byte, int) {
	i := 0
	for i < len(src) {
		if src[i] < 0x80 {
			if src[i] == '\n' {
				m.line, m.told = m.line+1, false
			}
			dst, i = append(dst, src[i]), i+1
			continue
		}
		if !atEOF && !utf8.FullRune(src[i:]) {
			break
		}
		r, size := utf8.DecodeRune(src[i:])
		if r == utf8.RuneError && size == 1 {
			r = table1252[src[i]]
			if !m.told {
				m.stray.add(m.line)
				m.told = true
			}
		}
		dst, i = utf8.AppendRune(dst, r), i+size
	}
	return dst, i
}

// fromUTF16 returns the conversion from UTF-16. What is no character becomes U+FFFD.
func fromUTF16(order unicode.Endianness) func(dst, src []byte, atEOF bool) ([]byte, int) {
	decode := unicode.UTF16(order, unicode.IgnoreBOM).NewDecoder()
	return func(dst, src []byte, atEOF bool) ([]byte, int) {
		dst = slices.Grow(dst, utf8.UTFMax*len(src))
		// The only error is that the rest of a character is to come.
		n, used, _ := decode.Transform(dst[len(dst):cap(dst)], src, atEOF)
		return dst[:len(dst)+n], used
	}
}
