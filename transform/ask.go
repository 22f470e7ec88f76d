package transform

import (
	"context"
	"maps"

	"lvv/internal/say"
	models "lvv/sql"
	"lvv/transform/engine"
)

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
