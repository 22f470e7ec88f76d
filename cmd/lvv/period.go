package main

import (
	"context"
	"fmt"

	"lvv/ingest"
	"lvv/internal/day"
	"lvv/internal/say"
	"lvv/transform"
)

// coveredDays is how near to its end a quarter must have events for the registers to cover it whole: some days at
// the end of a quarter have none.
const coveredDays = 14

// proposePeriod reads the exports, and takes the last quarter that they cover whole.
func (r *runJob) proposePeriod(ctx context.Context) error {
	if err := r.readExports(ctx, r.progress); err != nil {
		return err
	}
	label, ok := lastQuarter(lastEvent(r.read), r.terms)
	if !ok {
		return usagef("the registers cover no whole quarter of the pilot\n  Give the period to report, e.g. --period 2020-09.")
	}
	r.flags.period = label
	r.progress.say(say.Errorf("the period is %s, the last quarter that the registers cover whole (--period gives another)", label))
	return nil
}

// lastEvent is the last day of which the registers tell.
func lastEvent(read *ingest.Result) day.Day {
	latest := day.None
	for _, t := range read.Tables {
		latest = max(latest, t.LastEvent)
	}
	return latest
}

// lastQuarter is the last whole quarter of the pilot that has events up to nearly its end.
func lastQuarter(latest day.Day, t *transform.Terms) (label string, ok bool) {
	if latest == day.None {
		return "", false
	}
	year, month, _ := min(latest+coveredDays, t.LastDay()).Civil()
	quarter := (month - 1) / 3 // the last one that may be over, counting from 1; 0 is the fourth of the year before
	for range 2 {
		y, q := year, quarter+1
		if end := day.Of(y, 3*q+1, 0); end <= latest+coveredDays && end <= t.LastDay() && t.Start <= end {
			return fmt.Sprintf("%d-Q%d", y, q), true
		}
		if quarter--; quarter < 0 {
			year, quarter = year-1, 3
		}
	}
	return "", false
}
