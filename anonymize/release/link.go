package release

import (
	"fmt"
	"slices"
	"strings"

	"lvv/internal/day"
)

// query is one way in which a participant of an AMIF account can be looked for in a table: the values
// that the account allows in some of its columns. Each combination of columns that the two share is a
// query of its own, because a reader may use any of them.
type query struct {
	table string
	// values are those allowed, by the place of the column; nil: any.
	values []map[string]bool
}

// condition is a set of values of one column, with a text that tells it from others.
type condition struct {
	text   string
	values map[string]bool
}

func oneOf(values ...string) condition {
	c := condition{strings.Join(values, ","), map[string]bool{}}
	for _, v := range values {
		c.values[v] = true
	}
	return c
}

// anything is no condition.
var anything = condition{}

// asker collects the queries of all participants, each once.
type asker struct {
	tables  []*table
	seen    map[string]bool
	queries []*query
}

// queriesOf returns how the participants can be looked for, each way once.
func queriesOf(tables []*table, participants []*participant, quarters []day.Day) []*query {
	a := &asker{tables: tables, seen: map[string]bool{}}
	for _, p := range participants {
		a.inPersons(p)
		for i := range p.courses {
			a.inTrajectories(p, &p.courses[i], quarters)
			a.inCourses(p, &p.courses[i], quarters)
		}
		if len(p.courses) == 0 {
			a.inCourses(p, nil, quarters)
		}
	}
	return a.queries
}

// ask adds a query for each way to choose one condition a column.
func (a *asker) ask(name string, choices map[string][]condition) {
	t := a.tables[slices.IndexFunc(a.tables, func(t *table) bool { return t.name == name })]
	var key strings.Builder
	for _, c := range t.columns {
		for _, o := range choices[c.name] {
			key.WriteString("\x1f" + o.text)
		}
		key.WriteString("\x1e")
	}
	if a.seen[name+key.String()] {
		return
	}
	a.seen[name+key.String()] = true
	q := &query{table: name, values: make([]map[string]bool, len(t.columns))}
	var choose func(col int, text string)
	choose = func(col int, text string) {
		if col == len(t.columns) {
			if !a.seen[text] {
				a.seen[text] = true
				a.queries = append(a.queries, &query{q.table, slices.Clone(q.values)})
			}
			return
		}
		options := choices[t.columns[col].name]
		if len(options) == 0 {
			options = []condition{anything}
		}
		for _, c := range options {
			q.values[col] = c.values
			choose(col+1, text+"\x1f"+c.text)
		}
	}
	choose(0, name)
}

// nearby is how many days lie between an admission and the start of guidance, as a reader may assume.
const nearby = 31

func (a *asker) inPersons(p *participant) {
	y, m, _ := p.start.Civil()
	quarter := day.Of(y, (m-1)/3*3+1, 1)
	counts := []string{"1", "2", "3+"}
	choices := map[string][]condition{
		colSex: {anything},
		colAge: {anything},
		colAdmitted: {months(p.start-nearby, p.start+nearby), months(p.start-nearby, p.start), months(quarter, quarter.AddMonths(3)-1),
			months(max(p.start-nearby, quarter), min(p.start+nearby, quarter.AddMonths(3)-1)), anything},
		colTrajectories: {oneOf(counts[min(p.trajectories, 3)-1:]...), anything},
		colFinalOutcome: {anything},
	}
	if p.sex != "" {
		choices[colSex] = append(choices[colSex], oneOf(p.sex))
	}
	if p.ageBand != unknown && p.ageBand != "" {
		choices[colAge] = append(choices[colAge], ages(p.ageBand, 0), ages(p.ageBand, laterAge))
	}
	if p.returned {
		choices[colFinalOutcome] = append(choices[colFinalOutcome], oneOf("return"))
	}
	a.ask(personsName, choices)
}

// laterAge is how many years after the admission, to which personen holds the age, guidance may begin.
const laterAge = 3

// ages are those of an age band of the account, or up to so many years less.
func ages(ageBand string, less int) condition {
	lo, hi := 18, 60
	switch ageBand {
	case "<18":
		lo, hi = 0, 17
	case ">60":
		lo, hi = 61, oldest
	}
	var values []string
	for age := max(lo-less, 0); age <= min(hi, oldest-1); age++ {
		values = append(values, fmt.Sprint(age))
	}
	if hi == oldest {
		values = append(values, fmt.Sprintf("%d+", oldest))
	}
	return oneOf(values...)
}

// months are those from one day to another.
func months(from, to day.Day) condition {
	var values []string
	y, m, _ := from.Civil()
	for d := day.Of(y, m, 1); d <= to; d = d.AddMonths(1) {
		values = append(values, monthLeaf(d))
	}
	return oneOf(values...)
}

func (a *asker) inTrajectories(p *participant, g *guidance, quarters []day.Day) {
	choices := map[string][]condition{
		colScenario: {anything, oneOf("return")},
		colRunning:  {anything},
		colDuration: g.durations(p.asOf, durationWidths[0], quarters),
		colHours:    {anything},
		colOutcome:  {anything},
	}
	if g.hours != "" {
		choices[colHours] = append(choices[colHours], oneOf(g.hours))
	}
	if g.end != day.None {
		choices[colRunning] = append(choices[colRunning], oneOf(hasEnded))
		if g.outcome != "" {
			choices[colOutcome] = append(choices[colOutcome], oneOf(g.outcome))
		}
	} else {
		choices[colRunning] = append(choices[colRunning], oneOf(isRunning))
	}
	a.ask(trajectoriesName, choices)
}

// durations are the conditions on a duration: the band itself, and what the accounts of earlier
// quarters, in which the trajectory still ran, tell of it.
func (g *guidance) durations(asOf day.Day, width int, quarters []day.Day) []condition {
	end := g.end
	if end == day.None {
		end = asOf
	}
	out := []condition{anything, oneOf(dayLeaf(int64(end-g.start), width))}
	for _, q := range quarters {
		if g.start <= q && q < end {
			out = append(out, atLeast(int64(q-g.start), width))
		}
	}
	return out
}

// atLeast are the bands from the one of so many days on.
func atLeast(days int64, width int) condition {
	var values []string
	for d := days / int64(width) * int64(width); d < longest; d += int64(width) {
		values = append(values, dayLeaf(d, width))
	}
	return oneOf(append(values, dayLeaf(longest, width))...)
}

// inCourses looks for the course that holds the guidance: it is at least as long, and durable where the
// participant returned.
func (a *asker) inCourses(p *participant, g *guidance, quarters []day.Day) {
	t := a.tables[slices.IndexFunc(a.tables, func(t *table) bool { return t.name == coursesName })]
	var paths []string
	for _, row := range t.columns[t.at(colPath)].hierarchy {
		if slices.Contains(strings.Split(row[0], then), "return") {
			paths = append(paths, row[0])
		}
	}
	choices := map[string][]condition{colPath: {anything, oneOf(paths...)}, colDuration: {anything}, colRunning: {anything}, colLevel: {anything}}
	if g != nil {
		choices[colDuration] = g.durations(p.asOf, courseWidths[0], quarters)
		if end := g.end; end != day.None {
			choices[colDuration] = append(choices[colDuration], atLeast(int64(end-g.start), courseWidths[0]))
			choices[colRunning] = append(choices[colRunning], oneOf(hasEnded))
		} else {
			choices[colRunning] = append(choices[colRunning], oneOf(isRunning))
		}
	}
	if p.returned || g != nil && g.outcome == "return" {
		choices[colLevel] = append(choices[colLevel], oneOf("durable"))
	}
	a.ask(coursesName, choices)
}
