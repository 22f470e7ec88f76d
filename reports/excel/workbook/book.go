// Package workbook lays out workbooks for readers on top of excelize: typed cells, tables with
// filters, native charts with alternative text, live check formulas, sheets that print on A4, and
// files that are the same byte for byte for the same contents.
package workbook

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"lvv/internal/day"
)

// Properties describe the document to those who search for it.
type Properties struct {
	Title, Subject, Description string
	Creator                     string
	English                     bool
	// Date stands in the properties as the moment of making: the reference date of the figures, so
	// that the same figures give the same bytes.
	Date day.Day
}

// Book is a workbook in the making. Errors are kept until [Book.Save].
type Book struct {
	file    *excelize.File
	styles  map[styleKey]int
	english bool
	sheets  int
	checks  []check
	names   map[string]bool // of tables, in lower case
	data    chartData
	streams []*excelize.StreamWriter
	err     error
}

// New begins a workbook.
func New(p Properties) *Book {
	b := &Book{file: excelize.NewFile(), styles: map[styleKey]int{}, names: map[string]bool{}, english: p.English}
	lang := "nl-NL"
	if p.English {
		lang = "en-GB"
	}
	stamp := p.Date.Time().Format("2006-01-02T15:04:05Z")
	b.fail(b.file.SetDocProps(&excelize.DocProperties{
		Title: Safe(p.Title), Subject: Safe(p.Subject), Description: Safe(p.Description),
		Creator: Safe(p.Creator), LastModifiedBy: Safe(p.Creator),
		Created: stamp, Modified: stamp, Language: lang,
	}))
	b.fail(b.file.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: new(true)}))
	return b
}

// fail keeps the first error.
func (b *Book) fail(err error) {
	if b.err == nil && err != nil {
		b.err = err
	}
}

func (b *Book) pick(nl, en string) string {
	if b.english {
		return en
	}
	return nl
}

// Save writes the workbook and releases it. The same contents give the same bytes.
func (b *Book) Save(w io.Writer) (err error) {
	defer func() { err = errors.Join(err, b.file.Close()) }()
	b.writeChartData()
	for _, sw := range b.streams {
		b.fail(sw.Flush())
	}
	if b.err != nil {
		return fmt.Errorf("lay out workbook: %w", b.err)
	}
	buf, err := b.file.WriteToBuffer()
	if err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	if err := pack(w, buf.Bytes()); err != nil {
		return fmt.Errorf("pack workbook: %w", err)
	}
	return nil
}

// tableName returns a name for an Excel table that is unique in the workbook.
func (b *Book) tableName(s string) string {
	name := "tbl_" + strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, s)
	unique := name
	for i := 2; b.names[strings.ToLower(unique)]; i++ {
		unique = fmt.Sprintf("%s_%d", name, i)
	}
	b.names[strings.ToLower(unique)] = true
	return unique
}
