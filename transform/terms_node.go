package transform

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"

	"lvv/internal/day"
	"lvv/internal/say"
)

// A share is held in units of 10^-16, so that shares sum to exactly one: a third as programs write
// it has sixteen decimals.
const (
	shareDigits = 16
	shareUnit   = 10_000_000_000_000_000
	centDigits  = 2
	maxCents    = 1_000_000_000_000_00
)

// termsReader turns YAML nodes into settings and collects what is wrong with them. Its methods take
// nil for a setting that was not given.
type termsReader struct {
	path   string
	faults []fault
}

type fault struct {
	line int
	what error
}

func (r *termsReader) faultf(line int, format string, args ...any) {
	r.faults = append(r.faults, fault{line, say.Errorf(format, args...)})
}

// settings are the entries of one mapping.
type settings struct {
	r      *termsReader
	prefix string
	line   int
	values map[string]*yaml.Node
}

// names reads a list of names, each of which stands in it once.
func (r *termsReader) names(n *yaml.Node, setting string) []string {
	if n.Kind != yaml.SequenceNode {
		r.faultf(n.Line, "%s: expected a list such as [Noord, Zuid]", setting)
		return nil
	}
	var list []string
	for _, item := range n.Content {
		name := r.text(item)
		if slices.ContainsFunc(list, func(o string) bool { return sameName(o, name) }) {
			r.faultf(item.Line, "%s: %q stands twice; name each once", setting, name)
		}
		list = append(list, name)
	}
	return list
}

// settings reads a mapping whose keys must be among the known ones, each given once.
func (r *termsReader) settings(n *yaml.Node, prefix string, known ...string) *settings {
	s := &settings{r: r, prefix: prefix, values: map[string]*yaml.Node{}}
	if n == nil {
		return s
	}
	s.line = n.Line
	if n.Kind != yaml.MappingNode {
		r.faultf(n.Line, "%s: expected settings of the form name: value (%s)", strings.TrimSuffix(prefix, "."), strings.Join(known, ", "))
		return s
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		switch {
		case !slices.Contains(known, key.Value):
			if near := say.Near(key.Value, known); near != "" {
				r.faultf(key.Line, "unknown setting %s%s; did you mean %s? known are %s", prefix, key.Value, near, strings.Join(known, ", "))
			} else {
				r.faultf(key.Line, "unknown setting %s%s; known are %s", prefix, key.Value, strings.Join(known, ", "))
			}
		case s.values[key.Value] != nil:
			r.faultf(key.Line, "%s%s stands twice, first on line %d; keep one", prefix, key.Value, s.values[key.Value].Line)
		default:
			if value.Kind == yaml.AliasNode {
				value = value.Alias
			}
			s.values[key.Value] = value
		}
	}
	return s
}

func (s *settings) optional(name string) *yaml.Node { return s.values[name] }

func (s *settings) required(name string) *yaml.Node {
	n := s.values[name]
	if n == nil && s.line > 0 {
		s.r.faultf(s.line, "%s%s is missing; the pilot's terms must give it", s.prefix, name)
	}
	return n
}

// scalar returns the text of a single value; a list or mapping in its place is a fault.
func (r *termsReader) scalar(n *yaml.Node, expected string) (string, bool) {
	if n == nil {
		return "", false
	}
	if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
		r.faultf(n.Line, "expected %s", expected)
		return "", false
	}
	return n.Value, true
}

func (r *termsReader) text(n *yaml.Node) string {
	s, ok := r.scalar(n, "a text")
	if ok && (strings.TrimSpace(s) != s || s == "") {
		r.faultf(n.Line, "%q is empty or has spaces around it; expected a text", s)
	} else if i := strings.IndexFunc(s, func(c rune) bool { return !unicode.IsPrint(c) }); i >= 0 {
		r.faultf(n.Line, "%q holds a character that is not printed (%+q); expected a text of one line", s, []rune(s[i:])[0])
	}
	return s
}

func (r *termsReader) oneOf(n *yaml.Node, fallback string, values ...string) string {
	s, ok := r.scalar(n, strings.Join(values, " or "))
	if !ok {
		return fallback
	}
	if !slices.Contains(values, s) {
		r.faultf(n.Line, "%q is not known; expected %s", s, strings.Join(values, " or "))
	}
	return s
}

func (r *termsReader) date(n *yaml.Node) day.Day {
	s, ok := r.scalar(n, "a date (yyyy-mm-dd)")
	if !ok {
		return day.None
	}
	d, err := day.Parse(s)
	if err != nil {
		r.faultf(n.Line, "%v", err)
	}
	return d
}

func (r *termsReader) whole(n *yaml.Node, fallback, low, high int64) int64 {
	s, ok := r.scalar(n, "a whole number")
	if !ok {
		return fallback
	}
	v, err := strconv.ParseInt(s, 10, 64)
	if err != nil || v < low || v > high {
		r.faultf(n.Line, "%q is not a whole number from %d to %d", s, low, high)
		return fallback
	}
	return v
}

// cents reads an amount in euros with at most two decimals.
func (r *termsReader) cents(n *yaml.Node, low int64) int64 {
	return r.decimal(n, centDigits, low, maxCents)
}

// decimal reads a decimal number exactly, in units of 10^-digits, between low and high units.
func (r *termsReader) decimal(n *yaml.Node, digits int, low, high int64) int64 {
	expected := fmt.Sprintf("a number from %s to %s with at most %d decimals and a dot, such as 0.5",
		formatDecimal(low, digits), formatDecimal(high, digits), digits)
	s, ok := r.scalar(n, expected)
	if !ok {
		return 0
	}
	units, ok := parseDecimal(s, digits)
	if !ok || units < low || units > high {
		r.faultf(n.Line, "%q is not %s", s, expected)
		return 0
	}
	return units
}

// parseDecimal reads digits with an optional fraction; ok is false for anything else, for too many
// decimals, and for numbers that do not fit.
func parseDecimal(s string, digits int) (units int64, ok bool) {
	whole, fraction, _ := strings.Cut(s, ".")
	if whole == "" || len(fraction) > digits || strings.HasSuffix(s, ".") {
		return 0, false
	}
	for _, c := range whole + fraction + strings.Repeat("0", digits-len(fraction)) {
		if c < '0' || c > '9' || units > (math.MaxInt64-9)/10 {
			return 0, false
		}
		units = units*10 + int64(c-'0')
	}
	return units, true
}

// formatDecimal writes units of 10^-digits without trailing zeros.
func formatDecimal(units int64, digits int) string {
	s := fmt.Sprintf("%0*d", digits+1, units)
	whole, fraction := s[:len(s)-digits], strings.TrimRight(s[len(s)-digits:], "0")
	if fraction == "" {
		return whole
	}
	return whole + "." + fraction
}

func sameName(a, b string) bool { return strings.EqualFold(a, b) }
