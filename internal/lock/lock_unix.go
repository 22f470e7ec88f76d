//go:build unix

package lock

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// FileName is that of a file which stands in a locked folder; "" where none does.
const FileName = ""

// Take locks a folder. It follows links.
func Take(path string) (*Folder, error) { return take(path, 0) }

// TakeItself locks a folder that is named by itself, not by a link.
func TakeItself(path string) (*Folder, error) { return take(path, unix.O_NOFOLLOW) }

func take(path string, flags int) (*Folder, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|unix.O_DIRECTORY|flags, 0)
	if err != nil {
		return nil, err
	}
	err = unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if errors.Is(err, unix.EWOULDBLOCK) {
		err = ErrHeld
	}
	if err == nil {
		// Whoever held it may have removed it.
		_, err = os.Lstat(path)
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return &Folder{f, path}, nil
}

// Remove removes the folder by remove, and lets go of it.
func (f *Folder) Remove(remove func(path string) error) error {
	return errors.Join(remove(f.path), f.file.Close())
}
