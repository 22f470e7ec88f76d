// Package reports holds what the pages, workbooks and files for readers share: what a report is made
// of, labels for codes, and Dutch and English number and date formats. Reports draw and lay out;
// they never query, add up or divide.
package reports

import (
	"lvv/anonymize/disclose"
	"lvv/anonymize/published"
	"lvv/transform"
)

// Lang is a language that readers can choose.
type Lang string

// The languages of the reports.
const (
	Dutch   Lang = "nl"
	English Lang = "en"
)

// Document is everything that a report for the steering group shows.
type Document struct {
	Published *disclose.Published
	Terms     *transform.Terms
	Quality   published.Quality
	Lang      Lang
	Version   string // of the program
	Theme     []byte // CSS that replaces the house style's custom properties; nil for the neutral one
}
