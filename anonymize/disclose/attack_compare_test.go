package disclose

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"lvv/anonymize/cells"
	"lvv/anonymize/published"
	"lvv/internal/day"
	"lvv/transform"
	"lvv/transform/engine"
)

// issue is a report as it was handed out.
type issue struct {
	d        *published.Document
	withheld []string // totals
	unmarked bool     // its reader does not know what it tells without a number
	late     bool     // no outcome of those admitted is known to be older than the pilot
	rows     map[string]int64
	own      [3]bool // of each level, whether all cases that are at it were admitted since the start
	// corrected says of the issues before it which counts the register may now have otherwise: 1 for not less, -1 for not more, 0
	// for what is no count. Readers are not told so much.
	corrected map[*published.Document]map[string]int
	// exact are the counts of this issue and of those before it, by the register of then: not for readers, but to tell where what they
	// take to be so is not.
	exact map[*published.Document]map[string]int64
}

// exactly lists the counts of exact results, with corrections, by name.
func exactly(r *transform.Results, changes []transform.Restatement) map[string]int64 {
	out := map[string]int64{}
	for i := range r.Figures {
		if f := &r.Figures[i]; f.Value.Kind() == engine.Count {
			out[transform.FigureName(f.ID, f.Dims)] = f.Value.Int()
		} else if f.Numerator.Kind() == engine.Count {
			out[transform.FigureName(f.ID, f.Dims)+"#n"] = f.Numerator.Int()
		}
	}
	for _, c := range changes {
		if n, ok := countOr0(c.Is); ok {
			out[transform.FigureName(c.ID, c.Dims)] = n
		}
	}
	return out
}

// correctedBy lists what was corrected, by name.
func correctedBy(changes []transform.Restatement) map[string]int {
	out := map[string]int{}
	for _, c := range changes {
		sign := 0
		was, before := countOr0(c.Was)
		is, after := countOr0(c.Is)
		switch {
		case !before || !after:
		case is > was:
			sign = 1
		default:
			sign = -1
		}
		out[transform.FigureName(c.ID, c.Dims)] = sign
	}
	return out
}

// today is an earlier report as it would read from the register of a later one.
func (p *paper) today(later *issue) *paper {
	of := later.corrected[p.d]
	if len(of) == 0 {
		return p
	}
	listed := map[string]engine.Value{}
	for _, c := range later.d.Changes {
		if c.Period == p.d.Period.Label {
			listed[transform.FigureName(c.ID, c.Dims)] = c.Is
		}
	}
	d := *p.d
	now := &paper{r: p.r, d: &d, cell: map[string]int{}, exact: later.exact[p.d], redrawn: redrawnBy(of)}
	for _, name := range slices.Sorted(maps.Keys(of)) { // what did not occur then, and does now
		if of[name] > 0 && !slices.ContainsFunc(p.d.Figures, func(f published.Figure) bool { return f.Name() == name }) {
			id, rest, _ := strings.Cut(name, "|")
			var dims []transform.Dim
			for part := range strings.SplitSeq(rest, "|") {
				dim, value, _ := strings.Cut(part, "=")
				dims = append(dims, transform.Dim{Name: dim, Value: value})
			}
			now.d.Figures = append(slices.Clip(now.d.Figures), published.Figure{ID: id, Dims: dims, Unit: "count"})
			now.cell[name] = p.r.unknown(name + " as it is today")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(p.cell)) {
		sign, changed := of[name]
		switch {
		case strings.Contains(name, "#"): // of the counts behind a share they are told nothing
		case !changed:
			now.cell[name] = p.cell[name]
		case listed[name].Kind() == engine.Count:
			c := p.r.unknown(name + " as it is listed")
			p.r.pub.Cells[c] = cells.Known{Low: listed[name].Int(), High: listed[name].Int()}
			now.cell[name] = c
		case sign != 0:
			c, by := p.r.unknown(name+" as it is today"), p.r.unknown("its correction")
			p.r.pub.Relations = append(p.r.pub.Relations, cells.Relation{Terms: []cells.Term{{Cell: c, Coef: 1}, {Cell: p.cell[name], Coef: whole}, {Cell: by, Coef: int64(-sign)}}})
			now.cell[name] = c
		}
	}
	now.know()
	now.solvedCases()
	return now
}

// Of these figures what happened in a period is what happened in its parts.
var flows = []string{
	"inflow.applications", "inflow.refusals", "inflow.offer", "outflow.shelter_exits", "outflow.trajectories", "outflow.scenario_outcome", "duration.ended", "procedure.filed", "procedure.decided",
	"conference.held", "conference.end_grounds", "conference.change_moments", "durable.cases_in_period", "inflow.admissions",
}

// These only grow from the pilot's start; of some the report tells, too, what was added in its period.
var cumulative = map[string]string{
	"durable.cases": "", "durable.region": "", "durable.destination": "", "population.admitted": "", "conference.end_grounds_to_date": "conference.end_grounds",
	"subgoal.admitted": "", "subgoal.put_forward": "", "subgoal.solution_tested": "", "durable.proven": "",
}

// These are the same in every report with the same reference date.
var dated = []string{
	"occupancy.persons_on_reference_date", "population.housed", "outflow.persons", "outflow.persons_level", "caseload.cases", "procedure.pending_on_reference_date", "subgoal.level",
}

// axis are the days at which the periods of several reports begin and end. What a figure counts between two of them is a piece,
// unknown, and what a report says of it is a sum of pieces.
type axis struct {
	r      *reader
	papers []*paper
	edges  []day.Day
	pieces map[string][]int // by name
}

// compare enters what follows from several reports of one register, and from charts that were drawn of it.
func (r *reader) compare(papers []*paper, charts []*published.Document) {
	x := &axis{r: r, papers: papers, pieces: map[string][]int{}}
	for _, p := range papers {
		x.edges = append(x.edges, p.d.Terms.Start, p.d.Period.From, p.d.Period.To+1, p.d.Period.AsOf+1)
	}
	var ran, solved, housed []drawn
	for _, d := range charts {
		f, s, h := drawnIn(d)
		ran, solved, housed = append(ran, f...), append(solved, s...), append(housed, h...)
	}
	for _, f := range ran {
		x.edges = append(x.edges, f.from, f.until)
	}
	slices.Sort(x.edges)
	x.edges = slices.Compact(x.edges)
	slices.SortStableFunc(x.papers, func(a, b *paper) int { return int(a.d.Period.AsOf - b.d.Period.AsOf) })
	x.durable()
	for _, id := range slices.Sorted(maps.Keys(cumulative)) {
		for _, name := range x.names(id) {
			if of := cumulative[id]; of != "" {
				x.whole(of + strings.TrimPrefix(name, id))
				x.cumulative(name, of+strings.TrimPrefix(name, id))
			} else if len(papers) > 1 {
				x.cumulative(name, name)
			}
		}
	}
	for _, id := range flows {
		for _, name := range x.names(id) {
			if x.overlap(name) {
				x.whole(name)
			}
		}
	}
	x.charts(ran, solved, housed)
	x.pending(housed)
	for i, p := range x.papers {
		if x.rose(nil, p); i > 0 {
			x.successive(x.papers[i-1], p)
		}
	}
	if len(papers) > 1 {
		x.divisions()
		x.bounds()
		x.nights()
	}
	x.curves(charts)
	x.scenariosSet()
	x.met()
	x.cameBack()
}

// names lists the counts of a figure that any report tells of.
func (x *axis) names(id string) []string {
	found := map[string]bool{}
	for _, p := range x.papers {
		for name := range p.cell {
			if rest, ok := strings.CutPrefix(name, id); ok && (rest == "" || rest[0] == '|') && !strings.Contains(name, "#") {
				found[name] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// overlap reports whether two reports tell of the same days, and one hides what they tell.
func (x *axis) overlap(name string) bool {
	hidden, twice := false, false
	for i, p := range x.papers {
		c, ok := p.cell[name]
		if !ok {
			continue
		}
		hidden = hidden || x.r.pub.Cells[c].Low < x.r.pub.Cells[c].High
		for _, q := range x.papers[:i] {
			if _, also := q.cell[name]; also && p.d.Period.From <= q.d.Period.To && q.d.Period.From <= p.d.Period.To {
				twice = true
			}
		}
	}
	return hidden && twice
}

// of returns the pieces of a name: the first is all before the first edge, which only cumulative counts have.
func (x *axis) of(name string) []int {
	if x.pieces[name] == nil {
		for k := range x.edges {
			x.pieces[name] = append(x.pieces[name], x.r.unknown(fmt.Sprintf("%s before %v", name, x.edges[k])))
		}
	}
	return x.pieces[name]
}

// between are the pieces of a name between two days.
func (x *axis) between(name string, from, until day.Day) []int {
	return x.of(name)[slices.Index(x.edges, from)+1 : slices.Index(x.edges, until)+1]
}

// whole says of what happened in each report's period that it is the sum of its pieces. It is entered once.
func (x *axis) whole(name string) {
	if x.pieces[name] != nil {
		return
	}
	for _, p := range x.papers {
		if c, ok := p.cell[name]; ok {
			x.r.equal(x.between(name, p.d.Period.From, p.d.Period.To+1), []int{c})
		}
	}
}

// cumulative says of each report's count from the start that it is the sum of the pieces of a name.
func (x *axis) cumulative(name, pieces string) {
	for _, p := range x.papers {
		if c, ok := p.cell[name]; ok {
			x.r.equal(x.between(pieces, p.d.Terms.Start, p.d.Period.AsOf+1), []int{c})
		}
	}
}

// durable: what first became durable in a time, by outcome, is no more than what ended so in it, and together it is the total.
func (x *axis) durable() {
	names := x.names("durable.cases")
	var added []string
	for _, name := range names {
		if name == "durable.cases" {
			continue
		}
		added = append(added, name)
		x.of(name)
		x.cumulative(name, name)
		ended := "outflow.trajectories" + strings.TrimPrefix(name, "durable.cases")
		x.whole(ended)
		if x.pieces[ended] == nil {
			continue
		}
		for k, c := range x.of(name)[1:] {
			x.r.atMost([]int{c}, []int{x.of(ended)[k+1]}, "further trajectories")
		}
	}
	x.whole("durable.cases_in_period")
	if x.pieces["durable.cases_in_period"] == nil {
		return
	}
	for k, total := range x.of("durable.cases_in_period") {
		var parts []int
		for _, name := range added {
			parts = append(parts, x.of(name)[k])
		}
		x.r.equal(parts, []int{total})
	}
}
