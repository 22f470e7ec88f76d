package release

import (
	"cmp"
	"iter"
	"slices"

	"lvv/anonymize/kanon"
)

// links are the pairs that fit each other, up to two for each person and participant: who fits two
// is not found.
type links struct {
	personsOf      [][]int // of each participant
	participantsOf [][]int // of each person
}

// sign is what a course of a participant, or a return trajectory and the row of its person, tell that
// can be looked up. It finds the persons whom a participant may fit.
type sign struct {
	sex     string
	ages    uint8 // the account's age bands that the person may have: see ageBands
	running bool
	cells   [cells]string
}

// ageBands are those of the account, in the order of the bits of a sign.
var ageBands = [...]string{"<18", "18-60", ">60", unknown}

// signed are the persons who have a sign.
type signed struct {
	all  []int
	open []int // those of whom fewer than two participants are known
}

// links finds the pairs in time that grows with persons and participants, not with their product:
// nobody is looked at again of whom two are known.
func (d *delivery) links() *links {
	l := &links{make([][]int, len(d.participants)), make([][]int, len(d.persons))}
	bySign, masks := d.signs()
	order := make([]int, len(d.participants))
	for at := range order {
		order[at] = at
	}
	// Nearly all persons fit two participants of one course, and need not be held against those of more.
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(len(d.participants[a].courses), len(d.participants[b].courses))
	})
	for _, at := range order {
		a := d.participants[at]
		for s := range a.signs(masks) {
			if found := bySign[s]; found != nil {
				l.pair(d, at, found)
			}
		}
	}
	return l
}

// pair notes which of the persons the participant fits.
func (l *links) pair(d *delivery, at int, found *signed) {
	a := d.participants[at]
	note := func(i int) {
		if len(l.personsOf[at]) < 2 && !slices.Contains(l.personsOf[at], i) {
			l.personsOf[at] = append(l.personsOf[at], i)
		}
		if len(l.participantsOf[i]) < 2 && !slices.Contains(l.participantsOf[i], at) {
			l.participantsOf[i] = append(l.participantsOf[i], at)
		}
	}
	found.open = slices.DeleteFunc(found.open, func(i int) bool {
		if len(l.participantsOf[i]) < 2 && a.coursesFit(d.persons[i].trajectories, 0, 0) {
			note(i)
		}
		return len(l.participantsOf[i]) == 2
	})
	for _, i := range found.all {
		if len(l.personsOf[at]) == 2 {
			return
		}
		if a.coursesFit(d.persons[i].trajectories, 0, 0) {
			note(i)
		}
	}
}

// signs returns the persons by their signs, and the masks of ages that there are.
func (d *delivery) signs() (bySign map[sign]*signed, masks []uint8) {
	bySign = map[sign]*signed{}
	maskOf := map[string]uint8{} // by the published age
	for i, p := range d.persons {
		mask, ok := maskOf[p.published[qiAge]]
		if !ok {
			for bit, band := range ageBands {
				if (&participant{ageBand: band}).mayBeAged(p) {
					mask |= 1 << bit
				}
			}
			maskOf[p.published[qiAge]] = mask
			if !slices.Contains(masks, mask) {
				masks = append(masks, mask)
			}
		}
		for n := range p.trajectories {
			t := &p.trajectories[n]
			if t.scenario != "return" {
				continue
			}
			s := sign{p.published[qiSex], mask, t.running, t.published}
			found := bySign[s]
			if found == nil {
				found = &signed{}
				bySign[s] = found
			}
			if n := len(found.all); n == 0 || found.all[n-1] != i {
				found.all = append(found.all, i)
			}
		}
	}
	for _, found := range bySign {
		found.open = slices.Clone(found.all)
	}
	return bySign, masks
}

// signs yields every sign that a person may have whom the participant fits.
func (a *participant) signs(masks []uint8) iter.Seq[sign] {
	return func(yield func(sign) bool) {
		bit := slices.Index(ageBands[:], a.ageBand)
		for _, sex := range []string{a.sex, kanon.Star} {
			for _, mask := range masks {
				if mask>>bit&1 == 0 {
					continue
				}
				for withheld := range 1 << cells {
					s := sign{sex, mask, a.courses[0].running, a.courses[0].truth}
					for c := range cells {
						if withheld>>c&1 == 1 {
							s.cells[c] = kanon.Star
						}
					}
					if !yield(s) {
						return
					}
				}
			}
		}
	}
}

// coursesFit reports whether each course from n on is one of the trajectories, none taken twice.
func (a *participant) coursesFit(trajectories []trajectory, n int, taken uint64) bool {
	if n == len(a.courses) {
		return true
	}
	for i := range trajectories {
		if i < 64 && taken>>i&1 == 0 && missing(&trajectories[i], &a.courses[n]) == 0 && a.coursesFit(trajectories, n+1, taken|1<<i) {
			return true
		}
	}
	return false
}

// mayBe reports whether a row of personen and a participant may be one person by sex and age.
func (a *participant) mayBe(p *person) bool {
	if s := p.published[qiSex]; s != a.sex && s != kanon.Star {
		return false
	}
	return a.mayBeAged(p)
}

// mayBeAged reports the same by age alone.
func (a *participant) mayBeAged(p *person) bool {
	lo, hi, ok := ageRange(p.published[qiAge])
	if !ok {
		return p.published[qiAge] == kanon.Star || a.ageBand == unknown
	}
	// The account takes the age at the first trajectory, which may begin years after the admission.
	const later = 3
	switch a.ageBand {
	case "<18":
		return lo < 18
	case "18-60":
		return lo <= 60 && hi+later >= 18
	case ">60":
		return hi+later > 60
	}
	return false
}
