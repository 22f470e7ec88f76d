//go:build !linux

package outdir

import "errors"

func exchange(string, string) error { return errors.ErrUnsupported }

func renameNew(from, to string) error { return checkedRename(from, to) }
