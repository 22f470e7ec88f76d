package ingest

import (
	"bufio"
	"bytes"
	"io"
	"strconv"
	"unicode/utf8"

	"lvv/internal/say"
)

// tokenKind is the kind of a token of XML.
type tokenKind uint8

const (
	startTag tokenKind = iota
	endTag
	charData
)

// maxToken is the longest tag or text in bytes. A cell of Excel holds 32,767 characters.
const maxToken = 1 << 20

// Errors of the XML of a part.
var (
	errXMLLong    = say.Errorf("a text or tag in it is too long")
	errXMLSyntax  = say.Errorf("its XML is not in order")
	errXMLDoctype = say.Errorf("its XML declares entities, as no spreadsheet does")
)

// xmlScanner reads the plain XML of a workbook token by token: no namespaces but their prefixes cut
// off, no entities but the five of XML and character references. Tokens refer to its buffer and are
// valid until the next call.
type xmlScanner struct {
	src      io.Reader
	buf      []byte
	pos, end int
	eof      bool

	name    []byte // of a tag, without its prefix
	attrs   []byte // of a start tag, as they stand
	text    []byte // of charData, as it stands
	literal bool   // text is from a CDATA section
	closing bool   // a start tag that was empty ends next
}

// utf8Part returns the text of a part, which may be in UTF-16, in UTF-8.
func utf8Part(src io.Reader) (io.Reader, error) {
	b := bufio.NewReaderSize(src, 16)
	mark, err := b.Peek(2)
	if err != nil && err != io.EOF {
		return nil, err
	}
	name, size := bomEncoding(mark)
	if name == "" {
		return b, nil
	}
	if _, err := b.Discard(size); err != nil {
		return nil, err
	}
	return decoded(b, name), nil
}

func newXMLScanner(src io.Reader) *xmlScanner {
	return &xmlScanner{src: src, buf: make([]byte, 64<<10)}
}

// more reads on, keeping what stands behind pos.
func (x *xmlScanner) more() error {
	if x.eof {
		return io.EOF
	}
	if x.pos > 0 {
		x.end = copy(x.buf, x.buf[x.pos:x.end])
		x.pos = 0
	}
	if x.end == len(x.buf) {
		if len(x.buf) >= 2*maxToken {
			return errXMLLong
		}
		x.buf = append(x.buf, make([]byte, len(x.buf))...)
	}
	n, err := x.src.Read(x.buf[x.end:])
	x.end += n
	if err == io.EOF {
		x.eof = true
		if n == 0 {
			return io.EOF
		}
		return nil
	}
	return err
}

// find returns the end of the first sep behind pos+from, reading on as needed.
func (x *xmlScanner) find(sep string, from int) (int, error) {
	for {
		if start := x.pos + from; start <= x.end {
			if i := bytes.Index(x.buf[start:x.end], []byte(sep)); i >= 0 {
				return start + i + len(sep), nil
			}
			from = max(from, x.end-x.pos-len(sep)+1)
		}
		if x.end-x.pos > maxToken {
			return 0, errXMLLong
		}
		if err := x.more(); err != nil {
			return 0, unended(err)
		}
	}
}

// unended is the error where a tag or an element is not ended: the end of the part is one there.
func unended(err error) error {
	if err == io.EOF { //nolint:errorlint // it is returned by itself
		return errXMLSyntax
	}
	return err
}

// next returns the next token, and io.EOF behind the last.
func (x *xmlScanner) next() (tokenKind, error) {
	if x.closing {
		x.closing = false
		return endTag, nil
	}
	for {
		if x.pos == x.end {
			if err := x.more(); err != nil {
				return 0, err
			}
			continue
		}
		if x.buf[x.pos] != '<' {
			return charData, x.readText()
		}
		for x.end-x.pos < 9 && !x.eof {
			if err := x.more(); err != nil && err != io.EOF { //nolint:errorlint // more returns io.EOF itself
				return 0, err
			}
		}
		head := x.buf[x.pos:x.end]
		var err error
		var to int
		switch {
		case bytes.HasPrefix(head, []byte("<!--")):
			to, err = x.find("-->", 4)
		case bytes.HasPrefix(head, []byte("<?")):
			to, err = x.find("?>", 2)
		case bytes.HasPrefix(head, []byte("<![CDATA[")):
			if to, err = x.find("]]>", 9); err == nil {
				x.text, x.literal = x.buf[x.pos+9:to-3], true
				x.pos = to
				return charData, nil
			}
		case bytes.HasPrefix(head, []byte("<!")):
			err = errXMLDoctype
		default:
			return x.readTag()
		}
		if err != nil {
			return 0, err
		}
		x.pos = to
	}
}

func (x *xmlScanner) readText() error {
	from := 0
	for {
		if i := bytes.IndexByte(x.buf[x.pos+from:x.end], '<'); i >= 0 {
			from += i
			break
		}
		if from = x.end - x.pos; from > maxToken {
			return errXMLLong
		}
		if err := x.more(); err == io.EOF { //nolint:errorlint // more returns io.EOF itself
			break
		} else if err != nil {
			return err
		}
	}
	x.text, x.literal = x.buf[x.pos:x.pos+from], false
	x.pos += from
	return nil
}

// readTag reads a tag, in whose quoted values a > may stand.
func (x *xmlScanner) readTag() (tokenKind, error) {
	var quote byte
	i := 1
	for ; ; i++ {
		if x.pos+i == x.end {
			if i > maxToken {
				return 0, errXMLLong
			}
			if err := x.more(); err != nil {
				return 0, unended(err)
			}
		}
		c := x.buf[x.pos+i]
		if quote != 0 {
			if c == quote {
				quote = 0
			}
			continue
		}
		if c == '>' {
			break
		}
		if c == '"' || c == '\'' {
			quote = c
		}
	}
	tag := x.buf[x.pos+1 : x.pos+i]
	x.pos += i + 1
	if len(tag) > 0 && tag[0] == '/' {
		x.name = localName(bytes.TrimRight(tag[1:], " \t\r\n"))
		return endTag, nil
	}
	if n := len(tag); n > 0 && tag[n-1] == '/' {
		tag, x.closing = tag[:n-1], true
	}
	x.name, x.attrs = tag, nil
	if j := bytes.IndexAny(tag, " \t\r\n"); j >= 0 {
		x.name, x.attrs = tag[:j], tag[j:]
	}
	x.name = localName(x.name)
	if len(x.name) == 0 {
		return 0, errXMLSyntax
	}
	return startTag, nil
}

func localName(b []byte) []byte { return b[bytes.IndexByte(b, ':')+1:] }

// attr returns the value of an attribute as it stands, or nil; the prefix of its name does not matter.
func (x *xmlScanner) attr(name string) []byte {
	b := x.attrs
	for {
		eq := bytes.IndexByte(b, '=')
		if eq < 0 {
			return nil
		}
		key := localName(bytes.TrimSpace(b[:eq]))
		b = bytes.TrimLeft(b[eq+1:], " \t\r\n")
		if len(b) == 0 {
			return nil
		}
		end := bytes.IndexByte(b[1:], b[0])
		if end < 0 {
			return nil
		}
		if string(key) == name {
			return b[1 : 1+end]
		}
		b = b[end+2:]
	}
}

// skip passes over the element whose start tag was just read.
func (x *xmlScanner) skip() error {
	for depth := 1; depth > 0; {
		kind, err := x.next()
		switch {
		case err != nil:
			return unended(err)
		case kind == startTag:
			depth++
		case kind == endTag:
			depth--
		}
	}
	return nil
}

// appendText appends the text of a charData token with its references resolved.
func (x *xmlScanner) appendText(dst []byte) []byte {
	if x.literal {
		return append(dst, x.text...)
	}
	return unescape(dst, x.text)
}

var entities = map[string]rune{"amp": '&', "lt": '<', "gt": '>', "quot": '"', "apos": '\''}

// unescape appends text with its entities and character references resolved. What is none stays.
func unescape(dst, b []byte) []byte {
	for {
		i := bytes.IndexByte(b, '&')
		if i < 0 {
			return append(dst, b...)
		}
		dst = append(dst, b[:i]...)
		b = b[i:]
		end := bytes.IndexByte(b[:min(len(b), 12)], ';')
		if r, ok := reference(string(b[1:max(1, end)])); ok {
			dst, b = utf8.AppendRune(dst, r), b[end+1:]
		} else {
			dst, b = append(dst, '&'), b[1:]
		}
	}
}

// reference is the character that an entity or a character reference stands for.
func reference(name string) (rune, bool) {
	if r, ok := entities[name]; ok {
		return r, true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	digits, base := name[1:], 10
	if digits[0] == 'x' || digits[0] == 'X' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 21)
	return rune(n), err == nil
}

// unescapeExcel resolves in place the way in which Excel writes characters that XML cannot hold:
// _x000D_ for a carriage return.
func unescapeExcel(b []byte) []byte {
	if !bytes.Contains(b, []byte("_x")) {
		return b
	}
	out := b[:0]
	for i := 0; i < len(b); i++ {
		if b[i] == '_' && i+6 < len(b) && b[i+1] == 'x' && b[i+6] == '_' {
			if n, err := strconv.ParseUint(string(b[i+2:i+6]), 16, 16); err == nil {
				out = utf8.AppendRune(out, rune(n))
				i += 6
				continue
			}
		}
		out = append(out, b[i])
	}
	return out
}
