package sql

import (
	"strings"
	"testing"
)

func TestExpand(t *testing.T) {
	d, err := ParseDialect(`-- a remark
MACRO add_days(d, n) AS d + n;
MACRO twice(d) AS add_days(d, 2 * x.d);
MACRO days(f, u) AS
SELECT day FROM series(f, u);
`)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ query, want string }{
		{"SELECT add_days(a.b, 3)", "SELECT ((a.b) + 3)"},
		{"SELECT add_days(x, 3)", "SELECT (x + 3)"},
		{"SELECT add_days(add_days(x, 1), f(1, 2))", "SELECT (((x + 1)) + (f(1, 2)))"},
		{"SELECT twice(y)", "SELECT ((y + (2 * x.d)))"},
		{"SELECT 1 FROM days((SELECT a FROM b), c) AS z", "SELECT 1 FROM (SELECT day FROM series(((SELECT a FROM b)), c)) AS z"},
		{"SELECT 'add_days(1, 2)', add_days FROM t -- add_days(1", "SELECT 'add_days(1, 2)', add_days FROM t "},
		{"SELECT s.add_days(1, 2)", "SELECT s.add_days(1, 2)"},
		{"SELECT add_days('a, (b', 2)", "SELECT ('a, (b' + 2)"},
	} {
		if got, err := d.Expand(c.query); err != nil || got != c.want {
			t.Errorf("%s\nexpands to %q, %v\nwant       %q", c.query, got, err, c.want)
		}
	}
	for want, body := range map[string][]string{"SELECT a AS `from`": {"`", "x", "`"}, "SELECT a AS exact(from)": {"exact", "(", "x", ")"}} {
		d.macros["quoted"] = macro{params: []string{"x"}, body: body}
		if got, err := d.Expand(`SELECT a AS "from"`); err != nil || got != want {
			t.Errorf("a quoted name becomes %q, %v; want %q", got, err, want)
		}
	}
	for _, bad := range []string{"SELECT add_days(1)", "SELECT add_days(1, 2, 3)", "SELECT add_days(1, (2)"} {
		if got, err := d.Expand(bad); err == nil {
			t.Errorf("%s expands to %q", bad, got)
		}
	}
}

func TestDialectRefuses(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"MACRO f(a) AS a", "does not end in ;"},
		{"FUNCTION f(a) AS a;", "expected MACRO"},
		{"MACRO f(a) a;", "expected MACRO name(params) AS body"},
		{"MACRO f(a) AS a;\nMACRO f(a) AS a;", "twice"},
		{"MACRO f(a) AS ;", "empty"},
	} {
		if _, err := ParseDialect(c.text); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, want %q", c.text, err, c.want)
		}
	}
}

// What one engine has a word for, every engine has.
func TestDialectsHaveTheSameMacros(t *testing.T) {
	duckdb, err := DialectOf("duckdb")
	if err != nil {
		t.Fatal(err)
	}
	spark, err := DialectOf("spark")
	if err != nil {
		t.Fatal(err)
	}
	for name := range duckdb.macros {
		if _, ok := spark.macros[name]; !ok {
			t.Errorf("spark.sql lacks the macro %s", name)
		}
	}
}
