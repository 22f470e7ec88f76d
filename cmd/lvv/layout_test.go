package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lvv/cmd/lvv/internal/outdir"
	"lvv/internal/seal"
	"lvv/internal/thorough"
)

// TestNothingForeignIsTouched lays out folders at random - inputs, outputs of this and of other pilots and
// keys, outputs that somebody changed, documents, links, forged manifests, under the names that runs use
// for their own folders - and has runs, checks, verifications and purges work in them. Whatever they make
// of it, no file changes or goes that lvv did not write.
func TestNothingForeignIsTouched(t *testing.T) {
	first, least, most := 28, 5, 24 // layouts, until every verb ended in every way: from this one on it takes three
	if thorough.On {
		first, least, most = 0, 100, 100
	}
	made := makeOutputs(t)
	verbs := map[string]int{}
	wanted := []string{"run 0", "run 1", "check 0", "verify 0", "verify 1", "purge 0", "purge 1"}
	unmet := func(verb string) bool { return verbs[verb] == 0 }
	for n := first; n < first+least || n < first+most && slices.ContainsFunc(wanted, unmet); n++ {
		l := newLayout(t, made, uint64(n))
		t.Setenv("TMPDIR", l.path("tmp"))
		for range 3 {
			args := l.command()
			before := l.snapshot(t)
			stdout, stderr, code := command(t, args...)
			verbs[fmt.Sprintf("%s %d", args[0], code)]++
			said := fmt.Sprintf("layout %d: lvv %s: exit %d\n%s%s", n, strings.Join(args, " "), code, stdout, stderr)
			if strings.Contains(said, "fault in the program") || strings.Contains(said, "goroutine") {
				t.Fatal(said)
			}
			l.check(t, said)
			if args[0] == "check" || args[0] == "verify" {
				if after := l.snapshot(t); !maps.Equal(after, before) {
					t.Fatalf("%s\nit changed the folder", said)
				}
			}
		}
	}
	t.Log(verbs)
	for _, verb := range slices.DeleteFunc(wanted, func(verb string) bool { return !unmet(verb) }) {
		t.Errorf("no layout led to %s", verb)
	}
}

// made are inputs of two pilots, and the outputs that runs made of them.
type made struct{ root string }

var layoutPeriods = []string{"2020-Q1", "2020-Q2", "2020-01"}

func makeOutputs(t *testing.T) made {
	t.Helper()
	m := made{t.TempDir()}
	write := func(path, body string) {
		t.Helper()
		path = filepath.Join(m.root, path)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(body), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	for _, pilot := range []string{"p", "q"} {
		write(pilot+"/pilot.yaml", "pilot: "+pilot+`
start: 2020-01-01
end: 2020-12-31
places: 10
rate_per_place_per_day: 50.00
funding_sources: [{name: rijk, share: 1}]
`)
		write(pilot+"/exports/casussen.csv", "casusnummer;aanmelddatum;besluit;besluitdatum\nC1;01-01-2020;toegelaten;01-01-2020\n")
		write(pilot+"/exports/verblijf.csv", "verblijfnummer;casusnummer;locatie;datum_in\nS1;C1;A;02-01-2020\n")
		write(pilot+"/exports/trajecten.csv", "trajectnummer;casusnummer;scenario;startdatum;amif\nT1;C1;terugkeer;03-01-2020;ja\n")
		key := filepath.Join(m.root, pilot, "key")
		mustDo(t, "keygen", key)
		for _, period := range layoutPeriods {
			mustDo(t, "run", "--quiet", "--config", filepath.Join(m.root, pilot, "pilot.yaml"), "--key", key,
				"--out", filepath.Join(m.root, pilot, "out"), "--period", period, "--only", "amif")
		}
	}
	return m
}

// layout is a folder with files of which lvv wrote some.
type layout struct {
	root     string
	out      string // of the runs, below root
	random   *rand.Rand
	inputs   map[string]string // by pilot: the folder of its inputs, below root
	precious map[string]string // what must stay: by path, the bytes, or where a link leads
}

func (l *layout) path(elem ...string) string {
	return filepath.Join(append([]string{l.root}, elem...)...)
}

func one[T any](l *layout, of ...T) T { return of[l.random.IntN(len(of))] }

func newLayout(t *testing.T, m made, seed uint64) *layout {
	t.Helper()
	l := &layout{root: t.TempDir(), random: rand.New(rand.NewPCG(seed, 3)), inputs: map[string]string{}}
	l.out = one(l, ".", "out", "pilot/out", "2020-Q1")
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(errors.Join(os.MkdirAll(l.path(l.out), 0o700), os.Mkdir(l.path("tmp"), 0o700)))
	written := map[string]bool{}
	places := append(slices.Clone(layoutPeriods), ".2020-Q1.lvv-new", ".2020-Q1.lvv-old", ".2020-Q2.lvv-old", "elders")
	for _, place := range places {
		if dir := l.path(l.out, place); l.random.IntN(3) > 0 {
			if _, err := os.Lstat(dir); err == nil {
				continue // it is the folder of the outputs
			}
			l.fill(t, m, dir, place, written)
		}
	}
	for _, name := range []string{"lvv-work-1", "lvv-work-mijn"} {
		if l.random.IntN(2) == 0 {
			must(errors.Join(os.Mkdir(l.path("tmp", name), 0o700), os.WriteFile(l.path("tmp", name, "brief.txt"), []byte(name), 0o600)))
		}
	}
	for _, pilot := range []string{"p", "q"} {
		dir := one(l, "in-"+pilot, filepath.Join(l.out, one(l, "2020-Q1", "2020-Q2", "in-"+pilot)))
		l.inputs[pilot] = dir
		for _, name := range []string{"pilot.yaml", "key", "exports/casussen.csv", "exports/verblijf.csv", "exports/trajecten.csv"} {
			b, err := os.ReadFile(filepath.Join(m.root, pilot, name))
			must(err)
			// Where the folder is a link, the inputs lie where it leads; where it is a file, nowhere.
			to := l.path(dir, name)
			if os.MkdirAll(filepath.Dir(to), 0o700) == nil {
				_ = os.WriteFile(to, b, 0o600)
				delete(written, to)
			}
		}
	}
	l.precious = l.snapshot(t)
	for path := range written {
		delete(l.precious, path)
	}
	return l
}

// fill puts something where a run might put an output.
func (l *layout) fill(t *testing.T, m made, dir, place string, written map[string]bool) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	document := func(path string) {
		t.Helper()
		must(errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, fmt.Appendf(nil, "document %d", l.random.Int()), 0o600)))
	}
	output := func(dir string) []string {
		t.Helper()
		period := one(l, layoutPeriods...)
		if slices.Contains(layoutPeriods, place) && l.random.IntN(4) > 0 {
			period = place
		}
		from := filepath.Join(m.root, one(l, "p", "p", "q"), "out", period)
		must(os.CopyFS(dir, os.DirFS(from)))
		var files []string
		for name := range contents(t, dir) {
			files = append(files, filepath.Join(dir, name))
			written[filepath.Join(dir, name)] = true
		}
		slices.Sort(files)
		return files
	}
	switch l.random.IntN(9) {
	case 0, 1, 2:
		output(dir)
	case 3:
		output(dir)
		document(filepath.Join(dir, one(l, "brief.txt", "amif/brief.txt", "mijn/brief.txt", "manifest.json.bak")))
	case 4:
		files := output(dir)
		path := one(l, files...)
		document(path)
		delete(written, path)
	case 5:
		files := output(dir)
		path := one(l, files...)
		elsewhere := l.path("elders-"+place, "kopie")
		document(elsewhere)
		must(errors.Join(os.Remove(path), os.Symlink(elsewhere, path)))
		delete(written, path)
	case 6:
		document(filepath.Join(dir, one(l, "brief.txt", "amif/deelnemers.csv", "beheer/kpis.json")))
	case 7:
		target := l.path("elders-"+place, "map")
		if l.random.IntN(2) == 0 {
			output(target)
			for path := range written {
				if strings.HasPrefix(path, target) {
					delete(written, path) // what lies behind a link is nobody's to remove
				}
			}
		} else {
			document(filepath.Join(target, "brief.txt"))
		}
		must(os.Symlink(target, dir))
	case 8:
		l.forge(t, dir)
	}
}

// forge writes a manifest with a sound seal that lists documents.
func (l *layout) forge(t *testing.T, dir string) {
	t.Helper()
	document := filepath.Join(dir, "exports", "brief.txt")
	if err := errors.Join(os.MkdirAll(filepath.Dir(document), 0o700), os.WriteFile(document, []byte("document"), 0o600)); err != nil {
		t.Fatal(err)
	}
	out, err := outdir.Describe(dir, "exports/brief.txt")
	if err != nil {
		t.Fatal(err)
	}
	out.Path = one(l, "exports/brief.txt", "amif/../exports/brief.txt", document, "../"+filepath.Base(dir)+"/exports/brief.txt")
	b, err := json.Marshal(map[string]any{"schema": outdir.Schema, "seal": "", "pilot": "p", "period": map[string]string{"label": "2020-Q1", "as_of": "2020-03-31"}, "outputs": []outdir.Output{out}})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, outdir.ManifestFile), seal.Close(b), 0o600); err != nil {
		t.Fatal(err)
	}
}

// command is a command line that works in the layout.
func (l *layout) command() []string {
	pilot := one(l, "p", "p", "q")
	dir := l.path(l.inputs[pilot])
	inputs := []string{"--quiet", "--config", filepath.Join(dir, "pilot.yaml"), "--key", filepath.Join(l.path(l.inputs[one(l, pilot, pilot, pilot, "q")]), "key")}
	period := one(l, layoutPeriods...)
	switch l.random.IntN(6) {
	case 0:
		return append([]string{"check"}, inputs...)
	case 1:
		return []string{"verify", l.path(l.out, one(l, "2020-Q1", "2020-Q2", "2020-01", "elders"))}
	case 2:
		return []string{"purge", "--before", "2030-01-01", l.path(one(l, ".", l.out))}
	}
	return append(append([]string{"run"}, inputs...), "--out", l.path(l.out), "--period", period, "--only", one(l, "amif", "amif", "evaluator"))
}

// snapshot reads every file below the root: by path, its mode and bytes, or where a link leads.
func (l *layout) snapshot(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(l.root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		all[path], err = state(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func state(path string) (string, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return "", err
	}
	if info.Mode()&fs.ModeSymlink != 0 {
		to, err := os.Readlink(path)
		return "link to " + to, err
	}
	b, err := os.ReadFile(path)
	return info.Mode().String() + " " + string(b), err
}

// check fails where a file has changed or gone that lvv did not write.
func (l *layout) check(t *testing.T, said string) {
	t.Helper()
	for path, before := range l.precious {
		if now, err := state(path); err != nil || now != before {
			t.Fatalf("%s\n%s was %.80q and is %.80q, %v", said, path, before, now, err)
		}
	}
}
