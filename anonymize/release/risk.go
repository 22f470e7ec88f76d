package release

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"lvv/anonymize/kanon"
	"lvv/transform"
)

// RiskSchema names the form of risk.json.
const RiskSchema = "lvv-risk/1"

// Risk is risk.json: what was asked, what was reached, and what remains.
type Risk struct {
	Schema    string `json:"schema"`
	Pilot     string `json:"pilot"`
	Period    string `json:"period"`
	AsOf      string `json:"as_of"`
	RequiredK int    `json:"required_k"`
	RequiredL int    `json:"required_l"`
	// Lowered are the terms that protect less than they do by default.
	Lowered []transform.Lowered `json:"below_default"`

	Persons             int `json:"persons"`
	PersonsLeftOut      int `json:"persons_left_out"`
	Trajectories        int `json:"trajectories"`
	TrajectoriesLeftOut int `json:"trajectories_left_out"`

	K           int                `json:"k"` // persons of the smallest class, 0 if nobody is delivered
	L           map[string]int     `json:"l"` // of each sensitive field, the fewest values of a class
	Classes     int                `json:"classes"`
	NCP         float64            `json:"ncp"` // of the persons delivered
	NCPByColumn map[string]float64 `json:"ncp_by_column"`

	Reidentification Reidentification `json:"reidentification"`
	Linkage          Linkage          `json:"linkage"`
	OverDeliveries   OverDeliveries   `json:"over_deliveries"`
	TrajectoryTable  TrajectoryTable  `json:"trajectory_table"`
	Questions        []Question       `json:"questions"`
}

// Reidentification is the chance that a guess is right, for three kinds of attacker.
type Reidentification struct {
	ProsecutorHighest float64 `json:"prosecutor_highest"` // who knows that somebody is in the data
	ProsecutorAverage float64 `json:"prosecutor_average"`
	JournalistHighest float64 `json:"journalist_highest"` // who does not know, and counts everybody in scope
	JournalistAverage float64 `json:"journalist_average"`
	Marketer          float64 `json:"marketer"` // share of all persons that would be found
}

// Linkage tells how far the participants of the AMIF account can be joined to the delivery by what
// both say, or what follows from both: the account's dates give durations, its hours give bands.
type Linkage struct {
	File         string   `json:"file"`
	Columns      []string `json:"columns"`
	Participants int      `json:"participants"`
	// UniqueMatches counts the persons and participants that fit each other and nobody else.
	UniqueMatches int `json:"unique_matches"`
	// PersonsFittingOne counts the persons whom exactly one participant fits: no link, since a person
	// need not be a participant, and that one fits others.
	PersonsFittingOne int `json:"persons_fitting_one"`
	// ParticipantsFittingOne counts the participants whom exactly one person fits.
	ParticipantsFittingOne int `json:"participants_fitting_one"`
	// Withheld counts the cells of trajecten that read * so that this holds, by column.
	Withheld map[string]int `json:"withheld"`
}

// OverDeliveries is what holds for who lays this delivery beside earlier ones.
type OverDeliveries struct {
	Earlier          []string `json:"earlier"`
	PersonsInSeveral int      `json:"persons_in_several"`
	K                int      `json:"k"` // persons with one history of published values, at least
	Histories        int      `json:"histories"`
	// Gone counts persons of an earlier delivery who are not in this one, and whose history up to then
	// fewer than k others share who are gone too: who knows that somebody was taken out of the
	// registers, or left out here, narrows that person down to them.
	Gone int `json:"persons_gone_below_k"`
}

// TrajectoryTable is the residual risk of trajecten, whose columns are not quasi-identifiers: how
// many persons would share their class and this knowledge about their trajectories with fewer than
// k - 1 others.
type TrajectoryTable struct {
	AloneByNumber   int `json:"persons_below_k_by_number_of_trajectories"`
	AloneByScenario int `json:"persons_below_k_by_scenarios"`
	AloneByAll      int `json:"persons_below_k_by_whole_trajectories"`
}

// classText is what a reader sees of a class.
func (p *person) classText() string { return strings.Join(p.published[:], "\x00") }

func assess(o *Options, d *delivery) *Risk {
	r := &Risk{
		Schema: RiskSchema, Pilot: o.Terms.Pilot, Period: o.Period.Label, AsOf: o.Period.AsOf.String(), RequiredK: o.Terms.K, RequiredL: o.Terms.L,
		Persons: len(d.persons), PersonsLeftOut: len(d.scope) - len(d.persons), Trajectories: len(d.trajectories()),
		Lowered: append([]transform.Lowered{}, o.Terms.Lowered()...),
		L:       map[string]int{}, NCPByColumn: map[string]float64{},
	}
	for _, p := range d.scope {
		r.TrajectoriesLeftOut += len(p.trajectories)
	}
	r.TrajectoriesLeftOut -= r.Trajectories
	classes := group(d.persons, (*person).classText)
	r.Classes = len(classes)
	for i, c := range classes {
		if i == 0 || len(c) < r.K {
			r.K = len(c)
		}
		for f, name := range sensitiveNames {
			n := len(group(c, func(p *person) string { return p.sensitive()[f] }))
			if was, ok := r.L[name]; !ok || n < was {
				r.L[name] = n
			}
		}
	}
	d.measureLoss(r)
	d.measureReidentification(r, classes)
	d.measureHistories(r)
	r.TrajectoryTable = TrajectoryTable{
		AloneByNumber:   d.alone(func(trajectory) string { return "" }),
		AloneByScenario: d.alone(func(t trajectory) string { return t.scenario }),
		AloneByAll: d.alone(func(t trajectory) string {
			return fmt.Sprintf("%q", []any{t.scenario, t.published, t.running, t.daysToScenario, t.review})
		}),
	}
	r.Questions = d.questions()
	r.Linkage = d.linkage()
	return r
}

// group divides persons by a text, in the order of the texts.
func group(persons []*person, key func(*person) string) [][]*person {
	byKey := map[string][]*person{}
	var keys []string
	for _, p := range persons {
		k := key(p)
		if _, ok := byKey[k]; !ok {
			keys = append(keys, k)
		}
		byKey[k] = append(byKey[k], p)
	}
	slices.Sort(keys)
	out := make([][]*person, len(keys))
	for i, k := range keys {
		out[i] = byKey[k]
	}
	return out
}

func (d *delivery) measureLoss(r *Risk) {
	for q, name := range qiNames {
		total := 0.0
		for _, c := range group(d.persons, func(p *person) string { return p.published[q] }) {
			total += float64(len(c)) * d.cellLoss(q, c[0].published[q])
		}
		loss := total / float64(max(len(d.persons), 1))
		r.NCPByColumn[name] = loss
		r.NCP += loss / qiCount
	}
}

// fitWork bounds the pairs of class and person that are compared.
const fitWork = 100_000_000

func (d *delivery) measureReidentification(r *Risk, classes [][]*person) {
	if len(classes) == 0 {
		return
	}
	re := &r.Reidentification
	counted := len(classes) <= fitWork/len(d.scope)
	for _, c := range classes {
		fit := 0 // persons in scope, delivered or not, whom the class fits
		if counted {
			for _, p := range d.scope {
				if d.fits(c[0].published, p.qi) {
					fit++
				}
			}
		}
		fit = max(fit, len(c)) // not counted: its own persons, which overstates the risk
		re.JournalistHighest = max(re.JournalistHighest, 1/float64(fit))
		re.JournalistAverage += float64(len(c)) / float64(fit) / float64(len(d.persons))
	}
	re.ProsecutorHighest = 1 / float64(r.K)
	re.ProsecutorAverage = float64(len(classes)) / float64(len(d.persons))
	re.Marketer = re.ProsecutorAverage
}

// fits reports whether the published values may stand for the true ones.
func (d *delivery) fits(published, truth [qiCount]string) bool {
	for q := range published {
		if published[q] == truth[q] || published[q] == kanon.Star {
			continue
		}
		if !slices.Contains(d.path[q][truth[q]], published[q]) {
			return false
		}
	}
	return true
}

func (d *delivery) measureHistories(r *Risk) {
	o := &r.OverDeliveries
	o.Earlier = []string{}
	for _, e := range d.before {
		o.Earlier = append(o.Earlier, e.Label)
	}
	for _, p := range d.persons {
		if slices.ContainsFunc(d.before, func(e *earlier) bool { _, ok := e.persons[p.id]; return ok }) {
			o.PersonsInSeveral++
		}
	}
	for _, h := range histories(d.persons, d.before) {
		for _, c := range group(h, (*person).classText) {
			if o.Histories++; o.Histories == 1 || len(c) < o.K {
				o.K = len(c)
			}
		}
	}
	o.Gone = d.gone()
}

// gone counts the persons whom earlier deliveries had and this one has not, in histories of fewer
// than k of them.
func (d *delivery) gone() int {
	here := make(map[string]bool, len(d.persons))
	for _, p := range d.persons {
		here[p.id] = true
	}
	var left []*person
	seen := map[string]bool{}
	for _, e := range d.before {
		for id := range e.persons {
			if !here[id] && !seen[id] {
				seen[id] = true
				left = append(left, &person{id: id})
			}
		}
	}
	n := 0
	for _, h := range histories(left, d.before) {
		if len(h) < d.k {
			n += len(h)
		}
	}
	return n
}

// alone counts the persons who share their class and what key tells of their trajectories with fewer
// than k - 1 others.
func (d *delivery) alone(key func(trajectory) string) int {
	n := 0
	for _, c := range group(d.persons, func(p *person) string {
		var text strings.Builder
		text.WriteString(p.classText())
		for _, t := range p.trajectories {
			text.WriteString("\x01" + key(t))
		}
		return text.String()
	}) {
		if len(c) < d.k {
			n += len(c)
		}
	}
	return n
}

// ageRange reads a published age.
func ageRange(label string) (lo, hi int, ok bool) {
	if n, _ := fmt.Sscanf(label, "%d-%d", &lo, &hi); n == 2 {
		return lo, hi, true
	}
	if n, _ := fmt.Sscanf(label, "%d", &lo); n == 1 {
		if strings.HasSuffix(label, "+") {
			return lo, math.MaxInt / 2, true
		}
		return lo, lo, true
	}
	return 0, 0, false
}
