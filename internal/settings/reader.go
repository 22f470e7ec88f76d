package settings

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"lvv/internal/day"
	"lvv/internal/lists"
	"lvv/internal/say"
)

// Reader turns nodes into values and collects what is wrong with them, so that all of it is told together. Its
// methods take nil for a value that was not given.
type Reader struct {
	File   string
	faults []fault
}

type fault struct {
	line int
	what error
}

// Faultf adds a fault of a line; what it says is told after file and line.
func (r *Reader) Faultf(line int, format string, args ...any) {
	r.faults = append(r.faults, fault{line, say.Errorf(format, args...)})
}

// Err returns the faults in order of line, joined, or nil.
func (r *Reader) Err() error {
	slices.SortStableFunc(r.faults, func(a, b fault) int { return cmp.Compare(a.line, b.line) })
	return errors.Join(lists.Map(r.faults, func(f fault) error { return say.Errorf("%s:%d: %w", r.File, f.line, f.what) })...)
}

// Settings are the values of one map, by name.
type Settings struct {
	Line   int // of the map; 0 where it was not given
	reader *Reader
	prefix string
	values map[string]*Node
}

// Settings reads a map whose names must be among the known ones, each given once. The prefix tells what the map
// belongs to, such as "disclosure.".
func (r *Reader) Settings(n *Node, prefix string, known ...string) *Settings {
	s := &Settings{reader: r, prefix: prefix, values: map[string]*Node{}}
	if n == nil {
		return s
	}
	s.Line = n.Line
	if n.Kind != Map {
		r.Faultf(n.Line, "expected settings of the form %sname: value (%s)", prefix, strings.Join(known, ", "))
		return s
	}
	for i, key := range n.Names {
		switch {
		case !slices.Contains(known, key.Text):
			if near := say.Near(key.Text, known); near != "" {
				r.Faultf(key.Line, "unknown setting %s%s; did you mean %s? known are %s", prefix, key.Text, near, strings.Join(known, ", "))
			} else {
				r.Faultf(key.Line, "unknown setting %s%s; known are %s", prefix, key.Text, strings.Join(known, ", "))
			}
		case s.values[key.Text] != nil:
			r.Faultf(key.Line, "%s%s stands twice, first on line %d; keep one", prefix, key.Text, s.values[key.Text].Line)
		default:
			s.values[key.Text] = n.Items[i]
		}
	}
	return s
}

// Optional returns the value, or nil where it was not given.
func (s *Settings) Optional(name string) *Node { return s.values[name] }

// Required is [Settings.Optional] of a value whose absence is a fault.
func (s *Settings) Required(name string) *Node {
	n := s.values[name]
	if n == nil && s.Line > 0 {
		s.reader.Faultf(s.Line, "%s%s is missing; it must be given", s.prefix, name)
	}
	return n
}

// Scalar returns a single value as it is written; anything else in its place is a fault, and expected says what
// belongs there.
func (r *Reader) Scalar(n *Node, expected error) (string, bool) {
	if n == nil {
		return "", false
	}
	if n.Kind != Text {
		r.Faultf(n.Line, "expected %s", expected)
		return "", false
	}
	return n.Text, true
}

// Text reads a text of one line.
func (r *Reader) Text(n *Node) string {
	s, ok := r.Scalar(n, say.Errorf("a text"))
	if ok && (strings.TrimSpace(s) != s || s == "") {
		r.Faultf(n.Line, "%q is empty or has spaces around it; expected a text", s)
	} else if i := strings.IndexFunc(s, func(c rune) bool { return !unicode.IsPrint(c) }); i >= 0 {
		r.Faultf(n.Line, "%q holds a character that is not printed (%+q); expected a text of one line", s, []rune(s[i:])[0])
	}
	return s
}

// OneOf reads one of the values.
func (r *Reader) OneOf(n *Node, fallback string, values ...string) string {
	s, ok := r.Scalar(n, say.Errorf("one of %s", strings.Join(values, ", ")))
	if !ok {
		return fallback
	}
	if !slices.Contains(values, s) {
		r.Faultf(n.Line, "%q is not known; expected one of %s", s, strings.Join(values, ", "))
	}
	return s
}

// Date reads a date written yyyy-mm-dd; without one it is [day.None].
func (r *Reader) Date(n *Node) day.Day {
	s, ok := r.Scalar(n, say.Errorf("a date (yyyy-mm-dd)"))
	if !ok {
		return day.None
	}
	d, err := day.Parse(s)
	if err != nil {
		r.Faultf(n.Line, "%v", err)
	}
	return d
}

// Whole reads a whole number from low up to and including high.
func (r *Reader) Whole(n *Node, fallback, low, high int64) int64 {
	s, ok := r.Scalar(n, say.Errorf("a whole number"))
	if !ok {
		return fallback
	}
	v, err := strconv.ParseInt(s, 10, 64)
	if err != nil || v < low || v > high {
		r.Faultf(n.Line, "%q is not a whole number from %d to %d", s, low, high)
		return fallback
	}
	return v
}
