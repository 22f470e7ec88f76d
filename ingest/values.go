package ingest

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// cellKind says what a file tells about a value beside its text.
type cellKind uint8

const (
	plainText   cellKind = iota // of a delimited file
	sheetText                   // of a workbook
	numberCell                  // a number of a workbook, in the notation of XML
	boolCell                    // 0 or 1
	errorCell                   // #REF! and the like
	mergedCell                  // an empty one, merged with a cell above it that has the value
	formulaCell                 // a formula whose value the workbook does not hold
)

// cell is a value as it was read. The text belongs to the read buffer.
type cell struct {
	text []byte
	kind cellKind
	date bool // a number shown as a date or a time
	// epoch1904 says that the workbook counts dates from 1904, as those of old Macs do.
	epoch1904 bool
	formula   bool         // the value was calculated
	shape     *numberShape // how the number is shown, nil where nothing is added to its digits
}

// maxText is the length of a text in characters.
const maxText = 500

// notFilledIn reports whether a trimmed value stands for an empty one. unknown says that "onbekend"
// does, and the NA of a statistics program, which is also a country.
func notFilledIn(b []byte, unknown bool) bool {
	switch len(b) {
	case 0:
		return true
	case 1:
		return b[0] == '-'
	case 2:
		return string(b) == "--" || string(b) == `\N` || unknown && string(b) == "NA"
	case 3:
		return equalFold(b, "nvt") || equalFold(b, "nan") || equalFold(b, "nat") || equalFold(b, "n/a") || string(b) == "---"
	case 4:
		return equalFold(b, "null") || equalFold(b, "none") || equalFold(b, "<na>") || equalFold(b, "#n/b") || equalFold(b, "#n/a") || equalFold(b, "nvt.")
	case 5:
		return equalFold(b, "n.v.t")
	case 6:
		return equalFold(b, "n.v.t.") || equalFold(b, "(leeg)")
	case 7:
		return equalFold(b, "(blank)")
	case 8:
		return unknown && equalFold(b, "onbekend") || equalFold(b, "(blanco)")
	}
	return false
}

// equalFold compares with ASCII text in lower case.
func equalFold(b []byte, lower string) bool {
	return len(b) == len(lower) && strings.EqualFold(string(b), lower)
}

// booleans are the ways to write one.
var booleans = map[string]bool{
	"ja": true, "j": true, "yes": true, "y": true, "true": true, "waar": true, "1": true, "x": true,
	"nee": false, "n": false, "no": false, "false": false, "onwaar": false, "0": false,
}

// parseBool reads one of the booleans, in small letters or capitals, and the number 1 or 0 of a workbook.
func parseBool(c cell) (value, ok bool) {
	if value, ok = booleans[string(c.text)]; ok {
		return value, true
	}
	if c.kind == numberCell {
		f, err := strconv.ParseFloat(string(c.text), 64)
		return f == 1, err == nil && (f == 0 || f == 1)
	}
	if len(c.text) <= len("onwaar") {
		value, ok = booleans[string(bytes.ToLower(c.text))]
	}
	return value, ok
}

// parseVNumber appends the ten digits of a V-number to dst. padded says that zeros, lost in a
// numeric cell, were put back in front.
func parseVNumber(dst []byte, c cell) (out []byte, padded, ok bool) {
	if c.kind == boolCell || c.date {
		return dst, false, false
	}
	start := len(dst)
	b := c.text
	if c.kind == numberCell {
		if b = wholeNumber(b); !digits(b) { // a point is a decimal sign here
			return dst, false, false
		}
		if c.shape != nil {
			b = c.shape.show(nil, b)
		}
	}
	if b = withoutV(b); fractional(b) {
		return dst, false, false
	}
	for _, ch := range b {
		switch {
		case ch-'0' <= 9:
			if len(dst)-start == 10 {
				return dst[:start], false, false
			}
			dst = append(dst, ch)
		case ch == ' ' || ch == '.' || ch == '-':
		default:
			return dst[:start], false, false
		}
	}
	n := len(dst) - start
	if n == 0 || stopgap(dst[start:]) {
		return dst[:start], false, false
	}
	if c.kind == numberCell && (n == 8 || n == 9) {
		return slices.Insert(dst, start, []byte("00")[:10-n]...), true, true
	}
	if n != 10 {
		return dst[:start], false, false
	}
	return dst, false, true
}

// stopgap reports whether a number is one digit all through, as whoever must fill something in writes it:
// all those persons would be one.
func stopgap(number []byte) bool {
	return len(bytes.Trim(number, string(number[:1]))) == 0
}

// withoutV cuts a V, or v-nr. and the like, from the front of a number.
func withoutV(b []byte) []byte {
	if len(b) == 0 || b[0]|0x20 != 'v' {
		return b
	}
	i := 0
	for i < len(b) && b[i]-'0' > 9 {
		i++
	}
	switch string(fold(bytes.TrimRight(b[:i], ".: "))) {
	case "v", "vnr", "vnummer":
		return b[i:]
	}
	return b
}

// fractional reports whether the one dot in a number sets off decimals, and not a group of digits.
func fractional(b []byte) bool {
	i := bytes.IndexByte(b, '.')
	return i >= 7 && digits(b[:i]) && digits(b[i+1:])
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

// isRounded reports whether a number is written as a power of ten, as Excel does where it lost its last digits.
func isRounded(text []byte) bool {
	plus := bytes.IndexByte(text, '+')
	if plus < 2 || text[plus-1]|0x20 != 'e' || !digits(text[plus+1:]) {
		return false
	}
	first, rest := text[:1], text[1:plus-1]
	return digits(first) && (len(rest) == 0 || (rest[0] == '.' || rest[0] == ',') && digits(rest[1:]))
}

// parseText returns the text in Unicode NFC: the same slice where it is so already, else in scratch.
// A number of a workbook is the text that the workbook shows.
func parseText(c cell, scratch []byte) (text []byte, ok bool) {
	b := c.text
	switch {
	case c.kind == numberCell && c.date:
		if d, why := parseSerial(c); why == fine {
			return append(scratch[:0], d.String()...), true
		}
	case c.kind == numberCell:
		if b = wholeNumber(b); c.shape != nil && digits(b) {
			b = trim(c.shape.show(scratch[:0], b))
		}
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
