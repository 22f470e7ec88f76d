package release

import (
	"fmt"
	"testing"

	"lvv/anonymize/kanon"
	"lvv/transform"
)

// One man among women, the only one whose guidance took ten hours: he fits one participant of the
// AMIF account alone until a class of the women gives up its sex.
func TestUnlinkFindsCompanyInAnotherClass(t *testing.T) {
	course := func(hours string) trajectory {
		var c trajectory
		c.scenario, c.truth = "return", [cells]string{cellHours: hours, cellDuration: "30-59", cellOutcome: "return"}
		c.published = c.truth
		return c
	}
	row := func(sex, age string) (r [qiCount]string) {
		for q := range r {
			r[q] = kanon.Star
		}
		r[qiSex], r[qiAge] = sex, age
		return r
	}
	d := &delivery{k: 5}
	for i := range 15 {
		p := &person{id: fmt.Sprint(i), published: row("female", "20-29"), trajectories: []trajectory{course("0-5")}}
		switch {
		case i >= 10:
			p.published = row("male", "20-29")
			p.trajectories = nil
		case i >= 5:
			p.published = row("female", "70-79")
		}
		if i == 12 {
			p.trajectories = []trajectory{course("10-20")}
		}
		d.persons = append(d.persons, p)
	}
	d.participants = []*participant{{key: "a", sex: "male", ageBand: "18-60", courses: []trajectory{course("10-20")}}}
	if l := d.links(); len(l.personsOf[0]) != 1 || l.personsOf[0][0] != 12 {
		t.Fatalf("the participant fits persons %v to begin with", l.personsOf[0])
	}
	d.unlink()
	if r := d.linkage(); r.UniqueMatches != 0 || r.ParticipantsFittingOne != 0 {
		t.Errorf("%d unique matches, %d participants fit one person alone", r.UniqueMatches, r.ParticipantsFittingOne)
	}
	classes := map[[qiCount]string]int{}
	for _, p := range d.persons {
		classes[p.published]++
	}
	for class, n := range classes {
		if n < d.k {
			t.Errorf("class %v has %d persons", class, n)
		}
	}
}

// One of twelve men has two return trajectories, and one participant two: nothing that can be withheld
// changes that, so he is left out, and the others keep what unlink need not have touched.
func TestWhoCannotBeUnlinkedIsLeftOut(t *testing.T) {
	c := trajectory{scenario: "return", truth: [cells]string{"0-5", "30-59", "return"}}
	c.published = c.truth
	d := &delivery{k: 5}
	for i := range 12 {
		p := &person{id: fmt.Sprintf("%02d", i), qi: [qiCount]string{"male", "25", "MAR", "2019-03", "1"}, specialGroup: "none",
			finalOutcome: []string{"return", "onward"}[i%2], trajectories: []trajectory{c}}
		if i == 4 {
			p.trajectories = append(p.trajectories, c)
		}
		d.scope = append(d.scope, p)
	}
	d.rows = hierarchyRows(d.scope)
	d.participants = []*participant{{key: "a", sex: "male", ageBand: "18-60", courses: []trajectory{c, c}}}
	if err := d.protect(t.Context(), &Options{Terms: &transform.Terms{K: 5, L: 2}}); err != nil {
		t.Fatal(err)
	}
	if r := d.linkage(); r.UniqueMatches != 0 || r.Withheld["outcome"] != 0 {
		t.Errorf("%d unique matches, %d outcomes withheld", r.UniqueMatches, r.Withheld["outcome"])
	}
	if len(d.persons) != 11 || d.scope[4].delivered() {
		t.Errorf("%d persons are delivered, the one who can be found: %t", len(d.persons), d.scope[4].delivered())
	}
}
