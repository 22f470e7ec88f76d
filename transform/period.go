// Package transform computes the figures: it holds the pilot's terms and reporting periods, runs the
// models of package sql on an engine, and returns typed results.
package transform

import "lvv/internal/day"

// Period is a closed range of days with its reference date.
type Period struct {
	Label    string  `json:"label"` // as given: 2020-Q3, 2020-09, 2020, all, or from..to
	From     day.Day `json:"from"`
	To       day.Day `json:"to"`
	AsOf     day.Day `json:"as_of"`
	WholeRun bool    `json:"-"` // the period is the whole pilot (--period all)
}
