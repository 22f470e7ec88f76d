package ingest

import (
	"bytes"
	"slices"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// screen finds what identifies a person in the texts of a delivery. Of the numbers and names it holds
// hashes under a seed of this process, and nothing else. It fills while the cases are read, which are
// read before any table with a text; from then on it only answers.
type screen struct {
	hash  hasher
	words wordSet
	known map[string]map[string]bool // by name of the field: what the pilot calls things itself, folded
}

// newScreen knows the pilot's own words by field.
func newScreen(hash hasher, known map[string][]string) *screen {
	s := &screen{hash: hash, known: map[string]map[string]bool{}}
	for i := range Contract() {
		for j := range Contract()[i].Fields {
			if f := &Contract()[i].Fields[j]; f.Type == TextType && !f.Dropped() {
				s.known[f.Name] = map[string]bool{}
			}
		}
	}
	for field, values := range known {
		for _, v := range values {
			s.declare(field, []byte(v))
		}
	}
	return s
}

// declare adds one of the pilot's own words.
func (s *screen) declare(field string, text []byte) {
	s.known[field][string(wordOf(text))] = true
}

// What the hashes are of, so that a name made of digits is no number.
const (
	aNumber = 'n'
	aName   = 'a'
)

// finding is what the screen says of a text.
type finding uint8

const (
	harmless   finding = iota
	identifier         // it holds a number or is a name of somebody in the delivery
	unfamiliar         // the pilot gives a list of such words, and it is not among them
)

// judge looks at a text of a field. What the pilot itself calls a location or a source is no name, even
// if somebody has that name too; ten digits in a row are never anything else than a number.
func (s *screen) judge(f *Field, text []byte) finding {
	if holdsLongNumber(string(text)) {
		return identifier
	}
	word := wordOf(text)
	known := s.known[f.Name]
	switch {
	case !f.Declares && known[string(word)]:
		return harmless
	case s.holdsNumber(text, word):
		return identifier
	case f.Declares:
		return harmless
	case s.words.has(s.name(atomsOf(text)...)):
		return identifier
	case f.Listed && len(known) > 0:
		return unfamiliar
	}
	return harmless
}

// minNumber is how many letters and digits a number must have to be looked for within a text: the 12 of
// a small register is the 12 of an address.
const minNumber = 5

// maxAtoms is how many words and numbers side by side are taken for one number.
const maxAtoms = 6

// holdsNumber reports whether a text is a number of the delivery, or holds one.
func (s *screen) holdsNumber(text, word []byte) bool {
	if s.words.has(s.number(word)) {
		return true
	}
	atoms := atomsOf(text)
	var joined []byte
	for i := range atoms {
		joined = joined[:0]
		for n, atom := range atoms[i:min(len(atoms), i+maxAtoms)] {
			joined = append(joined, atom...)
			if len(joined) >= minNumber && bytes.IndexFunc(joined, unicode.IsNumber) >= 0 && s.words.has(s.number(joined)) {
				return true
			}
			if n == 0 && s.isShortened(atom) {
				return true
			}
		}
	}
	return false
}

// isShortened reports whether a word is a V-number that lost the zeros in front.
func (s *screen) isShortened(word []byte) bool {
	number := bytes.TrimPrefix(word, []byte{'v'})
	if n := len(number); (n != 8 && n != 9) || !digits(number) {
		return false
	}
	return s.words.has(s.number(append([]byte("00")[:10-len(number)], number...)))
}

func (s *screen) number(word []byte) uint64 {
	var room [64]byte
	return s.hash.sum(append(append(room[:0], aNumber), word...))
}

// name hashes the words of a name whatever their order.
func (s *screen) name(words ...[]byte) uint64 {
	var ordered [8][]byte
	atoms := append(ordered[:0], words...)
	slices.SortFunc(atoms, bytes.Compare)
	var room [128]byte
	b := append(room[:0], aName)
	for i, atom := range atoms {
		if i > 0 {
			b = append(b, ' ')
		}
		b = append(b, atom...)
	}
	return s.hash.sum(b)
}

// ofCase appends the hashes of what identifies the person of a case: the numbers, the family name, and
// that together with the given names.
func (s *screen) ofCase(dst []uint64, caseNumber, vNumber, familyName, givenNames []byte) []uint64 {
	for _, number := range [][]byte{caseNumber, vNumber} {
		if word := wordOf(number); len(word) > 0 {
			dst = append(dst, s.number(word))
		}
	}
	family := atomsOf(familyName)
	if len(family) == 0 || len(family) == 1 && len(family[0]) == 1 { // one letter is no name
		return dst
	}
	dst = append(dst, s.name(family...))
	given := atomsOf(givenNames)
	if len(given) > 0 {
		dst = append(dst, s.name(slices.Concat(family, given[:1])...))
	}
	if len(given) > 1 {
		dst = append(dst, s.name(slices.Concat(family, given)...))
	}
	return dst
}

// wordOf is what remains of a text when case, accents, and all that is neither letter nor digit do not matter.
func wordOf(text []byte) []byte {
	word := make([]byte, 0, len(text))
	for i, c := range text {
		if c >= utf8.RuneSelf {
			return wordBeyondASCII(word, text[i:])
		}
		if kept, ok := plain(c); ok {
			word = append(word, kept)
		}
	}
	return word
}

// plain is a letter, in lower case, or a digit of ASCII; ok is false for any other byte.
func plain(c byte) (kept byte, ok bool) {
	switch {
	case c-'0' <= 9, c-'a' < 26:
		return c, true
	case c-'A' < 26:
		return c | 0x20, true
	}
	return 0, false
}

// wordBeyondASCII appends what remains of a text that begins beyond ASCII.
func wordBeyondASCII(word, text []byte) []byte {
	for _, r := range string(norm.NFKD.Bytes(text)) {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			word = utf8.AppendRune(word, unicode.ToLower(r))
		}
	}
	return word
}

// atomsOf returns the words and numbers of a text, each as wordOf writes it.
func atomsOf(text []byte) [][]byte {
	atoms := make([][]byte, 0, 4)
	room, begin := make([]byte, 0, len(text)), 0
	end := func() {
		if len(room) > begin {
			atoms, begin = append(atoms, room[begin:len(room):len(room)]), len(room)
		}
	}
	for _, c := range text {
		if c >= utf8.RuneSelf {
			return atomsBeyondASCII(text)
		}
		if kept, ok := plain(c); ok {
			room = append(room, kept)
		} else {
			end()
		}
	}
	end()
	return atoms
}

// atomsBeyondASCII is atomsOf for any text.
func atomsBeyondASCII(text []byte) [][]byte {
	var atoms [][]byte
	for _, word := range bytes.FieldsFunc(text, separates) {
		if atom := wordOf(word); len(atom) > 0 {
			atoms = append(atoms, atom)
		}
	}
	return atoms
}

// separates reports whether a rune stands between words.
func separates(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r)
}

// wordSet is a set of hashes without pointers. A text that is in none of ten million words is taken for
// one once in 10^12 times.
type wordSet struct {
	slots []uint64
	n     int
}

func (s *wordSet) has(h uint64) bool {
	if s.n == 0 {
		return false
	}
	return s.slots[s.place(max(h, 1))] != 0
}

// place is where a hash stands, or could.
func (s *wordSet) place(h uint64) uint64 {
	mask := uint64(len(s.slots) - 1)
	i := h & mask
	for s.slots[i] != 0 && s.slots[i] != h {
		i = (i + 1) & mask
	}
	return i
}

func (s *wordSet) add(h uint64) {
	h = max(h, 1) // 0 is an empty place
	if s.n >= len(s.slots)/4*3 {
		old := s.slots
		s.slots = make([]uint64, max(1024, 2*len(old)))
		for _, h := range old {
			if h != 0 {
				s.slots[s.place(h)] = h
			}
		}
	}
	if i := s.place(h); s.slots[i] == 0 {
		s.slots[i] = h
		s.n++
	}
}
