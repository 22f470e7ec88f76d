package settings

import (
	"strings"
	"testing"

	"lvv/internal/day"
)

// written shows a node again, in one line.
func written(n *Node) string {
	if n == nil {
		return "-"
	}
	var parts []string
	switch n.Kind {
	case Nothing:
		return "~"
	case Text:
		return n.Text
	case List:
		for _, item := range n.Items {
			parts = append(parts, written(item))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	for i, name := range n.Names {
		parts = append(parts, name.Text+": "+written(n.Items[i]))
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func TestParse(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"values as they are written", "a: 0x10\nb: 1_000\nc: +3\nd: .5\ne: no\nf: true\ng: 2020-01-01\nh: -5\ni: .inf", "{a: 0x10, b: 1_000, c: +3, d: .5, e: no, f: true, g: 2020-01-01, h: -5, i: .inf}"},
		{"quotes", "a: 'it''s'\nb: \"x\\ty\"\nc: \"null\"", "{a: it's, b: x\ty, c: null}"},
		{"nothing", "a:\nb: ~\nc: null\nd: !!str", "{a: ~, b: ~, c: ~, d: ~}"},
		{"lists", "a:\n- b\n-\n- {x: 1, y: [2, 3]}", "{a: [b, ~, {x: 1, y: [2, 3]}]}"},
		{"block text", "a: |\n  x\n  y\nb: >-\n  x\n  y\n", "{a: x\ny\n, b: x y}"},
		{"names", "2019: x\ntrue: y\n'a b': z\n<<: w", "{2019: x, true: y, a b: z, <<: w}"},
		{"aliases", "a: &x {b: 1}\nc: *x\nd: [*x]", "{a: {b: 1}, c: {b: 1}, d: [{b: 1}]}"},
		{"comments", "# one\na: x # two\n# three", "{a: x}"},
		{"no document", "", "-"},
		{"only comments", "# one\n", "-"},
		{"empty documents around", "%YAML 1.2\n---\na: b\n...\n---\n", "{a: b}"},
		{"byte order mark", "\ufeffa: b", "{a: b}"},
		{"UTF-16", "\xff\xfea\x00:\x00 \x00\xeb\x00", "{a: ë}"},
		{"lines of Windows", "a:\r\n  - b\r\n  - c\r\n", "{a: [b, c]}"},
		{"a text alone", "a b\nc d", "a b c d"},

		{"bracket", "a: 1\nb: [", "f:2: not readable as YAML"},
		{"two colons", "a: b: c", "f:1: not readable as YAML"},
		{"quote", "a: 1\nb: 'x", "f:2: not readable as YAML"},
		{"tab", "a: 1\n\tb: 2", "f:2: not readable as YAML"},
		{"Windows-1252", "a: b\nc: Caf\xe9", "f:2: a character is not UTF-8"},
		{"second document", "a: b\n---\nc: d", "f:3: a second document begins here"},
		{"unknown alias", "a: 1\nb: *c", "f:2: "},
		{"alias of itself", "a: &x [*x]", "f:1: "},
		{"list as a name", "[a]: b", "f:1: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			n, err := Parse("f", []byte(c.text))
			if err == nil && written(n) != c.want || err != nil && (!strings.HasPrefix(c.want, "f:") || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("%q: %s, error %v, want %s", c.text, written(n), err, c.want)
			}
		})
	}
}

func TestLines(t *testing.T) {
	n, err := Parse("f", []byte("# c\na: 1\nb:\n  - x\n  - {y: 2,\n     z: 3}\nc:\n  d:\n    e\n"))
	if err != nil {
		t.Fatal(err)
	}
	list := n.Items[1]
	for _, c := range []struct {
		of   *Node
		want int
	}{{n, 2}, {n.Names[1], 3}, {list.Items[0], 4}, {list.Items[1], 5}, {list.Items[1].Names[1], 6}, {n.Names[2], 7}, {n.Items[2], 8}} {
		if c.of.Line != c.want {
			t.Errorf("%s on line %d, want %d", written(c.of), c.of.Line, c.want)
		}
	}
}

// TestReader reads a file in which all is wrong: each fault is told, in order of line.
func TestReader(t *testing.T) {
	const text = "name: ''\nday: 2020-02-30\nday: 2020-02-01\nsize: 11\nkind: c\npals: 1\nmore: {deep: [1]}\n"
	root, err := Parse("f", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	r := &Reader{File: "f"}
	s := r.Settings(root, "", "name", "day", "size", "kind", "pilots", "more", "gone")
	r.Whole(s.Required("size"), 0, 1, 10)
	r.Date(s.Required("day"))
	r.Text(s.Required("name"))
	r.OneOf(s.Optional("kind"), "a", "a", "b")
	r.Text(r.Settings(s.Optional("more"), "more.", "deep").Optional("deep"))
	s.Required("gone")
	want := []string{
		`f:1: "" is empty or has spaces around it`, `f:1: gone is missing; it must be given`, `f:2: "2020-02-30" is not a date`,
		`f:3: day stands twice, first on line 2`, `f:4: "11" is not a whole number from 1 to 10`, `f:5: "c" is not known; expected one of a, b`,
		`f:6: unknown setting pals; known are`, `f:7: expected a text`,
	}
	err = r.Err()
	if err == nil {
		t.Fatal("no faults")
	}
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != len(want) {
		t.Fatalf("%d faults, want %d:\n%v", len(lines), len(want), err)
	}
	for i, w := range want {
		if !strings.HasPrefix(lines[i], w) {
			t.Errorf("fault %q, want %q", lines[i], w)
		}
	}
	if r.Date(nil) != day.None || r.Whole(nil, 7, 1, 10) != 7 || r.OneOf(nil, "a") != "a" {
		t.Error("what is not given has no fallback")
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"a: 1\nb: [c, {d: e}]\n", "a: &x b\nc: *x", "a: |\n x\n", "? a\n: b", "a: !!str 5\n---\n", "\xff\xfea\x00"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) > 1<<10 {
			return
		}
		n, err := Parse("f", text)
		if err != nil {
			if n != nil || !strings.HasPrefix(err.Error(), "f:") {
				t.Fatalf("node %v, error %v", n, err)
			}
			return
		}
		written(n)
	})
}
