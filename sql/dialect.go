package sql

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"lvv/internal/lists"
)

// Dialect says what the models say, in the words of one engine. Its macros are expanded as text, because
// engines differ in what a function of their own may hold: Spark refuses aggregates and table functions.
type Dialect struct{ macros map[string]macro }

// macro is one MACRO of a dialect file.
type macro struct {
	params []string
	body   []string // tokens, with the spaces between them
}

// DialectOf reads sql/dialect/<engine>.sql: comments, and MACRO name(params) AS body; one after
// another. The body is an expression, or a SELECT that stands after FROM or JOIN. A macro may use those above it,
// and has no other ; than the one at its end.
func DialectOf(engine string) (*Dialect, error) {
	text, err := files.ReadFile("dialect/" + engine + ".sql")
	if err != nil {
		return nil, fmt.Errorf("read dialect: %w", err)
	}
	d, err := ParseDialect(string(text))
	if err != nil {
		return nil, fmt.Errorf("dialect/%s.sql: %w", engine, err)
	}
	return d, nil
}

// ParseDialect reads the text of a dialect file.
func ParseDialect(text string) (*Dialect, error) {
	d := &Dialect{macros: map[string]macro{}}
	rest := strings.Join(slices.DeleteFunc(scan(text), isComment), "")
	for {
		one, behind, ended := strings.Cut(rest, ";")
		if !ended && strings.TrimSpace(one) != "" {
			return nil, errors.New("the last macro does not end in ;")
		}
		if !ended {
			return d, nil
		}
		if err := d.define(one); err != nil {
			return nil, err
		}
		rest = behind
	}
}

// definition is MACRO name(a, b) AS body.
var definition = regexp.MustCompile(`(?s)^\s*MACRO\s+(\w+)\s*\(([^)]*)\)\s*AS\b(.*)$`)

func (d *Dialect) define(text string) error {
	found := definition.FindStringSubmatch(text)
	if found == nil {
		return fmt.Errorf("expected MACRO name(params) AS body, found %q", text)
	}
	name, body := found[1], strings.TrimSpace(found[3])
	if _, twice := d.macros[name]; twice || body == "" {
		return fmt.Errorf("macro %s stands twice, or is empty", name)
	}
	body, err := d.Expand(body)
	if err != nil {
		return fmt.Errorf("macro %s: %w", name, err)
	}
	d.macros[name] = macro{params: strings.FieldsFunc(found[2], func(r rune) bool { return r == ',' || unicode.IsSpace(r) }), body: scan(body)}
	return nil
}

// Expand writes a SELECT in the words of the engine: every use of a macro becomes its text, in brackets.
func (d *Dialect) Expand(query string) (string, error) {
	tokens := slices.DeleteFunc(scan(query), isComment)
	var out strings.Builder
	for i := 0; i < len(tokens); i++ {
		if name, is := strings.CutPrefix(tokens[i], `"`); is {
			out.WriteString(d.quoted(strings.TrimSuffix(name, `"`)))
			continue
		}
		m, known := d.macros[tokens[i]]
		if !known || i+1 >= len(tokens) || tokens[i+1] != "(" || i > 0 && tokens[i-1] == "." {
			out.WriteString(tokens[i])
			continue
		}
		args, next, err := arguments(tokens, i+1)
		if err != nil {
			return "", fmt.Errorf("%s: %w", tokens[i], err)
		}
		if len(args) != len(m.params) {
			return "", fmt.Errorf("%s takes %d arguments and is given %d", tokens[i], len(m.params), len(args))
		}
		for k := range args {
			if args[k], err = d.Expand(args[k]); err != nil {
				return "", err
			}
		}
		m.write(&out, args)
		i = next - 1
	}
	return out.String(), nil
}

// quoted writes a name in quotes, as the macro quoted says; without one, in those of the SQL standard.
func (d *Dialect) quoted(name string) string {
	m, ok := d.macros["quoted"]
	if !ok {
		return `"` + name + `"`
	}
	return strings.Join(lists.Map(m.body, func(t string) string {
		if slices.Contains(m.params, t) {
			return name
		}
		return t
	}), "")
}

// write puts the arguments in the places of the parameters.
func (m *macro) write(out *strings.Builder, args []string) {
	out.WriteByte('(')
	for i, t := range m.body {
		k := slices.Index(m.params, t)
		switch {
		case k < 0 || i > 0 && m.body[i-1] == ".":
			out.WriteString(t)
		case token.FindString(args[k]) == args[k]:
			out.WriteString(args[k])
		default:
			out.WriteString("(" + args[k] + ")")
		}
	}
	out.WriteByte(')')
}

// arguments returns what stands between the bracket at open and its partner, divided at the commas, and
// the position behind it.
func arguments(tokens []string, open int) (args []string, next int, err error) {
	depth, begin := 0, open+1
	for i := open; i < len(tokens); i++ {
		switch tokens[i] {
		case "(", "[":
			depth++
		case ")", "]":
			depth--
		}
		if depth > 0 && (depth > 1 || tokens[i] != ",") {
			continue
		}
		args = append(args, strings.TrimSpace(strings.Join(tokens[begin:i], "")))
		begin = i + 1
		if depth == 0 {
			return args, i + 1, nil
		}
	}
	return nil, 0, errors.New("a bracket is not closed")
}

// token is a comment, a text literal, a name in quotes, a run of space, a word or a single sign.
var token = regexp.MustCompile(`--[^\n]*\n?|(?s:/\*.*?(?:\*/|\z))|'[^']*'?|"[^"]*"?|[ \n\t\r]+|\w+|(?s:.)`)

// scan splits SQL into tokens; joined, they are the text again.
func scan(query string) []string { return token.FindAllString(query, -1) }

func isComment(token string) bool {
	return strings.HasPrefix(token, "--") || strings.HasPrefix(token, "/*")
}

// References returns the relations that a SELECT names after FROM or JOIN, sorted, without those of
// its own WITH and those of a schema (store.cases). The models list their relations with JOIN, never
// with a comma.
func References(query string) []string {
	tokens := slices.DeleteFunc(scan(query), func(t string) bool {
		return isComment(t) || strings.TrimSpace(t) == "" || t[0] == '\''
	})
	own := map[string]bool{}
	for i := 0; i+2 < len(tokens); i++ {
		if strings.EqualFold(tokens[i+1], "AS") && tokens[i+2] == "(" {
			own[tokens[i]] = true
		}
	}
	var names []string
	for i := 1; i < len(tokens); i++ {
		if !strings.EqualFold(tokens[i-1], "FROM") && !strings.EqualFold(tokens[i-1], "JOIN") {
			continue
		}
		name := tokens[i]
		isName := unicode.IsLetter(rune(name[0])) || name[0] == '_'
		qualified := i+1 < len(tokens) && (tokens[i+1] == "." || tokens[i+1] == "(")
		if isName && !qualified && !own[name] {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
