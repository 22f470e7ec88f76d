package samples

import (
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/klauspost/compress/flate"
	"github.com/xuri/excelize/v2"

	"lvv/internal/day"
	"lvv/internal/lists"
)

// book collects the rows of a workbook: an explanatory sheet first, then the register under its
// title rows, with real dates.
type book struct {
	l    *layout
	rows []cell
}

const bookSheet, bookNotes = "Register", "Toelichting"

// writeTo writes the workbook. The bytes depend on nothing but the rows and the pinned modules.
func (b *book) writeTo(w io.Writer) (err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := b.fill(f); err != nil {
		return err
	}
	buf, err := f.WriteToBuffer()
	if err != nil {
		return err
	}
	return rezip(w, buf.Bytes())
}

func (b *book) fill(f *excelize.File) error {
	if err := f.SetDocProps(&excelize.DocProperties{Creator: "Voorbeeldregister", Created: "2020-10-01T00:00:00Z", Modified: "2020-10-01T00:00:00Z"}); err != nil {
		return err
	}
	if err := f.SetSheetName("Sheet1", bookNotes); err != nil {
		return err
	}
	if err := f.SetCellStr(bookNotes, "A1", "Verzonnen gegevens: geen van deze personen bestaat."); err != nil {
		return err
	}
	if _, err := f.NewSheet(bookSheet); err != nil {
		return err
	}
	style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		return err
	}
	sw, err := f.NewStreamWriter(bookSheet)
	if err != nil {
		return err
	}
	line := 1
	set := func(values []any) error {
		at, err := excelize.CoordinatesToCellName(1, line)
		if err != nil {
			return err
		}
		line++
		return sw.SetRow(at, values)
	}
	for _, title := range b.l.title {
		if err := set([]any{title}); err != nil {
			return err
		}
	}
	values := lists.Map(b.l.columns, func(c column) any { return c.header })
	if err := set(values); err != nil {
		return err
	}
	for row := range slices.Chunk(b.rows, stride(b.l.table)) {
		for i, c := range b.l.columns {
			if c.field < 0 {
				values[i] = c.always
			} else {
				values[i] = b.l.value(&row[c.field], style)
			}
		}
		if err := set(values); err != nil {
			return err
		}
	}
	return sw.Flush()
}

// value is what a spreadsheet makes of a cell: dates are numbers with a format, and whatever looks
// like a number has lost the zeros before it.
func (l *layout) value(c *cell, dateFormat int) any {
	switch c.kind {
	case blank:
		if l.empty == "" {
			return nil
		}
	case date:
		return excelize.Cell{StyleID: dateFormat, Value: serial(day.Day(c.n))}
	case whole:
		return c.n
	case numbered:
		if strings.Trim(c.s, "0") == "" {
			return c.n
		}
	case text:
		return c.s
	}
	return string(l.appendCell(nil, c))
}

// serial is the number of a date in Excel's 1900 system.
func serial(d day.Day) int { return int(d - day.Of(1899, 12, 30)) }

// rezip writes the same archive with its entries in order of name, the content types in order, and
// without times, so that equal content is equal bytes.
func rezip(w io.Writer, archive []byte) error {
	zr, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return err
	}
	slices.SortFunc(zr.File, func(a, b *zip.File) int { return cmp.Compare(a.Name, b.Name) })
	zw := zip.NewWriter(w)
	// The standard library's compressor may change from one Go version to the next.
	zw.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, 6) })
	for _, f := range zr.File {
		r, err := f.Open()
		if err != nil {
			return err
		}
		content, err := io.ReadAll(r)
		r.Close()
		if err != nil {
			return err
		}
		if f.Name == "[Content_Types].xml" {
			content = sortedElements(content, "Override")
		}
		e, err := zw.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate})
		if err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
		if _, err := e.Write(content); err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	return zw.Close()
}

// sortedElements puts the childless elements of a name in order of their text.
func sortedElements(xml []byte, name string) []byte {
	open := "<" + name + " "
	parts := strings.Split(string(xml), open)
	head, elements := parts[0], parts[1:]
	if len(elements) == 0 {
		return xml
	}
	last := elements[len(elements)-1]
	end := strings.Index(last, ">") + 1
	if closing := "</" + name + ">"; strings.HasPrefix(last[end:], closing) {
		end += len(closing)
	}
	elements[len(elements)-1] = last[:end]
	slices.Sort(elements)
	return []byte(head + open + strings.Join(elements, open) + last[end:])
}
