package ingest

import (
	"bytes"
	_ "embed"
	"sync"

	"go.yaml.in/yaml/v3"

	"lvv/internal/lists"
)

// Type says how the text of a field is read. The accepted forms are those of exports.md.
type Type string

// The value types of the contract. In the store (Parquet) they become the type behind the arrow.
const (
	DateType    Type = "date"     // → date32
	VNumberType Type = "v_number" // → pseudonym
	BoolType    Type = "boolean"  // → bool
	NumberType  Type = "number"   // → decimal128(18, Field.Decimals)
	WholeType   Type = "whole"    // → int64
	CodeType    Type = "code"     // → string, dictionary-encoded, the canonical English value
	CodesType   Type = "codes"    // → string, the canonical values in the order of the code list joined by "+"
	TextType    Type = "text"     // → string
	CountryType Type = "country"  // → string, ISO 3166 alpha-3 (XXA stateless, XXX unknown)
	KeyType     Type = "key"      // the number of a case, stay, trajectory or issue → pseudonym
)

// Class says what a field gives away about a person.
type Class string

// The classes of exports.md.
const (
	Identifier Class = "I" // direct identifier, never leaves the reading process
	Quasi      Class = "Q" // quasi-identifier
	Sensitive  Class = "S"
	Technical  Class = "T"
)

// Code is one value of a code list. Value is the canonical English code that the store holds;
// NL and EN are what readers see; Aliases are further spellings that exports use. The Dutch header
// spelling (NL) and Value are always accepted.
type Code struct {
	Value   string
	Dutch   string   // as exports spell it
	Aliases []string // other accepted spellings
	NL, EN  string   // label for readers
}

// Field is one column of a table.
type Field struct {
	Name     string   // canonical English name, and the column of the store
	Header   string   // Dutch header
	Aliases  []string // other accepted headers
	Type     Type
	Class    Class
	Required bool
	// UnlessField and UnlessValue make the field required unless that code field has that value.
	UnlessField string `yaml:"unless_field"`
	UnlessValue string `yaml:"unless_value"`
	Article     string // of the covenant, empty where none is named
	Codes       []Code // of CodeType and CodesType
	Decimals    int    // of NumberType: how many the store keeps
	Small       bool   // of NumberType: no value reaches a thousand, so that 1.500 need not be one
	Declares    bool   // of TextType: what it names is the pilot's own word for fields of that name
	Listed      bool   // of TextType: a word that is none of the pilot's own is remarked
	NL, EN      string // what the field means
}

// Dropped reports whether the field is recognised but never copied out of the read buffer (names).
func (f *Field) Dropped() bool { return f.Class == Identifier && f.Type == TextType }

// Table is one register.
type Table struct {
	Name     string // canonical English name, and the file of the store
	Stem     string // Dutch; an export's file name begins with it
	Required bool
	Key      string // field that identifies a row, empty for none
	Parent   string // table whose key the Ref field names, empty for none
	Ref      string // field that refers to Parent
	Start    string // field of the row's own first date, empty where it has none
	End      string // field that must not lie before Start
	Fields   []Field
	NL, EN   string // what a row is
}

// Field returns the field with the canonical name, or nil.
func (t *Table) Field(name string) *Field {
	return lists.Find(t.Fields, func(f *Field) bool { return f.Name == name })
}

//go:embed contract.yaml
var contractYAML []byte

// contract is contract.yaml, which is read once. Tests see to it that it can be.
var contract = sync.OnceValue(func() (tables []Table) {
	if err := DecodeYAML(contractYAML, &tables); err != nil {
		panic("ingest: contract.yaml: " + err.Error())
	}
	return tables
})

// DecodeYAML reads a file that is built into the program. A setting that does not exist is an error.
func DecodeYAML(file []byte, into any) error {
	decoder := yaml.NewDecoder(bytes.NewReader(file))
	decoder.KnownFields(true)
	return decoder.Decode(into)
}

// Contract returns the tables of the input contract in the order in which they are read: a table
// stands after its parent. The caller must not change them.
func Contract() []Table { return contract() }

// TableNamed returns the table with the canonical name, or nil.
func TableNamed(name string) *Table {
	return lists.Find(Contract(), func(t *Table) bool { return t.Name == name })
}
