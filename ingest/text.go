package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// printable makes text fit for a message or a list: control characters become a blank, and what is
// longer than limit characters is cut.
func printable(s string, limit int) string {
	if isPlain(s) && len(s) <= limit {
		return s
	}
	var b strings.Builder
	n := 0
	for _, r := range s {
		if n == limit {
			b.WriteString("…")
			break
		}
		if forbidden(r) || r == utf8.RuneError {
			r = ' '
		}
		b.WriteRune(r)
		n++
	}
	return b.String()
}

func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= 0x7f {
			return false
		}
	}
	return true
}

// forbidden reports whether a character may not stand in a text: control characters, line and
// paragraph separators, and the marks that turn the direction of writing and so make a list show
// something else than it holds.
func forbidden(r rune) bool {
	switch {
	case r < 0x80:
		return r < ' ' || r == 0x7f
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x2028, r == 0x2029:
		return true
	}
	return unicode.IsControl(r)
}
