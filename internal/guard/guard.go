// Package guard catches panics where nobody else can: in a goroutine, a panic ends the program
// before what was written is removed, and prints its value, which may hold case data.
package guard

import (
	"sync"
	"sync/atomic"

	"lvv/internal/say"
)

// ErrPanic stands for a panic. It holds nothing of the panic's value.
var ErrPanic = say.Errorf("fault in the program")

// Run does work and returns its error, which is ErrPanic where work panicked.
func Run(work func() error) (err error) {
	defer func() {
		if recover() != nil {
			err = ErrPanic
		}
	}()
	return work()
}

// Together does work for 0 to n-1, each in a goroutine of its own, and waits for all of them. Where
// one panicked, Together panics with ErrPanic: in the goroutine of its caller, who can recover.
func Together(n int, work func(i int)) {
	var wait sync.WaitGroup
	var fault atomic.Bool
	for i := range n {
		wait.Go(func() {
			if Run(func() error { work(i); return nil }) != nil {
				fault.Store(true)
			}
		})
	}
	wait.Wait()
	if fault.Load() {
		panic(ErrPanic)
	}
}
