package ingest

import (
	"context"
	"errors"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"
)

// maxPlaces is how many rows a warning names.
const maxPlaces = 5

// tableReading is the state of a table while its files are read.
type tableReading struct {
	*reading
	plan    *tablePlan
	account *TableAccount
	parent  *tableReading // nil where it has none
	// the last parent that was looked up
	lastRef    key128
	lastParent *entry

	keys    keyTable     // of accepted rows
	byInput keyTable     // of accepted cases, by number; check and sum are the pseudonym
	writer  *tableWriter // nil when only checking
	batches sync.Pool
	drop    []bool
	counted map[note]*Warning // by check and field
}

func (t *tableReading) batch() *batch {
	b := t.batches.Get().(*batch)
	b.reset()
	return b
}

// file reads a file and adds it to the accounts.
func (t *tableReading) file(ctx context.Context, in *input) error {
	fileNo := len(t.result.Inputs)
	account := FileAccount{
		File: in.shown, Table: t.plan.Name, Encoding: in.encoding, Sheet: in.sheet,
		HeaderRow: int(in.header.row), UnknownColumns: in.header.unknown,
	}
	if in.format == workbook {
		account.Encoding = "xlsx"
	} else {
		account.Delimiter = string(in.delim)
	}
	src := t.result.Rejects.addSource(source{file: in.shown, sheet: in.sheet, table: t.plan.Table, headers: in.header.names})

	if t.plan.key >= 0 {
		t.keys.reserve(in.rows)
	}
	if t.plan.person >= 0 {
		t.persons.reserve(in.rows)
		t.byInput.reserve(in.rows)
	}

	g, ctx := errgroup.WithContext(ctx)
	accepted := make(chan *batch, 1)
	var hashed Input
	g.Go(in.guard(func() (err error) {
		defer close(accepted)
		accept := func(b *batch) error {
			if b.err != nil {
				return b.err
			}
			if err := t.check(b, src, &account); err != nil {
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
			hashed, err = t.readWorkbook(ctx, in, t, accept)
		} else {
			hashed, err = t.readDelimited(ctx, in, t, accept)
		}
		return err
	}))
	g.Go(in.guard(func() error {
		for b := range accepted {
			if t.writer != nil && b.rows > 0 {
				if err := t.writer.write(b, fileNo); err != nil {
					return err
				}
			}
			t.batches.Put(b)
		}
		return nil
	}))
	if err := g.Wait(); err != nil {
		return err
	}
	a := t.account
	a.Read, a.Accepted = a.Read+account.Read, a.Accepted+account.Accepted
	a.Quarantined, a.Duplicates = a.Quarantined+account.Quarantined, a.Duplicates+account.Duplicates
	t.result.Files = append(t.result.Files, account)
	t.result.Inputs = append(t.result.Inputs, hashed)
	return nil
}

// check decides on the rows of a batch that parsed, by what came before them, and drops those that
// do not stay.
func (t *tableReading) check(b *batch, src uint32, account *FileAccount) error {
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
	t.count(b, account.File)
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

// count adds the notes on the rows that stay to the warnings.
func (t *tableReading) count(b *batch, file string) {
	if t.counted == nil {
		t.counted = map[note]*Warning{}
	}
	for _, n := range b.notes {
		if t.drop[n.row] {
			continue
		}
		line := b.lines[n.row]
		n.row = 0
		w := t.counted[n]
		if w == nil {
			w = &Warning{
				Check: n.check.String(), Severity: t.severity(n), Table: t.plan.Name, Field: t.plan.fields[n.field].Name,
			}
			t.counted[n] = w
		}
		w.Count++
		if len(w.Places) < maxPlaces {
			w.Places = append(w.Places, Place{File: file, Line: line})
		}
	}
}

// severity is high where an emptied field makes a stay or trajectory run on.
func (t *tableReading) severity(n note) string {
	switch {
	case n.check == vNumberPadded:
		return Note
	case n.check < vNumberPadded && int(n.field) == t.plan.end:
		return High
	}
	return WarningLevel
}

// warnings hands the warnings of the table over, by field in the order of the contract.
func (t *tableReading) warnings() {
	for field := range t.plan.fields {
		for c := range checks {
			if w := t.counted[note{check: c, field: int8(field)}]; w != nil {
				t.result.Warnings = append(t.result.Warnings, *w)
			}
		}
	}
}
