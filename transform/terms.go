package transform

import (
	"lvv/ingest"
	"lvv/internal/day"
)

// Terms are the pilot's terms, as pilot.yaml gives them.
type Terms struct {
	Reading        []ingest.Setting // how files are read whose register cannot be changed
	Pilot          string
	Start          day.Day
	Published      day.Day
	End            day.Day  // last day; by default the day before Published + 36 months (art. 18)
	Places         []Places // in order of From
	TargetCases    int64
	RateCents      int64 // per place per day
	FundingSources []Source
	Locations      []string // of the pilot, beside those of the table of capacity
	Budget         []Budget // in order of year, then of FundingSources
	Pilots         int      // of the five foreseen

	ReviewDays         int
	ScenarioDays       int // from admission to the conference that sets the scenario
	ChangeMomentDays   int
	ReviewIntervalDays int // between two conferences on the continuation of a stay
	CourseGapDays      int // trajectories of a case this close together are one course
	LongStayDays       int
	MeetingsPerYear    int

	Milestones []Milestone // in order of date
	Extensions []Extension // in order of Decided
	Attention  Attention

	MinCell int // disclosure
	K, L    int // disclosure
	Epoch   int // of the pseudonyms; raised to rotate them
	AMIF    AMIF
}

// Milestone is a day that pictures over time mark (art. 1.6).
type Milestone struct {
	Date day.Day
	Name string
}

// Extension is a decision to let the pilot run longer (art. 18). It is known from Decided on.
type Extension struct {
	Decided     day.Day
	End         day.Day // new last day
	TargetCases int64   // new target
}

// Attention are the ratios below or above which a report draws attention to a figure.
type Attention struct {
	Occupancy    float64 // of the agreed places, below
	LocationHigh float64 // of a location's own places, above
	LocationLow  float64 // the same, below
	OnTime       float64 // share of what must happen within a term, below
}

// KnownOn returns the terms as they stood on a day: with the end and the target of the last extension
// decided by then, and without the extensions that came later.
func (t *Terms) KnownOn(d day.Day) *Terms {
	known := *t
	known.Extensions = nil
	for _, x := range t.Extensions {
		if x.Decided <= d {
			known.Extensions = append(known.Extensions, x)
			known.End, known.TargetCases = x.End, x.TargetCases
		}
	}
	return &known
}

// LastDay is the pilot's last day after every extension.
func (t *Terms) LastDay() day.Day {
	if n := len(t.Extensions); n > 0 {
		return t.Extensions[n-1].End
	}
	return t.End
}

// AMIF is the indicator set that the Rijk asks of the AMIF project (art. 15.3).
type AMIF struct {
	Indicators string // amif-2014-2020 or amif-2021-2027
	Project    string // reference of the project, as the account names it; may be empty
}

// Places is the agreed number of places from a day on.
type Places struct {
	From   day.Day
	Places int64
}

// Source is a source of funding with its share in the contributions. Share is exact: the decimal
// text of pilot.yaml.
type Source struct {
	Name  string
	Share string
}

// Budget is what annex 2 of the covenant foresees for a year from a source, before the reduction of art. 15.2.
type Budget struct {
	Year   int
	Source string
	Cents  int64
}

// Words are what the pilot calls things itself, by the text field of the exports that names them.
func (t *Terms) Words() map[string][]string {
	return map[string][]string{"location": t.Locations, "source": sourceNames(t.FundingSources)}
}

// Lowered is a term that protects less than it does by default.
type Lowered struct {
	Name    string `json:"name"` // as pilot.yaml has it below disclosure
	Value   int    `json:"value"`
	Default int    `json:"default"`
}

// Lowered returns the terms of disclosure that are below their defaults. Every output says so.
func (t *Terms) Lowered() []Lowered {
	var out []Lowered
	for _, l := range []Lowered{{"min_cell", t.MinCell, DefaultMinCell}, {"k", t.K, defaultK}, {"l", t.L, defaultL}} {
		if l.Value < l.Default {
			out = append(out, l)
		}
	}
	return out
}
