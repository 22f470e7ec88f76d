package ingest

import (
	"bytes"
	"encoding/binary"
	"math/bits"

	"lvv/anonymize/pseudonym"
)

// emit appends the row at hand.
func (r *rowParser) emit(line int64) {
	b, p := r.b, r.plan
	for i := range p.fields {
		if c := p.fields[i].column; c >= 0 && b.columns[c].kind != StoreID {
			b.columns[c].append(&r.values[i])
		}
	}
	if p.key >= 0 {
		r.emitKey(&p.fields[p.key], r.values[p.key].text)
		b.sums = append(b.sums, r.hash.sum(r.rowBytes()))
	} else if r.summed {
		b.keys = append(b.keys, r.hash.key(r.rowBytes()))
	}
	if p.location >= 0 {
		r.noteLocation(r.values[p.location].text, line)
	}
	if p.ref >= 0 {
		b.refs = append(b.refs, r.refKey(r.values[p.ref].text))
		b.spelt = append(b.spelt, r.values[p.ref].text...)
		b.speltOffsets = append(b.speltOffsets, int32(len(b.spelt)))
		// The parent's row knows the pseudonym: see tableReading.place.
		c := &b.columns[p.fields[p.ref].column]
		c.ids = append(c.ids, make([]byte, len(pseudonym.Pseudonym{}))...)
	}
	b.lines = append(b.lines, line)
	b.rows++
}

// refKey makes the key of a number that refers to a parent, once where rows of one parent follow each
// other.
func (r *rowParser) refKey(text []byte) key128 {
	if !bytes.Equal(text, r.lastText) {
		r.lastText = append(r.lastText[:0], text...)
		r.lastKey = r.hash.key(text)
	}
	return r.lastKey
}

// emitKey appends the key of the row, which is the pseudonym of its number, and what belongs to it.
func (r *rowParser) emitKey(f *fieldPlan, text []byte) {
	b := r.b
	p := r.ids.Of(f.kind, text)
	b.columns[f.column].ids = append(b.columns[f.column].ids, p[:]...)
	b.keys, b.checks = append(b.keys, pseudonymKey(p)), append(b.checks, r.hash.sum(text))
	if r.plan.isParent {
		r.noteShape(text)
		b.inputs = append(b.inputs, r.hash.key(text))
	}
	if r.plan.order >= 0 {
		// Hidden as soon as the person is known: see tableReading.place.
		c := &b.columns[r.plan.order]
		c.text = pseudonym.AppendNumber(c.text, text)
		c.offsets = append(c.offsets, int32(len(c.text)))
	}
	if r.plan.person >= 0 {
		r.emitPerson(text)
	}
}

// emitPerson appends the person of a case: known by V-number, or else by the case alone.
func (r *rowParser) emitPerson(caseNumber []byte) {
	v := &r.values[r.plan.person]
	kind, id, unknown := pseudonym.Person, v.text, byte(0)
	if v.state != filled {
		kind, id, unknown = pseudonym.CasePerson, caseNumber, 1
	}
	person := r.ids.Of(kind, id)
	b := r.b
	for i, s := range r.plan.store {
		switch {
		case s.Kind == StoreID && s.Field == nil:
			b.columns[i].ids = append(b.columns[i].ids, person[:]...)
		case s.Kind == StoreUnknown:
			b.columns[i].bools = append(b.columns[i].bools, unknown)
		}
	}
	b.persons = append(b.persons, pseudonymKey(person))
	// The kind is part of the input: V-number and case number may have the same digits.
	b.personChecks = append(b.personChecks, r.hash.sum(id)+uint64(unknown))
}

// rowBytes is everything that the row says after parsing.
func (r *rowParser) rowBytes() []byte {
	b := r.scratch[:0]
	for i := range r.values {
		v := &r.values[i]
		b = append(b, byte(v.state)&byte(filled))
		if v.state != filled {
			continue
		}
		switch r.plan.fields[i].Type {
		case TextType, KeyType, VNumberType:
			b = binary.AppendUvarint(b, uint64(len(v.text)))
			b = append(b, v.text...)
		default:
			b = binary.LittleEndian.AppendUint64(b, bits.RotateLeft64(uint64(v.n), 1))
		}
	}
	r.scratch = b
	return b
}
