package disclose

import (
	"fmt"
	"slices"
	"strconv"
	"testing"

	"lvv/anonymize/published"
	"lvv/internal/day"
	"lvv/sql"
	"lvv/transform"
	"lvv/transform/engine"
)

// TestProgrammeFigures holds the rules on counts, shares and measures, one by one.
func TestProgrammeFigures(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	outcome := []transform.Dim{{Name: "outcome", Value: "return"}}
	sex := []transform.Dim{{Name: "sex", Value: "male"}}
	n := engine.CountOf
	value := func(v int64) published.Figure { return published.Figure{Value: n(v)} }
	hidden := published.Figure{Hidden: published.Small}
	between := func(low, high int64) published.Figure {
		return published.Figure{Range: &published.Range{Low: low, High: high}}
	}
	share := func(a, b int64) published.Figure {
		return published.Figure{Unit: "ratio", Value: engine.RealOf(float64(a) / float64(b)), Numerator: n(a), Denominator: n(b)}
	}
	few := published.Figure{Unit: "ratio", Withheld: published.Few}
	for _, c := range []struct {
		name   string
		id     string
		dims   []transform.Dim
		shown  []published.Figure // of the pilots
		exact  []int64            // of the same; of shares the numerator, of 10
		joint  int64
		want   string
		excess string
	}{
		{"a sum", "outflow.trajectories", outcome, []published.Figure{value(9), value(0)}, []int64{9, 0}, 9, "9", ""},
		{"one pilot hides", "outflow.trajectories", outcome, []published.Figure{value(9), hidden}, []int64{9, 3}, 12, "10-13", ""},
		{"small in one, none in the other", "outflow.trajectories", outcome, []published.Figure{value(0), hidden}, []int64{0, 3}, 3, "<5", ""},
		{"two hide", "outflow.trajectories", outcome, []published.Figure{between(5, 11), hidden}, []int64{6, 3}, 9, "6-15", ""},
		{"without a bound", "outflow.trajectories", outcome, []published.Figure{between(5, published.Unbounded), hidden}, []int64{6, 3}, 9, "6-", ""},
		{"a total of cases", "durable.cases", nil, []published.Figure{value(2), value(1)}, []int64{2, 1}, 3, "3", ""},
		{"nobody moved", "occupancy.persons", nil, []published.Figure{value(40), value(30)}, []int64{40, 30}, 70, "70", "0"},
		{"few moved", "occupancy.persons", nil, []published.Figure{value(40), value(30)}, []int64{40, 30}, 67, "66-69", "<"},
		{"many moved", "occupancy.persons", nil, []published.Figure{value(40), value(30)}, []int64{40, 30}, 63, "63", "7"},
		{"a total that one withholds", "occupancy.persons", nil, []published.Figure{value(40), between(5, 11)}, []int64{40, 6}, 45, "40-", ""},
		{"who left one for the other, where one withholds", "outflow.persons", nil, []published.Figure{value(9), between(5, 11)}, []int64{9, 6}, 4, "0-", ""},
		{"few of whom few could be in both", "occupancy.persons", nil, []published.Figure{value(40), value(2)}, []int64{40, 2}, 41, "40-42", ""},
		{"none of whom few could be in both", "occupancy.persons", nil, []published.Figure{value(40), value(2)}, []int64{40, 2}, 42, "40-42", ""},
		{"the only one who left one is in the other", "outflow.persons", nil, []published.Figure{value(1), value(0)}, []int64{1, 0}, 0, "0-1", ""},
		{"seen only together", "stability.durable_sheltered_again", nil, []published.Figure{value(0), value(0)}, []int64{0, 0}, 2, "<5", "<"},
		{"persons by sex who did not move", "population.housed", sex, []published.Figure{value(9), hidden}, []int64{9, 3}, 12, "10-13", ""},
		{"persons by sex who moved", "population.housed", sex, []published.Figure{value(9), value(8)}, []int64{9, 8}, 16, "not_available", ""},
		{"a share of all", "review.within_deadline", nil, []published.Figure{share(8, 10), share(5, 10)}, []int64{8, 5}, 13, "13/20", ""},
		{"a share of one", "review.within_deadline", nil, []published.Figure{share(8, 10), few}, []int64{8, 1}, 9, "few", ""},
		{"a share of two", "review.within_deadline", nil, []published.Figure{share(8, 10), few, share(5, 10)}, []int64{8, 1, 5}, 14, "13/20", ""},
		{"a share over the union", "stability.sheltered_again", []transform.Dim{{Name: "horizon", Value: "180"}}, []published.Figure{share(8, 10), share(5, 10)}, []int64{8, 5}, 13, "13/20", ""},
		{"one more is seen together", "stability.sheltered_again", []transform.Dim{{Name: "horizon", Value: "180"}}, []published.Figure{share(8, 10), share(5, 10)}, []int64{8, 5}, 14, "few", ""},
		{"one is withheld", "stability.sheltered_again", []transform.Dim{{Name: "horizon", Value: "180"}}, []published.Figure{share(8, 10), few}, []int64{8, 1}, 9, "few", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			unit := cat.Figure(c.id).Unit
			of := func(a, b int64) transform.Figure {
				f := transform.Figure{ID: c.id, Dims: c.dims, Unit: unit, Value: n(a), Date: day.None}
				if unit == "ratio" {
					f.Value, f.Numerator, f.Denominator = engine.RealOf(float64(a)/float64(b)), n(a), n(b)
				}
				return f
			}
			var members []Member
			for i, f := range c.shown {
				f.ID, f.Dims, f.Unit, f.Date = c.id, c.dims, unit, day.None
				pilot := string(rune('A' + i))
				members = append(members, Member{
					&published.Document{Pilot: pilot, MinCell: 5, Figures: []published.Figure{f}},
					&transform.Results{Pilot: pilot, Figures: []transform.Figure{of(c.exact[i], 10)}},
				})
			}
			p := Programme("P", cat, members, []transform.Joint{{Figure: of(c.joint, int64(10*len(members))), Pilots: len(members)}})
			f := &p.Together.Figures[0]
			got := string(f.Status)
			switch {
			case f.Known() && unit == "ratio":
				got = f.Numerator.String() + "/" + f.Denominator.String()
			case f.Known():
				got = f.Value.String()
			case f.Hidden != "":
				got = "<5"
			case f.Range != nil && f.Range.High == published.Unbounded:
				got = fmt.Sprintf("%d-", f.Range.Low)
			case f.Range != nil:
				got = fmt.Sprintf("%d-%d", f.Range.Low, f.Range.High)
			case f.Withheld != "":
				got = f.Withheld
			}
			excess := ""
			for _, o := range p.Overlaps {
				if excess = strconv.FormatInt(o.Excess, 10); o.Hidden {
					excess = "<"
				}
			}
			if got != c.want || excess != c.excess {
				t.Errorf("%s, excess %q; want %s, excess %q", got, excess, c.want, c.excess)
			}
		})
	}
}

// TestTwiceCountedSaysNothing: where persons of a small pilot would have to be those of another, the total is not shown.
func TestTwiceCountedSaysNothing(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	doc := func(pilot string, male, female published.Figure, total int64) Member {
		male.ID, male.Dims, male.Unit, male.Date = "population.housed", []transform.Dim{{Name: "sex", Value: "male"}}, "count", day.None
		female.ID, female.Dims, female.Unit, female.Date = "population.housed", []transform.Dim{{Name: "sex", Value: "female"}}, "count", day.None
		of := published.Figure{ID: "occupancy.persons_on_reference_date", Unit: "count", Value: engine.CountOf(total), Date: day.None}
		return Member{
			&published.Document{Pilot: pilot, MinCell: 5, Figures: []published.Figure{male, female, of}},
			&transform.Results{Pilot: pilot, Figures: []transform.Figure{{ID: of.ID, Unit: "count", Value: of.Value, Date: day.None}}},
		}
	}
	hidden := published.Figure{Hidden: published.Small}
	large := published.Figure{Range: &published.Range{Low: 5, High: 8}}
	members := []Member{doc("A", hidden, large, 9), doc("B", large, hidden, 9)} // all of B could be in A only if ...
	total := func(union int64) *published.Figure {
		p := Programme("P", cat, members, []transform.Joint{{Figure: transform.Figure{ID: "occupancy.persons_on_reference_date", Unit: "count", Value: engine.CountOf(union), Date: day.None}, Pilots: 2}})
		return &p.Together.Figures[0]
	}
	if f := total(9); f.Known() {
		t.Error("that all of one pilot are in the other is shown, and the hidden counts of both follow to be equal")
	}
	if f := total(18); !f.Known() {
		t.Error("that nobody is in both is not shown")
	}
}

// TestTwiceCountedOnOneDay: where what is told of those who are counted twice on the reference date, or on another day, would narrow how
// many are in the period, that is not told, whatever it is. Whoever is in two pilots and not so on that day has left one. Nor is it of those
// admitted in the period, where they may be the same persons.
func TestTwiceCountedOnOneDay(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	const period, date, daily = "occupancy.persons", "occupancy.persons_on_reference_date", "occupancy.daily"
	const admitted = "inflow.admitted_persons"
	firstDay := []transform.Dim{{Name: "date", Value: "2019-04-01"}}
	type counts struct{ pilots, union int64 } // of two pilots, the first of which has 20 in the period
	for _, c := range []struct {
		name              string
		period, date, day counts
		told              bool // of the period
	}{
		{"one of the one who left", counts{40, 39}, counts{39, 39}, counts{0, 0}, false},
		{"none of the one who left", counts{40, 40}, counts{39, 39}, counts{0, 0}, false},
		{"one of three who left", counts{40, 39}, counts{37, 37}, counts{0, 0}, false},
		{"one of four who left", counts{40, 39}, counts{36, 36}, counts{0, 0}, true},
		{"nobody left", counts{40, 40}, counts{40, 40}, counts{0, 0}, true},
		{"few, and nobody left", counts{40, 38}, counts{40, 38}, counts{0, 0}, true},
		{"few of few on the date, and two left", counts{40, 37}, counts{38, 37}, counts{0, 0}, false},
		{"few on the date, and many left", counts{40, 37}, counts{30, 29}, counts{0, 0}, true},
		{"all who left are in the other, and few on the date", counts{40, 32}, counts{34, 32}, counts{0, 0}, false},
		{"many, and few on the date", counts{40, 33}, counts{20, 19}, counts{0, 0}, true},
		{"many on the date", counts{40, 33}, counts{39, 33}, counts{0, 0}, true},
		{"one of the one who was not there on another day", counts{40, 39}, counts{20, 20}, counts{39, 39}, false},
		{"one of those who were not there on any day", counts{40, 39}, counts{20, 20}, counts{21, 21}, true},
	} {
		figures := func(of func(counts) int64) []transform.Figure {
			return []transform.Figure{
				{ID: period, Unit: "count", Value: engine.CountOf(of(c.period)), Date: day.None},
				{ID: date, Unit: "count", Value: engine.CountOf(of(c.date)), Date: day.None},
				{ID: admitted, Unit: "count", Value: engine.CountOf(of(c.period)), Date: day.None},
				{ID: daily, Dims: firstDay, Unit: "count", Value: engine.CountOf(of(c.day)), Date: day.None},
			}
		}
		var members []Member
		for i, pilot := range []string{"A", "B"} {
			of := func(c counts) int64 { return (c.pilots + int64(i)) / 2 }
			exact := figures(of)
			doc := &published.Document{Pilot: pilot, MinCell: 5}
			for _, f := range exact {
				doc.Figures = append(doc.Figures, published.Figure{ID: f.ID, Dims: f.Dims, Unit: f.Unit, Value: f.Value, Date: day.None})
			}
			members = append(members, Member{doc, &transform.Results{Pilot: pilot, Figures: exact}})
		}
		var joint []transform.Joint
		for _, f := range figures(func(c counts) int64 { return c.union }) {
			joint = append(joint, transform.Joint{Figure: f, Pilots: 2})
		}
		p := Programme("P", cat, members, joint)
		for i, id := range []string{period, "", admitted} {
			if id == "" {
				continue // the reference date
			}
			told := slices.ContainsFunc(p.Overlaps, func(o published.Overlap) bool { return o.ID == id })
			f := &p.Together.Figures[i]
			if open := f.Range != nil && *f.Range == (published.Range{Low: 20, High: 40}); told != c.told || open == told {
				t.Errorf("%s: %s told %v, range %v; want told %v", c.name, id, told, f.Range, c.told)
			}
		}
		if !slices.ContainsFunc(p.Overlaps, func(o published.Overlap) bool { return o.ID == date }) {
			t.Errorf("%s: nothing is told of the reference date", c.name)
		}
	}
}
