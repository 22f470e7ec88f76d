package disclose

import (
	"slices"

	"lvv/anonymize/published"
	"lvv/internal/lists"
	"lvv/sql"
)

// many is more than anybody is counted.
const many = int64(1) << 40

// twice is what readers are told of how many are counted twice in a total, or, below none, only together.
type twice struct {
	added     int64 // the pilots' counts, as far as readers know at most; or many
	low, high int64
}

// known reports whether it is told exactly.
func (t twice) known() bool { return t.low == t.high }

// told is what a document tells of a total; ok is false where it has none. Without a word it is what the pilots leave open.
func (p *programme) told(in *published.Programme, id string) (t twice, ok bool) {
	total := totalOf(in.Together, id)
	if total == nil || total.Status != "" {
		return t, false
	}
	var parts []part
	for _, d := range addedUp(in, id) {
		if f := totalOf(d, id); f != nil {
			parts = append(parts, part{f, d.Pilot, d.MinCell})
		}
	}
	sum := boundsOf(parts)
	if t.added = sum.High; t.added == published.Unbounded {
		t.added = many
	}
	f, small := p.cat.Figure(id), int64(in.Together.MinCell)-1
	switch o := lists.Find(in.Overlaps, func(o *published.Overlap) bool { return o.ID == id }); {
	case f.Together == sql.Sum:
	case o == nil:
		t.low, t.high = unsaid(f, parts, t.added)
	case !o.Hidden:
		t.low, t.high = o.Excess, o.Excess
	case o.Added == 0 || total.Range != nil && total.Range.Low > o.Added:
		t.low, t.high = -small, -1
	default:
		t.low, t.high = 1, small
	}
	return t, true
}

// addedUp are the reports of the pilots that a total rests on.
func addedUp(in *published.Programme, id string) (out []*published.Document) {
	joined := in.JoinedAs(id, nil)
	for _, d := range in.Pilots {
		if joined != nil && !slices.Contains(joined.Without, d.Pilot) {
			out = append(out, d)
		}
	}
	return out
}

// unsaid is what the pilots leave open of how many are counted twice.
func unsaid(f *sql.Figure, parts []part, added int64) (low, high int64) {
	if f.Elsewhere == sql.More {
		low = -many
	}
	most := int64(0)
	for _, one := range parts {
		most = max(most, one.bounds().Low)
	}
	if f.Elsewhere == sql.Fewer {
		most = 0
	}
	return low, added - most
}

// bounds gather what readers know, without being told, of how many are counted twice in a total, and whether its being told would narrow what they
// know of another.
type bounds struct {
	p         *programme
	own       twice // what is told of the total
	low, high int64
	narrows   bool
	near      bool // another may be small, and this one, where it is not, hardly more
	few       bool // another may be small, and is hardly more than this one, where it is none
}

// narrowing reports whether bounds leave some of the small numbers and not others, of those counted twice or of those counted only together.
func (p *programme) narrowing(low, high int64) bool {
	return p.narrow(low, high) || p.narrow(-high, -low)
}

// beside enters another total, of which as many are counted twice and least more at least, most more at most.
func (b *bounds) beside(t twice, least, most int64) {
	b.low, b.high = max(b.low, t.low+least), min(b.high, t.high+most)
	if t.known() {
		return
	}
	b.other(t, b.own.low-most, b.own.high-least)
	small := b.p.minCell - 1
	b.near = b.near || most > 0 && most < small
	b.few = b.few || least < 0 && -least <= small
}

// other enters that so many at least, and so many at most, are counted twice in another total by what is told of this one.
func (b *bounds) other(t twice, least, most int64) {
	least, most = max(t.low, least), min(t.high, most)
	b.narrows = b.narrows || (least > t.low || most < t.high) && b.p.narrowing(least, most)
}

// twice enters the totals by which all who are counted twice in this one are counted twice.
func (b *bounds) twice(all []twice) {
	sum := int64(0)
	for _, t := range all {
		sum += max(t.high, 0)
	}
	b.low, b.high = max(b.low, -sum), min(b.high, sum)
	for _, t := range all {
		if !t.known() {
			b.other(t, max(b.own.low, -b.own.high)-(sum-t.high), many)
		}
	}
}

// narrowed reports whether readers could narrow how many a total counts twice where that is small, or by what is told of it how many another does:
//
//   - Of persons, by parts of them. Whoever is counted twice, and not among those, is in at least one pilot none of them: at most so many more are
//     counted twice as the pilots' own counts exceed those of the part, and no fewer than of the part.
//   - Of anything else, by what it does not exceed ([sql.AtMost]).
//   - By those among whom all are counted twice ([sql.Meaning.Twice]).
//   - Of what never falls, by the programme's reports of other dates.
func (p *programme) narrowed(o published.Overlap) bool {
	f := p.cat.Figure(o.ID)
	whole := p.jointNamed(o.ID)
	b := &bounds{p: p}
	b.own, _ = p.told(p.out, o.ID)
	b.low, b.high = unsaid(f, p.parts(whole), o.Added)
	for _, some := range p.partsOf(whole) {
		t := twice{added: p.added(some, ownCount)}
		if len(some.Dims) > 0 { // a day, which is shown
			t.low, t.high = p.excess(some), p.excess(some)
		} else if t, _ = p.told(p.out, some.ID); t.added == o.Added {
			continue // the same persons, of whom the same is told
		}
		b.beside(t, 0, o.Added-t.added)
	}
	for i := range f.Relations {
		if rel := &f.Relations[i]; rel.Kind == sql.AtMost && !distinct(f) && p.holds(rel) && ofTotals(rel) {
			of := twice{}
			for _, n := range rel.Whole {
				t, ok := p.told(p.out, n.Figure)
				if !ok {
					t = twice{many, -many, many}
				}
				of = twice{of.added + t.added, of.low + t.low, of.high + t.high}
			}
			b.beside(of, o.Added-of.added, many)
		}
	}
	if len(f.Twice) > 0 {
		b.twice(p.toldTwice(f))
	}
	if f.Accumulates == sql.FromStart {
		p.atOtherDates(b, f, o)
	}
	small := p.minCell - 1
	return b.narrows || b.near && b.high > small || b.few && b.low <= 0 || p.narrowing(b.low, b.high)
}

// toldTwice is what is told of those among whom all are counted twice, whom a figure counts twice.
func (p *programme) toldTwice(f *sql.Figure) []twice {
	return lists.Map(f.Twice, func(n sql.Count) twice {
		t, ok := p.told(p.out, n.Figure)
		if !ok {
			t.low, t.high = many, many
		}
		return t
	})
}

// atOtherDates enters what was told of a total from the start in the reports of other dates: where it rests on no fewer pilots the total does not fall, nor
// does how many distinct persons it counts twice.
func (p *programme) atOtherDates(b *bounds, f *sql.Figure, o published.Overlap) {
	rest := many
	if distinct(f) {
		rest = 0
	}
	among := func(some, all *published.Programme) bool {
		return !slices.ContainsFunc(addedUp(some, o.ID), func(one *published.Document) bool {
			return !slices.ContainsFunc(addedUp(all, o.ID), func(d *published.Document) bool { return d.Pilot == one.Pilot })
		})
	}
	for _, d := range p.others {
		t, ok := p.told(d, o.ID)
		switch later := d.Period.AsOf > p.out.Period.AsOf; {
		case !ok:
		case later && among(p.out, d):
			b.beside(t, -max(t.added-o.Added, 0), rest)
		case !later && among(d, p.out):
			b.beside(t, -rest, max(o.Added-t.added, 0))
		}
	}
}

// holds reports whether a relation holds of the period.
func (p *programme) holds(r *sql.Relation) bool {
	period := p.out.Period
	return (!r.InPeriod || period.From <= period.AsOf && period.AsOf <= period.To) &&
		!(r.AllSoFar && slices.ContainsFunc(p.members, func(m Member) bool { return m.Document.Terms.Start < period.From }))
}

// ofTotals reports whether a relation compares a total with totals.
func ofTotals(r *sql.Relation) bool {
	return len(r.Part.Dims) == 0 && r.Part.Of == "" && r.Beyond == nil && r.Before == nil && !slices.ContainsFunc(r.Whole, func(n sql.Count) bool { return len(n.Dims) > 0 || n.Of != "" })
}

func totalOf(d *published.Document, id string) *published.Figure {
	return lists.Find(d.Figures, func(f *published.Figure) bool { return f.ID == id && len(f.Dims) == 0 })
}
