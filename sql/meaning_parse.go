package sql

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// yamlMeaning mirrors the declarations of a figure or series.
type yamlMeaning struct {
	About       About
	Accumulates Accumulation
	Together    Together
	Elsewhere   Elsewhere
	Twice       []string
	Parts       []yamlRelation
	AtMost      []yamlRelation `yaml:"at_most"`
	RestsOn     *yamlBase      `yaml:"rests_on"`
	Growth      yamlGrowth
	Falls       []yamlRelation
	Rises       []yamlRelation
	Climbs      yamlClimbs
	Nightly     About
	OnDate      string `yaml:"on_date"`
	Asked       []yamlAsked
}

type yamlClimbs struct {
	By       string
	To       []string
	Entering string
}

type yamlAsked struct {
	Unit            string
	Of, Values      string
	Where, By, Dims map[string]string
}

type yamlRelation struct {
	By     oneOrMore
	Count  string // numerator or denominator, of a share
	Of     oneOrMore
	Before string
	Beyond string
	Beside []string
	Partly bool
	Each   bool
	SoFar  bool `yaml:"so_far"`
	Or     string
	Never  string
	Lead   string
	When   string
	ButFor string `yaml:"but_for"`
}

type yamlBase struct {
	Numerator, Denominator, Base, Curve string
}

type yamlGrowth struct {
	Count   string
	Is      []string
	AtMost  []string `yaml:"at_most"`
	Matured string
	After   string
}

type yamlRefinement struct {
	From, To, Rest string
	Values         yaml.Node
}

// oneOrMore is a list that may be written as its only element.
type oneOrMore []string

func (o *oneOrMore) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		*o = oneOrMore{n.Value}
		return nil
	}
	return n.Decode((*[]string)(o))
}

// plain reports whether a relation names what it compares with one count, and but_for at most.
func (r *yamlRelation) plain() bool {
	return !r.Partly && !r.Each && r.Count == "" && r.Before == "" && r.Beyond == "" && r.When == "" && !r.SoFar && r.Or == "" && len(r.Of) == 1
}

// parseRelations reads what a figure's counts are part of, exceed never, and lose or gain at most.
func (m *Meaning) parseRelations(id string, y *yamlMeaning) error {
	for _, r := range y.Parts {
		kind := Wholly
		if r.Partly {
			kind = Partly
		}
		if err := addRelation(&m.Relations, id, kind, r); err != nil {
			return fmt.Errorf("parts: %w", err)
		}
	}
	for _, r := range y.AtMost {
		if r.Partly {
			return fmt.Errorf("at_most: partly belongs to parts")
		}
		if err := addRelation(&m.Relations, id, AtMost, r); err != nil {
			return fmt.Errorf("at_most: %w", err)
		}
	}
	for _, r := range y.Falls {
		if m.Accumulates != Instant || !r.plain() {
			return fmt.Errorf("falls belongs to figures of an instant, with by, one of and but_for")
		}
		if err := addRelation(&m.Falls, id, AtMost, r); err != nil {
			return fmt.Errorf("falls: %w", err)
		}
	}
	for _, r := range y.Rises {
		if m.Climbs == "" || !r.plain() {
			return fmt.Errorf("rises belongs to figures of which something climbs, with by, one of and but_for")
		}
		if err := addRelation(&m.Rises, id, AtMost, r); err != nil {
			return fmt.Errorf("rises: %w", err)
		}
	}
	return nil
}

// parseMeaning reads the declarations of a figure or series; what they name is looked up by [Catalogue.checkMeaning],
// once all figures are known.
func parseMeaning(id string, y *yamlMeaning) (Meaning, error) {
	m := Meaning{About: y.About, Accumulates: y.Accumulates, Together: y.Together, Elsewhere: y.Elsewhere, Climbs: y.Climbs.By, Nightly: y.Nightly}
	if !slices.Contains([]About{Nothing, Persons, Cases, Trajectories, Conferences}, m.About) {
		return m, fmt.Errorf("about is %q; give persons, cases, trajectories, conferences or nothing", m.About)
	}
	if m.Nightly != "" && (m.About != Nothing || !slices.Contains([]About{Persons, Cases, Trajectories}, m.Nightly)) {
		return m, fmt.Errorf("nightly is %q of a figure about %s; it is what one night counts of a figure about nothing", m.Nightly, m.About)
	}
	if !slices.Contains([]Accumulation{Period, FromStart, Instant}, m.Accumulates) {
		return m, fmt.Errorf("accumulates is %q; give period, start or instant", m.Accumulates)
	}
	if !slices.Contains([]Together{Sum, Union}, m.Together) {
		return m, fmt.Errorf("together is %q; give sum or union", m.Together)
	}
	if m.Elsewhere != "" && (m.Together != Union || m.Elsewhere != Fewer && m.Elsewhere != More) {
		return m, fmt.Errorf("elsewhere is %q; it is fewer or more, of what is counted over the union", m.Elsewhere)
	}
	for _, text := range y.Twice {
		c, err := parseCount(text)
		if err != nil || m.Together != Union || len(c.Dims) > 0 {
			return m, fmt.Errorf("twice is %q; it is totals, of what is counted over the union", text)
		}
		m.Twice = append(m.Twice, c)
	}
	if err := m.parseRelations(id, y); err != nil {
		return m, err
	}
	if y.RestsOn != nil {
		base, err := y.RestsOn.parse(id)
		if err != nil {
			return m, fmt.Errorf("rests_on: %w", err)
		}
		m.RestsOn = base
	}
	if err := readCount(y.OnDate, &m.OnDate); err != nil {
		return m, fmt.Errorf("on_date: %w", err)
	}
	if err := m.parseGrowth(y); err != nil {
		return m, fmt.Errorf("growth: %w", err)
	}
	for _, y := range y.Asked {
		one := Asked{Unit: y.Unit, Of: y.Of, By: y.By, Values: y.Values}
		for _, field := range slices.Sorted(maps.Keys(y.Where)) {
			one.Where = append(one.Where, AskedCondition{field, y.Where[field]})
		}
		for _, dim := range slices.Sorted(maps.Keys(y.Dims)) {
			one.Dims = append(one.Dims, Dim{dim, y.Dims[dim]})
		}
		if one.Unit == "" {
			return m, fmt.Errorf("asked: give the unit")
		}
		if one.Values != "" && len(one.Dims) != 1 {
			return m, fmt.Errorf("asked: values of %s are beside a count with one of dims", one.Values)
		}
		m.Asked = append(m.Asked, one)
	}
	if err := m.addClimbs(&y.Climbs); err != nil {
		return m, fmt.Errorf("climbs: %w", err)
	}
	return m, nil
}

func (m *Meaning) parseGrowth(y *yamlMeaning) error {
	var after *Count
	if err := readCount(y.Growth.After, &after); err != nil {
		return err
	}
	if after != nil && (m.Accumulates != Instant || len(y.Growth.AtMost) == 0) {
		return fmt.Errorf("after goes with at_most, of figures of an instant")
	}
	for i, text := range slices.Concat(y.Growth.Is, y.Growth.AtMost) {
		c, err := parseCount(text)
		if err != nil {
			return err
		}
		kind := Wholly
		if i >= len(y.Growth.Is) {
			kind = AtMost
		}
		if m.Accumulates == Period || m.Accumulates == Instant && kind != AtMost {
			return fmt.Errorf("it belongs to figures that accumulate from the start; at_most also to those of an instant")
		}
		if y.Growth.Matured != "" && (m.Accumulates != FromStart || kind != Wholly) {
			return fmt.Errorf("matured goes with is, of figures that accumulate from the start")
		}
		m.Growth = append(m.Growth, Growth{Kind: kind, Count: c, Of: y.Growth.Count, Matured: y.Growth.Matured, After: after})
	}
	return nil
}

func (m *Meaning) addClimbs(y *yamlClimbs) error {
	if y.By == "" && y.Entering == "" && len(y.To) == 0 {
		return nil
	}
	if m.Accumulates == Period || y.By == "" {
		return fmt.Errorf("it belongs to figures that accumulate from the start or hold for an instant, and by names the dimension")
	}
	entering, err := parseCount(y.Entering)
	if err != nil {
		return err
	}
	m.Entering = &entering
	m.ClimbsTo, err = parseCounts(y.To)
	return err
}

func addRelation(to *[]Relation, id string, kind Kind, y yamlRelation) error {
	part, err := parseCount(id + "[" + strings.Join(y.By, ",") + "]")
	if err != nil {
		return err
	}
	if part.Of = y.Count; y.Count != "" && y.Count != "numerator" && y.Count != "denominator" {
		return fmt.Errorf("count is %q; give numerator or denominator", y.Count)
	}
	r := Relation{
		Kind: kind, Part: part, Each: y.Each, SoFar: y.SoFar, Lead: y.Lead, ButFor: y.ButFor,
		InPeriod: y.When == "reference_date_in_period", Since: y.When == "since_start", AnyTime: y.When == "at_any_time", AllSoFar: y.When == "period_is_all_so_far",
	}
	if y.When != "" && !r.InPeriod && !r.Since && !r.AnyTime && !r.AllSoFar {
		return fmt.Errorf("when is %q; give reference_date_in_period, period_is_all_so_far, since_start or at_any_time", y.When)
	}
	if r.Since && (kind != AtMost || y.Before != "" || y.Beyond != "") {
		return fmt.Errorf("%s: since_start goes with at_most", part)
	}
	if y.Lead != "" && (!r.Since || !strings.HasSuffix(y.Lead, "_days")) {
		return fmt.Errorf("%s: lead names days of the terms, such as scenario_days, and goes with since_start", part)
	}
	if len(y.Of) == 0 {
		return fmt.Errorf("%s: of names no whole", part)
	}
	if y.ButFor != "" && kind == Partly {
		return fmt.Errorf("%s: but_for goes with parts that add up, and with at_most", part)
	}
	if y.Each && kind == Wholly {
		return fmt.Errorf("%s: each goes with partly or at_most", part)
	}
	if r.Whole, err = parseCounts(y.Of); err != nil {
		return err
	}
	for _, other := range []struct {
		text string
		to   **Count
	}{{y.Before, &r.Before}, {y.Beyond, &r.Beyond}, {y.Or, &r.Or}, {y.Never, &r.Never}} {
		if err := readCount(other.text, other.to); err != nil {
			return err
		}
	}
	if r.Before != nil && kind != AtMost {
		return fmt.Errorf("%s: before goes with at_most", part)
	}
	if r.Beyond != nil && (kind != AtMost || y.Each || r.Before != nil) {
		return fmt.Errorf("%s: beyond goes with at_most, of all together", part)
	}
	if y.SoFar && (kind != AtMost || y.Each || y.When != "" || r.Before != nil || r.Beyond != nil || slices.ContainsFunc(r.Whole, func(n Count) bool { return len(n.Dims) > 0 })) {
		return fmt.Errorf("%s: so_far goes with at_most, of totals", part)
	}
	if y.SoFar != (r.Or != nil) || y.SoFar != (r.Never != nil) {
		return fmt.Errorf("%s: so_far, or and never go together", part)
	}
	if y.SoFar && (!slices.Equal(r.Or.names(), part.names()) || len(r.Never.Dims) > 0) {
		return fmt.Errorf("%s: or has the same dimensions, and never is a total", part)
	}
	if len(y.Beside) > 0 && r.Beyond == nil && (kind != AtMost || len(part.Dims) > 0 || r.Before != nil) {
		return fmt.Errorf("%s: beside goes with beyond, and with at_most of a total", part)
	}
	r.Beside, err = parseCounts(y.Beside)
	*to = append(*to, r)
	return err
}

func (y *yamlBase) parse(id string) (*Base, error) {
	b := &Base{Curve: y.Curve}
	for _, c := range []struct {
		to   **Count
		of   string
		text string
	}{{&b.Numerator, "numerator", y.Numerator}, {&b.Denominator, "denominator", y.Denominator}, {&b.Base, "base", y.Base}} {
		if c.text == "own" && c.of != "base" {
			*c.to = &Count{Figure: id, Of: c.of}
		} else if err := readCount(c.text, c.to); err != nil {
			return nil, err
		}
	}
	if b.Numerator == nil && b.Denominator == nil && b.Base == nil && b.Curve == "" {
		return nil, fmt.Errorf("it names nothing")
	}
	if b.Base == nil {
		b.Base = b.Denominator
	}
	return b, nil
}
