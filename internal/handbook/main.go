// Command handbook writes a page of Markdown as one file of HTML that holds its pictures, so that it can be read with
// nothing but a browser: go run ./internal/handbook LEESMIJ.md > LEESMIJ.html
package main

import (
	"bytes"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"os"
	"path/filepath"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

//go:embed page.gohtml
var pageText string

var page = template.Must(template.New("page").Parse(pageText))

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: handbook FILE.md > FILE.html")
		os.Exit(2)
	}
	if err := write(os.Stdout, os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "handbook:", err)
		os.Exit(1)
	}
}

// write writes the page of a file in Dutch. Its first heading is the title; pictures are PNG files that it names from
// its own folder.
func write(w io.Writer, file string) error {
	source, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	reader := &pictures{dir: filepath.Dir(file)}
	md := goldmark.New(goldmark.WithExtensions(extension.Table),
		goldmark.WithParserOptions(parser.WithAutoHeadingID(), parser.WithASTTransformers(util.Prioritized(reader, 100))))
	var body bytes.Buffer
	if err := md.Convert(source, &body); err != nil {
		return err
	}
	if reader.err != nil {
		return reader.err
	}
	return page.Execute(w, map[string]any{"Title": reader.title, "Body": template.HTML(body.String())}) //nolint:gosec // it is the project's own text
}

// pictures puts the pictures of a document into it, and finds its title.
type pictures struct {
	dir   string
	title string
	err   error
}

// Transform implements [parser.ASTTransformer].
func (p *pictures) Transform(doc *ast.Document, reader text.Reader, _ parser.Context) {
	p.err = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Heading:
			if entering && p.title == "" {
				p.title = string(n.Lines().Value(reader.Source()))
			}
		case *ast.Image:
			if entering {
				b, err := os.ReadFile(filepath.Join(p.dir, string(n.Destination)))
				if err != nil {
					return ast.WalkStop, err
				}
				n.Destination = []byte("data:image/png;base64," + base64.StdEncoding.EncodeToString(b))
			}
		}
		return ast.WalkContinue, nil
	})
}
