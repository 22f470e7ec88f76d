package durable

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/windows"
)

// Rename renames a file or folder; a file takes the place of another. A scanner or a program that copies files to
// a cloud opens what is new for an instant, which keeps it from being renamed: so it is tried for some seconds.
func Rename(from, to string) error {
	return patient(func() error { return os.Rename(from, to) })
}

// RenameNew renames a file unless the new name is taken: then it returns fs.ErrExist.
func RenameNew(from, to string) error {
	old, err := windows.UTF16PtrFromString(from)
	if err != nil {
		return err
	}
	fresh, err := windows.UTF16PtrFromString(to)
	if err != nil {
		return err
	}
	return patient(func() error { return windows.MoveFileEx(old, fresh, 0) })
}

// Exchange swaps two folders atomically: Windows cannot.
func Exchange(string, string) error { return errors.ErrUnsupported }

// patient tries again for some seconds what another program may keep from being done.
func patient(try func() error) (err error) {
	for wait := 10 * time.Millisecond; ; wait *= 2 {
		if err = try(); !held(err) || wait > 2*time.Second {
			return err
		}
		time.Sleep(wait)
	}
}

// held reports whether another program may have the file open.
func held(err error) bool {
	return errors.Is(err, windows.ERROR_SHARING_VIOLATION) || errors.Is(err, windows.ERROR_ACCESS_DENIED) || errors.Is(err, windows.ERROR_LOCK_VIOLATION)
}

// SyncFolder has the names in a folder survive the machine: NTFS sees to it.
func SyncFolder(string) error { return nil }

// InUse returns the first file below a folder that another program keeps from being moved.
func InUse(dir string) (path string, err error) {
	err = filepath.WalkDir(dir, func(full string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		name, err := windows.UTF16PtrFromString(full)
		if err != nil {
			return err
		}
		const all = windows.FILE_SHARE_READ | windows.FILE_SHARE_WRITE | windows.FILE_SHARE_DELETE
		h, err := windows.CreateFile(name, windows.DELETE, all, nil, windows.OPEN_EXISTING, 0, 0)
		if err == nil {
			return windows.CloseHandle(h)
		}
		if held(err) {
			path = full
			return fs.SkipAll
		}
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return path, err
}
