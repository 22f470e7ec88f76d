package disclose

import (
	"slices"

	"lvv/internal/day"
	"lvv/sql"
	"lvv/transform"
	"lvv/transform/engine"
)

// withAbsent adds, to breakdowns that list only what occurs, the values that do not, as zeros: that a value is listed would tell
// of it that it is not zero, or, of a region, until when no case of it had applied. It returns the names of those that it added, and whether they are left out again
// where they are shown.
func withAbsent(r *transform.Results, cat *sql.Catalogue) (*transform.Results, map[string]bool) {
	added := map[string]bool{}
	out := *r
	out.Figures = nil
	done := map[string]bool{}
	for i := range r.Figures {
		f := &r.Figures[i]
		l := occurring(cat, f.ID, f.Dims)
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
				zero := transform.Figure{ID: f.ID, Dims: []transform.Dim{{Name: l.Dim, Value: v.Value}}, Unit: f.Unit, Value: engine.CountOf(0), Date: day.None}
				added[name(zero.ID, zero.Dims)] = l.Open == "rows"
				out.Figures = append(out.Figures, zero)
			}
		}
	}
	return &out, added
}

// absent lists the counts of the values that do not occur, which are 0, of the breakdowns among the given that list only what does.
func absent(cat *sql.Catalogue, given []count) (out []count) {
	listed := map[string]bool{}
	for i := range given {
		listed[given[i].name()] = true
	}
	for i := range given {
		l := occurring(cat, given[i].id, given[i].dims)
		if l == nil || given[i].of != "" {
			continue
		}
		for _, v := range l.Values {
			zero := count{id: given[i].id, dims: []transform.Dim{{Name: l.Dim, Value: v.Value}}, valued: true}
			if !listed[zero.name()] {
				listed[zero.name()] = true
				out = append(out, zero)
			}
		}
	}
	return out
}

// occurring returns the list of a breakdown of counts of persons by a characteristic, of which only what occurs in the exports is listed; nil for another.
func occurring(cat *sql.Catalogue, id string, dims []transform.Dim) *sql.List {
	d := cat.Figure(id)
	if d == nil || d.About == sql.Nothing || d.Unit != "count" || len(dims) != 1 || !characteristic(cat, dims) {
		return nil
	}
	for _, b := range d.Breakdowns {
		if len(b) == 1 && b[0].Dim == dims[0].Name && b[0].Open != "" && len(b[0].Values) > 0 {
			return b[0]
		}
	}
	return nil
}
