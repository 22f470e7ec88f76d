package transform

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	models "lvv/sql"
)

// observed is one random register: the oracle's counts for a period, and for the day before it.
type observed struct {
	now, before, late map[string][]numbered        // by table; the same period as known later
	night             func() map[string][]numbered // its last night
	halves            func() (first, rest map[string][]numbered)
	// ago counts from the pilot's start up to so many days before the reference date, and before the day before the period.
	ago func(days int) (now, before map[string][]numbered)
}

// numbered is one count of a table.
type numbered struct {
	dims map[string]string
	n    int
}

// tableOf names the counts of one breakdown.
func tableOf(c *models.Count) string {
	var dims []string
	for _, d := range c.Dims {
		dims = append(dims, d.Name)
	}
	slices.Sort(dims)
	id := c.Figure
	if c.Of != "" {
		id += "." + c.Of
	}
	return strings.Join(append([]string{id}, dims...), " ")
}

func observe(w *world, t *Terms, p Period) map[string][]numbered {
	out := map[string][]numbered{}
	for key, n := range newOracle(w, t, p).counts {
		row, ok := rowsOfKeys.Load(key)
		if !ok {
			row, _ = rowsOfKeys.LoadOrStore(key, rowOfKey(key))
		}
		at := row.(tableRow)
		out[at.table] = append(out[at.table], numbered{at.dims, n})
	}
	return out
}

// eachOf goes through the counts that a declaration names.
func eachOf(c *models.Count, in map[string][]numbered, do func(*numbered)) {
	table := in[tableOf(c)]
next:
	for i := range table {
		for _, d := range c.Dims {
			if !d.Has(table[i].dims[d.Name]) {
				continue next
			}
		}
		do(&table[i])
	}
}

// grouped is what belongs together in a relation: wholes, their parts, and what was there the day before.
type grouped struct{ parts, wholes, before []*numbered }

// groups puts parts to the wholes that they belong to.
func groups(cat *models.Catalogue, r *models.Relation, now, before map[string][]numbered) (out []*grouped) {
	at := map[string]*grouped{}
	var free []string
	for _, w := range r.Whole {
		if f := w.Free(); len(f) > len(free) {
			free = f
		}
	}
	group := func(value func(dim string) string) *grouped {
		var key strings.Builder
		for _, d := range free {
			key.WriteString(value(d) + "\x00")
		}
		g := at[key.String()]
		if g == nil {
			g = &grouped{}
			at[key.String()] = g
			out = append(out, g)
		}
		return g
	}
	eachOf(&r.Part, now, func(n *numbered) {
		g := group(func(dim string) string {
			source, _ := cat.Source(&r.Part, dim)
			if source != dim {
				return cat.Refinement(source, dim).Of(n.dims[source])
			}
			return n.dims[dim]
		})
		g.parts = append(g.parts, n)
	})
	for i := range r.Whole {
		eachOf(&r.Whole[i], now, func(n *numbered) {
			g := group(func(dim string) string { return n.dims[dim] })
			g.wholes = append(g.wholes, n)
		})
	}
	if r.Before != nil {
		eachOf(r.Before, before, func(n *numbered) {
			g := group(func(dim string) string { return n.dims[dim] })
			g.before = append(g.before, n)
		})
	}
	return slices.DeleteFunc(out, func(g *grouped) bool { return len(g.wholes) < len(r.Whole) })
}

// holds evaluates a relation on counts. much says whether anything but nothing was compared with something.
func holds(cat *models.Catalogue, r *models.Relation, now, before map[string][]numbered) (ok, much bool) {
	for _, g := range groups(cat, r, now, before) {
		part, whole, most := 0, 0, 0
		for _, n := range g.parts {
			part, most = part+n.n, max(most, n.n)
		}
		if r.Beyond != nil {
			much = much || len(r.Whole) == 0 && part > 0
			part = exceedsBy(cat, r, g.parts, now[tableOf(r.Beyond)], now, countsEarlier(cat, r))
		}
		if r.SoFar {
			part = soFar(cat, r, now, before)
		}
		for _, other := range besideOf(r, now, nil) {
			part += other.n
		}
		for _, n := range g.before {
			part += n.n
		}
		for _, n := range g.wholes {
			whole += n.n
		}
		much = much || part > 0 && whole > 0
		if r.Each {
			part = most
		}
		if part > whole || (r.Kind == models.Wholly || r.Before != nil) && part != whole {
			return false, much
		}
	}
	return true, much
}

// besideOf lists the counts that a relation compares beside one part, of its dimensions, or, without any, beside all.
func besideOf(r *models.Relation, now map[string][]numbered, dims map[string]string) (out []*numbered) {
	for i := range r.Beside {
		b := &r.Beside[i]
		if (len(b.Free()) > 0) != (dims != nil) {
			continue
		}
		eachOf(b, now, func(n *numbered) {
			if !slices.ContainsFunc(b.Free(), func(dim string) bool { return n.dims[dim] != dims[dim] }) {
				out = append(out, n)
			}
		})
	}
	return out
}

// always counts the registers that a relation does not hold of, up to the first, and those that tell.
func always(cat *models.Catalogue, r *models.Relation, of []observed) (broken, telling int) {
	for i := range of {
		now := of[i].now
		if r.Since || r.AllSoFar {
			now = of[i].before
		}
		ok, much := holds(cat, r, now, of[i].before)
		if !r.InPeriod && !r.Since && !r.AllSoFar && ok {
			ok, _ = holds(cat, r, of[i].late, of[i].before)
		}
		if !ok {
			return 1, telling
		}
		if much {
			telling++
		}
	}
	return broken, telling
}

// describe writes a relation for a list.
func describe(r *models.Relation) string {
	var wholes []string
	for _, w := range r.Whole {
		wholes = append(wholes, w.String())
	}
	sign := map[bool]string{true: " = ", false: " <= "}[r.Kind == models.Wholly]
	if r.Each {
		sign = " each <= "
	}
	before := ""
	if r.Before != nil {
		before = " with before " + r.Before.String()
	}
	beyond := ""
	if r.Beyond != nil {
		beyond = " beyond " + r.Beyond.String()
	}
	for _, b := range r.Beside {
		beyond += " beside " + b.String()
	}
	if r.SoFar {
		beyond = " or " + r.Or.String() + " so far"
	}
	butFor := ""
	if r.ButFor != "" {
		butFor = " but for " + r.ButFor
	}
	since := ""
	if r.Since || r.AllSoFar {
		since = " since the start"
	}
	return r.Part.String() + beyond + since + sign + strings.Join(wholes, " + ") + before + butFor
}

// TestDeclaredRelations holds what the catalogue declares, of every figure, against the oracle's counts of random registers.
func TestDeclaredRelations(t *testing.T) {
	t.Parallel()
	cat, err := models.Load()
	if err != nil {
		t.Fatal(err)
	}
	of := map[string][]observed{}
	for what := range rarities {
		of[what] = observeMany(few, what)
	}
	for i := range cat.Figures {
		f := &cat.Figures[i]
		for k := range f.Relations {
			r := &f.Relations[k]
			if len(of[r.ButFor]) == 0 {
				t.Errorf("%s: nobody knows registers without %s", describe(r), r.ButFor)
				continue
			}
			if !observable(r, of[""]) {
				continue // the total is made of these very parts
			}
			var broken, telling int
			among(r.ButFor, func(of []observed) bool {
				broken, telling = always(cat, r, of)
				return broken > 0 || telling >= 3
			})
			if broken > 0 || telling < 3 {
				t.Errorf("%s: broken by %d, %d tell", describe(r), broken, telling)
			}
			if fromStart(cat, r) {
				var holds bool
				among(r.ButFor, func(of []observed) bool {
					holds, telling = addedToo(cat, r, of)
					return !holds || r.AnyTime && telling >= 3
				})
				if r.AnyTime != holds || holds && telling < 3 {
					t.Errorf("%s, at any time: declared %v, and it holds of what was added: %v; %d tell", describe(r), r.AnyTime, holds, telling)
				}
			}
			if r.ButFor != "" && !among("", func(of []observed) bool { broken, _ := always(cat, r, of); return broken > 0 }) {
				t.Errorf("%s always holds, with %s too", describe(r), r.ButFor)
			}
		}
		for _, g := range f.Growth {
			r := sinceStart(f, &g)
			if f.Accumulates == models.Instant && slices.ContainsFunc(of[""], func(o observed) bool { ok, _ := holds(cat, r, o.before, nil); return !ok }) {
				t.Errorf("from the start %s: broken", describe(r))
			}
			if g.After != nil && slices.ContainsFunc(of[""], func(o observed) bool { return !comesAfter(r, g.After, &o) }) {
				t.Errorf("from the period %s, after %s: broken", describe(r), g.After)
			}
		}
		for k, r := range slices.Concat(f.Falls, f.Rises) {
			gain := k >= len(f.Falls)
			var broken, telling int
			among(r.ButFor, func(of []observed) bool {
				broken, telling = movesAlways(cat, &r, of, gain)
				return broken > 0 || telling >= 3
			})
			if broken > 0 || telling < 3 {
				t.Errorf("what is lost, or gained (%v), of %s: broken by %d, %d tell", gain, describe(&r), broken, telling)
			}
			if r.ButFor != "" && !among("", func(of []observed) bool { broken, _ := movesAlways(cat, &r, of, gain); return broken > 0 }) {
				t.Errorf("what is lost, or gained (%v), of %s always holds, with %s too", gain, describe(&r), r.ButFor)
			}
		}
		telling := 0
		for k := range of[""] {
			rise, all := letIn(cat, f, &of[""][k])
			if rise > all {
				t.Errorf("register %d: %d came in to the last of %s, and %s counts %d", k, rise, f.ID, f.Entering, all)
			}
			if rise > 0 && rise == all {
				telling++
			}
			for n, c := range climbers(cat, f, &of[""][k]) {
				if telling += min(c.climbed, 1); c.climbed > c.more {
					t.Errorf("register %d: %d at least climbed to the first %d of %s, and %s grew by %d", k, c.climbed, n+1, f.ID, f.ClimbsTo[n], c.more)
				}
			}
		}
		if f.Climbs != "" && telling < 3*len(f.ClimbsTo) {
			t.Errorf("%s climbs: %d tell", f.ID, telling)
		}
	}
}

// comesAfter reports whether what growth says of a figure of an instant holds of a period, but for as many as what came first counted before it.
func comesAfter(r *models.Relation, first *models.Count, o *observed) bool {
	lacks := 0
	eachOf(&r.Part, o.now, func(n *numbered) { lacks += n.n })
	eachOf(&r.Whole[0], o.now, func(n *numbered) { lacks -= n.n })
	eachOf(first, o.before, func(n *numbered) { lacks -= n.n })
	return lacks <= 0
}

// sinceStart is what the growth of a figure of an instant says of a report from the pilot's start.
func sinceStart(f *models.Figure, g *models.Growth) *models.Relation {
	part := models.Count{Figure: f.ID}
	for _, name := range g.Count.Free() {
		part.Dims = append(part.Dims, models.CountDim{Name: name})
	}
	return &models.Relation{Kind: models.AtMost, Part: part, Whole: []models.Count{g.Count}}
}

// TestAccumulation holds what the catalogue says of time against random registers: what happened in a period is what happened
// in its two parts; what counts from the start never falls, its growth is what is declared, and cases climb one way.
func TestAccumulation(t *testing.T) {
	t.Parallel()
	cat, err := models.Load()
	if err != nil {
		t.Fatal(err)
	}
	of := observeMany(100, "")
	for i := range cat.Figures {
		f := &cat.Figures[i]
		if f.About == models.Nothing || f.Unit != "count" || !slices.ContainsFunc(f.Breakdowns, func(b models.Breakdown) bool { return cat.Characteristic(b.Dims()) }) {
			continue // a total is always shown
		}
		adds, falls, told := true, false, false
		for _, o := range of {
			half, other := o.halves()
			for _, b := range f.Breakdowns {
				c := models.Count{Figure: f.ID}
				for _, l := range b {
					c.Dims = append(c.Dims, models.CountDim{Name: l.Dim})
				}
				sum := func(in map[string][]numbered) map[string]int {
					out := map[string]int{}
					for _, n := range in[tableOf(&c)] {
						out[fmt.Sprint(n.dims)] = n.n
					}
					return out
				}
				now, was, first, rest := sum(o.now), sum(o.before), sum(half), sum(other)
				climbing := f.Accumulates == models.FromStart && slices.Contains(b.Dims(), f.Climbs)
				for k := range now {
					told = told || now[k] > 0
					adds = adds && now[k] == first[k]+rest[k]
				}
				for k := range was {
					falls = falls || now[k] < was[k] && !climbing
				}
			}
		}
		if !told {
			t.Errorf("%s is nothing in all registers", f.ID)
		}
		if is := f.Accumulates == models.Period; is != adds {
			t.Errorf("%s accumulates: %s, and its periods add up: %v", f.ID, f.Accumulates, adds)
		}
		if is := f.Accumulates == models.FromStart; is && falls || !is && !falls && !adds {
			t.Errorf("%s accumulates: %s, and it falls: %v", f.ID, f.Accumulates, falls)
		}
	}
}
