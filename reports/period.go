package reports

import (
	"strconv"
	"strings"

	"lvv/internal/day"
	"lvv/transform"
)

// Period names a reporting period in words: derde kwartaal van 2020, september 2020, 2020, or its days.
func (l Lang) Period(p transform.Period) string { return l.PeriodLabel(p.Label) }

// PeriodLabel names a period by its label (2020-Q3, 2020-09, 2020, from..to, all); another label stays
// as it is.
func (l Lang) PeriodLabel(label string) string { return l.phrase(label).name }

// ThePeriod names a period by its label within a sentence: het derde kwartaal van 2020, de periode van
// 1 juli 2020 tot en met 9 juli 2020.
func (l Lang) ThePeriod(label string) string { return l.phrase(label).noun }

// InPeriod says within a sentence when something was: in het derde kwartaal van 2020, in de periode van
// 1 juli 2020 tot en met 9 juli 2020, op 1 juli 2020.
func (l Lang) InPeriod(label string) string {
	p := l.phrase(label)
	return p.preposition + " " + p.noun
}

// wholePilot is the label of the period that runs from the start of the pilot to its end.
const wholePilot = "all"

// periodPhrase is a period's name on its own, its name within a sentence, and what goes before that.
type periodPhrase struct{ name, noun, preposition string }

func (l Lang) phrase(label string) periodPhrase {
	if label == wholePilot {
		name := l.Pick("de hele pilot", "the whole pilot")
		return periodPhrase{name, name, "in"}
	}
	if year, quarter, ok := strings.Cut(label, "-Q"); ok && len(year) == 4 && len(quarter) == 1 && quarter >= "1" && quarter <= "4" {
		q := quarter[0] - '1'
		name := l.Pick(
			[...]string{"eerste", "tweede", "derde", "vierde"}[q]+" kwartaal van "+year,
			[...]string{"first", "second", "third", "fourth"}[q]+" quarter of "+year)
		return periodPhrase{name, l.Pick("het ", "the ") + name, "in"}
	}
	if d, err := day.Parse(label + "-01"); err == nil {
		y, m, _ := d.Civil()
		name := l.month(m) + " " + strconv.Itoa(y)
		return periodPhrase{name, name, "in"}
	}
	if from, to, ok := strings.Cut(label, ".."); ok {
		a, errA := day.Parse(from)
		b, errB := day.Parse(to)
		switch name := l.Range(a, b); {
		case errA != nil || errB != nil:
		case a == b:
			return periodPhrase{name, name, l.Pick("op", "on")}
		default:
			return periodPhrase{name, l.Pick("de periode van ", "the period from ") + name, "in"}
		}
	}
	return periodPhrase{label, label, "in"}
}

// Range writes a closed range of days: 1 juli 2020 tot en met 30 september 2020; a range of one day is
// that day.
func (l Lang) Range(from, to day.Day) string {
	if from == to {
		return l.DateLong(from)
	}
	return l.DateLong(from) + l.Pick(" tot en met ", " to ") + l.DateLong(to)
}
