package ingest

import (
	"bytes"
	"strconv"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// cellKind says what a file tells about a value beside its text.
type cellKind uint8

const (
	plainText  cellKind = iota // of a delimited file
	sheetText                  // of a workbook
	numberCell                 // a number of a workbook, in the notation of XML
	boolCell                   // 0 or 1
	errorCell                  // #REF! and the like
)

// cell is a value as it was read. The text belongs to the read buffer.
type cell struct {
	text []byte
	kind cellKind
	date bool // a number shown as a date or a time
	// epoch1904 says that the workbook counts dates from 1904, as those of old Macs do.
	epoch1904 bool
}

// maxText is the length of a text in characters.
const maxText = 500

// trimRunes is trim for text with characters beyond ASCII.
func trimRunes(b []byte) []byte {
	return bytes.TrimFunc(b, func(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' })
}

// notFilledIn reports whether a trimmed value stands for an empty one. unknown says that "onbekend"
// does.
func notFilledIn(b []byte, unknown bool) bool {
	switch len(b) {
	case 0:
		return true
	case 1:
		return b[0] == '-'
	case 3:
		return equalFold(b, "nvt")
	case 4:
		return equalFold(b, "null") || equalFold(b, "#n/b") || equalFold(b, "#n/a")
	case 6:
		return equalFold(b, "n.v.t.")
	case 8:
		return unknown && equalFold(b, "onbekend")
	}
	return false
}

// equalFold compares with ASCII text in lower case.
func equalFold(b []byte, lower string) bool {
	if len(b) != len(lower) {
		return false
	}
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != lower[i] {
			return false
		}
	}
	return true
}

// parseBool reads ja nee j n true false waar onwaar 1 0 x.
func parseBool(c cell) (value, ok bool) {
	b := c.text
	switch {
	case c.kind == errorCell:
		return false, false
	case len(b) == 1:
		switch b[0] {
		case 'j', 'J', '1', 'x', 'X':
			return true, true
		case 'n', 'N', '0':
			return false, true
		}
		return false, false
	case equalFold(b, "ja"), equalFold(b, "true"), equalFold(b, "waar"):
		return true, true
	case equalFold(b, "nee"), equalFold(b, "false"), equalFold(b, "onwaar"):
		return false, true
	}
	if c.kind == numberCell {
		f, err := strconv.ParseFloat(string(b), 64)
		return f == 1, err == nil && (f == 0 || f == 1)
	}
	return false, false
}

// parseVNumber appends the ten digits of a V-number to dst. padded says that zeros, lost in a
// numeric cell, were put back in front.
func parseVNumber(dst []byte, c cell) (out []byte, padded, ok bool) {
	if c.kind == boolCell || c.kind == errorCell || c.date {
		return dst, false, false
	}
	start := len(dst)
	b := c.text
	if c.kind == numberCell {
		if b = wholeNumber(b); !digits(b) { // a point is a decimal sign here
			return dst, false, false
		}
	}
	for i := 0; i < len(b); i++ {
		switch ch := b[i]; {
		case ch-'0' <= 9:
			if len(dst)-start == 10 {
				return dst[:start], false, false
			}
			dst = append(dst, ch)
		case ch == ' ' || ch == '.' || ch == '-':
		default: // the no-break spaces and dashes of a word processor
			r, size := utf8.DecodeRune(b[i:])
			if !unicode.In(r, unicode.Zs, unicode.Pd) {
				return dst[:start], false, false
			}
			i += size - 1
		}
	}
	n := len(dst) - start
	if c.kind == numberCell && (n == 8 || n == 9) {
		const zeros = "00"
		dst = append(dst, zeros[:10-n]...)
		copy(dst[start+10-n:], dst[start:start+n])
		copy(dst[start:], zeros[:10-n])
		return dst, true, true
	}
	if n != 10 {
		return dst[:start], false, false
	}
	return dst, false, true
}

// wholeNumber writes a whole number of a workbook without exponent or fraction, and leaves any
// other as it is.
func wholeNumber(b []byte) []byte {
	if digits(b) {
		return b
	}
	f, err := strconv.ParseFloat(string(b), 64)
	if err != nil || f != float64(int64(f)) || f >= 1e15 || f <= -1e15 {
		return b
	}
	return strconv.AppendInt(nil, int64(f), 10)
}

// parseText returns the text in Unicode NFC: the same slice where it is so already, else in scratch.
func parseText(c cell, scratch []byte) (text []byte, ok bool) {
	b := c.text
	switch {
	case c.kind == errorCell:
		return nil, false
	case c.kind == numberCell && c.date:
		d, ok := parseSerial(c)
		if ok {
			return append(scratch[:0], d.String()...), true
		}
	case c.kind == numberCell:
		b = wholeNumber(b)
	}
	ascii := true
	for _, ch := range b {
		if ch < ' ' || ch == 0x7f {
			return nil, false
		}
		if ch >= 0x80 {
			ascii = false
		}
	}
	if ascii {
		return b, len(b) <= maxText
	}
	if !utf8.Valid(b) {
		return nil, false
	}
	if !norm.NFC.IsNormal(b) {
		b = norm.NFC.Append(scratch[:0], b...)
	}
	n := 0
	for _, r := range string(b) {
		if n++; n > maxText || forbidden(r) {
			return nil, false
		}
	}
	return b, true
}
