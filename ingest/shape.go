package ingest

import (
	"fmt"
	"strings"
	"unicode"
)

// shape shows what a text is made of and nothing of what it says: A stands for a capital, a for any
// other letter, 9 for a digit; other signs of ASCII stay.
func shape(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsUpper(r):
			return 'A'
		case unicode.IsLetter(r):
			return 'a'
		case unicode.IsNumber(r):
			return '9'
		case unicode.IsMark(r):
			return -1
		case r >= ' ' && r < 0x7f:
			return r
		}
		return '?'
	}, s)
}

// digitCount returns how many digits a text holds, and how many stand side by side at most.
func digitCount(s string) (all, run int) {
	now := 0
	for _, r := range s {
		if !unicode.IsNumber(r) {
			now = 0
			continue
		}
		all++
		now++
		run = max(run, now)
	}
	return all, run
}

// Digits of a value that a list may repeat: a date has eight of them, four side by side.
const (
	maxShownDigits = 8
	maxShownRun    = 4
)

// showable is what a list may say of a rejected value: the value itself where it is made of nothing but
// what the field's values are made of, else its shape. So a name or a number in the wrong column is not
// repeated.
func (f *fieldPlan) showable(s string) string {
	if all, run := digitCount(s); all <= maxShownDigits && run <= maxShownRun && f.speaks(s) {
		return s
	}
	return shape(s)
}

// speaks reports whether every word of a value belongs to the field's own values.
func (f *fieldPlan) speaks(s string) bool {
	if f.Type == TextType || f.Type == CountryType {
		return false // names are words like any other
	}
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return r < 0x80 && !unicode.IsLetter(r) }) {
		if !f.words[strings.ToLower(word)] {
			return false
		}
	}
	return true
}

// ownWords are those that values of the field are made of, in lower case.
func ownWords(f *Field) map[string]bool {
	words := map[string]bool{}
	add := func(texts ...string) {
		for _, s := range texts {
			for _, word := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }) {
				words[strings.ToLower(word)] = true
			}
		}
	}
	switch f.Type {
	case BoolType:
		add("ja j nee n yes y no true false waar onwaar x")
	case NumberType, WholeType:
		add("eur")
	case CodeType, CodesType:
		for _, c := range f.Codes {
			add(c.Dutch, c.Value, c.NL, c.EN)
			add(c.Aliases...)
		}
	}
	return words
}

// maxName is the length in characters at which a name is cut.
const maxName = 200

// shownName is what the name of a file, sheet or column is called in everything that is written or
// said. A name that may hold a V-number is shown by its shape and its place, counted from 1; what it
// begins and ends with that is the contract's own stays.
func shownName(name, stem, ending string, at int) string {
	shown := printable(name, maxName)
	if !holdsLongNumber(name) || onlyDates(name) {
		return shown
	}
	if len(stem)+len(ending) > len(shown) {
		stem, ending = "", ""
	}
	return fmt.Sprintf("%s%s%s (%d)", shown[:len(stem)], shape(shown[len(stem):len(shown)-len(ending)]), shown[len(shown)-len(ending):], at)
}

// longNumber is how many digits a V-number has.
const longNumber = 10

// holdsLongNumber reports whether a text holds as many digits in a row as a V-number, however grouped:
// only a letter parts two numbers.
func holdsLongNumber(s string) bool {
	n := 0
	for _, r := range s {
		switch {
		case unicode.IsNumber(r):
			if n++; n == longNumber {
				return true
			}
		case unicode.IsLetter(r):
			n = 0
		}
	}
	return false
}

// onlyDates reports whether all digits of a name belong to days such as 20200701 or 2020-07-01, as in
// the name of a file that says from when to when.
func onlyDates(name string) bool {
	numbers := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsNumber(r) })
	for len(numbers) > 0 {
		used := 0
		for take := 1; take <= min(3, len(numbers)) && used == 0; take++ {
			text := strings.Join(numbers[:take], "-")
			if len(text) < len("2020-7-1") {
				continue
			}
			if _, why := parseDate(cell{text: []byte(text)}); why == fine {
				used = take
			}
		}
		if used == 0 {
			return false
		}
		numbers = numbers[used:]
	}
	return true
}
