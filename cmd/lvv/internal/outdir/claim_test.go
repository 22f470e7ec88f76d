package outdir

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestOnlyOwnOutputsAreReplaced tries everything that can stand where an output would come.
func TestOnlyOwnOutputsAreReplaced(t *testing.T) {
	write := func(t *testing.T, path, body string) {
		t.Helper()
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(body), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name  string
		spoil func(t *testing.T, dir string)
		claim func(c *Claim, dir string)
		want  string
	}{
		{name: "its own output"},
		{"foreign documents", func(t *testing.T, dir string) {
			os.RemoveAll(dir)
			write(t, filepath.Join(dir, "pilot.yaml"), "x")
		}, nil, "no run wrote it"},
		{"an empty folder", func(_ *testing.T, dir string) { os.RemoveAll(dir); os.Mkdir(dir, 0o700) }, nil, "no run wrote it"},
		{"a file", func(t *testing.T, dir string) { os.RemoveAll(dir); write(t, dir, "x") }, nil, "it is not a folder"},
		{"a link", func(t *testing.T, dir string) {
			if err := errors.Join(os.Rename(dir, dir+"-real"), os.Symlink(dir+"-real", dir)); err != nil {
				t.Fatal(err)
			}
		}, nil, "it is not a folder"},
		{"a file that was added", func(t *testing.T, dir string) { write(t, filepath.Join(dir, "amif", "brief.txt"), "x") }, nil, "no run wrote amif/brief.txt"},
		{"a folder that was added", func(_ *testing.T, dir string) { os.Mkdir(filepath.Join(dir, "eigen"), 0o700) }, nil, "no run wrote eigen/"},
		{"a file that was changed", func(t *testing.T, dir string) { write(t, filepath.Join(dir, "amif", "x"), "y") }, nil, "somebody has changed amif/x"},
		{"a file that became a link", func(t *testing.T, dir string) {
			path := filepath.Join(dir, "amif", "x")
			if err := errors.Join(os.Rename(path, dir+"-x"), os.Symlink(dir+"-x", path)); err != nil {
				t.Fatal(err)
			}
		}, nil, "no run wrote amif/x"},
		{"a file that was taken away", func(_ *testing.T, dir string) { os.Remove(filepath.Join(dir, "amif", "x")) }, nil, "somebody has taken away amif/x"},
		{"a manifest that was changed", func(t *testing.T, dir string) {
			write(t, filepath.Join(dir, ManifestFile), strings.Replace(read(t, dir, ManifestFile), `"P"`, `"Q"`, 1))
		}, nil, "was changed since it was written"},
		{"another pilot", nil, func(c *Claim, _ string) { c.Pilot, c.Key = "Q", "L" }, `it is of pilot "P", this run of pilot "Q"`},
		{"another key", nil, func(c *Claim, _ string) { c.Key = "L" }, "was made with key K; this run has key L"},
		{"a part that this run does not write", nil, func(c *Claim, _ string) { c.Parts = []string{PartAMIF} }, "holds stuurgroep, which this run does not write"},
		{"an input below it", nil, func(c *Claim, dir string) { c.Reads = []string{filepath.Join(dir, "amif")} }, "which this run would replace"},
		{"an input below it by a link", nil, func(c *Claim, dir string) {
			link := dir + "-link"
			if err := os.Symlink(filepath.Join(dir, "amif"), link); err != nil {
				t.Fatal(err)
			}
			c.Reads = []string{filepath.Join(link, "x")}
		}, "which this run would replace"},
	} {
		t.Run(c.name, func(t *testing.T) {
			out := t.TempDir()
			dir := filepath.Join(out, "2020-Q3")
			s := mustNew(t, out)
			if err := errors.Join(s.Write("amif/x", text("x")), s.Write("stuurgroep/y", text("y")), s.Commit(manifest)); err != nil {
				t.Fatal(err)
			}
			if c.spoil != nil {
				c.spoil(t, dir)
			}
			claim := ours
			if c.claim != nil {
				c.claim(&claim, dir)
			}
			before := tree(t, out)
			s, err := New(out, "2020-Q3", claim, nil)
			if c.want == "" {
				if err := errors.Join(err, s.Discard()); err != nil {
					t.Error(err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
			if after := tree(t, out); after != before {
				t.Errorf("the folder held %s and holds %s", before, after)
			}
		})
	}
}

// TestChangesDuringTheRun adds a file to the previous output while the new one is made.
func TestChangesDuringTheRun(t *testing.T) {
	out := t.TempDir()
	s := mustNew(t, out)
	if err := errors.Join(s.Write("amif/x", text("x")), s.Commit(manifest)); err != nil {
		t.Fatal(err)
	}
	s = mustNew(t, out)
	mine := filepath.Join(out, "2020-Q3", "mine")
	if err := errors.Join(s.Write("amif/x", text("new")), os.WriteFile(mine, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	if err := s.Commit(manifest); err == nil || !strings.Contains(err.Error(), "no run wrote mine") {
		t.Errorf("got %v", err)
	}
	if err := s.Discard(); err != nil {
		t.Fatal(err)
	}
	if got := read(t, out, "2020-Q3", "amif", "x"); got != "x" || entries(t, out) != "2020-Q3" {
		t.Errorf("the previous output says %q, the folder holds %s", got, entries(t, out))
	}
}

// TestFailedRemovalIsANotice has the previous output change in the instant in which it is replaced.
func TestFailedRemovalIsANotice(t *testing.T) {
	out := t.TempDir()
	s := mustNew(t, out)
	if err := errors.Join(s.Write("amif/x", text("x")), s.Commit(manifest)); err != nil {
		t.Fatal(err)
	}
	s, err := New(out, "2020-Q3", ours, func(op string) {
		if op == "remove the previous output" {
			os.WriteFile(filepath.Join(out, ".2020-Q3.lvv-new", "mine"), nil, 0o600)
		}
	})
	if err := errors.Join(err, s.Write("amif/x", text("new")), s.Commit(manifest)); err != nil {
		t.Fatal(err)
	}
	if n := s.Notices(); len(n) != 1 || !strings.Contains(n[0].Error(), "what no run wrote: mine") {
		t.Errorf("notices %q", n)
	}
	if got := read(t, out, "2020-Q3", "amif", "x"); got != "new" {
		t.Errorf("the output says %q", got)
	}
	read(t, out, ".2020-Q3.lvv-new", "mine")
}

// TestForgedManifests has manifests with a sound seal list what no run wrote.
func TestForgedManifests(t *testing.T) {
	for _, path := range []string{
		"../precious", "amif/../../precious", "/precious", "amif/../precious", "./amif/x", "amif//x", "precious", "exports/x",
		"amif", "amif/", "", ".", "amif\\..\\..\\precious", "..", "evaluator-x/../../precious.tar.age",
	} {
		forged(t, path)
	}
	forged(t, "amif/x", "amif/x")
}

// forged has a folder removed whose manifest lists paths that no run writes.
func forged(t *testing.T, paths ...string) {
	t.Helper()
	var outputs []Output
	for _, path := range paths {
		outputs = append(outputs, Output{Path: path})
	}
	dir := filepath.Join(t.TempDir(), "2020-Q3")
	precious := filepath.Join(filepath.Dir(dir), "precious")
	b, err := manifest(outputs)
	if err := errors.Join(err, os.Mkdir(dir, 0o700), os.WriteFile(filepath.Join(dir, ManifestFile), b, 0o600), os.WriteFile(precious, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	before := tree(t, filepath.Dir(dir))
	if left, err := Remove(dir, false); err == nil {
		t.Errorf("%q: left %q", paths, left)
	}
	if after := tree(t, filepath.Dir(dir)); after != before {
		t.Errorf("%q: the folder held %s and holds %s", paths, before, after)
	}
}

// tree names every file below a folder with what is in it.
func tree(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		b.WriteString(path[len(dir):] + " " + e.Type().String())
		if e.Type().IsRegular() {
			b.WriteString(read(t, path))
		}
		b.WriteByte('\n')
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}
