package disclose

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"lvv/anonymize/cells"
	"lvv/anonymize/published"
	"lvv/transform/engine"
)

// reader is somebody with published reports who works out what the hidden counts may be. What it knows of how
// figures hang together is written down here, figure by figure, from what they mean; it reads no catalogue.
type reader struct {
	pub    cells.Publication
	name   []string
	behind []int // the small counts that a range stands for
}

// paper is one report in the reader's hands.
type paper struct {
	r    *reader
	d    *published.Document
	cell map[string]int
	// exact says where what readers take to be so is not; see issue.
	exact map[string]int64
	best  []int // the cells of the cases with any outcome, by the best level
	// redrawn are the curves that a later register draws otherwise.
	redrawn map[string]bool
}

const whole = -1 // a coefficient

func (r *reader) unknown(name string) int {
	r.pub.Cells = append(r.pub.Cells, cells.Known{High: cells.Unbounded})
	r.name = append(r.name, name)
	return len(r.pub.Cells) - 1
}

// read enters every count that a report says anything of.
func (r *reader) read(d *published.Document) *paper {
	p := &paper{r: r, d: d, cell: map[string]int{}}
	for i := range d.Figures {
		f := &d.Figures[i]
		name := f.Name()
		if f.Unit == "ratio" && f.Numerator.Kind() == engine.Count && f.Denominator.Kind() == engine.Count && max(f.Numerator.Int(), f.Denominator.Int()) < 1<<20 {
			for k, v := range []engine.Value{f.Numerator, f.Denominator} {
				of := []string{"#n", "#d"}[k]
				c := r.unknown(d.Period.Label + " " + name + of)
				r.pub.Cells[c] = cells.Known{Low: v.Int(), High: v.Int()}
				p.cell[name+of] = c
			}
		}
		if f.Unit == "days" && f.Denominator.Kind() == engine.Count {
			p.cell[name+"#d"] = r.number(f.Denominator.Int())
		}
		if f.Unit != "count" {
			continue
		}
		known := cells.Known{High: cells.Unbounded}
		switch {
		case f.Value.Kind() == engine.Count && f.Value.Int() >= 1<<20:
			continue // places over years
		case f.Value.Kind() == engine.Count:
			known.Low, known.High = f.Value.Int(), f.Value.Int()
		case f.Hidden != "":
			known.Low, known.High = 1, int64(d.MinCell)-1
			for x := known.Low; x <= known.High; x++ {
				known.Must = append(known.Must, x)
			}
		case f.Range != nil:
			known.Low = f.Range.Low
			if f.Range.High != published.Unbounded {
				known.High = f.Range.High
			}
		default:
			continue
		}
		c := r.unknown(d.Period.Label + " " + name)
		r.pub.Cells[c] = known
		p.cell[name] = c
	}
	return p
}

// all returns the cells of a figure by exactly the dimensions, of which some may have a value ("dim=value").
func (p *paper) all(id string, dims ...string) (out []int, complete bool) {
	complete = true
next:
	for i := range p.d.Figures {
		f := &p.d.Figures[i]
		if f.ID != id || len(f.Dims) != len(dims) {
			continue
		}
		for _, d := range dims {
			name, value, fixed := strings.Cut(d, "=")
			if v := f.Dim(name); v == "" || fixed && v != value {
				continue next
			}
		}
		c, ok := p.cell[f.Name()]
		if !ok {
			complete = false
			continue
		}
		out = append(out, c)
	}
	return out, complete && len(out) > 0
}

func (p *paper) one(id string, dims ...string) (int, bool) {
	out, ok := p.all(id, dims...)
	if !ok || len(out) != 1 {
		return 0, false
	}
	return out[0], true
}

// equal says that the left cells add up to the right ones.
func (r *reader) equal(left, right []int) {
	var rel cells.Relation
	for _, c := range left {
		rel.Terms = append(rel.Terms, cells.Term{Cell: c, Coef: 1})
	}
	for _, c := range right {
		rel.Terms = append(rel.Terms, cells.Term{Cell: c, Coef: whole})
	}
	r.pub.Relations = append(r.pub.Relations, rel)
}

// atMost says that the left cells add up to no more than the right ones; it returns what is left over.
func (r *reader) atMost(left, right []int, what string) int {
	rest := r.unknown(what)
	r.equal(append(slices.Clone(left), rest), right)
	return rest
}

// adds says that a breakdown adds up to a count.
func (p *paper) adds(id string, dims []string, total string, totalDims ...string) {
	parts, ok := p.all(id, dims...)
	sum, also := p.one(total, totalDims...)
	if ok && also {
		p.r.equal(parts, []int{sum})
	}
}

// values lists what a dimension of a figure takes.
func (p *paper) values(id, dim string, dims int) []string {
	var out []string
	for i := range p.d.Figures {
		if f := &p.d.Figures[i]; f.ID == id && len(f.Dims) == dims && f.Dim(dim) != "" && !slices.Contains(out, f.Dim(dim)) {
			out = append(out, f.Dim(dim))
		}
	}
	return out
}

// know enters what follows from what the figures of one report mean.
func (p *paper) know() {
	for _, x := range [][2]string{
		{"occupancy.persons_on_reference_date", "location"}, {"inflow.applications", "referred_by"}, {"inflow.refusals", "exclusion_ground"},
		{"outflow.shelter_exits", "exit_reason"}, {"outflow.persons", "exit_reason"}, {"outflow.trajectories", "outcome"}, {"durable.cases", "outcome"},
		{"caseload.cases", "scenario"}, {"procedure.filed", "kind"}, {"procedure.decided", "kind"}, {"procedure.decided", "result"},
		{"procedure.pending_on_reference_date", "kind"}, {"conference.held", "moment"},
	} {
		p.adds(x[0], []string{x[1]}, x[0])
	}
	p.adds("outflow.persons_level", []string{"level"}, "outflow.persons")
	p.adds("durable.region", []string{"region"}, "durable.cases")
	p.adds("duration.ended", []string{"scenario", "stat=n"}, "duration.ended", "stat=n")
	for _, dim := range []string{"sex", "age_band", "region"} {
		p.adds("population.housed", []string{dim}, "occupancy.persons_on_reference_date")
	}
	var groups [][]int // three divisions of the same persons
	for _, dim := range []string{"sex", "age_band", "region"} {
		if parts, ok := p.all("population.admitted", dim); ok {
			groups = append(groups, parts)
		}
	}
	for i := 1; i < len(groups); i++ {
		p.r.equal(groups[0], groups[i])
	}
	for _, o := range p.values("outflow.trajectories", "outcome", 1) {
		p.adds("outflow.scenario_outcome", []string{"scenario", "outcome=" + o}, "outflow.trajectories", "outcome="+o)
	}
	for _, s := range p.values("outflow.scenario_outcome", "scenario", 2) {
		parts, ok := p.all("outflow.scenario_outcome", "scenario="+s, "outcome")
		if ended, also := p.one("duration.ended", "scenario="+s, "stat=n"); ok && also {
			p.r.atMost(parts, []int{ended}, "ended without an outcome")
		}
	}
	for _, dim := range []string{"kind", "result"} {
		for _, v := range p.values("procedure.decided", dim, 1) {
			other := map[string]string{"kind": "result", "result": "kind"}[dim]
			p.adds("procedure.decided", []string{dim + "=" + v, other}, "procedure.decided", dim+"="+v)
		}
	}
	for _, g := range p.values("subgoal.admitted", "special_group", 1) {
		p.adds("subgoal.level", []string{"special_group=" + g, "level"}, "subgoal.admitted", "special_group="+g)
		tested, ok := p.one("subgoal.solution_tested", "special_group="+g)
		if forward, also := p.one("subgoal.put_forward", "special_group="+g); ok && also {
			p.r.atMost([]int{tested}, []int{forward}, "put forward without a tested solution")
		}
	}
	if all, ok := p.all("conference.end_grounds", "end_ground"); ok {
		if escalated, also := p.one("review.escalated"); also {
			all = append(all, escalated)
		}
		if held, also := p.one("conference.held"); also {
			p.r.atMost(all, []int{held}, "conferences that neither ended nor escalated")
		}
	}
	for _, g := range p.values("conference.end_grounds", "end_ground", 1) {
		now, ok := p.one("conference.end_grounds", "end_ground="+g)
		if ever, also := p.one("conference.end_grounds_to_date", "end_ground="+g); ok && also {
			p.r.atMost([]int{now}, []int{ever}, "ended on this ground before")
		}
	}
	if rejected, ok := p.one("procedure.decided", "result=rejected"); ok {
		if moments, also := p.one("conference.change_moments"); also {
			p.r.atMost([]int{rejected}, []int{moments}, "changes of scenario")
		}
	}
	p.running()
	p.offers()
	p.decided()
	p.left()
	p.there()
	p.grantedLater()
	p.levels()
	p.durable()
	if p.d.Period.AsOf == p.d.Period.To {
		for _, l := range p.values("occupancy.persons_on_reference_date", "location", 1) {
			persons, ok := p.one("occupancy.persons_on_reference_date", "location="+l)
			if nights, also := p.one("occupancy.person_nights", "location="+l); ok && also {
				p.r.atMost([]int{persons}, []int{nights}, "other nights")
			}
		}
	}
	p.adds("occupancy.person_nights", []string{"location"}, "occupancy.person_nights")
}

// running: every case in guidance has a trajectory of its scenario that runs, and all that run are counted.
func (p *paper) running() {
	total, ok := p.one("duration.running", "stat=n")
	if !ok {
		return
	}
	var all []int
	for _, s := range p.values("caseload.cases", "scenario", 1) {
		run := p.r.unknown(p.d.Period.Label + " trajectories running of " + s)
		p.cell["running|scenario="+s] = run
		if cases, ok := p.one("caseload.cases", "scenario="+s); ok {
			p.r.atMost([]int{cases}, []int{run}, "others that run")
		}
		all = append(all, run)
	}
	if len(all) > 0 {
		p.r.equal(all, []int{total})
	}
}

// levels: the shares of those who left count the same persons as the levels.
func (p *paper) levels() {
	durable, ok := p.one("outflow.persons_level", "level=durable")
	semi, also := p.one("outflow.persons_level", "level=semi_durable")
	if !ok || !also {
		return
	}
	if n, ok := p.cell["durable.leavers_strict#n"]; ok {
		p.r.equal([]int{durable}, []int{n})
	}
	if n, ok := p.cell["durable.leavers_broad#n"]; ok {
		p.r.equal([]int{durable, semi}, []int{n})
	}
}

// durable: those who returned or moved on went somewhere, and of the returns some are proven.
func (p *paper) durable() {
	back, ok := p.one("durable.cases", "outcome=return")
	on, also := p.one("durable.cases", "outcome=onward")
	if where, listed := p.all("durable.destination", "region"); ok && also && listed {
		p.r.equal(where, []int{back, on})
	}
	if proven, listed := p.one("durable.proven"); ok && listed {
		p.r.atMost([]int{proven}, []int{back}, "returns without proof")
	}
}

// best are the levels of outcomes, the best first.
var best = []string{"durable", "semi_durable", "none"}

// levelled enters what is known of a report as it was handed out, not of it as it reads today: how many were admitted in all, and that those admitted
// since the pilot's start who got so far are among all who did since then, unless they got there before.
func (p *paper) levelled(late bool) {
	p.adds("subgoal.admitted", []string{"special_group"}, "subgoal.admitted")
	if !late {
		return
	}
	var all []int
	for n, of := range []string{"durable.cases", "durable.share_broad#n", "durable.share_broad#d"} {
		column, ok := p.all("subgoal.level", "special_group", "level="+best[n])
		if all = append(all, column...); !ok {
			return
		}
		if got, known := p.cell[of]; known {
			p.r.atMost(all, []int{got}, "got so far and were not admitted since the start")
		}
		p.r.atMost(column, p.best[n:n+1], "are at that level and were not admitted since the start")
	}
}

// attacked reads reports in the order in which they were handed out, and returns what they leave open.
func attacked(issues []*issue) (*reader, *cells.Report, error) {
	r := &reader{pub: cells.Publication{MinCell: int64(issues[0].d.MinCell)}}
	var papers []*paper
	for _, i := range issues {
		p := r.read(i.d)
		p.exact = i.exact[i.d]
		p.behindRanges()
		p.know()
		p.solvedCases()
		p.returns()
		p.levelled(i.late)
		p.allOwn(i.own)
		p.ofRows(i.rows)
		p.waited()
		p.apart()
		if !i.unmarked {
			p.marked(i)
		}
		p.aged()
		papers = append(papers, p)
	}
	if !issues[0].unmarked {
		r.unlisted(papers)
	}
	corrected := slices.ContainsFunc(issues, func(i *issue) bool { return len(i.corrected) > 0 })
	for n, later := range issues {
		of := []*paper{papers[n]}
		for _, p := range papers[:n] {
			of = append(of, p.today(later))
		}
		if charts := []*published.Document{later.d}; corrected {
			r.compare(of, charts)
		} else if n == len(issues)-1 {
			for _, before := range issues[:n] {
				charts = append(charts, before.d)
			}
			r.compare(of, charts)
		}
	}
	found, err := cells.Audit(&r.pub, cells.DefaultLimits)
	return r, found, err
}

// behindRanges lists the small counts that the report gives a range of: readers may not know them.
func (p *paper) behindRanges() {
	for i := range p.d.Figures {
		f := &p.d.Figures[i]
		if n := p.exact[f.Name()]; f.Range != nil && f.Range.Low < f.Range.High && n > 0 && n < int64(p.d.MinCell) {
			p.r.behind = append(p.r.behind, p.cell[f.Name()])
		}
	}
}

// attack returns what of the reports' promised counts can be narrowed.
func attack(issues []*issue) (promised int, narrowed []string, err error) {
	r, found, err := attacked(issues)
	if c, ok := errors.AsType[*cells.ContradictionError](err); ok {
		return 0, nil, fmt.Errorf("%w, such as %s", err, r.name[c.Cells[0]])
	}
	if err != nil {
		return 0, nil, err
	}
	left, err := cells.Ranges(&r.pub, r.behind, cells.DefaultLimits)
	if err != nil {
		return 0, nil, err
	}
	for _, c := range r.behind {
		promised++
		if left[c].Low == left[c].High {
			narrowed = append(narrowed, fmt.Sprintf("%s is %d", r.name[c], left[c].Low))
		}
	}
	for _, f := range found.Findings {
		promised++
		if len(f.Missing) > 0 {
			narrowed = append(narrowed, fmt.Sprintf("%s cannot be %v (%d unproven)", r.name[f.Cell], f.Missing, len(f.Unproven)))
		}
	}
	return promised, narrowed, nil
}
