package ingest

import (
	"slices"
	"strings"

	"lvv/internal/lists"
	"lvv/internal/say"
)

// headerRows is how far from the top the header may stand.
const headerRows = 20

// headerNames maps the folded names of a table's columns to the index of the field.
func headerNames(t *Table) map[string]int {
	names := map[string]int{}
	for i := range t.Fields {
		f := &t.Fields[i]
		for _, n := range append([]string{f.Header, f.Name}, f.Aliases...) {
			names[foldName([]byte(n))] = i
		}
	}
	return names
}

// header is a row matched against the columns of a table.
type header struct {
	row      int64    // as an editor counts it
	fields   []int    // of each column the index of its field, or -1
	names    []string // of each field the name of its column, "" where there is none
	unnamed  []int    // columns without a name
	unknown  []string // names of columns that the contract does not know
	matched  int      // fields that were found
	missing  []*Field // required fields that were not
	repeated []string // pairs of columns that name one field
}

// matchHeader reads a row as a header.
func matchHeader(t *Table, names map[string]int, row int64, cells []cell) *header {
	h := &header{row: row, fields: make([]int, len(cells)), names: make([]string, len(t.Fields)), unknown: []string{}}
	for i, c := range cells {
		name := shownName(string(trim(c.text)), "", "", i+1)
		index, known := names[foldName(clean(trim(c.text), nil, false))]
		h.fields[i] = -1
		switch {
		case name == "":
			h.unnamed = append(h.unnamed, i)
		case !known:
			h.unknown = append(h.unknown, name)
		case known && h.names[index] != "" && t.Fields[index].Dropped():
		case known && h.names[index] != "":
			h.repeated = append(h.repeated, h.names[index]+" = "+name)
		case known:
			h.fields[i], h.names[index] = index, name
			h.matched++
		}
	}
	for i := range t.Fields {
		if f := &t.Fields[i]; f.Required && h.names[i] == "" {
			h.missing = append(h.missing, f)
		}
	}
	return h
}

// better reports whether h is more of a header than other, which may be nil.
func (h *header) better(other *header) bool {
	switch {
	case other == nil:
		return true
	case len(other.missing) == 0: // the first that has all that is required; a later one begins a block
		return false
	case len(h.missing) == 0:
		return true
	}
	return h.matched > other.matched
}

// fault says what is wrong with the best header of a file, or returns nil. Names of columns are only
// repeated when some of them are known: a file without a header has a person's data in that place.
func (h *header) fault(t *Table, file, sheet string) *Fault {
	var required []string
	for i := range t.Fields {
		if t.Fields[i].Required {
			required = append(required, t.Fields[i].Header)
		}
	}
	f := &Fault{File: file, Sheet: sheet}
	switch {
	case h == nil || h.matched == 0:
		f.Found = say.Errorf("none of the first %d rows holds the headers of the table %s", headerRows, t.Stem)
		f.Expected = say.Errorf("at least the columns %s", strings.Join(required, ", "))
		f.Remedy = say.Errorf("Put the names of the columns in the row above the data, or give the file the name of its own table.")
	case len(h.missing) > 0:
		missing := lists.Map(h.missing, func(m *Field) string { return m.Header })
		present := slices.DeleteFunc(slices.Clone(h.names), func(name string) bool { return name == "" })
		f.Line = h.row
		f.Found = say.Errorf("the header has no column %s (it has %s)", strings.Join(missing, ", "), strings.Join(present, ", "))
		if len(h.unknown) > 0 {
			f.Found = say.Errorf("the header has no column %s (it has %s; not recognised: %s)",
				strings.Join(missing, ", "), strings.Join(present, ", "), strings.Join(h.unknown[:min(20, len(h.unknown))], ", "))
		}
		f.Expected = say.Errorf("the columns %s", strings.Join(required, ", "))
		f.Remedy = say.Errorf("Add the column, or give the column that holds it this name.")
	case len(h.repeated) > 0:
		f.Line = h.row
		f.Found = say.Errorf("two columns stand for the same field: %s", strings.Join(h.repeated, ", "))
		f.Expected = say.Errorf("every field once")
		f.Remedy = say.Errorf("Take one of them out, or give it another name: which of the two counts cannot be known.")
	default:
		return nil
	}
	return f
}
