package ingest

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// Mention is a place in one of [Options.Texts] that names somebody in the delivery.
type Mention struct {
	Text int // which of them, counted from 0
	Word int // its word, counted from 1; 0 where it holds a number of somebody's
}

// mentions looks in texts for the family names of the delivery, alone or with given names, of which a word is written
// with a capital, and for its numbers. It tells the first of each text.
func (s *screen) mentions(texts []string) []Mention {
	var list []Mention
	for i, text := range texts {
		if word := s.nameIn(text); word > 0 {
			list = append(list, Mention{i, word})
		} else if s.holdsNumber([]byte(text), wordOf([]byte(text))) {
			list = append(list, Mention{i, 0})
		}
	}
	return list
}

// nameIn is the number of the word with which a name begins; 0 for none.
func (s *screen) nameIn(text string) int {
	words := bytes.FieldsFunc([]byte(text), separates)
	for i := range words {
		var atoms [][]byte
		capital := false
		for _, word := range words[i:min(len(words), i+maxAtoms)] {
			first, _ := utf8.DecodeRune(word)
			capital = capital || unicode.IsUpper(first)
			atoms = append(atoms, atomsOf(word)...)
			if capital && s.words.has(s.name(atoms...)) {
				return i + 1
			}
		}
	}
	return 0
}
