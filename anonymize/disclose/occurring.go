package disclose

import (
	"slices"

	"lvv/sql"
	"lvv/transform"
)

// withAbsent adds, to breakdowns that list only what occurs, the values that do not, as zeros: that a value is listed would tell
// of it that it is not zero. It returns the names of those that it added.
func withAbsent(r *transform.Results, cat *sql.Catalogue) (*transform.Results, map[string]bool) {
	added := map[string]bool{}
	out := *r
	out.Figures = nil
	done := map[string]bool{}
	for i := range r.Figures {
		f := &r.Figures[i]
		l := occurring(cat, f)
		switch {
		case l == nil || f.Status != "":
			out.Figures = append(out.Figures, *f)
		case !done[f.ID]:
			done[f.ID] = true
			for _, v := range l.Values {
				at := slices.IndexFunc(r.Figures, func(g transform.Figure) bool {
					return g.ID == f.ID && len(g.Dims) == 1 && g.Dims[0] == transform.Dim{Name: l.Dim, Value: v.Value}
				})
				if at >= 0 {
					out.Figures = append(out.Figures, r.Figures[at])
					continue
				}
				zero := transform.Figure{ID: f.ID, Dims: []transform.Dim{{Name: l.Dim, Value: v.Value}}, Unit: f.Unit, Value: transform.CountOf(0)}
				added[name(zero.ID, zero.Dims)] = true
				out.Figures = append(out.Figures, zero)
			}
		}
	}
	return &out, added
}

// occurring returns the list of a breakdown of counts of persons by a characteristic, of which only what occurs is listed; nil for another figure.
func occurring(cat *sql.Catalogue, f *transform.Figure) *sql.List {
	d := cat.Figure(f.ID)
	if d == nil || d.About == sql.Nothing || f.Unit != "count" || len(f.Dims) != 1 || !characteristic(cat, f.Dims) {
		return nil
	}
	for _, b := range d.Breakdowns {
		if len(b) == 1 && b[0].Dim == f.Dims[0].Name && b[0].Open == "rows" && len(b[0].Values) > 0 {
			return b[0]
		}
	}
	return nil
}
