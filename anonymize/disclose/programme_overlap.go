package disclose

import (
	"slices"

	"lvv/anonymize/published"
	"lvv/internal/lists"
	"lvv/sql"
	"lvv/transform"
	"lvv/transform/engine"
)

// narrow reports whether bounds on how many are counted twice leave some of the small numbers and not others. Whether that is told is
// decided by what readers know without it, so that they learn nothing from its not being told.
func (p *programme) narrow(low, high int64) bool {
	small := p.minCell - 1
	return low <= small && high >= 1 && (low > 1 || high < small)
}

// withholdOverlaps withholds totals of persons of whom it is told how many are counted twice, where what is told of others narrows it that may be
// some of them. Whoever is counted twice, and not among those, is in at least one pilot none of them: at most so many more are counted
// twice as the pilots' own counts exceed those of the part, and no fewer than of the part.
func (p *programme) withholdOverlaps() {
	var withheld []string
	for _, o := range p.out.Overlaps {
		if whole := p.jointNamed(o.ID); whole != nil && p.narrowed(whole, o) {
			withheld = append(withheld, o.ID)
		}
	}
	for i := range p.out.Together.Figures {
		f := &p.out.Together.Figures[i]
		if len(f.Dims) == 0 && slices.Contains(withheld, f.ID) {
			j := p.jointNamed(f.ID)
			r := p.open(j, p.added(j, ownCount))
			f.Hide(&r)
		}
	}
	p.out.Overlaps = slices.DeleteFunc(p.out.Overlaps, func(o published.Overlap) bool { return slices.Contains(withheld, o.ID) })
}

// withholdNights withholds the nights of all pilots together, what rests on them, and how many of them are registered twice, where it is not told of every
// day how many persons are counted twice: over a few days, or if they are always the same, the nights tell it. There are as many as the days leave open.
func (p *programme) withholdNights() {
	days := lists.Map(daily(p.out.Together), func(f *published.Figure) part { return part{Figure: f, minCell: int(p.minCell)} })
	if !slices.ContainsFunc(days, part.Suppressed) {
		return
	}
	ofNights := func(n *sql.Count) bool { return n != nil && p.cat.Figure(n.Figure).Nightly != "" }
	for i := range p.out.Together.Figures {
		out := &p.out.Together.Figures[i]
		f, j := p.cat.Figure(out.ID), lists.Find(p.joint, func(j *transform.Joint) bool { return transform.FigureName(j.ID, j.Dims) == out.Name() })
		switch {
		case out.Status != "" || f.About != sql.Nothing || f.Together != sql.Union || j == nil:
		case f.Nightly != "" && len(out.Dims) == 0:
			r := boundsOf(days)
			out.Hide(&r)
		case f.Nightly != "":
			if sum := boundsOf(p.parts(j)).High; sum > 0 { // else nobody is there
				r := p.open(j, sum)
				out.Hide(&r)
			}
		case f.RestsOn != nil && (ofNights(f.RestsOn.Numerator) || ofNights(f.RestsOn.Denominator)):
			withhold(out)
		case f.Elsewhere == sql.More:
			out.Hide(&published.Range{Low: boundsOf(p.parts(j)).Low, High: published.Unbounded})
		}
	}
}

// narrowed reports whether parts of a total tell of it, or it of them, which small numbers are counted twice.
func (p *programme) narrowed(whole *transform.Joint, o published.Overlap) bool {
	added, excess := p.added(whole, ownCount), p.excess(whole)
	low, high := int64(0), added-p.open(whole, added).Low
	for _, some := range p.partsOf(whole) {
		left := added - p.added(some, ownCount)
		if left == 0 { // the same persons, of whom the same is told
			continue
		}
		at := slices.IndexFunc(p.out.Overlaps, func(o published.Overlap) bool { return o.ID == some.ID })
		switch {
		case len(some.Dims) > 0: // a day, which is shown
			low, high = max(low, p.excess(some)), min(high, p.excess(some)+left)
		case at < 0:
		case !p.out.Overlaps[at].Hidden:
			low, high = max(low, p.out.Overlaps[at].Excess), min(high, p.out.Overlaps[at].Excess+left)
		default: // small of the part
			low, high = max(low, 1), min(high, p.minCell-1+left)
			if left < p.minCell-1 || !o.Hidden && excess > left+1 {
				return true
			}
		}
	}
	return p.narrow(low, high)
}

// partsOf are the counts together, of totals and of every day that is shown, of whom readers may find that they are some of the persons of
// a total: no pilot has more of them. It matters only where the numbers are near, and then readers can hardly take them for others.
func (p *programme) partsOf(whole *transform.Joint) []*transform.Joint {
	var out []*transform.Joint
	for i := range p.joint {
		j := &p.joint[i]
		f := p.cat.Figure(j.ID)
		if f.OnDate != nil {
			f = p.cat.Figure(f.OnDate.Figure)
		}
		if j.Value.Kind() != engine.Count || !distinct(f) || !distinct(p.cat.Figure(whole.ID)) || j.ID == whole.ID || characteristic(p.cat, j.Dims) {
			continue
		}
		if day := p.figureNamed(j); day == nil || len(j.Dims) > 0 && !day.Known() {
			continue
		}
		if p.noMore(j, whole) {
			out = append(out, j)
		}
	}
	return out
}

// distinct reports whether a figure over the union is of distinct persons, each in one pilot at least.
func distinct(f *sql.Figure) bool {
	return f.Unit == "count" && f.About == sql.Persons && f.Together == sql.Union && f.Elsewhere == ""
}

// noMore reports whether every pilot shows no more of one count than of another.
func (p *programme) noMore(j, than *transform.Joint) bool {
	for _, shown := range p.shown {
		var n [2]int64
		for i, name := range []string{transform.FigureName(j.ID, j.Dims), transform.FigureName(than.ID, than.Dims)} {
			switch f := shown[name]; {
			case f == nil || f.Status != "":
			case !f.Known():
				return false
			default:
				n[i] = f.Value.Int()
			}
		}
		if n[0] > n[1] {
			return false
		}
	}
	return true
}

// jointNamed finds the total of a figure together.
func (p *programme) jointNamed(id string) *transform.Joint {
	return lists.Find(p.joint, func(j *transform.Joint) bool { return j.ID == id && len(j.Dims) == 0 })
}

// figureNamed finds what is published of a figure together.
func (p *programme) figureNamed(j *transform.Joint) *published.Figure {
	name := transform.FigureName(j.ID, j.Dims)
	return lists.Find(p.out.Together.Figures, func(f *published.Figure) bool { return f.ID == j.ID && f.Name() == name })
}

// ownCount is what a pilot's count is.
func ownCount(f *transform.Figure) engine.Value { return f.Value }
