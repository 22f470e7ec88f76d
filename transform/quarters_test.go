package transform

import (
	"testing"

	"lvv/transform/engine"
)

// TestMainQuarters holds each quarter of the series against the figures of a report on that quarter, in registers that
// are awkward in every way.
func TestMainQuarters(t *testing.T) {
	t.Parallel()
	columns := []string{"occupancy.rate", "occupancy.persons_on_reference_date", "inflow.pending_on_reference_date", "durable.cases", "duration.long_stay", "funding.balance"}
	store := newStoreWriter(t)
	quarters, long := 0, 0
	for seed := range uint64(3) {
		w, terms, p := newRandomWorld(seed)
		terms.LongStayDays, terms.Extensions = 10, nil // an extension is known from the day on which it is decided
		p.AsOf = max(p.AsOf, terms.Start+400)
		eng := openStore(t, store.write(t, w), 1)
		c, err := newComputation(t.Context(), eng, terms, p)
		if err != nil {
			t.Fatal(err)
		}
		all, err := c.series(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		rows := (&Results{Series: all}).SeriesNamed("main.quarters").Rows
		for _, row := range rows {
			label := row[0].Str()
			q, err := ParsePeriod(label, "", terms)
			if err != nil {
				t.Fatal(err)
			}
			if c, err = newComputation(t.Context(), eng, terms, q); err != nil {
				t.Fatal(err)
			}
			figures, err := c.figures(t.Context(), columns...)
			if err != nil {
				t.Fatal(err)
			}
			r := &Results{Figures: figures}
			for i, id := range columns {
				is := r.Figure(id)
				if is.Status == NotAvailable || is.Status == Undefined {
					is.Value = engine.Value{}
				}
				if !same(row[i+2].String(), is.Value.String()) {
					t.Errorf("seed %d, %s: %s is %v, in the series %v", seed, label, id, is.Value, row[i+2])
				}
			}
			quarters++
			if row[6].Int() > 0 {
				long++
			}
		}
		if len(rows) < 4 || rows[len(rows)-1][1].Day() > p.AsOf {
			t.Errorf("seed %d: up to %s there are %v", seed, p.AsOf, rows)
		}
	}
	if quarters < 12 || long < 2 {
		t.Errorf("%d quarters, %d with somebody who stays long: too few to say anything", quarters, long)
	}
}
