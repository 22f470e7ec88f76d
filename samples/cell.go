package samples

import (
	"slices"
	"sync"

	"lvv/internal/day"
	"lvv/internal/lists"
)

// The tables in the order of the contract.
const (
	cases = iota
	capacity
	stays
	trajectories
	conferences
	reviews
	procedures
	guidance
	payments
	meetings
	escalations
	costs
	tableCount
)

// maxParts is the largest number of files into which a table is split.
const maxParts = 4

// kind says how a layout writes a cell.
type kind uint8

const (
	blank    kind = iota // not filled in
	text                 // as it stands
	numbered             // s followed by n, padded with zeros to width
	code                 // a code in the contract's Dutch spelling
	date                 // n as day.Day
	flag                 // n is 1 for yes, 0 for no
	cents                // n hundredths of a euro or an hour
	whole                // n
	country              // index n of countries
)

// cell is one value of a row, before a register's habits of spelling come over it.
type cell struct {
	kind  kind
	width uint8
	n     int64
	s     string
}

var none cell

func textCell(s string) cell { return cell{kind: text, s: s} }
func wholeCell(n int) cell   { return cell{kind: whole, n: int64(n)} }
func centsCell(n int64) cell { return cell{kind: cents, n: n} }
func countryCell(i int) cell { return cell{kind: country, n: int64(i)} }

func numberedCell(prefix string, n, width int) cell {
	return cell{kind: numbered, s: prefix, n: int64(n), width: uint8(width)}
}

// codeCell is blank for the empty code.
func codeCell(s string) cell {
	if s == "" {
		return none
	}
	return cell{kind: code, s: s}
}

// dateCell is blank for day.None.
func dateCell(d day.Day) cell {
	if d == day.None {
		return none
	}
	return cell{kind: date, n: int64(d)}
}

// unless is the cell, or nothing where it was not filled in.
func (c cell) unless(lost bool) cell {
	if lost {
		return none
	}
	return c
}

func flagCell(yes bool) cell {
	c := cell{kind: flag}
	if yes {
		c.n = 1
	}
	return c
}

// batch holds the rows of a number of persons: for every table and file the cells row after row, in
// the order of the contract's fields.
type batch struct {
	cells [tableCount][maxParts][]cell
}

// shape names the fields of a table that the rows of one kind fill in; the others stay blank.
type shape struct {
	table  int
	fields func() []int // indices in the contract's table
}

// shapeOf looks the fields up when they are first needed; it panics then on one that the contract does not have.
func shapeOf(table int, names ...string) shape {
	return shape{table, sync.OnceValue(func() []int {
		return lists.Map(names, func(name string) int { return field(table, name) })
	})}
}

// add adds a row: one cell for each field of the shape, in its order.
func (b *batch) add(s *shape, part int, row ...cell) {
	rows := &b.cells[s.table][part]
	at, width := len(*rows), stride(s.table)
	*rows = slices.Grow(*rows, width)[:at+width]
	clear((*rows)[at:])
	fields := s.fields()
	for i, c := range row {
		(*rows)[at+fields[i]] = c
	}
}

func (b *batch) reset() {
	for t := range b.cells {
		for p := range b.cells[t] {
			b.cells[t][p] = b.cells[t][p][:0]
		}
	}
}
