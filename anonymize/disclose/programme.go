package disclose

import (
	"cmp"
	"slices"

	"lvv/anonymize/published"
	"lvv/internal/day"
	"lvv/sql"
	"lvv/transform"
	"lvv/transform/engine"
)

// Member is a pilot of a programme: what it published of a period, and its exact figures of the same.
type Member struct {
	Document *published.Document
	Exact    *transform.Results
}

// Programme decides what readers may see of several pilots together. The pilots stand as they published themselves.
//
// Pilots decide for themselves and do not know of each other, and go on publishing. So nothing that is said of them
// together may narrow what any of them hides, now or by what it publishes later. That is held by construction:
//
//   - What pilots add up is worked out from what they published: exact where all parts are shown, else the range
//     that the parts leave open. It adds nothing to what they said.
//   - A total over the union, such as persons counted once, is shown together with its difference from the pilots'
//     totals: how often somebody is counted twice. That is a count of persons who moved, hidden where it is small,
//     and the total with it, which then reads as its range. It is also hidden where the difference says more of the
//     pilots' breakdowns than what they show forces already: see [programme.forced]; and where what else is shown, here
//     or in others, the programme's documents of other periods, would leave some small numbers possible and not others,
//     whatever it is: see [programme.narrowed]. Then its divisions and the shares of it tell nothing either.
//     So is one that a pilot withholds: it is at least what each pilot shows, unless others may know better of whom it
//     counts ([sql.Elsewhere]): who left one pilot may be in another.
//   - A count over the union by a characteristic is shown where it is the sum of the pilots', in the whole of its
//     table, and then as sums are; else it is not given ([transform.CountedTwice]).
//   - A share that pilots add up is that of the pilots that show theirs, and names the others.
//   - Any other share, and a mean, quantile or point of a curve, is shown where every pilot shows its own: with all but
//     one known, the one that is withheld would follow.
//   - The busiest day is shown where every day is.
//
// Locations are no dimension of it: they stand with their pilots.
func Programme(name string, cat *sql.Catalogue, members []Member, joint []transform.Joint, others ...*published.Programme) *published.Programme {
	p := &programme{cat: cat, members: members, joint: joint, others: others, out: &published.Programme{Name: name, Period: members[0].Document.Period}}
	together := &published.Document{Pilot: name, Period: p.out.Period, DataTo: day.None}
	for _, m := range members {
		p.out.Pilots = append(p.out.Pilots, m.Document)
		together.MinCell = max(together.MinCell, m.Document.MinCell)
		byName := map[string]*published.Figure{}
		for i := range m.Document.Figures {
			f := &m.Document.Figures[i]
			byName[f.Name()] = f
		}
		p.shown = append(p.shown, byName)
	}
	p.minCell, p.out.Together = int64(together.MinCell), together
	for i := range joint {
		j := &joint[i]
		if !published.Carries(cat, j.ID) || slices.ContainsFunc(j.Dims, func(d transform.Dim) bool { return d.Name == "location" }) {
			continue
		}
		if p.out.JoinedAs(j.ID, nil) == nil {
			p.out.Joined = append(p.out.Joined, published.Joined{ID: j.ID, How: string(cat.Figure(j.ID).Together), Pilots: j.Pilots, Without: j.Without})
		}
		together.Figures = append(together.Figures, p.figure(j))
	}
	p.withholdOverlaps()
	p.withholdDays()
	if slices.ContainsFunc(daily(together), (*published.Figure).Suppressed) {
		for i := range together.Figures {
			if f := &together.Figures[i]; f.Date != day.None {
				f.Date = day.None
				f.Hide(&published.Range{High: published.Unbounded})
			}
		}
	}
	p.withholdBeside()
	p.withholdNights()
	return p.out
}

// daily are the counts by day.
func daily(d *published.Document) []*published.Figure {
	var out []*published.Figure
	for i := range d.Figures {
		if f := &d.Figures[i]; len(f.Dims) == 1 && f.Dims[0].Name == "date" {
			out = append(out, f)
		}
	}
	return out
}

// programme is the state of one call of [Programme].
type programme struct {
	cat     *sql.Catalogue
	members []Member
	shown   []map[string]*published.Figure // of each member, by name
	joint   []transform.Joint
	others  []*published.Programme // of other periods
	minCell int64
	out     *published.Programme
}

func (p *programme) figure(j *transform.Joint) published.Figure {
	out := published.Figure{
		ID: j.ID, Dims: j.Dims, Unit: j.Unit, Value: j.Value, Numerator: j.Numerator, Denominator: j.Denominator,
		Date: j.Date, Status: j.Status, Reason: j.Reason,
	}
	f := p.cat.Figure(j.ID)
	if out.Status == "" && out.Value.IsNull() {
		out.Status = transform.Undefined
	}
	switch {
	case j.Status == transform.NotAvailable:
	case f.Together == sql.Sum:
		p.sum(&out, j)
	case !controlled(f, p.out.Period) || j.Date != day.None:
	case !plainCount(&j.Figure) || f.RestsOn != nil && f.RestsOn.Curve != "":
		p.measure(&out, j, f)
	case characteristic(p.cat, j.Dims):
		if !p.addsUp(j) {
			out = published.Figure{ID: j.ID, Dims: j.Dims, Unit: j.Unit, Date: day.None, Status: transform.NotAvailable, Reason: transform.CountedTwice}
			break
		}
		p.sum(&out, j)
	default:
		p.total(&out, j)
	}
	return out
}

// sum shows what the parts add up to, as far as they are shown.
func (p *programme) sum(out *published.Figure, j *transform.Joint) {
	parts := p.parts(j)
	hidden := slices.ContainsFunc(parts, part.Suppressed)
	unsaid := slices.ContainsFunc(parts, func(f part) bool { return f.Known() && f.Numerator.IsNull() && f.Denominator.IsNull() })
	switch {
	case hidden && out.Unit == "count":
		p.hide(out, boundsOf(parts))
	case hidden:
		p.shares(out, j, parts)
	case unsaid:
		out.Numerator, out.Denominator = engine.Value{}, engine.Value{}
	}
}

// shares adds up the shares that are shown, where there are at least two.
func (p *programme) shares(out *published.Figure, j *transform.Joint, parts []part) {
	numerator, denominator, n := int64(0), int64(0), 0
	var without []string
	for _, f := range parts {
		if f.Suppressed() || f.Known() && (f.Numerator.Kind() != engine.Count || f.Denominator.Kind() != engine.Count) {
			without = append(without, f.pilot)
			continue
		}
		if f.Known() {
			n++
			numerator, denominator = numerator+f.Numerator.Int(), denominator+f.Denominator.Int()
		}
	}
	withhold(out)
	if n < 2 || out.Unit != "ratio" {
		return
	}
	out.Withheld, out.Value = "", engine.RealOf(float64(numerator)/float64(denominator))
	out.Numerator, out.Denominator = engine.CountOf(numerator), engine.CountOf(denominator)
	without = slices.Concat(j.Without, without)
	slices.Sort(without)
	p.out.Joined = append(p.out.Joined, published.Joined{ID: out.ID, Dims: out.Dims, Alone: true, How: string(sql.Sum), Pilots: len(p.members) - len(without), Without: without})
}

// hide says of a count what the range says.
func (p *programme) hide(out *published.Figure, r published.Range) {
	if r.Low >= 1 && r.High != published.Unbounded && r.High < p.minCell {
		out.Hide(nil)
	} else {
		out.Hide(&r)
	}
	out.Status, out.Reason = "", ""
}

func withhold(out *published.Figure) {
	out.Value, out.Numerator, out.Denominator, out.Status, out.Reason = engine.Value{}, engine.Value{}, engine.Value{}, "", ""
	out.Withheld = published.Few
}

// added is what the pilots' exact counts come to.
func (p *programme) added(j *transform.Joint, value func(*transform.Figure) engine.Value) int64 {
	sum := int64(0)
	for _, m := range p.members {
		if slices.Contains(j.Without, m.Document.Pilot) {
			continue
		}
		for i := range m.Exact.Figures {
			if f := &m.Exact.Figures[i]; f.ID == j.ID && transform.FigureName(f.ID, f.Dims) == transform.FigureName(j.ID, j.Dims) {
				if v := value(f); v.Kind() == engine.Count {
					sum += v.Int()
				}
			}
		}
	}
	return sum
}

// excess is what the pilots' counts exceed the count over the union by.
func (p *programme) excess(j *transform.Joint) int64 {
	return p.added(j, ownCount) - j.Value.Int()
}

// safe reports whether a difference between the pilots and the union may be told.
func (p *programme) safe(n int64) bool { return n == 0 || max(n, -n) >= p.minCell }

// addsUp reports whether, in the whole table that a count stands in, the union is the sum of the pilots.
func (p *programme) addsUp(j *transform.Joint) bool {
	table := (&count{id: j.ID, dims: j.Dims}).table()
	for i := range p.joint {
		if o := &p.joint[i]; o.ID == j.ID && (&count{id: o.ID, dims: o.Dims}).table() == table && o.Value.Kind() == engine.Count && p.excess(o) != 0 {
			return false
		}
	}
	return true
}

// total shows a count without a characteristic, where its difference from the pilots may be told.
func (p *programme) total(out *published.Figure, j *transform.Joint) {
	excess := p.excess(j)
	added := p.added(j, ownCount)
	told, least := p.safe(excess), max(excess, 0)
	if !told {
		least = min(least, 1) // readers are told that it is at least 1
	}
	parts, open := p.parts(j), p.open(j, added)
	statistic := len(j.Dims) > 0 && p.cat.Figure(j.ID).OnDate == nil
	forced := p.forced(j, least) && (statistic || !p.narrow(0, added-open.Low))
	switch small := p.minCell - 1; {
	case slices.ContainsFunc(parts, part.Suppressed): // a pilot withholds its own
		p.hide(out, published.Range{Low: open.Low, High: published.Unbounded})
		out.Date = day.None
		return
	case !forced:
		out.Hide(&open)
		out.Date = day.None
	case !told && excess > 0:
		p.hide(out, published.Range{Low: max(added-small, 0), High: added - 1})
		out.Date = day.None
	case !told:
		p.hide(out, published.Range{Low: added + 1, High: added + small})
		out.Date = day.None
	}
	if forced && len(j.Dims) == 0 {
		o := published.Overlap{ID: j.ID, Added: added, Excess: excess, Hidden: !told}
		if o.Hidden {
			o.Excess = 0
		}
		p.out.Overlaps = append(p.out.Overlaps, o)
	}
}

// forced reports whether a reader who is told that so many are counted twice learns nothing of the pilots' breakdowns of
// the count: whatever the hidden cells are, as many of the persons in the second largest pilot and those below it
// could be those of the largest with the same characteristic. The cells that are shown, and the least that the others may
// be, must leave room for it.
func (p *programme) forced(j *transform.Joint, twice int64) bool {
	if twice == 0 || len(j.Dims) > 0 {
		return true
	}
	for i := range p.cat.Figures {
		for _, rel := range p.cat.Figures[i].Relations {
			if rel.Kind != sql.Wholly || rel.Part.Of != "" || len(rel.Whole) != 1 || rel.Whole[0].Figure != j.ID || rel.Whole[0].Of != "" || len(rel.Whole[0].Dims) > 0 {
				continue
			}
			if room, has := p.room(&rel.Part); has && room < twice {
				return false
			}
		}
	}
	return true
}

// room adds up, over the values of a breakdown, the least that all pilots but the largest have.
func (p *programme) room(of *sql.Count) (room int64, has bool) {
	type cell struct{ sum, most int64 }
	least := map[string]*cell{}
	for _, m := range p.members {
		for i := range m.Document.Figures {
			f := &m.Document.Figures[i]
			if f.ID != of.Figure || !isCountOf(f, of) {
				continue
			}
			has = true
			c := least[f.Name()]
			if c == nil {
				c = &cell{}
				least[f.Name()] = c
			}
			low := part{f, m.Document.Pilot, m.Document.MinCell}.bounds().Low
			c.sum, c.most = c.sum+low, max(c.most, low)
		}
	}
	for _, c := range least {
		room += c.sum - c.most
	}
	return room, has
}

// isCountOf reports whether a figure is one of the counts that a declaration names by a characteristic.
func isCountOf(f *published.Figure, n *sql.Count) bool {
	if len(f.Dims) != len(n.Dims) {
		return false
	}
	for _, d := range n.Dims {
		if v := f.Dim(d.Name); v == "" || !d.Has(v) || d.Name == "location" {
			return false
		}
	}
	return true
}

// measure shows a share, mean, quantile or point of a curve, where every pilot shows its own, and where a share's
// parts may be told.
func (p *programme) measure(out *published.Figure, j *transform.Joint, f *sql.Figure) {
	parts := p.parts(j)
	known := slices.ContainsFunc(parts, part.Known)
	if slices.ContainsFunc(parts, part.Suppressed) || !known && !j.Value.IsNull() {
		withhold(out)
		return
	}
	if f.RestsOn == nil || j.Numerator.Kind() != engine.Count || j.Denominator.Kind() != engine.Count {
		return
	}
	numerator := p.added(j, func(f *transform.Figure) engine.Value { return f.Numerator }) - j.Numerator.Int()
	denominator := p.added(j, func(f *transform.Figure) engine.Value { return f.Denominator }) - j.Denominator.Int()
	if p.byKind(j, f) && cmp.Or(numerator, denominator) != 0 || !p.safe(numerator) || !p.safe(denominator) {
		withhold(out)
	}
}

// byKind reports whether a share, or a count behind it, is by a characteristic.
func (p *programme) byKind(j *transform.Joint, f *sql.Figure) bool {
	counts := []*sql.Count{f.RestsOn.Numerator, f.RestsOn.Denominator}
	for i := range f.Relations {
		if rel := &f.Relations[i]; rel.Part.Of != "" && sameDims(&count{dims: j.Dims}, &rel.Part) {
			counts = append(counts, &rel.Part)
			for k := range rel.Whole {
				counts = append(counts, &rel.Whole[k])
			}
		}
	}
	for i := range f.Growth {
		if f.Growth[i].Of != "" {
			counts = append(counts, &f.Growth[i].Count)
		}
	}
	return characteristic(p.cat, j.Dims) || slices.ContainsFunc(counts, p.ofKind)
}

// ofKind reports whether a count behind a share is by a characteristic.
func (p *programme) ofKind(n *sql.Count) bool {
	if n == nil {
		return false
	}
	var dims []transform.Dim
	for _, d := range n.Dims {
		dims = append(dims, transform.Dim{Name: d.Name, Value: d.Value})
	}
	return characteristics(p.cat, dims) > 0
}
