package transform

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"lvv/internal/day"
	"lvv/internal/thorough"
)

// rarities are what relations hold but for, and how it is taken out of a register.
var rarities = map[string]func(*world, *Terms){
	"": func(*world, *Terms) {},
	"outcomes before the pilot or admission": func(w *world, t *Terms) {
		admitted := map[int]day.Day{}
		for i := range w.cases {
			c := &w.cases[i]
			if c.applied = min(c.applied, c.decided); c.decision == "admitted" && c.decided >= t.Start {
				admitted[c.id] = c.decided
			}
		}
		w.trajectories = slices.DeleteFunc(w.trajectories, func(x aTrajectory) bool {
			on, ok := admitted[x.caseID]
			return x.end != day.None && (!ok || x.end < on)
		})
	},
	"other cases or times": func(w *world, t *Terms) {
		w.agree()
		t.End += 1000
		w.stays = slices.DeleteFunc(w.stays, func(s aStay) bool { return s.out != day.None && s.out <= t.Start })
		first, person := map[int]day.Day{}, map[int]int{} // when a person was first in shelter, or had an outcome
		for i := range w.cases {
			person[w.cases[i].id] = w.cases[i].person
		}
		at := func(caseID int, on day.Day) {
			if was, ok := first[person[caseID]]; !ok || on < was {
				first[person[caseID]] = on
			}
		}
		for _, s := range w.stays {
			at(s.caseID, s.in)
		}
		for _, x := range w.trajectories {
			if x.end != day.None {
				at(x.caseID, x.end)
			}
		}
		for i := range w.cases {
			c := &w.cases[i]
			if on, ok := first[c.person]; ok {
				c.decision, c.decided = "admitted", max(on, t.Start)
			}
			if c.decided != day.None {
				c.applied = min(c.applied, c.decided)
			}
		}
	},
	"other cases or earlier admission": func(w *world, t *Terms) {
		w.agree()
		for i := range w.cases {
			if c := &w.cases[i]; c.decided != day.None {
				c.decided = max(c.decided, t.Start)
				c.applied = min(c.applied, c.decided)
			}
		}
	},
	"decisions before applications": func(w *world, _ *Terms) {
		for i := range w.cases {
			if c := &w.cases[i]; c.decided != day.None {
				c.applied = min(c.applied, c.decided)
			}
		}
	},
	"conferences before the pilot or admission": func(w *world, t *Terms) {
		admitted := map[int]day.Day{}
		for _, c := range w.cases {
			admitted[c.id] = c.decided
		}
		w.conferences = slices.DeleteFunc(w.conferences, func(c aConference) bool {
			return c.on < t.Start || admitted[c.caseID] != day.None && c.on < admitted[c.caseID]
		})
	},
}

// admitAll admits everybody before they are in shelter.
func (w *world) admitAll() {
	for i := range w.cases {
		c := &w.cases[i]
		c.decision, c.decided = "admitted", c.applied
		for _, s := range w.stays {
			if s.caseID == c.id {
				c.decided = min(c.decided, s.in)
			}
		}
	}
}

// observeMany looks at random registers in which every table is delivered, in periods whose reference date is their last day. One rarity
// has not happened in them. The tests look at each of them once, and change nothing of what was seen.
func observeMany(n uint64, without string) []observed {
	var out []observed
	for seed := range n {
		look, _ := looks.LoadOrStore(fmt.Sprint(seed, without), sync.OnceValue(func() observed { return observeOne(seed, without) }))
		out = append(out, look.(func() observed)())
	}
	return out
}

// looks are what was observed, by seed and rarity.
var looks sync.Map

func observeOne(seed uint64, without string) observed {
	w, t, p := newRandomWorld(seed)
	clear(w.missing)
	for _, x := range t.Extensions { // what is known of the terms changes no relation
		t.End = max(t.End, x.End)
	}
	t.Extensions = nil
	if seed%4 == 0 { // long enough for the longest horizon
		t.End = max(t.End, t.Start+1000)
		p.To = t.End
	}
	if seed%4 == 1 {
		w.admitAll()
	}
	rarities[without](w, t)
	p.From = max(p.From, t.Start+1)
	p.To = max(p.To, p.From+1)
	at := func(from, to, asOf day.Day) map[string][]numbered {
		return observe(w, t, Period{Label: "test", From: from, To: to, AsOf: asOf})
	}
	o := observed{now: at(p.From, p.To, p.To), before: at(t.Start, p.From-1, p.From-1)}
	o.ago = func(days int) (now, before map[string][]numbered) {
		until := day.Day(days)
		return at(t.Start, p.To-until, p.To), at(t.Start, p.From-1-until, p.To)
	}
	o.late = at(p.From, p.To, p.To+day.Day(seed%90))
	o.night = sync.OnceValue(func() map[string][]numbered { return at(p.To, p.To, p.To) })
	o.halves = sync.OnceValues(func() (first, rest map[string][]numbered) {
		middle := p.From + (p.To-p.From)/2
		return at(p.From, middle, p.To), at(middle+1, p.To, p.To)
	})
	return o
}

// few registers, beside which only those are looked at that a test needs to say something: all, where it tries everything.
var few = map[bool]uint64{false: 60, true: registersAtMost}[thorough.On]

const registersAtMost = 150

// among looks at few registers without a rarity, and at more of them until that settles something, or there are no more.
func among(butFor string, settles func([]observed) bool) bool {
	for n := few; ; n += 30 {
		if settled := settles(observeMany(n, butFor)); settled || n >= registersAtMost {
			return settled
		}
	}
}

// tableRow is the place of a count: its table, and the row in it.
type tableRow struct {
	table string
	dims  map[string]string
}

// rowsOfKeys are the places that keys of the oracle name, most of them the same in all registers.
var rowsOfKeys sync.Map

func rowOfKey(key string) tableRow {
	var dims []string
	id, rest, _ := strings.Cut(key, " ")
	for word := range strings.SplitSeq(rest, " ") { // a region's name has several words
		if strings.Contains(word, "=") {
			dims = append(dims, word)
		} else if len(dims) > 0 {
			dims[len(dims)-1] += " " + word
		}
	}
	row, table := map[string]string{}, []string{id}
	for _, d := range dims {
		name, value, _ := strings.Cut(d, "=")
		row[name] = value
		table = append(table, name)
	}
	slices.Sort(table[1:])
	return tableRow{strings.Join(table, " "), row}
}
