package sql

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// About says what a count counts, which decides whether disclosure control looks at it.
type About string

// What figures count. Nights, places, meetings and money are no one person's: [Nothing].
const (
	Nothing      About = "nothing"
	Persons      About = "persons"
	Cases        About = "cases"
	Trajectories About = "trajectories"
	Conferences  About = "conferences"
)

// Accumulation says over what time a figure counts.
type Accumulation string

// The ways to accumulate.
const (
	Period    Accumulation = "period"  // what happened in the period: periods add up
	FromStart Accumulation = "start"   // everything from the pilot's start to the reference date: it never falls
	Instant   Accumulation = "instant" // of one date, or one period, alone
)

// Together says how the figures of several pilots become the programme's.
type Together string

// The ways to bring pilots together.
const (
	Sum   Together = "sum"   // add counts, numerators and denominators
	Union Together = "union" // count anew over the union of the stores
)

// Meaning is what disclosure control knows of a figure: what it counts and how it hangs together with
// others. catalogue.yaml explains each.
type Meaning struct {
	About       About
	Accumulates Accumulation
	Together    Together
	Relations   []Relation // parts and at_most
	RestsOn     *Base      // of a share, mean, quantile or curve; else nil
	Growth      []Growth
	Falls       []Relation // of an instant: what the parts, each or together, have lost at most since an earlier date
	Climbs      string     // the dimension along which a case only moves towards the beginning of the list
	ClimbsTo    []Count    // what grows by each case that comes to the first value, to the first two, ... of the list, all but the last
	Entering    *Count     // those that come in, at any value, by the other dimensions; nil where nothing climbs
	Nightly     About      // of nights: what one night counts; else ""
	OnDate      *Count     // of a figure by date: the total that it is on that date; else nil
	Asked       []Asked    // none where no unit of a request makes the same counts
}

// Kind says how the parts of a relation compare with the whole.
type Kind uint8

// The kinds of relation.
const (
	Wholly Kind = iota // the parts add up to the whole
	Partly             // what remains of the whole is a count by the same characteristics
	AtMost             // the parts together do not exceed the whole
)

// Relation says how counts of one figure add up to counts of others: for every combination of values of
// the whole's free dimensions, the parts that belong to it.
type Relation struct {
	Kind  Kind
	Part  Count
	Whole []Count // added up
	// Each says that every single part is compared with the whole, not all together.
	Each bool
	// InPeriod says that it holds only when the reference date is a day of the period.
	InPeriod bool
	// ButFor is what must not have happened for it to hold, or "" where it always holds. Readers take it that it has not.
	ButFor string
	// Beyond says, of an AtMost relation, that by as much as each of the parts exceeds its counterpart of that count, all together do not
	// exceed the whole; or nil.
	Beyond *Count
	// Before is, of an AtMost relation, the count of the day before the period that the rest is; or nil.
	Before *Count
}

// Base are the counts behind a share, mean, quantile or curve; nil where there is none.
type Base struct {
	Numerator, Denominator *Count
	// Base is the number of what is counted, which must be at least min_cell.
	Base *Count
	// Curve is the id of the curve that it is read from, or "".
	Curve string
}

// Growth says what is known of the part of a cumulative figure that was added in the period, or of how much more one of an
// instant is than on an earlier date. Count has the dimensions of one of the figure's own breakdowns, but for Matured.
type Growth struct {
	Kind  Kind // Wholly: equal to Count; AtMost: no more than Count
	Count Count
	// Of is what of a share grows so: numerator or denominator; "" of a figure that is a count.
	Of string
	// Matured is the dimension that says how many days must have passed by the reference date, so that the figure counts what
	// happened up to so many days before it; or "".
	Matured string
}

// Refinement says of every value of one code list to which value of a coarser one it belongs.
type Refinement struct {
	From, To string // dimensions
	Rest     string // where the values that Values leaves out belong
	Values   []RefinedValue
}

// RefinedValue is a value and the coarser one that it belongs to.
type RefinedValue struct{ From, To string }

// Of returns the coarser value that a value belongs to.
func (r *Refinement) Of(value string) string {
	for _, v := range r.Values {
		if v.From == value {
			return v.To
		}
	}
	return r.Rest
}

// Curve is a survival curve: what it counts, the stage model that lists how long each ran and how that ended,
// and the list of ends, of which the last is every other end.
type Curve struct {
	ID    string `yaml:"-"`
	About About
	Model string
	Ends  *List `yaml:"-"`
	// The figures that are read off it.
	Survival, Median, Incidence string
	// The series: the steps of the curve and of the incidences, and the counts that both are computed from.
	Steps          string
	IncidenceSteps string `yaml:"incidence_steps"`
	Lifetimes      string
}

// Asked says how the units of `lvv request` make the counts of a figure.
type Asked struct {
	Unit  string
	Of    string            // numerator or denominator of a share, or "" for the figure itself
	Where []AskedCondition  // in the order of the fields' names
	By    map[string]string // dimensions whose field has another name, and that field
	Dims  []Dim             // of the counts that it is about, in the order of their names: those with these values
}

// Dim is a dimension with one value.
type Dim struct{ Name, Value string }

// AskedCondition is a condition on a field: values (a|b), all others (!a|b), or the days [InPeriod] or [ToDate].
type AskedCondition struct{ Field, Value string }

// The days of conditions.
const (
	InPeriod = "in_period" // of the period
	ToDate   = "to_date"   // from the pilot's start to the reference date
)

// Series is a table that pictures are drawn from.
type Series struct {
	ID string
	Meaning
	// Columns says which columns are totals of a figure, of other periods or dates.
	Columns map[string]Count
}

// yamlMeaning mirrors the declarations of a figure or series.
type yamlMeaning struct {
	About       About
	Accumulates Accumulation
	Together    Together
	Parts       []yamlRelation
	AtMost      []yamlRelation `yaml:"at_most"`
	RestsOn     *yamlBase      `yaml:"rests_on"`
	Growth      yamlGrowth
	Falls       []yamlRelation
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
	Of              string
	Where, By, Dims map[string]string
}

type yamlRelation struct {
	By     oneOrMore
	Count  string // numerator or denominator, of a share
	Of     oneOrMore
	Before string
	Beyond string
	Partly bool
	Each   bool
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

// parseMeaning reads the declarations of a figure or series; what they name is looked up by [Catalogue.checkMeaning],
// once all figures are known.
func parseMeaning(id string, y *yamlMeaning) (Meaning, error) {
	m := Meaning{About: y.About, Accumulates: y.Accumulates, Together: y.Together, Climbs: y.Climbs.By, Nightly: y.Nightly}
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
	for _, r := range y.Parts {
		kind := Wholly
		if r.Partly {
			kind = Partly
		}
		if err := addRelation(&m.Relations, id, kind, r); err != nil {
			return m, fmt.Errorf("parts: %w", err)
		}
	}
	for _, r := range y.AtMost {
		if r.Partly {
			return m, fmt.Errorf("at_most: partly belongs to parts")
		}
		if err := addRelation(&m.Relations, id, AtMost, r); err != nil {
			return m, fmt.Errorf("at_most: %w", err)
		}
	}
	for _, r := range y.Falls {
		if m.Accumulates != Instant || r.Partly || r.Each || r.Before != "" || r.When != "" || len(r.Of) != 1 {
			return m, fmt.Errorf("falls belongs to figures of an instant, with by, one of and but_for")
		}
		if err := addRelation(&m.Falls, id, AtMost, r); err != nil {
			return m, fmt.Errorf("falls: %w", err)
		}
	}
	if y.RestsOn != nil {
		base, err := y.RestsOn.parse(id)
		if err != nil {
			return m, fmt.Errorf("rests_on: %w", err)
		}
		m.RestsOn = base
	}
	if y.OnDate != "" {
		c, err := parseCount(y.OnDate)
		if err != nil {
			return m, fmt.Errorf("on_date: %w", err)
		}
		m.OnDate = &c
	}
	for kind, counts := range map[Kind][]string{Wholly: y.Growth.Is, AtMost: y.Growth.AtMost} {
		for _, text := range counts {
			c, err := parseCount(text)
			if err != nil {
				return m, fmt.Errorf("growth: %w", err)
			}
			m.Growth = append(m.Growth, Growth{kind, c, y.Growth.Count, y.Growth.Matured})
		}
	}
	for _, y := range y.Asked {
		one := Asked{Unit: y.Unit, Of: y.Of, By: y.By}
		for _, field := range slices.Sorted(maps.Keys(y.Where)) {
			one.Where = append(one.Where, AskedCondition{field, y.Where[field]})
		}
		for _, dim := range slices.Sorted(maps.Keys(y.Dims)) {
			one.Dims = append(one.Dims, Dim{dim, y.Dims[dim]})
		}
		if one.Unit == "" {
			return m, fmt.Errorf("asked: give the unit")
		}
		m.Asked = append(m.Asked, one)
	}
	slices.SortFunc(m.Growth, func(a, b Growth) int { return int(a.Kind) - int(b.Kind) })
	for _, g := range m.Growth {
		if m.Accumulates == Period || m.Accumulates == Instant && g.Kind != AtMost {
			return m, fmt.Errorf("growth belongs to figures that accumulate from the start; at_most also to those of an instant")
		}
		if g.Matured != "" && (m.Accumulates != FromStart || g.Kind != Wholly) {
			return m, fmt.Errorf("growth: matured goes with is, of figures that accumulate from the start")
		}
	}
	if err := m.addClimbs(&y.Climbs); err != nil {
		return m, fmt.Errorf("climbs: %w", err)
	}
	return m, nil
}

func (m *Meaning) addClimbs(y *yamlClimbs) error {
	if y.By == "" && y.Entering == "" && len(y.To) == 0 {
		return nil
	}
	if m.Accumulates != FromStart || y.By == "" {
		return fmt.Errorf("it belongs to figures that accumulate from the start, and by names the dimension")
	}
	for _, text := range append(y.To, y.Entering) {
		c, err := parseCount(text)
		if err != nil {
			return err
		}
		m.ClimbsTo = append(m.ClimbsTo, c)
	}
	last := len(y.To)
	m.ClimbsTo, m.Entering = m.ClimbsTo[:last], &m.ClimbsTo[last]
	return nil
}

func addRelation(to *[]Relation, id string, kind Kind, y yamlRelation) error {
	part, err := parseCount(id + "[" + strings.Join(y.By, ",") + "]")
	if err != nil {
		return err
	}
	if part.Of = y.Count; y.Count != "" && y.Count != "numerator" && y.Count != "denominator" {
		return fmt.Errorf("count is %q; give numerator or denominator", y.Count)
	}
	r := Relation{Kind: kind, Part: part, Each: y.Each, InPeriod: y.When == "reference_date_in_period", ButFor: y.ButFor}
	if y.When != "" && !r.InPeriod {
		return fmt.Errorf("when is %q; only reference_date_in_period is known", y.When)
	}
	if len(y.Of) == 0 {
		return fmt.Errorf("%s: of names no whole", part)
	}
	if y.ButFor != "" && (kind != AtMost || y.Before != "") {
		return fmt.Errorf("%s: but_for goes with at_most", part)
	}
	if y.Each && kind == Wholly {
		return fmt.Errorf("%s: each goes with partly or at_most", part)
	}
	for _, text := range y.Of {
		c, err := parseCount(text)
		if err != nil {
			return err
		}
		r.Whole = append(r.Whole, c)
	}
	if y.Before != "" {
		if kind != AtMost {
			return fmt.Errorf("%s: before goes with at_most", part)
		}
		c, err := parseCount(y.Before)
		if err != nil {
			return err
		}
		r.Before = &c
	}
	if y.Beyond != "" {
		if kind != AtMost || y.Each || y.Before != "" {
			return fmt.Errorf("%s: beyond goes with at_most, of all together", part)
		}
		c, err := parseCount(y.Beyond)
		if err != nil {
			return err
		}
		r.Beyond = &c
	}
	*to = append(*to, r)
	return nil
}

func (y *yamlBase) parse(id string) (*Base, error) {
	b := &Base{Curve: y.Curve}
	for _, c := range []struct {
		to   **Count
		of   string
		text string
	}{{&b.Numerator, "numerator", y.Numerator}, {&b.Denominator, "denominator", y.Denominator}, {&b.Base, "base", y.Base}} {
		switch {
		case c.text == "":
			continue
		case c.text == "own" && c.of != "base":
			*c.to = &Count{Figure: id, Of: c.of}
			continue
		}
		count, err := parseCount(c.text)
		if err != nil {
			return nil, err
		}
		*c.to = &count
	}
	if b.Numerator == nil && b.Denominator == nil && b.Base == nil && b.Curve == "" {
		return nil, fmt.Errorf("it names nothing")
	}
	if b.Base == nil {
		b.Base = b.Denominator
	}
	return b, nil
}
