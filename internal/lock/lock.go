// Package lock lets one process at a time work in a folder. The lock goes with the process, however that
// ends.
package lock

import (
	"os"

	"lvv/internal/say"
)

// ErrHeld means that another process holds the lock.
var ErrHeld = say.Errorf("another process holds the lock")

// Folder is a folder that this process alone works in.
type Folder struct {
	file *os.File
	path string
}

// Close lets go of the folder.
func (f *Folder) Close() error { return f.file.Close() }
