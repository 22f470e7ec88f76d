package ingest

import (
	"slices"
	"strings"

	"lvv/internal/lists"
)

// The findings about a file, a sheet or a column as a whole.
const (
	MonthFirstDates     = "month_first_dates"     // a column of dates holds some with the month in front
	ColumnMissing       = "column_missing"        // an optional column is absent
	ColumnWithoutHeader = "column_without_header" // a column that is filled has no name
	SameFileTwice       = "same_file_twice"       // two files of a table hold the same bytes
	SheetNotRead        = "sheet_not_read"        // another sheet has rows under the table's header
	HiddenSheetRead     = "hidden_sheet_read"     // the sheet that was read is hidden
	EncodingMixed       = "encoding_mixed"        // some bytes of a file in UTF-8 are not
	NearMatch           = "near_match"            // an orphan would refer to a row but for its spelling
	SameRowsAgain       = "same_rows_again"       // rows of a table without key that it has already
	LocationSpelling    = "location_spelling"     // locations that differ only in their spelling
	FileNotRead         = "file_not_read"         // a file is called like a table's, but cannot be one
)

// find adds what is to be said about the file that was just read.
func (t *tableReading) find(in *input, p *part) {
	blocks := []*header{in.header}
	var unnamed int64
	doubtful, pages := make([]int64, len(t.plan.fields)), ^codePage(0)
	for _, r := range t.parsers {
		for _, shape := range r.shapes {
			if !slices.Contains(p.Shapes, shape) {
				p.Shapes = append(p.Shapes, shape)
			}
		}
		blocks = append(blocks, r.blocks...)
		unnamed += r.unnamed
		pages &= r.pages
		for i, n := range r.doubtful {
			doubtful[i] += n
		}
	}
	slices.Sort(p.Shapes)
	p.Locations = spellings(t.parsers)
	for _, h := range blocks[1:] {
		for _, name := range h.unknown {
			if !slices.Contains(p.Account.UnknownColumns, name) {
				p.Account.UnknownColumns = append(slices.Clone(p.Account.UnknownColumns), name)
			}
		}
	}
	add := func(w Warning) {
		w.Table = t.plan.Name
		if w.Places == nil {
			w.Places = []Place{{}}
		}
		p.Findings = append(p.Findings, w)
	}
	for i := range t.plan.fields {
		f := &t.plan.fields[i]
		if n := doubtful[i]; n > 0 {
			add(Warning{Check: MonthFirstDates, Severity: High, Field: f.Name, Column: in.header.names[i], Count: n, Setting: "date_order: month_first"})
		}
		absent := !slices.ContainsFunc(blocks, func(h *header) bool { return h.names[i] != "" })
		if f.Required || f.dropped || !absent {
			continue
		}
		w := Warning{Check: ColumnMissing, Severity: Note, Field: f.Name, Column: f.Header, Count: 1, Near: nearestName(f.Field, p.Account.UnknownColumns)}
		if t.plan.grave(i) {
			w.Severity = High
		}
		if w.Near != "" {
			w.Setting = "columns: {" + quoteYAML(w.Near) + ": " + f.Name + "}"
		}
		add(w)
	}
	p.suggest(t, in, pages)
	if unnamed > 0 {
		add(Warning{Check: ColumnWithoutHeader, Severity: WarningLevel, Count: unnamed})
	}
	for _, sheet := range in.others {
		add(Warning{Check: SheetNotRead, Severity: High, Count: sheet.rows, Near: sheet.name, Sheet: in.sheet, Setting: "sheet: " + quoteYAML(in.sheet)})
	}
	if in.hiddenSheet {
		add(Warning{Check: HiddenSheetRead, Severity: Note, Count: 1, Sheet: in.sheet})
	}
	if in.stray.count > 0 {
		add(Warning{Check: EncodingMixed, Severity: WarningLevel, Count: in.stray.count, Places: in.stray.places()})
	}
	if t.repeats.count > 0 {
		add(Warning{Check: SameRowsAgain, Severity: WarningLevel, Count: t.repeats.count, Places: t.repeats.places()})
	}
	if t.near.count > 0 {
		add(Warning{
			Check: NearMatch, Severity: Note, Field: t.plan.fields[t.plan.ref].Name, Column: in.header.names[t.plan.ref],
			Count: t.near.count, Places: t.near.places(),
		})
	}
}

// suggest gives the notes on the file the line of pilot.yaml that would mend what they object to.
func (p *part) suggest(t *tableReading, in *input, pages codePage) {
	for i := range p.Notes {
		n := &p.Notes[i]
		switch {
		case n.Check == check(ambiguousNumber):
			n.Setting = SettingFor(ambiguousNumber.String(), t.plan.Name, t.plan.fields[n.Field].Name)
		case n.Check == textDamaged && in.encoding == enc1252 && in.settings.encoding == "" && pages.first() != "":
			n.Setting = "encoding: " + pages.first()
		}
	}
}

// SettingFor is the line of pilot.yaml that would have values of a field read that are rejected for a reason,
// "" where none would.
func SettingFor(reason, table, field string) string {
	if reason != ambiguousNumber.String() {
		return ""
	}
	if f := TableNamed(table).Field(field); f.Small || f.Type == WholeType { // 1.500 hours are no thousands
		return "decimal: " + DecimalPointSign
	}
	return "decimal: " + DecimalCommaSign
}

// lines counts rows and names the first of them.
type lines struct {
	count int64
	lines []int64
}

func (l *lines) add(line int64) {
	if l.count++; len(l.lines) < maxPlaces {
		l.lines = append(l.lines, line)
	}
}

// places are the rows, without the name of their file.
func (l *lines) places() []Place {
	return lists.Map(l.lines, func(line int64) Place { return Place{Line: line} })
}

// fileFindings are the findings about the files of the table. A column that is missing from several is
// told once.
func (t *tableReading) fileFindings() []Warning {
	var out []Warning
	for i, p := range t.parts {
		if p.CopyOf != "" {
			out = append(out, Warning{
				Check: SameFileTwice, Severity: High, Table: t.plan.Name, Count: p.Account.Read, Near: t.earlierWith(p.CopyOf, i),
				Places: []Place{{File: p.Account.File}},
			})
		}
		for _, w := range p.Findings {
			w.Places = slices.Clone(w.Places)
			for j := range w.Places {
				w.Places[j].File = p.Account.File
			}
			same := slices.IndexFunc(out, func(o Warning) bool {
				return o.Check == w.Check && o.Field == w.Field && w.Check == ColumnMissing && o.Near == w.Near
			})
			if same < 0 {
				out = append(out, w)
				continue
			}
			out[same].Count += w.Count
			out[same].Places = append(out[same].Places, w.Places[:min(len(w.Places), maxPlaces-min(maxPlaces, len(out[same].Places)))]...)
		}
	}
	return out
}

// earlierWith names the first file before the i-th that holds the same.
func (t *tableReading) earlierWith(hmac string, i int) string {
	for _, p := range t.parts[:i] {
		if p.Input.HMAC == hmac {
			return p.Account.File
		}
	}
	return ""
}

// nearestName is the unknown column whose name is most like that of a field, "" where none is like it.
func nearestName(f *Field, unknown []string) string {
	best, least := "", 0
	for _, name := range unknown {
		folded := foldName([]byte(name))
		for _, known := range append([]string{f.Header, f.Name}, f.Aliases...) {
			known = foldName([]byte(known))
			d := distance(folded, known)
			if strings.Contains(folded, known) {
				d = 0
			}
			if d <= len(known)/4 && (best == "" || d < least) {
				best, least = name, d
			}
		}
	}
	return best
}

// distance is the number of characters to insert, delete or replace (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		last := i
		row[0] = i + 1
		for j := range len(b) {
			cost := last
			if a[i] != b[j] {
				cost++
			}
			last = row[j+1]
			row[j+1] = min(cost, row[j]+1, last+1)
		}
	}
	return row[len(b)]
}

// quoteYAML writes a text so that a YAML file holds it in any place.
func quoteYAML(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
