package release

import (
	"fmt"
	"testing"

	"lvv/anonymize/kanon"
	"lvv/transform"
)

// course is an ended return trajectory.
func course(hours string) trajectory {
	c := trajectory{scenario: "return", truth: [cells]string{cellHours: hours, cellDuration: "30-59", cellOutcome: "return"}}
	c.published = c.truth
	return c
}

// row is that of a class of which only sex and age are published.
func row(sex, age string) (r [qiCount]string) {
	for q := range r {
		r[q] = kanon.Star
	}
	r[qiSex], r[qiAge] = sex, age
	return r
}

// twelveMen are as like as can be, but for the outcomes that a class must have.
func twelveMen() *delivery {
	d := &delivery{k: 5}
	for i := range 12 {
		d.scope = append(d.scope, &person{
			id: fmt.Sprintf("%02d", i), qi: [qiCount]string{"male", "25", "MAR", "2019-03", "1"}, specialGroup: "none",
			finalOutcome: []string{"return", "onward"}[i%2], trajectories: []trajectory{course("0-5")},
		})
	}
	d.rows = hierarchyRows(d.scope)
	return d
}

// One man among women, the only one whose guidance took ten hours: he fits one participant of the
// AMIF account alone until a class of the women gives up its sex.
func TestUnlinkFindsCompanyInAnotherClass(t *testing.T) {
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
	d := twelveMen()
	d.scope[4].trajectories = append(d.scope[4].trajectories, course("0-5"))
	d.participants = []*participant{{key: "a", sex: "male", ageBand: "18-60", courses: []trajectory{course("0-5"), course("0-5")}}}
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

// Five women fit the only woman of the account, whatever is withheld: their class gives up its sex, so
// that they fit a man too.
func TestUnlinkWidensAClass(t *testing.T) {
	d := &delivery{k: 5}
	for i := range 10 {
		p := &person{id: fmt.Sprint(i), published: row("female", "20-29"), trajectories: []trajectory{course("0-5")}}
		if i >= 5 {
			p.published = row("male", "70-79")
		}
		d.persons = append(d.persons, p)
	}
	d.participants = []*participant{
		{key: "a", sex: "female", ageBand: "18-60", courses: []trajectory{course("0-5")}},
		{key: "b", sex: "male", ageBand: ">60", courses: []trajectory{course("0-5")}},
		{key: "c", sex: "male", ageBand: "18-60", courses: []trajectory{course("0-5")}},
		{key: "d", sex: "male", ageBand: ">60", courses: []trajectory{course("0-5")}},
	}
	if r := d.linkage(); r.PersonsFittingOne != 5 {
		t.Fatalf("%d persons fit one participant to begin with", r.PersonsFittingOne)
	}
	d.unlink()
	if r := d.linkage(); r.PersonsFittingOne != 0 {
		t.Errorf("%d persons fit one participant", r.PersonsFittingOne)
	}
	for i, want := range []string{"20-29", "70-79"} {
		if got := d.persons[5*i].published[qiAge]; got != want {
			t.Errorf("age %s became %s: it costs less to give up the sex alone", want, got)
		}
	}
}

// A participant with two trajectories fits one person alone, who fits other participants too: whoever
// knows the first has found the person.
func TestWhomAloneAParticipantFitsIsLeftOut(t *testing.T) {
	d := twelveMen()
	d.scope[4].trajectories = append(d.scope[4].trajectories, course("0-5"))
	for _, n := range []int{1, 1, 2} {
		a := &participant{key: fmt.Sprint(len(d.participants)), sex: "male", ageBand: "18-60"}
		for range n {
			a.courses = append(a.courses, course("0-5"))
		}
		d.participants = append(d.participants, a)
	}
	if err := d.protect(t.Context(), &Options{Terms: &transform.Terms{K: 5, L: 2}}); err != nil {
		t.Fatal(err)
	}
	if r := d.linkage(); r.UniqueMatches != 0 || r.ParticipantsFittingOne != 0 || len(d.persons) != 11 || d.scope[4].delivered() {
		t.Errorf("%d participants fit one person alone, %d persons are delivered, the one who can be found: %t", r.ParticipantsFittingOne, len(d.persons), d.scope[4].delivered())
	}
}

// One participant whom twelve persons fit finds none of them.
func TestALoneParticipantLeavesNobodyOut(t *testing.T) {
	d := twelveMen()
	d.participants = []*participant{{key: "a", sex: "male", ageBand: "18-60", courses: []trajectory{course("0-5")}}}
	if err := d.protect(t.Context(), &Options{Terms: &transform.Terms{K: 5, L: 2}}); err != nil {
		t.Fatal(err)
	}
	if r := d.linkage(); len(d.persons) != 12 || r.PersonsFittingOne != 12 || r.ParticipantsFittingOne != 0 {
		t.Errorf("%d persons are delivered, %d of them fit one participant", len(d.persons), r.PersonsFittingOne)
	}
}
