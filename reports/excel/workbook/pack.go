package workbook

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// packed is the time of every entry: the earliest that a ZIP file can state.
var packed = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// pack copies a workbook entry by entry in a fixed order, with fixed times and with its content types
// and relationships sorted: excelize walks maps while it writes, so its own files differ from run to run.
func pack(w io.Writer, book []byte) error {
	r, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		return err
	}
	files := slices.Clone(r.File)
	slices.SortFunc(files, func(a, b *zip.File) int {
		return cmp.Or(slices.Index(front, b.Name)-slices.Index(front, a.Name), strings.Compare(a.Name, b.Name))
	})
	zw := zip.NewWriter(w)
	for _, f := range files {
		if err := repack(zw, f); err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	return zw.Close()
}

// front are the parts that say what a package is. They stand before the rest, the last of them first, where readers
// look for them.
var front = []string{"_rels/.rels", "[Content_Types].xml"}

func repack(zw *zip.Writer, f *zip.File) error {
	in, err := f.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := zw.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: packed})
	if err != nil {
		return err
	}
	if f.Name != "[Content_Types].xml" && !strings.HasSuffix(f.Name, ".rels") {
		_, err = io.Copy(out, in) //nolint:gosec // The book is our own, written a moment ago.
		return err
	}
	part, err := io.ReadAll(in)
	if err != nil {
		return err
	}
	if part, err = sortChildren(part); err != nil {
		return err
	}
	_, err = out.Write(part)
	return err
}

// sortChildren orders the elements directly under the root of a part by their text. The order of
// content types and relationships carries no meaning.
func sortChildren(part []byte) ([]byte, error) {
	d := xml.NewDecoder(bytes.NewReader(part))
	var head, tail int64
	var children []string
	depth := 0
	start := int64(0)
	for {
		before := d.InputOffset()
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		switch token.(type) {
		case xml.StartElement:
			depth++
			switch depth {
			case 1:
				head = d.InputOffset()
			case 2:
				start = before
			}
		case xml.EndElement:
			depth--
			switch depth {
			case 1:
				children = append(children, string(part[start:d.InputOffset()]))
			case 0:
				tail = before
			}
		}
	}
	if depth != 0 || tail < head {
		return nil, fmt.Errorf("is not well-formed")
	}
	slices.Sort(children)
	return slices.Concat(part[:head], []byte(strings.Join(children, "")), part[tail:]), nil
}
