package samples

import (
	"cmp"
	"errors"
	"os"
	"slices"

	"lvv/internal/day"
)

// pilotSeed is the seed of the checked-in samples.
const pilotSeed = 20190301

// published is the day up to which the outcomes of the pilot were reported.
var published = day.Of(2020, 3, 31)

// publishedExits are the 142 exits that were reported to [published]; laterExits those that the
// samples have after it, at about the same rate.
var (
	publishedExits = []int{byPermit: 17, byMedicalPermit: 5, byNewProcedure: 46, byReturn: 21, byOnward: 1, byDetention: 13, byDecision: 2, byLeaving: 37}
	laterExits     = []int{byPermit: 10, byMedicalPermit: 3, byNewProcedure: 24, byReturn: 11, byOnward: 1, byDetention: 7, byDecision: 3, byLeaving: 18, byDeath: 1}
)

// The persons who were never sheltered, by what became of their application.
const (
	refusedPersons   = 215
	withdrawnPersons = 62
	pendingPersons   = 41
	guidedPersons    = 58 // admitted to guidance alone
)

// censusAt is the number of persons in shelter at turning points; between them it changes evenly.
// From 2020 on it is 84 % of the 360 places.
var censusAt = []struct {
	on      day.Day
	persons int
}{
	{day.Of(2019, 3, 1), 138}, {day.Of(2019, 5, 1), 205}, {day.Of(2019, 8, 1), 262}, {day.Of(2019, 11, 1), 296},
	{day.Of(2020, 1, 1), 304}, {day.Of(2020, 3, 1), 309}, {day.Of(2020, 5, 1), 298}, {day.Of(2020, 9, 30), 306},
}

func census(on day.Day) int {
	for i := 1; i < len(censusAt); i++ {
		a, b := censusAt[i-1], censusAt[i]
		if on <= b.on {
			return a.persons + (b.persons-a.persons)*int(on-a.on)/int(b.on-a.on)
		}
	}
	return censusAt[len(censusAt)-1].persons
}

// life is a person of the samples before the numbers are given out, in order of first application.
type life []episode

// pilotLives simulates the pilot day by day: those whose exit falls on the day leave, and others come
// in until the census is reached.
func pilotLives(r *random) []life {
	exits := append(exitDays(r, publishedExits, pilotStart+40, published), exitDays(r, laterExits, published+1, extracted)...)
	var lives []life
	var present []int // indices of lives
	var back []comeback
	left := 0 // with unknown destination
	for on := pilotStart; on <= extracted; on++ {
		for len(exits) > 0 && exits[0].on == on {
			i := leaver(r, lives, present, on)
			e := lastOf(lives[present[i]])
			e.out, e.ending = on, exits[0].ending
			if e.ending == byLeaving {
				if left++; left*returnPerMille/1000 > (left-1)*returnPerMille/1000 {
					back = append(back, comeback{on + day.Day(r.between(30, 160)), present[i]})
				}
			}
			present = slices.Delete(present, i, i+1)
			exits = exits[1:]
		}
		for len(present) < census(on) {
			if at := slices.IndexFunc(back, func(c comeback) bool { return c.on <= on }); at >= 0 {
				i := back[at].life
				back = slices.Delete(back, at, at+1)
				lives[i] = append(lives[i], entrant(r, on))
				present = append(present, i)
				continue
			}
			lives = append(lives, life{entrant(r, on)})
			present = append(present, len(lives)-1)
		}
	}
	lives = append(lives, outsiders(r)...)
	slices.SortStableFunc(lives, func(a, b life) int { return cmp.Compare(a[0].applied, b[0].applied) })
	return lives
}

func lastOf(l life) *episode { return &l[len(l)-1] }

// exit is an end of guidance that must happen on a day, to someone.
type exit struct {
	on     day.Day
	ending int
}

// exitDays spreads a number of exits of each kind over the days, more of them later on, in order.
func exitDays(r *random, counts []int, from, to day.Day) []exit {
	var out []exit
	for ending, n := range counts {
		for range n {
			at := max(r.below(int(to-from)+1), r.below(int(to-from)+1))
			out = append(out, exit{from + day.Day(at), ending})
		}
	}
	shuffle(r, out)
	slices.SortStableFunc(out, func(a, b exit) int { return cmp.Compare(a.on, b.on) })
	return out
}

// leaver chooses one of those present who have been guided for at least three weeks.
func leaver(r *random, lives []life, present []int, on day.Day) int {
	for {
		i := r.below(len(present))
		if e := lastOf(lives[present[i]]); on-max(e.in, e.decided) >= 21 {
			return i
		}
	}
}

// comeback is the return into shelter of someone who left with unknown destination.
type comeback struct {
	on   day.Day
	life int // index
}

// returnPerMille is the quarter that was reported to come back.
const returnPerMille = 250

// entrant is someone who comes into shelter on the day. Those who are there when the pilot starts
// were sheltered before it, and are decided upon in its first months.
func entrant(r *random, on day.Day) episode {
	e := episode{decision: admitted, ground: "geen", in: on, out: day.None, ending: running}
	wait := decisionDays(r)
	switch {
	case on == pilotStart:
		if r.chance(600) {
			e.in -= day.Day(r.below(70))
		}
		e.applied = pilotStart + day.Day(r.below(35))
	case r.chance(60): // sheltered while awaiting the decision
		e.applied = on - day.Day(r.below(10))
	default:
		e.applied = on - wait - day.Day(r.below(8))
	}
	e.decided = e.applied + wait
	if e.decided > extracted {
		e.decision, e.decided = pending, day.None
	}
	if r.chance(30) {
		e.ground, e.exception = grounds[r.pick(groundWeights)], e.decision == admitted
	}
	return e
}

// outsiders are the persons who were never sheltered.
func outsiders(r *random) []life {
	var out []life
	add := func(n int, from, to day.Day, decision string) {
		for range n {
			e := episode{applied: from + day.Day(r.below(int(to-from)+1)), decision: decision, ground: "geen", in: day.None, out: day.None, ending: running}
			e.decided = min(e.applied+decisionDays(r), extracted)
			switch {
			case decision == pending:
				e.decided = day.None
			case decision == refused && r.chance(850):
				e.ground = grounds[r.pick(groundWeights)]
			case decision == admitted && r.chance(250):
				if at := max(e.decided+60, published+1) + day.Day(r.below(150)); at <= extracted {
					e.out, e.ending = at, byLeaving
				}
			}
			out = append(out, life{e})
		}
	}
	add(refusedPersons, pilotStart, extracted-25, refused)
	add(withdrawnPersons, pilotStart, extracted-25, withdrawn)
	add(pendingPersons, extracted-38, extracted-1, pending)
	add(guidedPersons, pilotStart, extracted-40, admitted)
	// Some of the refused apply again, and are refused again.
	for i := range out[:refusedPersons] {
		first := lastOf(out[i])
		if again := first.decided + day.Day(r.between(40, 200)); r.chance(120) && again <= extracted-40 {
			out[i] = append(out[i], episode{applied: again, decided: min(again+decisionDays(r), extracted), decision: refused, ground: first.ground, in: day.None, out: day.None, ending: running})
		}
	}
	return out
}

// pilotBatch makes all rows of the samples, before the registers' mistakes.
func pilotBatch() (*world, *batch) {
	r := newRandom(pilotSeed, 0)
	lives := pilotLives(r)
	w := newWorld(pilotSeed, len(lives), 360)
	w.byYear = true
	b := new(batch)
	ledger(w, b)
	c := course{r: r, w: w, b: b}
	for i, l := range lives {
		r.reset(pilotSeed, uint64(i+1))
		c.write(newPerson(r, w, i+1), l)
	}
	return w, b
}

// WritePilot writes the checked-in exports into dir, in the place of what is there. The terms
// that belong to them are written by hand.
func WritePilot(dir string) error {
	_, b := pilotBatch()
	mistake(b)
	if err := errors.Join(os.RemoveAll(dir), os.MkdirAll(dir, 0o755)); err != nil {
		return err
	}
	d, err := begin(dir, pilotLayouts())
	if err != nil {
		return err
	}
	if err := d.add(b); err != nil {
		return err
	}
	return d.finish()
}
