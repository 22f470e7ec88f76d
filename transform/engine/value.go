package engine

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

	"lvv/internal/day"
	"lvv/internal/say"
)

// Kind says what a [Value] holds.
type Kind uint8

// The kinds of value.
const (
	Null  Kind = iota // nothing: not available, undefined, or hidden by disclosure control
	Count             // a whole number
	Real              // a ratio, mean or quantile, unrounded
	Money             // euros, exact, held in cents
	Date              // a calendar date
	Text              // a label or code
)

// Value is one cell of a result. The zero Value is null. Values compare with ==.
type Value struct {
	kind Kind
	n    int64 // Count, Money (cents), Date (days since 1970-01-01)
	f    float64
	s    string
}

// CountOf returns a whole number.
func CountOf(n int64) Value { return Value{kind: Count, n: n} }

// RealOf returns a ratio, mean or quantile.
func RealOf(f float64) Value { return Value{kind: Real, f: f} }

// CentsOf returns an amount of money.
func CentsOf(cents int64) Value { return Value{kind: Money, n: cents} }

// DateOf returns a date.
func DateOf(d day.Day) Value { return Value{kind: Date, n: int64(d)} }

// TextOf returns a label or code.
func TextOf(s string) Value { return Value{kind: Text, s: s} }

// Kind returns what the value holds.
func (v Value) Kind() Kind { return v.kind }

// IsNull reports whether the value holds nothing.
func (v Value) IsNull() bool { return v.kind == Null }

// Int returns a count, or the cents of an amount; it panics on any other kind.
func (v Value) Int() int64 {
	if v.kind != Count && v.kind != Money {
		panic(fmt.Sprintf("engine: Int of a value of kind %d", v.kind))
	}
	return v.n
}

// Float returns any number as a float64, money in euros; null and other kinds are 0. It is for
// drawing, not for further calculation.
func (v Value) Float() float64 {
	switch v.kind {
	case Count:
		return float64(v.n)
	case Money:
		return float64(v.n) / 100
	case Real:
		return v.f
	}
	return 0
}

// Day returns a date, and day.None for any other kind.
func (v Value) Day() day.Day {
	if v.kind != Date {
		return day.None
	}
	return day.Day(v.n)
}

// Str returns the text of a Text value, and "" for any other kind.
func (v Value) Str() string { return v.s }

// String is the plain form: no thousands separators, a dot before decimals, ISO dates.
func (v Value) String() string {
	switch v.kind {
	case Count:
		return strconv.FormatInt(v.n, 10)
	case Real:
		return strconv.FormatFloat(v.f, 'g', -1, 64)
	case Money:
		sign, n := "", uint64(v.n)
		if v.n < 0 {
			sign, n = "-", -n
		}
		return fmt.Sprintf("%s%d.%02d", sign, n/100, n%100)
	case Date:
		return day.Day(v.n).String()
	case Text:
		return v.s
	}
	return ""
}

// MarshalJSON writes counts and reals as numbers, money as a string with two decimals, dates and
// text as strings, and null as null.
func (v Value) MarshalJSON() ([]byte, error) {
	switch v.kind {
	case Null:
		return []byte("null"), nil
	case Count:
		return []byte(v.String()), nil
	case Real:
		return json.Marshal(v.f)
	}
	return json.Marshal(v.String())
}

// UnmarshalJSON reads a value whose unit nothing tells: see [ParseValue].
func (v *Value) UnmarshalJSON(raw []byte) (err error) {
	*v, err = ParseValue(raw, "")
	return err
}

// ParseValue reads a value that [Value.MarshalJSON] wrote, by its unit: count, eur, date, text, or one of real
// numbers. Without a unit a whole number is a count, any other number a real, a string an amount. Null, and
// no text at all, is null.
func ParseValue(raw json.RawMessage, unit string) (Value, error) {
	if len(raw) == 0 || string(raw) == "null" {
		return Value{}, nil
	}
	if raw[0] == '"' {
		var text string
		if err := json.Unmarshal(raw, &text); err != nil {
			return Value{}, err
		}
		return parseText(text, unit)
	}
	var n json.Number
	if err := json.Unmarshal(raw, &n); err != nil {
		return Value{}, err
	}
	whole, err := n.Int64()
	isWhole := err == nil
	f, err := n.Float64()
	switch {
	case err != nil || math.IsInf(f, 0):
		return Value{}, say.Errorf("%s is not a number", raw)
	case unit == "eur" || unit == "date" || unit == "text" || unit == "none":
		return Value{}, say.Errorf("%s does not go with the unit %s", raw, unit)
	case isWhole && (unit == "" || unit == "count"):
		return CountOf(whole), nil
	}
	return RealOf(f), nil
}

func parseText(text, unit string) (Value, error) {
	switch unit {
	case "text":
		return TextOf(text), nil
	case "date":
		d, err := day.Parse(text)
		return DateOf(d), err
	case "eur", "":
		digits, negative := strings.CutPrefix(text, "-")
		cents, ok := ParseDecimal(digits, 2)
		if !ok {
			return Value{}, say.Errorf("%q is not an amount", text)
		}
		if negative {
			cents = -cents
		}
		return CentsOf(cents), nil
	}
	return Value{}, say.Errorf("%q does not go with the unit %s", text, unit)
}

// ParseDecimal reads digits with an optional fraction; ok is false for anything else, for too many
// decimals, and for numbers that do not fit.
func ParseDecimal(s string, digits int) (units int64, ok bool) {
	whole, fraction, _ := strings.Cut(s, ".")
	if whole == "" || len(fraction) > digits || strings.HasSuffix(s, ".") {
		return 0, false
	}
	for _, c := range whole + fraction + strings.Repeat("0", digits-len(fraction)) {
		if c < '0' || c > '9' || units > (math.MaxInt64-9)/10 {
			return 0, false
		}
		units = units*10 + int64(c-'0')
	}
	return units, true
}
