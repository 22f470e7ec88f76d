// Package settings reads what people write in YAML: the pilot's terms, the pilots of a programme, a request, notes.
// It keeps the line of everything, so that whatever is wrong can be told with its place, and all of it together. The
// catalogue in package sql, which no user writes, is decoded by a library that is quicker and keeps no places.
package settings

import (
	"bytes"
	"errors"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"lvv/internal/say"
)

// Kind is what a node holds.
type Kind uint8

// The kinds.
const (
	Nothing Kind = iota // a name without a value, or null
	Text                // a single value: a text, number or date, as it is written
	List
	Map
)

// Node is a value and where it stands.
type Node struct {
	Kind  Kind
	Line  int     // from 1
	Text  string  // of a Text, without its quotes
	Names []*Node // of a Map: the names of its values, each a Text, in the order of the file
	Items []*Node // of a List or Map: its values
}

// Parse returns the one document of a text, or nil where the text holds none. A byte order mark tells UTF-16; all
// else must be UTF-8. An error names file and line, and the way out.
func Parse(file string, text []byte) (*Node, error) {
	text, _, err := transform.Bytes(unicode.BOMOverride(transform.Nop), text)
	if err != nil {
		return nil, say.Errorf("%s: the file cannot be read as UTF-16, which its first bytes announce; save it as UTF-8", file)
	}
	if _, i, err := transform.Bytes(encoding.UTF8Validator, text); err != nil {
		return nil, say.Errorf("%s:%d: a character is not UTF-8; save the file as UTF-8", file, 1+bytes.Count(text[:i], []byte("\n")))
	}
	parsed, err := parser.ParseBytes(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")), 0, parser.AllowDuplicateMapKey())
	if err != nil {
		line := 1
		if at, ok := errors.AsType[yaml.Error](err); ok && at.GetToken() != nil {
			line = at.GetToken().Position.Line
		}
		return nil, say.Errorf("%s:%d: not readable as YAML; each setting is name: value on a line of its own, as lvv init writes them", file, line)
	}
	b := builder{file: file, anchors: map[string]*Node{}}
	var root *Node
	for _, doc := range parsed.Docs {
		if doc.Body == nil || doc.Body.Type() == ast.DirectiveType {
			continue
		}
		n := b.node(doc.Body)
		switch {
		case b.err != nil:
			return nil, b.err
		case n.Kind == Nothing:
		case root != nil:
			return nil, say.Errorf("%s:%d: a second document begins here; put all settings in one, without --- or ... between them", file, n.Line)
		default:
			root = n
		}
	}
	return root, nil
}

// builder turns the parser's tree into nodes.
type builder struct {
	file    string
	anchors map[string]*Node
	err     error // the first
}

func (b *builder) node(n ast.Node) *Node {
	line := n.GetToken().Position.Line
	switch n := n.(type) {
	case *ast.MappingNode:
		out := &Node{Kind: Map, Line: line}
		if !n.IsFlowStyle && len(n.Values) > 0 {
			out.Line = n.Values[0].Key.GetToken().Position.Line
		}
		for _, v := range n.Values {
			b.member(out, v)
		}
		return out
	case *ast.MappingValueNode:
		out := &Node{Kind: Map, Line: n.Key.GetToken().Position.Line}
		b.member(out, n)
		return out
	case *ast.SequenceNode:
		out := &Node{Kind: List, Line: line}
		for _, v := range n.Values {
			out.Items = append(out.Items, b.node(v))
		}
		return out
	case *ast.NullNode:
		return &Node{Line: line}
	case *ast.StringNode:
		return &Node{Kind: Text, Line: line, Text: n.Value}
	case *ast.LiteralNode:
		return &Node{Kind: Text, Line: line, Text: n.Value.Value}
	case *ast.TagNode:
		if n.Value == nil {
			return &Node{Line: line}
		}
		return b.node(n.Value)
	case *ast.AnchorNode:
		out := b.node(n.Value)
		b.anchors[n.Name.GetToken().Value] = out
		return out
	case *ast.AliasNode:
		if out := b.anchors[n.Value.GetToken().Value]; out != nil {
			return out
		}
		b.Faultf(line, "nothing before this line is called &%s; write the value out", n.Value.GetToken().Value)
		return &Node{Line: line}
	}
	return &Node{Kind: Text, Line: line, Text: n.GetToken().Value} // numbers, true and false, as they are written
}

// member adds a name and its value.
func (b *builder) member(to *Node, v *ast.MappingValueNode) {
	key := b.node(v.Key.(ast.Node))
	if key.Kind != Text {
		b.Faultf(key.Line, "a name is expected here; each setting is name: value on a line of its own, as lvv init writes them")
	}
	to.Names, to.Items = append(to.Names, key), append(to.Items, b.node(v.Value))
}

func (b *builder) Faultf(line int, format string, args ...any) {
	if b.err == nil {
		b.err = say.Errorf("%s:%d: %w", b.file, line, say.Errorf(format, args...))
	}
}
