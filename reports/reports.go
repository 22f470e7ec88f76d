// Package reports holds what all that is made for readers shares: labels for codes, and Dutch and English
// forms of numbers, dates and periods.
package reports

// Lang is a language that readers can choose.
type Lang string

// The languages of the reports.
const (
	Dutch   Lang = "nl"
	English Lang = "en"
)
