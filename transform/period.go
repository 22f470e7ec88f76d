// Package transform computes the figures: it holds the pilot's terms and reporting periods, runs the
// models of package sql on an engine, and returns typed results.
package transform

import (
	"fmt"
	"strconv"
	"strings"

	"lvv/internal/day"
	"lvv/internal/say"
)

// Period is a closed range of days with its reference date.
type Period struct {
	Label    string  `json:"label"` // as given: 2020-Q3, 2020-09, 2020, all, or from..to
	From     day.Day `json:"from"`
	To       day.Day `json:"to"`
	AsOf     day.Day `json:"as_of"`
	WholeRun bool    `json:"-"` // the period is the whole pilot (--period all)
}

// ParsePeriod reads a reporting period: a quarter (2020-Q3), month (2020-09), year (2020), range
// (2020-07-01..2020-09-30) or "all", the whole pilot. asOf is the reference date, by default the
// period's last day; it must not lie before it.
func ParsePeriod(label, asOf string, t *Terms) (Period, error) {
	p := Period{Label: label}
	if label == "all" {
		p.From, p.To, p.WholeRun = t.Start, t.LastDay(), true
	} else {
		var err error
		if p.From, p.To, err = parseSpan(label); err != nil {
			return Period{}, err
		}
		p.Label = strings.ToUpper(label) // 2020-q3 is 2020-Q3, and goes into its folder
	}
	p.AsOf = p.To
	if asOf == "" {
		return p, nil
	}
	d, err := day.Parse(asOf)
	if err != nil {
		return Period{}, say.Errorf("reference date: %w", err)
	}
	if d < p.To {
		return Period{}, say.Errorf("the reference date %s lies before %s, the last day of period %s; give that day or a later one", d, p.To, label)
	}
	p.AsOf = d
	return p, nil
}

func parseSpan(label string) (from, to day.Day, err error) {
	if a, b, ok := strings.Cut(label, ".."); ok {
		if from, err = day.Parse(a); err != nil {
			return 0, 0, say.Errorf("period %q: %w", label, err)
		}
		if to, err = day.Parse(b); err != nil {
			return 0, 0, say.Errorf("period %q: %w", label, err)
		}
		if to < from {
			return 0, 0, say.Errorf("period %q ends before it begins; write the earlier date first", label)
		}
		return from, to, nil
	}
	year, rest, hasRest := strings.Cut(label, "-")
	y, ok := digits(year, 4)
	first, months := 1, 12
	switch {
	case !ok || y < 1900 || y > 2100:
		ok = false
	case !hasRest:
	case len(rest) == 2 && (rest[0] == 'Q' || rest[0] == 'q'):
		var q int
		q, ok = digits(rest[1:], 1)
		ok = ok && q >= 1 && q <= 4
		first, months = 3*q-2, 3
	default:
		first, ok = digits(rest, 2)
		ok = ok && first >= 1 && first <= 12
		months = 1
	}
	if !ok {
		return 0, 0, say.Errorf("%q is not a period; expected a quarter (2020-Q3), month (2020-09), year (2020), range (2020-07-01..2020-09-30) or all", label)
	}
	return day.Of(y, first, 1), day.Of(y, first+months, 0), nil
}

func digits(s string, n int) (int, bool) {
	if len(s) != n || strings.TrimLeft(s, "0123456789") != "" {
		return 0, false
	}
	v, err := strconv.Atoi(s)
	return v, err == nil
}

// Before returns the period of the same kind directly before p, with its own last day as reference
// date. A range is preceded by as many days; the whole pilot by nothing.
func (p Period) Before() (Period, bool) {
	if p.WholeRun {
		return Period{}, false
	}
	q := Period{To: p.From - 1}
	y, m, dom := p.From.Civil()
	switch months := monthsOf(p.From, p.To); {
	case dom == 1 && months == 1:
		q.From = day.Of(y, m-1, 1)
		q.Label = q.From.String()[:7]
	case dom == 1 && months == 3 && m%3 == 1:
		q.From = day.Of(y, m-3, 1)
		qy, qm, _ := q.From.Civil()
		q.Label = fmt.Sprintf("%d-Q%d", qy, (qm+2)/3)
	case dom == 1 && months == 12 && m == 1:
		q.From = day.Of(y-1, 1, 1)
		q.Label = strconv.Itoa(y - 1)
	default:
		q.From = p.From - (p.To - p.From + 1)
		q.Label = q.From.String() + ".." + q.To.String()
	}
	q.AsOf = q.To
	return q, true
}

// monthsOf returns how many whole calendar months the days make up, or 0.
func monthsOf(from, to day.Day) int {
	y, m, dom := from.Civil()
	ty, tm, _ := (to + 1).Civil()
	n := (ty-y)*12 + tm - m
	if dom != 1 || day.Of(y, m+n, 1) != to+1 {
		return 0
	}
	return n
}
