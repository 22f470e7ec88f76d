package main

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestSameBytes runs the same job on one and several threads, in other locales, time zones and
// folders, and compares every file that is written.
func TestSameBytes(t *testing.T) {
	var first map[string]string
	for _, variant := range []struct {
		name    string
		threads string
		env     []string
	}{
		{"one thread", "1", []string{"TZ=UTC", "LC_ALL=C"}},
		{"two threads, Amsterdam", "2", []string{"TZ=Europe/Amsterdam", "LC_ALL=nl_NL.UTF-8"}},
		{"eight threads, Kiritimati", "8", []string{"TZ=Pacific/Kiritimati", "LC_ALL=tr_TR.UTF-8", "GOMAXPROCS=8"}},
	} {
		cwd := t.TempDir()
		cmd := exec.Command("lvv", "run", "--quiet", "--threads", variant.threads)
		cmd.Dir = cwd
		cmd.Env = append(os.Environ(), append(variant.env, "PWD="+cwd)...)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", variant.name, err, out)
		}
		files := contents(t, filepath.Join(cwd, "out"))
		if first == nil {
			first = files
			continue
		}
		if len(files) != len(first) {
			t.Errorf("%s: %d files, want %d", variant.name, len(files), len(first))
		}
		for path, body := range files {
			if body != first[path] {
				t.Errorf("%s: %s differs", variant.name, path)
			}
		}
	}
}

func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		files[name] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
