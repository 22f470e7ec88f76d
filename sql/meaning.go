package sql

import (
	"slices"

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

// Elsewhere says what other pilots have to do with whom a pilot counts, of a count over the union.
type Elsewhere string

// What other pilots may do. Of what has neither, there are at least as many in the union as in each pilot, and at most as many as in all.
const (
	Fewer Elsewhere = "fewer" // know that somebody whom a pilot counts is none: there are at most as many as in all pilots
	More  Elsewhere = "more"  // make somebody one whom no pilot counts: there are at least as many as in each pilot
)

// Meaning is what disclosure control knows of a figure: what it counts and how it hangs together with
// others. catalogue.yaml explains each.
type Meaning struct {
	About       About
	Accumulates Accumulation
	Together    Together
	Elsewhere   Elsewhere
	Twice       []Count    // totals over the union, which together count everybody twice whom this one does, or counts only together
	Relations   []Relation `yaml:"-"`        // parts and at_most
	RestsOn     *Base      `yaml:"rests_on"` // of a share, mean, quantile or curve; else nil
	Growth      []Growth   `yaml:"-"`
	Falls       []Relation `yaml:"-"` // of an instant: what the parts, each or together, have lost at most since an earlier date
	Rises       []Relation `yaml:"-"` // where something climbs: what the parts, each or together, have gained at most since an earlier date
	Climbs      string     `yaml:"-"` // the dimension along which a case or person only moves towards the beginning of the list
	ClimbsTo    []Count    `yaml:"-"` // what grows by each that comes to the first value, to the first two, ... of the list, all but the last
	Entering    *Count     `yaml:"-"` // those that come in, of an instant at most, at any value, by the other dimensions; nil where nothing climbs
	Nightly     About      // of nights: what one night counts; else ""
	OnDate      *Count     `yaml:"on_date"` // of a figure by date: the total that it is on that date; else nil
	Asked       []Asked    `yaml:"-"`       // none where no unit of a request makes the same counts
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
	Kind  Kind    `yaml:"-"`
	Part  Count   `yaml:"-"`
	Whole []Count `yaml:"-"` // added up
	// Each says that every single part is compared with the whole, not all together.
	Each bool
	// InPeriod says that it holds only when the reference date is a day of the period.
	InPeriod bool `yaml:"-"`
	// AnyTime says, of a relation of what accumulates from the start, that it holds of what was added in any time too.
	AnyTime bool `yaml:"-"`
	// Since says, of an AtMost relation of what happens in periods, that it holds of all that did from the pilot's start up to any day; and, with a
	// Lead, of the parts from any day up to another with the wholes since so many days before the first, as many as the terms say by that name.
	Since bool `yaml:"-"`
	Lead  string
	// AllSoFar says that it holds only of a period from the pilot's start to the reference date.
	AllSoFar bool `yaml:"-"`
	// ButFor is what must not have happened for it to hold, or "" where it always holds. Readers take it that it has not.
	ButFor string `yaml:"but_for"`
	// Beyond says, of an AtMost relation, that by as much as each of the parts exceeds its counterpart of that count, all together do not
	// exceed the whole, or, without one, that none does, but for persons who moved along a list that advances; or nil.
	Beyond *Count
	// Beside are, of a relation with Beyond, what is counted with each of the parts, or, without their dimensions, with all together; of one of
	// a total, what is counted with it.
	Beside []Count
	// SoFar says, of an AtMost relation, that each of the parts counts as all that ever were there: no fewer than on any date up to now, and
	// than its counterpart of Or on any such date, of which but so many as Never were never there. Along a list that advances, all that do are one part.
	SoFar     bool   `yaml:"so_far"`
	Or, Never *Count // or nil
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
	// After is, of one of an instant that is no more than Count, what came first: of what counts, no more is from before a day than that had counted
	// by then; or nil.
	After *Count
}

// Figures lists the figures that are named.
func (g *Growth) Figures() []string {
	if g.After == nil {
		return []string{g.Count.Figure}
	}
	return []string{g.Count.Figure, g.After.Figure}
}

// Refinement says of every value of one code list to which value of a coarser one it belongs.
type Refinement struct {
	From, To string // dimensions
	Rest     string // where the values that Values leaves out belong
	Values   RefinedValues
}

// RefinedValues are values and the coarser ones that they belong to, in the order in which the catalogue has them.
type RefinedValues []RefinedValue

// RefinedValue is one of them.
type RefinedValue struct{ From, To string }

// UnmarshalYAML reads a mapping.
func (r *RefinedValues) UnmarshalYAML(n *yaml.Node) error {
	for pair := range slices.Chunk(n.Content, 2) {
		*r = append(*r, RefinedValue{pair[0].Value, pair[1].Value})
	}
	return nil
}

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
	// Among are, of each of the ends, the counts of a period that all who ended so in it are among; of the last end, which is every other,
	// with all that the others name.
	Among []Count `yaml:"-"`
	// All is the count of a period that all who ended are, from the pilot's start; or nil.
	All *Count
}

// Asked says how the units of `lvv request` make the counts of a figure.
type Asked struct {
	Unit  string
	Of    string            // numerator or denominator of a share, or "" for the figure itself
	Where []AskedCondition  `yaml:"-"` // in the order of the fields' names
	By    map[string]string // dimensions whose field has another name, and that field
	Dims  []Dim             `yaml:"-"` // of the counts that it is about, in the order of their names: those with these values
	// Values is the field of the unit whose mean and quantiles the figure tells beside, at other values of its one dimension in Dims; or "".
	Values string
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
	ID      string
	Meaning `yaml:"-"`
	// Columns says which columns are totals of a figure, of other periods or dates.
	Columns map[string]Count
}
