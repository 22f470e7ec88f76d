package disclose

import (
	"slices"

	"lvv/anonymize/published"
	"lvv/sql"
	"lvv/transform"
	"lvv/transform/engine"
)

// part is what one pilot published of a figure, under its own threshold.
type part struct {
	*published.Figure
	pilot   string
	minCell int
}

// parts are those of the pilots on which a figure rests; one that does not have the record adds nothing.
func (p *programme) parts(j *transform.Joint) []part {
	var out []part
	for i, m := range p.members {
		if f := p.shown[i][transform.FigureName(j.ID, j.Dims)]; f != nil && !slices.Contains(j.Without, m.Document.Pilot) {
			out = append(out, part{f, m.Document.Pilot, m.Document.MinCell})
		}
	}
	return out
}

// bounds are what readers know of a count.
func (f part) bounds() published.Range {
	switch {
	case f.Value.Kind() == engine.Count:
		return published.Range{Low: f.Value.Int(), High: f.Value.Int()}
	case f.Hidden != "":
		return published.Range{Low: 1, High: int64(f.minCell) - 1}
	case f.Range != nil:
		return *f.Range
	case f.Status != "":
		return published.Range{}
	}
	return published.Range{High: published.Unbounded}
}

// open is what the pilots leave open of a count over the union that they add up to so many of.
func (p *programme) open(j *transform.Joint, added int64) published.Range {
	r := published.Range{High: added}
	for _, f := range p.parts(j) {
		r.Low = max(r.Low, f.bounds().Low)
	}
	switch p.cat.Figure(j.ID).Elsewhere {
	case sql.Fewer:
		r.Low = 0
	case sql.More:
		r.High = published.Unbounded
	}
	return r
}

// boundsOf adds up what is known of counts.
func boundsOf(parts []part) published.Range {
	sum := published.Range{}
	for _, f := range parts {
		r := f.bounds()
		sum.Low += r.Low
		if sum.High != published.Unbounded {
			sum.High += r.High
		}
		if r.High == published.Unbounded {
			sum.High = published.Unbounded
		}
	}
	return sum
}
