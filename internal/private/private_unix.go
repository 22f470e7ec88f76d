//go:build unix

package private

import (
	"fmt"
	"io/fs"
	"os"
)

// Mkdir makes a folder that its owner alone may enter.
func Mkdir(path string) error { return os.Mkdir(path, 0o700) }

// Create makes a file that its owner alone may open. What exists is not touched: the error then is fs.ErrExist.
func Create(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
}

// MkdirClosed makes a folder that others cannot enter before [Share].
func MkdirClosed(path string) error { return os.Mkdir(path, 0o700) }

// Share opens a folder to all who may enter the one above it.
func Share(path string) error { return os.Chmod(path, 0o755) }

// Others says who but the owner may use a file or folder, "" where nobody may. info describes it.
func Others(_ string, info fs.FileInfo) (string, error) {
	if mode := info.Mode().Perm(); mode&0o077 != 0 {
		return fmt.Sprintf("mode %04o", mode), nil
	}
	return "", nil
}

// Remedy is the command that makes a file or folder its owner's alone.
func Remedy(path string, info fs.FileInfo) string {
	if info.IsDir() {
		return "chmod 700 " + path
	}
	return "chmod 600 " + path
}
