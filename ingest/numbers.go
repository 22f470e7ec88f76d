package ingest

import (
	"bytes"
	"slices"
	"strconv"
)

// decimal is a number as it was written, before it is fitted to a column.
type decimal struct {
	negative bool
	whole    uint64
	fraction []byte // digits behind the decimal sign
}

// maxWholeDigits bounds the digits before the decimal sign that are read.
const maxWholeDigits = 16

// A larger number is a reference that slipped into the column. The bounds keep the sum of thousands of
// them within 64 bits, so that a whole column that slipped shows in the figures and stops nothing.
const (
	maxUnits = 1_000_000_000_000_000 // of the last decimal
	maxWhole = 1_000_000_000
)

// parseDecimal reads 1234.56, 1234,56, 1.234,56, 1 234,56, 1.234,-, (1.234,50) and +12, with or without
// the sign of the euro, and the number of a workbook's cell.
//
// A dot with exactly three digits behind it separates thousands, as Dutch registers write it, and a comma
// with exactly three digits behind it could be either and is refused, unless the column or the terms
// said which of them is the decimal sign: a figure a thousand times too small is worse than
// one to be written again. So is a cell that a workbook shows as a date or a time: somebody typed 1-2
// or 1:30, and its number is another one.
func parseDecimal(c cell, scratch []byte, said decimalSign) (decimal, bool) {
	switch c.kind {
	case boolCell, errorCell, mergedCell, formulaCell:
		return decimal{}, false
	case numberCell:
		f, err := strconv.ParseFloat(string(c.text), 64)
		if c.date || err != nil || f >= 1e16 || f <= -1e16 || f != f {
			return decimal{}, false
		}
		b := strconv.AppendFloat(scratch[:0], f, 'f', -1, 64)
		return plainDecimal(b)
	}
	if d, ok := shortDecimal(c.text); ok {
		return d, true
	}
	b, negative, ok := bare(c.text)
	if !ok || len(b) == 0 {
		return decimal{}, false
	}
	whole, fraction, sign := splitDecimal(b)
	if sign == either {
		switch i := bytes.IndexAny(b, ".,"); {
		case said == pointSign && b[i] == '.', said == commaSign && b[i] == ',':
			whole, fraction = b[:i], b[i+1:]
		case said == noSign && b[i] == ',':
			return decimal{}, false
		}
	}
	if sign == neither || fraction != nil && !digits(fraction) {
		return decimal{}, false
	}
	separators := thousands
	if said == pointSign {
		separators = englishThousands
	}
	digitsOnly, ok := ungroup(whole, scratch[:0], separators)
	if !ok || len(digitsOnly) > maxWholeDigits {
		return decimal{}, false
	}
	n, err := strconv.ParseUint(string(digitsOnly), 10, 64)
	return decimal{negative, n, fraction}, err == nil
}

// shortDecimal reads up to nine digits, and those with a comma or dot and one or two digits behind,
// which nearly all numbers are.
func shortDecimal(b []byte) (decimal, bool) {
	whole, fraction := b, []byte(nil)
	for _, n := range [...]int{2, 3} {
		if i := len(b) - n; i > 0 && (b[i] == ',' || b[i] == '.') {
			whole, fraction = b[:i], b[i+1:]
			break
		}
	}
	if len(whole) > 9 || !digits(whole) || (fraction != nil && !digits(fraction)) {
		return decimal{}, false
	}
	return decimal{whole: uint64(number(whole)), fraction: fraction}, true
}

// plainDecimal reads what strconv wrote.
func plainDecimal(b []byte) (decimal, bool) {
	b, negative := bytes.CutPrefix(b, []byte{'-'})
	whole, fraction, _ := bytes.Cut(b, []byte{'.'})
	n, err := strconv.ParseUint(string(whole), 10, 64)
	return decimal{negative, n, fraction}, err == nil
}

var currencies = []string{"€", "eur", "euro"}

// bare takes sign and currency from a number, and the dash that stands for no cents.
func bare(b []byte) (rest []byte, negative, ok bool) {
	if n := len(b); n > 2 && b[0] == '(' && b[n-1] == ')' {
		b, negative = trim(b[1:n-1]), true
	}
	signed := negative
	sign := func(rest []byte, minus bool) bool {
		if signed {
			return false
		}
		b, negative, signed = trim(rest), minus, true
		return true
	}
	front := func() bool {
		return len(b) == 0 || b[0] != '-' && b[0] != '+' || sign(b[1:], b[0] == '-')
	}
	if !front() {
		return nil, false, false
	}
	if amount, found := withoutCurrency(b); found {
		b = amount
		if !front() {
			return nil, false, false
		}
	}
	for _, none := range []string{",--", ",-", ".--", ".-", ",="} {
		if r, found := bytes.CutSuffix(b, []byte(none)); found {
			// Its comma or point stays, so that the dots before a comma are thousands.
			return append(slices.Clip(r), none[0], '0'), negative, true
		}
	}
	if n := len(b); n > 1 && b[n-1] == '-' && bytes.ContainsAny(b, ",.") && !sign(b[:n-1], true) {
		return nil, false, false
	}
	return b, negative, true
}

// withoutCurrency cuts a sign or name of the euro from the front or the end.
func withoutCurrency(b []byte) (amount []byte, found bool) {
	for _, c := range currencies {
		n := len(c)
		switch {
		case len(b) < n:
		case bytes.EqualFold(b[:n], []byte(c)) && (len(b) == n || b[n]|0x20 != 'o'):
			return trim(b[n:]), true
		case bytes.EqualFold(b[len(b)-n:], []byte(c)):
			return trim(b[:len(b)-n]), true
		}
	}
	return b, false
}

// decimalSign says which sign of a number separates the decimals.
type decimalSign uint8

const (
	noSign    decimalSign = 0      // it has none
	commaSign decimalSign = 1 << 0 // it is proven to be the comma
	pointSign decimalSign = 1 << 1 // it is proven to be the point
	either    decimalSign = 1 << 2 // its one point or comma may separate decimals or thousands
	neither   decimalSign = 1 << 3 // it is no number
)

// splitDecimal finds the decimal sign of a number that is bare. fraction is nil where there is none, or
// where the sign could be either.
func splitDecimal(b []byte) (whole, fraction []byte, sign decimalSign) {
	comma, point := bytes.LastIndexByte(b, ','), bytes.LastIndexByte(b, '.')
	at := max(comma, point)
	if at < 0 {
		return b, nil, noSign
	}
	if at == len(b)-1 {
		return nil, nil, neither
	}
	here, other := commaSign, pointSign
	if at == point {
		here, other = pointSign, commaSign
	}
	first := bytes.IndexByte(b, b[at])
	switch {
	case comma >= 0 && point >= 0:
		if first != at { // 1.234,5,6
			return nil, nil, neither
		}
	case first != at: // 1.234.567: it separates thousands
		return b, nil, other
	case len(b)-at == 4 && at >= 1 && at <= 3 && digits(b[:at]) && b[0] != '0':
		return b, nil, either
	}
	return b[:at], b[at+1:], here
}

// signOf tells what a value of a column of numbers proves about its decimal sign.
func signOf(c cell) decimalSign {
	if c.kind != plainText && c.kind != sheetText || bytes.IndexByte(c.text, '.') < 0 && bytes.IndexByte(c.text, ',') < 0 {
		return noSign
	}
	if _, dutch := parseDecimal(c, nil, noSign); !dutch {
		if _, ok := parseDecimal(c, nil, pointSign); !ok {
			return noSign
		}
	}
	b, _, _ := bare(c.text)
	_, _, sign := splitDecimal(b)
	return sign
}

// Separators of thousands, of which a number uses one kind.
var (
	thousands        = [][]byte{{'.'}, {' '}, {'\''}}
	englishThousands = [][]byte{{','}, {' '}, {'\''}}
)

// ungroup drops the separators of thousands, which stand before every three digits.
func ungroup(b, dst []byte, separators [][]byte) ([]byte, bool) {
	switch {
	case len(b) == 0: // .50
		return append(dst, '0'), true
	case digits(b):
		return append(dst, b...), true
	}
	for _, sep := range separators {
		if !bytes.Contains(b, sep) {
			continue
		}
		for i, group := range bytes.Split(b, sep) {
			if !digits(group) || len(group) > 3 || (i > 0 && len(group) != 3) {
				return nil, false
			}
			dst = append(dst, group...)
		}
		return dst, true
	}
	return nil, false
}

// units rounds half away from zero to so many decimals, and counts in units of the last one. ok is
// false for a number that is too large.
func (d decimal) units(decimals int) (n int64, ok bool) {
	n = int64(d.whole)
	for i := range decimals {
		if n >= maxUnits/10 {
			return 0, false
		}
		n *= 10
		if i < len(d.fraction) {
			n += int64(d.fraction[i] - '0')
		}
	}
	if len(d.fraction) > decimals && d.fraction[decimals] >= '5' {
		n++
	}
	if d.negative {
		n = -n
	}
	return n, n > -maxUnits && n < maxUnits
}

// integer returns the number if it is whole, not negative and not too large.
func (d decimal) integer() (int64, bool) {
	zero := len(bytes.Trim(d.fraction, "0")) == 0
	return int64(d.whole), zero && d.whole < maxWhole && (!d.negative || d.whole == 0)
}
