package ingest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var testIdentity = StoreIdentity{Pilot: "test", Key: "AAAA", Epoch: 1, Program: "1.0"}

// readKept reads a folder with the store that is kept in dir.
func readKept(t testing.TB, exports, dir string) (*Result, []string) {
	t.Helper()
	return readKeptBy(t, testIdentity, exports, dir)
}

func readKeptBy(t testing.TB, id StoreIdentity, exports, dir string) (*Result, []string) {
	t.Helper()
	k, err := OpenStore(dir, id)
	if err != nil {
		t.Fatal(err)
	}
	r, err := Read(t.Context(), Options{Dir: exports, Kept: k, Pseudonyms: testPseudonyms(t), Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	if err := k.Close(); err != nil {
		t.Fatal(err)
	}
	var notices []string
	for _, n := range k.Notices() {
		notices = append(notices, n.Error())
	}
	return r, notices
}

// differs says what a result that a kept store had part in has different from reading everything.
func differs(t testing.TB, exports string, kept *Result) string {
	t.Helper()
	fresh, err := Read(t.Context(), Options{Dir: exports, StoreDir: t.TempDir(), Pseudonyms: testPseudonyms(t), Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	for i := range contract {
		name := contract[i].Name
		got, want := stored(t, kept.Store, name), stored(t, fresh.Store, name)
		if !reflect.DeepEqual(got, want) {
			return fmt.Sprintf("%s holds\n%v\nwant\n%v", name, got, want)
		}
	}
	if !reflect.DeepEqual(telling(kept), telling(fresh)) {
		return fmt.Sprintf("the result is\n%+v\nwant\n%+v", telling(kept), telling(fresh))
	}
	return ""
}

// telling is the result without what tells where and how it came about.
func telling(r *Result) any {
	c := *r
	c.Store, c.Reused, c.Rejects = Store{}, 0, RejectList{}
	return []any{c, slices.Collect(r.Rejects.All())}
}

// register is a delivery that a test edits: the rows of each file, without their header.
type register map[string][]string

var registerHeaders = map[string]string{
	"casussen": "casusnummer;vreemdelingennummer;aanmelddatum;besluit;besluitdatum;geboortedatum;achternaam",
	"verblijf": "verblijfnummer;casusnummer;locatie;datum_in;datum_uit", "trajecten": "trajectnummer;casusnummer;scenario;startdatum",
	"begeleiding": "trajectnummer;datum;soort", "overleggen": "datum;soort", "escalaties": "vraagstuk;soort;ingediend_op;notitie", "mrt": "casusnummer;ingediend_op",
	"capaciteit": "locatie;vanaf;plaatsen", "financiering": "datum;bron;bedrag;kenmerk",
}

var registerStems = slices.Sorted(maps.Keys(registerHeaders))

func stemOf(name string) string {
	return strings.FieldsFunc(name, func(r rune) bool { return r == '_' || r == '.' })[0]
}

// row draws a row for a file: few numbers, so that rows meet, and now and then one that is rejected.
func drawRow(t *rapid.T, stem string) string {
	pick := func(s ...string) string { return rapid.SampledFrom(s).Draw(t, "value") }
	zaak := func() string { return pick("C1", "C2", "C3", "C4", "C5") }
	dag := func() string { return pick("01-03-2019", "02-03-2019", "02-03-2019", "31-02-2020") }
	switch stem {
	case "casussen":
		return strings.Join([]string{zaak(), pick("0123456789", "1123456789", "", "12"), dag(), "toegelaten", "02-03-2019", pick("", "03-04-1990", "onbekend!"), pick("", "", "B", "Naam")}, ";")
	case "verblijf":
		return strings.Join([]string{pick("S1", "S2", "S3", "S4", "S5", "S6"), zaak(), pick("A", "B", "Naam", "C1"), dag(), pick("", "01-01-2018", "geen")}, ";")
	case "trajecten":
		return strings.Join([]string{pick("T1", "T2", "T3", "T4"), zaak(), pick("terugkeer", "legalisering", "x"), dag()}, ";")
	case "begeleiding":
		return strings.Join([]string{pick("T1", "T2", "T3", "T4"), dag(), "gesprek"}, ";")
	case "capaciteit":
		return pick("A", "B", "C5") + ";" + dag() + ";3"
	case "financiering":
		return strings.Join([]string{dag(), pick("rijk", "Naam"), "1,00", pick("", "C2", "1123456789", "k")}, ";")
	case "overleggen":
		return dag() + ";stuurgroep"
	case "mrt":
		return zaak() + ";" + dag()
	}
	return strings.Join([]string{pick("V1", "V2", "V3"), pick("uitleg", "inrichting"), dag(), "x"}, ";")
}

// edit changes the delivery in one place.
func (r register) edit(t *rapid.T) {
	name := rapid.SampledFrom(slices.Sorted(maps.Keys(r))).Draw(t, "file")
	stem, rows := stemOf(name), r[name]
	other := fmt.Sprintf("%s_%s.csv", stem, rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "name"))
	switch rapid.SampledFrom([]string{"add", "remove", "again", "elsewhere", "rename", "new", "copy", "drop", "swap"}).Draw(t, "edit") {
	case "add":
		r[name] = slices.Insert(slices.Clone(rows), rapid.IntRange(0, len(rows)).Draw(t, "place"), drawRow(t, stem))
	case "remove":
		if len(rows) > 0 {
			i := rapid.IntRange(0, len(rows)-1).Draw(t, "place")
			r[name] = slices.Delete(slices.Clone(rows), i, i+1)
		}
	case "again":
		if len(rows) > 0 {
			r[name] = append(slices.Clone(rows), rapid.SampledFrom(rows).Draw(t, "row"))
		}
	case "elsewhere":
		if len(rows) > 0 {
			r[other] = append(slices.Clone(r[other]), rapid.SampledFrom(rows).Draw(t, "row"))
		}
	case "rename":
		if _, taken := r[other]; !taken {
			r[other] = rows
			delete(r, name)
		}
	case "new":
		stem = rapid.SampledFrom(registerStems).Draw(t, "stem")
		r[stem+"_d.csv"] = []string{drawRow(t, stem), drawRow(t, stem)}
	case "copy":
		r[other] = rows
	case "drop":
		for n := range r {
			if n != name && stemOf(n) == stem {
				delete(r, name)
				break
			}
		}
	case "swap":
		if there, ok := r[other]; ok {
			r[other], r[name] = rows, there
		}
	}
}

// write makes the folder hold the delivery, and leaves files that are right as they are.
func (r register) write(t testing.TB, dir string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	must(t, err)
	for _, e := range entries {
		if _, ok := r[e.Name()]; !ok {
			must(t, os.Remove(filepath.Join(dir, e.Name())))
		}
	}
	for name, rows := range r {
		body := registerHeaders[stemOf(name)] + "\n" + strings.Join(append(slices.Clone(rows), ""), "\n")
		must(t, os.WriteFile(filepath.Join(dir, name), []byte(body), 0o600))
	}
}

// TestKeptStore edits a delivery at random, and after every edit compares reading it with a kept
// store with reading all of it: the same result, the same rows. What was not edited since is not read.
func TestKeptStore(t *testing.T) {
	reused, read := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		exports, store := t.TempDir(), filepath.Join(t.TempDir(), "store")
		r := register{}
		for _, stem := range registerStems {
			for _, n := range []string{"a", "b"} {
				rows := rapid.IntRange(0, 5).Draw(rt, "rows")
				if n == "b" && rapid.Bool().Draw(rt, "one file") {
					continue
				}
				name := stem + "_" + n + ".csv"
				r[name] = nil
				for range rows {
					r[name] = append(r[name], drawRow(rt, stem))
				}
			}
		}
		for range rapid.IntRange(1, 4).Draw(rt, "runs") {
			r.write(t, exports)
			kept, notices := readKept(t, exports, store)
			if len(notices) > 0 {
				rt.Fatalf("an unharmed store is called damaged: %q", notices)
			}
			if d := differs(t, exports, kept); d != "" {
				rt.Fatal(d)
			}
			reused, read = reused+kept.Reused, read+len(kept.Files)-kept.Reused
			again, _ := readKept(t, exports, store)
			if again.Reused != len(r) {
				rt.Fatalf("%d of %d files were taken over, though none changed", again.Reused, len(r))
			}
			for range rapid.IntRange(1, 3).Draw(rt, "edits") {
				r.edit(rt)
			}
		}
	})
	if reused < read/4 {
		t.Errorf("%d files were taken over, %d read: the edits leave nothing to take over", reused, read)
	}
}

// TestKeptInputsThatChange changes an input, or ends the run, while inputs are compared with what is
// kept. The store stays what it was.
func TestKeptInputsThatChange(t *testing.T) {
	exports, dir := t.TempDir(), filepath.Join(t.TempDir(), "store")
	basis().write(t, exports)
	readKept(t, exports, dir)
	ctx, cancel := context.WithCancel(t.Context())
	path := filepath.Join(exports, "verblijf_a.csv")
	for _, c := range []struct {
		name string
		do   func() error
		want string
	}{
		{"grows", func() error {
			return os.WriteFile(path, []byte(registerHeaders["verblijf"]+"\nS1;C1;A;02-03-2019;\nS2;C2;B;02-03-2019;\n"), 0o600)
		}, "verblijf_a.csv: the file changed while it was read"},
		{"vanishes", func() error { return os.Remove(path) }, "verblijf_a.csv: the file cannot be opened"},
		{"panics", func() error { panic("C1") }, "casussen_a.csv: a fault in the program stopped the reading"},
		{"ends", func() error { cancel(); return nil }, "context canceled"},
	} {
		t.Run(c.name, func(t *testing.T) {
			basis().write(t, exports)
			k, err := OpenStore(dir, testIdentity)
			must(t, err)
			defer k.Close()
			done := false
			_, err = Read(ctx, Options{Dir: exports, Kept: k, Pseudonyms: testPseudonyms(t), Workers: 1, Progress: func(Progress) {
				if !done {
					done = true
					must(t, c.do())
				}
			}})
			if err == nil || !strings.HasPrefix(err.Error(), c.want) {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
	basis().write(t, exports)
	if again, notices := readKept(t, exports, dir); again.Reused != len(again.Inputs) || len(notices) > 0 {
		t.Errorf("%d of %d files are taken over, %q", again.Reused, len(again.Inputs), notices)
	}
}

// TestAnotherReader reads everything again with another version of the program, and then nothing.
func TestAnotherReader(t *testing.T) {
	exports, store := t.TempDir(), filepath.Join(t.TempDir(), "store")
	r := basis()
	r.write(t, exports)
	readKept(t, exports, store)
	newer := testIdentity
	newer.Program = "2.0"
	for _, want := range []int{0, len(r)} {
		got, notices := readKeptBy(t, newer, exports, store)
		if got.Reused != want || len(notices) > 0 {
			t.Errorf("%d files are taken over, want %d; notices %q", got.Reused, want, notices)
		}
		if d := differs(t, exports, got); d != "" {
			t.Error(d)
		}
	}
}

// TestIdentityOfWhatIsKept fills a store with one key that was begun with another: the rows are of the
// key that filled it.
func TestIdentityOfWhatIsKept(t *testing.T) {
	exports, store := t.TempDir(), filepath.Join(t.TempDir(), "store")
	basis().write(t, exports)
	other := testIdentity
	other.Key = "BBBB"
	k, err := OpenStore(store, other)
	must(t, err)
	must(t, k.Close()) // a run that came to nothing
	readKept(t, exports, store)
	var refusal *StoreRefusal
	if _, err := OpenStore(store, other); !errors.As(err, &refusal) {
		t.Errorf("rows of one key are given to another: %v", err)
	}
	if again, _ := readKept(t, exports, store); again.Reused != len(basis()) {
		t.Errorf("the key that filled it gets %d files", again.Reused)
	}
}
