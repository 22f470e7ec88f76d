// Package notes reads the project leader's notes on a report, and refuses what might tell about a person: a number that
// could be somebody's, and a small count of people, or of a cell that the report hides. It does not know names:
// whoever writes a note leaves them out.
package notes

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"lvv/anonymize/published"
	"lvv/internal/day"
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
		return nil, fmt.Errorf("%s is longer than %d bytes\n  Shorten the notes.", name, maxFile)
	}
	root, err := settings.Parse(name, text)
	if root == nil || err != nil {
		return nil, err
	}
	p := parser{file: name}
	list := p.list(root)
	if len(p.faults) > 0 {
		return nil, errors.Join(p.faults...)
	}
	slices.SortStableFunc(list, func(a, b published.Note) int {
		if by := slices.Index(Sections, a.Section) - slices.Index(Sections, b.Section); by != 0 {
			return by
		}
		return int(a.Date) - int(b.Date)
	})
	return list, nil
}

// parser keeps all faults.
type parser struct {
	file   string
	faults []error
}

func (p *parser) fault(line int, what, remedy string) {
	p.faults = append(p.faults, fmt.Errorf("%s:%d: %s\n  %s", p.file, line, what, remedy))
}

func (p *parser) list(n *settings.Node) []published.Note {
	members := p.members(n, "notes")
	list := members["notes"]
	if list == nil || list.Kind == settings.Nothing {
		return nil
	}
	if list.Kind != settings.List {
		p.fault(list.Line, "notes is not a list", "Begin each note with - section: occupancy")
		return nil
	}
	if len(list.Items) > maxNotes {
		p.fault(list.Line, fmt.Sprintf("there are %d notes, more than %d", len(list.Items), maxNotes), "Keep those that help the steering group to decide.")
		return nil
	}
	var out []published.Note
	for _, item := range list.Items {
		out = append(out, p.note(item))
	}
	return out
}

func (p *parser) note(n *settings.Node) published.Note {
	m := p.members(n, "section", "date", "text")
	note := published.Note{Date: day.None}
	value := func(name string) (string, int) {
		v := m[name]
		if v == nil || v.Kind != settings.Text || strings.TrimSpace(v.Text) == "" {
			p.fault(n.Line, "the note has no "+name, "Give section, date and text.")
			return "", n.Line
		}
		return strings.Join(strings.Fields(v.Text), " "), v.Line
	}
	var line int
	if note.Section, line = value("section"); note.Section != "" && !slices.Contains(Sections, note.Section) {
		p.fault(line, fmt.Sprintf("there is no section %q", note.Section), "There are: "+strings.Join(Sections, ", ")+".")
	}
	if date, line := value("date"); date != "" {
		d, err := day.Parse(date)
		if err != nil {
			p.fault(line, fmt.Sprintf("%q is no date", date), "Write it as 2020-09-15.")
		}
		note.Date = d
	}
	if note.Text, line = value("text"); note.Text != "" {
		if n := len([]rune(note.Text)); n > maxText {
			p.fault(line, fmt.Sprintf("the note has %d letters, more than %d", n, maxText), "Say it in fewer words.")
		}
		if what := identifier(note.Text); what != "" {
			p.fault(line, "the note holds "+what, "Leave out what points to one person; the report goes to many.")
		}
	}
	return note
}

// members are the values of a mapping, by name.
func (p *parser) members(n *settings.Node, known ...string) map[string]*settings.Node {
	out := map[string]*settings.Node{}
	if n.Kind != settings.Map {
		p.fault(n.Line, "names with values are expected here", "Give "+strings.Join(known, ", ")+".")
		return out
	}
	for i, key := range n.Names {
		switch {
		case out[key.Text] != nil:
			p.fault(key.Line, fmt.Sprintf("%q stands twice", key.Text), "Leave one out.")
		case !slices.Contains(known, key.Text):
			p.fault(key.Line, fmt.Sprintf("there is nothing called %q here", key.Text), "There are: "+strings.Join(known, ", ")+".")
		default:
			out[key.Text] = n.Items[i]
		}
	}
	return out
}
