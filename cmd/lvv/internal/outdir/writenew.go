package outdir

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// WriteNew writes a file that did not exist, whole or not at all, for its owner alone. It never
// replaces another file: the error then is fs.ErrExist.
func WriteNew(path string, fill func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".lvv-*") // mode 0600
	if err != nil {
		return fmt.Errorf("write %s: %w\n  Give a folder that you may write.", path, err)
	}
	defer os.Remove(f.Name()) // gone already when all went well
	err = fill(f)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = renameNew(f.Name(), path)
	}
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("write %s: %w\n  Give another name.", path, err)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return syncPath(filepath.Dir(path))
}

// checkedRename is renameNew on systems without it: it looks first, and then renames.
func checkedRename(from, to string) error {
	if _, err := os.Lstat(to); err == nil {
		return fs.ErrExist
	}
	return os.Rename(from, to)
}
