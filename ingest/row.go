package ingest

import (
	"bytes"
	"slices"

	"lvv/anonymize/pseudonym"
	"lvv/internal/day"
)

// check is a warning in one byte: a reason code for an optional field that is invalid, or one of the checks behind them, which only
// reading can make; the others are queries on the store.
type check uint8

const (
	nothingOdd      check = 0
	vNumberPadded         = check(reasons) + iota - 1 // a V-number from a numeric cell got its zeros back
	identityUnknown                                   // a case without V-number: its person is known by the case alone
	locationUnknown                                   // a location that neither the table of capacity nor the terms name
	hiddenRow                                         // a row that the workbook hides
	dateInText                                        // a text field holds a date of a workbook
	textDamaged                                       // a text that was decoded twice, or with the wrong code page
	decimalPoint                                      // a number that is read with a decimal point, as its column proves
	openEnd                                           // a last day in the year 9999 or 2999, which stands for none
	checks                                            // their number
)

var checkNames = [checks - check(reasons)]string{"v_number_padded", "identity_unknown", "location_unknown", "hidden_rows_read", "date_in_text", "text_damaged", "decimal_point", "open_end"}

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
	plan     *tablePlan
	header   *header
	ids      *pseudonym.Pseudonymizer
	hash     hasher
	screen   *screen
	screened []map[string]finding // of each text field: the texts that were looked at
	values   []value
	cache    []map[string]int16 // of each code field: spelling as read to code, -1 where there is none
	scratch  []byte
	b        *batch
	judged   []judgement // of each field, what its column makes of values with two readings
	seen     []evidence  // of each field, what the rows so far say about its column

	names        map[string]int   // of the table's columns
	ordered      bool             // it gets all rows of its file, in their order
	headed       bool             // there was a header below the first
	foreign      bool             // the rows at hand stand under a header that is none of the table's
	blocks       []*header        // those of blocks with columns of their own
	hidden       bool             // the row at hand is, in its workbook
	total        bool             // the row at hand names a sum
	summed       bool             // the rows of files are compared, though they have no key
	locations    map[string]int64 // spelling to first line
	lastLocation []byte
	shapes       []string // of the numbers by which other tables refer to the rows
	doubtful     []int64  // of each field, dates that may have their month in front
	unnamed      int64    // rows with a value in a column without a name
	pages        codePage // those in which all damaged texts so far are words

	waiting       int64 // rejected rows just before this one that may be titles, and their faults
	waitingFaults int
	waitingIn     *batch // in which they are

	lastText []byte // the last of them, and its key
	lastKey  key128
}

func newRowParser(p *tablePlan, h *header, ids *pseudonym.Pseudonymizer, s *screen) *rowParser {
	r := &rowParser{plan: p, header: h, ids: ids, hash: s.hash, screen: s, values: make([]value, len(p.fields)),
		cache: make([]map[string]int16, len(p.fields)), screened: make([]map[string]finding, len(p.fields)),
		judged: make([]judgement, len(p.fields)), seen: make([]evidence, len(p.fields)), doubtful: make([]int64, len(p.fields)), locations: map[string]int64{}, pages: ^codePage(0)}
	for i := range p.fields {
		if p.fields[i].Type == TextType {
			r.screened[i] = map[string]finding{}
		}
		if p.fields[i].dictionary != nil {
			r.cache[i] = map[string]int16{}
		}
	}
	return r
}

// refuse records a row of which no field is looked at.
func (r *rowParser) refuse(line int64, why reason) {
	r.b.read++
	r.b.faults = append(r.b.faults, fault{line: line, field: -1, reason: why, first: true})
}

// broken records a row whose quotes are not in order.
func (r *rowParser) broken(line int64, record []byte) {
	record = record[:min(len(record), maxText)]
	if isComment(clean(trim(record), nil, true)) {
		r.b.apart[apartComment]++
		return
	}
	r.settle()
	r.refuse(line, malformedRow)
}

// blank counts a row of which nothing is to be seen.
func (r *rowParser) blank(record []byte) {
	if bytes.ContainsAny(record, "\x00\x1a") {
		r.b.apart[apartEnd]++
		return
	}
	r.b.apart[apartBlank]++
}

// uneven parses a row with another number of fields than the header. Fields too many must be empty; those
// that are missing at the end must be optional.
func (r *rowParser) uneven(line int64, cells []cell) {
	want := len(r.header.fields)
	for len(cells) > want && len(trim(cells[len(cells)-1].text)) == 0 {
		cells = cells[:len(cells)-1]
	}
	fits := len(cells) <= want || r.foreign
	for i := len(cells); i < want; i++ {
		f := r.header.fields[i]
		fits = fits && (f < 0 || !r.plan.fields[f].Required)
	}
	if fits {
		r.row(line, cells)
		return
	}
	r.stray(line, cells, malformedRow)
}

// stray records a row of which no field is looked at, unless it is no row.
func (r *rowParser) stray(line int64, cells []cell, why reason) {
	if kind := r.noRow(cells); kind != isRow {
		r.setApart(kind)
		return
	}
	r.refuse(line, why)
	r.await(cells)
}

// row parses a row and appends it to the batch, or its faults.
func (r *rowParser) row(line int64, cells []cell) {
	if r.foreign {
		r.stray(line, cells, otherHeader)
		return
	}
	for i := range r.values {
		r.values[i].state, r.values[i].odd, r.values[i].raw = empty, nothingOdd, nil
	}
	r.total = false
	for i, f := range r.header.fields {
		if f >= 0 && i < len(cells) {
			r.parse(f, cells[i])
		}
	}
	if r.plan.person >= 0 {
		r.remember()
	}
	faults, notes, values := len(r.b.faults), len(r.b.notes), len(r.b.values)
	r.judge(line)
	rejected := len(r.b.faults) > faults
	if rejected || r.total {
		kind := apartTotal
		if !r.total {
			kind = r.noRow(cells)
		}
		if kind != isRow {
			r.b.faults, r.b.notes, r.b.values = r.b.faults[:faults], r.b.notes[:notes], r.b.values[:values]
			r.setApart(kind)
			return
		}
	}
	r.b.read++
	if rejected {
		r.b.faults[faults].first = true
		r.b.notes = r.b.notes[:notes]
		r.await(cells)
		return
	}
	r.settle()
	if r.hidden {
		r.note(hiddenRow, -1)
	}
	r.named(cells)
	r.emit(line)
}

// named notices values in columns that have no name.
func (r *rowParser) named(cells []cell) {
	holds := func(c cell) bool { return len(trim(c.text)) > 0 }
	within := slices.ContainsFunc(r.header.unnamed, func(i int) bool { return i < len(cells) && holds(cells[i]) })
	if within || slices.ContainsFunc(cells[min(len(cells), len(r.header.fields)):], holds) {
		r.unnamed++
	}
}

// setApart counts a row that is none of the register.
func (r *rowParser) setApart(kind apart) {
	r.b.apart[kind]++
	if b := r.waitingIn; b != nil && kind == apartHeader { // what waits just above it is its title
		b.faults = b.faults[:len(b.faults)-r.waitingFaults]
		b.read -= r.waiting
		b.apart[apartTitle] += r.waiting
	}
	if kind == apartHeader || kind == apartTotal {
		r.settle()
	}
}

// await remembers that the row just rejected may be the title of a block: it has one value.
func (r *rowParser) await(cells []cell) {
	filledCells := 0
	for i := range cells {
		if len(trim(cells[i].text)) > 0 {
			filledCells++
		}
	}
	if filledCells != 1 || !r.ordered {
		r.settle()
		return
	}
	faults := 1
	for faults < len(r.b.faults) && !r.b.faults[len(r.b.faults)-faults].first {
		faults++
	}
	if r.waitingIn != r.b {
		r.settle()
	}
	r.waiting++
	r.waitingFaults += faults
	r.waitingIn = r.b
}

// settle takes rows that were waiting for what they are.
func (r *rowParser) settle() { r.waiting, r.waitingFaults, r.waitingIn = 0, 0, nil }

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
		if v.state != invalid && v.odd != nothingOdd {
			r.note(v.odd, i)
		}
	}
	if p.end >= 0 {
		from, to := &r.values[p.start], &r.values[p.end]
		if from.state == filled && to.state == filled && to.n < from.n {
			r.reject(line, p.end, endBeforeStart)
		}
	}
	if p.person >= 0 && r.values[p.person].state != filled {
		r.note(identityUnknown, p.person)
	}
}

func (r *rowParser) note(c check, field int) {
	n := note{row: int32(r.b.rows), check: c, field: int8(field)}
	if c < check(reasons) {
		n.offset, n.length = r.show(field)
	}
	r.b.notes = append(r.b.notes, n)
}

// maxShown is the length in characters at which a rejected value is cut.
const maxShown = 60

func (r *rowParser) reject(line int64, field int, why reason) {
	f := fault{line: line, field: int8(field), reason: why}
	if why != missingRequired {
		f.offset, f.length = r.show(field)
	}
	r.b.faults = append(r.b.faults, f)
}

// show keeps what may be shown of a value that is wrong: nothing of an identifier, and else the value or
// its shape.
func (r *rowParser) show(field int) (offset uint32, length uint16) {
	offset = uint32(len(r.b.values))
	p, v := &r.plan.fields[field], &r.values[field]
	if p.Type == KeyType || p.Type == VNumberType || p.Class == Identifier {
		return offset, 0
	}
	shown := p.showable(printable(string(shorten(v.raw)), maxShown))
	if v.why == formulaError && formulaErrors[string(bytes.ToLower(v.raw))] {
		shown = string(v.raw)
	}
	if v.state == filled && p.Type == DateType && digits(v.raw) {
		shown = day.Day(v.n).String() // 43831 and 20200101 tell a reader little
	}
	r.b.values = append(r.b.values, shown...)
	return offset, uint16(len(r.b.values) - int(offset))
}

// shorten spares printable the length of a hostile value.
func shorten(b []byte) []byte { return b[:min(len(b), 4*maxShown+8)] }
