package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/transform"
)

// damaged reports whether a text was decoded with the wrong code page, as a sign that stands in no word
// gives away (Fa‡ade), or twice (FaÃ§ade), or lost characters altogether.
func damaged(text []byte) bool {
	if isPlain(string(text)) {
		return false
	}
	var before rune
	for rest := text; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		rest = rest[size:]
		if r >= 0x80 {
			next, _ := utf8.DecodeRune(rest)
			if r == utf8.RuneError || signOfDamage(before, r, next) {
				return true
			}
		}
		before = r
	}
	return decodedTwice(string(text))
}

// strangers are characters of Windows-1252 that stand in no word, in places where older code pages have
// the letters with diacritics of Dutch and French names. The quotes ’ and ‘ and the dashes are left out.
const strangers = "‚ƒ„†‡ˆ‰‹›”“•™˜¢£¤¥¦§©«»¬®¶¹²³¼½¾¿±"

func signOfDamage(before, r, next rune) bool {
	switch {
	case !unicode.IsLetter(before) || !unicode.IsLetter(next):
		return false
	case strings.ContainsRune(strangers, r):
		return true
	}
	// Capitals that the old code page of the Macintosh and DOS have in the place of é, ü and è.
	return (r == 'Ž' || r == 'Ÿ' || r == 'Š' || r == 'Œ') && unicode.IsLower(before) && unicode.IsLower(next)
}

// decodedTwice reports whether the bytes of the text in Windows-1252 are UTF-8 themselves.
func decodedTwice(text string) bool {
	b, err := charmap.Windows1252.NewEncoder().Bytes([]byte(text))
	return err == nil && utf8.Valid(b)
}

// codePage is a set of the code pages that a text in Windows-1252 may have been taken from, in the order in
// which [damagedPages] names them.
type codePage uint8

// damagedPages are those by which registers of old still write, the commonest first.
var damagedPages = []string{"cp850", "cp437", "macintosh"}

// pagesOf are the code pages in which the bytes of a damaged text are words.
func pagesOf(text []byte) (fit codePage) {
	b, err := charmap.Windows1252.NewEncoder().Bytes(text)
	if err != nil {
		return 0
	}
	for i, name := range damagedPages {
		if meant, _, err := transform.Bytes(&fromCodePage{runes: runesOf(codePages[name])}, b); err == nil && inWords(string(meant)) {
			fit |= 1 << i
		}
	}
	return fit
}

// inWords reports whether every character beyond ASCII is a letter, and no capital follows a small one.
func inWords(text string) bool {
	var before rune
	for _, r := range text {
		if r >= 0x80 && (!unicode.IsLetter(r) || unicode.IsUpper(r) && unicode.IsLower(before)) {
			return false
		}
		before = r
	}
	return true
}

// first is the commonest code page of the set, "" where it is empty.
func (c codePage) first() string {
	for i, name := range damagedPages {
		if c>>i&1 == 1 {
			return name
		}
	}
	return ""
}
