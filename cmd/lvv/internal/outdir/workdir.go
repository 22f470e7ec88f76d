package outdir

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"lvv/internal/lock"
	"lvv/internal/private"
	"lvv/internal/say"
)

// WorkDir is a run's private folder for what must not outlive it: the store and what the database
// spills. It holds pseudonymised data only, and is for its owner alone.
type WorkDir struct {
	lock *lock.Folder
	path string
	back func() // undoes Divert
}

// workPrefix begins the names of the folders below the system's temporary folder; workMark is a file in
// each of them, which tells it from a folder that only bears such a name.
const (
	workPrefix = "lvv-work-"
	workMark   = ".lvv-work"
)

// NewWorkDir makes a private folder below the system's temporary folder, after removing those that
// killed runs of the same user left there.
func NewWorkDir() (*WorkDir, error) {
	clearStale()
	for {
		path, err := private.MkdirTemp("", workPrefix)
		if err != nil {
			return nil, say.Errorf("make a private temporary folder: %w\n  Set %s to a folder that you may write.", err, tempVariable())
		}
		f, err := lock.Take(path)
		if err == nil {
			w := &WorkDir{lock: f, path: path}
			if err := os.WriteFile(filepath.Join(path, workMark), nil, 0o600); err != nil {
				return nil, errors.Join(say.Errorf("make a private temporary folder: %w", err), w.Close())
			}
			return w, nil
		}
		os.Remove(path)
		// Another run may have taken it for a stale one in the instant before it was locked.
		if !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, lock.ErrHeld) {
			return nil, say.Errorf("lock the private temporary folder: %w", err)
		}
	}
}

// clearStale removes work folders whose owner no longer holds their lock. What cannot be removed,
// such as another user's, is left.
func clearStale() {
	entries, err := os.ReadDir(os.TempDir())
	if err != nil {
		return
	}
	for _, e := range entries {
		if !e.IsDir() || !strings.HasPrefix(e.Name(), workPrefix) {
			continue
		}
		path := filepath.Join(os.TempDir(), e.Name())
		f, err := lock.TakeItself(path)
		if err != nil {
			continue
		}
		info, err := os.Lstat(filepath.Join(path, workMark))
		if err == nil && info.Mode().IsRegular() {
			_ = f.Remove(removeWork)
		} else {
			_ = f.Remove(os.Remove) // which fails, as it should, where something is in it
		}
	}
}

// tempVariable names the environment variable that says where temporary files come.
func tempVariable() string {
	if runtime.GOOS == "windows" {
		return "TMP"
	}
	return "TMPDIR"
}

// Sub makes and returns a private folder below the work folder.
func (w *WorkDir) Sub(name string) (string, error) {
	path := filepath.Join(w.path, name)
	if err := private.Mkdir(path); err != nil {
		return "", say.Errorf("make a private temporary folder: %w", err)
	}
	return path, nil
}

// Divert has the temporary files of libraries, such as those of a long sheet, come into the folder too, until
// Close: where they would lie otherwise, nobody would remove them after a kill.
func (w *WorkDir) Divert() error {
	path, err := w.Sub("tmp")
	if err != nil {
		return err
	}
	before, was := os.LookupEnv(tempVariable())
	w.back = sync.OnceFunc(func() {
		if was {
			_ = os.Setenv(tempVariable(), before)
		} else {
			_ = os.Unsetenv(tempVariable())
		}
	})
	return os.Setenv(tempVariable(), path)
}

// Close removes the folder with all that is in it.
func (w *WorkDir) Close() error {
	if w.back != nil {
		w.back()
	}
	return w.lock.Remove(removeWork)
}

func removeWork(path string) error { return removeAll(path, workMark) }
