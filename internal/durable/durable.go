// Package durable gives files and folders their names so that a program that ends at any moment, or a machine
// that does, leaves the old or the new, whole.
package durable

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// SyncFolders syncs a folder and those below it.
func SyncFolders(root string) error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		return SyncFolder(path)
	})
}

// checkedRename is [RenameNew] on file systems without it: it looks first, and then renames.
func checkedRename(from, to string) error {
	if _, err := os.Lstat(to); err == nil {
		return fs.ErrExist
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return Rename(from, to)
}
