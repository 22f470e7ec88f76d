package ingest

import (
	"bytes"
	"encoding/binary"
	"math/bits"

	"lvv/anonymize/pseudonym"
	"lvv/internal/country"
	"lvv/internal/day"
)

// check is a warning in one byte: a reason code for an optional field, or one of those behind them.
type check uint8

const (
	nothingOdd    check = 0
	vNumberPadded       = check(reasons) + iota - 1
	identityUnknown
	locationUnknown
	checks // their number
)

var checkNames = [checks - check(reasons)]string{VNumberPadded, IdentityUnknown, LocationUnknown}

func (c check) String() string {
	if c < check(reasons) {
		return reason(c).String()
	}
	return checkNames[c-check(reasons)]
}

type state uint8

const (
	empty state = iota
	filled
	invalid
)

// value is a parsed field of the row at hand.
type value struct {
	state   state
	why     reason // of an invalid one
	odd     check  // what is odd about one that is filled
	n       int64  // date, code, boolean or number
	text    []byte // of a text, a case number or a V-number
	scratch []byte // memory for text
	raw     []byte // as it was read, trimmed
}

// maxCached bounds the spellings that a parser remembers of a field.
const maxCached = 4096

// rowParser turns cells into the rows of a batch. Every worker has its own.
type rowParser struct {
	plan    *tablePlan
	header  *header
	ids     *pseudonym.Pseudonymizer
	hash    hasher
	screen  *screen
	judged  []map[string]finding // of each text field: the texts that were looked at
	values  []value
	cache   []map[string]int16 // of each code field: spelling as read to code, -1 where there is none
	scratch []byte
	b       *batch

	refPseudonym bool   // numbers that refer to a parent are known by pseudonym, not by hash
	lastText     []byte // the last of them, and its key
	lastKey      key128
}

func newRowParser(p *tablePlan, h *header, ids *pseudonym.Pseudonymizer, s *screen) *rowParser {
	r := &rowParser{plan: p, header: h, ids: ids, hash: s.hash, screen: s, values: make([]value, len(p.fields)),
		cache: make([]map[string]int16, len(p.fields)), judged: make([]map[string]finding, len(p.fields))}
	for i := range p.fields {
		if p.fields[i].Type == TextType {
			r.judged[i] = map[string]finding{}
		}
		if p.fields[i].dictionary != nil {
			r.cache[i] = map[string]int16{}
		}
	}
	return r
}

// malformed records a row that is not one.
func (r *rowParser) malformed(line int64) {
	r.b.read++
	r.b.faults = append(r.b.faults, fault{line: line, field: -1, reason: malformedRow, first: true})
}

// row parses a row and appends it to the batch, or its faults.
func (r *rowParser) row(line int64, cells []cell) {
	r.b.read++
	for i := range r.values {
		r.values[i].state, r.values[i].odd, r.values[i].raw = empty, nothingOdd, nil
	}
	for i, f := range r.header.fields {
		if f >= 0 && i < len(cells) {
			r.parse(f, cells[i])
		}
	}
	if r.plan.person >= 0 {
		r.remember()
	}
	faults, notes := len(r.b.faults), len(r.b.notes)
	r.judge(line)
	if len(r.b.faults) > faults {
		r.b.faults[faults].first = true
		r.b.notes = r.b.notes[:notes]
		return
	}
	r.emit(line)
}

// parse reads a cell into the value of its field.
func (r *rowParser) parse(index int, c cell) {
	f, v := &r.plan.fields[index], &r.values[index]
	c.text = trim(c.text)
	v.raw = c.text
	if f.dropped {
		return
	}
	if notFilledIn(c.text, f.unknownEmpty) {
		return
	}
	ok := false
	switch f.Type {
	case DateType:
		var d day.Day
		d, ok = parseDate(c)
		v.n = int64(d)
	case BoolType:
		var yes bool
		yes, ok = parseBool(c)
		v.n = 0
		if yes {
			v.n = 1
		}
	case NumberType, WholeType:
		var d decimal
		d, ok = parseDecimal(c, r.scratch)
		switch {
		case !ok:
		case f.Type == NumberType:
			v.n, ok = d.units(f.Decimals)
		default:
			v.n, ok = d.integer()
		}
	case CodeType, CodesType, CountryType:
		v.n, ok = r.code(index, c)
	case VNumberType:
		var padded bool
		v.scratch, padded, ok = parseVNumber(v.scratch[:0], c)
		v.text = v.scratch
		if padded {
			v.odd = vNumberPadded
		}
	case TextType, KeyType:
		v.text, ok = parseText(c, v.scratch)
	}
	v.state, v.why = invalid, f.invalid
	if ok {
		v.state = filled
	}
	if ok && f.Type == TextType {
		r.look(index)
	}
}

// look has a text screened, first among those seen before.
func (r *rowParser) look(index int) {
	v, seen := &r.values[index], r.judged[index]
	found, ok := seen[string(v.text)]
	if !ok {
		found = r.screen.judge(r.plan.fields[index].Field, v.text)
		if len(seen) < maxCached && len(v.text) <= 100 {
			seen[string(v.text)] = found
		}
	}
	switch found {
	case identifier:
		v.state, v.why = invalid, identifierInText
	case unfamiliar:
		v.odd = locationUnknown
	}
}

// remember has the numbers and the name of a case hashed, for the screen.
func (r *rowParser) remember() {
	number := func(field int) []byte {
		if v := &r.values[field]; v.state == filled {
			return v.text
		}
		return nil
	}
	name := func(field int) []byte {
		if raw := r.values[field].raw; !notFilledIn(raw, true) {
			return raw
		}
		return nil
	}
	p := r.plan
	r.b.words = r.screen.ofCase(r.b.words, number(p.key), number(p.person), name(p.familyName), name(p.givenNames))
}

// code looks a value up in the field's list, first among the spellings seen before.
func (r *rowParser) code(index int, c cell) (int64, bool) {
	if c.kind == boolCell || c.kind == errorCell {
		return 0, false
	}
	cache := r.cache[index]
	if code, seen := cache[string(c.text)]; seen {
		return int64(code), code >= 0
	}
	code := r.plan.fields[index].lookup(c.text)
	if len(cache) < maxCached && len(c.text) <= 100 {
		cache[string(c.text)] = code
	}
	return int64(code), code >= 0
}

// lookup returns the place of a value in the field's dictionary, or -1.
func (f *fieldPlan) lookup(text []byte) int16 {
	if len(text) > maxText {
		return -1
	}
	switch f.Type {
	case CountryType:
		if i, ok := country.Index(string(text)); ok {
			return int16(i)
		}
		return -1
	case CodesType:
		mask, start := int16(0), 0
		for i := 0; i <= len(text); i++ {
			if i < len(text) && text[i] != '+' && text[i] != ',' && text[i] != '/' && text[i] != ';' {
				continue
			}
			bit, ok := f.codes[string(fold(text[start:i]))]
			if !ok {
				return -1
			}
			mask |= 1 << bit
			start = i + 1
		}
		return mask
	}
	if i, ok := f.codes[string(fold(text))]; ok {
		return i
	}
	return -1
}

// judge records the faults of the row at hand, and notes on what is only odd.
func (r *rowParser) judge(line int64) {
	p := r.plan
	for i := range p.fields {
		f, v := &p.fields[i], &r.values[i]
		required := f.Required
		if f.unless >= 0 {
			u := &r.values[f.unless]
			required = u.state == filled && u.n != f.unlessCode
		}
		switch {
		case v.state == filled:
		case required && v.state == empty:
			r.reject(line, i, missingRequired)
		case required:
			r.reject(line, i, v.why)
		case v.state == invalid:
			r.note(check(v.why), i)
		}
		if v.state == filled && v.odd != nothingOdd {
			r.note(v.odd, i)
		}
	}
	if p.end >= 0 {
		from, to := &r.values[p.start], &r.values[p.end]
		if from.state == filled && to.state == filled && to.n < from.n {
			r.reject(line, p.end, endBeforeStart)
		}
	}
	if p.person >= 0 {
		v := &r.values[p.person]
		if v.state != filled {
			r.note(identityUnknown, p.person)
		}
	}
}

func (r *rowParser) note(c check, field int) {
	r.b.notes = append(r.b.notes, note{row: int32(r.b.rows), check: c, field: int8(field)})
}

// maxShown is the length in characters at which a rejected value is cut.
const maxShown = 60

func (r *rowParser) reject(line int64, field int, why reason) {
	f := fault{line: line, field: int8(field), reason: why, offset: uint32(len(r.b.values))}
	if p := &r.plan.fields[field]; p.Type != KeyType && p.Type != VNumberType && why != missingRequired {
		v := &r.values[field]
		shown := p.showable(printable(string(shorten(v.raw)), maxShown))
		if why == endBeforeStart && digits(v.raw) {
			shown = day.Day(v.n).String() // 43831 and 20200101 tell a reader little
		}
		r.b.values = append(r.b.values, shown...)
		f.length = uint16(len(r.b.values) - int(f.offset))
	}
	r.b.faults = append(r.b.faults, f)
}

// shorten spares printable the length of a hostile value.
func shorten(b []byte) []byte { return b[:min(len(b), 4*maxShown+8)] }

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
		b.sums = append(b.sums, r.rowSum())
	}
	if p.ref >= 0 {
		b.refs = append(b.refs, r.refKey(r.values[p.ref].text))
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
		if r.refPseudonym {
			r.lastKey = pseudonymKey(r.ids.Of(r.plan.fields[r.plan.ref].kind, text))
		} else {
			r.lastKey = r.hash.key(text)
		}
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

// rowSum hashes everything that the row says after parsing.
func (r *rowParser) rowSum() uint64 {
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
	return r.hash.sum(b)
}
