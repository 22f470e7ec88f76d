package samples

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// delivery writes a set of exports: one file a layout, in a folder.
type delivery struct {
	layouts []layout
	files   []*os.File
	books   []*book // for the layouts that are workbooks
	written int64   // bytes of text
}

// marks are the byte order marks of encodings.
var marks = map[encoding]string{utf8BOM: "\ufeff", utf16BOM: "\xff\xfe"}

// begin creates the files and writes their headers.
func begin(dir string, layouts []layout) (*delivery, error) {
	d := &delivery{layouts: layouts, files: make([]*os.File, len(layouts)), books: make([]*book, len(layouts))}
	for i := range d.layouts {
		l := &d.layouts[i]
		if l.columns == nil {
			l.columns = contractColumns(l.table)
		}
		f, err := os.Create(filepath.Join(dir, l.file))
		if err != nil {
			return nil, errors.Join(err, d.abandon())
		}
		d.files[i] = f
		if l.encoding == workbook {
			d.books[i] = &book{l: l}
			continue
		}
		head, err := l.encode(l.header())
		if err == nil {
			_, err = f.WriteString(marks[l.encoding] + string(head))
		}
		if err != nil {
			return nil, errors.Join(err, d.abandon())
		}
	}
	return d, nil
}

// format writes the rows of a batch as the files want them: one buffer a layout. It is safe for
// several batches at a time. Rows for workbooks stay cells.
func (d *delivery) format(b *batch, out [][]byte) error {
	for i := range d.layouts {
		l := &d.layouts[i]
		out[i] = out[i][:0]
		if l.encoding == workbook {
			continue
		}
		for row := range slices.Chunk(b.cells[l.table][l.part], stride(l.table)) {
			out[i] = l.appendRow(out[i], row)
		}
		var err error
		if out[i], err = l.encode(out[i]); err != nil {
			return fmt.Errorf("encode %s: %w", l.file, err)
		}
	}
	return nil
}

// write adds a batch and its formatted rows to the files.
func (d *delivery) write(b *batch, formatted [][]byte) error {
	for i := range d.layouts {
		if book := d.books[i]; book != nil {
			book.rows = append(book.rows, b.cells[book.l.table][book.l.part]...)
			continue
		}
		n, err := d.files[i].Write(formatted[i])
		d.written += int64(n)
		if err != nil {
			return err
		}
	}
	return nil
}

// add formats a batch and writes it.
func (d *delivery) add(b *batch) error {
	formatted := make([][]byte, len(d.layouts))
	if err := d.format(b, formatted); err != nil {
		return err
	}
	return d.write(b, formatted)
}

// finish writes the workbooks and closes the files.
func (d *delivery) finish() error { return errors.Join(d.end(), d.abandon()) }

func (d *delivery) end() error {
	for i, b := range d.books {
		if b != nil {
			if err := b.writeTo(d.files[i]); err != nil {
				return fmt.Errorf("write %s: %w", d.layouts[i].file, err)
			}
			continue
		}
		tail, err := d.layouts[i].encode([]byte(d.layouts[i].tail))
		if err == nil {
			_, err = d.files[i].Write(tail)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// abandon closes what is open.
func (d *delivery) abandon() error {
	var errs []error
	for i, f := range d.files {
		if f != nil {
			errs = append(errs, f.Close())
			d.files[i] = nil
		}
	}
	return errors.Join(errs...)
}

// encode turns UTF-8 into the file's encoding.
func (l *layout) encode(b []byte) ([]byte, error) {
	var t transform.Transformer
	switch l.encoding {
	case utf16BOM:
		t = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder()
	case windows1252:
		t = charmap.Windows1252.NewEncoder()
	default:
		return b, nil
	}
	out, _, err := transform.Bytes(t, b)
	return out, err
}
