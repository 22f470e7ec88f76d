package transform

import (
	"context"
	"maps"
	"slices"
	"strings"

	"lvv/internal/say"
	models "lvv/sql"
	"lvv/transform/engine"
)

// Compute returns every figure of the catalogue for a period, the series that pictures are drawn
// from, and the change of the main figures since the period before. It may be called several times
// on one engine, with other periods and terms; what does not depend on them is computed once.
func Compute(ctx context.Context, eng engine.Engine, t *Terms, p Period, watch ...Watch) (*Results, error) {
	c, err := newComputation(ctx, eng, t, p, watch...)
	if err != nil {
		return nil, err
	}
	const others = 3 // locations, regions, and the days of the solutions
	c.total = len(c.graph.folder("metrics")) + len(c.graph.folder("series")) + len(c.cat.Curves) + others
	r := &Results{Pilot: t.Pilot, Period: p}
	if r.Figures, err = c.figures(ctx); err != nil {
		return nil, say.Errorf("compute figures: %w", err)
	}
	if r.Series, err = c.series(ctx); err != nil {
		return nil, say.Errorf("compute series: %w", err)
	}
	if r.Changes, err = changes(ctx, eng, t, r); err != nil {
		return nil, say.Errorf("compute changes: %w", err)
	}
	return r, nil
}

// Select runs one model of package sql by its name, such as one of sql/amif, with the parameters of
// the terms and the period, and passes its rows on.
func Select(ctx context.Context, eng engine.Engine, t *Terms, p Period, model string, each func(engine.Row) error) error {
	c, err := newComputation(ctx, eng, t, p)
	if err != nil {
		return err
	}
	return c.query(ctx, model, each)
}

// Ask runs a SELECT that is no model of package sql, with the parameters of the terms and the period and with
// further ones, and passes its rows on. The models that it reads are defined first. Whoever makes the SELECT
// writes no value of a reader's into it: those go into further.
func Ask(ctx context.Context, eng engine.Engine, t *Terms, p Period, query string, further []engine.Param, each func(engine.Row) error) error {
	c, err := newComputation(ctx, eng, t, p)
	if err != nil {
		return err
	}
	for _, f := range further {
		if err := eng.Load(ctx, f); err != nil {
			return err
		}
	}
	const asked = "asked"
	g := &graph{models: maps.Clone(c.graph.models), reads: maps.Clone(c.graph.reads)}
	g.models[asked] = models.Model{Name: asked, Query: query}
	g.reads[asked] = models.References(query)
	c.graph = g
	if err := c.query(ctx, asked, each); err != nil {
		return say.Errorf("ask the engine: %w", err)
	}
	return nil
}

// Watch is told how many SELECTs are done, of how many, after each of them.
type Watch func(done, total int)

// computation is one set of parameters on an engine.
type computation struct {
	eng    engine.Engine
	terms  *Terms // as known on the reference date
	period Period
	graph  *graph
	params []engine.Param
	cat    *models.Catalogue
	curves map[string]*Curve // once estimated, by area
	solved solutions         // once read

	watch       []Watch
	done, total int
}

func newComputation(ctx context.Context, eng engine.Engine, t *Terms, p Period, watch ...Watch) (*computation, error) {
	cat, err := models.Load()
	if err != nil {
		return nil, err
	}
	g, err := loadGraph()
	if err != nil {
		return nil, err
	}
	known := t.KnownOn(p.AsOf)
	c := &computation{eng: eng, terms: known, period: p, graph: g, params: params(eng, cat, t, p), cat: cat, curves: map[string]*Curve{}, watch: watch}
	for _, p := range c.params {
		if err := eng.Load(ctx, p); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// query runs a model after what it rests on.
func (c *computation) query(ctx context.Context, model string, each func(engine.Row) error) error {
	m, ok := c.graph.models[model]
	if !ok {
		return say.Errorf("there is no model %s", model)
	}
	if err := c.graph.define(ctx, c.eng, c.params, model); err != nil {
		return say.Errorf("model %s: %w", model, err)
	}
	if err := c.eng.Query(ctx, m.Query, each); err != nil {
		return say.Errorf("model %s: %w", model, err)
	}
	c.step()
	return nil
}

// step notes that one more SELECT is done.
func (c *computation) step() {
	c.done++
	for _, told := range c.watch {
		told(c.done, c.total)
	}
}

// figures computes the figures with the ids, or all of them.
func (c *computation) figures(ctx context.Context, ids ...string) ([]Figure, error) {
	records, err := c.records(ctx, ids)
	if err != nil {
		return nil, err
	}
	a := assembly{computation: c, records: records}
	if a.locations, err = c.names(ctx, "locations"); err != nil {
		return nil, err
	}
	if a.regions, err = c.names(ctx, "known_regions"); err != nil {
		return nil, err
	}
	var out []Figure
	for i := range c.cat.Figures {
		f := &c.cat.Figures[i]
		if len(ids) == 0 || slices.Contains(ids, f.ID) {
			out = append(out, a.figure(f)...)
		}
	}
	if left := records.unused(ids); left != "" {
		return nil, say.Errorf("the SELECTs return a record that the catalogue does not know: %s", left)
	}
	return out, nil
}

// records runs the metrics that name one of the ids, or all of them, and adds the statistics that SQL
// cannot say well.
func (c *computation) records(ctx context.Context, ids []string) (recordSet, error) {
	records := recordSet{}
	for _, name := range c.graph.folder("metrics") {
		query := c.graph.models[name].Query
		if len(ids) > 0 && !slices.ContainsFunc(ids, func(id string) bool { return strings.Contains(query, "'"+id+"'") }) {
			continue
		}
		if err := c.query(ctx, name, records.add); err != nil {
			return nil, err
		}
	}
	wanted := func(prefix string) bool {
		return len(ids) == 0 || slices.ContainsFunc(ids, func(id string) bool { return strings.HasPrefix(id, prefix) })
	}
	for i := range c.cat.Curves {
		of := &c.cat.Curves[i]
		if wanted(of.Survival) || wanted(of.Median) || wanted(of.Incidence) {
			curve, err := c.curve(ctx, of)
			if err != nil {
				return nil, err
			}
			records.addCurve(c.cat, of, curve)
		}
	}
	if wanted("durable.forecast") {
		s, err := c.solutions(ctx)
		if err != nil {
			return nil, err
		}
		records.addForecast(s, c.terms, c.period)
	}
	return records, nil
}

// names reads a model of one column of texts, sorted.
func (c *computation) names(ctx context.Context, model string) ([]string, error) {
	var names []string
	err := c.query(ctx, model, func(row engine.Row) error {
		names = append(names, row.Values[0].Str())
		return nil
	})
	slices.Sort(names)
	return names, err
}
