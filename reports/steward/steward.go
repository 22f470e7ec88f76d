// Package steward lays out what is wrong with a delivery for the person who must mend it: grouped
// by what to do, worst first, on a terminal of 80 columns or as JSON.
package steward

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/width"

	"lvv/ingest"
	"lvv/internal/lists"
	"lvv/reports"
)

// Severity orders the groups.
type Severity string

// The severities, worst first. Rejected rows count nowhere; the others are in the figures.
const (
	Rejected Severity = "rejected"
	High     Severity = "high"
	Warning  Severity = "warning"
	Note     Severity = "note"
)

var order = []Severity{Rejected, High, Warning, Note}

// Group is one thing to do, for all the rows that need it.
type Group struct {
	Check    string   `json:"check"` // reason code or id of a check
	Severity Severity `json:"severity"`
	Table    string   `json:"table,omitempty"`
	Field    string   `json:"field,omitempty"`
	Column   string   `json:"column,omitempty"` // of a finding about a column, as the source calls it
	Count    int64    `json:"count"`
	Title    string   `json:"title"`
	Means    string   `json:"means,omitempty"`
	Expected string   `json:"expected,omitempty"`
	Do       string   `json:"do"`
	Places   []Place  `json:"places"` // the first of them
	// NotRun names the tables without which a check could not run.
	NotRun []string `json:"not_run_without,omitempty"`
}

// Place is a row of the source; Other is the row that it disagrees with, if there is one.
type Place struct {
	Case      string `json:"case,omitempty"` // the steward's pseudonym
	File      string `json:"file"`
	Line      int64  `json:"line"`
	Value     string `json:"value,omitempty"` // what stands there and is wrong, as far as it may be shown
	OtherFile string `json:"other_file,omitempty"`
	OtherLine int64  `json:"other_line,omitempty"`
}

// Delivery is what was read.
type Delivery struct {
	Pilot string `json:"pilot"`
	Files int    `json:"files"`
	ingest.Counts
	Skipped  []string `json:"skipped"`       // files that belong to no table
	Unread   []string `json:"unread_sheets"` // behind the first that holds a register
	Absent   []string `json:"absent"`        // optional tables that were not delivered, canonical names
	SetApart []Apart  `json:"set_apart"`     // by file, without those of which every row is one of the register
	Groups   []Group  `json:"groups"`
}

// Apart counts the rows of a file that are none of the register, by kind: "total", "repeated_header" and the
// like. They are not among Read.
type Apart struct {
	File string           `json:"file"`
	Rows map[string]int64 `json:"rows"`
}

// Severe reports whether rows were rejected, or a finding says that figures are wrong.
func (d *Delivery) Severe() bool {
	return d.Quarantined > 0 || slices.ContainsFunc(d.Groups, func(g Group) bool { return g.Severity == High })
}

// Sort puts the groups in order: by severity, then the most rows first, then by name.
func Sort(groups []Group) {
	slices.SortStableFunc(groups, func(a, b Group) int {
		return cmp.Or(slices.Index(order, a.Severity)-slices.Index(order, b.Severity), cmp.Compare(b.Count, a.Count),
			strings.Compare(a.Check+a.Table+a.Field, b.Check+b.Table+b.Field))
	})
}

const (
	columns = 80 // of the terminal
	indent  = 19
	shown   = 6 // places named on the terminal
)

// words are those of the terminal and of the page, in the reader's language.
type words struct {
	reports.Lang
	read, missing, skipped, absent, apart, where, more string
	Nothing, Means, Expected, Do                       string
	Title, Search, File, Row, Found, Other, Rest       string // of the page alone
	headings                                           map[Severity]string
	kinds                                              map[string]string // of rows that were set apart
}

func wordsIn(lang reports.Lang) words {
	p := lang.Pick
	return words{
		Lang:    lang,
		read:    p("%s: %s rijen gelezen uit %d bestanden: %s aangenomen, %s afgekeurd, %s dubbel.", "%s: %s rows read from %d files: %s accepted, %s rejected, %s duplicate."),
		missing: p("%s: kolommen die niet zijn aangeleverd: ", "%s: columns that were not delivered: "),
		skipped: p("Overgeslagen: %s.", "Skipped: %s."),
		absent:  p("Niet geleverd: %s. Wat daarop rust is niet beschikbaar.", "Not delivered: %s. What rests on it is not available."),
		apart:   p("Apart gezet, want geen rijen van het register: %s.", "Set apart, for they are no rows of the register: %s."),
		where:   p("Waar", "Where"), more: p("en nog %s", "and %s more"),
		Nothing: p("Er is niets op te merken.", "There is nothing to remark."), Means: p("Betekenis", "Means"), Expected: p("Verwacht", "Expected"), Do: p("Doen", "Do"),
		Title: p("Controle van de aanlevering", "Check of the delivery"), Search: p("Zoeken", "Search"), File: p("Bestand", "File"), Row: p("Rij", "Row"),
		Found: p("Er staat", "What is there"), Other: p("Hoort bij", "Belongs with"),
		Rest: p("En nog %s; quarantine.csv van een run noemt ze alle.", "And %s more; quarantine.csv of a run names them all."),
		headings: map[Severity]string{
			Rejected: p("AFGEKEURD: deze rijen tellen nergens mee", "REJECTED: these rows count nowhere"),
			High:     p("ERNSTIG: deze rijen maken cijfers onjuist", "SEVERE: these rows make figures wrong"),
			Warning:  p("WAARSCHUWING: kijk deze rijen na", "WARNING: look these rows over"), Note: p("TER INFORMATIE", "FOR INFORMATION"),
		},
		kinds: map[string]string{
			"blank": p("lege rijen", "blank rows"), "title": p("titels", "titles"), "repeated_header": p("herhaalde kopregels", "repeated headers"), "total": p("totalen", "totals"),
			"ruler": p("streepjes", "rulers"), "comment": p("opmerkingen", "comments"), "end_of_file": p("tekens voor einde bestand", "end-of-file marks"),
		},
	}
}

// Write lays the delivery out for a terminal.
func Write(w io.Writer, d *Delivery, lang reports.Lang) error {
	t := wordsIn(lang)
	var b strings.Builder
	paragraph(&b, 0, d.rows(t))
	apart := lists.Map(d.SetApart, func(f Apart) string {
		kinds := lists.Map(slices.Sorted(maps.Keys(f.Rows)), func(kind string) string { return cmp.Or(t.kinds[kind], kind) + " " + t.Count(f.Rows[kind]) })
		return f.File + " (" + strings.Join(kinds, ", ") + ")"
	})
	for _, line := range []string{d.skipped(t), d.absent(t), listed(t.apart, apart, "; ")} {
		if line != "" {
			paragraph(&b, 2, line)
		}
	}
	if len(d.Groups) == 0 {
		paragraph(&b, 0, t.Nothing)
	}
	write(&b, condensed(d.Groups, t), t)
	_, err := io.WriteString(w, b.String())
	return err
}

// rows says what became of the rows.
func (d *Delivery) rows(t words) string {
	return fmt.Sprintf(t.read, d.Pilot, t.Count(d.Read), d.Files, t.Count(d.Accepted), t.Count(d.Quarantined), t.Count(d.Duplicates))
}

// skipped names the files that belong to no table; empty where there are none.
func (d *Delivery) skipped(t words) string { return listed(t.skipped, d.Skipped, ", ") }

// absent names the tables that were not delivered; empty where there are none.
func (d *Delivery) absent(t words) string {
	return listed(t.absent, lists.Map(d.Absent, func(name string) string { return reports.TableLabel(name, t.Lang) }), ", ")
}

// listed fills a list into a sentence; empty where there is nothing in it.
func listed(sentence string, list []string, separator string) string {
	if len(list) == 0 {
		return ""
	}
	return fmt.Sprintf(sentence, strings.Join(list, separator))
}

// Findings lays groups alone out for a terminal.
func Findings(w io.Writer, groups []Group, lang reports.Lang) error {
	var b strings.Builder
	t := wordsIn(lang)
	write(&b, condensed(groups, t), t)
	_, err := io.WriteString(w, b.String())
	return err
}

func write(b *strings.Builder, groups []Group, t words) {
	var heading Severity
	for _, g := range groups {
		if g.Severity != heading {
			heading = g.Severity
			fmt.Fprintf(b, "\n%s\n%s\n", t.headings[heading], strings.Repeat("-", columns))
		} else {
			b.WriteByte('\n')
		}
		if g.NotRun == nil {
			paragraph(b, 8, fmt.Sprintf("%6sx %s", t.Count(g.Count), g.Title))
		} else {
			paragraph(b, 8, "      - "+g.Title)
		}
		labelled(b, t.Means, g.Means)
		labelled(b, t.Expected, g.Expected)
		labelled(b, t.Do, g.Do)
		if len(g.Places) > 0 {
			labelled(b, t.where, places(g, t))
		}
	}
}

// columnMissing is the check of which the notes are told together: a register has what it has.
const columnMissing = "column_missing"

// condensed tells the notes on missing columns of a table as one.
func condensed(groups []Group, t words) []Group {
	var out []Group
	at := map[string]int{}
	for _, g := range groups {
		if g.Check != columnMissing || g.Severity != Note {
			out = append(out, g)
			continue
		}
		i, ok := at[g.Table]
		if !ok {
			at[g.Table] = len(out)
			g.Title, g.Places, g.Count = fmt.Sprintf(t.missing, reports.TableLabel(g.Table, t.Lang))+g.Column, nil, 1
			out = append(out, g)
			continue
		}
		out[i].Title += ", " + g.Column
		out[i].Count++
	}
	return out
}

// places names the first rows, a file's name once.
func places(g Group, t words) string {
	var b strings.Builder
	file := ""
	for i, p := range g.Places[:min(len(g.Places), shown)] {
		if i > 0 {
			b.WriteString(", ")
		}
		if p.File != file {
			b.WriteString(p.File)
			file = p.File
		}
		if p.Line > 0 {
			fmt.Fprintf(&b, ":%d", p.Line)
		}
		if p.Value != "" {
			fmt.Fprintf(&b, " %q", p.Value)
		}
		if p.OtherFile != "" {
			fmt.Fprintf(&b, " (%s:%d)", p.OtherFile, p.OtherLine)
		}
	}
	if rest := g.Count - int64(min(len(g.Places), shown)); rest > 0 && g.Places[0].Line > 0 {
		fmt.Fprintf(&b, " "+t.more, t.Count(rest))
	}
	return b.String()
}

func labelled(b *strings.Builder, label, text string) {
	if text != "" {
		paragraph(b, indent, fmt.Sprintf("        %-*s", indent-8, label)+printable(text))
	}
}

// printable keeps control characters, such as terminal escapes in a file's name, from the terminal.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return '?'
		}
		return r
	}, s)
}

// paragraph breaks text between words so that no line is wider than the terminal, where words allow.
func paragraph(b *strings.Builder, rest int, text string) {
	text = printable(text)
	lead := text[:len(text)-len(strings.TrimLeft(text, " "))]
	at := len(lead)
	b.WriteString(lead)
	begin := true
	for part := range strings.SplitSeq(text[len(lead):], " ") {
		n := cells(part)
		switch {
		case begin:
		case at+1+n > columns && part != "":
			b.WriteString("\n" + strings.Repeat(" ", rest))
			at = rest
		default:
			b.WriteByte(' ')
			at++
		}
		begin = false
		b.WriteString(part)
		at += n
	}
	b.WriteByte('\n')
}

// cells counts the columns that a terminal takes for s.
func cells(s string) int {
	n := 0
	for _, r := range s {
		n++
		if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
			n++
		}
	}
	return n
}
