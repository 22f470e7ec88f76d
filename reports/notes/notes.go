// Package notes reads the project leader's notes on a report, and refuses what might tell about a person: a number that
// could be somebody's, an e-mail address, a word such as mevrouw with a name, a word for a birth, a family name or number
// of the exports, and a small count of people, or of a cell that the report hides. A given name alone it does not know,
// nor a name in small letters: whoever writes a note leaves them out.
package notes

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"lvv/anonymize/published"
	"lvv/ingest"
	"lvv/internal/lists"
	"lvv/internal/say"
	"lvv/internal/settings"
)

// Sections are those of the report that a note may stand in.
var Sections = []string{"occupancy", "inflow", "outflow", "durable", "duration", "guidance", "subgoals", "funding", "restatements", "quality"}

const (
	maxFile  = 1 << 16
	maxNotes = 30
	maxText  = 600 // letters of a note
)

// Parse reads the notes of a file of that name. All that is wrong with them is told together, each with file and
// line and what to do. Notes come back by section, in the order of the report, and then by date.
func Parse(name string, text []byte) ([]published.Note, error) {
	if len(text) > maxFile {
		return nil, say.Errorf("%s is longer than %d bytes\n  Shorten the notes.", name, maxFile)
	}
	root, err := settings.Parse(name, text)
	if root == nil || err != nil {
		return nil, err
	}
	r := &settings.Reader{File: name}
	list := read(r, root)
	if err := r.Err(); err != nil {
		return nil, err
	}
	slices.SortStableFunc(list, func(a, b published.Note) int {
		return cmp.Or(slices.Index(Sections, a.Section)-slices.Index(Sections, b.Section), cmp.Compare(a.Date, b.Date))
	})
	return list, nil
}

func read(r *settings.Reader, root *settings.Node) []published.Note {
	list := r.Settings(root, "", "notes").Optional("notes")
	if list == nil || list.Kind == settings.Nothing {
		return nil
	}
	if list.Kind != settings.List {
		r.Faultf(list.Line, "notes is not a list\n  Begin each note with - section: occupancy")
		return nil
	}
	if len(list.Items) > maxNotes {
		r.Faultf(list.Line, "there are %d notes, more than %d\n  Keep those that help the steering group to decide.", len(list.Items), maxNotes)
		return nil
	}
	var out []published.Note
	for _, item := range list.Items {
		s := r.Settings(item, "", "section", "date", "text")
		out = append(out, published.Note{
			Section: r.OneOf(s.Required("section"), "", Sections...), Date: r.Date(s.Required("date")), Text: textOf(r, s.Required("text")),
		})
	}
	return out
}

// textOf reads what a note says, on one line.
func textOf(r *settings.Reader, n *settings.Node) string {
	text, ok := r.Scalar(n, say.Errorf("a text"))
	if !ok {
		return ""
	}
	if text = strings.Join(strings.Fields(text), " "); text == "" {
		r.Faultf(n.Line, "the note says nothing\n  Give it a text, or leave it out.")
	}
	if size := len([]rune(text)); size > maxText {
		r.Faultf(n.Line, "the note has %d letters, more than %d\n  Say it in fewer words.", size, maxText)
	}
	if what := identifier(text); what != nil {
		r.Faultf(n.Line, "the note holds %w\n  Leave out what points to one person; the report goes to many.", what)
	}
	return text
}

// Texts are what the notes say, for [ingest.Options].
func Texts(list []published.Note) []string {
	return lists.Map(list, func(n published.Note) string { return n.Text })
}

// Mentioned refuses the notes that name somebody in the exports, by the place and not by the name.
func Mentioned(list []published.Note, found []ingest.Mention) error {
	var faults []error
	for _, m := range found {
		n := list[m.Text]
		if m.Word == 0 {
			faults = append(faults, say.Errorf("the note of %v on %s holds a number of somebody in the exports\n  Leave it out; the report goes to many.", n.Date, n.Section))
			continue
		}
		faults = append(faults, say.Errorf("the note of %v on %s names somebody in the exports: see word %d\n  Leave the name out. If it is an ordinary word, write it without a capital.", n.Date, n.Section, m.Word))
	}
	return errors.Join(faults...)
}
