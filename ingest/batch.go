package ingest

import (
	"math"

	"lvv/internal/day"
)

// nullNumber stands for "not filled in" in a column of numbers.
const nullNumber = math.MinInt64

// column holds the values of a store column for a batch of rows. Which of the slices is used
// depends on the kind.
type column struct {
	kind    StoreKind
	days    []int32 // day.None for null
	codes   []int16 // -1 for null
	bools   []byte  // 0, 1, or 2 for null
	numbers []int64 // nullNumber for null; units of the last decimal for StoreNumber
	ids     []byte  // 16 bytes a row
	text    []byte  // of StoreText and StoreOrder
	offsets []int32 // of text, one more than there are rows; an empty text is null
}

// textAt returns the text of a row, in its place.
func (c *column) textAt(row int) []byte { return c.text[c.offsets[row]:c.offsets[row+1]] }

// batch holds consecutive rows of one file, parsed. It refers to no read buffer.
type batch struct {
	rows    int
	columns []column // of the store
	lines   []int64

	keys   []key128
	checks []uint64
	sums   []uint64
	inputs []key128 // of a parent: the hash of the number behind a pseudonym in keys
	refs   []key128 // the same of the number that refers to a parent, or its pseudonym

	words        []uint64 // of cases: what identifies somebody, for the screen
	spelt        []byte   // those numbers themselves, to say what is wrong with one that is not there
	speltOffsets []int32  // one more than there are rows

	persons      []key128
	personChecks []uint64

	read   int64
	apart  tally // rows that are none of the register
	faults []fault
	values []byte // of the faults
	notes  []note

	err error
}

// fault is a reject before it has a file.
type fault struct {
	line   int64
	field  int8
	reason reason
	first  bool // of its row
	offset uint32
	length uint16
}

// note is a warning about a row of the batch.
type note struct {
	row   int32
	check check
	field int8
	// of the value, where it may be shown
	offset uint32
	length uint16
}

func newBatch(p *tablePlan) *batch {
	b := &batch{columns: make([]column, len(p.store))}
	for i, s := range p.store {
		b.columns[i].kind = s.Kind
	}
	b.reset()
	return b
}

// reset empties the batch and keeps its memory.
func (b *batch) reset() {
	for i := range b.columns {
		c := &b.columns[i]
		*c = column{
			kind: c.kind, days: c.days[:0], codes: c.codes[:0], bools: c.bools[:0], numbers: c.numbers[:0],
			ids: c.ids[:0], text: c.text[:0], offsets: append(c.offsets[:0], 0),
		}
	}
	*b = batch{
		columns: b.columns, lines: b.lines[:0], keys: b.keys[:0], checks: b.checks[:0], sums: b.sums[:0],
		inputs: b.inputs[:0], refs: b.refs[:0], words: b.words[:0], persons: b.persons[:0], personChecks: b.personChecks[:0],
		spelt: b.spelt[:0], speltOffsets: append(b.speltOffsets[:0], 0),
		faults: b.faults[:0], values: b.values[:0], notes: b.notes[:0],
	}
}

// reference is the number by which a row refers to its parent.
func (b *batch) reference(row int) []byte {
	return b.spelt[b.speltOffsets[row]:b.speltOffsets[row+1]]
}

// keep drops the rows for which drop is true. The other slices are of no use behind it.
func (b *batch) keep(drop []bool) {
	for i := range b.columns {
		b.columns[i].keep(drop)
	}
	b.lines = keepRows(b.lines, drop, 1)
	b.rows = len(b.lines)
}

func (c *column) keep(drop []bool) {
	c.days = keepRows(c.days, drop, 1)
	c.codes = keepRows(c.codes, drop, 1)
	c.bools = keepRows(c.bools, drop, 1)
	c.numbers = keepRows(c.numbers, drop, 1)
	c.ids = keepRows(c.ids, drop, 16)
	if len(c.offsets) > len(drop) {
		n, end := 0, int32(0)
		for i, d := range drop {
			if d {
				continue
			}
			from, to := c.offsets[i], c.offsets[i+1]
			end += int32(copy(c.text[end:], c.text[from:to]))
			n++
			c.offsets[n] = end
		}
		c.offsets, c.text = c.offsets[:n+1], c.text[:end]
	}
}

// keepRows drops rows of width elements in place; a slice that is not used stays empty.
func keepRows[T any](s []T, drop []bool, width int) []T {
	if len(s) == 0 {
		return s
	}
	n := 0
	for i, d := range drop {
		if !d {
			n += copy(s[n:n+width], s[i*width:(i+1)*width])
		}
	}
	return s[:n]
}

// append puts a parsed value, or a null, at the end.
func (c *column) append(v *value) {
	switch c.kind {
	case StoreDate:
		c.days = append(c.days, int32(v.or(int64(day.None))))
	case StoreCode:
		c.codes = append(c.codes, int16(v.or(-1)))
	case StoreBool, StoreUnknown:
		c.bools = append(c.bools, byte(v.or(2)))
	case StoreNumber, StoreWhole:
		c.numbers = append(c.numbers, v.or(nullNumber))
	case StoreText:
		if v.state == filled {
			c.text = append(c.text, v.text...)
		}
		c.offsets = append(c.offsets, int32(len(c.text)))
	}
}

// or is the number of a value that is filled, else null.
func (v *value) or(null int64) int64 {
	if v.state == filled {
		return v.n
	}
	return null
}
