package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"time"
)

// measured is what one process took.
type measured struct {
	wall, cpu time.Duration
	peak      int64 // bytes of resident memory
	stdout    []byte
	lines     []line // of its standard error
}

// line is a line of progress and when it came.
type line struct {
	at   time.Duration
	text string
}

// measure runs a program to its end.
func measure(ctx context.Context, program string, args ...string) (measured, error) {
	var m measured
	cmd := exec.CommandContext(ctx, program, args...)
	var stdout bytes.Buffer
	cmd.Stdout = &stdout
	pipe, err := cmd.StderrPipe()
	if err != nil {
		return m, err
	}
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return m, err
	}
	m.lines = stamp(pipe, began)
	err = cmd.Wait()
	m.wall = time.Since(began)
	m.stdout = stdout.Bytes()
	if err != nil {
		for _, l := range m.lines {
			err = fmt.Errorf("%w\n  %s", err, l.text)
		}
		return m, fmt.Errorf("run %s %v: %w", program, args, err)
	}
	m.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	m.peak = peakMemory(cmd.ProcessState)
	return m, nil
}

// stamp reads lines until the end and notes when each came.
func stamp(r io.Reader, began time.Time) []line {
	var out []line
	for s := bufio.NewScanner(r); s.Scan(); {
		out = append(out, line{time.Since(began), s.Text()})
	}
	return out
}

// median returns the run whose wall time is the middle one (of an even number the faster of the two).
func median(runs []measured) measured {
	sorted := slices.SortedFunc(slices.Values(runs), func(a, b measured) int { return cmp.Compare(a.wall, b.wall) })
	return sorted[(len(sorted)-1)/2]
}

func (m measured) String() string {
	return fmt.Sprintf("%7.2f s wall  %7.2f s cpu  %6.0f MiB", m.wall.Seconds(), m.cpu.Seconds(), mebibytes(m.peak))
}

func mebibytes(n int64) float64 { return float64(n) / (1 << 20) }
