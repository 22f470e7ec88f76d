package disclose

import (
	"slices"

	"lvv/internal/day"
	"lvv/sql"
)

// holdsInPieces reports whether a relation is between counts of what happened in a period, so that it holds of every piece of it, or is declared to
// hold of what was added in any time.
func (s *system) holdsInPieces(rel *sql.Relation) bool {
	return rel.AnyTime || rel.Before == nil && rel.Beyond == nil && !rel.InPeriod && !rel.Since && !rel.AllSoFar && rel.ButFor == "" && s.ofPeriod(rel)
}

// inPieces says of a relation that holds of every piece of time, because it is of what happened in it or because its totals are told of several
// times, that it does so in those that no report has for its period.
func (s *system) inPieces(m *moment, rel *sql.Relation, lines map[string]*timeline) {
	told := rel.Before == nil && !rel.Since && !rel.AllSoFar && m.tellsOf(s.cat, rel)
	audited := slices.ContainsFunc(m.reports, func(r *report) bool { return r.audited })
	if !told && !rel.Since && !s.holdsInPieces(rel) || rel.ButFor != "" && audited {
		return
	}
	all := &report{s: s, index: map[string]int{}}
	for _, n := range append(slices.Clip(rel.Whole), rel.Part) {
		for _, name := range m.namesOf(n.Figure) {
			if _, twice := all.index[name]; !twice {
				all.put(*m.count(name))
			}
		}
	}
	of := func(counts []int) (out []*timeline) {
		for _, k := range counts {
			out = append(out, lines[all.counts[k].name()])
		}
		return out
	}
	own := func(from, until day.Day) bool {
		return !told && !rel.AnyTime && slices.ContainsFunc(m.reports, func(r *report) bool { return r.period.From == from && r.period.To+1 == until })
	}
	for _, g := range all.groups(rel, all.matching(&rel.Part)) {
		switch wholes := of(g.wholes); {
		case len(wholes) < len(rel.Whole) || len(g.parts) == 0:
		case rel.Since:
			s.since(wholes, of(g.parts), day.Day(s.days[rel.Lead]))
		case rel.Each:
			for _, p := range g.parts {
				s.compare(rel, wholes, of([]int{p}), own)
			}
		default:
			s.compare(rel, wholes, of(g.parts), own)
		}
	}
}

// compare says of wholes and parts how they compare between each two days at which all of them are divided, but for the periods that
// reports have of their own.
func (s *system) compare(rel *sql.Relation, wholes, parts []*timeline, own func(from, until day.Day) bool) {
	days := commonDays(slices.Concat(wholes, parts))
	for k := 1; k < len(days); k++ {
		of, told := piecesOf(wholes, days[k-1], days[k])
		in, also := piecesOf(parts, days[k-1], days[k])
		switch {
		case !told || !also || own(days[k-1], days[k]):
		case rel.Kind == sql.Wholly:
			s.sum(append(weighed(of, -1), weighed(in, 1)...))
		default:
			s.atMost(in, of, "the rest of "+growthName(wholes[0].name, days[k-1], days[k])+" beside "+parts[0].name)
		}
	}
}

// since says that from the pilot's start, or before, up to any day parts counted no more than wholes; and, with a lead, that from any day on they
// counted no more than wholes did since so many days before it.
func (s *system) since(wholes, parts []*timeline, lead day.Day) {
	days, earlier := commonDays(slices.Concat(wholes, parts)), commonDays(wholes)
	for k, from := range days {
		first := from
		if k > 0 || from > s.start {
			before, _ := slices.BinarySearch(earlier, from-lead+1)
			if lead == 0 || before == 0 {
				continue // nothing is told of so long before
			}
			first = earlier[before-1]
		}
		for _, until := range days[k+1:] {
			of, told := piecesOf(wholes, first, until)
			in, also := piecesOf(parts, from, until)
			if told && also {
				s.agreeing(len(s.sys.Relations), func() {
					s.atMost(in, of, "the rest of "+growthName(wholes[0].name, first, until)+" beside "+growthName(parts[0].name, from, until))
				})
			}
		}
	}
}

// commonDays lists the days at which all timelines are divided; none where one of them is not.
func commonDays(of []*timeline) []day.Day {
	if slices.Contains(of, nil) {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(of[0].edges), func(d day.Day) bool {
		return slices.ContainsFunc(of, func(t *timeline) bool { return !slices.Contains(t.edges, d) })
	})
}
