// Package private makes files and folders that are their owner's alone, and tells whether they are:
// by mode bits, or by the access list of Windows.
package private

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// MkdirAll makes a folder and those above it that are missing.
func MkdirAll(path string) error {
	err := Mkdir(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := MkdirAll(filepath.Dir(path)); err != nil {
			return err
		}
		return Mkdir(path)
	case errors.Is(err, fs.ErrExist):
		if info, statErr := os.Stat(path); statErr == nil && info.IsDir() {
			return nil
		}
	}
	return err
}

// CreateTemp makes a file with a name of its own that begins with prefix.
func CreateTemp(dir, prefix string) (f *os.File, err error) {
	err = fresh(dir, prefix, func(path string) error { f, err = Create(path); return err })
	return f, err
}

// MkdirTemp makes a folder with a name of its own that begins with prefix, below the system's folder for
// temporary files where dir is "".
func MkdirTemp(dir, prefix string) (path string, err error) {
	if dir == "" {
		dir = os.TempDir()
	}
	err = fresh(dir, prefix, func(p string) error { path = p; return Mkdir(p) })
	return path, err
}

// fresh tries names until one is not taken.
func fresh(dir, prefix string, create func(path string) error) (err error) {
	const tries = 10_000
	at := uint64(time.Now().UnixNano()) ^ uint64(os.Getpid())<<40
	for i := range uint64(tries) {
		if err = create(filepath.Join(dir, prefix+strconv.FormatUint(at+i, 36))); !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	return err
}
