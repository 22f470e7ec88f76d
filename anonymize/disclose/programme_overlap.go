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

// withholdOverlaps withholds totals of which it is told how many are counted twice, where what else is told narrows it, or it that: see [programme.narrowed].
// Withholding one tells less of the others, and never more.
func (p *programme) withholdOverlaps() {
	for {
		var withheld []string
		for _, o := range p.out.Overlaps {
			if p.narrowed(o) {
				withheld = append(withheld, o.ID)
			}
		}
		if withheld == nil {
			return
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
}

// withholdDays withholds days of which those among whom all are counted twice, whom a day counts twice, narrow how many these are, and the reference
// date where the total on it is not told.
func (p *programme) withholdDays() {
	for _, out := range daily(p.out.Together) {
		j, f := p.jointAs(out), p.cat.Figure(out.ID)
		if j == nil || len(f.Twice) == 0 || slices.ContainsFunc(p.parts(j), part.Suppressed) {
			continue
		}
		added := p.added(j, ownCount)
		open := p.open(j, added)
		b := &bounds{p: p, high: added - open.Low}
		if excess := p.excess(j); p.safe(excess) {
			b.own = twice{added, excess, excess}
		} else {
			b.own = twice{added, 1, p.minCell - 1}
		}
		b.twice(p.toldTwice(f))
		isTotal := out.Dims[0].Value == p.out.Period.AsOf.String()
		if b.narrows || p.narrowing(b.low, b.high) || isTotal && p.untold(f.OnDate.Figure) {
			out.Hide(&open)
		}
	}
}

// withholdBeside withholds the divisions of totals that pilots show and of which it is not told how many are counted twice, and the shares of them:
// whether a division adds up tells whether anybody is.
func (p *programme) withholdBeside() {
	for i := range p.out.Together.Figures {
		out := &p.out.Together.Figures[i]
		f := p.cat.Figure(out.ID)
		of := slices.IndexFunc(f.Relations, func(rel sql.Relation) bool {
			return rel.Kind == sql.Wholly && p.holds(&rel) && ofTotals(&sql.Relation{Whole: rel.Whole}) && isCountOf(out, &rel.Part) && len(out.Dims) > 0 && p.untold(rel.Whole[0].Figure)
		})
		switch {
		case out.Status != "" && out.Reason != transform.CountedTwice:
		case of >= 0:
			r := published.Range{High: boundsOf(p.parts(p.jointAs(out))).High}
			if rel := &f.Relations[of]; rel.ButFor != "" {
				r.High = published.Unbounded
			} else if r.High != published.Unbounded {
				r.High = max(r.High, p.added(p.jointNamed(rel.Whole[0].Figure), ownCount))
			}
			out.Status, out.Reason = "", ""
			out.Hide(&r)
		case f.RestsOn != nil && out.Known() && slices.ContainsFunc([]*sql.Count{f.RestsOn.Numerator, f.RestsOn.Denominator, f.RestsOn.Base}, func(n *sql.Count) bool {
			return n != nil && n.Of == "" && len(n.Dims) == 0 && p.untold(n.Figure)
		}):
			withhold(out)
		}
	}
}

// untold reports whether pilots show a total over the union, and how many it counts twice is not told.
func (p *programme) untold(id string) bool {
	j, f := p.jointNamed(id), p.cat.Figure(id)
	return j != nil && j.Status == "" && f.Together == sql.Union && f.About != sql.Nothing && published.Carries(p.cat, id) && !slices.ContainsFunc(p.parts(j), part.Suppressed) &&
		!slices.ContainsFunc(p.out.Overlaps, func(o published.Overlap) bool { return o.ID == id })
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
		f, j := p.cat.Figure(out.ID), p.jointAs(out)
		switch {
		case out.Status != "" || f.About != sql.Nothing || f.Together != sql.Union || j == nil:
		case f.Nightly != "" && len(out.Dims) == 0:
			r := boundsOf(days)
			out.Hide(&r)
		case f.Nightly != "":
			if sum := boundsOf(p.parts(j)).High; sum != 0 { // else nobody is there; and another pilot may know better of whom a night is
				out.Hide(&published.Range{High: sum})
			}
		case f.RestsOn != nil && (ofNights(f.RestsOn.Numerator) || ofNights(f.RestsOn.Denominator)):
			withhold(out)
		case f.Elsewhere == sql.More:
			out.Hide(&published.Range{Low: boundsOf(p.parts(j)).Low, High: published.Unbounded})
		}
	}
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

// jointAs finds the count together that a figure is published of.
func (p *programme) jointAs(f *published.Figure) *transform.Joint {
	return lists.Find(p.joint, func(j *transform.Joint) bool { return j.ID == f.ID && transform.FigureName(j.ID, j.Dims) == f.Name() })
}

// figureNamed finds what is published of a figure together.
func (p *programme) figureNamed(j *transform.Joint) *published.Figure {
	name := transform.FigureName(j.ID, j.Dims)
	return lists.Find(p.out.Together.Figures, func(f *published.Figure) bool { return f.ID == j.ID && f.Name() == name })
}

// ownCount is what a pilot's count is.
func ownCount(f *transform.Figure) engine.Value { return f.Value }
