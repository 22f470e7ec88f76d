package outdir

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"golang.org/x/sys/unix"
)

// WorkDir is a run's private folder for what must not outlive it: the store and what the database
// spills. It holds pseudonymised data only, and is for its owner alone.
type WorkDir struct {
	lock *os.File
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
		path, err := os.MkdirTemp("", workPrefix+"*")
		if err != nil {
			return nil, fmt.Errorf("make a private temporary folder: %w\n  Set TMPDIR to a folder that you may write.", err)
		}
		f, err := lockFolder(path)
		if err == nil {
			w := &WorkDir{lock: f, path: path}
			if err := os.WriteFile(filepath.Join(path, workMark), nil, 0o600); err != nil {
				return nil, errors.Join(fmt.Errorf("make a private temporary folder: %w", err), w.Close())
			}
			return w, nil
		}
		os.Remove(path)
		if !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("lock the private temporary folder: %w", err)
		}
	}
}

// lockFolder returns the folder, locked. fs.ErrNotExist means that another run took it for a stale
// one in the instant before it was locked.
func lockFolder(path string) (*os.File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX); err != nil {
		f.Close()
		return nil, err
	}
	if _, err := os.Lstat(path); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
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
		f, err := os.OpenFile(path, os.O_RDONLY|unix.O_NOFOLLOW|unix.O_DIRECTORY, 0)
		if err != nil {
			continue
		}
		if unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB) == nil {
			if info, err := os.Lstat(filepath.Join(path, workMark)); err == nil && info.Mode().IsRegular() {
				os.RemoveAll(path)
			} else {
				os.Remove(path) // which fails, as it should, where something is in it
			}
		}
		f.Close()
	}
}

// Sub makes and returns a private folder below the work folder.
func (w *WorkDir) Sub(name string) (string, error) {
	path := filepath.Join(w.path, name)
	if err := os.Mkdir(path, 0o700); err != nil {
		return "", fmt.Errorf("make a private temporary folder: %w", err)
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
	before, was := os.LookupEnv("TMPDIR")
	w.back = sync.OnceFunc(func() {
		if was {
			_ = os.Setenv("TMPDIR", before)
		} else {
			_ = os.Unsetenv("TMPDIR")
		}
	})
	return os.Setenv("TMPDIR", path)
}

// Close removes the folder with all that is in it.
func (w *WorkDir) Close() error {
	if w.back != nil {
		w.back()
	}
	return errors.Join(removeAll(w.path), w.lock.Close())
}
