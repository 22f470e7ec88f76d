package ingest

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"slices"
)

// maxRecord is the longest record in bytes of UTF-8, line breaks inside quotes included. A longer one
// is malformed, whatever it holds: the longest line that the contract allows is a hundredth of it.
const maxRecord = 1 << 20

// maxColumns is the number of columns of an Excel sheet, and of any table that is read.
const maxColumns = 16384

// outcome says what a record turned out to be.
type outcome uint8

const (
	whole   outcome = iota // well formed, with the wanted number of fields
	uneven                 // well formed, with another number of fields
	ragged                 // broken quotes, or too long
	blank                  // nothing but white space and delimiters
	unclear                // more bytes are needed to tell
)

// scanner cuts delimited text into records and fields after RFC 4180.
//
// A quote opens only at the beginning of a field and closes before a delimiter or a line break. What
// is malformed never takes the lines behind it along: reading goes on at the next line. That is also
// so where an unclosed quote happens to find a closing one further on, in two cases that the number
// of fields gives away: the record has a wrong number of fields while one of its later lines alone
// has the right one, or every one of its lines alone is a complete row.
type scanner struct {
	delim  byte
	want   int // fields of a row; 0 accepts any number, in the search for the header
	cells  []cell
	unfold []byte // fields with doubled quotes, undoubled
	inner  *scanner
}

// next reads the record at the beginning of buf. The cells stand in s.cells until the next call.
// atEOF says that nothing follows buf.
func (s *scanner) next(buf []byte, atEOF bool) (kind outcome, size, lines int) {
	s.cells, s.unfold = s.cells[:0], s.unfold[:0]
	end := bytes.IndexByte(buf, '\n')
	line := end + 1
	if end < 0 {
		if !atEOF {
			return unclear, 0, 0
		}
		end, line = len(buf), len(buf)
	}
	if end > maxRecord {
		return ragged, line, 1
	}
	if bytes.IndexByte(buf[:line], '"') < 0 {
		s.split(buf[:line])
		return s.judge(), line, 1
	}
	size, lines = s.quoted(buf, atEOF)
	switch {
	case size < 0:
		return unclear, 0, 0
	case size == 0:
		return ragged, line, 1
	case lines > 1 && s.swallowed(buf[:size]):
		return ragged, line, 1
	}
	if len(s.cells) == 1 && s.want != 1 && buf[0] == '"' && bytes.IndexByte(s.cells[0].text, s.delim) >= 0 {
		s.unwrap()
	}
	return s.judge(), size, lines
}

// unwrap takes apart a line that was quoted as a whole.
func (s *scanner) unwrap() {
	if s.inner == nil {
		s.inner = &scanner{delim: s.delim, want: 1} // which unwraps no further
	}
	line := s.cells[0].text
	if _, size, _ := s.inner.next(line, true); size == len(line) && len(s.inner.cells) > 1 {
		s.cells = append(s.cells[:0], s.inner.cells...)
	}
}

// judge decides on the cells of a record whose quotes are in order.
func (s *scanner) judge() outcome {
	if len(s.cells) > maxColumns {
		return ragged
	}
	switch {
	case !slices.ContainsFunc(s.cells, func(c cell) bool { return len(trim(c.text)) > 0 }):
		return blank
	case s.want > 0 && len(s.cells) != s.want:
		return uneven
	}
	return whole
}

// split cuts a line without quotes. It gives up where there are more fields than any table has.
func (s *scanner) split(line []byte) {
	line = chomp(line)
	start, i := 0, 0
	// Eight bytes at a time: a byte of hits is 0x80 where the line has the delimiter.
	const ones, low = 0x0101010101010101, 0x7f7f7f7f7f7f7f7f
	pattern := ones * uint64(s.delim)
	for ; i+8 <= len(line) && len(s.cells) <= maxColumns; i += 8 {
		x := binary.LittleEndian.Uint64(line[i:]) ^ pattern
		for hits := ^(x&low + low | x | low); hits != 0; hits &= hits - 1 {
			end := i + bits.TrailingZeros64(hits)/8
			s.cells = append(s.cells, cell{text: line[start:end:end]})
			start = end + 1
		}
	}
	for ; i < len(line) && len(s.cells) <= maxColumns; i++ {
		if line[i] == s.delim {
			s.cells = append(s.cells, cell{text: line[start:i:i]})
			start = i + 1
		}
	}
	s.cells = append(s.cells, cell{text: line[start:]})
}

// quoted reads a record with quotes in it. size is -1 where more bytes are needed, and 0 where a
// quote does not close.
func (s *scanner) quoted(buf []byte, atEOF bool) (size, lines int) {
	for i := 0; ; {
		end, ok := 0, false
		if at := i + s.blanks(buf[i:]); at < len(buf) && buf[at] == '"' {
			field := buf
			if at > i { // behind blanks a quote that does not close on its line is part of the value
				last := bytes.IndexByte(buf[at:], '\n')
				if last < 0 && !atEOF {
					return -1, 0
				}
				if last >= 0 {
					field = buf[:at+last]
				}
			}
			end, ok = s.quotedField(field, at)
			switch {
			case ok || at > i:
			case end < len(buf) || end > maxRecord || atEOF:
				return 0, 0
			default:
				return -1, 0
			}
		}
		if ok {
			lines += bytes.Count(buf[i:end], newline)
			i = end
		} else {
			start := i
			for i < len(buf) && buf[i] != s.delim && buf[i] != '\n' {
				i++
			}
			s.cells = append(s.cells, cell{text: chomp(buf[start:i])})
		}
		switch {
		case i > maxRecord, len(s.cells) > maxColumns:
			return 0, 0
		case i == len(buf):
			if !atEOF {
				return -1, 0
			}
			return i, lines + 1
		case buf[i] == '\n':
			return i + 1, lines + 1
		}
		i++ // the delimiter
	}
}

// quotedField reads the field whose opening quote is at i and returns the place behind its closing
// quote and a carriage return. Where it does not close, ok is false and the place is len(buf) if
// more bytes could still close it.
func (s *scanner) quotedField(buf []byte, i int) (end int, ok bool) {
	i++
	start, mark := i, len(s.unfold)
	for {
		if i > maxRecord {
			return i, false
		}
		j := bytes.IndexByte(buf[i:min(len(buf), maxRecord+2)], '"')
		if j < 0 {
			return min(len(buf), maxRecord+2), false
		}
		j += i
		if j+1 < len(buf) && buf[j+1] == '"' {
			s.unfold = append(s.unfold, buf[start:j+1]...)
			i, start = j+2, j+2
			continue
		}
		end = j + 1 + s.blanks(buf[j+1:])
		switch rest := buf[end:]; {
		case len(rest) == 0 || rest[0] == s.delim || rest[0] == '\n':
		case rest[0] == '\r' && (len(rest) == 1 || rest[1] == '\n'):
			end++
		default:
			return j, false
		}
		text := buf[start:j]
		if len(s.unfold) > mark {
			s.unfold = append(s.unfold, text...)
			text = s.unfold[mark:]
		}
		s.cells = append(s.cells, cell{text: text})
		return end, true
	}
}

// blanks counts the blanks at the beginning of b: some programs write them around quoted fields. A byte order
// mark is one where files were joined.
func (s *scanner) blanks(b []byte) int {
	for n := 0; ; n++ {
		switch {
		case n == len(b):
			return n
		case b[n] == ' ', b[n] == '\t' && s.delim != '\t':
		case b[n] == mark[0] && bytes.HasPrefix(b[n:], mark):
			n += len(mark) - 1
		default:
			return n
		}
	}
}

var mark = []byte("\ufeff")

// swallowed reports whether the quotes of a record of several lines close, but hold complete rows.
func (s *scanner) swallowed(record []byte) bool {
	if s.want < 2 {
		return false
	}
	complete, all := 0, 0
	for line := range bytes.Lines(record) {
		if (all > 0 || len(s.cells) == s.want) && s.fieldsOf(chomp(line)) == s.want {
			complete++
		}
		all++
	}
	if len(s.cells) == s.want {
		return complete == all
	}
	return complete > 0
}

// fieldsOf counts the fields of a line as if it stood alone; a quote that does not close is text.
func (s *scanner) fieldsOf(line []byte) int {
	for n := 1; ; n++ {
		if at := s.blanks(line); at < len(line) && line[at] == '"' {
			line = line[at+s.closing(line[at:]):]
		}
		i := bytes.IndexByte(line, s.delim)
		if i < 0 {
			return n
		}
		line = line[i+1:]
	}
}

// closing returns the place behind the quote that closes the one at the beginning of the line, or 0.
func (s *scanner) closing(line []byte) int {
	for i := 1; i < len(line); i++ {
		if line[i] != '"' {
			continue
		}
		switch end := i + 1 + s.blanks(line[i+1:]); {
		case end == len(line) || line[end] == s.delim:
			return end
		case line[i+1] != '"':
			return 0
		}
		i++
	}
	return 0
}

var newline = []byte{'\n'}

// chomp cuts the line break.
func chomp(line []byte) []byte {
	return bytes.TrimSuffix(bytes.TrimSuffix(line, newline), []byte{'\r'})
}
