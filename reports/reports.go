// Package reports holds what all that is made for readers shares: labels for codes, and Dutch and English
// forms of numbers, dates and periods.
package reports

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"lvv/internal/lists"
)

// Lang is a language that readers can choose.
type Lang string

// The languages of the reports.
const (
	Dutch   Lang = "nl"
	English Lang = "en"
)

// Hashes names the scripts or the styles that a page's Content-Security-Policy lets run; 'none' without any.
func Hashes(texts ...string) string {
	if len(texts) == 0 {
		return "'none'"
	}
	return strings.Join(lists.Map(texts, func(text string) string {
		sum := sha256.Sum256([]byte(text))
		return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}), " ")
}
