package disclose

import (
	"slices"
	"strings"

	"lvv/internal/day"
)

const pendingCases = "inflow.pending_on_reference_date"

// decided: every case that was decided in the period was admitted, refused or withdrawn, and a mean tells of how many it is.
func (p *paper) decided() {
	ways, complete := []int{}, true
	for _, id := range []string{"inflow.admissions", "inflow.refusals", "inflow.withdrawals"} {
		c, ok := p.one(id)
		ways, complete = append(ways, c), complete && ok
	}
	if all, ok := p.cell["inflow.days_to_decision|stat=mean#d"]; ok && complete {
		p.r.equal(ways, []int{all})
	}
}

// offers: an admission names one thing or more, or none; then it stands under unknown.
func (p *paper) offers() {
	all, ok := p.all("inflow.offer", "offer")
	admissions, also := p.one("inflow.admissions")
	if !ok || !also {
		return
	}
	p.r.atMost([]int{admissions}, all, "offers beyond the first")
	none, _ := p.one("inflow.offer", "offer=unknown")
	for _, c := range all {
		if c != none {
			p.r.atMost([]int{c, none}, []int{admissions}, "without this offer")
		}
	}
}

// pending: a case is pending from its application to its decision, so that what is pending on one day follows from what was on another.
func (x *axis) pending(told []drawn) {
	there := map[day.Day]int{}
	for _, f := range told {
		if f.total == pendingCases && slices.Contains(x.edges, f.until) {
			there[f.until] = x.r.number(f.value)
		}
	}
	for _, p := range x.papers {
		if c, ok := p.one(pendingCases); ok {
			there[p.d.Period.AsOf+1] = c
		}
	}
	last := day.None
	for _, d := range x.edges {
		is, ok := there[d]
		if !ok {
			continue
		}
		if last != day.None {
			in, out := []int{there[last]}, []int{is}
			for _, id := range []string{"inflow.applications", "inflow.admissions", "inflow.refusals", "inflow.withdrawals"} {
				x.whole(id)
				if id == "inflow.applications" {
					in = append(in, x.between(id, last, d)...)
				} else {
					out = append(out, x.between(id, last, d)...)
				}
			}
			x.r.equal(in, out)
		}
		last = d
	}
}

// changed: a change of scenario is dated on the day on which the later trajectory begins, and what began in between ended, or runs.
func (x *axis) changed(before, after *paper) {
	const moments, rejected, ended = "conference.change_moments", "procedure.decided|result=rejected", "duration.ended|stat=n"
	ran, ok := before.one("duration.running", "stat=n")
	runs, also := after.one("duration.running", "stat=n")
	if !ok || !also || len(x.names(moments)) == 0 || len(x.names("procedure.decided")) == 0 {
		return
	}
	from, until := before.d.Period.AsOf+1, after.d.Period.AsOf+1
	for _, name := range []string{moments, rejected, ended} {
		x.whole(name)
	}
	began := x.r.unknown("trajectories that began")
	x.r.equal([]int{ran, began}, append(slices.Clone(x.between(ended, from, until)), runs))
	x.r.atMost(x.between(moments, from, until), append(slices.Clone(x.between(rejected, from, until)), began), "trajectories of the same scenario, or the first")
}

// tested: a solution is tested of cases that were put forward, whenever that was, so that neither they nor the others become fewer.
func (x *axis) tested(before, after *paper) {
	for _, g := range after.values("subgoal.put_forward", "special_group", 1) {
		others := []int{}
		for _, p := range []*paper{before, after} {
			forward, ok := p.one("subgoal.put_forward", "special_group="+g)
			tested, also := p.one("subgoal.solution_tested", "special_group="+g)
			if ok && also {
				others = append(others, x.r.unknown("put forward and not tested"))
				x.r.equal([]int{tested, others[len(others)-1]}, []int{forward})
			}
		}
		if len(others) == 2 {
			x.r.atMost(others[:1], others[1:], "put forward since and not tested")
		}
	}
}

// waited: the cases that were admitted and then got a durable solution in the period are among those admitted since the start. Where some were admitted
// before, a reader who takes it to be so is wrong.
func (p *paper) waited() {
	column, ok := p.all("subgoal.level", "special_group", "level=durable")
	n, also := p.cell["durable.days_to_solution|stat=mean#d"]
	if cases, solved := p.exact["durable.cases"]; also && solved {
		p.solvedAdmitted(cases - p.r.pub.Cells[n].Low)
	}
	if !ok || !also {
		return
	}
	at := int64(0)
	for name, of := range p.exact {
		if strings.HasPrefix(name, "subgoal.level|level=durable|") {
			at += of
		}
	}
	if p.r.pub.Cells[n].Low <= at {
		p.r.atMost([]int{n}, column, "durable and not since admission, or not in the period")
	}
}

// grantedLater: a case that got what it asked for later had a semi-durable outcome, and no durable one.
func (p *paper) grantedLater() {
	later, ok := p.one("durable.later_granted")
	cases, also := p.one("durable.cases")
	if broad, share := p.cell["durable.share_broad#n"]; ok && also && share {
		p.r.atMost([]int{later, cases}, []int{broad}, "semi-durable and not granted later")
	}
}

// left: whoever was in shelter in the period and is not at its end left in it, by the reason of the last stay: of those who have left by a
// reason, and of the exits by it. Where the register is otherwise, a reader who takes it to be so is wrong.
func (p *paper) left() {
	sheltered, ok := p.one("occupancy.persons")
	there, also := p.one("occupancy.persons_on_reference_date")
	if !ok || !also || p.d.Period.AsOf > p.d.Period.To {
		return
	}
	total := p.r.unknown("who left in the period")
	var left []int
	for _, reason := range p.values("outflow.persons", "exit_reason", 1) {
		persons, ok := p.one("outflow.persons", "exit_reason="+reason)
		exits, also := p.one("outflow.shelter_exits", "exit_reason="+reason)
		if !ok || !also {
			return
		}
		of := p.r.unknown("who left in the period, by " + reason)
		p.r.atMost([]int{of}, []int{persons}, "who left before the period")
		p.r.atMost([]int{of}, []int{exits}, "who came back")
		left = append(left, of)
	}
	p.r.equal([]int{total, there}, []int{sheltered})
	p.r.equal(left, []int{total})
}

// there: who is in shelter on the reference date was so in the period, and has the nights of the period that are of no other day. In a period
// from the pilot's start, those admitted in it are all who were.
func (p *paper) there() {
	d := p.d
	housed, ok := p.one("occupancy.persons_on_reference_date")
	if !ok || d.Period.AsOf > d.Period.To {
		return
	}
	if sheltered, also := p.one("occupancy.persons"); also {
		p.r.atMost([]int{housed}, []int{sheltered}, "sheltered in the period and not there")
	}
	admitted, complete := p.all("population.admitted", "sex")
	among := p.exact["inflow.admitted_persons"]
	for _, v := range p.values("population.admitted", "sex", 1) {
		among -= p.exact["population.admitted|sex="+v]
	}
	if all, also := p.one("inflow.admitted_persons"); also && complete && d.Period.From <= d.Terms.Start && among == 0 { // who was decided on before he applied is not
		p.r.equal(admitted, []int{all})
	}
	nights, also := p.one("occupancy.person_nights")
	if !also || p.r.known(housed) {
		return
	}
	var days []int
	for i := range d.Figures {
		f := &d.Figures[i]
		if f.ID != "occupancy.daily" {
			continue
		}
		c, told := p.cell[f.Name()]
		switch {
		case f.Dim("date") == d.Period.AsOf.String():
			c = housed
		case !told:
			c = p.r.unknown("persons on " + f.Dim("date"))
		}
		days = append(days, c)
	}
	p.r.equal(days, []int{nights})
}
