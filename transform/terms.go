package transform

import "lvv/internal/day"

// Terms are the pilot's terms, as pilot.yaml gives them.
type Terms struct {
	Pilot            string
	Start            day.Day
	Published        day.Day
	End              day.Day  // last day; by default the day before Published + 36 months (art. 18)
	Places           []Places // in order of From
	TargetCases      int64
	RateCents        int64 // per place per day
	FundingSources   []Source
	Budget           []Budget // in order of year, then of FundingSources
	Pilots           int      // of the five foreseen
	ReviewDays       int
	ChangeMomentDays int
	LongStayDays     int
	MeetingsPerYear  int
	MinCell          int // disclosure
	K, L             int // disclosure
	Epoch            int // of the pseudonyms; raised to rotate them
	AMIF             AMIF
}

// AMIF is the indicator set that the Rijk asks of the AMIF project (art. 15.3).
type AMIF struct {
	Indicators string // amif-2014-2020 or amif-2021-2027
	Project    string // reference of the project, as the account names it; may be empty
}

// PlacesOn returns the agreed number of places on a day, 0 outside the pilot.
func (t *Terms) PlacesOn(d day.Day) int64 {
	var n int64
	if d < t.Start || d > t.End {
		return 0
	}
	for _, p := range t.Places {
		if p.From <= d {
			n = p.Places
		}
	}
	return n
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
