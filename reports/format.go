package reports

import (
	"math"
	"strconv"
	"strings"
	"time"

	"lvv/internal/day"
	"lvv/transform/engine"
)

// nbsp keeps an amount and its sign, or a number and its unit, on one line.
const nbsp = "\u00a0"

// Pick returns the Dutch or the English text.
func (l Lang) Pick(nl, en string) string {
	if l == English {
		return en
	}
	return nl
}

// Counted writes a number, in the text that readers see, with what it counts.
func Counted(number, one, many string) string {
	if number == "1" {
		return number + " " + one
	}
	return number + " " + many
}

// Count writes a whole number with separators of thousands: 1.234 in Dutch, 1,234 in English.
func (l Lang) Count(n int64) string {
	if n < 0 {
		return "−" + l.group(strconv.FormatUint(-uint64(n), 10))
	}
	return l.group(strconv.FormatInt(n, 10))
}

// Decimal writes a number with the given decimals, rounded half away from zero: 1.234,5 in Dutch.
func (l Lang) Decimal(f float64, decimals int) string {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return ""
	}
	scale := math.Pow10(decimals)
	text := strconv.FormatFloat(math.Round(f*scale)/scale, 'f', decimals, 64)
	return l.localise(text)
}

// Percent writes a ratio (1 = 100 %) as a percentage with the given decimals: 84,2% in Dutch.
func (l Lang) Percent(ratio float64, decimals int) string {
	return l.Decimal(ratio*100, decimals) + "%"
}

// Days writes a duration in days with its unit, with a decimal only where there is a fraction.
func (l Lang) Days(f float64) string {
	text := l.Number(f)
	if text == "1" {
		return text + nbsp + l.Pick("dag", "day")
	}
	return text + nbsp + l.Pick("dagen", "days")
}

// Number writes a real number with one decimal, or with none where that decimal is 0.
func (l Lang) Number(f float64) string {
	text := l.Decimal(f, 1)
	return strings.TrimSuffix(text, l.Pick(",0", ".0"))
}

// Euro writes an amount in cents with two decimals: € 1.656.000,00 in Dutch, €1,656,000.00 in English.
func (l Lang) Euro(cents int64) string { return l.euro(engine.CentsOf(cents).String()) }

// EuroRound writes an amount in cents in whole euros, rounded to so many of them, half away from zero.
func (l Lang) EuroRound(cents, euros int64) string {
	half := 50 * euros
	if cents < 0 {
		half = -half
	}
	return l.euro(strconv.FormatInt((cents+half)/(100*euros)*euros, 10))
}

func (l Lang) euro(plain string) string {
	text := l.localise(plain)
	sign := ""
	if rest, negative := strings.CutPrefix(text, "−"); negative {
		sign, text = "−", rest
	}
	return l.Pick("€"+nbsp+sign+text, sign+"€"+text)
}

// localise turns a plain decimal number into the reader's notation.
func (l Lang) localise(plain string) string {
	plain, negative := strings.CutPrefix(plain, "-")
	whole, fraction, has := strings.Cut(plain, ".")
	text := l.group(whole)
	if has {
		text += l.Pick(",", ".") + fraction
	}
	if negative && strings.Trim(plain, "0.") != "" {
		text = "−" + text
	}
	return text
}

func (l Lang) group(digits string) string {
	var b strings.Builder
	for i, r := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(l.Pick(".", ","))
		}
		b.WriteRune(r)
	}
	return b.String()
}

var monthsNL = [...]string{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"}

func (l Lang) month(m int) string { return l.Pick(monthsNL[m-1], time.Month(m).String()) }

// DateLong writes 30 september 2020, and 30 September 2020 in English; no date is the empty string.
func (l Lang) DateLong(d day.Day) string {
	if d == day.None {
		return ""
	}
	y, m, dom := d.Civil()
	return strconv.Itoa(dom) + nbsp + l.month(m) + nbsp + strconv.Itoa(y)
}

// DateShort writes 30-09-2020, and 30 Sep 2020 in English, where a date of digits alone is ambiguous.
func (l Lang) DateShort(d day.Day) string {
	if d == day.None {
		return ""
	}
	return d.Time().Format(l.Pick("02-01-2006", "2"+nbsp+"Jan"+nbsp+"2006"))
}

// Value writes a value in its unit (count, ratio, days, eur, hours, date); null is the empty string.
func (l Lang) Value(v engine.Value, unit string) string {
	switch v.Kind() {
	case engine.Count:
		if unit == "days" {
			return l.Days(v.Float())
		}
		return l.Count(v.Int())
	case engine.Money:
		return l.Euro(v.Int())
	case engine.Date:
		return l.DateShort(v.Day())
	case engine.Text:
		return v.Str()
	case engine.Real:
		switch unit {
		case "ratio":
			return l.Percent(v.Float(), 1)
		case "days":
			return l.Days(v.Float())
		}
		return l.Number(v.Float())
	}
	return ""
}
