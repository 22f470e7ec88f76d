package disclose

import (
	"lvv/anonymize/published"
	"lvv/transform"
	"lvv/transform/engine"
	"slices"
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
