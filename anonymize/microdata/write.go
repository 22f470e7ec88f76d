package microdata

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
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

// defaultSortedRows is the number of rows that are put in order at once. A larger table is read once more for
// each so many rows of it, class by class: nothing of it goes to temporary files.
const defaultSortedRows = 2_000_000

// line is a row as it will be written. The number of its person is put in at a place that only
// then is known.
type line struct {
	class, person int32
	at            int32 // of the person's number in text
	text          []byte
}

// write reads the table again and writes what is published.
func (s *source) write(ctx context.Context, res *kanon.Result, persons []int32) error {
	tmp, err := private.CreateTemp(filepath.Dir(s.Out), ".lvv-anonymize-")
	if err != nil {
		return say.Errorf("write %s: %w\n  The folder of --out must be there, and you must be able to write in it.", s.Out, err)
	}
	defer os.Remove(tmp.Name()) // gone already when all went well
	defer tmp.Close()
	w := bufio.NewWriterSize(tmp, 1<<20)
	if err := s.writeRows(ctx, w, res, persons); err != nil {
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

func (s *source) writeRows(ctx context.Context, w *bufio.Writer, res *kanon.Result, persons []int32) error {
	var head []byte
	for i, name := range s.header {
		head = s.appendField(head, i, name)
	}
	if _, err := w.Write(append(head, '\n')); err != nil {
		return say.Errorf("write %s: %w", s.Out, err)
	}
	out := &sorter{w: w, number: s.person >= 0}
	if s.KeepOrder {
		out.numbers = map[[2]int32]int{}
		return s.publish(ctx, res, persons, func(int32) bool { return true }, out.writeLine)
	}
	for first := 0; first < len(res.Rows); {
		next, rows := first+1, res.Rows[first]
		for next < len(res.Rows) && rows+res.Rows[next] <= s.sortedRows {
			rows += res.Rows[next]
			next++
		}
		among := func(class int32) bool { return first <= int(class) && int(class) < next }
		if err := s.publish(ctx, res, persons, among, out.add); err != nil {
			return err
		}
		if err := out.flush(); err != nil {
			return err
		}
		first = next
	}
	return nil
}

// publish reads the table and passes on the rows of some classes as they are published.
func (s *source) publish(ctx context.Context, res *kanon.Result, persons []int32, wanted func(class int32) bool, take func(line) error) error {
	label := make([]int, len(s.header)) // 1 + place among the quasi-identifiers
	for i, col := range s.qi {
		label[col] = i + 1
	}
	row, text := -1, []byte(nil)
	return s.each(ctx, func(fields []string, _ int) error {
		row++
		l := line{class: res.Class[row], person: int32(row), text: text[:0]}
		if !wanted(l.class) {
			return nil
		}
		if persons != nil {
			l.person = persons[row]
		}
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
		text = l.text
		return take(l)
	})
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
	// numbers of persons where the order of the input is kept: by class and person.
	numbers map[[2]int32]int
	last    int // number of a person
	scratch []byte
}

// add keeps a line to sort it; its text is used again for the next.
func (o *sorter) add(l line) error {
	l.text = bytes.Clone(l.text)
	o.lines = append(o.lines, l)
	return nil
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
	o.lines = o.lines[:0]
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
