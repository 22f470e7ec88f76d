package disclose

import (
	"slices"
	"strings"

	"lvv/anonymize/cells"
	"lvv/anonymize/published"
	"lvv/internal/day"
	"lvv/transform"
	"lvv/transform/engine"
)

// charted are the totals that charts show by quarter, and what divides them.
var charted = map[string]struct{ total, parts string }{
	"applications":       {"inflow.applications", "inflow.applications|referred_by="},
	"admissions":         {"inflow.admissions", ""},
	"refusals":           {"inflow.refusals", "inflow.refusals|exclusion_ground="},
	"trajectories_ended": {"duration.ended|stat=n", "duration.ended|scenario="},
	"durable_cases":      {"durable.cases_in_period", ""},
	"shelter_exits":      {"outflow.shelter_exits", "outflow.shelter_exits|exit_reason="},
}

// drawn is a total that a report tells beside its figures.
type drawn struct {
	total, parts string
	from, until  day.Day
	value        int64
}

// drawnIn lists what charts and the table of changes tell: of what happened in quarters and in the period before, of durable solutions up to
// a day, and of who was housed on a day.
func drawnIn(d *published.Document) (ran, solved, housed []drawn) {
	at := func(list *[]drawn, one drawn, v engine.Value) {
		if v.Kind() == engine.Count {
			one.value = v.Int()
			*list = append(*list, one)
		}
	}
	on := func(day day.Day) drawn { return drawn{from: d.Terms.Start, until: day + 1} }
	for i := range d.Series {
		s := &d.Series[i]
		for _, row := range s.Rows {
			for k, c := range s.Columns {
				switch of, flow := charted[c.Name]; {
				case s.ID == "flow.quarters" && flow:
					q, err := transform.ParsePeriod(row[0].Str(), "", nil)
					if err == nil {
						at(&ran, drawn{of.total, of.parts, q.From, min(q.To, d.Period.AsOf) + 1, 0}, row[k])
					}
				case s.ID == "durable.progress" && c.Name == "cases":
					at(&solved, on(row[0].Day()), row[k])
				case s.ID == "main.quarters" && c.Name == "durable":
					at(&solved, on(row[1].Day()), row[k])
				case s.ID == "main.quarters" && c.Name == "pending":
					pending := on(row[1].Day())
					pending.total = pendingCases
					at(&housed, pending, row[k])
				case s.ID == "main.quarters" && c.Name == "housed":
					at(&housed, on(row[1].Day()), row[k])
				case s.ID == "occupancy.places" && c.Name == "persons":
					at(&housed, on(row[0].Day()), row[k])
				}
			}
		}
	}
	if before, ok := d.Period.Before(); ok {
		for _, c := range d.Compared {
			switch c.ID {
			case "inflow.applications", "inflow.admissions", "outflow.shelter_exits":
				of := charted[strings.TrimPrefix(strings.TrimPrefix(c.ID, "inflow."), "outflow.")]
				at(&ran, drawn{of.total, of.parts, before.From, before.To + 1, 0}, c.Was)
			case "durable.cases":
				at(&solved, on(before.AsOf), c.Was)
			case "occupancy.persons_on_reference_date":
				at(&housed, on(before.AsOf), c.Was)
			case pendingCases:
				pending := on(before.AsOf)
				pending.total = pendingCases
				at(&housed, pending, c.Was)
			}
		}
	}
	return ran, solved, housed
}

// charts enters what charts tell of the totals of other days than those of the reports.
func (x *axis) charts(ran, solved, housed []drawn) {
	known := func(v int64) []int { return []int{x.r.number(v)} }
	divided := map[string]bool{}
	for _, f := range ran {
		if len(x.names(strings.Split(f.total, "|")[0])) == 0 {
			continue
		}
		x.whole(f.total)
		x.r.equal(x.between(f.total, f.from, f.until), known(f.value))
		if f.parts != "" && !divided[f.total] {
			divided[f.total] = true
			x.divide(f.total, f.parts)
		}
	}
	for _, f := range solved {
		if slices.Contains(x.edges, f.until) && x.pieces["durable.cases_in_period"] != nil {
			x.r.equal(x.between("durable.cases_in_period", f.from, f.until), known(f.value))
		}
	}
	if len(solved) > 0 && x.pieces["durable.cases_in_period"] != nil {
		x.divide("durable.cases_in_period", "durable.region|region=")
		x.divide("durable.cases|outcome=return", "durable.destination|region=", "durable.cases|outcome=onward")
	}
	for _, f := range housed {
		for _, p := range x.papers {
			if c, ok := p.cell["occupancy.persons_on_reference_date"]; ok && f.total == "" && p.d.Period.AsOf+1 == f.until {
				x.r.equal([]int{c}, known(f.value))
			}
		}
	}
}

// number is a count that is known.
func (r *reader) number(v int64) int {
	c := r.unknown("drawn")
	r.pub.Cells[c] = cells.Known{Low: v, High: v}
	return c
}

// divide says that in each piece of time the parts add up to totals.
func (x *axis) divide(total, parts string, more ...string) {
	var names []string
	id, _, _ := strings.Cut(parts, "|")
	for _, name := range x.names(id) {
		if rest, ok := strings.CutPrefix(name, parts); ok && strings.Count(rest, "|") == strings.Count(total, "|stat") {
			if id != "durable.region" && id != "durable.destination" {
				x.whole(name)
			} else if x.pieces[name] == nil {
				x.cumulative(name, name)
			}
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return
	}
	for k := range x.edges {
		var left, right []int
		for _, name := range names {
			left = append(left, x.of(name)[k])
		}
		for _, name := range append([]string{total}, more...) {
			right = append(right, x.of(name)[k])
		}
		x.r.equal(left, right)
	}
}
