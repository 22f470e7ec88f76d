// Package regular opens regular files alone: a pipe would keep a reader waiting for ever, and a device has
// no end. It finds them in folders of any name.
package regular

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"lvv/internal/say"
)

// ErrNotRegular means that a path leads to a pipe, a device, a socket or a folder.
var ErrNotRegular = say.Errorf("not a regular file")

// ErrTooLarge means that a file is larger than a reader takes.
var ErrTooLarge = say.Errorf("larger than any such file")

// Glob lists the files of a folder that match a pattern, as [fs.Glob] does, as paths in the order of their names. To [filepath.Glob] the folder's own
// name would be a part of the pattern, and out[1] not be found.
func Glob(dir, pattern string) ([]string, error) {
	found, err := fs.Glob(os.DirFS(dir), pattern)
	for i := range found {
		found[i] = filepath.Join(dir, filepath.FromSlash(found[i]))
	}
	return found, err
}

// Open opens a file for reading. It follows links.
func Open(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && info.IsDir() {
		err = &fs.PathError{Op: "open", Path: path, Err: syscall.EISDIR}
	} else if err == nil && !info.Mode().IsRegular() {
		err = &fs.PathError{Op: "open", Path: path, Err: ErrNotRegular}
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// Hash returns the size of a file, and its SHA-256 in hexadecimal digits.
func Hash(path string) (size int64, sum string, err error) {
	f, err := Open(path)
	if err != nil {
		return 0, "", err
	}
	defer f.Close()
	h := sha256.New()
	size, err = io.Copy(h, f)
	return size, hex.EncodeToString(h.Sum(nil)), err
}

// MaxSmall is how much [ReadFile] reads: terms, themes, lists and the like are smaller by far.
const MaxSmall = 256 << 20

// ReadFile reads a file whole.
func ReadFile(path string) ([]byte, error) {
	f, err := Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, MaxSmall+1))
	if err == nil && len(b) > MaxSmall {
		err = &fs.PathError{Op: "read", Path: path, Err: ErrTooLarge}
	}
	return b, err
}
