package release

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"lvv/anonymize/kanon"
	"lvv/transform"
)

// participant is what the AMIF account says of a person, in the terms of trajecten.
type participant struct {
	key          string
	sex, ageBand string
	courses      []trajectory
}

func readParticipants(ctx context.Context, o *Options) (map[string]*participant, error) {
	all := map[string]*participant{}
	err := transform.Select(ctx, o.Engine, o.Terms, o.Period, "amif_participants", func(columns []string, row []transform.Value) error {
		v := named(columns, row)
		key := v("person_key").Str()
		all[key] = &participant{key: key, sex: v("sex").Str(), ageBand: v("age_band").Str()}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read participants: %w", err)
	}
	return all, nil
}

func sortedParticipants(all map[string]*participant) []*participant {
	out := make([]*participant, 0, len(all))
	for _, a := range all {
		if len(a.courses) > 0 {
			out = append(out, a)
		}
	}
	slices.SortFunc(out, func(a, b *participant) int { return cmp.Compare(a.key, b.key) })
	return out
}

// impossible is the price of a trajectory that cannot be taken for a course.
const impossible = math.MaxInt32

// missing returns what must be withheld of a trajectory before it can be taken for a course: 0 for
// nothing; a bit for each cell, the dearer cell the higher.
func missing(t, course *trajectory) int {
	if t.scenario != "return" || t.running != course.running {
		return impossible
	}
	price := 0
	for c := range cells {
		if t.published[c] != kanon.Star && t.published[c] != course.truth[c] {
			price |= 1 << c
		}
	}
	return price
}

// Bounds on the work of unlink: rounds, and persons looked at for company.
const (
	unlinkRounds = 20
	companySeen  = 20_000
)

// unlink withholds cells of trajecten, and sex or age of classes of personen, until no participant of
// the AMIF account fits one person alone, and no person one participant alone. Where nobody else can be
// made to fit, something remains: see linked.
func (d *delivery) unlink() {
	for range unlinkRounds {
		l := d.links()
		changed := false
		for i, of := range l.participantsOf {
			if len(of) == 1 {
				changed = withholdNext(d.persons[i]) || d.widen(d.persons[i], of[0]) || changed
			}
		}
		for at, of := range l.personsOf {
			if len(of) == 1 {
				changed = d.giveCompany(d.participants[at], of[0]) || changed
			}
		}
		if !changed {
			return
		}
	}
}

// withholdNext withholds one more column of a person's return trajectories.
func withholdNext(p *person) bool {
	for c := range cells {
		changed := false
		for i := range p.trajectories {
			if t := &p.trajectories[i]; t.scenario == "return" && t.published[c] != kanon.Star {
				t.published[c], changed = kanon.Star, true
			}
		}
		if changed {
			return true
		}
	}
	return false
}

// widen makes a participant, other than the one at index only, fit the person of whose return
// trajectories all is withheld: the person's class gives up sex, age or, if it must be, both.
func (d *delivery) widen(p *person, only int) bool {
	var other *participant
	least := 3 // columns
	for at, a := range d.participants {
		if at == only || !a.coursesFit(p.trajectories, 0, 0) {
			continue
		}
		price := 0
		if s := p.published[qiSex]; s != a.sex && s != kanon.Star {
			price++
		}
		if !a.mayBeAged(p) {
			price++
		}
		if price < least {
			other, least = a, price
		}
	}
	if other == nil || least == 0 {
		return false
	}
	d.generalise(other, p.published)
	return true
}

// giveCompany makes a person, other than the one at index alone, fit the participant: one whose sex
// and age allow it, by withholding cells at the least price; else one of another class, all of which
// then gives up its sex or age. A class only grows by that, so k and l hold.
func (d *delivery) giveCompany(a *participant, alone int) bool {
	i, price := d.cheapest(a, alone, a.mayBe)
	if i >= 0 && price == 0 {
		return false // there is company already
	}
	if i < 0 {
		if i, _ = d.cheapest(a, alone, func(*person) bool { return true }); i < 0 {
			return false
		}
		d.generalise(a, d.persons[i].published)
	}
	a.assign(d.persons[i].trajectories, func(t *trajectory, price int) {
		for c := range cells {
			if price>>c&1 == 1 {
				t.published[c] = kanon.Star
			}
		}
	})
	return true
}

// cheapest is the index of the person, of those allowed and other than alone, whose trajectories can
// be taken for the participant's at the least price; -1 for nobody.
func (d *delivery) cheapest(a *participant, alone int, allowed func(*person) bool) (best, least int) {
	best, least = -1, impossible
	for n := 1; n < min(len(d.persons), companySeen) && least > 1; n++ {
		i := (alone + n) % len(d.persons)
		if !allowed(d.persons[i]) {
			continue
		}
		if price := a.assign(d.persons[i].trajectories, nil); price < least {
			best, least = i, price
		}
	}
	return best, least
}

// generalise withholds of the class what keeps its members from being the participant.
func (d *delivery) generalise(a *participant, class [qiCount]string) {
	for _, p := range d.persons {
		if p.published != class {
			continue
		}
		if p.published[qiSex] != a.sex {
			p.published[qiSex] = kanon.Star
		}
		if !a.mayBeAged(p) {
			p.published[qiAge] = kanon.Star
		}
	}
}

// assign takes for each course in turn the cheapest trajectory that is left, and returns the sum of
// their prices.
func (a *participant) assign(trajectories []trajectory, take func(t *trajectory, price int)) int {
	taken := make([]bool, len(trajectories))
	sum := 0
	for c := range a.courses {
		best, least := -1, impossible
		for i := range trajectories {
			if taken[i] {
				continue
			}
			if price := missing(&trajectories[i], &a.courses[c]); price < least {
				best, least = i, price
			}
		}
		if best < 0 {
			return impossible
		}
		taken[best] = true
		sum += least
		if take != nil {
			take(&trajectories[best], least)
		}
	}
	return sum
}

// linked returns the persons whom alone a participant fits: whoever knows that participant has found
// them. A person whom one participant fits is only as easy to find as others whom it fits.
func (d *delivery) linked() []*person {
	l := d.links()
	alone := make([]bool, len(d.persons))
	for _, of := range l.personsOf {
		if len(of) == 1 {
			alone[of[0]] = true
		}
	}
	var found []*person
	for i, p := range d.persons {
		if alone[i] {
			found = append(found, p)
		}
	}
	return found
}

// linkage measures what is left to link.
func (d *delivery) linkage() Linkage {
	r := Linkage{
		File: "amif/deelnemers.csv", Columns: []string{"sex", "age_band", "scenario", "running", "outcome", "duration_band", "guidance_hours_band"},
		Participants: len(d.participants), Withheld: map[string]int{},
	}
	l := d.links()
	for _, of := range l.participantsOf {
		if len(of) == 1 {
			r.PersonsFittingOne++
			if len(l.personsOf[of[0]]) == 1 {
				r.UniqueMatches++
			}
		}
	}
	for _, of := range l.personsOf {
		if len(of) == 1 {
			r.ParticipantsFittingOne++
		}
	}
	for c, name := range cellNames {
		r.Withheld[name] = 0
		for _, p := range d.persons {
			for _, t := range p.trajectories {
				if t.published[c] == kanon.Star {
					r.Withheld[name]++
				}
			}
		}
	}
	return r
}
