package request

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"lvv/anonymize/cells"
	"lvv/anonymize/disclose"
	"lvv/anonymize/published"
	"lvv/internal/say"
	"lvv/sql"
	"lvv/transform"
	"lvv/transform/engine"
)

// Options say what is asked, of what, and what readers have already.
type Options struct {
	Engine  engine.Engine
	Terms   *transform.Terms
	Period  transform.Period // its reference date is that of what is known
	Request *Request
	Order   disclose.Order        // of the partners in a table
	Reports []*published.Document // every document of the pilot
	Earlier []*Answer             // every earlier answer of the pilot
	Search  cells.Options
}

// Run answers a request, or refuses it with a [Refusal].
func Run(ctx context.Context, o Options) (*Answer, error) {
	if o.Terms.MinCell < 2 {
		return nil, refusef(o.Request.Tables[0].Name, "min_cell is %d, so nothing would be protected\n  Set disclosure.min_cell in the terms to 5.", o.Terms.MinCell)
	}
	tallies, of, err := o.tallies()
	if err != nil {
		return nil, err
	}
	all, err := o.read(ctx, tallies)
	if err != nil {
		return nil, err
	}
	for i, t := range o.Request.Tables {
		if err := fits(all, of[i][0], &t); err != nil {
			return nil, err
		}
	}
	a := &Answer{
		Schema: Schema, Pilot: o.Terms.Pilot, Period: o.Period, MinCell: o.Terms.MinCell, Title: o.Request.Title,
		Reports: len(o.Reports), Answered: len(o.Earlier),
	}
	c := &control{universe: all, tallies: tallies, minCell: int64(o.Terms.MinCell), order: o.Order}
	if err := c.decide(o.Search); err != nil {
		return nil, err
	}
	for i := range o.Request.Tables {
		t := &o.Request.Tables[i]
		values, err := o.measured(ctx, t, tallies[of[i][0]].tally)
		if err != nil {
			return nil, err
		}
		a.Tables = append(a.Tables, *c.answer(t, of[i], values))
	}
	return a, nil
}

// tallies lists all counts that are taken into account, and by table of the request the indexes of its own.
func (o *Options) tallies() (all []*counted, of [][]int, err error) {
	if all, err = o.answered(); err != nil {
		return nil, nil, err
	}
	cat, err := sql.Load()
	if err != nil {
		return nil, nil, err
	}
	equals, err := equalsOf(cat)
	if err != nil {
		return nil, nil, err
	}
	for _, d := range o.Reports {
		all = append(all, reported(equals, d, len(all))...)
	}
	if !slices.ContainsFunc(o.Reports, func(d *published.Document) bool { return d.Period == o.Period }) {
		totals, err := toCome(cat, o.Period, len(all))
		if err != nil {
			return nil, nil, err
		}
		all = append(all, totals...)
	}
	for i := range o.Request.Tables {
		t := &o.Request.Tables[i]
		var mine []int
		for k, one := range t.tallies(o.Period) {
			mine = append(mine, len(all))
			now := &counted{tally: one, name: t.Name, now: true, first: k == 0, rank: t.rank(k)}
			if of, stat := t.statistic(); k == 0 && of != "" {
				now.of, now.statistics = of, func([]string) []string { return []string{stat} }
			}
			all = append(all, now)
		}
		of = append(of, mine)
	}
	return all, of, nil
}

// reported lists the counts of a report, numbered by figure: each has the number of its first count, so many being listed before, from one on.
func reported(equals []equal, d *published.Document, before int) (out []*counted) {
	source := 0
	for i := range equals {
		for _, one := range equals[i].tallies(d) {
			if len(out) == 0 || out[len(out)-1].equal.figure != equals[i].figure {
				source = before + len(out) + 1
			}
			one.source, one.equal = source, &equals[i]
			out = append(out, one)
		}
	}
	return out
}

// answered lists the counts of the earlier answers.
func (o *Options) answered() (all []*counted, err error) {
	for _, e := range o.Earlier {
		for i := range e.Tables {
			t := &e.Tables[i]
			u := unitNamed(t.Asked.Unit)
			if u == nil || len(t.Counts) == 0 {
				return nil, say.Errorf("an earlier answer holds a table %q that this program cannot ask again", t.Asked.Name)
			}
			list := t.Asked.tallies(e.Period)
			if len(list) != len(t.Counts) {
				return nil, say.Errorf("an earlier answer holds a table %q that this program cannot ask again", t.Asked.Name)
			}
			for k, one := range list {
				told := &t.Counts[k]
				before := &counted{tally: one, name: fmt.Sprintf("table %s of %q, answered before", t.Asked.Name, e.Title), answer: true, first: k == 0, known: told.known}
				if of, stat := t.Asked.statistic(); k == 0 && of != "" {
					before.of, before.statistics = of, func(labels []string) []string {
						if c := told.cell(labels); c == nil || c.Value == nil {
							return nil
						}
						return []string{stat}
					}
				}
				all = append(all, before)
			}
		}
	}
	return all, nil
}

// statistic is the field whose values the table tells something of, and what; a sum is told as a mean is.
func (t *Table) statistic() (of, stat string) {
	if t.Measure == Mean || t.Measure == Median {
		return t.Of, t.Measure
	}
	return unitNamed(t.Unit).Sum, Mean
}

// rank has the last intervals of a curve hidden before the first ones, and these before what all of them rest on.
func (t *Table) rank(k int) func(labels []string) int64 {
	if t.Measure != Survival && t.Measure != Incidence {
		return nil
	}
	return func(labels []string) int64 {
		if k != 1 {
			return cells.MaxRank
		}
		n, _ := strconv.Atoi(labels[len(t.By)])
		return int64(len(horizons) - n)
	}
}

// known is what readers of an earlier answer know of a cell.
func (t *Told) known(labels []string) (low, high int64) {
	if t.Withdrawn {
		return 0, cells.Unbounded
	}
	if c := t.cell(labels); c != nil {
		return c.Low, c.High
	}
	return 0, 0
}

// tallies are the counts of a published document that a figure holds, one for each of its breakdowns.
func (e *equal) tallies(d *published.Document) (out []*counted) {
	type told struct{ low, high int64 }
	known := map[string]map[string]told{}
	var order []string
	stats := e.statistics(d)
	for i := range d.Figures {
		f := &d.Figures[i]
		if f.ID != e.figure || f.Unit != "count" && e.of == "" {
			continue
		}
		name, labels, ok := e.cell(f.Dims)
		if !ok {
			continue
		}
		t := told{0, cells.Unbounded}
		switch {
		case f.Known():
			v := f.Value
			switch e.of {
			case "numerator":
				v = f.Numerator
			case "denominator":
				v = f.Denominator
			}
			if v.Kind() == engine.Count {
				t = told{v.Int(), v.Int()}
			}
		case e.of != "": // that the share is hidden says nothing of its counts
		case f.Hidden != "":
			t = told{1, int64(d.MinCell) - 1}
		case f.Range != nil:
			if t = (told{f.Range.Low, f.Range.High}); t.high == published.Unbounded {
				t.high = cells.Unbounded
			}
		}
		if known[name] == nil {
			known[name] = map[string]told{}
			order = append(order, name)
		}
		known[name][key(labels)] = t
	}
	for _, name := range order {
		var dims []string
		if name != "" {
			dims = strings.Split(name, ",")
		}
		one, _ := e.tally(d.Period, dims)
		out = append(out, &counted{
			tally: one, name: fmt.Sprintf("%s in the report of %s", e.figure, d.Period.Label), first: true,
			of: e.values, statistics: func(labels []string) []string { return stats[name+"\x1e"+key(labels)] },
			known: func(labels []string) (low, high int64) {
				if t, ok := known[name][key(labels)]; ok {
					return t.low, t.high
				}
				return 0, cells.Unbounded
			},
		})
	}
	return out
}

// cell returns the names of the dimensions of a count of the figure, and its labels.
func (e *equal) cell(dims []transform.Dim) (names string, labels []string, ok bool) {
	all := make([]string, len(dims))
	for i, d := range dims {
		all[i] = d.Name
		if slices.ContainsFunc(e.dims, func(fixed sql.Dim) bool { return fixed.Name == d.Name && fixed.Value != d.Value }) {
			return "", nil, false
		}
	}
	one, at := e.tally(transform.Period{}, all)
	for _, i := range at {
		labels = append(labels, dims[i].Value)
	}
	return strings.Join(all, ","), labels, one != nil
}

// read counts all tallies.
func (o *Options) read(ctx context.Context, tallies []*counted) (*universe, error) {
	joint := map[string]bool{}
	for _, t := range tallies {
		if t.now {
			joint[t.unit.kind()] = true
		}
	}
	all := newUniverse(joint)
	done := make([]bool, len(tallies))
	for i, t := range tallies {
		if done[i] {
			continue
		}
		var numbers []int
		var together []*tally
		for k, other := range tallies {
			if !done[k] && other.unit == t.unit && other.period == t.period {
				numbers, together, done[k] = append(numbers, k), append(together, other.tally), true
			}
		}
		err := members(ctx, o.Engine, o.Terms, together, func(m *member, in [][]string) error {
			for k, labels := range in {
				if labels != nil {
					all.add(numbers[k], m, t.unit, labels)
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	for _, t := range tallies {
		if t.of == "" || !t.now && !slices.ContainsFunc(tallies, func(other *counted) bool { return other.names(t.of) }) {
			continue
		}
		var err error
		if t.values, err = spreads(ctx, o.Engine, o.Terms, t.tally, t.of); err != nil {
			return nil, err
		}
	}
	all.build()
	return all, nil
}

// fits refuses a table with more cells than persons to put into them.
func fits(w *universe, tally int, t *Table) error {
	values := make([]map[string]bool, len(t.By))
	var atoms []int
	for _, c := range w.cells {
		if c.tally != tally {
			continue
		}
		for i, l := range c.labels {
			if values[i] == nil {
				values[i] = map[string]bool{}
			}
			values[i][l] = true
		}
		atoms = append(atoms, c.atoms...)
	}
	n := 1
	for _, v := range values {
		n *= max(1, len(v))
	}
	if persons := w.persons(slices.Compact(slices.Sorted(slices.Values(atoms)))); len(t.By) > 0 && len(atoms) > 0 && n > persons {
		return refusef(t.Name, "its fields make %d cells, and fewer persons would stand in them\n  Break it down by fewer fields, or by wider ones: region for nationality, year for month.", n)
	}
	return nil
}

// answer writes down what is told of a table, given what was computed of the values in its cells.
func (c *control) answer(t *Table, of []int, values map[string]float64) *Answered {
	out := &Answered{Asked: *t, Threshold: int(c.threshold), Withheld: []Reason{}}
	var small, partner, alike, band, gone int
	for k, tally := range of {
		count := c.tallies[tally]
		told := Told{By: []string{}, Cells: []ToldCell{}, Withdrawn: c.withdrawn[tally]}
		for _, l := range count.by {
			told.By = append(told.By, l.name)
		}
		for i, n := range c.cells {
			if n.tally != tally {
				continue
			}
			if told.Withdrawn {
				gone = 1 // how many are not empty is not told
				continue
			}
			d := c.told[i]
			cell := ToldCell{Labels: n.labels, Low: d.low, High: d.high}
			switch v, ok := values[n.key]; {
			case d.low < d.high && d.high < c.threshold:
				small++
			case d.low < d.high:
				partner++
			case !ok || k > 0:
			case d.valued:
				cell.Value = &v
			case d.alone && n.persons >= int(c.minCell):
				band++
			default:
				alike++
			}
			told.Cells = append(told.Cells, cell)
		}
		out.Counts = append(out.Counts, told)
	}
	for _, w := range []Reason{
		{small, Small}, {partner, Partner}, {alike, Alike}, {band, Band}, {gone, Withdrawn},
	} {
		if w.Cells > 0 {
			out.Withheld = append(out.Withheld, w)
		}
	}
	return out
}

// measured computes what a table tells beside counts.
func (o *Options) measured(ctx context.Context, t *Table, of *tally) (map[string]float64, error) {
	switch {
	case t.Measure == Mean || t.Measure == Median:
		return measured(ctx, o.Engine, o.Terms, of, t.Measure, t.Of)
	case of.unit.Sum != "":
		return measured(ctx, o.Engine, o.Terms, of, Count, of.unit.Sum)
	}
	return nil, nil
}
