//go:build unix

package durable

import (
	"fmt"
	"os"
	"path/filepath"
)

// Rename renames a file or folder; a file takes the place of another.
func Rename(from, to string) error { return os.Rename(from, to) }

// SyncFolder has the names in a folder survive the machine.
func SyncFolder(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("sync: %w", err)
	}
	defer f.Close()
	if err := f.Sync(); err != nil {
		return fmt.Errorf("sync %s: %w", filepath.Base(path), err)
	}
	return nil
}

// InUse returns the first file below a folder that another program keeps from being moved: none does here.
func InUse(string) (string, error) { return "", nil }
