package ingest

import (
	"cmp"
	"io"
	"slices"

	"lvv/internal/say"
)

// rival is a sheet that holds a table's header, with the number of rows below it.
type rival struct {
	sheetRef
	header *header
	rows   int64
}

// probeWorkbook finds the sheet and the header: a visible sheet goes before a hidden one, one with rows
// before one with fewer, as an example has, and the first of those that are alike.
func (in *input) probeWorkbook() error {
	f, err := in.open()
	if err != nil {
		return err
	}
	defer f.Close()
	a, err := in.openBook(f)
	if err != nil {
		return err
	}
	if in.book, err = readBook(a); err != nil {
		return err
	}
	texts, err := in.book.readStrings(a)
	if err != nil {
		return err
	}
	names := in.names()
	var best *rival // of the sheets without all that is required
	var whole []rival
	empty, oneColumn, twoRows := true, false, false
	for _, sheet := range in.book.sheets {
		h, err := in.sheetHeader(a, texts, sheet, names)
		if err != nil {
			if len(whole) > 0 {
				continue // what is wrong with a sheet that is not read does not matter
			}
			return err
		}
		empty, oneColumn, twoRows = empty && h.empty, oneColumn || h.oneColumn, twoRows || h.twoRows
		switch {
		case h.header == nil:
		case len(h.header.missing) == 0:
			whole = append(whole, rival{sheetRef: sheet, header: h.header})
		case best == nil || h.header.better(best.header):
			best = &rival{sheetRef: sheet, header: h.header}
		}
	}
	if len(whole) > 1 {
		for i := range whole {
			whole[i].rows = in.countRows(a, texts, whole[i])
		}
		rank := func(r rival) (last int) {
			if in.settings.sheet != "" && r.name != in.settings.sheet {
				last += 2
			}
			if r.hidden {
				last++
			}
			return last
		}
		slices.SortStableFunc(whole, func(x, y rival) int { return cmp.Or(rank(x)-rank(y), cmp.Compare(y.rows, x.rows)) })
	}
	if len(whole) > 0 {
		best = &whole[0]
		for _, other := range whole[1:] {
			if other.rows > 0 && in.settings.sheet == "" {
				in.others = append(in.others, other)
			}
		}
	}
	if best != nil {
		in.header, in.sheet, in.part, in.hiddenSheet = best.header, best.name, best.part, best.hidden
	}
	switch {
	case empty:
		return in.nothing()
	case in.header == nil && oneColumn:
		return in.fault(say.Errorf("every row stands in column A as one text"), say.Errorf("a column for each field"),
			say.Errorf("Select column A in Excel, choose Data, Text to Columns, and save the file; or deliver it as CSV."))
	case in.header != nil && len(in.header.missing) > 0 && twoRows:
		f := in.header.fault(in.table, in.shown, in.sheet)
		f.Found = say.Errorf("the header stands over two rows")
		f.Remedy = say.Errorf("Put the whole name of every column in one row, right above the data.")
		return f
	}
	if f := in.header.fault(in.table, in.shown, in.sheet); f != nil {
		return in.noHeader(f, in.header)
	}
	return nil
}

// sheetTop is what the first rows of a sheet hold.
type sheetTop struct {
	header    *header // the best; nil for none
	empty     bool    // there is nothing in the sheet
	oneColumn bool    // a header stands there as one text
	twoRows   bool    // a row and the one below it are a header together
}

// sheetHeader looks for the header in the first rows of a sheet.
func (in *input) sheetHeader(a *archive, texts *sharedStrings, sheet sheetRef, names map[string]int) (sheetTop, error) {
	top := sheetTop{empty: true}
	r, err := openSheet(a, in.book, texts, sheet.part)
	if err != nil {
		return top, err
	}
	var above []cell
	for {
		row, cells, err := r.next()
		if err == io.EOF || row > headerRows { //nolint:errorlint // next returns io.EOF itself
			return top, nil
		}
		if err != nil {
			return top, err
		}
		top.empty = top.empty && allEmpty(cells)
		h := matchHeader(in.table, names, row, cells)
		if h.matched > 0 && h.better(top.header) {
			top.header = h
		}
		both := matchHeader(in.table, names, row, joined(above, cells))
		top.twoRows = top.twoRows || len(both.missing) == 0 && both.matched > h.matched
		top.oneColumn = top.oneColumn || in.oneText(cells, names)
		above = copied(cells)
	}
}

// joined is a row of which empty cells are those above it.
func joined(above, cells []cell) []cell {
	out := copied(cells)
	for i, c := range above {
		if i >= len(out) {
			out = append(out, c)
		} else if len(trim(out[i].text)) == 0 {
			out[i] = c
		}
	}
	return out
}

func copied(cells []cell) []cell {
	out := slices.Clone(cells)
	for i := range out {
		out[i].text = slices.Clone(out[i].text)
	}
	return out
}

// oneText reports whether the one filled cell of a row is a delimited header.
func (in *input) oneText(cells []cell, names map[string]int) bool {
	text := []byte(nil)
	for _, c := range cells {
		if len(trim(c.text)) > 0 {
			if text != nil {
				return false
			}
			text = c.text
		}
	}
	for _, delim := range []byte(delimiters) {
		s := scanner{delim: delim}
		if kind, _, _ := s.next(text, true); kind == whole && len(text) > 0 && len(s.cells) > 1 &&
			len(matchHeader(in.table, names, 0, s.cells).missing) == 0 {
			return true
		}
	}
	return false
}

// countRows counts the rows below the header of a sheet. What is wrong with one of several sheets that
// could be the register makes it the last choice.
func (in *input) countRows(a *archive, texts *sharedStrings, s rival) int64 {
	r, err := openSheet(a, in.book, texts, s.part)
	if err != nil {
		return 0
	}
	rows := int64(0)
	for {
		row, cells, err := r.next()
		switch {
		case err == io.EOF: //nolint:errorlint // next returns io.EOF itself
			return rows
		case err != nil:
			return 0
		case row > s.header.row && !allEmpty(cells):
			rows++
		}
	}
}
