package release

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"lvv/transform"
)

// citizen is somebody in a random register.
type citizen struct {
	id         string
	age, month int
	nation     string
	courses    int
	outcome    string
	group      string
}

// register is a random pilot that goes on: persons come, go, and change.
type register struct {
	rng    *rand.Rand
	people []*citizen
	month  int
}

func (g *register) quarter() {
	outcomes := []string{"return", "onward", "unknown_destination", "running", "no_trajectory"}
	first := outcomes
	if g.rng.IntN(2) == 0 {
		first = []string{"running"} // of all who come in this quarter
	}
	for range 3 {
		g.month++
		for range g.rng.IntN(12) {
			g.people = append(g.people, &citizen{
				id: fmt.Sprintf("%08x", g.rng.Uint32()), age: 18 + min(g.rng.IntN(50), g.rng.IntN(50)), month: g.month,
				nation:  []string{"MAR", "DZA", "NGA", "GHA", "IRQ", "SUR", "XXA"}[min(g.rng.IntN(7), g.rng.IntN(7))],
				outcome: first[g.rng.IntN(len(first))], group: []string{"none", "none", "medical", "stateless"}[g.rng.IntN(4)],
			})
		}
	}
	g.people = slices.DeleteFunc(g.people, func(*citizen) bool { return g.rng.IntN(60) == 0 })
	for _, c := range g.people {
		if g.rng.IntN(8) == 0 {
			c.courses++
			c.outcome = outcomes[g.rng.IntN(len(outcomes))]
		}
		if g.rng.IntN(40) == 0 {
			c.age++ // a date of birth was corrected
		}
	}
}

// persons are the register as it is now.
func (g *register) persons() []*person {
	var out []*person
	for _, c := range g.people {
		out = append(out, &person{
			id: c.id, specialGroup: c.group, finalOutcome: c.outcome,
			qi: [qiCount]string{"male", fmt.Sprint(c.age), c.nation, fmt.Sprintf("%04d-%02d", 2019+(c.month-1)/12, (c.month-1)%12+1), countLeaf(int64(c.courses))},
		})
	}
	slices.SortFunc(out, func(a, b *person) int { return slices.Compare([]string{a.id}, []string{b.id}) })
	return out
}

// snapshot is a delivery with everybody's true values at its time.
type snapshot struct {
	*delivery
	truth map[string]*person
}

// An attacker has all deliveries, knows everybody's true values at each, who was delivered when, and
// which rows are one person's. For each person, the histories that may be that person's are at least
// k, and in each delivery they tell at least l values, or that there is no outcome yet.
func TestAttackerWithAllDeliveries(t *testing.T) {
	const k, l = 5, 2
	attacked, leftOut := 0, 0
	for seed := range uint64(12) {
		g := &register{rng: rand.New(rand.NewPCG(seed, 5))}
		g.quarter()
		g.quarter()
		var all []*snapshot
		var before []*earlier
		for n := range 4 {
			g.quarter()
			d := &delivery{k: k, before: slices.Clone(before), scope: g.persons()}
			d.rows = hierarchyRows(d.scope)
			o := &Options{Terms: &transform.Terms{K: k, L: l}}
			d.index()
			if err := d.publish(t.Context(), o); err != nil {
				t.Fatal(err)
			}
			e := &earlier{AsOf: fmt.Sprint(n), persons: map[string]told{}}
			s := &snapshot{d, map[string]*person{}}
			for _, p := range d.scope {
				if p.delivered() {
					d.persons = append(d.persons, p)
					e.persons[p.id] = told{p.published, p.sensitive()}
					if !d.fits(p.published, p.qi) {
						t.Fatalf("seed %d: %v is published as %v", seed, p.qi, p.published)
					}
				}
				s.truth[p.id] = p
			}
			before, all = append(before, e), append(all, s)
			attack(t, seed, all, k, l)
			diverse(t, seed, d, l)
			if n > 0 {
				attacked += len(d.persons)
				leftOut += len(d.scope) - len(d.persons)
			}
		}
	}
	if attacked < 1000 {
		t.Errorf("only %d persons were attacked", attacked)
	}
	// Some must be: fewer than k who came or whose class fell apart.
	if all := attacked + leftOut; 100*leftOut > 6*all {
		t.Errorf("%d of %d persons were left out, more than 6 %%", leftOut, all)
	}
}

func attack(t *testing.T, seed uint64, all []*snapshot, k, l int) {
	t.Helper()
	delivered := make([]map[string]*person, len(all))
	for i, s := range all {
		delivered[i] = map[string]*person{}
		for _, p := range s.persons {
			delivered[i][p.id] = p
		}
	}
	last := len(all) - 1
	for target := range delivered[last] {
		var candidates []string
	next:
		for id := range delivered[last] {
			for i, s := range all {
				row, there := delivered[i][id]
				if _, mine := delivered[i][target]; mine != there {
					continue next
				}
				if there && !s.fits(row.published, s.truth[target].qi) {
					continue next
				}
			}
			candidates = append(candidates, id)
		}
		if len(candidates) < k {
			t.Fatalf("seed %d, delivery %d: %d candidates for a person", seed, last+1, len(candidates))
		}
		for i := range all {
			if _, there := delivered[i][target]; !there {
				continue
			}
			for f := range sensitiveCount {
				values, whole := map[string]bool{}, map[string]bool{}
				settled := f != outcomeColumn
				for _, id := range candidates {
					values[delivered[i][id].sensitive()[f]] = true
					settled = settled || delivered[i][id].settled() != ""
				}
				for _, p := range all[i].scope {
					whole[p.sensitive()[f]] = true
				}
				if settled && len(values) < min(l, len(whole)) {
					t.Fatalf("seed %d, delivery %d: the candidates for a person take %d values of %s", seed, i+1, len(values), sensitiveNames[f])
				}
			}
		}
	}
}

// No participant of the account is left with one person, as long as anybody else can be made to fit.
func TestUnlink(t *testing.T) {
	course := func(hours, days, outcome string) trajectory {
		c := [cells]string{hours, days, outcome}
		return trajectory{scenario: "return", truth: c, published: c}
	}
	public := [qiCount]string{"male", "20-39", "Africa", "2020", "1"}
	d := &delivery{
		persons: []*person{
			{id: "a", published: public, trajectories: []trajectory{course("0-5", "0-29", "return")}},
			{id: "b", published: public, trajectories: []trajectory{course("5-10", "0-29", "return")}},
			{id: "c", published: public, trajectories: []trajectory{course("40+", "300-329", "return")}},
		},
		participants: []*participant{
			{key: "x", sex: "male", ageBand: "18-60", courses: []trajectory{course("0-5", "0-29", "return")}},
			{key: "y", sex: "male", ageBand: "18-60", courses: []trajectory{course("40+", "300-329", "return")}},
		},
	}
	if before := d.linkage(); before.UniqueMatches != 2 {
		t.Fatalf("before: %+v; two rows fit each other alone", before)
	}
	d.unlink()
	after := d.linkage()
	if after.UniqueMatches != 0 || after.PersonsFittingOne != 0 || after.ParticipantsFittingOne != 0 {
		t.Errorf("after: %+v", after)
	}
	for _, p := range d.persons {
		if p.trajectories[0].truth[cellOutcome] != "return" || p.trajectories[0].published[cellOutcome] != "return" {
			t.Errorf("person %s: the outcome, which all share, was withheld", p.id)
		}
	}
}

// diverse looks for l values of each sensitive column in every class as it is written.
func diverse(t *testing.T, seed uint64, d *delivery, l int) {
	t.Helper()
	for f := range sensitiveCount {
		values := func(of []*person) int {
			return len(group(of, func(p *person) string { return p.sensitive()[f] }))
		}
		for _, class := range group(d.persons, (*person).classText) {
			if values(class) < min(l, values(d.scope)) {
				t.Fatalf("seed %d: a class of %d persons takes %d values of %s", seed, len(class), values(class), sensitiveNames[f])
			}
		}
	}
}
