package ingest

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path"
	"strconv"
	"strings"

	"lvv/internal/say"
)

// book is what is known of a workbook beside its sheets.
type book struct {
	sheets     []sheetRef
	stringPart string // where the shared strings lie, "" for none
	stylePart  string
	epoch1904  bool
	formats    []cellFormat
}

// cellFormat is what a cell format makes of a number.
type cellFormat struct {
	date  bool // it shows a date or a time
	shape *numberShape
}

// sheetRef is a sheet in the order of the workbook.
type sheetRef struct {
	name, part string
	hidden     bool
}

// maxStrings bounds the shared strings of a workbook in bytes.
const maxStrings = 128 << 20

// sharedStrings are the texts to which cells refer by number.
type sharedStrings struct {
	data    []byte
	offsets []uint32 // of data, one more than there are texts
}

func (s *sharedStrings) at(i int) ([]byte, bool) {
	if i < 0 || i >= len(s.offsets)-1 {
		return nil, false
	}
	end := s.offsets[i+1]
	return s.data[s.offsets[i]:end:end], true
}

// xmlFault says of an error of a part's XML what it means for the workbook.
func (in *input) xmlFault(err error) error {
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return in.damaged(errXMLSyntax)
	case errors.Is(err, errXMLLong), errors.Is(err, errXMLSyntax), errors.Is(err, errXMLDoctype):
		return in.damaged(err)
	}
	return err
}

// each calls do for every start tag of a part.
func (a *archive) each(part string, do func(x *xmlScanner) error) error {
	r, err := a.open(part)
	if err != nil {
		return err
	}
	x := newXMLScanner(r)
	for {
		kind, err := x.next()
		if err == io.EOF { //nolint:errorlint // next returns io.EOF itself
			return nil
		}
		if err == nil && kind == startTag {
			err = do(x)
		}
		if err != nil {
			return a.in.xmlFault(err)
		}
	}
}

// relations maps the ids of a part's relations to type and target.
func (a *archive) relations(part string) (map[string][2]string, error) {
	out := map[string][2]string{}
	rels := path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
	if part == "" {
		rels = "_rels/.rels" // of the package itself
	}
	if !a.has(rels) {
		return out, nil
	}
	err := a.each(rels, func(x *xmlScanner) error {
		if string(x.name) != "Relationship" || string(x.attr("TargetMode")) == "External" {
			return nil
		}
		id, typ := string(x.attr("Id")), path.Base(string(x.attr("Type")))
		target := string(unescape(nil, x.attr("Target")))
		if !strings.HasPrefix(target, "/") {
			target = path.Join("/", path.Dir(part), target)
		}
		out[id] = [2]string{typ, target}
		return nil
	})
	return out, err
}

// readBook finds the sheets, the shared strings and the cell formats.
func readBook(a *archive) (*book, error) {
	main, err := a.relations("")
	if err != nil {
		return nil, err
	}
	part := ""
	for _, r := range main {
		if r[0] == "officeDocument" {
			part = r[1]
		}
	}
	if part == "" || !a.has(part) || strings.HasSuffix(part, ".bin") {
		return nil, a.in.notWorkbook(a)
	}
	rels, err := a.relations(part)
	if err != nil {
		return nil, err
	}
	b := &book{}
	for _, r := range rels {
		switch r[0] {
		case "sharedStrings":
			b.stringPart = r[1]
		case "styles":
			b.stylePart = r[1]
		}
	}
	err = a.each(part, func(x *xmlScanner) error {
		switch string(x.name) {
		case "workbookPr":
			b.epoch1904 = isTrue(x.attr("date1904"))
		case "sheet":
			if r := rels[string(x.attr("id"))]; r[0] == "worksheet" && len(b.sheets) < 1000 {
				state := string(x.attr("state"))
				b.sheets = append(b.sheets, sheetRef{
					name: shownName(string(unescape(nil, x.attr("name"))), "", "", len(b.sheets)+1), part: r[1], hidden: state == "hidden" || state == "veryHidden",
				})
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(b.sheets) == 0 {
		return nil, a.in.notWorkbook(a)
	}
	if b.stylePart != "" && a.has(b.stylePart) {
		err = b.readStyles(a)
	}
	return b, err
}

// notWorkbook says what a zip file is that holds no workbook.
func (in *input) notWorkbook(a *archive) *Fault {
	what := say.Errorf("the file is a zip file that holds no workbook")
	switch {
	case a.has("xl/workbook.bin"):
		what = say.Errorf("the file is a binary workbook (.xlsb)")
	case a.has("mimetype") && a.has("content.xml"):
		what = say.Errorf("the file is an OpenDocument file (.ods)")
	case a.has("word/document.xml"):
		what = say.Errorf("the file is a Word document")
	}
	return in.fault(what, say.Errorf("a workbook (.xlsx)"), say.Errorf("Open it in Excel or LibreOffice and save it as .xlsx."))
}

// readStyles finds out which cell formats show dates or times.
func (b *book) readStyles(a *archive) error {
	custom := map[int]cellFormat{}
	inFormats := false
	return a.each(b.stylePart, func(x *xmlScanner) error {
		switch string(x.name) {
		case "numFmt":
			id, _ := strconv.Atoi(string(x.attr("numFmtId")))
			code := string(unescape(nil, x.attr("formatCode")))
			if custom[id] = (cellFormat{date: showsDate(code)}); !custom[id].date {
				custom[id] = cellFormat{shape: shapeOf(code)}
			}
		case "cellXfs":
			inFormats = true
		case "cellStyles", "dxfs", "cellStyleXfs":
			inFormats = false
		case "xf":
			if inFormats && len(b.formats) < 1<<16 {
				id, _ := strconv.Atoi(string(x.attr("numFmtId")))
				format, ok := custom[id]
				if !ok {
					format.date = builtinDate(id)
				}
				b.formats = append(b.formats, format)
			}
		}
		return nil
	})
}

// builtinDate reports whether a number format of ECMA-376 part 1, 18.8.30 shows a date or a time.
func builtinDate(id int) bool {
	return id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 47 || id >= 50 && id <= 58
}

// showsDate reports whether a format code has a part of a date or of a time in it, outside quotes,
// escapes and brackets but those of elapsed time: [h]:mm.
func showsDate(code string) bool {
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				return false
			}
			i += end + 1
		case '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				return false
			}
			if strings.Trim(code[i+1:i+end], "hmsHMS") == "" {
				return true
			}
			i += end
		case '\\', '_', '*':
			i++
		case 'd', 'D', 'm', 'M', 'y', 'Y', 'j', 'J', 'h', 'H', 's', 'S':
			return true
		case 'G', 'g': // General
			if strings.HasPrefix(strings.ToLower(code[i:]), "general") {
				i += len("general") - 1
			}
		}
	}
	return false
}

// readStrings loads the shared strings.
func (b *book) readStrings(a *archive) (*sharedStrings, error) {
	s := &sharedStrings{offsets: []uint32{0}}
	if b.stringPart == "" || !a.has(b.stringPart) {
		return s, nil
	}
	err := a.each(b.stringPart, func(x *xmlScanner) error {
		if string(x.name) != "si" {
			return nil
		}
		start := len(s.data)
		var err error
		if s.data, err = appendRichText(x, s.data); err != nil {
			return err
		}
		s.data = s.data[:start+len(unescapeExcel(s.data[start:]))]
		if len(s.data) > maxStrings {
			return a.in.damaged(say.Errorf("its texts are longer than %d MiB together", maxStrings>>20))
		}
		s.offsets = append(s.offsets, uint32(len(s.data)))
		return nil
	})
	return s, err
}

// appendRichText appends the text of the element whose start tag was just read: its t elements, but
// not the phonetic readings beside them.
func appendRichText(x *xmlScanner, dst []byte) ([]byte, error) {
	inText := false
	for depth := 1; depth > 0; {
		kind, err := x.next()
		switch {
		case err != nil:
			return dst, unended(err)
		case kind == charData:
			if inText {
				dst = x.appendText(dst)
			}
		case kind == endTag:
			depth--
			inText = false
		case string(x.name) == "rPh":
			if err := x.skip(); err != nil {
				return dst, err
			}
		default:
			depth++
			inText = string(x.name) == "t"
		}
	}
	return dst, nil
}

// openBook opens a workbook and reads what is needed before its sheets.
func (in *input) openBook(f *os.File) (*archive, error) {
	head := make([]byte, 512)
	n, err := f.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, &Fault{File: in.shown, Found: say.Errorf("the file cannot be read"), Err: plainCause(err), Remedy: say.Errorf("Check the disk or the network drive it is on.")}
	}
	if fault := in.notZip(f, head[:n]); fault != nil {
		return nil, fault
	}
	return openArchive(in, f, in.info.Size())
}

// notZip recognises what only calls itself a workbook.
func (in *input) notZip(f io.Reader, head []byte) *Fault {
	wanted := say.Errorf("a workbook (.xlsx)")
	start := bytes.ToLower(trim(head))
	switch {
	case bytes.HasPrefix(head, zipMagic):
		return nil
	case len(head) == 0:
		return in.nothing()
	case bytes.HasPrefix(head, cfbMagic):
		if holdsUTF16(f, "EncryptedPackage") {
			return in.protected()
		}
		return in.fault(say.Errorf("the file is an old Excel file (.xls) with the ending of a new one"), wanted, say.Errorf("Open it in Excel or LibreOffice and save it as .xlsx."))
	case bytes.HasPrefix(start, []byte("<")):
		return in.fault(say.Errorf("the file is a web page or XML with the ending of a workbook"), wanted, say.Errorf("Open it in Excel or LibreOffice and save it as .xlsx."))
	case bytes.HasPrefix(head, []byte("%PDF")):
		return in.fault(say.Errorf("the file is a PDF"), wanted, say.Errorf("Deliver the register itself, as .xlsx or CSV."))
	case bytes.IndexByte(head, 0) < 0:
		return in.fault(say.Errorf("the file is text with the ending of a workbook"), wanted, say.Errorf("Give its name the ending .csv if it is delimited text."))
	}
	return in.damaged(say.Errorf("it is no zip file, as a workbook must be"))
}

// holdsUTF16 reports whether a file holds a name in UTF-16, as the directory of a compound file does.
func holdsUTF16(f io.Reader, name string) bool {
	var want []byte
	for _, c := range []byte(name) {
		want = append(want, c, 0)
	}
	buf := make([]byte, 256<<10)
	kept := 0
	for {
		n, err := f.Read(buf[kept:])
		if bytes.Contains(buf[:kept+n], want) {
			return true
		}
		if err != nil {
			return false
		}
		total := kept + n
		kept = copy(buf, buf[max(0, total-len(want)):total])
	}
}
