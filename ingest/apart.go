package ingest

import (
	"bytes"
	"sync"
)

// apart is a kind of row that is no row of the register.
type apart uint8

const (
	isRow apart = iota // it is one after all
	apartBlank
	apartTitle
	apartHeader
	apartTotal
	apartRuler
	apartComment
	apartEnd // Ctrl-Z or NUL at the end
	apartKinds
)

var apartNames = [apartKinds]string{"", "blank", "title", "repeated_header", "total", "ruler", "comment", "end_of_file"}

// noRow recognises a row that is none of the register among those that would be rejected.
func (r *rowParser) noRow(cells []cell) apart {
	first, filledCells := -1, 0
	for i := range cells {
		if cells[i].kind >= mergedCell || len(clean(trim(cells[i].text), nil, true)) > 0 {
			if first < 0 {
				first = i
			}
			filledCells++
		}
	}
	if first < 0 {
		return apartBlank
	}
	front := clean(trim(cells[first].text), nil, true)
	switch {
	case isRuler(cells):
		return apartRuler
	case isComment(front) && 2*filledCells <= len(r.header.fields):
		return apartComment
	case beginsTotal(front), r.sumLine(cells):
		return apartTotal
	case r.headerAgain(cells):
		return apartHeader
	}
	return isRow
}

// headerAgain recognises a header below the first, of the table or of another. One that has all that is
// required begins a block with its own columns.
func (r *rowParser) headerAgain(cells []cell) bool {
	h := matchHeader(r.plan.Table, r.names, 0, cells)
	other := columnNames()[foldName(cells[0].text)] && h.otherTable(r.plan.Table) != nil
	if !other && (h.matched < 2 || len(h.repeated) > 0) {
		return false
	}
	r.headed = true
	r.foreign = len(h.missing) > 0 && (other || !h.stands(r.header))
	if len(h.missing) == 0 && r.ordered {
		h.row = r.header.row
		r.header = h
		r.blocks = append(r.blocks, h)
	}
	return true
}

// columnNames are the folded names of the columns of all tables.
var columnNames = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for i := range Contract() {
		for name := range headerNames(&Contract()[i]) {
			all[name] = true
		}
	}
	return all
})

// stands reports whether the columns that h names are those that another header has in their places.
func (h *header) stands(other *header) bool {
	for i, f := range h.fields {
		if f >= 0 && (i >= len(other.fields) || other.fields[i] != f) {
			return false
		}
	}
	return true
}

// sumLine reports whether a row holds nothing but sums: numbers in columns of numbers, or formulas.
func (r *rowParser) sumLine(cells []cell) bool {
	sums := 0
	for i := range cells {
		c := &cells[i]
		if len(trim(c.text)) == 0 && c.kind != formulaCell {
			continue
		}
		numeric := c.kind == formulaCell || c.kind == numberCell && c.formula
		if i < len(r.header.fields) && r.header.fields[i] >= 0 {
			switch f := &r.plan.fields[r.header.fields[i]]; f.Type {
			case NumberType, WholeType:
				_, ok := parseDecimal(cell{text: clean(trim(c.text), nil, false), kind: c.kind, date: c.date}, nil, noSign)
				numeric = numeric || ok
			}
		}
		if !numeric {
			return false
		}
		sums++
	}
	return sums > 0
}

// isTotal reports whether a value is the name of a sum and nothing else.
func isTotal(text []byte) bool {
	if len(text) < 3 || len(text) > 20 {
		return false
	}
	switch text[0] | 0x20 {
	case 't', 's', 'e', 'g':
		var room [20]byte
		switch string(bytes.TrimRight(appendFolded(room[:0], text), ":.")) {
		case "totaal", "subtotaal", "eindtotaal", "totalen", "total", "subtotal", "grandtotal", "generaltotal", "som", "eindsom", "sum":
			return true
		}
	}
	return false
}

// beginsTotal reports whether a value begins with the name of a sum.
func beginsTotal(text []byte) bool {
	end := bytes.IndexFunc(text, func(r rune) bool { return r == ' ' || r == ':' || r == '(' })
	return isTotal(text) || end > 0 && isTotal(text[:end])
}

// isComment reports whether a value begins a line of comment.
func isComment(text []byte) bool {
	switch {
	case bytes.HasPrefix(text, []byte("//")):
		return true
	case len(text) == 0 || text[0] != '#':
		return false
	}
	return !isFormulaError(cell{text: text}) && !notFilledIn(text, false)
}

// isRuler reports whether the cells hold nothing but a drawn line.
func isRuler(cells []cell) bool {
	drawn := 0
	for i := range cells {
		if cells[i].kind > sheetText || !isLine(cells[i].text) {
			return false
		}
		drawn = max(drawn, len(trim(cells[i].text)))
	}
	return drawn >= 3
}

func isLine(b []byte) bool {
	return len(bytes.Trim(clean(trim(b), nil, true), "-=_*~+.:| \t")) == 0
}

// tally counts rows that are none by kind.
type tally [apartKinds]int64

func (t *tally) add(other *tally) {
	for i, n := range other {
		t[i] += n
	}
}

// byKind names what was counted.
func (t *tally) byKind() map[string]int64 {
	out := map[string]int64{}
	for i, n := range t {
		if n > 0 {
			out[apartNames[i]] = n
		}
	}
	return out
}
