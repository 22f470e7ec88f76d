package ingest

import (
	"bytes"
	"math"
	"strconv"

	"lvv/internal/day"
)

// parseDate reads the accepted forms of a date: 31-01-2020, 31/01/2020, 1-2-2020, 2020-01-31 and
// 20200131, any of them with a midnight time behind it, and in a workbook a serial number. The text
// must be trimmed and not empty.
func parseDate(c cell) (day.Day, bool) {
	switch c.kind {
	case numberCell:
		return parseSerial(c)
	case boolCell, errorCell:
		return day.None, false
	}
	b := c.text
	if d, ok := parseCommonDate(b); ok {
		return d, true
	}
	for i, ch := range b {
		if ch == ' ' || ch == 'T' || ch == 0xC2 {
			if !midnight(b[i:]) {
				return day.None, false
			}
			b = b[:i]
			break
		}
	}
	switch {
	case len(b) == 8 && digits(b):
		return civil(number(b[:4]), number(b[4:6]), number(b[6:]))
	case len(b) == 10 && b[4] == '-' && b[7] == '-':
		if !digits(b[:4]) || !digits(b[5:7]) || !digits(b[8:]) {
			return day.None, false
		}
		return civil(number(b[:4]), number(b[5:7]), number(b[8:]))
	case len(b) == 5 && c.kind == sheetText && digits(b):
		return parseSerial(c)
	}
	return parseDayFirst(b)
}

// parseCommonDate reads dd-mm-yyyy and dd/mm/yyyy, which nearly all dates are, in one pass.
func parseCommonDate(b []byte) (day.Day, bool) {
	if len(b) != 10 || b[2] != b[5] || (b[2] != '-' && b[2] != '/') {
		return day.None, false
	}
	for _, i := range [...]int{0, 1, 3, 4, 6, 7, 8, 9} {
		if b[i]-'0' > 9 {
			return day.None, false
		}
	}
	two := func(i int) int { return 10*int(b[i]-'0') + int(b[i+1]-'0') }
	return civil(100*two(6)+two(8), two(3), two(0))
}

// parseDayFirst reads d-m-yyyy and d/m/yyyy with one or two digits for day and month.
func parseDayFirst(b []byte) (day.Day, bool) {
	if len(b) < 8 || len(b) > 10 {
		return day.None, false
	}
	i := 1
	if b[1] != '-' && b[1] != '/' {
		i = 2
	}
	sep := b[i]
	j := i + 2
	if b[j] != sep {
		j++
	}
	if (sep != '-' && sep != '/') || len(b) != j+5 || b[j] != sep ||
		!digits(b[:i]) || !digits(b[i+1:j]) || !digits(b[j+1:]) {
		return day.None, false
	}
	return civil(number(b[j+1:]), number(b[i+1:j]), number(b[:i]))
}

// midnight reports whether b is white space or a T, then 0:00 with optional seconds, fractions and
// the zone whose midnight it is, or 12:00 AM.
func midnight(b []byte) bool {
	if b[0] == 'T' {
		b = b[1:]
	} else {
		b = trim(b)
	}
	b = cutZone(b)
	if n := len(b); n > 4 && equalFold(b[n-2:], "am") && b[0] == '1' && b[1] == '2' {
		b = trim(b[2 : n-2])
		return len(b) > 0 && b[0] == ':' && zeroTime(b, 2)
	}
	return zeroTime(b, 0)
}

// cutZone cuts Z or an offset such as +01:00, +0100 or +01 from the end of a time.
func cutZone(b []byte) []byte {
	n := len(b)
	if n > 0 && b[n-1] == 'Z' {
		return b[:n-1]
	}
	i := bytes.LastIndexAny(b, "+-")
	if i < 0 {
		return b
	}
	switch zone := b[i+1:]; {
	case len(zone) == 2 && digits(zone), len(zone) == 4 && digits(zone),
		len(zone) == 5 && zone[2] == ':' && digits(zone[:2]) && digits(zone[3:]):
		return trim(b[:i])
	}
	return b
}

// zeroTime reports whether b is a time of nothing but zeros, of which run stood before it.
func zeroTime(b []byte, run int) bool {
	colons := 0 // and run counts the digits since the last separator
	for i, c := range b {
		switch {
		case c == '0':
			run++
		case c == ':' && colons < 2 && (run == 2 || run == 1 && colons == 0):
			colons, run = colons+1, 0
		case c == '.' && colons == 2 && run == 2 && i < len(b)-1:
			colons, run = 3, 0
		default:
			return false
		}
	}
	return run == 2 && colons >= 1 || colons == 3 && run > 0
}

// lastSerial is 31 December 2100 as Excel counts.
const lastSerial = 73415

// parseSerial reads the number in a workbook's cell: a date in Excel's count, or the eight digits of
// yyyymmdd. A time of day other than midnight makes it no date.
func parseSerial(c cell) (day.Day, bool) {
	f, err := strconv.ParseFloat(string(c.text), 64)
	if err != nil {
		return day.None, false
	}
	n := math.Round(f)
	// Half a second is what a stored midnight may be off by rounding.
	if math.Abs(f-n) > 0.5/86400 {
		return day.None, false
	}
	if n >= 19000101 && n <= 21001231 {
		v := int(n)
		return civil(v/10000, v/100%100, v%100)
	}
	if c.epoch1904 {
		n += 1462
	}
	switch {
	case !(n >= 1 && n <= lastSerial) || n == 60: // not a number, or the 29 February 1900 that never was
		return day.None, false
	case n < 60:
		n++
	}
	return day.Day(int32(n) - 25569), true
}

var monthDays = [13]int{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

// civil is day.Of with the check of day.Valid, in integer arithmetic: a million rows have several
// million dates. The day count is Howard Hinnant's days_from_civil.
func civil(y, m, d int) (day.Day, bool) {
	if y < 1900 || y > 2100 || m < 1 || m > 12 || d < 1 || d > monthDays[m] {
		return day.None, false
	}
	if m == 2 && d == 29 && (y%4 != 0 || y%100 == 0 && y%400 != 0) {
		return day.None, false
	}
	if m <= 2 {
		y--
		m += 12
	}
	era := y / 400
	yoe := y - era*400
	doy := (153*(m-3)+2)/5 + d - 1
	doe := yoe*365 + yoe/4 - yoe/100 + doy
	return day.Day(era*146097 + doe - 719468), true
}

func digits(b []byte) bool {
	for _, c := range b {
		if c-'0' > 9 {
			return false
		}
	}
	return len(b) > 0
}

// number is the value of a few digits.
func number(b []byte) int {
	n := 0
	for _, c := range b {
		n = n*10 + int(c-'0')
	}
	return n
}
