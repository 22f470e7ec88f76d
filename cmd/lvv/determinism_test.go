package main

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"lvv/internal/thorough"
)

// TestSameBytes runs the same job on one and several threads, in other locales, time zones and
// folders, and as on a processor that does not multiply and add in one step, and compares every file that is written.
func TestSameBytes(t *testing.T) {
	first := contents(t, filepath.Dir(samplesOutput(t)))
	// The rest runs in processes of its own.
	t.Parallel()
	variants := [][]string{{"1", "TZ=Pacific/Kiritimati", "LC_ALL=tr_TR.UTF-8", "GOMAXPROCS=8", "GODEBUG=cpu.fma=off"}}
	if thorough.On {
		variants = append(variants,
			[]string{"1", "TZ=UTC", "LC_ALL=C", "GOMAXPROCS=1"},
			[]string{"2", "TZ=Europe/Amsterdam", "LC_ALL=nl_NL.UTF-8"},
			[]string{"8", "TZ=Pacific/Kiritimati", "LC_ALL=tr_TR.UTF-8", "GOMAXPROCS=8"})
	}
	for _, variant := range variants {
		threads, env := variant[0], variant[1:]
		cwd := t.TempDir()
		cmd := exec.Command("lvv", "run", "--quiet", "--lang", "nl", "--threads", threads)
		cmd.Dir = cwd
		cmd.Env = append(os.Environ(), append(env, "PWD="+cwd)...)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", variant, err, out)
		}
		files := contents(t, filepath.Join(cwd, "out"))
		if len(files) != len(first) {
			t.Errorf("%v: %d files, want %d", variant, len(files), len(first))
		}
		for path, body := range files {
			if body != first[path] {
				t.Errorf("%v: %s differs", variant, path)
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
