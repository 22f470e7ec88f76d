package transform

import (
	"context"
	"slices"

	"lvv/internal/say"
	models "lvv/sql"
	"lvv/transform/engine"
)

// mainFigures are the ten that are set beside those of the period before, in the order of the report. All but the
// occupancy rate and the median are totals without a breakdown, which disclosure control shows. The median falls
// back on that of ended courses of guidance where half of all still runs.
var mainFigures = []struct {
	id   string
	dims []string
}{
	{"occupancy.rate", nil},
	{"occupancy.persons_on_reference_date", nil},
	{"inflow.applications", nil},
	{"inflow.admissions", nil},
	{"inflow.pending_on_reference_date", nil},
	{"outflow.shelter_exits", nil},
	{"durable.cases", nil},
	{"course.survival_median", []string{"stat", "estimate"}},
	{"duration.long_stay", nil},
	{"funding.balance", nil},
}

// changes sets the main figures against the period before, computed from the same exports with that
// period's last day as reference date. The first period of a pilot has nothing before it.
func changes(ctx context.Context, eng engine.Engine, t *Terms, r *Results) ([]Change, error) {
	before, ok := r.Period.Before()
	if !ok || before.To < t.Start {
		return nil, nil
	}
	c, err := newComputation(ctx, eng, t, before)
	if err != nil {
		return nil, err
	}
	compared := slices.Clone(mainFigures)
	var ids []string
	for i, m := range compared {
		if m.id == "course.survival_median" && r.Figure(m.id, m.dims...).Value.IsNull() {
			compared[i].id, compared[i].dims = "course.ended", []string{"stat", "median"}
		}
		ids = append(ids, compared[i].id)
	}
	for _, m := range compared {
		if b := c.cat.Figure(m.id).RestsOn; b != nil && b.Base != nil {
			ids = append(ids, b.Base.Figure)
		}
	}
	figures, err := c.figures(ctx, ids...)
	if err != nil {
		return nil, say.Errorf("period %s: %w", before.Label, err)
	}
	was := &Results{Figures: figures}
	var out []Change
	for _, m := range compared {
		change := Change{ID: m.id, Is: r.Figure(m.id, m.dims...).Value, Was: was.Figure(m.id, m.dims...).Value, Period: before.Label}
		change.Difference = difference(change.Is, change.Was)
		if change.WasOf, err = c.restsOn(ctx, was, m.id); err != nil {
			return nil, say.Errorf("period %s: %w", before.Label, err)
		}
		out = append(out, change)
	}
	return out, nil
}

// restsOn is the number that a total of a figure rests on: its base, or the most that were at risk of its curve.
func (c *computation) restsOn(ctx context.Context, r *Results, id string) (int64, error) {
	b := c.cat.Figure(id).RestsOn
	switch {
	case b == nil:
		return 0, nil
	case b.Curve != "":
		of := slices.IndexFunc(c.cat.Curves, func(k models.Curve) bool { return k.ID == b.Curve })
		curve, err := c.curve(ctx, &c.cat.Curves[of])
		if err != nil {
			return 0, err
		}
		most := int64(0)
		for _, s := range curve.Steps {
			most = max(most, s.AtRisk)
		}
		return most, nil
	case b.Base == nil:
		return 0, nil
	}
	var dims []string
	for _, d := range b.Base.Dims {
		dims = append(dims, d.Name, d.Value)
	}
	f := r.Figure(b.Base.Figure, dims...)
	if f == nil {
		return 0, nil
	}
	v := f.Value
	switch b.Base.Of {
	case "numerator":
		v = f.Numerator
	case "denominator":
		v = f.Denominator
	}
	if v.Kind() != engine.Count {
		return 0, nil
	}
	return v.Int(), nil
}

// difference is a less b, null where either is.
func difference(a, b engine.Value) engine.Value {
	switch {
	case a.IsNull() || b.IsNull():
		return engine.Value{}
	case a.Kind() == engine.Count && b.Kind() == engine.Count:
		return engine.CountOf(a.Int() - b.Int())
	case a.Kind() == engine.Money && b.Kind() == engine.Money:
		return engine.CentsOf(a.Int() - b.Int())
	}
	return engine.RealOf(a.Float() - b.Float())
}

// Restate computes an earlier report again, from today's exports with its own reference date, and
// lists every figure that differs, in the order of the catalogue. Figures that only one of the two
// has, such as those of a location that was not known then, count where the other is not zero.
func Restate(ctx context.Context, eng engine.Engine, t *Terms, previous *Results) ([]Restatement, error) {
	c, err := newComputation(ctx, eng, t, previous.Period)
	if err != nil {
		return nil, err
	}
	today, err := c.figures(ctx)
	if err != nil {
		return nil, say.Errorf("restate %s: %w", previous.Period.Label, err)
	}
	was := map[string]*Figure{}
	for i := range previous.Figures {
		f := &previous.Figures[i]
		was[f.ID+" "+key(sortedDims(f.Dims))] = f
	}
	var out []Restatement
	note := func(id string, dims []Dim, was, is engine.Value) {
		if was.String() != is.String() && !(was.IsNull() && zero(is)) && !(is.IsNull() && zero(was)) {
			out = append(out, Restatement{Period: previous.Period.Label, ID: id, Dims: dims, Was: was, Is: is})
		}
	}
	for i := range today {
		f := &today[i]
		k := f.ID + " " + key(sortedDims(f.Dims))
		if old := was[k]; old != nil {
			if old.Value.String() != f.Value.String() {
				out = append(out, Restatement{Period: previous.Period.Label, ID: f.ID, Dims: f.Dims, Was: old.Value, Is: f.Value})
			}
			delete(was, k)
			continue
		}
		note(f.ID, f.Dims, engine.Value{}, f.Value)
	}
	for i := range previous.Figures {
		f := &previous.Figures[i]
		if was[f.ID+" "+key(sortedDims(f.Dims))] != nil {
			note(f.ID, f.Dims, f.Value, engine.Value{})
		}
	}
	return out, nil
}

func zero(v engine.Value) bool {
	return !v.IsNull() && v.Kind() != engine.Date && v.Kind() != engine.Text && v.Float() == 0
}
