package transform

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"lvv/internal/lists"
	"lvv/internal/regular"
	"lvv/internal/say"
	"lvv/internal/settings"
)

// The terms of disclosure where a pilot.yaml does not say.
const (
	DefaultMinCell = 5 // the smallest count that is shown
	defaultK       = 5
	defaultL       = 2
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
	root, err := settings.Parse(path, text)
	if err != nil {
		return nil, err
	}
	if root == nil || root.Kind != settings.Map {
		return nil, say.Errorf("%s:1: expected settings of the form name: value; lvv init makes a pilot.yaml to start from", path)
	}
	r := &termsReader{settings.Reader{File: path}}
	t := r.terms(root)
	if err := r.Err(); err != nil {
		return nil, err
	}
	return t, nil
}

// terms reads the settings; behind each number stand its default, where it may be left out, its lowest and its highest.
func (r *termsReader) terms(root *settings.Node) *Terms {
	s := r.Settings(root, "",
		"pilot", "start", "published", "end", "places", "target_cases", "rate_per_place_per_day", "funding_sources", "locations",
		"budget", "pilots", "review_days", "scenario_days", "change_moment_days", "review_interval_days", "course_gap_days",
		"long_stay_days", "meetings_per_year", "milestones", "extensions", "attention", "disclosure", "amif", "epoch", "reading")
	t := &Terms{
		Pilot:              r.Text(s.Required("pilot")),
		Start:              r.Date(s.Required("start")),
		TargetCases:        r.Whole(s.Optional("target_cases"), 72, 1, 1_000_000),
		RateCents:          r.cents(s.Required("rate_per_place_per_day"), 1),
		Pilots:             int(r.Whole(s.Optional("pilots"), 5, 1, 5)),
		ReviewDays:         int(r.Whole(s.Optional("review_days"), 28, 0, 3650)),
		ScenarioDays:       int(r.Whole(s.Optional("scenario_days"), 42, 0, 3650)),
		ChangeMomentDays:   int(r.Whole(s.Optional("change_moment_days"), 28, 0, 3650)),
		ReviewIntervalDays: int(r.Whole(s.Optional("review_interval_days"), 180, 1, 3650)),
		CourseGapDays:      int(r.Whole(s.Optional("course_gap_days"), 28, 0, 3650)),
		LongStayDays:       int(r.Whole(s.Optional("long_stay_days"), 540, 1, 36500)),
		MeetingsPerYear:    int(r.Whole(s.Optional("meetings_per_year"), 5, 0, 366)),
		Epoch:              int(r.Whole(s.Optional("epoch"), 0, 0, 1_000_000)),
	}
	r.span(t, s)
	t.Extensions = r.extensions(t, s.Optional("extensions"))
	t.Milestones = r.milestones(s.Optional("milestones"))
	t.Attention = r.attention(s.Optional("attention"))
	t.Reading = r.reading(s.Optional("reading"))
	t.Places = r.places(t, s.Required("places"))
	t.FundingSources = r.sources(s.Required("funding_sources"))
	t.Locations = r.names(s.Optional("locations"), "locations")
	if n := s.Optional("budget"); n != nil {
		t.Budget = r.budget(t, n)
	}
	d := r.Settings(s.Optional("disclosure"), "disclosure.", "min_cell", "k", "l")
	t.MinCell = int(r.Whole(d.Optional("min_cell"), DefaultMinCell, 0, 1000))
	if t.MinCell == 1 {
		r.Faultf(d.Line, "min_cell 1 hides nothing; expected 0, which switches the control off, or 2 to 1000")
	}
	t.K = int(r.Whole(d.Optional("k"), defaultK, 2, 1000))
	t.L = int(r.Whole(d.Optional("l"), defaultL, 1, 100))
	a := r.Settings(s.Optional("amif"), "amif.", "indicators", "project")
	t.AMIF.Indicators = r.OneOf(a.Optional("indicators"), "amif-2014-2020", "amif-2014-2020", "amif-2021-2027")
	t.AMIF.Project = r.Text(a.Optional("project"))
	return t
}

// maxPlaces is more than any country has; a typing error with two digits too many is noticed.
const maxPlaces = 10_000_000

func (r *termsReader) places(t *Terms, n *settings.Node) []Places {
	if n == nil {
		return nil
	}
	if n.Kind != settings.List {
		return []Places{{From: t.Start, Places: r.Whole(n, 0, 0, maxPlaces)}}
	}
	var list []Places
	for _, item := range n.Items {
		s := r.Settings(item, "places.", "from", "places")
		p := Places{From: r.Date(s.Required("from")), Places: r.Whole(s.Required("places"), 0, 0, maxPlaces)}
		if k := len(list); k > 0 && p.From <= list[k-1].From {
			r.Faultf(item.Line, "places from %s do not come after those from %s; list them in order of date", p.From, list[k-1].From)
		}
		list = append(list, p)
	}
	if len(list) == 0 || list[0].From > t.Start {
		r.Faultf(n.Line, "places say nothing about the pilot's first day %s; the first entry must be from that day or earlier", t.Start)
	}
	return list
}

func (r *termsReader) sources(n *settings.Node) []Source {
	if n == nil {
		return nil
	}
	if n.Kind != settings.List || len(n.Items) == 0 {
		r.Faultf(n.Line, "funding_sources: expected a list such as [{name: rijk, share: 0.5}, {name: gemeentefonds, share: 0.5}]")
		return nil
	}
	var list []Source
	total := int64(0)
	for _, item := range n.Items {
		s := r.Settings(item, "funding_sources.", "name", "share")
		name, share := r.Text(s.Required("name")), s.Required("share")
		if slices.ContainsFunc(list, func(o Source) bool { return strings.EqualFold(o.Name, name) }) {
			r.Faultf(item.Line, "funding source %q stands twice; name each source once", name)
		}
		units := r.decimal(share, shareDigits, 0, shareUnit)
		total += units
		list = append(list, Source{Name: name, Share: formatDecimal(units, shareDigits)})
	}
	if total != shareUnit {
		r.Faultf(n.Line, "the shares of funding_sources sum to %s; they must sum to exactly 1", formatDecimal(total, shareDigits))
	}
	return list
}

func (r *termsReader) budget(t *Terms, n *settings.Node) []Budget {
	if n.Kind != settings.Map {
		r.Faultf(n.Line, "budget: expected years with amounts, such as {2019: {rijk: 4000000, gemeentefonds: 4000000}}")
		return nil
	}
	var list []Budget
	years := map[string]bool{}
	for i, key := range n.Names {
		first, _, _ := t.Start.Civil()
		last, _, _ := t.LastDay().Civil()
		year := r.Whole(key, 0, int64(first), int64(last))
		if years[key.Text] {
			r.Faultf(key.Line, "budget: the year %s stands twice; put its amounts together", key.Text)
		}
		years[key.Text] = true
		s := r.Settings(n.Items[i], fmt.Sprintf("budget.%s.", key.Text), sourceNames(t.FundingSources)...)
		for _, source := range t.FundingSources {
			if a := s.Optional(source.Name); a != nil {
				list = append(list, Budget{Year: int(year), Source: source.Name, Cents: r.cents(a, 0)})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b Budget) int { return cmp.Compare(a.Year, b.Year) })
	return list
}

func sourceNames(sources []Source) []string {
	return lists.Map(sources, func(s Source) string { return s.Name })
}
