// Package charset tells by looking whether a text is encoded in UTF-8.
package charset

import (
	"errors"
	"io"
	"unicode/utf8"
)

// ErrNotUTF8 is what a [Reader] returns where the text is something else.
var ErrNotUTF8 = errors.New("the text is not UTF-8")

// Reader passes a text on for as long as it is UTF-8.
type Reader struct {
	src  io.Reader
	rune []byte // the beginning of one that ends in the next piece
	err  error  // once the text is not UTF-8
}

// NewReader returns a reader of the text that src holds. Where a piece of it is no UTF-8 it returns
// [ErrNotUTF8], and none of that piece.
func NewReader(src io.Reader) *Reader { return &Reader{src: src} }

// Read implements [io.Reader].
func (r *Reader) Read(p []byte) (int, error) {
	if r.err != nil {
		return 0, r.err
	}
	n, err := r.src.Read(p)
	if !r.valid(p[:n]) || err == io.EOF && len(r.rune) > 0 {
		r.err = ErrNotUTF8
		return 0, r.err
	}
	return n, err
}

// valid reports whether b goes on as UTF-8 does, and remembers a rune that b only begins.
func (r *Reader) valid(b []byte) bool {
	if len(r.rune) > 0 {
		for len(b) > 0 && !utf8.FullRune(r.rune) {
			r.rune, b = append(r.rune, b[0]), b[1:]
		}
		if !utf8.FullRune(r.rune) {
			return true
		}
		if !utf8.Valid(r.rune) {
			return false
		}
		r.rune = r.rune[:0]
	}
	cut := runeBegun(b)
	r.rune = append(r.rune, b[cut:]...)
	return utf8.Valid(b[:cut])
}

// runeBegun returns where the rune begins that b only holds the beginning of; len(b) where there is none.
func runeBegun(b []byte) int {
	for i := len(b) - 1; i >= 0 && i > len(b)-utf8.UTFMax; i-- {
		if utf8.RuneStart(b[i]) {
			if utf8.FullRune(b[i:]) {
				return len(b)
			}
			return i
		}
	}
	return len(b)
}

// BeginsUTF8 reports whether b can be the beginning of a text in UTF-8.
func BeginsUTF8(b []byte) bool { return utf8.Valid(b[:runeBegun(b)]) }

// Census counts what tells UTF-8 from an encoding of one byte a character.
type Census struct {
	Runes int64 // characters of UTF-8 beyond ASCII
	Stray int64 // bytes beyond ASCII that are part of none
}

// Count takes the census of a text: of its beginning, and the rest unless that is nil.
func Count(head []byte, rest io.Reader) (Census, error) {
	var c Census
	if rest == nil {
		c.add(head, true)
		return c, nil
	}
	buf := make([]byte, 256<<10)
	kept := copy(buf, head[c.add(head, false):])
	for {
		n, err := rest.Read(buf[kept:])
		if err != nil && err != io.EOF {
			return c, err
		}
		used := c.add(buf[:kept+n], err == io.EOF)
		if err == io.EOF {
			return c, nil
		}
		kept = copy(buf, buf[used:kept+n])
	}
}

// add counts what b holds and returns how much of it was used: a character that b only begins waits.
func (c *Census) add(b []byte, last bool) (used int) {
	for used < len(b) {
		if b[used] < utf8.RuneSelf {
			used++
			continue
		}
		if !last && !utf8.FullRune(b[used:]) {
			return used
		}
		r, size := utf8.DecodeRune(b[used:])
		if r == utf8.RuneError && size == 1 {
			c.Stray++
		} else {
			c.Runes++
		}
		used += size
	}
	return used
}
