package outdir

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"lvv/internal/durable"
	"lvv/internal/private"
	"lvv/internal/say"
)

// WriteNew writes a file that did not exist, whole or not at all, for its owner alone. It never
// replaces another file: the error then is fs.ErrExist.
func WriteNew(path string, fill func(io.Writer) error) (err error) {
	f, err := private.CreateTemp(filepath.Dir(path), ".lvv-")
	if err != nil {
		return say.Errorf("write %s: %w\n  Give a folder that you may write.", path, err)
	}
	defer os.Remove(f.Name()) // gone already when all went well
	err = fill(f)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = durable.RenameNew(f.Name(), path)
	}
	if errors.Is(err, fs.ErrExist) {
		return say.Errorf("write %s: %w\n  Give another name.", path, err)
	}
	if err != nil {
		return say.Errorf("write %s: %w", path, err)
	}
	return durable.SyncFolder(filepath.Dir(path))
}
