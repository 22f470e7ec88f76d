package ingest

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold is what remains of s when case, diacritics, spaces, dashes and underscores do
// not matter. Two spellings of a code are equal when their folds are.
func fold(s []byte) []byte { return appendFolded(make([]byte, 0, len(s)), s) }

func appendFolded(dst, s []byte) []byte {
	for i, c := range s {
		switch {
		case c >= 0x80:
			return foldRunes(dst, s[i:])
		case c >= 'A' && c <= 'Z':
			dst = append(dst, c+('a'-'A'))
		case c == '_' || c == '-' || space(c):
		default:
			dst = append(dst, c)
		}
	}
	return dst
}

func foldRunes(dst, s []byte) []byte {
	for _, r := range string(norm.NFD.Bytes(s)) {
		if r == '_' || r == '-' || unicode.IsSpace(r) || unicode.In(r, unicode.Mn, unicode.Pd, unicode.Zs, unicode.Cf) {
			continue
		}
		dst = append(dst, string(unicode.ToLower(r))...)
	}
	return dst
}

// foldName is fold for the name of a column or a code, where dots do not matter either.
func foldName(s []byte) string {
	return strings.ReplaceAll(string(fold(s)), ".", "")
}

// trim cuts white space and control characters from both ends.
func trim(b []byte) []byte {
	for len(b) > 0 && unseen(b[0]) {
		b = b[1:]
	}
	for len(b) > 0 && unseen(b[len(b)-1]) {
		b = b[:len(b)-1]
	}
	return b
}

// space reports whether c is ASCII white space.
func space(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }

// unseen reports whether nothing is to be seen of c: white space, the NUL of a padded field, Ctrl-Z.
func unseen(c byte) bool { return c <= ' ' }
