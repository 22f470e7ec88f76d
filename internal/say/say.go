// Package say holds what the program says to who runs it, in Dutch and in English. A message stands in the code
// in English, with places for its values; the catalogue, nl.po, has its Dutch by that text. A test of cmd/lvv holds
// each message against the catalogue.
package say

import (
	"cmp"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"syscall"
)

// Lang is a language that the program speaks.
type Lang string

// The languages.
const (
	Dutch   Lang = "nl"
	English Lang = "en"
)

// Variable names the environment variable that says in which language the program speaks.
const Variable = "LVV_LANG"

// Environment is the language that LVV_LANG asks for, or else the locale; Dutch where neither does. It returns
// false where LVV_LANG holds another one.
func Environment() (Lang, bool) {
	if l := Lang(os.Getenv(Variable)); l != "" {
		return l, l == Dutch || l == English
	}
	if strings.HasPrefix(cmp.Or(os.Getenv("LC_ALL"), os.Getenv("LC_MESSAGES"), os.Getenv("LANG")), "en") {
		return English, true
	}
	return Dutch, true
}

// Speaker is an error that says itself in a language.
type Speaker interface {
	error
	In(lang Lang) string
}

// message is a text with values, which are put in when the language is known.
type message struct {
	format string
	args   []any
	err    error // in English, with what it wraps
}

// Errorf is fmt.Errorf of a message of the catalogue. An error of a type of its own embeds what it returns.
func Errorf(format string, args ...any) Speaker {
	return &message{format, args, fmt.Errorf(format, args...)}
}

func (m *message) Error() string { return m.err.Error() }

// Unwrap returns the errors among the values that were given for %w.
func (m *message) Unwrap() []error {
	switch e := m.err.(type) { //nolint:errorlint // the one that was just made
	case interface{ Unwrap() error }:
		return []error{e.Unwrap()}
	case interface{ Unwrap() []error }:
		return e.Unwrap()
	}
	return nil
}

func (m *message) In(lang Lang) string { return Text(lang, m.format, m.args...) }

// Text is a message of the catalogue in a language; errors among the values are put into it too.
func Text(lang Lang, format string, args ...any) string {
	format = Word(lang, format)
	values := make([]any, len(args))
	for i, arg := range args {
		values[i] = arg
		if err, ok := arg.(error); ok {
			values[i] = In(lang, err)
		}
	}
	return fmt.Sprintf(strings.ReplaceAll(format, "%w", "%v"), values...)
}

// In is an error in a language. What the operating system and libraries say is only known in part.
func In(lang Lang, err error) string {
	if s, ok := err.(Speaker); ok { //nolint:errorlint // not what it wraps, but itself
		return s.In(lang)
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var parts, english []string
		for _, one := range joined.Unwrap() {
			parts, english = append(parts, In(lang, one)), append(english, one.Error())
		}
		if strings.Join(english, "\n") == err.Error() {
			return strings.Join(parts, "\n")
		}
	}
	if lang == English {
		return err.Error()
	}
	if p, ok := err.(*fs.PathError); ok { //nolint:errorlint // the same
		return p.Path + ": " + In(lang, p.Err)
	}
	if l, ok := err.(*os.LinkError); ok { //nolint:errorlint // the same
		return l.Old + " -> " + l.New + ": " + In(lang, l.Err)
	}
	_, errno := err.(syscall.Errno) //nolint:errorlint // the same
	for _, c := range causes {
		if errors.Is(err, c.err) && (err.Error() == c.err.Error() || errno) {
			return c.dutch
		}
	}
	return err.Error()
}

// causes are what the operating system and readers of files say most.
var causes = []struct {
	err   error
	dutch string
}{
	{fs.ErrNotExist, "bestaat niet"},
	{fs.ErrPermission, "daar hebt u geen rechten voor"},
	{fs.ErrExist, "bestaat al"},
	{fs.ErrClosed, "is al gesloten"},
	{syscall.EISDIR, "is een map"},
	{syscall.ENOTDIR, "is geen map"},
	{syscall.ENOSPC, "de schijf is vol"},
	{syscall.EROFS, "op deze schijf kan niet worden geschreven"},
	{syscall.EIO, "de schijf kan niet worden gelezen of beschreven"},
	{csv.ErrQuote, "een aanhalingsteken te veel of te weinig"},
	{csv.ErrBareQuote, "een aanhalingsteken in een waarde die er niet tussen staat"},
	{csv.ErrFieldCount, "een ander aantal velden"},
	{gzip.ErrHeader, "geen gzip"},
	{gzip.ErrChecksum, "het controlegetal klopt niet"},
	{io.ErrUnexpectedEOF, "het houdt te vroeg op"},
	{syscall.EFBIG, "het bestand wordt te groot"},
}

// Near returns the word that comes closest to one that is not known, "" where none is close: at most a third of its
// letters differ (distance of Damerau and Levenshtein, adjacent letters exchanged counting once).
func Near(word string, known []string) string {
	best, at := "", 1+len(word)/3
	for _, k := range known {
		if d := distance(strings.ToLower(word), strings.ToLower(k)); d < at {
			best, at = k, d
		}
	}
	return best
}

func distance(a, b string) int {
	before, above := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range above {
		above[j] = j
	}
	for i := range len(a) {
		row := make([]int, len(b)+1)
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(above[j+1]+1, row[j]+1, above[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, above = above, row
	}
	return above[len(b)]
}

// Word is a text of the catalogue without values in a language.
func Word(lang Lang, text string) string {
	if lang == Dutch {
		if dutch, ok := catalogue()[text]; ok {
			return dutch
		}
	}
	return text
}
