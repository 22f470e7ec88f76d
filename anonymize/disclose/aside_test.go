package disclose

import (
	"slices"
	"testing"

	"lvv/anonymize/published"
	"lvv/internal/day"
	"lvv/sql"
	"lvv/transform"
)

// TestPeakOfWithheldDay: where the count of a date is withheld, the largest of a period, which may be that one, is not told either.
func TestPeakOfWithheldDay(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	last := day.Of(2020, 3, 31)
	results := transform.Results{Period: transform.Period{Label: "2020-Q1", From: day.Of(2020, 1, 1), To: last, AsOf: last}, Figures: []transform.Figure{
		{ID: "occupancy.daily", Dims: []transform.Dim{{Name: "date", Value: "2020-03-30"}}, Unit: "count", Value: transform.CountOf(5), Date: day.None},
		{ID: "occupancy.daily", Dims: []transform.Dim{{Name: "date", Value: "2020-03-31"}}, Unit: "count", Value: transform.CountOf(6), Date: day.None},
		{ID: "occupancy.peak", Unit: "count", Value: transform.CountOf(6), Date: last},
	}}
	for _, withheld := range []bool{false, true} {
		c := &control{Published: &Published{results: results, MinCell: 5, withheld: map[string]bool{}}, cat: cat}
		asides(cat, &results, 0, func(a aside, _ string, _ func()) { c.withheld[a.key()] = withheld && a.from == last })
		c.hideAsides()
		peak := c.Document(cat).Figure("occupancy.peak")
		if peak.Known() == withheld || (peak.Date == day.None) != withheld {
			t.Errorf("withheld %v: peak %+v", withheld, peak)
		}
		if daily := c.Document(cat).Breakdown("occupancy.daily", "date"); !daily[0].Known() || daily[1].Known() == withheld {
			t.Errorf("withheld %v: %+v", withheld, daily)
		}
	}
}

// TestRowsOfWithheldTotals: how many rows a register has is not told where a total of what it lists is withheld; a count behind a share is no such total.
func TestRowsOfWithheldTotals(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		withheld string
		want     []string
	}{
		{"duration.ended|stat=n", []string{"trajectories"}},
		{"outflow.shelter_exits from 2020-01-01 to 2020-03-31", []string{"cases", "stays"}},
		{"durable.share_broad.numerator", nil},
	} {
		rows := []transform.RowChange{transform.RowChangeOf("2020-Q1", "trajectories", transform.CountOf(8), transform.CountOf(9)), transform.RowChangeOf("2020-Q1", "stays", transform.CountOf(8), transform.CountOf(9))}
		p := &Published{results: transform.Results{RowChanges: rows}, MinCell: 5, withheld: map[string]bool{c.withheld: true, "inflow.refusals": false}}
		if got := p.WithheldTables(cat); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v", c.withheld, got)
		}
		if d := p.Document(cat); slices.ContainsFunc(d.Rows, func(r published.RowChange) bool { return slices.Contains(c.want, r.Table) }) || len(d.Rows) == 0 {
			t.Errorf("%s: %v", c.withheld, d.Rows)
		}
	}
}
