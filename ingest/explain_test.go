package ingest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// checksOfFiles are the values of the constants at the top of findings.go.
func checksOfFiles(t *testing.T) (checks []string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "findings.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range file.Decls {
		if constants, ok := d.(*ast.GenDecl); ok && constants.Tok == token.CONST {
			for _, s := range constants.Specs {
				check, err := strconv.Unquote(s.(*ast.ValueSpec).Values[0].(*ast.BasicLit).Value)
				if err != nil {
					t.Fatal(err)
				}
				checks = append(checks, check)
			}
			return checks
		}
	}
	t.Fatal("findings.go has no constants")
	return nil
}

// TestEveryFindingIsExplained: what is said of each finding about a file is complete in both languages, for every
// reason that it may have.
func TestEveryFindingIsExplained(t *testing.T) {
	for _, check := range checksOfFiles(t) {
		warnings := []Warning{{Check: check, Severity: High}, {Check: check, Severity: Note}, {Check: check, Near: "x"}}
		if check == FileNotRead {
			warnings = []Warning{{Check: check, Why: whyEnding}, {Check: check, Why: whyHeader}, {Check: check, Why: whyEmpty}}
		}
		for _, w := range warnings {
			for _, lang := range []string{"nl", "en"} {
				wrong, do, ok := w.Explain(lang)
				if !ok || wrong == "" || do == "" || strings.ContainsAny(wrong+do, "{}") {
					t.Errorf("%+v in %s: %q, %q, %v", w, lang, wrong, do, ok)
				}
			}
		}
	}
	for _, check := range checkNames {
		if _, _, ok := (&Warning{Check: check}).Explain("nl"); ok {
			t.Errorf("%s is explained as if it were about a file", check)
		}
	}
}

// TestExplanationsAreUsed: explain.yaml says nothing that the code cannot ask for, and the same things in both languages.
func TestExplanationsAreUsed(t *testing.T) {
	types, names := map[string]bool{}, map[string]bool{"unless": true}
	for _, table := range Contract() {
		for _, f := range table.Fields {
			types[string(f.Type)], names[string(f.Type)], names[f.Name] = true, true, true
		}
	}
	set := func(keys []string) map[string]bool {
		known := map[string]bool{}
		for _, k := range keys {
			known[k] = true
		}
		return known
	}
	check := func(part string, keys []string, bases, behind map[string]bool) {
		for _, key := range keys {
			base, more, some := strings.Cut(key, ".")
			if !bases[base] || some && !behind[more] {
				t.Errorf("%s: nobody says %s", part, key)
			}
		}
	}
	text := explained()
	check("rows", slices.Collect(maps.Keys(text.Rows)), set(slices.Concat(reasonCodes[missingRequired:], checkNames[:])), names)
	check("files", slices.Collect(maps.Keys(text.Files)), set(checksOfFiles(t)),
		set([]string{"near", High, WarningLevel, Note, whyEnding, whyHeader, whyEmpty}))
	check("fields", slices.Collect(maps.Keys(text.Fields)), types, names)
	languages := []string{"en", "nl"}
	for _, part := range []explanations{text.Rows, text.Files} {
		for key, in := range part {
			nl, en := in["nl"], in["en"]
			if !slices.Equal(slices.Sorted(maps.Keys(in)), languages) || (nl.Wrong == "") != (en.Wrong == "") ||
				(nl.Expected == "") != (en.Expected == "") || (nl.Do == "") != (en.Do == "") {
				t.Errorf("%s does not say the same in both languages", key)
			}
		}
	}
	for key, in := range text.Fields {
		if !slices.Equal(slices.Sorted(maps.Keys(in)), languages) || in["nl"] == "" || in["en"] == "" {
			t.Errorf("%s does not say the same in both languages", key)
		}
	}
}
