package transform

import (
	"cmp"
	"slices"

	"lvv/internal/day"
	"lvv/internal/settings"
)

// pilotMonths is how long the pilot runs (art. 18).
const pilotMonths = 36

// span reads published and end, and derives the one that is not given.
func (r *termsReader) span(t *Terms, s *settings.Settings) {
	published, end := s.Optional("published"), s.Optional("end")
	t.Published = t.Start
	if published != nil {
		t.Published = r.Date(published)
	}
	switch {
	case end != nil:
		t.End = r.Date(end)
		if t.End != day.None && t.End < t.Start {
			r.Faultf(end.Line, "end %s lies before start %s; the pilot's last day comes after its first", t.End, t.Start)
		}
	case published == nil:
		r.Faultf(s.Line, "neither published nor end is set; give published (date of the Staatscourant, the pilot ends 36 months later) or end (last day)")
	case t.Published != day.None:
		t.End = t.Published.AddMonths(pilotMonths) - 1
		if t.End < t.Start {
			r.Faultf(published.Line, "the pilot would end on %s, before start %s; correct published or start, or give end", t.End, t.Start)
		}
	}
}

// extensions reads the decisions of art. 18, each of which moves the end on.
func (r *termsReader) extensions(t *Terms, n *settings.Node) []Extension {
	var list []Extension
	decided, end, target := t.Start, t.End, t.TargetCases
	for _, item := range r.list(n, "extensions", "{decided: 2021-11-15, end: 2022-12-31, target_cases: 90}") {
		s := r.Settings(item, "extensions.", "decided", "end", "target_cases")
		x := Extension{Decided: r.Date(s.Required("decided")), End: r.Date(s.Required("end"))}
		x.TargetCases = r.Whole(s.Optional("target_cases"), target, 1, 1_000_000)
		if x.Decided == day.None || x.End == day.None {
			continue
		}
		switch {
		case len(list) > 0 && x.Decided <= decided:
			r.Faultf(item.Line, "the extension decided on %s does not come after that of %s; list them in order of decision", x.Decided, decided)
		case x.Decided < decided:
			r.Faultf(item.Line, "the extension was decided on %s, before the pilot's start %s; correct one of the two", x.Decided, decided)
		}
		if x.End <= end {
			r.Faultf(item.Line, "the extension ends on %s, not after %s, when the pilot ends without it; correct end", x.End, end)
		}
		if x.Decided > x.End {
			r.Faultf(item.Line, "the extension was decided on %s, after its own end %s; correct one of the two", x.Decided, x.End)
		}
		decided, end, target = x.Decided, x.End, x.TargetCases
		list = append(list, x)
	}
	return list
}

func (r *termsReader) milestones(n *settings.Node) []Milestone {
	var list []Milestone
	for _, item := range r.list(n, "milestones", "{date: 2020-09-01, name: tussentijdse evaluatie}") {
		s := r.Settings(item, "milestones.", "date", "name")
		list = append(list, Milestone{Date: r.Date(s.Required("date")), Name: r.Text(s.Required("name"))})
	}
	slices.SortStableFunc(list, func(a, b Milestone) int { return cmp.Compare(a.Date, b.Date) })
	return list
}

// list returns the items of a setting that is a list; it may be absent or empty.
func (r *termsReader) list(n *settings.Node, name, example string) []*settings.Node {
	if n == nil {
		return nil
	}
	if n.Kind != settings.List {
		r.Faultf(n.Line, "%s: expected a list such as [%s]", name, example)
		return nil
	}
	return n.Items
}

func (r *termsReader) attention(n *settings.Node) Attention {
	s := r.Settings(n, "attention.", "occupancy", "location_high", "location_low", "on_time")
	ratio := func(name string, fallback, high float64) float64 {
		if v := s.Optional(name); v != nil {
			const digits, unit = 4, 10_000
			return float64(r.decimal(v, digits, 0, int64(high*unit))) / unit
		}
		return fallback
	}
	a := Attention{
		Occupancy: ratio("occupancy", 0.75, 1), LocationHigh: ratio("location_high", 1, 10),
		LocationLow: ratio("location_low", 0.75, 10), OnTime: ratio("on_time", 0.8, 1),
	}
	if a.LocationLow > a.LocationHigh {
		r.Faultf(n.Line, "attention: location_low %v lies above location_high %v; every location would stand out", a.LocationLow, a.LocationHigh)
	}
	return a
}
