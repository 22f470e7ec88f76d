package guard

import (
	"errors"
	"sync/atomic"
	"testing"
)

func TestRun(t *testing.T) {
	other := errors.New("another")
	for _, c := range []struct {
		name string
		work func() error
		want error
	}{
		{"done", func() error { return nil }, nil},
		{"failed", func() error { return other }, other},
		{"panicked", func() error { panic("Walborg") }, ErrPanic},
		{"panicked with an error", func() error { panic(other) }, ErrPanic},
	} {
		if err := Run(c.work); err != c.want { //nolint:errorlint // nothing may be wrapped in it
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

// TestTogether lets none, one and all of the workers panic; the others finish all the same.
func TestTogether(t *testing.T) {
	const n = 8
	for _, faults := range []int{0, 1, n} {
		var done atomic.Int32
		err := Run(func() (err error) {
			defer func() { err, _ = recover().(error) }()
			Together(n, func(i int) {
				if i < faults {
					panic("Walborg")
				}
				done.Add(1)
			})
			return nil
		})
		if (err != nil) != (faults > 0) || err != nil && err != ErrPanic { //nolint:errorlint // likewise
			t.Errorf("%d of %d panicked: %v", faults, n, err)
		}
		if done.Load() != int32(n-faults) {
			t.Errorf("%d of %d panicked, and %d were done", faults, n, done.Load())
		}
	}
}
