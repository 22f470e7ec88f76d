package ingest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"slices"
	"strconv"

	"lvv/internal/say"
)

// maxSheetRow is the last row of an Excel sheet.
const maxSheetRow = 1 << 20

// sheetReader reads a sheet row by row.
type sheetReader struct {
	in      *input
	x       *xmlScanner
	book    *book
	strings *sharedStrings
	started bool // behind the start of the sheet's data
	row     int64
	hidden  bool // the row at hand is
	merges  []mergedRange
	cells   []cell
	text    []byte // of the row's cells
}

func openSheet(a *archive, b *book, s *sharedStrings, part string) (*sheetReader, error) {
	r, err := a.open(part)
	if err != nil {
		return nil, err
	}
	return &sheetReader{in: a.in, x: newXMLScanner(r), book: b, strings: s}, nil
}

// next returns the next row with its number, and io.EOF behind the last. The cells are valid until
// the next call. Hidden rows are rows like any other.
func (r *sheetReader) next() (int64, []cell, error) {
	row, cells, err := r.read()
	if err != nil && err != io.EOF { //nolint:errorlint // read returns io.EOF itself
		err = r.in.xmlFault(err)
	}
	return row, cells, err
}

func (r *sheetReader) read() (int64, []cell, error) {
	for {
		kind, err := r.x.next()
		switch {
		case err != nil:
			if r.started {
				err = unended(err)
			}
			return 0, nil, err
		case kind == startTag && string(r.x.name) == "sheetData":
			r.started = true
		case kind == endTag && string(r.x.name) == "sheetData":
			return 0, nil, r.drain()
		case kind == startTag && r.started && string(r.x.name) == "row":
			return r.readRow()
		}
	}
}

// drain reads what stands behind the data, so that the checksum of the part is checked.
func (r *sheetReader) drain() error {
	r.started = false
	for {
		kind, err := r.x.next()
		if err != nil {
			return err
		}
		if kind == startTag && string(r.x.name) == "mergeCell" && len(r.merges) < maxMerges {
			if m, ok := parseMerged(r.x.attr("ref")); ok {
				r.merges = append(r.merges, m)
			}
		}
	}
}

func (r *sheetReader) readRow() (int64, []cell, error) {
	r.cells, r.text = r.cells[:0], r.text[:0]
	number := r.row + 1
	if v := r.x.attr("r"); v != nil {
		n, err := strconv.ParseInt(string(v), 10, 64)
		if err != nil || n < number {
			return 0, nil, r.in.damaged(say.Errorf("its rows are out of order"))
		}
		number = n
	}
	if number > maxSheetRow {
		return 0, nil, r.in.damaged(say.Errorf("it has more rows than a sheet can have"))
	}
	r.row = number
	r.hidden = isTrue(r.x.attr("hidden"))
	for {
		kind, err := r.x.next()
		switch {
		case err != nil:
			return 0, nil, unended(err)
		case kind == endTag && string(r.x.name) == "row":
			return number, r.cells, nil
		case kind == startTag && string(r.x.name) == "c":
			if err := r.readCell(); err != nil {
				return 0, nil, err
			}
		case kind == startTag:
			if err := r.x.skip(); err != nil {
				return 0, nil, err
			}
		}
	}
}

// readCell reads a cell and puts it in its column.
func (r *sheetReader) readCell() error {
	at := len(r.cells)
	// A cell without a valid reference stands behind the one before it.
	if column, ok := columnOf(r.x.attr("r")); ok {
		at = column
	}
	if at >= maxColumns {
		return r.in.damaged(say.Errorf("it has more columns than a sheet can have"))
	}
	typ, style := string(r.x.attr("t")), 0
	if s := r.x.attr("s"); s != nil {
		style, _ = strconv.Atoi(string(s))
	}
	raw, formula, valued, err := r.cellText()
	if err != nil {
		return err
	}
	c := cell{text: raw, kind: sheetText, epoch1904: r.book.epoch1904, formula: formula}
	switch typ {
	case "s":
		index, err := strconv.Atoi(string(bytes.TrimSpace(raw)))
		var ok bool
		if c.text, ok = r.strings.at(index); len(raw) > 0 && (err != nil || !ok) {
			return r.in.damaged(say.Errorf("a cell refers to a text that is not there"))
		}
	case "str", "inlineStr":
		c.text = unescapeExcel(raw)
	case "b":
		c.kind = boolCell
	case "e":
		c.kind = errorCell
	case "d":
	default:
		c.kind = numberCell
		if style >= 0 && style < len(r.book.formats) {
			c.date, c.shape = r.book.formats[style].date, r.book.formats[style].shape
		}
		valued = len(raw) > 0
	}
	if formula && !valued {
		c.kind = formulaCell
	}
	for len(r.cells) <= at {
		r.cells = append(r.cells, cell{kind: sheetText})
	}
	r.cells[at] = c
	return nil
}

// cellText returns the value of the cell whose start tag was just read: a v, or the text of an is. formula
// says that there is an f, valued that there is a value, if only an empty one.
func (r *sheetReader) cellText() (text []byte, formula, valued bool, err error) {
	start := len(r.text)
	inValue := false
	for {
		kind, err := r.x.next()
		switch {
		case err != nil:
			return nil, false, false, unended(err)
		case kind == charData:
			if inValue {
				r.text = r.x.appendText(r.text)
			}
		case kind == endTag:
			if string(r.x.name) == "c" {
				return r.text[start:len(r.text):len(r.text)], formula, valued, nil
			}
			inValue = false
		case string(r.x.name) == "v":
			inValue, valued = true, true
		case string(r.x.name) == "is":
			if r.text, err = appendRichText(r.x, r.text); err != nil {
				return nil, false, false, err
			}
			valued = true
		default:
			formula = formula || string(r.x.name) == "f"
			if err := r.x.skip(); err != nil {
				return nil, false, false, err
			}
		}
	}
}

// columnOf is the column of a reference such as AB12, from 0.
func columnOf(ref []byte) (int, bool) {
	n, i := 0, 0
	for ; i < len(ref) && i < 4; i++ {
		c := ref[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		n = n*26 + int(c-'A') + 1
	}
	return n - 1, n > 0 && i < len(ref) && digits(ref[i:])
}

// sheetBatch is how many rows of a sheet make a batch.
const sheetBatch = 4096

// readWorkbook reads the rows of a workbook and hands them to accept. The hash is of the file as it
// lies there; that it stays so while the rows are read is checked at the end.
func (r *reading) readWorkbook(ctx context.Context, in *input, t *tableReading, accept func(*batch) error) (Input, error) {
	f, err := in.open()
	if err != nil {
		return Input{}, err
	}
	defer f.Close()
	src := &raw{in: in, file: f, hash: sha256.New()}
	if _, err := io.Copy(io.Discard, src); err != nil {
		return Input{}, err
	}
	a, err := in.openBook(f)
	if err != nil {
		return Input{}, err
	}
	texts, err := in.book.readStrings(a)
	if err != nil {
		return Input{}, err
	}
	sheet, err := openSheet(a, in.book, texts, in.part)
	if err != nil {
		return Input{}, err
	}
	rows := t.rowParser(in)
	for more := true; more; {
		if err := ctx.Err(); err != nil {
			return Input{}, err
		}
		rows.b = t.batch()
		if more, err = sheet.fill(rows); err != nil {
			return Input{}, err
		}
		if err := accept(rows.b); err != nil {
			return Input{}, err
		}
	}
	t.merges = sheet.merges
	if report := r.reporter(in); report != nil {
		report(in.info.Size())
	}
	return src.finish()
}

// fill parses rows below the header into the batch; more says whether there may be others.
func (r *sheetReader) fill(rows *rowParser) (more bool, err error) {
	defer rows.settle()
	for rows.b.read < sheetBatch || rows.waiting > 0 && rows.b.read < 2*sheetBatch {
		last := r.row
		row, cells, err := r.next()
		if errors.Is(err, io.EOF) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		above := row < r.in.header.row
		// Rows that the sheet does not mention are blank.
		rows.b.apart[apartBlank] += row - last - 1
		switch {
		case allEmpty(cells):
			rows.b.apart[apartBlank]++
		case above:
			rows.b.apart[apartTitle]++
		case row > r.in.header.row:
			markMerged(r.in.merged, row, cells)
			rows.hidden = r.hidden
			rows.row(row, cells)
		}
	}
	return true, nil
}

func allEmpty(cells []cell) bool {
	return !slices.ContainsFunc(cells, func(c cell) bool { return len(trim(c.text)) > 0 || c.kind == formulaCell })
}

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
