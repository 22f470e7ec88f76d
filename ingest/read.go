// Package ingest reads the case exports of the parties: it matches files and columns to the input
// contract, parses and checks every row, replaces identities by pseudonyms while it reads, accounts
// for every row, and writes what was accepted to the store.
package ingest

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"lvv/anonymize/pseudonym"
	"lvv/internal/charset"
	"lvv/internal/say"
)

// reading is the state of one call of Read.
type reading struct {
	workers    int
	storeDir   string
	written    []string // segments, for when it comes to nothing
	parts      []*part  // of every file, in order
	pseudonyms *pseudonym.Pseudonymizer
	progress   func(read, total int64)
	screen     *screen
	known      map[string][]string
	buffers    sync.Pool
	result     *Result
	tables     map[string]*tableReading
	persons    keyTable
	skips      []Warning // about files that are not read
}

// Read reads the folder of exports. It returns a *[FatalError] where the delivery cannot be read at
// all, and then leaves the store folder as it was.
func Read(ctx context.Context, o Options) (*Result, error) {
	found, unread, skipped, faults := list(o.Dir)
	inputs := make([]*input, len(found))
	for i, c := range found {
		inputs[i] = &input{
			candidate: c, path: filepath.Join(o.Dir, c.name), ids: o.Pseudonyms, settings: settingsFor(o.Settings, c.table, c.name),
		}
	}
	r := &reading{
		workers: cmp.Or(max(o.Workers, 0), runtime.GOMAXPROCS(0)), storeDir: o.StoreDir, pseudonyms: o.Pseudonyms, progress: o.Progress,
		known: o.Known, tables: map[string]*tableReading{}, result: &Result{Skipped: skipped, Store: Store{Dir: o.StoreDir}},
	}
	r.buffers.New = func() any { b := make([]byte, 0, chunkSize+chunkSize/4); return &b }
	for _, c := range unread {
		r.skip(c.shown, c.table, whyEnding)
	}
	if err := r.probeAll(ctx, inputs, &faults); err != nil {
		return nil, err
	}
	inputs = r.leaveOut(o.Dir, inputs, &faults)
	if len(faults) > 0 {
		slices.SortStableFunc(faults, func(a, b *Fault) int { return strings.Compare(a.File, b.File) })
		return nil, &FatalError{Faults: faults}
	}
	r.screen = newScreen(newHasher(), r.known)
	err := r.inOrder(ctx, inputs)
	if err == nil {
		err = unchanged(inputs)
	}
	if err != nil {
		r.remove(r.written)
		if f, ok := errors.AsType[*Fault](err); ok {
			return nil, &FatalError{Faults: []*Fault{f}}
		}
		return nil, err
	}
	r.compareLocations()
	r.result.Warnings = append(r.result.Warnings, r.skips...)
	r.result.Mentions = r.screen.mentions(o.Texts)
	return r.result, nil
}

func (r *reading) remove(paths []string) {
	for _, path := range paths {
		_ = os.Remove(path)
	}
}

// probeAll looks at every file before the first row is read, so that all faults are told at once.
func (r *reading) probeAll(ctx context.Context, inputs []*input, faults *[]*Fault) error {
	failed := make([]*Fault, len(inputs))
	g, ctx := errgroup.WithContext(ctx) // an error of one ends the others
	g.SetLimit(r.workers)
	for i, in := range inputs {
		g.Go(in.guard(func() error {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			err := in.probe()
			if in.skipped != "" {
				return nil
			}
			if err != nil && !errors.As(err, &failed[i]) {
				return say.Errorf("examine %s: %w", in.shown, err)
			}
			return nil
		}))
	}
	err := g.Wait()
	*faults = append(*faults, slices.DeleteFunc(failed, func(f *Fault) bool { return f == nil })...)
	return err
}

// inOrder reads the tables in the order of the contract, in which a table stands behind its parent.
func (r *reading) inOrder(ctx context.Context, inputs []*input) error {
	for i := range Contract() {
		t := &Contract()[i]
		account := TableAccount{Table: t.Name}
		own := slices.DeleteFunc(slices.Clone(inputs), func(in *input) bool { return in.table != t })
		if len(own) > 0 {
			if err := r.table(ctx, t, own, &account); err != nil {
				return err
			}
		}
		r.result.Tables = append(r.result.Tables, account)
	}
	return ctx.Err()
}

// errLookAgain asks for another reading of a table, now that of every file the columns and blocks are known.
var errLookAgain = errors.New("the columns of a file are other than they seemed")

// table reads the files of a table. It begins anew where something that it relied on was wrong: that
// all of a file is UTF-8, or that its values have one reading.
func (r *reading) table(ctx context.Context, t *Table, inputs []*input, account *TableAccount) error {
	rejects, written := r.result.Rejects, len(r.written)
	tr := r.newTable(t, inputs)
	for {
		err := tr.files(ctx, inputs)
		switch {
		case err == nil:
			r.tables[t.Name] = tr
			tr.settle(account)
			tr.keys, tr.persons = keyTable{}, keyTable{} // which no later table asks for
			return nil
		case errors.Is(err, errLookAgain):
		case errors.Is(err, charset.ErrNotUTF8):
			for _, in := range inputs {
				in.distrust()
			}
		default:
			return err
		}
		r.remove(r.written[written:])
		r.written, r.persons = r.written[:written], keyTable{}
		if tr.plan.person >= 0 {
			r.screen = newScreen(newHasher(), r.known)
		}
		r.result.Rejects.cut(rejects)
		tr = r.newTable(t, inputs)
	}
}

func (r *reading) newTable(t *Table, inputs []*input) *tableReading {
	tr := &tableReading{reading: r, plan: newTablePlan(t), parent: r.tables[t.Parent], order: r.pseudonyms.Order()}
	tr.batches.New = func() any { return newBatch(tr.plan) }
	tr.summed = tr.plan.key < 0 && (len(inputs) > 1 || tr.plan.periods())
	return tr
}

// files reads the files of the table.
func (t *tableReading) files(ctx context.Context, inputs []*input) error {
	for i, in := range inputs {
		p, err := t.copied(ctx, in, i)
		if p == nil && err == nil {
			p, err = t.file(ctx, in, segmentFile(t.plan.Name, i))
		}
		if err != nil {
			return err
		}
		t.parts = append(t.parts, p)
	}
	if t.again {
		return errLookAgain
	}
	return nil
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
			r.progress(n, in.info.Size())
		}
	}
}
