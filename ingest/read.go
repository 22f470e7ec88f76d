// Package ingest reads the case exports of the parties: it matches files and columns to the input
// contract, parses and checks every row, replaces identities by pseudonyms while it reads, accounts
// for every row, and writes what was accepted to the store.
package ingest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"

	"lvv/anonymize"
)

// reading is the state of one call of Read.
type reading struct {
	workers    int
	storeDir   string
	written    []string // segments, for when it comes to nothing
	pseudonyms *anonymize.Pseudonymizer
	progress   func(Progress)
	hash       hasher
	buffers    sync.Pool
	result     *Result
	tables     map[string]*tableReading
	persons    keyTable
}

// Read reads the folder of exports. It returns a *[FatalError] where the delivery cannot be read at
// all, and then leaves the store folder as it was.
func Read(ctx context.Context, o Options) (*Result, error) {
	found, skipped, faults := list(o.Dir)
	inputs := make([]*input, len(found))
	for i, c := range found {
		inputs[i] = newInput(o.Dir, c)
	}
	if err := probeAll(ctx, inputs, &faults); err != nil {
		return nil, err
	}
	if len(faults) > 0 {
		slices.SortStableFunc(faults, func(a, b *Fault) int { return strings.Compare(a.File, b.File) })
		return nil, &FatalError{Faults: faults}
	}
	r := &reading{
		workers: cmp.Or(max(o.Workers, 0), runtime.GOMAXPROCS(0)), storeDir: o.StoreDir, pseudonyms: o.Pseudonyms, progress: o.Progress,
		hash: newHasher(), result: &Result{Skipped: skipped, Store: Store{Dir: o.StoreDir}}, tables: map[string]*tableReading{},
	}
	r.buffers.New = func() any { b := make([]byte, 0, chunkSize+chunkSize/4); return &b }
	if err := r.all(ctx, inputs); err != nil {
		for _, path := range r.written {
			_ = os.Remove(path)
		}
		if f, ok := errors.AsType[*Fault](err); ok {
			return nil, &FatalError{Faults: []*Fault{f}}
		}
		return nil, err
	}
	return r.result, nil
}

// probeAll looks at every file before the first row is read, so that all faults are told at once.
func probeAll(ctx context.Context, inputs []*input, faults *[]*Fault) error {
	for _, in := range inputs {
		if err := ctx.Err(); err != nil {
			return err
		}
		var f *Fault
		switch err := in.probe(); {
		case errors.As(err, &f):
			*faults = append(*faults, f)
		case err != nil:
			return fmt.Errorf("examine %s: %w", in.shown, err)
		}
	}
	return nil
}

// all reads the tables in the order of the contract, in which a table stands behind its parent.
func (r *reading) all(ctx context.Context, inputs []*input) error {
	for i := range contract {
		t := &contract[i]
		account := TableAccount{Table: t.Name}
		var own []*input
		for _, in := range inputs {
			if in.table == t {
				own = append(own, in)
			}
		}
		if len(own) > 0 {
			if err := r.table(ctx, t, own, &account); err != nil {
				return err
			}
		}
		r.result.Tables = append(r.result.Tables, account)
	}
	return ctx.Err()
}

// table reads the files of a table.
func (r *reading) table(ctx context.Context, t *Table, inputs []*input, account *TableAccount) error {
	tr := &tableReading{reading: r, plan: newTablePlan(t), parent: r.tables[t.Parent]}
	tr.batches.New = func() any { return newBatch(tr.plan) }
	r.tables[t.Name] = tr
	for i, in := range inputs {
		p, err := tr.file(ctx, in, fmt.Sprintf("%s-%d.parquet", t.Name, i+1))
		if err != nil {
			return err
		}
		tr.parts = append(tr.parts, p)
	}
	tr.settle(account)
	tr.release()
	return nil
}

// release frees what no later table asks for.
func (t *tableReading) release() {
	if !t.plan.isParent() || t.referred() != &t.keys {
		t.keys = keyTable{}
	}
	t.persons = keyTable{}
}

// isParent reports whether rows of another table refer to this one.
func (t *Table) isParent() bool {
	return slices.ContainsFunc(contract, func(c Table) bool { return c.Parent == t.Name })
}

// reporter returns the function that tells the progress of a file.
func (r *reading) reporter(in *input) func(int64) {
	if r.progress == nil {
		return nil
	}
	const step = 4 << 20
	next := int64(0)
	return func(n int64) {
		if n >= next || n == in.info.Size() {
			next = n + step
			r.progress(Progress{File: in.shown, Bytes: n, Total: in.info.Size()})
		}
	}
}
