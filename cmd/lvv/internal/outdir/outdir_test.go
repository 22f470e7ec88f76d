package outdir

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lvv/internal/durable"
	"lvv/internal/seal"
)

func text(s string) func(io.Writer) error {
	return func(w io.Writer) error { _, err := io.WriteString(w, s); return err }
}

// ours is the claim of a run that writes every part.
var ours = Claim{Pilot: "P", Key: "K", Parts: []string{PartReport, PartAMIF, PartEvaluator, PartSteward}}

func manifest(out []Output) ([]byte, error) { return manifestOf("P", "K")(out) }

func manifestOf(pilot, key string) func([]Output) ([]byte, error) {
	return func(out []Output) ([]byte, error) {
		m := Manifest{Schema: Schema, Pilot: pilot, Outputs: out}
		m.Key.Fingerprint = key
		b, err := json.Marshal(struct {
			Manifest
			Seal string `json:"seal"`
		}{Manifest: m})
		return seal.Close(b), err
	}
}

// listed are the outputs that a manifest lists.
func listed(t *testing.T, dir string) []Output {
	t.Helper()
	m, _, err := ReadManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	return m.Outputs
}

func mustNew(t *testing.T, parent string) *Staging {
	t.Helper()
	s, err := New(parent, "2020-Q3", ours, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func entries(t *testing.T, dir string) string {
	t.Helper()
	var names []string
	es, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range es {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}

func read(t *testing.T, parts ...string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(parts...))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestCommitReplacesTheWholeFolder(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	for i, body := range []string{"first", "second"} {
		s := mustNew(t, out)
		if err := s.Write("amif/x.txt", text(body)); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			if err := s.Write("beheer/only-first.txt", text("x")); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Commit(manifest); err != nil {
			t.Fatal(err)
		}
		if err := s.Discard(); err != nil {
			t.Fatal(err)
		}
		if got := read(t, out, "2020-Q3", "amif", "x.txt"); got != body {
			t.Fatalf("got %q", got)
		}
		if got := entries(t, out); got != "2020-Q3" {
			t.Fatalf("left behind: %s", got)
		}
	}
	if got := entries(t, filepath.Join(out, "2020-Q3")); got != "amif manifest.json" {
		t.Errorf("the second output holds %s", got)
	}
	outputs := listed(t, filepath.Join(out, "2020-Q3"))
	sum := sha256.Sum256([]byte("second"))
	if want := (Output{Path: "amif/x.txt", Size: 6, SHA256: hex.EncodeToString(sum[:])}); len(outputs) != 1 || outputs[0] != want {
		t.Errorf("manifest lists %+v, want %+v", outputs, want)
	}
}

func TestDiscardLeavesThePreviousOutput(t *testing.T) {
	out := t.TempDir()
	s := mustNew(t, out)
	if err := errors.Join(s.Write("amif/x", text("old")), s.Commit(manifest)); err != nil {
		t.Fatal(err)
	}
	s = mustNew(t, out)
	fault := errors.New("fault")
	if err := s.Write("amif/x", func(io.Writer) error { return fault }); !errors.Is(err, fault) {
		t.Fatalf("got %v", err)
	}
	if err := s.Discard(); err != nil {
		t.Fatal(err)
	}
	if got := read(t, out, "2020-Q3", "amif", "x"); got != "old" || entries(t, out) != "2020-Q3" {
		t.Errorf("previous output is %q, folder holds %s", got, entries(t, out))
	}
}

// A run that comes to nothing leaves no empty folder where there was none.
func TestDiscardLeavesNoNewFolder(t *testing.T) {
	for _, there := range []bool{false, true} {
		parent := filepath.Join(t.TempDir(), "out")
		if there {
			if err := os.Mkdir(parent, 0o755); err != nil {
				t.Fatal(err)
			}
		}
		s, err := New(parent, "2020-Q3", ours, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Discard(); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Lstat(parent); (err == nil) != there {
			t.Errorf("the folder was there before: %v; after: %v", there, err)
		}
	}
}

func TestWhatAKilledRunLeftIsCleared(t *testing.T) {
	out := t.TempDir()
	put := func(path, body string) {
		t.Helper()
		path = filepath.Join(out, path)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(body), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	// What runs left.
	put(".2020-Q3.lvv-new/"+stagingMark, "")
	put(".2020-Q3.lvv-new/amif/x", "half")
	for _, name := range []string{"2020-Q2", "2020-Q1", "2020-Q4"} {
		s, err := New(out, name, ours, nil)
		if err := errors.Join(err, s.Write("amif/x", text(name)), s.Commit(manifest)); err != nil {
			t.Fatal(err)
		}
	}
	for from, to := range map[string]string{"2020-Q2": ".2020-Q2.lvv-new", "2020-Q1": ".2020-Q1.lvv-old"} {
		if err := os.Rename(filepath.Join(out, from), filepath.Join(out, to)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(out, ".2019-Q4.lvv-new"), 0o700); err != nil {
		t.Fatal(err)
	}
	// What others call so.
	for _, name := range []string{".a.lvv-new/x", ".b.lvv-old/x", ".other/u"} {
		put(name, name)
	}
	s := mustNew(t, out)
	if err := s.Discard(); err != nil {
		t.Fatal(err)
	}
	if got := entries(t, out); got != ".a.lvv-new .b.lvv-old .other 2020-Q1 2020-Q4" {
		t.Errorf("folder holds %s", got)
	}
	if got := read(t, out, "2020-Q1", "amif", "x"); got != "2020-Q1" {
		t.Errorf("the output moved aside came back as %q", got)
	}
	put(".2020-Q3.lvv-new/mine", "mine")
	if _, err := New(out, "2020-Q3", ours, nil); err == nil || !strings.Contains(err.Error(), "is in the way") {
		t.Errorf("a folder where the staging folder would stand: %v", err)
	}
	if got := read(t, out, ".2020-Q3.lvv-new", "mine"); got != "mine" {
		t.Errorf("it holds %q", got)
	}
}

// killed is what an observer panics with where a run is to end at once, without any clean-up.
type killed struct{}

// killAt writes a new output and ends at the n-th change to the file system. It reports whether the
// run got that far.
func killAt(t *testing.T, out string, n int, swap func(a, b string) error) (reached bool) {
	t.Helper()
	var s *Staging
	defer func() {
		if v := recover(); v != nil {
			if _, ok := v.(killed); !ok {
				panic(v)
			}
			reached = true
			if s != nil {
				s.parent.Close() // as the system does when a process ends
			}
		}
	}()
	s, err := New(out, "2020-Q3", ours, func(string) {
		if n--; n < 0 {
			panic(killed{})
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	s.swap = swap
	if err := errors.Join(s.Write("amif/x", text("new")), s.Write("beheer/z", text("new")), s.Commit(manifest)); err != nil {
		t.Fatal(err)
	}
	return false
}

// whole returns what the output says, after checking that all of it says the same.
func whole(t *testing.T, out string) string {
	t.Helper()
	dir := filepath.Join(out, "2020-Q3")
	body := read(t, dir, "amif", "x")
	if other := read(t, dir, "beheer", "z"); other != body {
		t.Fatalf("half %q, half %q", body, other)
	}
	for _, o := range listed(t, dir) {
		if got, err := Describe(dir, o.Path); err != nil || got != o {
			t.Fatalf("manifest says %+v, found %+v, %v", o, got, err)
		}
	}
	return body
}

func TestKilledAtEveryChange(t *testing.T) {
	t.Run("exchange", func(t *testing.T) { killAtEveryChange(t, durable.Exchange) })
	t.Run("no exchange", func(t *testing.T) {
		killAtEveryChange(t, func(string, string) error { return errors.ErrUnsupported })
	})
}

func killAtEveryChange(t *testing.T, swap func(a, b string) error) {
	t.Helper()
	for n := 0; ; n++ {
		out := t.TempDir()
		s := mustNew(t, out)
		if err := errors.Join(s.Write("amif/x", text("old")), s.Write("beheer/z", text("old")), s.Commit(manifest)); err != nil {
			t.Fatal(err)
		}
		reached := killAt(t, out, n, swap)
		_, err := os.Stat(filepath.Join(out, "2020-Q3"))
		if err == nil {
			if body := whole(t, out); body == "new" && n < 10 {
				t.Fatalf("the new output appeared after %d changes", n)
			}
		}
		s = mustNew(t, out) // the next run
		if told := len(s.Notices()) == 1; told != (err != nil) {
			t.Errorf("killed at change %d, %v, the next run says %q", n, err, s.Notices())
		}
		if err := s.Discard(); err != nil {
			t.Fatal(err)
		}
		whole(t, out)
		if got := entries(t, out); got != "2020-Q3" {
			t.Fatalf("killed at change %d, the next run left %s", n, got)
		}
		if !reached {
			if n < 15 {
				t.Fatalf("only %d changes were observed", n)
			}
			return
		}
	}
}

func TestTwoRunsAtOnce(t *testing.T) {
	out := t.TempDir()
	s := mustNew(t, out)
	if _, err := New(out, "2020-Q2", ours, nil); !errors.Is(err, ErrBusy) || !strings.Contains(err.Error(), out) {
		t.Errorf("a second run began: %v", err)
	}
	if err := s.Discard(); err != nil {
		t.Fatal(err)
	}
	s = mustNew(t, out)
	if err := s.Discard(); err != nil {
		t.Fatal(err)
	}
}

func TestExactFilesAreForTheirOwner(t *testing.T) {
	s := mustNew(t, t.TempDir())
	defer s.Discard()
	for path, want := range map[string]os.FileMode{"beheer/a": 0o600, "amif/b": 0o600, "evaluator/d": 0o600, "evaluator-2020-Q3.tar.age": 0o600, ManifestFile: 0o600, "stuurgroep/c": 0o644} {
		if err := s.Write(path, text("")); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(filepath.Join(s.Dir(), path))
		if err != nil || info.Mode().Perm()&^want != 0 {
			t.Errorf("%s has mode %v", path, info.Mode())
		}
		folder, err := os.Stat(filepath.Dir(filepath.Join(s.Dir(), path)))
		if err != nil || want == 0o600 && folder.Mode().Perm() != 0o700 {
			t.Errorf("the folder of %s has mode %v", path, folder.Mode())
		}
	}
}

func TestWorkDir(t *testing.T) {
	for _, name := range []string{"plain", "a[b", "a]b", "a*b", "a?b", `a\b`, "a b'"} {
		t.Run(name, func(t *testing.T) { workDir(t, name) })
	}
}

func workDir(t *testing.T, name string) {
	t.Helper()
	tmp := filepath.Join(t.TempDir(), name)
	if err := os.Mkdir(tmp, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", tmp)
	// What killed runs left, and what others call so.
	for _, path := range []string{"lvv-work-1/" + workMark, "lvv-work-1/store/x", "lvv-work-mine/x"} {
		path = filepath.Join(tmp, path)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, nil, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(tmp, "lvv-work-2"), 0o700); err != nil {
		t.Fatal(err)
	}
	a, err := NewWorkDir()
	if err != nil {
		t.Fatal(err)
	}
	b, err := NewWorkDir()
	if err != nil {
		t.Fatal(err)
	}
	sub, err := a.Sub("store")
	if err != nil {
		t.Fatal("the first run's folder was removed by the second:", err)
	}
	if info, err := os.Stat(sub); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("store folder: %v, %v", info, err)
	}
	if err := errors.Join(a.Close(), b.Close()); err != nil {
		t.Fatal(err)
	}
	if got := entries(t, tmp); got != "lvv-work-mine" {
		t.Errorf("left behind: %s", got)
	}
}

func TestWriteNew(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "bridge.csv")
	fault := errors.New("fault")
	if err := WriteNew(path, func(w io.Writer) error { return errors.Join(text("half")(w), fault) }); !errors.Is(err, fault) || entries(t, dir) != "" {
		t.Errorf("a write that failed: %v, the folder holds %s", err, entries(t, dir))
	}
	if err := WriteNew(path, text("first")); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if err := WriteNew(path, text("second")); !errors.Is(err, fs.ErrExist) {
		t.Errorf("an existing file: %v", err)
	}
	if got := read(t, path); got != "first" || entries(t, dir) != "bridge.csv" {
		t.Errorf("the file says %q, the folder holds %s", got, entries(t, dir))
	}
}
