//go:build unix && !linux

package durable

import "errors"

// Exchange swaps two folders atomically. No system but Linux can.
func Exchange(string, string) error { return errors.ErrUnsupported }

// RenameNew renames a file unless the new name is taken: then it returns fs.ErrExist.
func RenameNew(from, to string) error { return checkedRename(from, to) }
