package disclose

import (
	"slices"

	"lvv/anonymize/cells"
	"lvv/anonymize/published"
	"lvv/sql"
	"lvv/transform"
)

// Document writes what readers may see as a published document. Its language, terms, theme, quality and
// definitions are left to the caller: the control has no part in them.
func (p *Published) Document(cat *sql.Catalogue) *published.Document {
	r := &p.results
	d := &published.Document{Pilot: r.Pilot, Period: r.Period, MinCell: p.MinCell, Withheld: p.Withheld}
	for i := range r.Figures {
		if f := &r.Figures[i]; published.Carries(cat, f.ID) {
			one := p.publishedFigure(f)
			d.Figures = append(d.Figures, one)
			if level := p.levels[(&count{id: f.ID, dims: f.Dims}).table()]; level != cells.Sharp {
				d.Protect(&one, level == cells.Blurred, level == cells.Withdrawn)
			}
		}
	}
	for i := range p.totals {
		d.Figures = append(d.Figures, p.publishedFigure(&p.totals[i]))
	}
	for i := range r.Series {
		one := publishedSeries(&r.Series[i])
		one.Withheld = p.gaps[one.ID]
		d.Series = append(d.Series, one)
	}
	for _, c := range r.Changes {
		one := published.Comparison{ID: c.ID, Unit: cat.Figure(c.ID).Unit, Period: c.Period, Is: c.Is, Was: c.Was, Difference: c.Difference}
		if c.Status == transform.Suppressed {
			one.Withheld = published.Few
		}
		d.Compared = append(d.Compared, one)
	}
	for _, c := range r.Restatements {
		one := published.Change{ID: c.ID, Dims: c.Dims, Unit: cat.Figure(c.ID).Unit, Period: c.Period, Was: c.Was, Is: c.Is}
		if !published.Carries(cat, c.ID) {
			continue
		}
		d.Changes = append(d.Changes, one)
	}
	withheld := p.WithheldTables(cat)
	for _, c := range r.RowChanges {
		if slices.Contains(withheld, c.Table) {
			continue
		}
		d.Rows = append(d.Rows, published.RowChange{Period: c.Period, Table: c.Table, Was: c.Was, Is: c.Is})
	}
	return d
}

func (p *Published) publishedFigure(f *transform.Figure) published.Figure {
	out := published.Figure{
		ID: f.ID, Dims: f.Dims, Unit: f.Unit, Value: f.Value, Numerator: f.Numerator, Denominator: f.Denominator,
		Date: f.Date, Status: f.Status, Reason: f.Reason,
	}
	switch {
	case f.Status == transform.Suppressed && f.Unit != "count":
		out.Withheld = published.Few
	case f.Status == transform.Suppressed && f.Reason == transform.Covered:
		if out.Range = p.Range(f); out.Range == nil {
			out.Range = &published.Range{High: published.Unbounded}
		}
	case f.Status == transform.Suppressed:
		out.Hidden = published.Small
	case f.Status == "" && f.Value.IsNull():
		out.Status = transform.Undefined
		return out
	default:
		return out
	}
	out.Status, out.Reason = "", ""
	return out
}

func publishedSeries(s *transform.Series) published.Series {
	out := published.Series{ID: s.ID, Rows: s.Rows}
	for i, name := range s.Columns {
		unit := published.NoUnit
		for _, row := range s.Rows {
			if u := published.UnitOf(row[i]); u != published.NoUnit {
				unit = u
			}
		}
		out.Columns = append(out.Columns, published.Column{Name: name, Unit: unit})
	}
	return out
}
