package release

import (
	"cmp"
	"math"
	"slices"

	"lvv/internal/lists"
	"lvv/internal/say"
	"lvv/transform"
)

// Risk is risk.json: what was asked, what was reached, and what remains.
type Risk struct {
	Schema        string  `json:"schema"`
	Pilot         string  `json:"pilot"`
	Period        string  `json:"period"`
	AsOf          string  `json:"as_of"`
	RequiredK     int     `json:"required_k"`
	RequiredL     int     `json:"required_l"`
	RequiredAlpha float64 `json:"required_alpha"`
	// Lowered are the terms that protect less than they do by default.
	Lowered []transform.Lowered `json:"below_default"`

	Persons      *TableRisk `json:"personen"`
	Trajectories *TableRisk `json:"trajecten"`
	Courses      *TableRisk `json:"verlopen"`

	OverDeliveries OverDeliveries `json:"over_deliveries"`
	AMIF           AMIF           `json:"amif"`
	Questions      []Question     `json:"questions"`
}

// TableRisk is what holds for one table.
type TableRisk struct {
	Rows           int `json:"rows"`
	Persons        int `json:"persons"`
	RowsLeftOut    int `json:"rows_left_out"`
	PersonsLeftOut int `json:"persons_left_out"` // with at least one row left out

	K           int                `json:"k"`     // persons of the smallest class, 0 if nobody is delivered
	L           map[string]int     `json:"l"`     // of each sensitive column, the fewest values of a class that has any
	Alpha       map[string]float64 `json:"alpha"` // of each, the largest share of a class with one value that says something
	Classes     int                `json:"classes"`
	NCP         float64            `json:"ncp"` // of the rows delivered
	NCPByColumn map[string]float64 `json:"ncp_by_column"`

	Reidentification Reidentification `json:"reidentification"`
	Attack           []Attack         `json:"attack"`

	unmet int // classes that break a rule
}

// Reidentification is the chance that a guess among the rows of a class is right, for three kinds of
// attacker.
type Reidentification struct {
	ProsecutorHighest float64 `json:"prosecutor_highest"` // who knows that somebody is in the data
	ProsecutorAverage float64 `json:"prosecutor_average"`
	JournalistHighest float64 `json:"journalist_highest"` // who does not know, and counts everybody in scope
	JournalistAverage float64 `json:"journalist_average"`
	Marketer          float64 `json:"marketer"` // share of all rows that would be found
}

// OverDeliveries is what holds for a reader who lays this delivery beside earlier ones.
type OverDeliveries struct {
	Earlier []string `json:"earlier"`
	// Notice says that no earlier delivery was found, so that nothing can be said of them; empty when there
	// were some, or when the run was told that there was none.
	Notice string `json:"notice,omitempty"`
	// K is, by table, the fewest persons who share the history of published values of a row and its class
	// in this delivery.
	K map[string]int `json:"k"`
	// RowsInSeveral counts, by table, the rows that are in an earlier delivery too.
	RowsInSeveral map[string]int `json:"rows_in_several"`
}

// AMIF tells how far those who stand in the AMIF accounts can be looked for in the tables: the participants, and
// everybody else on the sheet of all return trajectories.
type AMIF struct {
	Files        []string `json:"files"`
	Participants int      `json:"participants"` // in all accounts together, a person once an account
	Ways         int      `json:"ways"`         // different combinations of what accounts and tables share
	// Fewest is the smallest number of persons that such a combination fits, of those that fit anybody.
	Fewest  int                 `json:"fewest_persons"`
	BelowK  int                 `json:"ways_below_k"`
	Columns map[string][]string `json:"columns"` // that are shared, by table
}

// noticeNone is said where no earlier delivery was found.
const noticeNone = "Er is geen eerdere levering gevonden. Is er wel een geweest, dan is hiermee geen rekening gehouden."

// tables returns the parts by table, in their order.
func (r *Risk) tables() []*TableRisk { return []*TableRisk{r.Persons, r.Trajectories, r.Courses} }

// assess says what the tables reach together, beside what each of them does.
func assess(o *Options, tables []*table, reached []*TableRisk, before []*earlier, participants []*participant, queries []*query) *Risk {
	r := &Risk{
		Schema: "lvv-risk/2", Pilot: o.Terms.Pilot, Period: o.Period.Label, AsOf: o.Period.AsOf.String(),
		RequiredK: o.Terms.K, RequiredL: o.Terms.L, RequiredAlpha: alpha,
		Lowered: append([]transform.Lowered{}, o.Terms.Lowered()...),
		OverDeliveries: OverDeliveries{
			Earlier: lists.Map(before, func(e *earlier) string { return e.label }), K: map[string]int{}, RowsInSeveral: map[string]int{},
		},
		AMIF: AMIF{Files: []string{AccountFile, WorkbookFile(o.Period.Label)}, Ways: len(queries), Columns: map[string][]string{}},
	}
	for _, t := range tables {
		r.OverDeliveries.measure(t, before)
		r.AMIF.measure(t, queries, o.Terms.K)
	}
	for _, p := range participants {
		if p.listed {
			r.AMIF.Participants++
		}
	}
	r.Persons, r.Trajectories, r.Courses = reached[0], reached[1], reached[2]
	if len(before) == 0 && !o.NoEarlier {
		r.OverDeliveries.Notice = noticeNone
	}
	r.Questions = answerable(tables)
	return r
}

// assess measures what one table meets.
func (t *table) assess(k, l int) *TableRisk {
	rows := t.published()
	r := &TableRisk{Rows: len(rows), Persons: personsOf(rows), L: map[string]int{}, Alpha: map[string]float64{}, NCPByColumn: map[string]float64{}}
	r.RowsLeftOut, r.PersonsLeftOut = t.leftOut()
	rules := t.rulesFor(rows, k, l)
	f := t.newFinder()
	r.Classes = len(f.classes)
	for i, c := range f.classes {
		m := rules.measure(c)
		if !rules.meets(c) {
			r.unmet++
		}
		if i == 0 || m.persons < r.K {
			r.K = m.persons
		}
		for s, col := range t.sensitive() {
			if was, ok := r.L[col.name]; m.values[s] >= 0 && (!ok || m.values[s] < was) {
				r.L[col.name] = m.values[s]
			}
			r.Alpha[col.name] = max(r.Alpha[col.name], m.alpha[s])
		}
	}
	for i := range t.quasi() {
		c := &t.columns[i]
		sum := 0.0
		for _, row := range rows {
			sum += c.loss(row.labels[i])
		}
		loss := sum / float64(max(len(rows), 1))
		r.NCPByColumn[c.name] = loss
		r.NCP += loss / float64(len(t.quasi()))
	}
	r.Reidentification = f.reidentification()
	r.Attack = f.attack()
	return r
}

// fitWork bounds the pairs of class and row that are compared.
const fitWork = 50_000_000

func (f *finder) reidentification() (re Reidentification) {
	published := len(f.t.published())
	inScope := f.inScope()
	for n, c := range f.classes {
		byPerson := group(c, func(r *row) string { return r.person })
		for _, g := range byPerson {
			chance, weight := float64(len(g))/float64(len(c)), float64(len(g))/float64(published)
			re.ProsecutorHighest = max(re.ProsecutorHighest, chance)
			re.ProsecutorAverage += float64(weight * chance)
			re.JournalistHighest = max(re.JournalistHighest, float64(len(g))/float64(inScope[n]))
			re.JournalistAverage += weight * float64(len(g)) / float64(inScope[n])
		}
	}
	re.Marketer = re.ProsecutorAverage
	return re
}

// inScope counts for each class the rows in scope, delivered or not, that its labels may stand for; in a
// very large table those of the class alone.
func (f *finder) inScope() []int {
	if len(f.classes) > fitWork/max(len(f.t.rows), 1) {
		return lists.Map(f.classes, func(c []*row) int { return len(c) })
	}
	rows := make([]int, len(f.classes))
	for _, g := range group(f.t.rows, (*row).known) {
		for n := range f.fitting(exactly(g[0].qi)).each {
			rows[n] += len(g)
		}
	}
	return rows
}

func (o *OverDeliveries) measure(t *table, before []*earlier) {
	for _, h := range histories(t.name, t.published(), before) {
		for _, c := range classes(h) {
			n := personsOf(c)
			o.K[t.name] = min(n, cmp.Or(o.K[t.name], n))
		}
	}
	for _, r := range t.published() {
		if slices.ContainsFunc(before, func(e *earlier) bool { _, ok := e.rows[recordKey(t.name, r.person, r.id)]; return ok }) {
			o.RowsInSeveral[t.name]++
		}
	}
}

func (a *AMIF) measure(t *table, queries []*query, k int) {
	f := t.newFinder()
	used := make([]bool, len(t.columns))
	for _, q := range queries {
		if q.table != t.name {
			continue
		}
		for i, c := range q.conditions {
			used[i] = used[i] || c != nil
		}
		// More persons than the fewest so far need not be counted.
		if _, persons := f.matches(q, cmp.Or(a.Fewest, math.MaxInt)); persons > 0 {
			if persons < k {
				a.BelowK++
			}
			if a.Fewest == 0 || persons < a.Fewest {
				a.Fewest = persons
			}
		}
	}
	for i, c := range t.columns {
		if used[i] {
			a.Columns[t.name] = append(a.Columns[t.name], c.name)
		}
	}
}

// hold is the last look before anything is written: what was reached is what was asked.
func (r *Risk) hold() error {
	fault := func(format string, args ...any) error {
		return say.Errorf("fault in the program: %w; nothing was written", say.Errorf(format, args...))
	}
	for i, t := range r.tables() {
		name := []string{personsName, trajectoriesName, coursesName}[i]
		if t.Rows == 0 {
			continue
		}
		if k := min(t.K, r.OverDeliveries.K[name]); k < r.RequiredK {
			return fault("a class of %d persons in %s where %d are needed", k, name, r.RequiredK)
		}
		if t.unmet > 0 {
			return fault("%d classes of %s lack values of a sensitive column, or have one too often", t.unmet, name)
		}
	}
	if r.AMIF.BelowK > 0 {
		return fault("%d ways to look for a participant of an AMIF account fit fewer than %d persons", r.AMIF.BelowK, r.RequiredK)
	}
	return nil
}
