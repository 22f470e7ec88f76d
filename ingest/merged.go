package ingest

import "bytes"

// mergedRange is a run of rows of one or more columns that a sheet shows as one cell; only its first row
// has a value.
type mergedRange struct {
	column, columns int // from 0, and behind the last
	row, rows       int64
}

// maxMerges bounds what is remembered of a sheet.
const maxMerges = 10_000

// parseMerged reads a reference such as C2:C7. ok is false for one of a single row.
func parseMerged(ref []byte) (m mergedRange, ok bool) {
	from, to, found := bytes.Cut(ref, []byte{':'})
	var last int
	if !found {
		return m, false
	}
	m.column, m.row, ok = placeOf(from)
	if !ok {
		return m, false
	}
	last, m.rows, ok = placeOf(to)
	m.columns = last + 1
	return m, ok && m.rows > m.row && last >= m.column
}

// placeOf is the column, from 0, and the row, from 1, of a reference such as AB12.
func placeOf(ref []byte) (column int, row int64, ok bool) {
	column, ok = columnOf(ref)
	digit := bytes.IndexAny(ref, "0123456789")
	if !ok || len(ref)-digit > 7 {
		return 0, 0, false
	}
	return column, int64(number(ref[digit:])), true
}

// markMerged marks the empty cells of a row whose value stands above them.
func markMerged(ranges []mergedRange, row int64, cells []cell) {
	for _, m := range ranges {
		if row <= m.row || row > m.rows {
			continue
		}
		for i := m.column; i < m.columns && i < len(cells); i++ {
			if len(cells[i].text) == 0 {
				cells[i].kind = mergedCell
			}
		}
	}
}

// isTrue reads a boolean attribute of XML.
func isTrue(b []byte) bool { return string(b) == "1" || string(b) == "true" }
