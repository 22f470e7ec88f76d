package microdata

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"lvv/anonymize/kanon"
	"lvv/internal/durable"
	"lvv/internal/private"
	"lvv/internal/say"
)

// defaultBucketRows is the number of rows that are put in order at once. A larger table is divided
// over temporary files first, by class.
const defaultBucketRows = 2_000_000

// line is a row as it will be written. The number of its person is put in at a place that only
// then is known.
type line struct {
	class, person int32
	at            int32 // of the person's number in text
	text          []byte
}

// write reads the table a second time and writes what is published.
func (s *source) write(ctx context.Context, res *kanon.Result, persons []int32) error {
	dir := filepath.Dir(s.Out)
	tmp, err := private.CreateTemp(dir, ".lvv-anonymize-")
	if err != nil {
		return say.Errorf("write %s: %w\n  The folder of --out must be there, and you must be able to write in it.", s.Out, err)
	}
	defer os.Remove(tmp.Name()) // gone already when all went well
	defer tmp.Close()
	w := bufio.NewWriterSize(tmp, 1<<20)
	if err := s.writeRows(ctx, w, dir, res, persons); err != nil {
		return err
	}
	err = w.Flush()
	if err == nil {
		err = tmp.Sync()
	}
	if err = errors.Join(err, tmp.Close()); err == nil {
		err = durable.Rename(tmp.Name(), s.Out)
	}
	if err != nil {
		return say.Errorf("write %s: %w", s.Out, err)
	}
	return nil
}

func (s *source) writeRows(ctx context.Context, w *bufio.Writer, dir string, res *kanon.Result, persons []int32) error {
	var head []byte
	for i, name := range s.header {
		head = s.appendField(head, i, name)
	}
	if _, err := w.Write(append(head, '\n')); err != nil {
		return say.Errorf("write %s: %w", s.Out, err)
	}
	out := &sorter{w: w, number: s.person >= 0}
	var buckets *spill
	if s.KeepOrder {
		out.numbers = map[[2]int32]int{}
	} else if len(res.Class) > s.bucketRows {
		var err error
		if buckets, err = newSpill(dir, res.Rows, s.bucketRows); err != nil {
			return err
		}
		defer buckets.remove()
	}
	label := make([]int, len(s.header)) // 1 + place among the quasi-identifiers
	for i, col := range s.qi {
		label[col] = i + 1
	}
	row := 0
	err := s.each(ctx, func(fields []string, _ int) error {
		l := line{class: res.Class[row], person: int32(row)}
		if persons != nil {
			l.person = persons[row]
		}
		row++
		l.text = out.room()
		for col, v := range fields {
			switch {
			case label[col] > 0:
				v = res.Labels[l.class][label[col]-1]
			case col == s.person:
				v = ""
			}
			l.text = s.appendField(l.text, col, v)
			if col == s.person {
				l.at = int32(len(l.text))
			}
		}
		l.text = append(l.text, '\n')
		switch {
		case s.KeepOrder:
			return out.writeLine(l)
		case buckets != nil:
			return buckets.add(l)
		}
		out.add(l)
		return nil
	})
	if err != nil || s.KeepOrder {
		return err
	}
	if buckets == nil {
		return out.flush()
	}
	return buckets.each(func(l line) { l.text = append(out.room(), l.text...); out.add(l) }, out.flush)
}

// appendField adds a field, quoted where it must be (RFC 4180).
func (s *source) appendField(b []byte, col int, v string) []byte {
	if col > 0 {
		b = append(b, byte(s.delimiter))
	}
	if !strings.ContainsRune(v, s.delimiter) && !strings.ContainsAny(v, "\"\r\n") && !strings.HasPrefix(v, " ") {
		return append(b, v...)
	}
	b = append(b, '"')
	b = append(b, strings.ReplaceAll(v, `"`, `""`)...)
	return append(b, '"')
}

// sorter puts lines in the order in which they are published and writes them.
type sorter struct {
	w      io.Writer
	number bool // persons have numbers
	lines  []line
	arena  []byte
	// numbers of persons where the order of the input is kept: by class and person.
	numbers map[[2]int32]int
	last    int // number of a person
	scratch []byte
}

// room returns an empty slice to build a line in.
func (o *sorter) room() []byte {
	const chunk = 1 << 20
	if cap(o.arena)-len(o.arena) < 4<<10 {
		o.arena = make([]byte, 0, chunk)
	}
	return o.arena[len(o.arena):len(o.arena):cap(o.arena)]
}

// add takes a line that was built in the room.
func (o *sorter) add(l line) {
	if n := len(o.arena) + len(l.text); n <= cap(o.arena) {
		o.arena = o.arena[:n]
		l.text = slices.Clip(l.text)
	}
	o.lines = append(o.lines, l)
}

// flush writes the lines by class, within a class by person, and the persons in the order of their
// lines: nothing in it comes from the order of the input. A person's number tells which rows of one
// class are one person's; in another class the person has another number.
func (o *sorter) flush() error {
	slices.SortFunc(o.lines, func(a, b line) int {
		return cmp.Or(cmp.Compare(a.class, b.class), cmp.Compare(a.person, b.person), bytes.Compare(a.text, b.text))
	})
	for class := range runs(o.lines, func(l line) int32 { return l.class }) {
		if err := o.flushClass(class); err != nil {
			return err
		}
	}
	clear(o.lines)
	o.lines, o.arena = o.lines[:0], nil
	return nil
}

// runs yields the lines that stand together and have the same number.
func runs(lines []line, number func(line) int32) iter.Seq[[]line] {
	return func(yield func([]line) bool) {
		for from, to := 0, 1; from < len(lines); to++ {
			if to == len(lines) || number(lines[to]) != number(lines[from]) {
				if !yield(lines[from:to]) {
					return
				}
				from = to
			}
		}
	}
}

// flushClass writes the lines of one class, which stand by person.
func (o *sorter) flushClass(lines []line) error {
	persons := slices.Collect(runs(lines, func(l line) int32 { return l.person }))
	slices.SortStableFunc(persons, func(a, b []line) int {
		return slices.CompareFunc(a, b, func(x, y line) int { return bytes.Compare(x.text, y.text) })
	})
	for _, p := range persons {
		o.last++
		for _, l := range p {
			if err := o.put(l, o.last); err != nil {
				return err
			}
		}
	}
	return nil
}

func (o *sorter) writeLine(l line) error {
	key := [2]int32{l.class, l.person}
	n, ok := o.numbers[key]
	if !ok && o.number {
		n = len(o.numbers) + 1
		o.numbers[key] = n
	}
	return o.put(l, n)
}

func (o *sorter) put(l line, number int) error {
	text := l.text
	if o.number {
		o.scratch = append(o.scratch[:0], l.text[:l.at]...)
		o.scratch = strconv.AppendInt(o.scratch, int64(number), 10)
		o.scratch = append(o.scratch, l.text[l.at:]...)
		text = o.scratch
	}
	_, err := o.w.Write(text)
	return err
}

// spill divides lines over temporary files so that each holds whole classes and no more than so
// many rows, unless one class is larger.
type spill struct {
	dir    string
	bucket []int32 // of each class
	files  []*os.File
	w      []*bufio.Writer
}

func newSpill(dir string, rows []int, most int) (*spill, error) {
	tmp, err := private.MkdirTemp(dir, ".lvv-anonymize-")
	if err != nil {
		return nil, say.Errorf("make room for sorting: %w", err)
	}
	s := &spill{dir: tmp}
	held := most
	for _, n := range rows {
		if held+n > most {
			held = 0
			f, err := os.Create(filepath.Join(tmp, strconv.Itoa(len(s.files))))
			if err != nil {
				s.remove()
				return nil, say.Errorf("make room for sorting: %w", err)
			}
			s.files, s.w = append(s.files, f), append(s.w, bufio.NewWriter(f))
		}
		held += n
		s.bucket = append(s.bucket, int32(len(s.files)-1))
	}
	return s, nil
}

func (s *spill) add(l line) error {
	w := s.w[s.bucket[l.class]]
	err := binary.Write(w, binary.LittleEndian, []int32{l.class, l.person, l.at, int32(len(l.text))})
	if err == nil {
		_, err = w.Write(l.text)
	}
	if err != nil {
		return say.Errorf("sort on disk: %w", err)
	}
	return nil
}

// each hands back the lines of one file after the other, and calls done after each file.
func (s *spill) each(take func(line), done func() error) error {
	for i, f := range s.files {
		err := s.w[i].Flush()
		if err == nil {
			_, err = f.Seek(0, io.SeekStart)
		}
		if err == nil {
			err = readLines(bufio.NewReaderSize(f, 1<<20), take)
		}
		if err != nil {
			return say.Errorf("sort on disk: %w", err)
		}
		if err := done(); err != nil {
			return err
		}
	}
	return nil
}

func readLines(r io.Reader, take func(line)) error {
	n := make([]int32, 4)
	var text []byte
	for {
		if err := binary.Read(r, binary.LittleEndian, n); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		text = slices.Grow(text[:0], int(n[3]))[:n[3]]
		if _, err := io.ReadFull(r, text); err != nil {
			return err
		}
		take(line{class: n[0], person: n[1], at: n[2], text: text})
	}
}

func (s *spill) remove() {
	for _, f := range s.files {
		f.Close()
	}
	os.RemoveAll(s.dir)
}
