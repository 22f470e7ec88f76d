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

	"golang.org/x/sync/errgroup"

	"lvv/anonymize/pseudonym"
	"lvv/internal/charset"
)

// reading is the state of one call of Read.
type reading struct {
	workers    int
	storeDir   string
	kept       *KeptStore // nil where the store is not
	reusing    bool       // something of it may be taken over
	written    []string   // segments, for when it comes to nothing
	parts      []*part    // of every file, in order
	pseudonyms *pseudonym.Pseudonymizer
	progress   func(Progress)
	screen     *screen
	known      map[string][]string
	readCases  bool // the cases are not taken over: texts are compared with them
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
		inputs[i] = newInput(o.Dir, c)
		inputs[i].ids = o.Pseudonyms
		inputs[i].settings = settingsFor(o.Settings, c.table, c.name)
	}
	r := &reading{
		workers: cmp.Or(max(o.Workers, 0), runtime.GOMAXPROCS(0)), storeDir: o.StoreDir, kept: o.Kept, pseudonyms: o.Pseudonyms, progress: o.Progress,
		known: o.Known, result: &Result{Skipped: skipped},
	}
	r.buffers.New = func() any { b := make([]byte, 0, chunkSize+chunkSize/4); return &b }
	if r.kept != nil {
		r.kept.reading.Lock()
		defer r.kept.reading.Unlock()
		r.storeDir = r.kept.dir
		if err := r.compare(ctx, inputs, &faults); err != nil {
			return nil, err
		}
	}
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
	err := r.all(ctx, inputs)
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
	if r.kept != nil {
		if err := r.kept.commit(r.parts, &r.result.Rejects, r.screen.fingerprint()); err != nil {
			return nil, err
		}
	}
	return r.result, nil
}

func (r *reading) remove(paths []string) {
	for _, path := range paths {
		_ = os.Remove(path)
	}
}

// probeAll looks at every file before the first row is read, so that all faults are told at once. What
// is kept of a file shows that it can be read.
func (r *reading) probeAll(ctx context.Context, inputs []*input, faults *[]*Fault) error {
	failed := make([]*Fault, len(inputs))
	err := r.each(ctx, inputs, func(ctx context.Context, i int) error {
		in := inputs[i]
		if in.held != nil || in.faulty || ctx.Err() != nil {
			return ctx.Err()
		}
		err := in.probe()
		if in.skipped != "" {
			return nil
		}
		if err != nil && !errors.As(err, &failed[i]) {
			return fmt.Errorf("examine %s: %w", in.shown, err)
		}
		return nil
	})
	for _, f := range failed {
		if f != nil {
			*faults = append(*faults, f)
		}
	}
	return err
}

// each does work for every input, several at a time. An error of one ends the others.
func (r *reading) each(ctx context.Context, inputs []*input, work func(ctx context.Context, i int) error) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(r.workers)
	for i, in := range inputs {
		g.Go(in.guard(func() error { return work(ctx, i) }))
	}
	return g.Wait()
}

// errUnscreened stops a reading: a text must be compared with cases that were taken over unread.
var errUnscreened = errors.New("the cases must be read")

// all reads the tables. It begins anew where the cases must be read.
func (r *reading) all(ctx context.Context, inputs []*input) error {
	r.begin()
	err := r.inOrder(ctx, inputs)
	if errors.Is(err, errUnscreened) {
		r.remove(r.written)
		r.readCases = true
		r.begin()
		err = r.inOrder(ctx, inputs)
	}
	return err
}

// begin forgets what was read.
func (r *reading) begin() {
	r.screen = newScreen(newHasher(), r.known)
	r.tables, r.persons, r.parts, r.written = map[string]*tableReading{}, keyTable{}, nil, nil
	r.result = &Result{Skipped: r.result.Skipped, Store: Store{Dir: r.storeDir}}
}

// inOrder reads the tables in the order of the contract, in which a table stands behind its parent.
func (r *reading) inOrder(ctx context.Context, inputs []*input) error {
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

// errLookAgain asks for another reading of a table, now that of every file the columns and blocks are known.
var errLookAgain = errors.New("the columns of a file are other than they seemed")

// table reads the files of a table. It begins anew where something that it relied on was wrong: that
// of a file nothing but the keys is needed, that all of it is UTF-8, or that its values have one reading.
func (r *reading) table(ctx context.Context, t *Table, inputs []*input, account *TableAccount) error {
	rejects, written, reused := r.result.Rejects, len(r.written), r.result.Reused
	tr := r.newTable(t, inputs)
	for {
		err := tr.files(ctx, inputs)
		readAll := tr.readAll
		switch {
		case err == nil:
			r.tables[t.Name] = tr
			r.screen.complete = r.screen.complete || tr.plan.person >= 0 && !tr.byPseudonym
			tr.settle(account)
			tr.release()
			return nil
		case errors.Is(err, errMustRead):
			readAll = true
		case errors.Is(err, errLookAgain):
		case errors.Is(err, charset.ErrNotUTF8):
			for _, in := range inputs {
				in.distrust()
			}
		default:
			return err
		}
		r.remove(r.written[written:])
		r.written, r.result.Reused, r.persons = r.written[:written], reused, keyTable{}
		if tr.plan.person >= 0 {
			r.screen = newScreen(newHasher(), r.known)
		}
		r.result.Rejects.cut(rejects)
		tr = r.newTable(t, inputs)
		tr.readAll = readAll
	}
}

func (r *reading) newTable(t *Table, inputs []*input) *tableReading {
	tr := &tableReading{reading: r, plan: newTablePlan(t), parent: r.tables[t.Parent], straight: true, order: r.pseudonyms.Order()}
	tr.batches.New = func() any { return newBatch(tr.plan) }
	// Whether two people have one pseudonym shows only where their numbers are seen together.
	tr.readAll = tr.plan.person >= 0 && (r.readCases || !tr.asBefore(inputs))
	tr.summed = tr.plan.key < 0 && (len(inputs) > 1 || tr.plan.periods())
	if tr.plan.key < 0 && (tr.summed || tr.heldParts() > 1) && !tr.asBefore(inputs) {
		tr.readAll = true // rows of other files are compared, or were
	}
	return tr
}

// files reads the files of the table, or takes over what is kept of them.
func (t *tableReading) files(ctx context.Context, inputs []*input) error {
	for i, in := range inputs {
		p, err := t.copied(ctx, in, i)
		if p == nil && err == nil {
			p, err = t.reuse(in, i)
		}
		if p == nil && err == nil {
			p, err = t.file(ctx, in, segmentFile(t.plan.Name, t.generation(), i))
		}
		if err != nil {
			return err
		}
		t.parts = append(t.parts, p)
	}
	if t.summed && t.takenOver() && slices.ContainsFunc(t.parts, func(p *part) bool { return p.fresh }) {
		return errMustRead // rows of files are compared with each other
	}
	t.byPseudonym = t.takenOver()
	t.same = t.straight && len(inputs) == t.heldParts() || t.parent == nil && t.asBefore(inputs)
	if t.again {
		return errLookAgain
	}
	return nil
}

// takenOver reports whether rows of the files so far were taken from the store.
func (t *tableReading) takenOver() bool {
	return slices.ContainsFunc(t.parts, func(p *part) bool { return !p.fresh && p.CopyOf == "" })
}

// generation is that of the segments of this reading.
func (r *reading) generation() int {
	if r.kept == nil {
		return 1
	}
	return r.kept.index.Generation + 1
}

// release frees what no later table asks for.
func (t *tableReading) release() {
	if !t.plan.isParent || t.referred() != &t.keys && !t.reusing {
		t.keys = keyTable{}
	}
	t.persons = keyTable{}
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
