// Package notes reads the project leader's notes on a report, and refuses what might tell about a person: a number that
// could be somebody's, and a small count of people, or of a cell that the report hides. It does not know names:
// whoever writes a note leaves them out.
package notes

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"lvv/anonymize/published"
	"lvv/internal/day"
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
	var doc yaml.Node
	d := yaml.NewDecoder(strings.NewReader(string(text)))
	if err := d.Decode(&doc); errors.Is(err, io.EOF) {
		return nil, nil
	} else if err != nil {
		return nil, fmt.Errorf("%s is not YAML: %w\n  Compare it with the example that lvv init writes.", name, err)
	}
	p := parser{file: name}
	list := p.list(doc.Content[0])
	if err := d.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		p.fault(doc.Content[0].Line, "a second document follows", "Put everything into one.")
	}
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

func (p *parser) list(n *yaml.Node) []published.Note {
	members := p.members(n, "notes")
	list := members["notes"]
	if list == nil || list.Tag == "!!null" {
		return nil
	}
	if list.Kind != yaml.SequenceNode {
		p.fault(list.Line, "notes is not a list", "Begin each note with - section: occupancy")
		return nil
	}
	if len(list.Content) > maxNotes {
		p.fault(list.Line, fmt.Sprintf("there are %d notes, more than %d", len(list.Content), maxNotes), "Keep those that help the steering group to decide.")
		return nil
	}
	var out []published.Note
	for _, item := range list.Content {
		out = append(out, p.note(item))
	}
	return out
}

func (p *parser) note(n *yaml.Node) published.Note {
	m := p.members(n, "section", "date", "text")
	note := published.Note{Date: day.None}
	value := func(name string) (string, int) {
		v := m[name]
		if v == nil || v.Kind != yaml.ScalarNode || strings.TrimSpace(v.Value) == "" {
			p.fault(n.Line, "the note has no "+name, "Give section, date and text.")
			return "", n.Line
		}
		return strings.Join(strings.Fields(v.Value), " "), v.Line
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
func (p *parser) members(n *yaml.Node, known ...string) map[string]*yaml.Node {
	out := map[string]*yaml.Node{}
	if n.Kind != yaml.MappingNode {
		p.fault(n.Line, "names with values are expected here", "Give "+strings.Join(known, ", ")+".")
		return out
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		switch {
		case out[key.Value] != nil:
			p.fault(key.Line, fmt.Sprintf("%q stands twice", key.Value), "Leave one out.")
		case !slices.Contains(known, key.Value):
			p.fault(key.Line, fmt.Sprintf("there is nothing called %q here", key.Value), "There are: "+strings.Join(known, ", ")+".")
		default:
			out[key.Value] = n.Content[i+1]
		}
	}
	return out
}
