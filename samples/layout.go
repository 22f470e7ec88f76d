package samples

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"lvv/ingest"
	"lvv/internal/day"
)

// encoding is how a file is delivered.
type encoding uint8

const (
	utf8Plain encoding = iota
	utf8BOM
	utf16BOM // little-endian
	windows1252
	workbook // XLSX
)

// The registers' ways to write dates, as [time.Time.Format] takes them.
const (
	dashes       = "02-01-2006"
	slashes      = "02/01/2006"
	iso          = "2006-01-02"
	short        = "2-1-2006"
	compact      = "20060102"
	withMidnight = "02-01-2006 15:04:05"
)

// countryStyle is a register's way to write countries.
type countryStyle uint8

const (
	adjective countryStyle = iota // Marokkaanse
	countryName
	alpha3
)

// spelling is a register's way to write codes.
type spelling uint8

const (
	asContract spelling = iota // medisch_psychisch
	sentence                   // Medisch psychisch
	capitals                   // MEDISCH_PSYCHISCH
)

// column is a column of a file: a field of the contract, or one that the contract does not know.
type column struct {
	header string
	field  int    // index in the contract's table, -1 for an unknown column
	always string // what every row of an unknown column holds
}

// layout is the shape in which one file of a table is delivered.
type layout struct {
	file      string
	table     int
	part      int // which of the table's files
	encoding  encoding
	delimiter byte
	columns   []column // nil: those of the contract
	title     []string // rows above the header of a workbook
	tail      string   // broken rows at the end

	dates     string // dashes where it is empty
	countries countryStyle
	codes     spelling
	yes, no   string
	empty     string // what stands for "not filled in"
	comma     bool   // decimal comma
	grouped   bool   // points between thousands
	euro      bool   // € before amounts
	quoted    bool   // quotes around all text
}

// contractColumns are the columns of a table as the contract has them.
func contractColumns(table int) []column {
	t := &ingest.Contract()[table]
	out := make([]column, len(t.Fields))
	for i := range t.Fields {
		out[i] = column{header: t.Fields[i].Header, field: i}
	}
	return out
}

// header is the header row of a delimited file.
func (l *layout) header() (dst []byte) {
	for i, c := range l.columns {
		if i > 0 {
			dst = append(dst, l.delimiter)
		}
		dst = l.appendText(dst, c.header)
	}
	return append(dst, '\r', '\n')
}

// appendRow adds one row of a delimited file, in UTF-8.
func (l *layout) appendRow(dst []byte, row []cell) []byte {
	for i := range l.columns {
		if i > 0 {
			dst = append(dst, l.delimiter)
		}
		if f := l.columns[i].field; f >= 0 {
			dst = l.appendCell(dst, &row[f])
		} else {
			dst = l.appendText(dst, l.columns[i].always)
		}
	}
	return append(dst, '\r', '\n')
}

func (l *layout) appendCell(dst []byte, c *cell) []byte {
	switch c.kind {
	case blank:
		return append(dst, l.empty...)
	case text:
		return l.appendText(dst, c.s)
	case numbered:
		return fmt.Appendf(dst, "%s%0*d", c.s, c.width, c.n)
	case code:
		return l.appendCode(dst, c.s)
	case date:
		return day.Day(c.n).Time().AppendFormat(dst, cmp.Or(l.dates, dashes))
	case flag:
		if c.n == 1 {
			return append(dst, l.yes...)
		}
		return append(dst, l.no...)
	case cents:
		return l.appendCents(dst, c.n)
	case whole:
		return strconv.AppendInt(dst, c.n, 10)
	case country:
		return append(dst, l.countryText(c.n)...)
	}
	panic("samples: cell of an unknown kind")
}

// appendText quotes as RFC 4180 asks.
func (l *layout) appendText(dst []byte, s string) []byte {
	if !l.quoted && strings.IndexByte(s, l.delimiter) < 0 && !strings.ContainsAny(s, "\"\r\n") {
		return append(dst, s...)
	}
	dst = append(append(dst, '"'), strings.ReplaceAll(s, `"`, `""`)...)
	return append(dst, '"')
}

func (l *layout) appendCode(dst []byte, s string) []byte {
	switch l.codes {
	case sentence:
		if c := s[0]; c < utf8.RuneSelf {
			dst = append(dst, c&^0x20)
			s = s[1:]
		}
		s = strings.ReplaceAll(s, "_", " ")
	case capitals:
		s = strings.ToUpper(s)
	}
	return append(dst, s...)
}

func (l *layout) countryText(i int64) string {
	n := countryAt(i)
	switch l.countries {
	case countryName:
		return n.name
	case alpha3:
		return n.code
	}
	return n.adjective
}

func (l *layout) appendCents(dst []byte, n int64) []byte {
	if l.euro {
		dst = append(dst, "€ "...)
	}
	if n < 0 {
		dst = append(dst, '-')
		n = -n
	}
	digits := strconv.FormatInt(n/100, 10)
	for i := range len(digits) {
		if l.grouped && i > 0 && (len(digits)-i)%3 == 0 {
			dst = append(dst, '.')
		}
		dst = append(dst, digits[i])
	}
	point := '.'
	if l.comma {
		point = ','
	}
	return fmt.Appendf(dst, "%c%02d", point, n%100)
}
