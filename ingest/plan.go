package ingest

import (
	"slices"
	"strings"

	"lvv/anonymize/pseudonym"
	"lvv/internal/country"
)

// StoreField is a column of a table in the store.
type StoreField struct {
	Name     string
	Field    *Field // of the contract; nil for person_key, identity_unknown, the order of numbers and line_no
	Kind     StoreKind
	Nullable bool
}

// StoreKind is the type of a column in the store.
type StoreKind uint8

// The kinds of column, with their Parquet types.
const (
	StoreID      StoreKind = iota // a store pseudonym of 16 bytes
	StoreDate                     // DATE
	StoreBool                     // BOOLEAN
	StoreNumber                   // DECIMAL(18, Field.Decimals)
	StoreWhole                    // INT64
	StoreCode                     // STRING out of a list of codes
	StoreText                     // STRING
	StoreUnknown                  // BOOLEAN: the person is known by the case alone
	StoreOrder                    // BYTE_ARRAY: orders a person's rows by their numbers, see pseudonym.Order
	StoreLineNo                   // INT64: the row as Excel or an editor counts it
)

// IsPerson reports whether the column holds the persons of the table's rows.
func (f StoreField) IsPerson() bool { return f.Kind == StoreID && f.Field == nil }

// StoreFields returns the columns of the table's segments in the store, in their order.
func (t *Table) StoreFields() []StoreField {
	var out []StoreField
	for i := range t.Fields {
		f := &t.Fields[i]
		switch {
		case f.Dropped():
		case f.Type == VNumberType:
			out = append(out, StoreField{Name: "person_key", Kind: StoreID}, StoreField{Name: "identity_unknown", Kind: StoreUnknown})
		case f.Type == KeyType:
			out = append(out, StoreField{Name: f.base() + "_key", Field: f, Kind: StoreID})
			if f.Name == t.Key && t.ofPersons() {
				out = append(out, StoreField{Name: f.base() + "_order", Kind: StoreOrder})
			}
		default:
			out = append(out, StoreField{Name: f.Name, Field: f, Kind: storeKinds[f.Type], Nullable: !f.Required})
		}
	}
	return append(out, StoreField{Name: "line_no", Kind: StoreLineNo})
}

// base is what the columns of a number are named after: case for case_id.
func (f *Field) base() string { return strings.TrimSuffix(f.Name, "_id") }

// ofPersons reports whether the table's parent says whose its rows are.
func (t *Table) ofPersons() bool {
	parent := TableNamed(t.Parent)
	return parent != nil && slices.ContainsFunc(parent.Fields, func(f Field) bool { return f.Type == VNumberType })
}

var storeKinds = map[Type]StoreKind{
	DateType: StoreDate, BoolType: StoreBool, NumberType: StoreNumber, WholeType: StoreWhole,
	CodeType: StoreCode, CodesType: StoreCode, CountryType: StoreCode, TextType: StoreText,
}

// fieldPlan is what the parser needs to know of a field.
type fieldPlan struct {
	*Field
	invalid      reason // what it is called when it does not parse
	column       int    // of the store, or -1
	dropped      bool
	kind         pseudonym.Kind  // of KeyType
	words        map[string]bool // see ownWords
	unless       int             // index of the field of Field.UnlessField, or -1
	unlessCode   int64
	unknownEmpty bool             // "onbekend" means not filled in
	codes        map[string]int16 // folded spelling to index in dictionary
	dictionary   []string         // of StoreCode
}

// tablePlan is a table made ready for parsing. It is not changed once made.
type tablePlan struct {
	*Table
	fields     []fieldPlan
	store      []StoreField
	key, ref   int // index of a field, or -1
	start, end int
	person     int  // the V-number
	location   int  // a field, or -1
	order      int  // column of the store that orders a person's rows, or -1
	isParent   bool // rows of another table refer to this one
	familyName int  // read for comparison alone, as are the next
	givenNames int
}

var invalidReasons = map[Type]reason{
	DateType: invalidDate, VNumberType: invalidVNumber, BoolType: invalidBoolean, NumberType: invalidNumber,
	WholeType: invalidNumber, CodeType: invalidCode, CodesType: invalidCode, TextType: invalidText,
	KeyType: invalidText, CountryType: invalidCountry,
}

func newTablePlan(t *Table) *tablePlan {
	index := func(name string) int {
		return slices.IndexFunc(t.Fields, func(f Field) bool { return f.Name == name })
	}
	p := &tablePlan{
		Table: t, store: t.StoreFields(), key: index(t.Key), ref: index(t.Ref), start: index(t.Start), end: index(t.End),
		person: -1, location: index("location"), familyName: index("family_name"), givenNames: index("given_names"),
		isParent: slices.ContainsFunc(Contract(), func(c Table) bool { return c.Parent == t.Name }),
	}
	p.order = slices.IndexFunc(p.store, func(s StoreField) bool { return s.Kind == StoreOrder })
	for i := range t.Fields {
		f := fieldPlan{Field: &t.Fields[i], invalid: invalidReasons[t.Fields[i].Type], unknownEmpty: true, dropped: t.Fields[i].Dropped(), words: ownWords(&t.Fields[i])}
		f.column = slices.IndexFunc(p.store, func(s StoreField) bool { return s.Field == f.Field })
		f.unless = index(f.UnlessField)
		switch f.Type {
		case KeyType:
			f.kind = pseudonym.Kind(f.base())
		case VNumberType:
			p.person = i
		case CodeType:
			f.codes, f.dictionary = codeIndex(f.Codes)
			_, listed := f.codes["onbekend"]
			f.unknownEmpty = !listed
		case CodesType:
			f.codes, _ = codeIndex(f.Codes)
			f.dictionary = combinations(f.Codes)
		case CountryType:
			f.dictionary = country.Codes()
			f.unknownEmpty = false
		}
		p.fields = append(p.fields, f)
	}
	for i := range p.fields {
		if f := &p.fields[i]; f.unless >= 0 {
			f.unlessCode = int64(slices.Index(p.fields[f.unless].dictionary, f.UnlessValue))
		}
	}
	return p
}

// periods reports whether a row says what holds from a day to another: the same row twice says nothing more,
// as the same interview or amount on one day may.
func (p *tablePlan) periods() bool { return p.key < 0 && p.ref < 0 && p.end >= 0 }

// codeIndex maps every accepted spelling to the place of its code.
func codeIndex(codes []Code) (index map[string]int16, values []string) {
	index = map[string]int16{}
	for i, c := range codes {
		values = append(values, c.Value)
		for _, s := range append([]string{c.Dutch, c.Value, c.NL, c.EN}, c.Aliases...) {
			index[foldName([]byte(s))] = int16(i)
		}
	}
	return index, values
}

// combinations lists every choice out of a few codes: bit i of the place stands for code i.
func combinations(codes []Code) []string {
	out := make([]string, 1<<len(codes))
	for mask := range out {
		var chosen []string
		for i, c := range codes {
			if mask>>i&1 == 1 {
				chosen = append(chosen, c.Value)
			}
		}
		out[mask] = strings.Join(chosen, "+")
	}
	return out
}
