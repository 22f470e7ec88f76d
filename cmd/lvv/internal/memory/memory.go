// Package memory refuses work that cannot fit in the memory that the program may use. The runtime of Go
// ends a program that gets no memory at once, with a trace and whatever was written left where it is; so
// the limits are looked at before.
package memory

import (
	"cmp"
	"io/fs"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"

	"lvv/internal/say"
)

// limit is one of the system on a process.
type limit struct {
	flag string // of ulimit
	have int64  // bytes that the process may use
	base int64  // MiB that the smallest work takes
}

const mib = 1 << 20

// Fit returns an error where the work on a folder of exports will hardly fit in what the process may use, with what to
// do. Where there is a limit, it has the garbage collector keep to it. 0 threads are one a core; database is the amount
// that the database may use, such as 1GiB.
func Fit(exports string, threads int, database string) error {
	for _, l := range limits() {
		more := max(cmp.Or(threads, runtime.NumCPU())-measuredThreads, 0)
		have, base := l.have, l.base*mib+int64(more)*threadBytes
		need := base + bytes(exports, database)
		if have < need {
			return say.Errorf("this work takes about %d MiB, and the process may use %d (ulimit -%s)\n"+
				"  Raise the limit: ulimit -%[3]s %[4]d, or let the work do with less: --memory 256MB --threads 1.", need/mib, have/mib, l.flag, need/1024)
		}
		debug.SetMemoryLimit(max(have-base, 64*mib) + 128*mib)
	}
	return nil
}

// threadBytes is what one more thread takes than those with which the limits were measured: its stack and an arena of
// the C library.
const (
	threadBytes     = 140 * mib
	measuredThreads = 2
)

// bytes is what the exports take beyond the smallest: in the database up to four times their size, but not
// more than it may use; while they are read a third of it (measured: 2.7 GiB for 6 GB).
func bytes(exports, database string) int64 {
	var size int64
	// What cannot be read is told of later.
	_ = filepath.WalkDir(exports, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() && path != exports {
			return fs.SkipDir
		}
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() {
			size += info.Size()
		}
		return nil
	})
	return min(amount(database), 4*size) + size/3
}

// amount reads an amount of memory such as 1.5GiB; what cannot be read is much.
func amount(text string) int64 {
	units := strings.TrimLeft(text, "0123456789.")
	n, err := strconv.ParseFloat(strings.TrimSuffix(text, units), 64)
	unit, ok := map[string]float64{
		"kb": 1e3, "mb": 1e6, "gb": 1e9, "tb": 1e12, "kib": 1 << 10, "mib": 1 << 20, "gib": 1 << 30, "tib": 1 << 40,
	}[strings.ToLower(strings.TrimSpace(units))]
	if err != nil || !ok {
		return 1 << 40
	}
	return int64(min(n*unit, 1<<50))
}
