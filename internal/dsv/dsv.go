// Package dsv reads delimiter-separated tables whose delimiter and encoding it finds by looking.
package dsv

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"slices"
	"strings"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"lvv/internal/charset"
	"lvv/internal/regular"
	"lvv/internal/say"
)

// delimiters are the ones looked for; the semicolon goes before all others.
const delimiters = ";,\t|"

// sampleSize is how much of a file is looked at to find its delimiter.
const sampleSize = 64 << 10

// File is an open table. Close it after use.
type File struct {
	// Delimiter is the one that was found.
	Delimiter rune
	path      string
	f         *os.File
	csv       *csv.Reader
}

// Open finds encoding and delimiter of a file and returns it at its first record. UTF-8 and UTF-16
// are known by their byte order mark; without one, what is not valid UTF-8 is Windows-1252.
func Open(path string) (*File, error) {
	f, err := regular.Open(path)
	if err != nil {
		return nil, say.Errorf("open table: %w\n  Check the name and your rights.", err)
	}
	t := &File{path: path, f: f}
	if err := t.start(); err != nil {
		f.Close()
		return nil, say.Errorf("read %s: %w", path, err)
	}
	return t, nil
}

// utf8Mark is the byte order mark of UTF-8.
const utf8Mark = "\ufeff"

func (t *File) start() error {
	beginning := bufio.NewReader(t.f)
	mark, _ := beginning.Peek(len(utf8Mark)) // what goes wrong does so again
	marked := string(mark) == utf8Mark
	found, err := charset.Count(nil, beginning)
	if err != nil {
		return err
	}
	if _, err := t.f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	decode := unicode.UTF8.NewDecoder()
	if found.Stray > 0 && !marked {
		decode = charmap.Windows1252.NewDecoder()
	}
	buf := bufio.NewReaderSize(transform.NewReader(t.f, unicode.BOMOverride(decode)), sampleSize)
	sample, err := buf.Peek(sampleSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	t.Delimiter = delimiterOf(sample)
	t.csv = csv.NewReader(buf)
	t.csv.Comma = t.Delimiter
	t.csv.ReuseRecord = true
	t.csv.FieldsPerRecord = -1
	return nil
}

// delimiterOf takes the semicolon if the first line has one outside quotes: where it is the delimiter,
// commas stand in values (1,5-2,5;1-3;*). Otherwise it takes what stands there most often.
func delimiterOf(sample []byte) rune {
	var counts [len(delimiters)]int
	quoted := false
	for _, b := range sample {
		if b == '"' {
			quoted = !quoted
		}
		if quoted {
			continue
		}
		if b == '\n' || b == '\r' {
			break
		}
		if i := strings.IndexByte(delimiters, b); i >= 0 {
			counts[i]++
		}
	}
	if counts[0] > 0 {
		return rune(delimiters[0])
	}
	return rune(delimiters[slices.Index(counts[:], slices.Max(counts[:]))])
}

// Read returns the next record, or io.EOF. The slice is good until the next call.
func (t *File) Read() ([]string, error) {
	fields, err := t.csv.Read()
	if bad, ok := errors.AsType[*csv.ParseError](err); ok {
		return nil, say.Errorf("read %s:%d: %w (character %d; the row begins on line %d)\n  Close every quote, and write a quote inside a value twice, in a value between quotes: \"a \"\"b\"\"\".", t.path, bad.Line, bad.Err, bad.Column, bad.StartLine)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, say.Errorf("read %s: %w", t.path, err)
	}
	return fields, err
}

// Line returns the line on which the last record began.
func (t *File) Line() int {
	line, _ := t.csv.FieldPos(0)
	return line
}

// Close closes the file.
func (t *File) Close() error { return t.f.Close() }
