package microdata

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lvv/anonymize/kanon"
)

// folder writes a table of n rows in a given order of rows, with its hierarchies, and returns
// options to publish it.
func folder(t testing.TB, n int, order func(i int) int) Options {
	t.Helper()
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var age, place strings.Builder
	for i := range 80 {
		fmt.Fprintf(&age, "%d;%d-%d;%d-%d;*\n", i, i/5*5, i/5*5+4, i/20*20, i/20*20+19)
	}
	for i := range 30 {
		fmt.Fprintf(&place, "place %d;region %d;*\n", i, i/6)
	}
	write("t_hierarchy_age.csv", age.String())
	write("t_hierarchy_place.csv", place.String())
	var text strings.Builder
	text.WriteString("person;age;place;care;note\n")
	for i := range n {
		rng := rand.New(rand.NewPCG(uint64(order(i)), 7))
		fmt.Fprintf(&text, "p%d;%d;place %d;c%d;\"x;%d\"\n", rng.IntN(n), rng.IntN(80), min(rng.IntN(30), rng.IntN(30)), rng.IntN(3), rng.IntN(5))
	}
	write("t.csv", text.String())
	return Options{
		Data: filepath.Join(dir, "t.csv"), Hierarchies: dir, QI: []string{"age", "place"}, Sensitive: []string{"care"}, Person: "person",
		Out: filepath.Join(dir, "out.csv"), Options: kanon.Options{K: 3, L: 2, Mode: kanon.Local},
	}
}

func published(t testing.TB, o Options) []byte {
	t.Helper()
	b, err := os.ReadFile(o.Out)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestBytesDoNotDependOnTheOrderOfTheInput(t *testing.T) {
	const n = 500
	a, b := folder(t, n, func(i int) int { return i }), folder(t, n, func(i int) int { return n - 1 - i })
	for _, o := range []Options{a, b} {
		if _, err := Publish(t.Context(), o); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(published(t, a), published(t, b)) {
		t.Error("the same rows in another order give other bytes")
	}
}

func TestSortingInPartsGivesTheSameBytes(t *testing.T) {
	o := folder(t, 700, func(i int) int { return i })
	if _, err := Publish(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	want := published(t, o)
	s, err := open(o)
	if err != nil {
		t.Fatal(err)
	}
	table, persons, err := s.load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	res, err := kanon.Anonymize(t.Context(), table, o.Options)
	if err != nil {
		t.Fatal(err)
	}
	s.sortedRows = 50
	if err := s.write(t.Context(), res, persons); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(published(t, o), want) {
		t.Error("sorting in parts gives other bytes")
	}
	left, err := filepath.Glob(filepath.Join(filepath.Dir(o.Out), ".lvv-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// Within a class a person's number counts persons; between classes it joins nothing.
func TestPersonNumbers(t *testing.T) {
	o := folder(t, 400, func(i int) int { return i })
	sum, err := Publish(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	classOf := map[string]string{}
	persons := map[string]map[string]bool{}
	for _, row := range strings.Split(strings.TrimSpace(string(published(t, o))), "\n")[1:] {
		f := strings.Split(row, ";")
		class := f[1] + ";" + f[2]
		if other, ok := classOf[f[0]]; ok && other != class {
			t.Fatalf("number %s joins class %q to class %q", f[0], class, other)
		}
		classOf[f[0]] = class
		if persons[class] == nil {
			persons[class] = map[string]bool{}
		}
		persons[class][f[0]] = true
	}
	if len(persons) != sum.Classes {
		t.Errorf("%d classes, the summary says %d", len(persons), sum.Classes)
	}
	for class, p := range persons {
		if len(p) < o.K {
			t.Errorf("class %q has %d persons", class, len(p))
		}
	}
}

func BenchmarkPublish(b *testing.B) {
	o := folder(b, 100_000, func(i int) int { return i })
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Publish(b.Context(), o); err != nil {
			b.Fatal(err)
		}
	}
}
