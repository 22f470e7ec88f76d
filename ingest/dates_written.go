package ingest

import (
	"bytes"
	"strings"

	"lvv/internal/day"
)

// writtenDate is what a notation of a date says.
type writtenDate struct {
	day day.Day
	why reason
	// swapped is the date with month and day in each other's place, day.None where there is none. It is
	// only set for day and month in digits, with the year behind them.
	swapped day.Day
	full    int // the year, where it stands behind the others in four digits
}

// parseWrittenDate reads every notation of the contract: day, month and year in this order or from the
// year down, the month in digits or by its Dutch or English name, a weekday in front, a time of day
// behind, which is dropped.
func parseWrittenDate(b []byte) writtenDate {
	none := writtenDate{day: day.None, why: invalidDate, swapped: day.None}
	if len(b) > 80 {
		return none
	}
	p := dateText(bytes.ToLower(b))
	p.weekday()
	w, ok := p.date()
	if !ok {
		return none
	}
	switch midnight, zone, ok := p.clock(); { // midnight in the zones of Europe is that day here
	case !ok:
		return none
	case zone && !midnight && w.why == fine:
		w.why = timeZone
	}
	return w
}

// dateText is the rest of a date that is being read, in lower case.
type dateText []byte

// blanks skips what may stand between the parts of a date.
func (p *dateText) blanks(also string) {
	*p = bytes.TrimLeft(*p, " "+also)
}

// number takes up to limit digits and returns how many there were.
func (p *dateText) number(limit int) (n, size int) {
	for size < len(*p) && size < limit && (*p)[size]-'0' <= 9 {
		n = 10*n + int((*p)[size]-'0')
		size++
	}
	*p = (*p)[size:]
	return n, size
}

// word takes the letters at the front.
func (p *dateText) word() string {
	i := 0
	for i < len(*p) && ((*p)[i]-'a' < 26 || (*p)[i] >= 0x80) {
		i++
	}
	w := string((*p)[:i])
	*p = (*p)[i:]
	return w
}

// one takes one character of a set; 0 where there is none.
func (p *dateText) one(set string) byte {
	if len(*p) == 0 || strings.IndexByte(set, (*p)[0]) < 0 {
		return 0
	}
	c := (*p)[0]
	*p = (*p)[1:]
	return c
}

var weekdays = map[string]bool{
	"ma": true, "di": true, "wo": true, "do": true, "vr": true, "za": true, "zo": true, "mon": true, "tue": true, "wed": true, "thu": true, "fri": true, "sat": true, "sun": true,
	"maa": true, "din": true, "woe": true, "don": true, "vri": true, "zat": true, "zon": true,
	"maandag": true, "dinsdag": true, "woensdag": true, "donderdag": true, "vrijdag": true, "zaterdag": true, "zondag": true,
	"monday": true, "tuesday": true, "wednesday": true, "thursday": true, "friday": true, "saturday": true, "sunday": true,
}

// weekday drops a weekday in front.
func (p *dateText) weekday() {
	rest := *p
	if weekdays[rest.word()] {
		rest.blanks(".,")
		*p = rest
	}
}

var months = map[string]int{
	"jan": 1, "feb": 2, "mrt": 3, "maa": 3, "mar": 3, "apr": 4, "mei": 5, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "okt": 10, "oct": 10, "nov": 11, "dec": 12,
	"januari": 1, "februari": 2, "maart": 3, "april": 4, "juni": 6, "juli": 7, "augustus": 8, "september": 9, "oktober": 10, "november": 11, "december": 12,
	"january": 1, "february": 2, "march": 3, "june": 6, "july": 7, "august": 8, "october": 10,
}

// month takes the name of a month with what separates it from its neighbours.
func (p *dateText) month() (int, bool) {
	rest := *p
	rest.blanks("-/.")
	m, ok := months[rest.word()]
	if ok {
		rest.blanks("-/.,")
		*p = rest
	}
	return m, ok
}

const dateSeparators = "-/. "

// date takes the date itself. The reason of the result is fine where the year stands there whole.
func (p *dateText) date() (writtenDate, bool) {
	if m, ok := p.month(); ok { // Mar 5, 2020
		d, size := p.number(2)
		apart := p.one(" ,") != 0
		p.blanks(",")
		return p.year(m, d, size > 0 && apart)
	}
	n, size := p.number(8)
	switch {
	case size == 8:
		if len(*p) >= 6 && digits((*p)[:6]) { // yyyymmddhhmmss
			*p = append(dateText(" "+string((*p)[:2])+":"+string((*p)[2:4])+":"+string((*p)[4:6])), (*p)[6:]...)
		}
		return written(n/10000, n/100%100, n%100), true
	case size == 4:
		return p.fromYear(n)
	case size < 1 || size > 2:
		return writtenDate{}, false
	}
	if m, ok := p.month(); ok { // 5 maart 2020
		return p.year(m, n, true)
	}
	sep := p.one(dateSeparators)
	p.blanks("")
	m, size := p.number(2)
	if sep == 0 || size == 0 || p.one(string(sep)) == 0 {
		return writtenDate{}, false
	}
	p.blanks("")
	w, ok := p.year(m, n, true)
	if y := w.full; y > 0 {
		w.swapped = written(y, n, m).day
	}
	return w, ok
}

// year takes the year that belongs to a month and a day.
func (p *dateText) year(m, d int, ok bool) (writtenDate, bool) {
	short := p.one("'’") != 0
	y, size := p.number(4)
	switch {
	case !ok:
		return writtenDate{}, false
	case size == 4 && !short:
		w := written(y, m, d)
		w.full = y
		return w, true
	case size == 2:
		_, ok := civil(2000+y, m, d)
		return writtenDate{day: day.None, why: shortYear, swapped: day.None}, ok
	}
	return writtenDate{}, false
}

// fromYear takes month and day behind a year.
func (p *dateText) fromYear(y int) (writtenDate, bool) {
	if len(*p) == 0 && y >= 1900 && y <= 2100 {
		return writtenDate{day: day.None, why: yearOnly, swapped: day.None}, true
	}
	if m, ok := p.month(); ok { // 2020-mrt-05
		d, size := p.number(2)
		return written(y, m, d), size > 0
	}
	sep := p.one(dateSeparators)
	m, size := p.number(2)
	if sep == 0 || size == 0 || p.one(string(sep)) == 0 {
		return writtenDate{}, false
	}
	d, size := p.number(2)
	return written(y, m, d), size > 0
}

func written(y, m, d int) writtenDate {
	at, why := dated(civil(y, m, d))
	return writtenDate{day: at, why: why, swapped: day.None}
}

// clock takes the time of day behind a date, to the end. midnight says that it is one, or that there is
// no time; zone that it names a time zone. 24:00 is the end of the day that is named.
func (p *dateText) clock() (midnight, zone, ok bool) {
	if len(*p) == 0 {
		return true, false, true
	}
	if p.one("t") == 0 && p.one(" ,") == 0 {
		return false, false, false
	}
	p.blanks("")
	h, size := p.number(2)
	if size == 0 {
		return false, false, false
	}
	zero, parts := true, 1
	for ; parts < 4; parts++ {
		set := [...]string{1: ":.uh", 2: ":", 3: ".,"}[parts]
		if len(*p) < 2 || (*p)[1]-'0' > 9 || p.one(set) == 0 {
			break
		}
		n, size := p.number(9)
		if parts < 3 && (size != 2 || n > 59) {
			return false, false, false
		}
		zero = zero && n == 0
	}
	p.blanks("")
	half := bytes.HasPrefix(*p, []byte("am")) || bytes.HasPrefix(*p, []byte("pm"))
	switch {
	case half && (h < 1 || h > 12), h > 24, h == 24 && !zero:
		return false, false, false
	case half:
		h = h%12 + 12*int(((*p)[0]-'a')/('p'-'a'))
		*p = (*p)[2:]
	}
	named := *p
	switch named.word() {
	case "uur", "u", "h":
		*p, half = named, true
	}
	if parts == 1 && !half {
		return false, false, false // a number alone is no time
	}
	p.blanks("")
	zone = len(*p) > 0
	east, ok := p.zone()
	return zero && !east && (h == 0 || h == 24 && !zone), zone, ok
}

var zones = map[string]bool{"": true, "z": true, "utc": true, "gmt": true, "cet": true, "cest": true, "met": true, "mest": true}

// zone takes the name of a time zone or an offset, to the end. east says that midnight there may be the
// evening before in the Netherlands.
func (p *dateText) zone() (east, ok bool) {
	if !zones[p.word()] {
		return false, false
	}
	p.blanks("")
	sign := p.one("+-")
	if sign == 0 {
		return false, len(*p) == 0
	}
	hours, size := p.number(4)
	if size == 4 {
		hours /= 100
	}
	if size != 2 && size != 4 {
		return false, false
	}
	if p.one(":") != 0 {
		if _, size := p.number(2); size != 2 {
			return false, false
		}
	}
	return sign == '+' && hours > 2, len(*p) == 0
}
