package release

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"lvv/internal/day"
)

// query is one way in which a participant of an AMIF account can be looked for in a table: the values
// that the account allows in some of its columns. Each combination of columns that the two share is a
// query of its own, because a reader may use any of them.
type query struct {
	table      string
	conditions []*condition // by the place of the column; nil: any value
}

// condition is a set of values of one column. Equal ones of an asker are the same.
type condition struct {
	number uint32 // from 1
	values []string
}

// asker collects the queries of all participants, each once.
type asker struct {
	tables     []*table
	quarters   []day.Day  // the last days of those whose accounts may be known
	returns    *condition // courses in which a return was sought
	conditions map[string]*condition
	longer     map[[2]int64]*condition // see atLeast
	asked      map[string]bool
	queries    []*query
}

// anything is no condition.
var anything *condition

// queriesOf returns how the participants can be looked for, each way once.
func queriesOf(tables []*table, participants []*participant, quarters []day.Day) []*query {
	a := &asker{tables: tables, quarters: quarters, conditions: map[string]*condition{}, longer: map[[2]int64]*condition{}, asked: map[string]bool{}}
	a.returns = a.pathsWithReturn()
	for _, p := range participants {
		a.inPersons(p)
		for i := range p.courses {
			a.inTrajectories(p, &p.courses[i])
			a.inCourses(p, &p.courses[i])
		}
		if len(p.courses) == 0 {
			a.inCourses(p, nil)
		}
	}
	return a.queries
}

// oneOf returns the condition that a value is one of some; anything where there are none.
func (a *asker) oneOf(values ...string) *condition {
	if len(values) == 0 {
		return anything
	}
	text := strings.Join(values, ",")
	c := a.conditions[text]
	if c == nil {
		c = &condition{uint32(len(a.conditions) + 1), values}
		a.conditions[text] = c
	}
	return c
}

// ask adds a query for each way to choose one condition a column.
func (a *asker) ask(name string, choices map[string][]*condition) {
	at := slices.IndexFunc(a.tables, func(t *table) bool { return t.name == name })
	columns := a.tables[at].columns
	options := make([][]*condition, len(columns))
	whole := []byte{byte(at), 0}
	for i := range columns {
		options[i] = choices[columns[i].name]
		if options[i] == nil {
			options[i] = []*condition{anything}
		}
		for _, c := range options[i] {
			whole = c.append(whole)
		}
		whole = append(whole, 0xff, 0xff, 0xff, 0xff)
	}
	if a.asked[string(whole)] {
		return
	}
	a.asked[string(whole)] = true
	chosen := make([]*condition, len(columns))
	var choose func(col int, key []byte)
	choose = func(col int, key []byte) {
		if col == len(columns) {
			if !a.asked[string(key)] {
				a.asked[string(key)] = true
				a.queries = append(a.queries, &query{name, slices.Clone(chosen)})
			}
			return
		}
		for _, c := range options[col] {
			chosen[col] = c
			choose(col+1, c.append(key))
		}
	}
	choose(0, append(make([]byte, 0, 2+4*len(columns)), byte(at), 1))
}

// append adds the number of a condition, which may be none, to a key.
func (c *condition) append(key []byte) []byte {
	if c == nil {
		return append(key, 0, 0, 0, 0)
	}
	return binary.LittleEndian.AppendUint32(key, c.number)
}

// nearby is how many days lie between an admission and the start of guidance, as a reader may assume.
const nearby = 31

func (a *asker) inPersons(p *participant) {
	y, m, _ := p.start.Civil()
	quarter := day.Of(y, (m-1)/3*3+1, 1)
	counts := []string{"1", "2", "3+"}
	choices := map[string][]*condition{
		colAdmitted: {a.months(p.start-nearby, p.start+nearby), a.months(p.start-nearby, p.start), a.months(quarter, quarter.AddMonths(3)-1),
			a.months(max(p.start-nearby, quarter), min(p.start+nearby, quarter.AddMonths(3)-1)), anything},
		colTrajectories: {a.oneOf(counts[min(p.trajectories, 3)-1:]...), anything},
	}
	if p.sex != "" {
		choices[colSex] = []*condition{anything, a.oneOf(p.sex)}
	}
	if p.ageBand != unknown && p.ageBand != "" {
		choices[colAge] = []*condition{anything, a.ages(p.ageBand, 0), a.ages(p.ageBand, laterAge)}
	}
	if p.returned {
		choices[colFinalOutcome] = []*condition{anything, a.oneOf("return")}
	}
	a.ask(personsName, choices)
}

// laterAge is how many years after the admission, to which personen holds the age, guidance may begin.
const laterAge = 3

// ages are those of an age band of the account, or up to so many years less.
func (a *asker) ages(ageBand string, less int) *condition {
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
	return a.oneOf(values...)
}

// months are those from one day to another.
func (a *asker) months(from, to day.Day) *condition {
	var values []string
	y, m, _ := from.Civil()
	for d := day.Of(y, m, 1); d <= to; d = d.AddMonths(1) {
		values = append(values, monthLeaf(d))
	}
	return a.oneOf(values...)
}

func (a *asker) inTrajectories(p *participant, g *guidance) {
	choices := map[string][]*condition{
		colScenario: {anything, a.oneOf("return")},
		colRunning:  {anything, a.oneOf(hasEnded)},
		colDuration: a.durations(g, p.asOf, durationWidths[0]),
	}
	if g.hours != "" {
		choices[colHours] = []*condition{anything, a.oneOf(g.hours)}
	}
	if g.end == day.None {
		choices[colRunning] = []*condition{anything, a.oneOf(isRunning)}
	} else if g.outcome != "" {
		choices[colOutcome] = []*condition{anything, a.oneOf(g.outcome)}
	}
	a.ask(trajectoriesName, choices)
}

// durations are the conditions on the duration of guidance: the band itself, and what the accounts of
// earlier quarters, in which the trajectory still ran, tell of it.
func (a *asker) durations(g *guidance, asOf day.Day, width int) []*condition {
	end := g.end
	if end == day.None {
		end = asOf
	}
	out := []*condition{anything, a.oneOf(dayLeaf(int64(end-g.start), width))}
	for _, q := range a.quarters {
		if g.start <= q && q < end {
			out = append(out, a.atLeast(int64(q-g.start), width))
		}
	}
	return out
}

// atLeast are the bands from the one of so many days on.
func (a *asker) atLeast(days int64, width int) *condition {
	from := min(days/int64(width)*int64(width), longest)
	key := [2]int64{from, int64(width)}
	if a.longer[key] == nil {
		var values []string
		for d := from; d < longest; d += int64(width) {
			values = append(values, dayLeaf(d, width))
		}
		a.longer[key] = a.oneOf(append(values, dayLeaf(longest, width))...)
	}
	return a.longer[key]
}

// inCourses looks for the course that holds the guidance: it is at least as long, and durable where the
// participant returned.
func (a *asker) inCourses(p *participant, g *guidance) {
	choices := map[string][]*condition{colPath: {anything, a.returns}}
	if g != nil {
		choices[colDuration] = a.durations(g, p.asOf, courseWidths[0])
		choices[colRunning] = []*condition{anything, a.oneOf(isRunning)}
		if end := g.end; end != day.None {
			choices[colDuration] = append(choices[colDuration], a.atLeast(int64(end-g.start), courseWidths[0]))
			choices[colRunning] = []*condition{anything, a.oneOf(hasEnded)}
		}
	}
	if p.returned || g != nil && g.outcome == "return" {
		choices[colLevel] = []*condition{anything, a.oneOf("durable")}
	}
	a.ask(coursesName, choices)
}

func (a *asker) pathsWithReturn() *condition {
	t := a.tables[slices.IndexFunc(a.tables, func(t *table) bool { return t.name == coursesName })]
	var paths []string
	for _, row := range t.columns[t.at(colPath)].hierarchy {
		if slices.Contains(strings.Split(row[0], then), "return") {
			paths = append(paths, row[0])
		}
	}
	return a.oneOf(paths...)
}
