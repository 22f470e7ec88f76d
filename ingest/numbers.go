package ingest

import (
	"bytes"
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

// parseDecimal reads 1234.56, 1234,56, 1.234,56 and 1 234,56, with or without a euro sign, and the
// number of a workbook's cell.
//
// A dot with exactly three digits behind it separates thousands, as Dutch registers write it; a
// comma with exactly three digits behind it could be either and is refused: a figure a thousand
// times too small is worse than one to be written again. So is a cell that a workbook shows as a date
// or a time: somebody typed 1-2 or 1:30, and its number is another one.
func parseDecimal(c cell, scratch []byte) (decimal, bool) {
	switch c.kind {
	case boolCell, errorCell:
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
	b, negative := stripSign(c.text)
	whole, fraction, ok := splitDecimal(b)
	if !ok || (fraction != nil && !digits(fraction)) {
		return decimal{}, false
	}
	digitsOnly, ok := ungroup(whole, scratch[:0])
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

var (
	euro  = []byte("€")
	minus = []byte("−")
)

// stripSign takes a minus and a euro sign from the front, in either order, or the euro sign from
// the end.
func stripSign(b []byte) (rest []byte, negative bool) {
	cutMinus := func() {
		for _, m := range [][]byte{{'-'}, minus} {
			if r, ok := bytes.CutPrefix(b, m); ok && !negative {
				b, negative = trim(r), true
			}
		}
	}
	cutMinus()
	if r, ok := bytes.CutPrefix(b, euro); ok {
		b = trim(r)
		cutMinus()
	} else if r, ok := bytes.CutSuffix(b, euro); ok {
		b = trim(r)
	}
	return b, negative
}

// splitDecimal finds the decimal sign. fraction is nil where there is none.
func splitDecimal(b []byte) (whole, fraction []byte, ok bool) {
	if before, after, ok := bytes.Cut(b, []byte{','}); ok {
		whole, fraction = before, after
		ambiguous := len(fraction) == 3 && len(whole) <= 3 && digits(whole) && whole[0] != '0'
		return whole, fraction, !ambiguous && len(fraction) > 0
	}
	i := bytes.IndexByte(b, '.')
	if i < 0 || bytes.LastIndexByte(b, '.') != i {
		return b, nil, true
	}
	whole, fraction = b[:i], b[i+1:]
	if len(fraction) == 3 && len(whole) <= 3 && digits(whole) && whole[0] != '0' {
		return b, nil, true
	}
	return whole, fraction, len(fraction) > 0
}

// ungroup drops the separators of thousands: dots or spaces, one kind, before every three digits.
func ungroup(b, dst []byte) ([]byte, bool) {
	if digits(b) {
		return append(dst, b...), true
	}
	var sep []byte
	for _, s := range [][]byte{{'.'}, {' '}, []byte("\u00a0"), []byte("\u202f")} {
		if bytes.Contains(b, s) {
			sep = s
			break
		}
	}
	if sep == nil {
		return nil, false
	}
	for i, group := range bytes.Split(b, sep) {
		if !digits(group) || len(group) > 3 || (i > 0 && len(group) != 3) {
			return nil, false
		}
		dst = append(dst, group...)
	}
	return dst, true
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
