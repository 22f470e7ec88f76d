package ingest

import (
	"cmp"
	"context"
	"path/filepath"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"lvv/anonymize/pseudonym"
	"lvv/internal/day"
	"lvv/internal/lists"
	"lvv/internal/say"
)

// tableReading is the state of a table while its files are read.
type tableReading struct {
	*reading
	plan   *tablePlan
	parent *tableReading // nil where it has none
	parts  []*part       // of the files so far

	// the last parent that was looked up
	lastRef    key128
	lastParent uint32

	keys    keyTable      // of accepted rows, by pseudonym
	byInput keyTable      // the same where other tables refer to them, by number; check and sum are the pseudonym
	people  paged[key128] // of accepted cases, in the order of the table by which others refer to them
	order   *pseudonym.Order
	parsers []*rowParser  // of the file at hand
	merges  []mergedRange // of its sheet
	summed  bool          // rows have no key and may stand in several files
	repeats lines         // rows of the file at hand that the table has already
	speller *rowParser    // of numbers that refer to a parent
	near    lines         // its orphans that would refer to a row but for their spelling
	again   bool          // a file is to be looked at again
	batches sync.Pool
	drop    []bool
}

// rowParser returns a parser for the rows of a file.
func (t *tableReading) rowParser(in *input) *rowParser {
	r := newRowParser(t.plan, in.header, t.pseudonyms.Clone(), t.screen)
	r.ordered = in.blocks || in.format == workbook
	r.names, r.summed = in.names(), t.summed
	r.judged = in.judgements(t.plan)
	t.parsers = append(t.parsers, r)
	return r
}

func (t *tableReading) batch() *batch {
	b := t.batches.Get().(*batch)
	b.reset()
	return b
}

// file reads a file, and writes what it accepts to the segment of that name.
func (t *tableReading) file(ctx context.Context, in *input, name string) (*part, error) {
	if in.header == nil {
		if err := in.probe(); err != nil {
			return nil, err
		}
	}
	p := &part{LastEvent: day.None, Shapes: []string{}, Findings: []Warning{}, Format: in.format, Headers: in.header.names, Segment: name, Account: FileAccount{
		File: in.shown, Table: t.plan.Name, Encoding: in.encoding, Sheet: in.sheet,
		HeaderRow: int(in.header.row), UnknownColumns: in.header.unknown, OtherSheets: lists.Map(in.others, func(r rival) string { return r.name }), Settings: in.settings.said,
	}}
	if in.format == workbook {
		p.Account.Encoding = "xlsx"
	} else {
		p.Account.Delimiter = string(in.delim)
	}
	t.prepare(in)
	w, err := t.segment(name)
	if err != nil {
		return nil, err
	}
	rejects := &t.result.Rejects
	src := rejects.addSource(source{file: in.shown, sheet: in.sheet, table: t.plan.Table, headers: in.header.names})
	t.parsers, t.merges, t.near, t.repeats = nil, nil, lines{}, lines{}
	p.apart = in.above
	err = t.rows(ctx, in, p, src, w)
	if err == nil {
		t.look(in, p)
	}
	return p, cmp.Or(err, w.close())
}

// segment begins a file of the store; nil where nothing is stored.
func (t *tableReading) segment(name string) (*segmentWriter, error) {
	if t.storeDir == "" {
		return nil, nil
	}
	path := filepath.Join(t.storeDir, name)
	w, err := newSegmentWriter(path, t.plan)
	if err == nil {
		t.written = append(t.written, path)
	}
	return w, err
}

// prepare makes room for the keys of a file.
func (t *tableReading) prepare(in *input) {
	if t.plan.key >= 0 {
		t.keys.reserve(in.rows)
	}
	if t.plan.isParent {
		t.byInput.reserve(in.rows)
	}
	if t.plan.person >= 0 {
		t.persons.reserve(in.rows)
	}
}

// rows reads the rows of a file, decides on them, and hands those that stay to the writer.
func (t *tableReading) rows(ctx context.Context, in *input, p *part, src uint32, w *segmentWriter) error {
	g, ctx := errgroup.WithContext(ctx)
	accepted := make(chan *batch, 1)
	g.Go(in.guard(func() (err error) {
		defer close(accepted)
		accept := func(b *batch) error {
			if b.err != nil {
				return b.err
			}
			if err := t.check(b, src, p); err != nil {
				return err
			}
			select {
			case accepted <- b:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		if in.format == workbook {
			p.Input, err = t.readWorkbook(ctx, in, t, accept)
		} else {
			p.Input, err = t.readDelimited(ctx, in, t, accept)
		}
		return err
	}))
	g.Go(in.guard(func() error {
		for b := range accepted {
			if b.rows > 0 {
				if err := w.write(b); err != nil {
					return err
				}
			}
			t.batches.Put(b)
		}
		return nil
	}))
	return g.Wait()
}

// settle adds the files of the table to the result.
func (t *tableReading) settle(account *TableAccount) {
	account.Delivered, account.LastEvent = true, day.None
	r := t.result
	for _, p := range t.parts {
		account.LastEvent = max(account.LastEvent, p.LastEvent)
		account.Add(p.Account.Counts)
		if t.storeDir != "" {
			r.Store.Segments = append(r.Store.Segments, Segment{Table: t.plan.Name, File: p.Segment, FileNo: len(r.Inputs), Rows: p.Account.Accepted})
		}
		r.Files = append(r.Files, p.Account)
		r.Inputs = append(r.Inputs, p.Input)
	}
	t.warnings()
	t.reading.parts = append(t.reading.parts, t.parts...)
}

// check decides on the rows of a batch that parsed, by what came before them, and drops those that
// do not stay.
func (t *tableReading) check(b *batch, src uint32, p *part) error {
	account := &p.Account
	account.Read += b.read
	for _, word := range b.words {
		t.screen.words.add(word)
	}
	p.apart.add(&b.apart)
	rejects := &t.result.Rejects
	next := 0
	flush := func(before int64) {
		for ; next < len(b.faults) && b.faults[next].line < before; next++ {
			f := &b.faults[next]
			rejects.add(src, f.line, int(f.field), f.reason, b.values[f.offset:f.offset+uint32(f.length)])
			if f.first {
				account.Quarantined++
			}
			if f.reason == identifierInText {
				p.note(check(f.reason), f.field, f.line, nil)
			}
		}
	}
	t.drop = slices.Grow(t.drop[:0], b.rows)[:b.rows]
	clear(t.drop)
	dropped := false
	for i := range b.rows {
		if i%warmed == 0 {
			t.warm(b, i, min(i+warmed, b.rows))
		}
		verdict, field, err := t.place(b, i)
		if err != nil {
			return err
		}
		if verdict == fine {
			account.Accepted++
			continue
		}
		t.drop[i], dropped = true, true
		if verdict == repeated {
			account.Duplicates++
			continue
		}
		account.Quarantined++
		if verdict == orphan && t.nearMatch(b.reference(i)) {
			t.near.add(b.lines[i])
		}
		flush(b.lines[i])
		rejects.add(src, b.lines[i], field, verdict, nil) // a number, which is never shown
	}
	flush(1 << 62)
	for _, n := range b.notes {
		if !t.drop[n.row] {
			p.note(n.check, n.field, b.lines[n.row], b.values[n.offset:n.offset+uint32(n.length)])
		}
	}
	if t.summed {
		t.sumRows(b)
	}
	if dropped {
		b.keep(t.drop)
	}
	t.declare(b)
	for _, field := range []int{t.plan.start, t.plan.end} {
		if field < 0 {
			continue
		}
		for _, d := range b.columns[t.plan.fields[field].column].days {
			p.LastEvent = max(p.LastEvent, day.Day(d))
		}
	}
	return nil
}

// warmed is how many rows are looked up together: what they need fits the cache of a processor.
const warmed = 256

// warm loads what place will ask for the rows.
func (t *tableReading) warm(b *batch, from, to int) {
	if t.parent != nil {
		t.parent.byInput.warm(b.refs[from:to], &t.parent.people)
	}
	if t.plan.key >= 0 {
		t.keys.warm(b.keys[from:to], nil)
	}
	if t.plan.person >= 0 {
		t.persons.warm(b.persons[from:to], nil)
	}
}

// declare tells the screen what the pilot calls things.
func (t *tableReading) declare(b *batch) {
	for i := range t.plan.fields {
		f := &t.plan.fields[i]
		if !f.Declares {
			continue
		}
		for row := range b.rows {
			t.screen.declare(f.Name, b.columns[f.column].textAt(row))
		}
	}
}

// repeated is the verdict on a row that says what an earlier one said.
const repeated = reasons

// place checks a row against its parent and against the rows before it, and remembers it if it stays.
func (t *tableReading) place(b *batch, i int) (verdict reason, field int, err error) {
	if t.plan.ref >= 0 {
		at := t.referredBy(b.refs[i])
		if at == 0 {
			return orphan, t.plan.ref, nil
		}
		e := t.parent.byInput.at(at)
		key128{e.check, e.sum}.put(b.columns[t.plan.fields[t.plan.ref].column].ids[i*16:])
		if t.plan.order >= 0 {
			t.order.Hide(b.columns[t.plan.order].textAt(i), t.parent.people.at(at).pseudonym())
		}
	}
	if t.plan.key >= 0 {
		if e := t.keys.find(b.keys[i]); e != nil {
			switch {
			case e.check != b.checks[i]:
				return fine, 0, errCollision
			case e.sum == b.sums[i]:
				return repeated, 0, nil
			}
			return duplicateKey, t.plan.key, nil
		}
		t.keys.add(entry{b.keys[i], b.checks[i], b.sums[i]})
		if t.plan.isParent {
			t.byInput.add(entry{b.inputs[i], b.keys[i].hi, b.keys[i].lo})
		}
	}
	if t.plan.person >= 0 {
		t.people.add(b.persons[i])
		e := t.persons.find(b.persons[i])
		switch {
		case e == nil:
			t.persons.add(entry{key: b.persons[i], check: b.personChecks[i]})
		case e.check != b.personChecks[i]:
			return fine, 0, errCollision
		}
	}
	return fine, 0, nil
}

// referredBy returns the place of the parent's entry, or 0. Registers list what belongs together in one
// place, so the answer to the last question is remembered.
func (t *tableReading) referredBy(ref key128) uint32 {
	if t.lastParent == 0 || t.lastRef != ref {
		t.lastRef, t.lastParent = ref, t.parent.byInput.index(ref)
	}
	return t.lastParent
}

// errCollision stops a run: two people would become one.
var errCollision = say.Errorf("two different numbers have one pseudonym under this key\n" +
	"  Make a new key with lvv keygen, or raise the epoch in pilot.yaml, and begin again.")
