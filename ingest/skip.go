package ingest

import (
	"cmp"
	"context"
	"crypto/sha256"
	"slices"
	"strings"

	"lvv/internal/day"
	"lvv/internal/say"
)

// Why a file that is called like a table's is not read, as Warning.Why says it.
const (
	whyEnding = "ending" // its name ends in another way than those that are read
	whyHeader = "header" // its name only begins like a table's, and it has no header of that table
	whyEmpty  = "empty"  // there is nothing in it, and the table may be left out
)

// nothing says that a file is empty.
func (in *input) nothing() *Fault {
	if !in.table.Required {
		in.skipped = whyEmpty
	}
	return in.fault(say.Errorf("the file is empty"), say.Errorf("a row of headers at the least"), say.Errorf("Deliver the file again; for a register without rows, with its headers alone."))
}

// noHeader returns the fault of a header that is not the table's. A file whose name goes on behind the
// table's is then not taken for one, if it has no header at all or that of another table.
func (in *input) noHeader(f *Fault, h *header) *Fault {
	if in.loose() && (h == nil || h.matched == 0 || h.otherTable(in.table) != nil) {
		in.skipped = whyHeader
	}
	return f
}

// loose reports whether the name only begins like that of a table.
func (in *input) loose() bool {
	lower := strings.ToLower(in.name)
	return !slices.ContainsFunc(endings, func(e ending) bool { return lower == in.table.Stem+e.suffix })
}

// otherTable returns a table of which a row is the whole header, other than the one it was matched with.
func (h *header) otherTable(t *Table) *Table {
	for i := range Contract() {
		other := &Contract()[i]
		if other == t {
			continue
		}
		names := headerNames(other)
		found := map[int]bool{}
		for _, n := range slices.Concat(h.names, h.unknown) {
			if at, ok := names[foldName([]byte(n))]; ok && n != "" {
				found[at] = true
			}
		}
		whole := true
		for j := range other.Fields {
			whole = whole && (!other.Fields[j].Required || found[j])
		}
		if whole {
			return other
		}
	}
	return nil
}

// leaveOut drops the inputs that turned out to be none, and says so. A required table of which nothing
// is left is a fault.
func (r *reading) leaveOut(dir string, inputs []*input, faults *[]*Fault) []*input {
	var kept []*input
	for _, in := range inputs {
		if in.skipped == "" {
			kept = append(kept, in)
			continue
		}
		r.skip(in.shown, in.table, in.skipped)
	}
	for i := range Contract() {
		t := &Contract()[i]
		of := func(in *input) bool { return in.table == t }
		if t.Required && slices.ContainsFunc(inputs, of) && !slices.ContainsFunc(kept, of) {
			*faults = append(*faults, missingTable(dir, t))
		}
	}
	return kept
}

// skip names a file that is called like a table's and is not read.
func (r *reading) skip(file string, t *Table, why string) {
	r.result.Skipped = append(r.result.Skipped, file)
	severity := WarningLevel
	if why == whyEmpty {
		severity = Note
	}
	r.skips = append(r.skips, Warning{Check: FileNotRead, Severity: severity, Table: t.Name, Count: 1, Why: why, Places: []Place{{File: file}}})
}

// missingTable says that a required table was not delivered.
func missingTable(dir string, t *Table) *Fault {
	return &Fault{
		File: dir, Found: say.Errorf("no file for the required table %s", t.Stem),
		Expected: say.Errorf("a file whose name begins with %q and ends in %s, with the headers of the table", t.Stem, readEndings),
		Remedy:   say.Errorf("Add the file, or rename it if it is there under another name."),
	}
}

// copied returns the part of a file that holds the same bytes as an earlier one of its table, or nil: such
// a file is not read, and its rows are duplicates.
func (t *tableReading) copied(ctx context.Context, in *input, place int) (*part, error) {
	for _, p := range t.parts {
		if p.CopyOf != "" || p.Format != in.format || p.Input.Size != in.info.Size() {
			continue
		}
		own, err := in.hashed(ctx)
		if err != nil {
			return nil, err
		}
		if own.HMAC != p.Input.HMAC {
			continue
		}
		c := &part{
			Account: p.Account, Input: own, Format: in.format, Headers: p.Headers, Segment: segmentFile(t.plan.Name, place),
			Notes: []noted{}, Findings: []Warning{}, Shapes: []string{}, CopyOf: own.HMAC, LastEvent: day.None,
		}
		c.Account.File, c.Account.Counts = in.shown, Counts{Read: p.Account.Read, Duplicates: p.Account.Read}
		t.result.Rejects.addSource(source{file: in.shown, sheet: c.Account.Sheet, table: t.plan.Table, headers: c.Headers})
		w, err := t.segment(c.Segment)
		return c, cmp.Or(err, w.close())
	}
	return nil, nil
}

// hashed returns the hash of the input as it lies there.
func (in *input) hashed(ctx context.Context) (Input, error) {
	f, err := in.open()
	if err != nil {
		return Input{}, err
	}
	defer f.Close()
	defer context.AfterFunc(ctx, func() { f.Close() })()
	own, err := (&raw{in: in, file: f, hash: sha256.New()}).finish()
	return own, cmp.Or(ctx.Err(), err)
}
