package disclose

import (
	"maps"
	"slices"
	"strings"

	"lvv/internal/day"
)

// successive enters what follows from two reports of which nothing lies between the reference dates: best outcomes that only get
// better, no more who have left by a reason than left by it since, procedures that stay pending until they are decided, and what is the
// same on one date.
func (x *axis) successive(before, after *paper) {
	r := x.r
	x.climbed(before, after)
	then, now := before.d.Period, after.d.Period
	if then.AsOf < now.AsOf {
		x.rose(before, after)
	}
	for _, k := range after.values("procedure.filed", "kind", 1) {
		pending, ok := before.one("procedure.pending_on_reference_date", "kind="+k)
		still, also := after.one("procedure.pending_on_reference_date", "kind="+k)
		if !ok || !also || then.AsOf == now.AsOf {
			continue
		}
		filed, decided := "procedure.filed|kind="+k, "procedure.decided|kind="+k
		x.whole(filed)
		x.whole(decided)
		r.equal(append(slices.Clone(x.between(filed, then.AsOf+1, now.AsOf+1)), pending), append(slices.Clone(x.between(decided, then.AsOf+1, now.AsOf+1)), still))
	}
	if then.AsOf != now.AsOf {
		x.ran(before, after)
		x.stayed(before, after)
		x.aged(before, after)
		x.solved(before, after)
		x.gained(before, after)
		x.changed(before, after)
		x.tested(before, after)
		return
	}
	same := then.From == now.From && then.To == now.To
	for _, name := range slices.Sorted(maps.Keys(before.cell)) {
		id, _, _ := strings.Cut(name, "|")
		a, b := before.cell[name], after.cell[name]
		if _, ok := after.cell[name]; ok && (same || slices.Contains(dated, id)) && !(r.known(a) && r.known(b)) {
			r.equal([]int{a}, []int{b})
		}
	}
}

// climbed: a case of the table of best outcomes gets further by an outcome since, or was admitted since; it never falls back. Those
// who got further for the first time are no more than all who did since, in any group.
func (x *axis) climbed(before, after *paper) {
	r := x.r
	then, now := before.d.Period.AsOf+1, after.d.Period.AsOf+1
	risen := make([][]int, len(best))
	for _, g := range after.values("subgoal.admitted", "special_group", 1) {
		had, ok := before.one("subgoal.admitted", "special_group="+g)
		has, also := after.one("subgoal.admitted", "special_group="+g)
		var was, old, added []int
		for n, level := range append(slices.Clone(best), "running") {
			a, is := before.one("subgoal.level", "special_group="+g, "level="+level)
			b, too := after.one("subgoal.level", "special_group="+g, "level="+level)
			if !ok || !also || !is || !too {
				break
			}
			was, old, added = append(was, a), append(old, r.unknown("of then at "+level)), append(added, r.unknown("since then at "+level))
			r.equal([]int{old[n], added[n]}, []int{b})
			if n < len(best) {
				risen[n] = append(risen[n], r.atMost(was, old, "risen to "+level))
			} else {
				r.equal(append(added, had), []int{has})
			}
		}
	}
	if then == now || len(risen[0]) == 0 {
		return
	}
	ended := func(outcomes ...string) (out []int) {
		for _, name := range x.names("outflow.trajectories") {
			if _, outcome, by := strings.Cut(name, "|outcome="); by && (len(outcomes) == 0 || slices.Contains(outcomes, outcome)) {
				x.whole(name)
				out = append(out, x.between(name, then, now)...)
			}
		}
		return out
	}
	x.whole("durable.cases_in_period")
	since := [][]int{
		x.between("durable.cases_in_period", then, now), ended("return", "onward", "legalisation", "repeat_application", "medical_deferral"), ended(),
	}
	for n, share := range []string{"", "durable.share_broad#n", "durable.share_broad#d"} {
		r.atMost(risen[n], since[n], "others who got so far since")
		was, ok := before.cell[share]
		is, also := after.cell[share]
		if ok && also {
			r.atMost(append(slices.Clone(risen[n]), was), []int{is}, "others who got so far since")
			r.atMost([]int{is}, append(since[n], was), "who had got so far before")
		}
	}
}

// rose: whoever has left by a reason, or was granted something after all, and was or had not on an earlier date, left or got it since. Before the
// pilot's start, where there is no earlier report, that is nobody.
func (x *axis) rose(before, after *paper) {
	x.solvedSince(before, after)
	since := map[string]string{"durable.later_granted": "procedure.decided|result=granted"}
	for _, reason := range after.values("outflow.persons", "exit_reason", 1) {
		since["outflow.persons|exit_reason="+reason] = "outflow.shelter_exits|exit_reason=" + reason
	}
	for _, name := range slices.Sorted(maps.Keys(since)) {
		is, ok := after.cell[name]
		if !ok || len(x.names(since[name])) == 0 {
			continue
		}
		x.whole(since[name])
		if ended := "duration.ended|stat=n"; before == nil && name == "durable.later_granted" && len(x.names("duration.ended")) > 0 {
			x.whole(ended)
			for _, d := range x.edges { // what was granted from a day on, but for those who had got an outcome before
				if start, until := after.d.Terms.Start, after.d.Period.AsOf+1; start < d && d < until {
					x.r.atMost([]int{is}, append(slices.Clone(x.between(since[name], d, until)), x.between(ended, start, d)...), "no longer so, or none")
				}
			}
		}
		if before == nil {
			x.r.atMost([]int{is}, x.between(since[name], after.d.Terms.Start, after.d.Period.AsOf+1), "no longer so")
		} else if was, also := before.cell[name]; also {
			x.r.atMost([]int{is}, append(slices.Clone(x.between(since[name], before.d.Period.AsOf+1, after.d.Period.AsOf+1)), was), "no longer so")
		}
	}
}

func (r *reader) known(c int) bool { return r.pub.Cells[c].Low == r.pub.Cells[c].High }

// divisions: what adds up to something else in a period does so in every piece of it.
func (x *axis) divisions() {
	for _, d := range [][2]string{
		{"inflow.applications", "referred_by"}, {"inflow.refusals", "exclusion_ground"}, {"outflow.shelter_exits", "exit_reason"}, {"outflow.trajectories", "outcome"},
		{"procedure.filed", "kind"}, {"procedure.decided", "kind"}, {"procedure.decided", "result"}, {"conference.held", "moment"},
	} {
		x.divide(d[0], d[0]+"|"+d[1]+"=")
	}
	x.divide("duration.ended|stat=n", "duration.ended|scenario=")
	for _, crossed := range [][3]string{{"outflow.trajectories", "outcome", "outflow.scenario_outcome"}, {"procedure.decided", "kind", "procedure.decided"}, {"procedure.decided", "result", "procedure.decided"}} {
		for _, total := range x.names(crossed[0]) {
			value, one := strings.CutPrefix(total, crossed[0]+"|"+crossed[1]+"=")
			if one && !strings.Contains(value, "|") {
				x.addUp(total, slices.DeleteFunc(x.names(crossed[2]), func(name string) bool {
					return strings.Count(name, "|") != 2 || !strings.Contains(name+"|", "|"+crossed[1]+"="+value+"|")
				}))
			}
		}
	}
}

// addUp says that in each piece of time counts add up to a total.
func (x *axis) addUp(total string, parts []string) {
	for _, name := range append([]string{total}, parts...) {
		x.whole(name)
	}
	for k := range x.edges {
		var left []int
		for _, name := range parts {
			left = append(left, x.of(name)[k])
		}
		if k > 0 && len(left) > 0 {
			x.r.equal(left, []int{x.of(total)[k]})
		}
	}
}

// bounds: what is no more than something else in a period is so in every piece of it.
func (x *axis) bounds() {
	pieces := func(id, keep string) (out [][]int) {
		for _, name := range x.names(id) {
			if strings.Contains(name+"|", keep) && strings.Contains(name, "|") {
				x.whole(name)
				if x.pieces[name] != nil {
					out = append(out, x.of(name))
				}
			}
		}
		return out
	}
	at := func(of [][]int, k int) (out []int) {
		for _, p := range of {
			out = append(out, p[k])
		}
		return out
	}
	most := func(parts [][]int, whole string) {
		x.whole(whole)
		for k := range x.edges {
			if k > 0 && len(parts) > 0 && x.pieces[whole] != nil {
				x.r.atMost(at(parts, k), []int{x.of(whole)[k]}, "others in a piece")
			}
		}
	}
	for _, name := range x.names("duration.ended") {
		if scenario, ok := strings.CutPrefix(name, "duration.ended|scenario="); ok && strings.HasSuffix(scenario, "|stat=n") {
			most(pieces("outflow.scenario_outcome", "|scenario="+strings.TrimSuffix(scenario, "stat=n")), name)
		}
	}
	decided, escalated := pieces("conference.end_grounds", ""), "review.escalated"
	if x.whole(escalated); x.pieces[escalated] != nil {
		decided = append(decided, x.of(escalated))
	}
	most(decided, "conference.held")
	if rejected := "procedure.decided|result=rejected"; len(x.names("procedure.decided")) > 0 {
		if x.whole(rejected); x.pieces[rejected] != nil {
			most([][]int{x.of(rejected)}, "conference.change_moments")
		}
	}
	all := pieces("inflow.offer", "")
	none := pieces("inflow.offer", "|offer=unknown|")
	for _, p := range all {
		if len(none) == 1 && p[0] != none[0][0] {
			most([][]int{p, none[0]}, "inflow.admissions")
		}
	}
	if x.pieces["inflow.admissions"] != nil {
		for k := range x.edges {
			if k > 0 && len(all) > 0 {
				x.r.atMost([]int{x.of("inflow.admissions")[k]}, at(all, k), "offers beyond the first in a piece")
			}
		}
	}
}

// nights: those who are somewhere on a date had a night there in the piece of time that it lies in.
func (x *axis) nights() {
	for _, name := range x.names("occupancy.person_nights") {
		_, location, by := strings.Cut(name, "|location=")
		if !by || !x.overlap(name) {
			continue
		}
		x.whole(name)
		for _, p := range x.papers {
			persons, ok := p.cell["occupancy.persons_on_reference_date|location="+location]
			k := slices.IndexFunc(x.edges, func(d day.Day) bool { return d > p.d.Period.AsOf })
			if !ok || k < 1 {
				continue
			}
			piece := x.of(name)[k]
			if x.edges[k]-x.edges[k-1] == 1 {
				x.r.equal([]int{persons}, []int{piece})
			} else {
				x.r.atMost([]int{persons}, []int{piece}, "other nights in a piece")
			}
		}
	}
}
