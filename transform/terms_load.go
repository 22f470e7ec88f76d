package transform

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"lvv/internal/regular"
	"lvv/internal/say"
)

// DefaultMinCell is the smallest count that is shown where the terms do not say.
const DefaultMinCell = 5

// The settings that a pilot.yaml may leave out.
const (
	defaultTargetCases      = 72
	defaultPilots           = 5
	defaultReviewDays       = 28
	defaultScenarioDays     = 42
	defaultChangeMomentDays = 28
	defaultReviewInterval   = 180
	defaultCourseGapDays    = 28
	defaultLongStayDays     = 540
	defaultMeetingsPerYear  = 5
	defaultK                = 5
	defaultL                = 2
	pilotMonths             = 36 // art. 18
	defaultIndicators       = "amif-2014-2020"
)

// LoadTerms reads the pilot's terms. Every unknown, missing or contradictory setting is an error of
// the form "file:line: what, what was expected"; all of them are returned together, joined.
func LoadTerms(path string) (*Terms, error) {
	text, err := ReadTerms(path)
	if err != nil {
		return nil, err
	}
	return ParseTerms(path, text)
}

// ReadTerms reads the text of the pilot's terms.
func ReadTerms(path string) ([]byte, error) {
	text, err := regular.ReadFile(path)
	if errors.Is(err, syscall.EISDIR) {
		return nil, say.Errorf("the pilot's terms cannot be read: %s is a folder\n  Give the file in it: --config %s", path, filepath.Join(path, "pilot.yaml"))
	}
	if err != nil {
		return nil, say.Errorf("the pilot's terms cannot be read: %w\n  Give the right pilot.yaml with --config; lvv init DIR makes one to start from.", err)
	}
	return text, nil
}

// ParseTerms is [LoadTerms] of a text that was read from path.
func ParseTerms(path string, text []byte) (*Terms, error) {
	root, err := parseYAML(path, text)
	if err != nil {
		return nil, err
	}
	r := &termsReader{path: path}
	t := r.terms(root)
	slices.SortStableFunc(r.faults, func(a, b fault) int { return cmp.Compare(a.line, b.line) })
	errs := make([]error, len(r.faults))
	for i, f := range r.faults {
		errs[i] = say.Errorf("%s:%d: %w", path, f.line, f.what)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return t, nil
}

// parseYAML returns the settings of the text's one document.
func parseYAML(path string, text []byte) (*yaml.Node, error) {
	var doc, more yaml.Node
	d := yaml.NewDecoder(bytes.NewReader(text))
	if err := d.Decode(&doc); err != nil && !errors.Is(err, io.EOF) {
		return nil, syntaxError(path, text, err)
	}
	if len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode {
		return nil, say.Errorf("%s:1: expected settings of the form name: value; lvv init makes a pilot.yaml to start from", path)
	}
	switch err := d.Decode(&more); {
	case err == nil && more.Content[0].Tag != "!!null":
		return nil, say.Errorf("%s:%d: a second document begins here; put all settings in one, without --- or ... between them", path, more.Content[0].Line)
	case err != nil && !errors.Is(err, io.EOF):
		return nil, syntaxError(path, text, err)
	}
	return doc.Content[0], nil
}

// yamlError is how package yaml tells where the text is no YAML; it leaves out the first line.
var yamlError = regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)`)

// syntaxError names the line of an error of package yaml.
func syntaxError(path string, text []byte, err error) error {
	if i := invalidUTF8(text); i >= 0 && strings.Contains(err.Error(), "UTF-8") {
		return say.Errorf("%s:%d: a character is not UTF-8; save the file as UTF-8", path, 1+bytes.Count(text[:i], []byte("\n")))
	}
	m := yamlError.FindStringSubmatch(err.Error())
	if m == nil || strings.HasPrefix(m[2], "unknown anchor") { // which may stand on any line
		return say.Errorf("%s: not readable as YAML: %w", path, err)
	}
	line := 1
	if m[1] != "" {
		line, _ = strconv.Atoi(m[1])
	}
	// Of what it finds instead of a key or a bracket, the package names the line before.
	if m[1] != "" && strings.HasPrefix(m[2], "did not find expected") && !strings.HasSuffix(m[2], "node content") {
		line++
	}
	return say.Errorf("%s:%d: not readable as YAML: %s; each setting is name: value on a line of its own, as lvv init writes them", path, line, m[2])
}

// invalidUTF8 returns the place of the first byte that is not UTF-8, or -1.
func invalidUTF8(text []byte) int {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size <= 1 {
			return i
		}
		i += size
	}
	return -1
}

func (r *termsReader) terms(root *yaml.Node) *Terms {
	s := r.settings(root, "",
		"pilot", "start", "published", "end", "places", "target_cases", "rate_per_place_per_day", "funding_sources", "locations",
		"budget", "pilots", "review_days", "scenario_days", "change_moment_days", "review_interval_days", "course_gap_days",
		"long_stay_days", "meetings_per_year", "milestones", "extensions", "attention", "disclosure", "amif", "epoch", "reading")
	t := &Terms{
		Pilot:              r.text(s.required("pilot")),
		Start:              r.date(s.required("start")),
		TargetCases:        r.whole(s.optional("target_cases"), defaultTargetCases, 1, 1_000_000),
		RateCents:          r.cents(s.required("rate_per_place_per_day"), 1),
		Pilots:             int(r.whole(s.optional("pilots"), defaultPilots, 1, 5)),
		ReviewDays:         int(r.whole(s.optional("review_days"), defaultReviewDays, 0, 3650)),
		ScenarioDays:       int(r.whole(s.optional("scenario_days"), defaultScenarioDays, 0, 3650)),
		ChangeMomentDays:   int(r.whole(s.optional("change_moment_days"), defaultChangeMomentDays, 0, 3650)),
		ReviewIntervalDays: int(r.whole(s.optional("review_interval_days"), defaultReviewInterval, 1, 3650)),
		CourseGapDays:      int(r.whole(s.optional("course_gap_days"), defaultCourseGapDays, 0, 3650)),
		LongStayDays:       int(r.whole(s.optional("long_stay_days"), defaultLongStayDays, 1, 36500)),
		MeetingsPerYear:    int(r.whole(s.optional("meetings_per_year"), defaultMeetingsPerYear, 0, 366)),
		MinCell:            DefaultMinCell,
		K:                  defaultK,
		L:                  defaultL,
		Epoch:              int(r.whole(s.optional("epoch"), 0, 0, 1_000_000)),
		AMIF:               AMIF{Indicators: defaultIndicators},
	}
	r.span(t, s)
	t.Extensions = r.extensions(t, s.optional("extensions"))
	t.Milestones = r.milestones(s.optional("milestones"))
	t.Attention = r.attention(s.optional("attention"))
	t.Reading = r.reading(s.optional("reading"))
	t.Places = r.places(t, s.required("places"))
	t.FundingSources = r.sources(s.required("funding_sources"))
	if n := s.optional("locations"); n != nil {
		t.Locations = r.names(n, "locations")
	}
	if n := s.optional("budget"); n != nil {
		t.Budget = r.budget(t, n)
	}
	if n := s.optional("disclosure"); n != nil {
		d := r.settings(n, "disclosure.", "min_cell", "k", "l")
		t.MinCell = int(r.whole(d.optional("min_cell"), DefaultMinCell, 0, 1000))
		if t.MinCell == 1 {
			r.faultf(n.Line, "min_cell 1 hides nothing; expected 0, which switches the control off, or 2 to 1000")
		}
		t.K = int(r.whole(d.optional("k"), defaultK, 2, 1000))
		t.L = int(r.whole(d.optional("l"), defaultL, 1, 100))
	}
	if n := s.optional("amif"); n != nil {
		a := r.settings(n, "amif.", "indicators", "project")
		t.AMIF.Indicators = r.oneOf(a.optional("indicators"), defaultIndicators, "amif-2014-2020", "amif-2021-2027")
		if n := a.optional("project"); n != nil {
			t.AMIF.Project = r.text(n)
		}
	}
	return t
}

// maxPlaces is more than any country has; a typing error with two digits too many is noticed.
const maxPlaces = 10_000_000

func (r *termsReader) places(t *Terms, n *yaml.Node) []Places {
	if n == nil {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		return []Places{{From: t.Start, Places: r.whole(n, 0, 0, maxPlaces)}}
	}
	var list []Places
	for _, item := range n.Content {
		s := r.settings(item, "places.", "from", "places")
		p := Places{From: r.date(s.required("from")), Places: r.whole(s.required("places"), 0, 0, maxPlaces)}
		if k := len(list); k > 0 && p.From <= list[k-1].From {
			r.faultf(item.Line, "places from %s do not come after those from %s; list them in order of date", p.From, list[k-1].From)
		}
		list = append(list, p)
	}
	if len(list) == 0 || list[0].From > t.Start {
		r.faultf(n.Line, "places say nothing about the pilot's first day %s; the first entry must be from that day or earlier", t.Start)
	}
	return list
}

func (r *termsReader) sources(n *yaml.Node) []Source {
	if n == nil {
		return nil
	}
	if n.Kind != yaml.SequenceNode || len(n.Content) == 0 {
		r.faultf(n.Line, "funding_sources: expected a list such as [{name: rijk, share: 0.5}, {name: gemeentefonds, share: 0.5}]")
		return nil
	}
	var list []Source
	total := int64(0)
	for _, item := range n.Content {
		s := r.settings(item, "funding_sources.", "name", "share")
		name, share := r.text(s.required("name")), s.required("share")
		if slices.ContainsFunc(list, func(o Source) bool { return sameName(o.Name, name) }) {
			r.faultf(item.Line, "funding source %q stands twice; name each source once", name)
		}
		units := r.decimal(share, shareDigits, 0, shareUnit)
		total += units
		list = append(list, Source{Name: name, Share: formatDecimal(units, shareDigits)})
	}
	if total != shareUnit {
		r.faultf(n.Line, "the shares of funding_sources sum to %s; they must sum to exactly 1", formatDecimal(total, shareDigits))
	}
	return list
}

func (r *termsReader) budget(t *Terms, n *yaml.Node) []Budget {
	if n.Kind != yaml.MappingNode {
		r.faultf(n.Line, "budget: expected years with amounts, such as {2019: {rijk: 4000000, gemeentefonds: 4000000}}")
		return nil
	}
	var list []Budget
	years := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, amounts := n.Content[i], n.Content[i+1]
		first, _, _ := t.Start.Civil()
		last, _, _ := t.LastDay().Civil()
		year := r.whole(key, 0, int64(first), int64(last))
		if years[key.Value] {
			r.faultf(key.Line, "budget: the year %s stands twice; put its amounts together", key.Value)
		}
		years[key.Value] = true
		s := r.settings(amounts, fmt.Sprintf("budget.%s.", key.Value), sourceNames(t.FundingSources)...)
		for _, source := range t.FundingSources {
			if a := s.optional(source.Name); a != nil {
				list = append(list, Budget{Year: int(year), Source: source.Name, Cents: r.cents(a, 0)})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b Budget) int { return cmp.Compare(a.Year, b.Year) })
	return list
}

func sourceNames(sources []Source) []string {
	names := make([]string, len(sources))
	for i, s := range sources {
		names[i] = s.Name
	}
	return names
}
