package ingest

import (
	"maps"
	"path"
	"strings"

	"lvv/internal/lists"
)

// Setting says how files of a table are to be read whose register cannot be changed. What it says wins
// over what the reader would make of them.
type Setting struct {
	Table     string            `json:"table"`                // the table's stem or canonical name
	Files     string            `json:"files,omitempty"`      // a pattern of names, as of package path; "" is every file
	DateOrder string            `json:"date_order,omitempty"` // DayFirst or MonthFirst, or "" for what the column shows
	Decimal   string            `json:"decimal,omitempty"`    // DecimalPointSign or DecimalCommaSign, or "" for what the column shows
	Encoding  string            `json:"encoding,omitempty"`   // a name of Encodings, or "" for what the file shows
	Sheet     string            `json:"sheet,omitempty"`      // of a workbook, or "" for the one that is found
	Columns   map[string]string `json:"columns,omitempty"`    // the file's name of a column to the canonical one of the field
}

// What a setting may say.
const (
	DayFirst         = "day_first"
	MonthFirst       = "month_first"
	DecimalPointSign = "point"
	DecimalCommaSign = "comma"
)

// settings are those that apply to a file, taken together: a later one wins.
type settings struct {
	dateOrder, decimal, encoding, sheet string
	columns                             map[string]int // folded name to index of a field
	said                                map[string]string
}

// settingsFor gathers what the settings say about a file.
func settingsFor(all []Setting, t *Table, name string) settings {
	s := settings{columns: map[string]int{}, said: map[string]string{}}
	say := func(key, value string, to *string) {
		if value != "" {
			s.said[key], *to = value, value
		}
	}
	for _, o := range all {
		if !o.applies(t, name) {
			continue
		}
		say("date_order", o.DateOrder, &s.dateOrder)
		say("decimal", o.Decimal, &s.decimal)
		say("encoding", o.Encoding, &s.encoding)
		say("sheet", o.Sheet, &s.sheet)
		for from, to := range o.Columns {
			for i := range t.Fields {
				if t.Fields[i].Name == to {
					s.columns[foldName([]byte(from))] = i
					s.said["columns."+printable(from, 100)] = to
				}
			}
		}
	}
	return s
}

// names are the names of the columns of the input's table, with those that the settings give.
func (in *input) names() map[string]int {
	names := headerNames(in.table)
	for _, field := range in.settings.columns {
		maps.DeleteFunc(names, func(_ string, i int) bool { return i == field })
	}
	maps.Copy(names, in.settings.columns)
	return names
}

// judgements are what the settings say about the columns, and after the first look also what their values
// do.
func (in *input) judgements(p *tablePlan) []judgement {
	out := make([]judgement, len(p.fields))
	copy(out, in.judged)
	for i := range out {
		switch p.fields[i].Type {
		case DateType:
			if in.settings.dateOrder == MonthFirst {
				out[i] |= monthFirst
			}
		case NumberType, WholeType:
			switch in.settings.decimal {
			case DecimalPointSign:
				out[i] |= pointSeen | pointSaid
			case DecimalCommaSign:
				out[i] |= commaSaid
			}
		}
	}
	return out
}

// decided is what the values of a column need not show, for the settings say it.
func (in *input) decided() (j judgement) {
	if in.settings.decimal != "" {
		j |= pointSeen | bothSeen | noneSeen
	}
	// What a spreadsheet made of dates with the month in front nobody can say.
	if in.settings.dateOrder == DayFirst || in.settings.dateOrder == MonthFirst && in.format != workbook {
		j |= monthsSeen
	}
	return j
}

func (o *Setting) applies(t *Table, name string) bool {
	if o.Table != t.Stem && o.Table != t.Name {
		return false
	}
	if o.Files == "" {
		return true
	}
	ok, err := path.Match(strings.ToLower(o.Files), strings.ToLower(name))
	return ok && err == nil
}

// Check returns what is wrong with the setting, "" for nothing.
func (o *Setting) Check() string {
	t := tableByAnyName(o.Table)
	_, badPattern := path.Match(o.Files, "")
	switch {
	case t == nil:
		return "table is none of the contract's: " + printable(o.Table, 60)
	case badPattern != nil:
		return "files is no pattern of file names, such as verblijf_hvo*"
	case o.DateOrder != "" && o.DateOrder != MonthFirst && o.DateOrder != DayFirst:
		return "date_order is day_first or month_first"
	case o.Decimal != "" && o.Decimal != DecimalPointSign && o.Decimal != DecimalCommaSign:
		return "decimal is point or comma"
	case o.Encoding != "" && codePages[o.Encoding] == nil && o.Encoding != encUTF8:
		return "encoding is utf-8, windows-1252, iso-8859-15, cp850, cp437 or macintosh"
	}
	for _, field := range o.Columns {
		if t.Field(field) == nil {
			return "columns names a field that the table does not have: " + printable(field, 60)
		}
	}
	return ""
}

func tableByAnyName(name string) *Table {
	return lists.Find(Contract(), func(t *Table) bool { return t.Stem == name || t.Name == name })
}
