package transform

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"lvv/ingest"
	"lvv/internal/lists"
	models "lvv/sql"
	"lvv/transform/engine"
)

// IndicatorValue is an indicator with its values: the total first, then band by band.
type IndicatorValue struct {
	Indicator *models.Indicator
	Bands     []BandValue
}

// BandValue is the value of an indicator for one band. Claimed and Earlier make Total, but for a
// share.
type BandValue struct {
	Dim, Value string // both empty for the total
	Claimed    engine.Value
	Earlier    engine.Value
	Total      engine.Value
	// NotAvailable: the register of guidance was not delivered.
	NotAvailable bool
}

// AgeBands are the bands of the account, in their order.
func AgeBands() []string { return []string{"<18", "18-60", ">60", "unknown"} }

// count fills the indicators of the account's set.
func (a *Account) count() {
	for i := range a.Set.Indicators {
		ind := &a.Set.Indicators[i]
		v := IndicatorValue{Indicator: ind, Bands: []BandValue{a.band(ind, "", "")}}
		for _, dim := range ind.By {
			for _, value := range a.bands(dim) {
				v.Bands = append(v.Bands, a.band(ind, dim, value))
			}
		}
		a.Indicators = append(a.Indicators, v)
	}
}

// bands lists the values of a dimension.
func (a *Account) bands(dim string) []string {
	switch dim {
	case "sex":
		return lists.Map(ingest.TableNamed("cases").Field("sex").Codes, func(c ingest.Code) string { return c.Value })
	case "age_band":
		return AgeBands()
	}
	return a.Organisations()
}

// Organisations are those of all trajectories of the account, sorted.
func (a *Account) Organisations() []string {
	seen := map[string]bool{}
	for p := range a.people {
		for i := range p.Trajectories {
			seen[p.Trajectories[i].Organisation] = true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

func (a *Account) band(ind *models.Indicator, dim, value string) BandValue {
	b := BandValue{Dim: dim, Value: value}
	switch ind.Counts {
	case models.SumHours, models.ShareWithEvidence, models.CountReintegration:
		if !a.Guidance {
			b.NotAvailable = true
			return b
		}
	}
	now, earlier := tally(ind.Counts, a.Participants, dim, value), tally(ind.Counts, a.Earlier, dim, value)
	switch ind.Counts {
	case models.ShareWithEvidence:
		b.Claimed, b.Earlier, b.Total = now.share(), earlier.share(), now.plus(earlier).share()
	case models.SumHours:
		b.Claimed, b.Earlier, b.Total = hoursOf(now.n), hoursOf(earlier.n), hoursOf(now.n+earlier.n)
	default:
		b.Claimed, b.Earlier, b.Total = engine.CountOf(now.n), engine.CountOf(earlier.n), engine.CountOf(now.n+earlier.n)
	}
	return b
}

// part is a count, or the two parts of a share.
type part struct{ n, of int64 }

func (s part) plus(o part) part { return part{s.n + o.n, s.of + o.of} }

// share is the quotient, null where there is nothing to divide by.
func (s part) share() engine.Value {
	if s.of == 0 {
		return engine.Value{}
	}
	return engine.RealOf(float64(s.n) / float64(s.of))
}

// tally counts a measure over persons, within a band.
func tally(m models.Measure, people []Participant, dim, value string) part {
	var s part
	for i := range people {
		p := &people[i]
		if dim == "sex" && p.Sex != value || dim == "age_band" && p.AgeBand != value {
			continue
		}
		switch m {
		case models.CountTrajectories, models.SumHours:
			for j := range p.Trajectories {
				t := &p.Trajectories[j]
				switch {
				case dim == "organisation" && t.Organisation != value:
				case m == models.SumHours:
					s.n += t.Hours
				default:
					s.n++
				}
			}
		case models.ShareWithEvidence:
			s = s.plus(part{p.Evidenced, p.Activities})
		default:
			if p.counts(m) {
				s.n++
			}
		}
	}
	return s
}

// counts reports whether a person is one of those that the measure counts.
func (p *Participant) counts(m models.Measure) bool {
	switch m {
	case models.CountReturned:
		return p.Returned
	case models.CountReturnedWithEvidence:
		return p.WithEvidence
	case models.CountReintegration:
		return p.Reintegration
	}
	return m == models.CountParticipants
}

// agree holds the account against the figures of the same period, which other SELECTs computed.
func (a *Account) agree(r *Results) error {
	if err := a.agreeReturns(r); err != nil {
		return err
	}
	for _, v := range a.Indicators {
		if v.Indicator.Figure == "" {
			continue
		}
		for _, b := range v.Bands {
			var dims []string
			if b.Dim != "" {
				dims = []string{b.Dim, b.Value}
			}
			if f := r.Figure(v.Indicator.Figure, dims...); f != nil && !sameValue(f.Value, b.Total) {
				return fmt.Errorf("the AMIF account says %s for %s %v, the figures say %s: nothing is claimed; report this fault",
					b.Total, v.Indicator.Figure, dims, f.Value)
			}
		}
	}
	for _, reason := range gapReasons {
		n := int64(0)
		for p := range a.people {
			if slices.Contains(p.Reasons, reason) {
				n++
			}
		}
		if f := r.Figure("amif.incomplete", "reason", reason); f != nil && f.Status == "" && !sameValue(f.Value, engine.CountOf(n)) {
			return fmt.Errorf("the AMIF account has %d participants with %s, the figures %s: nothing is claimed; report this fault", n, reason, f.Value)
		}
	}
	return nil
}

func hoursOf(units int64) engine.Value { return engine.RealOf(float64(units) / HourUnits) }

// sameValue compares a figure with a value of the account; sums of hours may differ in the last digit.
func sameValue(x, y engine.Value) bool {
	if x.IsNull() || y.IsNull() {
		return x.IsNull() == y.IsNull()
	}
	return math.Abs(x.Float()-y.Float()) < 1e-9*max(1, math.Abs(x.Float()))
}
