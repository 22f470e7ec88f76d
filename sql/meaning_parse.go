package sql

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// yamlMeaning mirrors the declarations of a figure or series: what is not written as it is used stands beside it.
type yamlMeaning struct {
	Meaning `yaml:",inline"`
	Parts   []yamlRelation
	AtMost  []yamlRelation `yaml:"at_most"`
	Falls   []yamlRelation
	Rises   []yamlRelation
	Growth  yamlGrowth
	Climbs  yamlClimbs
	Asked   []yamlAsked
}

type yamlRelation struct {
	Relation `yaml:",inline"`
	By       oneOrMore[string]
	Of       oneOrMore[Count]
	Count    string // numerator or denominator, of a share
	Partly   bool
	When     string
}

type yamlGrowth struct {
	Is      []Count
	AtMost  []Count `yaml:"at_most"`
	Count   string
	Matured string
	After   *Count
}

type yamlClimbs struct {
	By       string
	To       []Count
	Entering Count
}

type yamlAsked struct {
	Asked       `yaml:",inline"`
	Where, Dims map[string]string
}

// oneOrMore is a list that may be written as its only element.
type oneOrMore[T any] []T

func (o *oneOrMore[T]) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		*o = make(oneOrMore[T], 1)
		return n.Decode(&(*o)[0])
	}
	return n.Decode((*[]T)(o))
}

// complete reads what is not written as it is used, of the figure or series with the id. What the declarations name is
// looked up by [Catalogue.checkMeanings], once all figures are known.
func (y *yamlMeaning) complete(id string) error {
	m := &y.Meaning
	m.Climbs = y.Climbs.By
	switch {
	case !slices.Contains([]About{Nothing, Persons, Cases, Trajectories, Conferences}, m.About):
		return fmt.Errorf("about is %q; give persons, cases, trajectories, conferences or nothing", m.About)
	case m.Nightly != "" && (m.About != Nothing || !slices.Contains([]About{Persons, Cases, Trajectories}, m.Nightly)):
		return fmt.Errorf("nightly is %q of a figure about %s; it is what one night counts of a figure about nothing", m.Nightly, m.About)
	case !slices.Contains([]Accumulation{Period, FromStart, Instant}, m.Accumulates):
		return fmt.Errorf("accumulates is %q; give period, start or instant", m.Accumulates)
	case !slices.Contains([]Together{Sum, Union}, m.Together):
		return fmt.Errorf("together is %q; give sum or union", m.Together)
	case m.Elsewhere != "" && (m.Together != Union || m.Elsewhere != Fewer && m.Elsewhere != More):
		return fmt.Errorf("elsewhere is %q; it is fewer or more, of what is counted over the union", m.Elsewhere)
	case slices.ContainsFunc(m.Twice, func(c Count) bool { return m.Together != Union || len(c.Dims) > 0 }):
		return fmt.Errorf("twice is %v; it is totals, of what is counted over the union", m.Twice)
	case len(y.Falls) > 0 && m.Accumulates != Instant || slices.ContainsFunc(y.Falls, yamlRelation.wordy):
		return fmt.Errorf("falls belongs to figures of an instant, with by, one of and but_for")
	case len(y.Rises) > 0 && m.Climbs == "" || slices.ContainsFunc(y.Rises, yamlRelation.wordy):
		return fmt.Errorf("rises belongs to figures of which something climbs, with by, one of and but_for")
	}
	for _, list := range []struct {
		name string
		from []yamlRelation
		kind Kind
		to   *[]Relation
	}{{"parts", y.Parts, Wholly, &m.Relations}, {"at_most", y.AtMost, AtMost, &m.Relations}, {"falls", y.Falls, AtMost, &m.Falls}, {"rises", y.Rises, AtMost, &m.Rises}} {
		for _, r := range list.from {
			relation, err := r.read(id, list.kind)
			if err != nil {
				return fmt.Errorf("%s: %w", list.name, err)
			}
			*list.to = append(*list.to, relation)
		}
	}
	if err := m.RestsOn.complete(id); err != nil {
		return fmt.Errorf("rests_on: %w", err)
	}
	if err := m.grow(&y.Growth); err != nil {
		return fmt.Errorf("growth: %w", err)
	}
	for _, a := range y.Asked {
		if err := a.complete(); err != nil {
			return fmt.Errorf("asked: %w", err)
		}
		m.Asked = append(m.Asked, a.Asked)
	}
	if y.Climbs.By != "" || y.Climbs.Entering.Figure != "" || len(y.Climbs.To) > 0 {
		if m.Accumulates == Period || m.Climbs == "" {
			return fmt.Errorf("climbs: it belongs to figures that accumulate from the start or hold for an instant, and by names the dimension")
		}
		m.ClimbsTo, m.Entering = y.Climbs.To, &y.Climbs.Entering
	}
	return nil
}

func (y *yamlAsked) complete() error {
	for _, field := range slices.Sorted(maps.Keys(y.Where)) {
		y.Asked.Where = append(y.Asked.Where, AskedCondition{field, y.Where[field]})
	}
	for _, dim := range slices.Sorted(maps.Keys(y.Dims)) {
		y.Asked.Dims = append(y.Asked.Dims, Dim{dim, y.Dims[dim]})
	}
	switch {
	case y.Unit == "":
		return fmt.Errorf("give the unit")
	case y.Values != "" && len(y.Dims) != 1:
		return fmt.Errorf("values of %s are beside a count with one of dims", y.Values)
	}
	return nil
}

// grow reads what is known of the part that was added.
func (m *Meaning) grow(y *yamlGrowth) error {
	if y.After != nil && (m.Accumulates != Instant || len(y.AtMost) == 0) {
		return fmt.Errorf("after goes with at_most, of figures of an instant")
	}
	for i, c := range slices.Concat(y.Is, y.AtMost) {
		kind := Wholly
		if i >= len(y.Is) {
			kind = AtMost
		}
		if m.Accumulates == Period || m.Accumulates == Instant && kind != AtMost {
			return fmt.Errorf("it belongs to figures that accumulate from the start; at_most also to those of an instant")
		}
		if y.Matured != "" && (m.Accumulates != FromStart || kind != Wholly) {
			return fmt.Errorf("matured goes with is, of figures that accumulate from the start")
		}
		m.Growth = append(m.Growth, Growth{Kind: kind, Count: c, Of: y.Count, Matured: y.Matured, After: y.After})
	}
	return nil
}

// wordy reports whether a relation names what it compares with more than one count and but_for.
func (y yamlRelation) wordy() bool {
	return y.Partly || y.Each || y.Count != "" || y.Before != nil || y.Beyond != nil || y.When != "" || y.SoFar || y.Or != nil || len(y.Of) != 1
}

// read reads a relation of counts of the figure with the id: of a kind, or, of parts, what is so of some of them.
func (y *yamlRelation) read(id string, kind Kind) (Relation, error) {
	r := y.Relation
	var err error
	if r.Part, err = parseCount(id + "[" + strings.Join(y.By, ",") + "]"); err != nil {
		return r, err
	}
	r.Kind, r.Part.Of, r.Whole = kind, y.Count, y.Of
	if y.Partly && kind == Wholly {
		r.Kind = Partly
	}
	r.InPeriod, r.Since, r.AnyTime, r.AllSoFar = y.When == "reference_date_in_period", y.When == "since_start", y.When == "at_any_time", y.When == "period_is_all_so_far"
	divided := func(c Count) bool { return len(c.Dims) > 0 }
	for _, rule := range []struct {
		broken bool
		says   string
	}{
		{y.Partly && kind != Wholly, "partly belongs to parts"},
		{y.Count != "" && y.Count != "numerator" && y.Count != "denominator", "count is numerator or denominator, not " + y.Count},
		{y.When != "" && !r.InPeriod && !r.Since && !r.AnyTime && !r.AllSoFar, "when is reference_date_in_period, period_is_all_so_far, since_start or at_any_time, not " + y.When},
		{r.Since && (kind != AtMost || r.Before != nil || r.Beyond != nil), "since_start goes with at_most"},
		{r.Lead != "" && (!r.Since || !strings.HasSuffix(r.Lead, "_days")), "lead names days of the terms, such as scenario_days, and goes with since_start"},
		{len(y.Of) == 0, "of names no whole"},
		{r.ButFor != "" && y.Partly, "but_for goes with parts that add up, and with at_most"},
		{r.Each && r.Kind == Wholly, "each goes with partly or at_most"},
		{r.Before != nil && kind != AtMost, "before goes with at_most"},
		{r.Beyond != nil && (kind != AtMost || r.Each || r.Before != nil), "beyond goes with at_most, of all together"},
		{r.SoFar && (kind != AtMost || r.Each || y.When != "" || r.Before != nil || r.Beyond != nil || slices.ContainsFunc(r.Whole, divided)), "so_far goes with at_most, of totals"},
		{r.SoFar != (r.Or != nil) || r.SoFar != (r.Never != nil), "so_far, or and never go together"},
		{r.Or != nil && !slices.Equal(r.Or.names(), r.Part.names()) || r.Never != nil && divided(*r.Never), "or has the same dimensions, and never is a total"},
		{len(r.Beside) > 0 && r.Beyond == nil && (kind != AtMost || divided(r.Part) || r.Before != nil), "beside goes with beyond, and with at_most of a total"},
	} {
		if rule.broken {
			return r, fmt.Errorf("%s: %s", r.Part, rule.says)
		}
	}
	return r, nil
}

// complete names the counts of the share itself, of the figure with the id.
func (b *Base) complete(id string) error {
	if b == nil {
		return nil
	}
	if *b == (Base{}) {
		return fmt.Errorf("it names nothing")
	}
	if b.Numerator != nil && b.Numerator.Figure == "own" {
		b.Numerator = &Count{Figure: id, Of: "numerator"}
	}
	if b.Denominator != nil && b.Denominator.Figure == "own" {
		b.Denominator = &Count{Figure: id, Of: "denominator"}
	}
	if b.Base == nil {
		b.Base = b.Denominator
	}
	return nil
}
