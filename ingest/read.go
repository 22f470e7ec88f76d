// Package ingest reads the case exports of the parties: it matches files and columns to the input
// contract, parses and checks every row, replaces identities by pseudonyms while it reads, accounts
// for every row, and writes what was accepted to the store.
package ingest

import (
	"context"
	"runtime"
)

// Read reads the folder of exports. It returns a *[FatalError] where the delivery cannot be read at
// all, and then leaves the store folder as it was.
func Read(ctx context.Context, o Options) (*Result, error) {
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	found, skipped, faults := list(o.Dir)
	if len(faults) > 0 {
		return nil, &FatalError{Faults: faults}
	}
	_ = found
	return &Result{Skipped: skipped}, ctx.Err()
}
