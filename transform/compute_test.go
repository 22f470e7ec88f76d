package transform

import (
	"bytes"
	"testing"

	"lvv/internal/day"
)

func d(s string) day.Day {
	v, err := day.Parse(s)
	if err != nil {
		panic(err)
	}
	return v
}

func yes() *bool { b := true; return &b }
func no() *bool  { b := false; return &b }

// testTerms are the terms of a pilot that ends after three years.
func testTerms() *Terms {
	return &Terms{
		Pilot: "Proefstad", Start: d("2019-03-01"), Published: d("2019-03-01"), End: d("2022-02-28"),
		Places: []Places{{d("2019-03-01"), 360}}, TargetCases: 72, RateCents: 5000,
		FundingSources: []Source{{"rijk", "0.5"}, {"gemeentefonds", "0.5"}}, Pilots: 5,
		ReviewDays: 28, ChangeMomentDays: 28, LongStayDays: 540, MeetingsPerYear: 5, MinCell: 5, K: 5, L: 2,
	}
}

// smallWorld is one person who moves from Noord to Zuid and returns.
func smallWorld() *world {
	none := day.None
	return &world{
		cases:        []aCase{{id: 1, person: 1, decision: "admitted", applied: d("2020-06-01"), decided: d("2020-06-10"), birth: none, identityCheckedOn: none}},
		stays:        []aStay{{"S1", 1, "Noord", d("2020-07-01"), d("2020-07-11"), ""}, {"S2", 1, "Zuid", d("2020-07-05"), none, ""}},
		trajectories: []aTrajectory{{id: "T1", caseID: 1, scenario: "return", start: d("2020-07-01"), end: d("2020-08-01"), outcome: "return", departed: none}},
		missing:      map[string]bool{"reviews": true},
	}
}

func TestComputeByHand(t *testing.T) {
	e := openStore(t, newStoreWriter(t).write(t, smallWorld()), 1)
	p, err := ParsePeriod("2020-Q3", "", testTerms())
	if err != nil {
		t.Fatal(err)
	}
	r, err := Compute(t.Context(), e, testTerms(), p)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []struct {
		id    string
		dims  []string
		value string
	}{
		{"occupancy.person_nights", nil, "92"},
		{"occupancy.person_nights", []string{"location", "Noord"}, "4"},
		{"occupancy.double_nights", nil, "6"},
		{"durable.cases", []string{"outcome", "return"}, "1"},
		{"durable.expected", nil, "38.1021897810219"},
		{"duration.ended", []string{"stat", "median"}, "31"},
		{"funding.entitlement", nil, "1656000.00"},
		{"review.submitted", nil, ""},
	} {
		f := r.Figure(want.id, want.dims...)
		if f == nil || f.Value.String() != want.value {
			t.Errorf("%s %v = %+v, want %s", want.id, want.dims, f, want.value)
		}
	}
	if f := r.Figure("review.submitted"); f.Status != NotAvailable || f.Reason != "mrt not delivered" {
		t.Errorf("review.submitted = %+v, want not available because of mrt", f)
	}
	var b, again bytes.Buffer
	if err := WriteKPIs(&b, r); err != nil {
		t.Fatal(err)
	}
	read, err := ReadKPIs(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if err := WriteKPIs(&again, read); err != nil {
		t.Fatal(err)
	}
	if b.String() != again.String() {
		t.Error("what was read from kpis.json is not written as it was")
	}
}

// TestWatch counts what is done while figures are computed and contents checked.
func TestWatch(t *testing.T) {
	t.Parallel()
	e := openStore(t, newStoreWriter(t).write(t, smallWorld()), 1)
	p, err := ParsePeriod("2020-Q3", "", testTerms())
	if err != nil {
		t.Fatal(err)
	}
	for name, work := range map[string]func(Watch) error{
		"Compute": func(w Watch) error { _, err := Compute(t.Context(), e, testTerms(), p, w); return err },
		"Checks":  func(w Watch) error { _, err := Checks(t.Context(), e, testTerms(), p, w); return err },
	} {
		last, all := 0, 0
		err := work(func(done, total int) {
			if done != last+1 || all != 0 && total != all {
				t.Errorf("%s: %d of %d after %d of %d", name, done, total, last, all)
			}
			last, all = done, total
		})
		if err != nil {
			t.Fatal(err)
		}
		if last != all || last < 10 {
			t.Errorf("%s ended at %d of %d", name, last, all)
		}
	}
}
