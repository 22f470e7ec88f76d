package ingest

import (
	"bytes"
	"strings"
	"testing"
)

// What the reader takes for granted about the contract.
func TestContractIsSound(t *testing.T) {
	read := map[string]bool{}
	for _, table := range Contract() {
		if table.Parent != "" && (!read[table.Parent] || !TableNamed(table.Parent).Required || table.Field(table.Ref) == nil) {
			t.Errorf("%s: its parent %s is not read before it, not required, or not referred to", table.Name, table.Parent)
		}
		for _, name := range []string{table.Key, table.Start, table.End} {
			if name != "" && table.Field(name) == nil {
				t.Errorf("%s has no field %s", table.Name, name)
			}
		}
		for _, f := range table.Fields {
			if f.UnlessField != "" && (f.Required || table.Field(f.UnlessField) == nil || table.Field(f.UnlessField).Type != CodeType) {
				t.Errorf("%s.%s is required unless something that cannot be", table.Name, f.Name)
			}
			if f.Type == CodesType && len(f.Codes) > 8 {
				t.Errorf("%s.%s has too many codes to list their combinations", table.Name, f.Name)
			}
		}
		for _, s := range table.StoreFields() {
			if s.Field != nil && s.Field.Class == Identifier && s.Kind != StoreID {
				t.Errorf("%s.%s is an identifier and would be stored", table.Name, s.Name)
			}
		}
		read[table.Name] = true
	}
}

// The guide names every table and column, in both languages.
func TestGuideIsComplete(t *testing.T) {
	for _, lang := range []string{"nl", "en"} {
		var b bytes.Buffer
		must(t, WriteGuide(&b, lang))
		for _, table := range Contract() {
			for _, f := range table.Fields {
				if !strings.Contains(b.String(), "<code>"+f.Header+"</code>") || !strings.Contains(b.String(), "<code>"+table.Stem+"</code>") {
					t.Errorf("%s: %s.%s is missing", lang, table.Stem, f.Header)
				}
			}
		}
		if strings.Contains(b.String(), "<no value>") {
			t.Errorf("%s: a value is missing", lang)
		}
	}
}

// Rows above the header of a delimited file, Excel's own among them.
func TestTitlesAboveTheHeader(t *testing.T) {
	for _, above := range []string{"sep=;\n", "Overzicht verblijf\n\n;;\n", strings.Repeat("x\n", 19)} {
		r := complete("verblijf.csv", above+someStays).mustRead(t)
		if f := r.Files[1]; f.Read != 1 || f.Accepted != 1 || f.HeaderRow != 1+strings.Count(above, "\n") || f.Delimiter != ";" {
			t.Errorf("%q above the header: %+v", above, f)
		}
	}
}
