package ingest

import (
	"errors"
	"math/bits"
	"slices"
)

// What becomes of a file depends on its bytes, on the accepted rows of the table that it refers to,
// and on those of the files before it in its own table. A file is not read again where its bytes are
// those of last time, and the rest is the same or would have made no difference.

// errMustRead stops the reading of a table: a row has the key of one that was taken over unread, and
// only its content tells whether the two say the same.
var errMustRead = errors.New("a file that was not read must be")

// unread marks the entry of such a row, in the place of its check.
const unread = 1

// reuse takes over what is kept of a file, or returns nil where it must be read.
func (t *tableReading) reuse(in *input, place int) (*part, error) {
	ok, err := t.holds(in.held, place)
	if err != nil {
		return nil, err
	}
	t.straight = t.straight && ok && in.held.place == place
	if !ok {
		return nil, nil
	}
	p := *in.held.part
	p.Account.File, p.Input = in.shown, in.held.input
	src := t.result.Rejects.addSource(source{file: in.shown, sheet: p.Account.Sheet, table: t.plan.Table, headers: p.Headers})
	p.span = t.result.Rejects.addColumns(src, &p.Rejects)
	if err := t.declareKept(&p); err != nil {
		return nil, err
	}
	t.result.Reused++
	if t.plan.key >= 0 {
		t.unloaded = append(t.unloaded, &p)
	}
	return &p, nil
}

// holds reports whether reading the file would come to what is kept of it.
func (t *tableReading) holds(h *held, place int) (bool, error) {
	if h == nil || t.readAll || h.CopyOf != "" {
		return false, nil
	}
	followed := h.Account.Duplicates > 0 || h.Rejects.has(duplicateKey) // a row fell to one before it
	if t.parent != nil && !t.parent.same {
		if followed || h.Rejects.has(orphan) {
			return false, nil
		}
		if ok, err := t.refersWell(h.part); !ok {
			return false, err
		}
	}
	if t.plan.hasText {
		if ok, err := t.screened(h.part); !ok {
			return false, err
		}
	}
	if t.plan.key < 0 || t.straight && h.place == place {
		return true, nil
	}
	if followed {
		return false, nil
	}
	if err := t.load(); err != nil {
		return false, err
	}
	unseen := true
	err := t.keysOf(h.part, t.plan.fields[t.plan.key].column, func(k key128) bool {
		unseen = t.keys.find(k) == nil
		return unseen
	})
	return unseen, err
}

// screened reports whether the texts of a part would come to the same under the numbers and names that
// the delivery has now.
func (t *tableReading) screened(p *part) (ok bool, err error) {
	known := t.kept.index.Known
	if cases := t.tables["cases"]; cases.same && (t.plan.declares() || known == t.screen.fingerprint()) {
		return true, nil
	}
	if !t.screen.complete {
		return false, errUnscreened
	}
	// Texts of rows that were set aside are not in the store.
	if p.Account.Quarantined > 0 || slices.ContainsFunc(p.Notes, func(n noted) bool { return n.Check == check(identifierInText) || n.Check == locationUnknown }) {
		return false, nil
	}
	ok = true
	for i := range t.plan.fields {
		f := &t.plan.fields[i]
		if f.Type != TextType || f.dropped {
			continue
		}
		seen := map[string]bool{}
		err := eachText(t.path(p.Segment.File), f.column, func(text []byte) bool {
			if !seen[string(text)] {
				ok = t.screen.judge(f.Field, text) == harmless
				if len(seen) < maxCached {
					seen[string(text)] = true
				}
			}
			return ok
		})
		if err != nil || !ok {
			return false, err
		}
	}
	return true, nil
}

// declareKept tells the screen what the pilot calls things in a part that is taken over.
func (t *tableReading) declareKept(p *part) error {
	for i := range t.plan.fields {
		f := &t.plan.fields[i]
		if !f.Declares {
			continue
		}
		err := eachText(t.path(p.Segment.File), f.column, func(text []byte) bool {
			t.screen.declare(f.Name, text)
			return true
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// refersWell reports whether every row of the part refers to an accepted row of the parent, of the same
// person as before.
func (t *tableReading) refersWell(p *part) (ok bool, err error) {
	if err := t.parent.load(); err != nil {
		return false, err
	}
	ok = true
	var sum personSum
	err = t.keysOf(p, t.plan.fields[t.plan.ref].column, func(k key128) bool {
		at := t.parent.keys.index(k)
		if ok = at != 0; ok && t.plan.order >= 0 {
			sum.add(k, t.parent.people.at(at))
		}
		return ok
	})
	return ok && sum == p.Persons && err == nil, err
}

// personSum tells whether the cases that rows refer to still belong to the same persons, under whose mask
// the order of the rows is kept.
type personSum uint64

func (s *personSum) add(ref, person key128) {
	*s += personSum((ref.lo ^ bits.RotateLeft64(person.lo, 17)) * 0x9E3779B97F4A7C15)
}

// load fetches the keys of the files that were taken over unread, now that something asks for them.
func (t *tableReading) load() error {
	for _, p := range t.unloaded {
		t.keys.reserve(p.Account.Accepted)
		err := t.keysOf(p, t.plan.fields[t.plan.key].column, func(k key128) bool {
			t.keys.add(entry{key: k, check: unread})
			return true
		})
		if err == nil && t.plan.person >= 0 {
			err = t.keysOf(p, t.plan.personColumn(), func(k key128) bool {
				t.people.add(k)
				return true
			})
		}
		if err != nil {
			return err
		}
	}
	t.unloaded = nil
	return nil
}

// asBefore reports whether the files of the table are those of last time, in their order.
func (t *tableReading) asBefore(inputs []*input) bool {
	for i, in := range inputs {
		if in.held == nil || in.held.place != i {
			return false
		}
	}
	return len(inputs) == t.heldParts()
}

// heldParts counts the files that the table had last time.
func (t *tableReading) heldParts() int {
	n := 0
	if t.kept != nil {
		for _, p := range t.kept.index.Files {
			if p.Account.Table == t.plan.Name {
				n++
			}
		}
	}
	return n
}

// keysOf calls do with the keys in a column of a part.
func (t *tableReading) keysOf(p *part, column int, do func(key128) bool) error {
	return eachKey(t.path(p.Segment.File), column, do)
}
