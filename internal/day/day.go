// Package day holds calendar dates without a time of day or a time zone. Every date in the pilot's
// registers is such a day; the arithmetic of nights and durations is the arithmetic of whole numbers.
package day

import (
	"time"

	"lvv/internal/say"
)

// Day is a calendar date, counted in days since 1970-01-01 (Arrow's date32, DuckDB's DATE).
type Day int32

// None stands for "no date". It lies before every date that a register may hold.
const None Day = -1 << 31

// Of returns the date of a year, month (1-12) and day of the month. Like time.Date it normalises:
// 31 April is 1 May.
func Of(year, month, dom int) Day {
	return Day(time.Date(year, time.Month(month), dom, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// Parse reads an ISO 8601 date, yyyy-mm-dd, of the years 1900-2100, the range that the input contract accepts. Exports
// have more ways to write a date; those are ingest's.
func Parse(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1900 || t.Year() > 2100 {
		return None, say.Errorf("%q is not a date (yyyy-mm-dd, 1900-2100)", s)
	}
	return Day(t.Unix() / 86400), nil
}

// Time returns midnight UTC of the day.
func (d Day) Time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// Civil returns year, month and day of the month.
func (d Day) Civil() (year, month, dom int) {
	t := d.Time()
	return t.Year(), int(t.Month()), t.Day()
}

// String writes the date as yyyy-mm-dd, and None as the empty string.
func (d Day) String() string {
	if d == None {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// IsZero reports whether there is no date, which JSON may then leave out (omitzero).
func (d Day) IsZero() bool { return d == None }

// AddMonths moves n months on, keeping the day of the month where it exists and else taking the
// month's last day (31 January + 1 month = 28 or 29 February).
func (d Day) AddMonths(n int) Day {
	y, m, dom := d.Civil()
	last := Of(y, m+n+1, 0)
	if _, _, l := last.Civil(); dom > l {
		return last
	}
	return Of(y, m+n, dom)
}

// MarshalText writes the ISO form, so that JSON and YAML hold it as text.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the ISO form; empty text is None.
func (d *Day) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = None
		return nil
	}
	v, err := Parse(string(b))
	if err != nil {
		return err
	}
	*d = v
	return nil
}
