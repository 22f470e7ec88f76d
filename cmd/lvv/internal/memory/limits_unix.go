//go:build unix

package memory

import (
	"math"

	"golang.org/x/sys/unix"
)

// limits are those that are set, with what the smallest work takes of them (measured: 2,270 MiB of address
// space and 480 of data, on two cores).
func limits() (set []limit) {
	for _, l := range []struct {
		resource int
		flag     string
		base     int64
	}{
		{unix.RLIMIT_AS, "v", 2400},
		{unix.RLIMIT_DATA, "d", 640},
	} {
		var r unix.Rlimit
		if err := unix.Getrlimit(l.resource, &r); err == nil && r.Cur <= math.MaxInt64 {
			set = append(set, limit{l.flag, int64(r.Cur), l.base})
		}
	}
	return set
}
