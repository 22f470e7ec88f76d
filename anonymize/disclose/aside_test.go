package disclose

import (
	"slices"
	"testing"

	"lvv/anonymize/cells"
	"lvv/anonymize/published"
	"lvv/internal/day"
	"lvv/sql"
	"lvv/transform"
	"lvv/transform/engine"
)

// TestPeakOfWithheldDay: where the count of a date is withheld, those of the other days are, which with the nights of the period tell it, and the
// largest of a period, which may be that one.
func TestPeakOfWithheldDay(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	last := day.Of(2020, 3, 31)
	results := transform.Results{Period: transform.Period{Label: "2020-Q1", From: day.Of(2020, 1, 1), To: last, AsOf: last}, Figures: []transform.Figure{
		{ID: "occupancy.daily", Dims: []transform.Dim{{Name: "date", Value: "2020-03-30"}}, Unit: "count", Value: engine.CountOf(5), Date: day.None},
		{ID: "occupancy.daily", Dims: []transform.Dim{{Name: "date", Value: "2020-03-31"}}, Unit: "count", Value: engine.CountOf(6), Date: day.None},
		{ID: "occupancy.peak", Unit: "count", Value: engine.CountOf(6), Date: last},
	}}
	for _, withheld := range []bool{false, true} {
		c := &control{Published: &Published{results: results, MinCell: 5, withheld: map[string]bool{}}, cat: cat}
		asides(cat, &results, 0, func(a aside, _ string, _ func()) { c.withheld[a.key()] = withheld && a.from == last })
		c.hideAsides()
		peak := c.Document(cat).Figure("occupancy.peak")
		if peak.Known() == withheld || (peak.Date == day.None) != withheld {
			t.Errorf("withheld %v: peak %+v", withheld, peak)
		}
		if daily := c.Document(cat).Breakdown("occupancy.daily", "date"); daily[0].Known() == withheld || daily[1].Known() == withheld {
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
		{"subgoal.not_admitted", []string{"cases"}},
		{"durable.share_broad.numerator", nil},
	} {
		rows := []transform.RowChange{transform.RowChangeOf("2020-Q1", "trajectories", engine.CountOf(8), engine.CountOf(9)), transform.RowChangeOf("2020-Q1", "stays", engine.CountOf(8), engine.CountOf(9))}
		p := &Published{results: transform.Results{RowChanges: rows}, MinCell: 5, withheld: map[string]bool{c.withheld: true, "inflow.refusals": false}}
		if got := p.WithheldTables(cat); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v", c.withheld, got)
		}
		if d := p.Document(cat); slices.ContainsFunc(d.Rows, func(r published.RowChange) bool { return slices.Contains(c.want, r.Table) }) || len(d.Rows) == 0 {
			t.Errorf("%s: %v", c.withheld, d.Rows)
		}
	}
}

// TestRowsOfMoves: how many stays there are is told while all counts by location are, in this report and the earlier ones.
func TestRowsOfMoves(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	const persons = "occupancy.persons_on_reference_date"
	now := func(dim string, status transform.Status) transform.Results {
		return transform.Results{Figures: []transform.Figure{{ID: persons, Dims: []transform.Dim{{Name: dim, Value: "A"}}, Unit: "count", Status: status}}}
	}
	before := func(hidden string) []Earlier {
		f := figure(persons, 7, "location", "A")
		f.Hidden = hidden
		return []Earlier{{Published: &published.Document{Figures: []published.Figure{f}}}}
	}
	for _, test := range []struct {
		now     transform.Results
		earlier []Earlier
		want    []string
	}{
		{now("location", ""), nil, nil},
		{now("sex", transform.Suppressed), nil, nil},
		{now("location", transform.Suppressed), nil, []string{"stays"}},
		{now("location", ""), before(""), nil},
		{now("location", ""), before(published.Small), []string{"stays"}},
	} {
		c := control{Published: &Published{results: test.now}, cat: cat, options: Options{Earlier: test.earlier}}
		c.hideMoves()
		if got := c.WithheldTables(cat); !slices.Equal(got, test.want) {
			t.Errorf("%+v, earlier %+v: %v", test.now.Figures, test.earlier, got)
		}
	}
}

// TestFewOfAnEarlierReport: a share of everybody that an earlier report withholds rests on few, and readers take it so. Of one by a characteristic they know nothing,
// for what rests on nobody is withheld too.
func TestFewOfAnEarlierReport(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	share := func(id string, dims ...transform.Dim) transform.Figure {
		return transform.Figure{ID: id, Dims: dims, Unit: "ratio", Value: engine.RealOf(0.5), Numerator: engine.CountOf(2), Denominator: engine.CountOf(4), Date: day.None}
	}
	by := transform.Dim{Name: "horizon", Value: "180"}
	nobody := share("stability.sheltered_again", by, transform.Dim{Name: "exit_reason", Value: "died"})
	nobody.Value, nobody.Numerator, nobody.Denominator = engine.Value{}, engine.CountOf(0), engine.CountOf(0)
	r := &transform.Results{Period: transform.Period{Label: "2020-Q1", From: day.Of(2020, 1, 1), To: day.Of(2020, 3, 31), AsOf: day.Of(2020, 3, 31)}, Figures: []transform.Figure{
		share("conference.scenario_set"), share("stability.sheltered_again", by, transform.Dim{Name: "exit_reason", Value: "other"}), nobody,
	}}
	p, err := Protect(r, cat, DefaultOptions(5))
	if err != nil {
		t.Fatal(err)
	}
	e := &Earlier{Results: r, Published: p.Document(cat)}
	for _, f := range e.Published.Figures {
		if f.Withheld != published.Few {
			t.Errorf("%s is not withheld: %+v", f.Name(), f)
		}
	}
	for _, n := range e.counts(cat) {
		want := [2]int64{0, cells.Unbounded}
		if n.id == "conference.scenario_set" {
			want = [2]int64{1, 4}
		}
		if n.of != "" && [2]int64{n.low, n.high} != want {
			t.Errorf("%s lies from %d to %d", n.name(), n.low, n.high)
		}
	}
}
