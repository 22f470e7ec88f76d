package disclose

import (
	"fmt"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"lvv/anonymize/cells"
	"lvv/anonymize/published"
	"lvv/internal/day"
	"lvv/samples"
	"lvv/sql"
	"lvv/transform"
	"lvv/transform/engine"
)

// marked enters what a report tells without a number: by which nights it rounds, and by what stands in the place of a share or mean.
func (p *paper) marked(i *issue) {
	if p.d.Period.From < p.d.Period.To {
		p.rounded()
	}
	p.unsaid(i)
}

// rounded: nights are rounded where few persons are on the reference date, and beside a single such place at a second one. Where all are rounded
// beside a table whose ranges may stand for small counts, that says nothing.
func (p *paper) rounded() {
	var rounded, exact []string
	vague := false
	for _, l := range p.values("occupancy.person_nights", "location", 1) {
		switch f := p.d.Figure("occupancy.person_nights", "location", l); {
		case f.Range != nil:
			rounded = append(rounded, l)
			vague = vague || p.d.ProtectionOf(p.d.Figure("occupancy.persons_on_reference_date", "location", l)) != nil
		case f.Known() && f.Value.Int() > 0:
			exact = append(exact, l)
		}
	}
	few := int64(p.d.MinCell) - 1
	for _, l := range rounded {
		if c, ok := p.one("occupancy.persons_on_reference_date", "location="+l); ok && len(rounded) > 2 && !(vague && len(exact) == 0) {
			p.r.within(c, 1, few)
		}
	}
	for _, l := range exact {
		if c, ok := p.one("occupancy.persons_on_reference_date", "location="+l); ok {
			p.r.outside(c, few)
		}
	}
}

// unsaid: what is undefined rests on nobody. Where anything of a table is, what is withheld in it rests on somebody. A share of everybody that is withheld
// rests on few, unless what is behind it is withheld in the last resort.
func (p *paper) unsaid(i *issue) {
	undefined := map[string]bool{}
	for k := range p.d.Figures {
		f := &p.d.Figures[k]
		undefined[f.ID] = undefined[f.ID] || f.Status == transform.Undefined && p.of(f) != ""
	}
	for k := range p.d.Figures {
		f := &p.d.Figures[k]
		c, ok := p.base(f)
		switch {
		case !ok:
		case f.Status == transform.Undefined:
			p.r.within(c, 0, 0)
		case f.Withheld == "":
		case p.of(f) != "" && undefined[f.ID]:
			p.r.within(c, 1, cells.Unbounded)
		case p.of(f) == "" && !slices.ContainsFunc(i.withheld, func(name string) bool { return strings.Contains(name, strings.TrimSuffix(f.ID, "broad")) }):
			p.r.within(c, 1, int64(p.d.MinCell)-1)
		}
	}
}

// of is the characteristic by which a figure is broken down.
func (p *paper) of(f *published.Figure) string {
	return f.Dim("exit_reason") + f.Dim("scenario") + f.Dim("kind")
}

// base is the count that a share or mean rests on.
func (p *paper) base(f *published.Figure) (int, bool) {
	switch f.ID {
	case "duration.ended":
		if s := f.Dim("scenario"); s != "" && f.Dim("stat") == "mean" {
			return p.one(f.ID, "scenario="+s, "stat=n")
		}
	case "procedure.days_to_decision":
		if k := f.Dim("kind"); k != "" && f.Dim("stat") == "mean" {
			return p.one("procedure.decided", "kind="+k)
		}
	case "stability.sheltered_again", "durable.share_broad", "conference.scenario_set", "conference.change_followed", "conference.consensus", "review.escalated_submitted":
		name := f.Name() + "#d"
		if _, ok := p.cell[name]; !ok && (f.Withheld != "" || f.Status == transform.Undefined) {
			p.cell[name] = p.r.unknown(p.d.Period.Label + " " + name)
		}
		c, ok := p.cell[name]
		return c, ok
	}
	return 0, false
}

// within bounds a cell.
func (r *reader) within(c int, low, high int64) {
	known := &r.pub.Cells[c]
	known.Low, known.High = max(known.Low, low), min(known.High, high)
}

// outside says that a cell is none of the numbers from 1 to few.
func (r *reader) outside(c int, few int64) {
	z := r.unknown("more than few")
	r.pub.Cells[z].High = 1
	rest, room := r.unknown("the rest of more than few"), r.unknown("room up to very many")
	r.pub.Relations = append(r.pub.Relations,
		cells.Relation{Terms: []cells.Term{{Cell: c, Coef: 1}, {Cell: z, Coef: -few - 1}, {Cell: rest, Coef: -1}}},
		cells.Relation{Terms: []cells.Term{{Cell: c, Coef: 1}, {Cell: room, Coef: 1}, {Cell: z, Coef: -1000}}})
}

// unlisted: of a region of destination that a report does not list, there was none.
func (r *reader) unlisted(papers []*paper) {
	for _, p := range papers {
		if len(p.values("durable.destination", "region", 1)) == 0 {
			continue
		}
		for _, other := range papers {
			for _, name := range slices.Sorted(maps.Keys(other.cell)) {
				if _, listed := p.cell[name]; !listed && strings.HasPrefix(name, "durable.destination|") {
					p.cell[name] = r.unknown(p.d.Period.Label + " " + name)
					r.within(p.cell[name], 0, 0)
				}
			}
		}
	}
}

// TestMarksTellNothing: whoever knows what is rounded, withheld, undefined and left out, and why, can exclude no number below the threshold for a small
// count that could not be excluded without. Registers are small, so that tables are vague or withdrawn. LVV_ATTACK_MARKS=24
// tries three reports of as many others.
func TestMarksTellNothing(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	type single struct {
		persons int
		seed    uint64
		period  string
	}
	reports := []single{{40, 598647, "all"}, {30, 436397, "2020-Q3"}}
	for n := range numberOf(t, "LVV_ATTACK_MARKS") {
		for _, period := range []string{"2020-Q3", "all", "2019-03-01..2019-06-30"} {
			reports = append(reports, single{30 + n%3*20, uint64(n), period})
		}
	}
	few := 0
	for _, of := range reports {
		results, err := computeQuarters(register(of.persons, of.seed, 0, 1), of.period)
		if err != nil {
			t.Fatal(err)
		}
		r := results[0]
		o := DefaultOptions(5)
		o.Start, o.Order = day.Of(2019, 3, 1), KeyedOrder(samples.Key(), "A", 0)
		p, err := Protect(r, cat, o)
		if err != nil {
			t.Fatal(err)
		}
		one := issue{d: p.Document(cat), withheld: withheldTotals(p), late: lateOutcomes(r), unmarked: true}
		one.d.Terms.Start = o.Start
		one.exact = map[*published.Document]map[string]int64{one.d: exactly(r, nil)}
		for i := range one.d.Figures {
			f := one.d.Figures[i] // without what may stand in the place of a value
			if f.Hidden, f.Range, f.Withheld = "", nil, ""; one.d.Figures[i].Suppressed() && !reflect.DeepEqual(f, published.Figure{ID: f.ID, Dims: f.Dims, Unit: f.Unit, Date: day.None}) {
				t.Errorf("%v: more is said of what is hidden: %+v", of, f)
			}
		}
		found, excluded, err := excludedByMarks(&one)
		if err != nil {
			t.Errorf("%v: %v", of, err)
		}
		few += found
		for _, s := range excluded {
			t.Errorf("%v: %s", of, s)
		}
	}
	t.Logf("%d small counts", few)
	if few < 10*len(reports) {
		t.Error("too few to mean anything")
	}
}

// numberOf reads a number from the environment.
func numberOf(t *testing.T, name string) (n int) {
	t.Helper()
	text := os.Getenv(name)
	if _, err := fmt.Sscan(text, &n); text != "" && err != nil {
		t.Fatalf("%s=%s: give a number", name, text)
	}
	return n
}

// excludedByMarks lists of the small counts of a report the numbers that marks exclude.
func excludedByMarks(one *issue) (few int, excluded []string, err error) {
	exact := one.exact[one.d]
	r, _, err := attacked([]*issue{one})
	if err != nil {
		return 0, nil, err
	}
	var hidden []int
	for c, name := range r.name {
		n, counted := exact[strings.TrimPrefix(name, one.d.Period.Label+" ")]
		if k := r.pub.Cells[c]; counted && n > 0 && n < int64(one.d.MinCell) && k.Low < k.High {
			hidden = append(hidden, c)
		}
	}
	open, err := cells.Ranges(&r.pub, hidden, cells.DefaultLimits)
	if err != nil {
		return 0, nil, err
	}
	marked := *one
	marked.unmarked = false
	if r, _, err = attacked([]*issue{&marked}); err != nil {
		return 0, nil, err
	}
	for c := range r.pub.Cells {
		r.pub.Cells[c].Must = nil
		for x := open[c].Low; slices.Contains(hidden, c) && x <= min(open[c].High, int64(one.d.MinCell)-1); x++ {
			if x > 0 {
				r.pub.Cells[c].Must = append(r.pub.Cells[c].Must, x)
			}
		}
	}
	found, err := cells.Audit(&r.pub, cells.DefaultLimits)
	if err != nil {
		return 0, nil, err
	}
	for _, f := range found.Findings {
		if len(f.Missing) > 0 {
			excluded = append(excluded, fmt.Sprintf("%s cannot be %v", r.name[f.Cell], f.Missing))
		}
	}
	return len(hidden), excluded, nil
}

// TestWithdrawnTablesAreAlike: where a table is withdrawn, registers that differ in nothing but who of it is where make the same report.
func TestWithdrawnTablesAreAlike(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	results, err := computeQuarters(register(30, 583706, 0, 1), "2020-Q3")
	if err != nil {
		t.Fatal(err)
	}
	report := func(r *transform.Results) *published.Document {
		o := DefaultOptions(5)
		o.Start, o.Order = day.Of(2019, 3, 1), KeyedOrder(samples.Key(), "A", 0)
		p, err := Protect(r, cat, o)
		if err != nil {
			t.Fatal(err)
		}
		return p.Document(cat)
	}
	was := report(results[0])
	for _, table := range [][2]string{{"occupancy.persons_on_reference_date", "location"}, {"inflow.applications", "referred_by"}} {
		var of []*published.Figure // where one more can be
		for _, f := range was.Breakdown(table[0], table[1]) {
			if nights := was.Figure("occupancy.person_nights", "location", f.Dim(table[1])); nights == nil || nights.Range != nil {
				of = append(of, f)
			}
		}
		if p := was.ProtectionOf(of[0]); p == nil || !p.Withdrawn {
			t.Fatalf("%s is not withdrawn", table[0])
		}
		tried := 0
		for k, from := range of {
			to := of[(k+1)%len(of)]
			other := *results[0]
			other.Figures = slices.Clone(other.Figures)
			a, b := other.Figure(table[0], table[1], from.Dim(table[1])), other.Figure(table[0], table[1], to.Dim(table[1]))
			if a.Value.Int() == 0 {
				continue
			}
			a.Value, b.Value = engine.CountOf(a.Value.Int()-1), engine.CountOf(b.Value.Int()+1)
			if !reflect.DeepEqual(report(&other), was) {
				t.Errorf("%s: one who is not at %s but at %s makes another report", table[0], from.Dim(table[1]), to.Dim(table[1]))
			}
			tried++
		}
		if tried == 0 {
			t.Errorf("%s holds nobody", table[0])
		}
	}
}
