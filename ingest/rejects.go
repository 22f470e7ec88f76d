package ingest

import (
	"cmp"
	"encoding/csv"
	"encoding/json"
	"io"
	"iter"
	"strconv"
	"strings"

	"lvv/internal/lists"
	"lvv/internal/say"
)

// RejectList holds rejects compactly: a delivery in which a column went wrong has one a row.
type RejectList struct {
	sources []source
	items   []reject
	values  []byte
}

// source is what the rejects of a file have in common.
type source struct {
	file, sheet string
	table       *Table
	headers     []string // of each field of the table, as the source calls the column
}

// reject is 24 bytes. field is -1 for a malformed row; value is the length of the text behind offset.
type reject struct {
	line   int64
	offset uint64
	source uint32
	value  uint16
	field  int8
	reason reason
}

// Len returns the number of rejects.
func (l *RejectList) Len() int { return len(l.items) }

// All yields the rejects in the order of the source.
func (l *RejectList) All() iter.Seq[Reject] {
	return func(yield func(Reject) bool) {
		for i := range l.items {
			if !yield(l.At(i)) {
				return
			}
		}
	}
}

// At returns the reject with the index, from 0.
func (l *RejectList) At(i int) Reject {
	it := &l.items[i]
	s := &l.sources[it.source]
	r := Reject{
		File: s.file, Sheet: s.sheet, Line: it.line, Table: s.table.Name, Reason: it.reason.String(),
		Value: string(l.values[it.offset : it.offset+uint64(it.value)]),
	}
	if it.field >= 0 {
		r.Field, r.Header = s.table.Fields[it.field].Name, s.headers[it.field]
	}
	return r
}

// MarshalJSON writes the list as an array.
func (l RejectList) MarshalJSON() ([]byte, error) {
	out := []byte{'['}
	for i := range l.items {
		if i > 0 {
			out = append(out, ',')
		}
		b, err := json.Marshal(l.At(i))
		if err != nil {
			return nil, err
		}
		out = append(out, b...)
	}
	return append(out, ']'), nil
}

// addSource begins the rejects of a file.
func (l *RejectList) addSource(s source) uint32 {
	l.sources = append(l.sources, s)
	return uint32(len(l.sources) - 1)
}

// cut drops what was added since the list was as short as in before.
func (l *RejectList) cut(before RejectList) {
	l.sources, l.items, l.values = l.sources[:len(before.sources)], l.items[:len(before.items)], l.values[:len(before.values)]
}

// add appends a fault. The value must already be fit to be shown.
func (l *RejectList) add(source uint32, line int64, field int, why reason, value []byte) {
	l.items = append(l.items, reject{
		line: line, offset: uint64(len(l.values)), source: source, value: uint16(len(value)), field: int8(field), reason: why,
	})
	l.values = append(l.values, value...)
}

// WriteQuarantineCSV writes one line a reject, in the order of the source: UTF-8, separated by
// commas, with a header. Text that a spreadsheet would take for a formula begins with an apostrophe.
func WriteQuarantineCSV(w io.Writer, r *Result) error {
	out := csv.NewWriter(w)
	err := out.Write([]string{"file", "line", "table", "field", "reason", "sheet", "column", "value"})
	for j := range r.Rejects.All() {
		if err != nil {
			break
		}
		err = out.Write(lists.Map([]string{j.File, strconv.FormatInt(j.Line, 10), j.Table, j.Field, j.Reason, j.Sheet, j.Header, j.Value}, inert))
	}
	out.Flush()
	if err = cmp.Or(err, out.Error()); err != nil {
		return say.Errorf("write quarantine list: %w", err)
	}
	return nil
}

// inert keeps a spreadsheet from taking text for a formula.
func inert(s string) string {
	if s != "" && strings.IndexByte("=+-@\t\r|%", s[0]) >= 0 {
		return "'" + s
	}
	return s
}
