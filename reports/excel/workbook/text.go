package workbook

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// maxText is the number of UTF-16 units that a cell holds.
const maxText = 32767

// Safe returns the text as a cell can hold it: without the characters that XML forbids, cut to what
// Excel accepts. Text that begins like a formula needs nothing here: cells are written with a text
// type, and their style carries Excel's quote prefix so that editing one does not turn it into a formula.
func Safe(s string) string {
	clean := strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n':
			return r
		case r < 0x20 || r == 0x7f || r == 0xfffe || r == 0xffff || r == utf8.RuneError:
			return -1
		}
		return r
	}, s)
	return cut(clean, maxText)
}

// cut returns the beginning of a text, of at most so many UTF-16 units.
func cut(s string, most int) string {
	units := 0
	for i, r := range s {
		if units++; r > 0xffff {
			units++
		}
		if units > most {
			return s[:i]
		}
	}
	return s
}

// escapeLike is what Excel takes for an escaped character in a shared string.
var escapeLike = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// shared spells a text for the table of shared strings, where _x0041_ would read as A. Streams do
// so by themselves; excelize's SetCellStr does not.
func shared(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return escapeLike.ReplaceAllString(s, "_x005F$0")
}

// SheetName returns a name that Excel accepts for a sheet: at most 31 UTF-16 units, none of
// : \ / ? * [ ], and no apostrophe at either end.
func SheetName(s string) string {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) {
			return ' '
		}
		return r
	}, Safe(s))
	return strings.Trim(cut(name, 31), "' ")
}

// quoted is a sheet's name as a formula spells it.
func quoted(sheet string) string { return "'" + strings.ReplaceAll(sheet, "'", "''") + "'" }

// lines estimates on how many lines a text of the given width in characters is set.
func lines(text string, width float64) int {
	n := 0
	for part := range strings.SplitSeq(text, "\n") {
		n += 1 + int(float64(max(utf8.RuneCountInString(part)-1, 0))/max(width, 1))
	}
	return n
}
