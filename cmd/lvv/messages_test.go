package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"lvv/internal/say"
)

// spoken are the functions that take a message of the catalogue, with the place of its text among their arguments.
var spoken = map[string]int{"Errorf": 0, "usagef": 0, "text": 0, "say": 0, "ask": 0, "begin": 0, "Faultf": 1, "Text": 1, "Word": 1}

// ofPackages are functions of a package that pass a message on, wherever it is not cmd/lvv.
var ofPackages = map[string]int{"Faultf": 1, "faultf": 1, "argumentf": 0, "refusef": 1, "fault": 0, "fail": 0, "Add": 2, "Skip": 1, "judge": 2}

// speaking are the packages whose every message stands in the catalogue.
var speaking = []string{"cmd/lvv", "anonymize", "ingest", "reports", "samples", "transform", "internal"}

// TestMessages holds every message in the code against the catalogue: each is there in Dutch, with the same values, and
// the catalogue has none that nobody says.
func TestMessages(t *testing.T) {
	found := map[string]string{}
	for _, dir := range speaking {
		err := filepath.WalkDir(filepath.Join("..", "..", dir), func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			return messagesOf(path, found)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(found) < 100 {
		t.Fatalf("only %d messages were found", len(found))
	}
	if dump := os.Getenv("LVV_MESSAGES"); dump != "" {
		var b strings.Builder
		for _, text := range slices.Sorted(maps.Keys(found)) {
			if say.Word(say.Dutch, text) == text {
				b.WriteString(found[text] + "\n" + text + "\n\x00\n")
			}
		}
		if err := os.WriteFile(dump, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	known := say.Messages()
	for text, where := range found {
		dutch, ok := known[text]
		if !ok {
			t.Errorf("%s: no Dutch for %q", where, text)
		} else if a, b := verbs(text), verbs(dutch); !slices.Equal(a, b) {
			t.Errorf("%s: %q has the values %v, in Dutch %v", where, text, a, b)
		}
	}
	for text := range known {
		if found[text] == "" {
			t.Errorf("nobody says %q", text)
		}
	}
}

// messagesOf adds the messages of a file, with where they stand.
func messagesOf(path string, found map[string]string) error {
	files := token.NewFileSet()
	f, err := parser.ParseFile(files, path, nil, 0)
	if err != nil {
		return err
	}
	constants := map[string]string{}
	note := func(e ast.Expr) {
		if text, ok := literal(e, constants); ok && letter.MatchString(verb.ReplaceAllString(text, "")) {
			found[text] = files.Position(e.Pos()).String()
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok && len(v.Values) == len(v.Names) {
			for i, name := range v.Names {
				if text, ok := literal(v.Values[i], constants); ok {
					constants[name.Name] = text
				}
			}
		}
		return true
	})
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			name, of := "", ""
			switch fun := n.Fun.(type) {
			case *ast.Ident:
				name = fun.Name
			case *ast.SelectorExpr:
				name = fun.Sel.Name
				if x, ok := fun.X.(*ast.Ident); ok {
					of = x.Name
				}
			}
			at, ok := spoken[name]
			inCommand := strings.HasPrefix(path, filepath.Join("..", "..", "cmd"))
			if other, passes := ofPackages[name]; passes && !inCommand {
				at, ok = other, true
			} else if of != "say" && (!inCommand || of == "fmt" || of == "errors") {
				ok = false
			}
			if ok && at < len(n.Args) {
				note(n.Args[at])
			}
			if inCommand && strings.HasSuffix(name, "Var") && len(n.Args) > 3 { // a flag
				note(n.Args[len(n.Args)-1])
			}
		case *ast.KeyValueExpr:
			key, ok := n.Key.(*ast.Ident)
			text, _ := literal(n.Value, constants)
			switch {
			case !ok:
			case key.Name == "Short" || key.Name == "Long":
				note(n.Value)
			case key.Name == "Use" && placeholder.MatchString(text), key.Name == "Example" && say.Word(say.Dutch, text) != text:
				note(n.Value) // commands alone are the same in both languages
			}
		}
		return true
	})
	return nil
}

// placeholder is what stands for a value in a line of usage.
var placeholder = regexp.MustCompile(`[A-Z]{3,}`)

// literal is the value of a text in the code.
func literal(e ast.Expr, constants map[string]string) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			s, err := strconv.Unquote(e.Value)
			return s, err == nil
		}
	case *ast.Ident:
		s, ok := constants[e.Name]
		return s, ok
	case *ast.BinaryExpr:
		a, okA := literal(e.X, constants)
		b, okB := literal(e.Y, constants)
		return a + b, okA && okB
	}
	return "", false
}

// letter tells a message from a text that only puts values together.
var letter = regexp.MustCompile(`\pL`)

var verb = regexp.MustCompile(`%(?:\[(\d+)\])?[-+# 0-9.]*([a-zA-Z])`)

// verbs are the values that a message takes, each with its place.
func verbs(text string) []string {
	at := 0
	var out []string
	for _, m := range verb.FindAllStringSubmatch(strings.ReplaceAll(text, "%%", ""), -1) {
		at++
		if m[1] != "" {
			at, _ = strconv.Atoi(m[1])
		}
		out = append(out, strconv.Itoa(at)+strings.Replace(m[2], "w", "v", 1))
	}
	slices.Sort(out)
	return slices.Compact(out)
}
