package lock

import (
	"errors"
	"os"
	"path/filepath"

	"golang.org/x/sys/windows"

	"lvv/internal/private"
)

// FileName is that of a file which stands in a locked folder.
const FileName = ".lvv-lock"

// Take locks a folder by a file in it that nobody else can open, and that goes when it is closed.
func Take(path string) (*Folder, error) {
	if info, err := os.Stat(path); err != nil {
		return nil, err
	} else if !info.IsDir() {
		return nil, &os.PathError{Op: "lock", Path: path, Err: windows.ERROR_DIRECTORY}
	}
	name := filepath.Join(path, FileName)
	h, err := private.CreateFile(name, windows.GENERIC_WRITE|windows.DELETE, 0, windows.OPEN_ALWAYS,
		windows.FILE_ATTRIBUTE_HIDDEN|windows.FILE_FLAG_DELETE_ON_CLOSE)
	// A file that is going to be removed is refused as if there were no right to it.
	if errors.Is(err, windows.ERROR_SHARING_VIOLATION) || errors.Is(err, windows.ERROR_ACCESS_DENIED) && present(name) {
		return nil, ErrHeld
	}
	if err != nil {
		return nil, &os.PathError{Op: "lock", Path: path, Err: err}
	}
	return &Folder{os.NewFile(uintptr(h), name), path}, nil
}

func present(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}

// TakeItself locks a folder that is named by itself, not by a link.
func TakeItself(path string) (*Folder, error) {
	if info, err := os.Lstat(path); err != nil {
		return nil, err
	} else if !info.IsDir() {
		return nil, &os.PathError{Op: "lock", Path: path, Err: windows.ERROR_DIRECTORY}
	}
	return Take(path)
}

// Remove lets go of the folder, and removes it by remove: while its lock is held a file stands in it.
func (f *Folder) Remove(remove func(path string) error) error {
	return errors.Join(f.file.Close(), remove(f.path))
}
