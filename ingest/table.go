package ingest

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"
)

// maxPlaces is how many rows a warning names.
const maxPlaces = 5

// tableReading is the state of a table while its files are read.
type tableReading struct {
	*reading
	plan   *tablePlan
	parent *tableReading // nil where it has none
	parts  []*part       // of the files so far
	// the last parent that was looked up
	lastRef    key128
	lastParent *entry

	keys    keyTable // of accepted rows
	byInput keyTable // of accepted cases, by number; check and sum are the pseudonym
	batches sync.Pool
	drop    []bool
}

// part is what became of one file of a table.
type part struct {
	account FileAccount
	input   Input
	segment string // its file in the store
	notes   []noted
}

// noted counts the rows of a file to which a check objects.
type noted struct {
	check check
	field int8
	count int64
	lines []int64 // of the first few
}

func (t *tableReading) batch() *batch {
	b := t.batches.Get().(*batch)
	b.reset()
	return b
}

// file reads a file, and writes what it accepts to the segment of that name.
func (t *tableReading) file(ctx context.Context, in *input, segment string) (*part, error) {
	p := &part{segment: segment, account: FileAccount{
		File: in.shown, Table: t.plan.Name, Encoding: in.encoding, Sheet: in.sheet,
		HeaderRow: int(in.header.row), UnknownColumns: in.header.unknown,
	}}
	if in.format == workbook {
		p.account.Encoding = "xlsx"
	} else {
		p.account.Delimiter = string(in.delim)
	}
	src := t.result.Rejects.addSource(source{file: in.shown, sheet: in.sheet, table: t.plan.Table, headers: in.header.names})

	if t.plan.key >= 0 {
		t.keys.reserve(in.rows)
	}
	if t.plan.person >= 0 {
		t.persons.reserve(in.rows)
		t.byInput.reserve(in.rows)
	}
	var w *segmentWriter // nil when only checking
	if t.storeDir != "" {
		path := filepath.Join(t.storeDir, segment)
		var err error
		if w, err = newSegmentWriter(path, t.plan); err != nil {
			return nil, err
		}
		t.written = append(t.written, path)
	}
	err := t.rows(ctx, in, p, src, w)
	if w != nil {
		if cerr := w.close(); err == nil {
			err = cerr
		}
	}
	return p, err
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
			p.input, err = t.readWorkbook(ctx, in, t, accept)
		} else {
			p.input, err = t.readDelimited(ctx, in, t, accept)
		}
		return err
	}))
	g.Go(in.guard(func() error {
		for b := range accepted {
			if w != nil && b.rows > 0 {
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
	account.Delivered = true
	r := t.result
	for _, p := range t.parts {
		account.Read, account.Accepted = account.Read+p.account.Read, account.Accepted+p.account.Accepted
		account.Quarantined, account.Duplicates = account.Quarantined+p.account.Quarantined, account.Duplicates+p.account.Duplicates
		if t.storeDir != "" {
			r.Store.Segments = append(r.Store.Segments, Segment{Table: t.plan.Name, File: p.segment, FileNo: len(r.Inputs)})
		}
		r.Files = append(r.Files, p.account)
		r.Inputs = append(r.Inputs, p.input)
	}
	t.warnings()
}

// check decides on the rows of a batch that parsed, by what came before them, and drops those that
// do not stay.
func (t *tableReading) check(b *batch, src uint32, p *part) error {
	account := &p.account
	account.Read += b.read
	rejects := &t.result.Rejects
	next := 0
	flush := func(before int64) {
		for ; next < len(b.faults) && b.faults[next].line < before; next++ {
			f := &b.faults[next]
			rejects.add(src, f.line, int(f.field), f.reason, b.values[f.offset:f.offset+uint32(f.length)])
			if f.first {
				account.Quarantined++
			}
		}
	}
	t.drop = slices.Grow(t.drop[:0], b.rows)[:b.rows]
	clear(t.drop)
	dropped := false
	if t.parent != nil {
		t.parent.referred().warm(b.refs)
	}
	t.keys.warm(b.keys)
	t.persons.warm(b.persons)
	for i := range b.rows {
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
		flush(b.lines[i])
		rejects.add(src, b.lines[i], field, verdict, t.valueOf(b, i, field))
	}
	flush(1 << 62)
	t.count(b, p)
	if dropped {
		b.keep(t.drop)
	}
	return nil
}

// repeated is the verdict on a row that says what an earlier one said.
const repeated = reasons

// place checks a row against its parent and against the rows before it, and remembers it if it stays.
func (t *tableReading) place(b *batch, i int) (verdict reason, field int, err error) {
	if t.plan.ref >= 0 {
		e := t.referredBy(b.refs[i])
		if e == nil {
			return orphan, t.plan.ref, nil
		}
		if c := &b.columns[t.plan.fields[t.plan.ref].column]; c.kind == StoreID {
			p := key128{e.check, e.sum}.pseudonym()
			copy(c.ids[i*len(p):], p[:])
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
		if len(b.inputs) > 0 {
			t.byInput.add(entry{b.inputs[i], b.keys[i].hi, b.keys[i].lo})
		}
	}
	if t.plan.person >= 0 {
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

// referred returns the keys by which other tables refer to this one: the hashes of its numbers.
func (t *tableReading) referred() *keyTable {
	if t.plan.fields[t.plan.key].Type == KeyType {
		return &t.byInput
	}
	return &t.keys
}

// referredBy returns the entry of the parent, or nil. Registers list what belongs together in one
// place, so the answer to the last question is remembered.
func (t *tableReading) referredBy(ref key128) *entry {
	if t.lastParent == nil || t.lastRef != ref {
		t.lastRef, t.lastParent = ref, t.parent.referred().find(ref)
	}
	return t.lastParent
}

// errCollision stops a run: two people would become one.
var errCollision = errors.New("two different numbers have one pseudonym under this key\n" +
	"  Make a new key with lvv keygen, or raise the epoch in pilot.yaml, and begin again.")

// valueOf returns what a reject may show of a parsed row: the text of a field that is no identifier.
func (t *tableReading) valueOf(b *batch, row, field int) []byte {
	c := t.plan.fields[field].column
	if c < 0 || b.columns[c].kind != StoreText {
		return nil
	}
	col := &b.columns[c]
	return []byte(printable(string(shorten(col.text[col.offsets[row]:col.offsets[row+1]])), maxShown))
}

// count adds the notes on the rows that stay to those on the file.
func (t *tableReading) count(b *batch, p *part) {
	for _, n := range b.notes {
		if t.drop[n.row] {
			continue
		}
		i := slices.IndexFunc(p.notes, func(m noted) bool { return m.check == n.check && m.field == n.field })
		if i < 0 {
			i = len(p.notes)
			p.notes = append(p.notes, noted{check: n.check, field: n.field})
		}
		m := &p.notes[i]
		m.count++
		if len(m.lines) < maxPlaces {
			m.lines = append(m.lines, b.lines[n.row])
		}
	}
}

// severity is high where an emptied field makes a stay or trajectory run on.
func (t *tableReading) severity(c check, field int8) string {
	switch {
	case c == vNumberPadded:
		return Note
	case c < vNumberPadded && int(field) == t.plan.end:
		return High
	}
	return WarningLevel
}

// warnings adds the notes on the files up, by field in the order of the contract, then by check.
func (t *tableReading) warnings() {
	for field := range int8(len(t.plan.fields)) {
		for c := range checks {
			w := Warning{Check: c.String(), Severity: t.severity(c, field), Table: t.plan.Name, Field: t.plan.fields[field].Name}
			for _, p := range t.parts {
				w.add(p, c, field)
			}
			if w.Count > 0 {
				t.result.Warnings = append(t.result.Warnings, w)
			}
		}
	}
}

// add counts what a file has for the warning.
func (w *Warning) add(p *part, c check, field int8) {
	for _, n := range p.notes {
		if n.check != c || n.field != field {
			continue
		}
		w.Count += n.count
		for _, line := range n.lines[:min(len(n.lines), maxPlaces-len(w.Places))] {
			w.Places = append(w.Places, Place{File: p.account.File, Line: line})
		}
	}
}
