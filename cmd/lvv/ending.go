package main

import (
	"cmp"
	"context"
	"io"
	"os"
	"os/signal"
	"slices"
	"sync"
	"syscall"
	"time"

	"lvv/internal/say"
)

// stopWithin is how long a verb may take to notice that it was asked to stop.
const stopWithin = 700 * time.Millisecond

// endings are the signals that end the program in good order: a closed terminal, Ctrl-C, Ctrl-\, kill, a
// reader that went away, and limits of the system.
var endings = slices.Concat(
	[]os.Signal{syscall.SIGHUP, syscall.SIGINT, syscall.SIGQUIT, syscall.SIGTERM, syscall.SIGPIPE}, limitSignals)

// stopped is the cause of a context that a signal ended.
type stopped struct{ signal os.Signal }

func (s *stopped) Error() string { return s.signal.String() }

// untilSignal returns a context that the first of the endings cancels, with a *stopped as its cause. What
// the program was told to ignore when it was started, as nohup does, stays ignored.
func untilSignal() (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(context.Background())
	heard := make(chan os.Signal, 1)
	signal.Notify(heard, slices.DeleteFunc(slices.Clone(endings), signal.Ignored)...)
	go func() {
		select {
		case s := <-heard:
			cancel(&stopped{s})
		case <-ctx.Done():
		}
	}()
	return ctx, func() { signal.Stop(heard); cancel(nil) }
}

// leftovers are what must be removed before the program ends, however it ends.
type leftovers struct {
	mu      sync.Mutex
	remove  []func()
	cleared bool
}

// add remembers a removal, which may be done more than once and beside the work that is still going on.
func (l *leftovers) add(remove func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.cleared {
		remove()
		return
	}
	l.remove = append(l.remove, remove)
}

// clear does the removals, the last first.
func (l *leftovers) clear() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, remove := range slices.Backward(l.remove) {
		remove()
	}
	l.remove, l.cleared = nil, true
}

// known reports whether work has said what it leaves.
func (l *leftovers) known() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.remove) > 0
}

// within does work, and gives it up where it does not stop in time when ctx ends, and has said what it
// leaves. That is removed either way.
func (l *leftovers) within(ctx context.Context, work func() error) (err error) {
	defer l.clear()
	done := make(chan error, 1)
	go func() { done <- work() }()
	select {
	case err = <-done:
		return err
	case <-ctx.Done():
	}
	select {
	case err = <-done:
		return err
	case <-time.After(stopWithin):
	}
	if !l.known() {
		return <-done
	}
	return ctx.Err()
}

// printing remembers whether what a verb prints could be written.
type printing struct {
	io.Writer
	err error
}

func (p *printing) Write(b []byte) (int, error) {
	n, err := p.Writer.Write(b)
	p.err = cmp.Or(p.err, err)
	return n, err
}

// afterwards is an error that comes when the output stands in its place already.
type afterwards struct {
	target string
	err    error
}

func (e *afterwards) Error() string { return e.In(say.English) }

func (e *afterwards) In(lang say.Lang) string {
	return say.Text(lang, "the output stands whole in %s, but that could not be told: %w", e.target, e.err)
}

func (e *afterwards) Unwrap() error { return e.err }
