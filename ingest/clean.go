package ingest

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// clean takes from a trimmed value what nobody can see or meant: format characters, an ="..." around
// it, the apostrophe that a spreadsheet puts in front, and quotes around all of it. No-break spaces become
// spaces, every dash a hyphen. scratch is memory for the result, which is the value itself where nothing is wrong.
func clean(b, scratch []byte, prose bool) []byte {
	for i, c := range b {
		if c >= 0x80 {
			b = cleanRunes(append(scratch[:0], b[:i]...), b[i:])
			break
		}
	}
	if len(b) == 0 || b[0] > '=' {
		return b
	}
	if len(b) > 2 && b[0] == '=' && b[1] == '"' && b[len(b)-1] == '"' {
		b = trim(bytes.ReplaceAll(b[2:len(b)-1], []byte(`""`), []byte(`"`)))
	}
	if len(b) > 0 && b[0] == '\'' && !(prose && elided(b)) {
		if b = b[1:]; bytes.IndexByte(b, '\'') == len(b)-1 {
			b = bytes.TrimSuffix(b, []byte{'\''})
		}
		b = trim(b)
	}
	if n := len(b); !prose && n > 1 && b[0] == '"' && b[n-1] == '"' {
		b = trim(b[1 : n-1])
	}
	return b
}

func cleanRunes(dst, b []byte) []byte {
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && size == 1:
			dst = append(dst, b[0])
		case unicode.Is(unicode.Cf, r):
		case unicode.Is(unicode.Zs, r):
			dst = append(dst, ' ')
		case r == '−' || unicode.Is(unicode.Pd, r):
			dst = append(dst, '-')
		default:
			dst = append(dst, b[:size]...)
		}
		b = b[size:]
	}
	return trim(dst)
}

// elided reports whether text begins with a Dutch article of which the apostrophe is part: 's-Gravenhage,
// 't Veerhuis.
func elided(b []byte) bool {
	return len(b) > 3 && strings.IndexByte("stnkm", b[1]|0x20) >= 0 && (b[2] == ' ' || b[2] == '-')
}

// formulaErrors are what spreadsheets show in place of a value, in English and Dutch. #N/A and #N/B
// are not among them: they stand for a value that is not there.
var formulaErrors = map[string]bool{
	"#null!": true, "#div/0!": true, "#value!": true, "#ref!": true, "#name?": true, "#num!": true, "#spill!": true, "#calc!": true,
	"#leeg!": true, "#deel/0!": true, "#waarde!": true, "#verw!": true, "#naam?": true, "#getal!": true, "#overloop!": true, "#bereken!": true,
	"#getting_data": true, "#field!": true, "#veld!": true, "#blocked!": true, "#unknown!": true,
}

// isFormulaError reports whether a value is the error of a formula.
func isFormulaError(c cell) bool {
	return c.kind == errorCell || len(c.text) > 0 && c.text[0] == '#' && len(c.text) <= 16 && formulaErrors[string(bytes.ToLower(c.text))]
}
