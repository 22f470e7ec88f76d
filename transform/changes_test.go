package transform

import (
	"bytes"
	"slices"
	"testing"

	"lvv/internal/day"
	"lvv/transform/engine"
)

// TestRestate changes today's exports in one way and expects exactly the figures that rest on it.
func TestRestate(t *testing.T) {
	t.Parallel()
	store, terms := newStoreWriter(t), testTerms()
	p, err := ParsePeriod("2020-07", "", terms)
	if err != nil {
		t.Fatal(err)
	}
	before, err := Compute(t.Context(), openStore(t, store.write(t, smallWorld()), 1), terms, p)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := WriteKPIs(&b, before); err != nil {
		t.Fatal(err)
	}
	previous, err := ReadKPIs(&b)
	if err != nil {
		t.Fatal(err)
	}

	same, err := Restate(t.Context(), openStore(t, store.write(t, smallWorld()), 1), terms, previous)
	if err != nil || len(same) > 0 {
		t.Errorf("the same exports are restated: %v, %v", same, err)
	}

	w := smallWorld()
	w.stays[0].location = "West"
	w.trajectories = append(w.trajectories, aTrajectory{id: "T2", caseID: 1, scenario: "onward", start: d("2020-08-10"), end: day.None, departed: day.None})
	got, err := Restate(t.Context(), openStore(t, store.write(t, w), 1), terms, previous)
	if err != nil {
		t.Fatal(err)
	}
	want := []Restatement{
		{"2020-07", "occupancy.person_nights", []Dim{{"location", "West"}}, engine.Value{}, engine.CountOf(4)},
		{"2020-07", "occupancy.person_nights", []Dim{{"location", "Noord"}}, engine.CountOf(4), engine.Value{}},
	}
	var nights []Restatement
	for _, r := range got {
		if r.ID == "occupancy.person_nights" {
			nights = append(nights, r)
		} else if r.ID != "occupancy.utilisation" {
			t.Errorf("restated without need: %+v", r)
		}
	}
	if len(nights) != 2 || nights[0].Is != want[0].Is || nights[0].Dims[0] != want[0].Dims[0] || nights[1].Was != want[1].Was || nights[1].Dims[0] != want[1].Dims[0] {
		t.Errorf("restatements %+v, want %+v", nights, want)
	}

	before.Restatements = got
	before.RowChanges = []RowChange{
		RowChangeOf("2020-06", "cases", engine.CountOf(3), engine.CountOf(5)), RowChangeOf("2020-06", "reviews", engine.Value{}, engine.CountOf(1)),
	}
	if before.RowChanges[0].Difference != engine.CountOf(2) || !before.RowChanges[1].Difference.IsNull() {
		t.Errorf("differences of rows: %+v", before.RowChanges)
	}
	b.Reset()
	if err := WriteKPIs(&b, before); err != nil {
		t.Fatal(err)
	}
	read, err := ReadKPIs(&b)
	if err != nil || len(read.Restatements) != len(got) || read.Restatements[0].Is != got[0].Is {
		t.Fatalf("restatements do not come back from kpis.json: %v", err)
	}
	if !slices.Equal(read.RowChanges, before.RowChanges) {
		t.Errorf("rows come back from kpis.json as %+v", read.RowChanges)
	}
}

func TestChanges(t *testing.T) {
	t.Parallel()
	terms := testTerms()
	changes := func(label string) []Change {
		t.Helper()
		p, err := ParsePeriod(label, "", terms)
		if err != nil {
			t.Fatal(err)
		}
		r, err := Compute(t.Context(), openStore(t, newStoreWriter(t).write(t, smallWorld()), 1), terms, p)
		if err != nil {
			t.Fatal(err)
		}
		return r.Changes
	}
	count := func(id string, is, was int64) Change {
		return Change{ID: id, Is: engine.CountOf(is), Was: engine.CountOf(was), Difference: engine.CountOf(is - was)}
	}
	for period, list := range map[string][]Change{
		// In July 31 nights, in August 31; the one trajectory ended on 1 August.
		"2020-08": {
			{ID: "occupancy.rate", Is: engine.RealOf(1. / 360), Was: engine.RealOf(1. / 360), Difference: engine.RealOf(0), WasOf: 31 * 360},
			count("occupancy.persons_on_reference_date", 1, 1),
			count("inflow.applications", 0, 0),
			count("inflow.admissions", 0, 0),
			count("inflow.pending_on_reference_date", 0, 0),
			count("outflow.shelter_exits", 0, 0),
			count("durable.cases", 1, 0),
			{ID: "course.survival_median", Is: engine.RealOf(31), WasOf: 1},
			count("duration.long_stay", 0, 0),
			{ID: "funding.balance", Is: engine.CentsOf(990000000), Was: engine.CentsOf(934200000), Difference: engine.CentsOf(55800000)},
		},
		// Applied for and admitted in June, in shelter from 1 July.
		"2020-07": {1: count("occupancy.persons_on_reference_date", 1, 0), 2: count("inflow.applications", 0, 1), 3: count("inflow.admissions", 0, 1)},
		"2019-Q1": nil, // nothing was before the pilot's first period
	} {
		got := changes(period)
		if (got == nil) != (list == nil) || len(got) < len(list) {
			t.Errorf("%s has %d changes, want %d", period, len(got), len(list))
			continue
		}
		for i, want := range list {
			if want.ID == "" {
				continue
			}
			if want.Period = got[i].Period; got[i] != want {
				t.Errorf("%s: change %+v, want %+v", period, got[i], want)
			}
		}
		if period == "2020-08" && got[0].Period != "2020-07" {
			t.Errorf("%s is compared with %s", period, got[0].Period)
		}
	}
}

func TestSeries(t *testing.T) {
	terms := testTerms()
	p, err := ParsePeriod("2020-Q3", "", terms)
	if err != nil {
		t.Fatal(err)
	}
	w := smallWorld()
	w.missing["capacity"] = true
	r, err := Compute(t.Context(), openStore(t, newStoreWriter(t).write(t, w), 1), terms, p)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []struct {
		id      string
		columns int
		rows    int
		last    []string
	}{
		{"occupancy.places", 4, 92, []string{"2020-09-30", "1", "360", ""}},
		{"durable.progress", 3, 19, []string{"2020-09-30", "1", "38.1021897810219"}},
		{"durable.fan", 4, 18, []string{"2022-02-28", "1", "2", "6"}},
		{"duration.curve", 5, 2, []string{"31", "0", "", "", "1"}},
		{"duration.incidence", 6, 2, []string{"31", "1", "0", "0", "0", "0"}},
		{"funding.quarters", 7, 7, []string{"2020-Q3", "2020-07-01", "2020-09-30", "1656000.00", "0.00", "92", "18000.00"}},
		{"flow.quarters", 7, 7, []string{"2020-Q3", "0", "0", "0", "1", "1", "0"}},
		{"main.quarters", 8, 7, []string{"2020-Q3", "2020-09-30", "0.002777777777777778", "1", "0", "1", "0", "10440000.00"}},
	} {
		s := r.SeriesNamed(want.id)
		if s == nil || len(s.Columns) != want.columns || len(s.Rows) != want.rows {
			t.Errorf("%s = %+v, want %d columns and %d rows", want.id, s, want.columns, want.rows)
			continue
		}
		last := s.Rows[len(s.Rows)-1]
		for i, v := range last {
			if v.String() != want.last[i] {
				t.Errorf("%s ends with %v, want %v", want.id, last, want.last)
				break
			}
		}
	}
}

func FuzzReadKPIs(f *testing.F) {
	f.Add([]byte(`{"schema": "lvv-kpis/1", "metrics": [{"id": "a", "dims": {"x": "y"}, "value": "-1.05", "unit": "eur"}, {"id": "b", "dims": {}, "value": 1e3, "unit": "ratio"}]}`))
	f.Add([]byte(`{"schema": "lvv-kpis/1", "metrics": [{"dims": {"x": 1}}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := ReadKPIs(bytes.NewReader(text))
		if err != nil {
			return
		}
		var b, again bytes.Buffer
		if err := WriteKPIs(&b, r); err != nil {
			t.Fatal(err)
		}
		r, err = ReadKPIs(bytes.NewReader(b.Bytes()))
		if err != nil {
			t.Fatalf("cannot read what was written: %v\n%s", err, b.Bytes())
		}
		if err := WriteKPIs(&again, r); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
			t.Fatalf("%v\n%s\n%s", err, b.Bytes(), again.Bytes())
		}
	})
}

// TestFirstQuarterIsWhole holds the quarter in which a pilot begins against the figures of that quarter:
// both count what happened before the pilot's first day.
func TestFirstQuarterIsWhole(t *testing.T) {
	terms := testTerms()
	w := smallWorld()
	w.cases = append(w.cases, aCase{
		id: 2, person: 2, decision: "admitted", applied: terms.Start - 20, decided: terms.Start - 10, birth: day.None, identityCheckedOn: day.None,
	})
	w.stays = append(w.stays, aStay{"S9", 2, "Noord", terms.Start - 9, terms.Start - 2, ""})
	const quarter = "2019-Q1"
	p, err := ParsePeriod(quarter, "", terms)
	if err != nil {
		t.Fatal(err)
	}
	r, err := Compute(t.Context(), openStore(t, newStoreWriter(t).write(t, w), 1), terms, p)
	if err != nil {
		t.Fatal(err)
	}
	rows := r.SeriesNamed("flow.quarters").Rows
	if len(rows) != 1 || rows[0][0].Str() != quarter {
		t.Fatalf("quarters %v", rows)
	}
	for column, id := range map[int]string{1: "inflow.applications", 2: "inflow.admissions", 3: "inflow.refusals", 4: "outflow.trajectories", 6: "outflow.shelter_exits"} {
		if is := r.Figure(id); is.Value != rows[0][column] {
			t.Errorf("%s is %v, in the series %v", id, is.Value, rows[0][column])
		}
	}
	if rows[0][1] != engine.CountOf(1) || rows[0][6] != engine.CountOf(1) {
		t.Errorf("the series %v lacks what happened before the pilot", rows[0])
	}
}
