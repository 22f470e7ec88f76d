//go:build !linux

package outdir

import "errors"

func exchange(string, string) error { return errors.ErrUnsupported }
