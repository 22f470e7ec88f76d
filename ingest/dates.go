package ingest

import (
	"math"
	"strconv"

	"lvv/internal/day"
)

// parseDate reads a date as it stands in a cell: one of the notations of text, and in a workbook a serial
// number. The text must be clean and not empty. The reason is fine, or says what is wrong.
func parseDate(c cell) (day.Day, reason) {
	switch c.kind {
	case numberCell:
		return parseSerial(c)
	case boolCell, errorCell, mergedCell, formulaCell:
		return day.None, invalidDate
	}
	if d, ok := parseCommonDate(c.text); ok {
		return d, fine
	}
	if c.kind == sheetText && len(c.text) == 5 && digits(c.text) {
		return parseSerial(c)
	}
	w := parseWrittenDate(c.text)
	return w.day, w.why
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

// lastSerial is 31 December 2100 as Excel counts. A number that is not shown as a date is one only
// between firstBare and lastBare, from 1954 to 2064: others are amounts, years and numbers of things.
const (
	lastSerial = 73415
	firstBare  = 20000
	lastBare   = 60000
	days1904   = 1462 // between the two days from which workbooks count
)

// parseSerial reads the number in a workbook's cell: a date in Excel's count, of which a time of day is
// dropped, or the eight digits of yyyymmdd.
func parseSerial(c cell) (day.Day, reason) {
	f, err := strconv.ParseFloat(string(c.text), 64)
	if err != nil {
		return day.None, invalidDate
	}
	// A stored midnight may be off by a rounding, which is less than a thousandth of a second.
	n := math.Floor(f + 1e-9)
	if n >= 19000101 && n <= 21001231 {
		v := int(n)
		return dated(civil(v/10000, v/100%100, v%100))
	}
	if !c.date && n == f && n >= 1900 && n <= 2100 {
		return day.None, yearOnly
	}
	if c.epoch1904 {
		n += days1904
	}
	switch {
	case !c.date && (n < firstBare || n > lastBare):
		return day.None, invalidDate
	case !(n >= 1 && n <= lastSerial) || n == 60: // not a number, or the 29 February 1900 that never was
		return day.None, invalidDate
	case n < 60:
		n++
	}
	return serialDay(n, false), fine
}

// serialDay is the day of a number after February 1900 in Excel's count.
func serialDay(n float64, epoch1904 bool) day.Day {
	if epoch1904 {
		n += days1904
	}
	return day.Day(int32(n) - 25569)
}

// dated turns the result of civil into that of parseDate.
func dated(d day.Day, ok bool) (day.Day, reason) {
	if !ok {
		return day.None, invalidDate
	}
	return d, fine
}

var monthDays = [13]int{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

// civil is day.Of for dates that day.Parse takes, in integer arithmetic: a million rows have several
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
