// Package request answers a researcher's question from the exact data without letting them out (art. 9): a
// list of tables in a closed grammar, which becomes SQL, passes disclosure control together with all that was
// published and answered before, and is written as a Data Package.
package request

import (
	"slices"
	"strings"

	"lvv/ingest"
	"lvv/internal/say"
	"lvv/sql"
	"lvv/transform"
)

// Kind says what a field holds, and so how it may be asked.
type Kind uint8

// The kinds of field.
const (
	Codes   Kind = iota // one of a list: a condition names values, a breakdown goes by each
	Number              // a whole number: a condition gives from and to, a breakdown goes by bands, a measure takes it
	Decimal             // a number that only measures take
	Day                 // a date: a condition gives from and to, a breakdown goes by month, quarter or year
)

// Field is one thing that may be asked of a unit. Name is also its column in the unit's model.
type Field struct {
	Name string
	Kind Kind
	// List names the code list of the input contract (table.field), and Also what a model adds to it. A field
	// without either takes the values that occur, such as locations.
	List string
	Also []string
	// Reported says that the field is of the report's counts alone: no request names it.
	Reported bool
	// Bands are the upper ends of the bands of a Number, inclusive.
	Bands  []int
	NL, EN string
}

// Unit is what can be counted.
type Unit struct {
	Name, Model string
	// Sum is the field that a count adds up, where it counts no rows; then it counts nothing of its own for
	// disclosure control, but rests on the persons behind it.
	Sum string
	// Reported says that the report alone counts these. They are here because what it tells of them says something
	// of what they belong to.
	Reported bool
	// Within are the units that each one belongs to, with the column of their key: of a person or case there are
	// never more than of what belongs to them.
	Within []within
	// Curves says that the unit lasts: it has days, entered, in_pilot and an end.
	Curves string // the field that tells how it ended; "" for a unit without curves
	Fields []Field
	NL, EN string
}

// within says which of another unit a unit belongs to.
type within struct{ unit, key string }

var (
	ofPerson = within{"persons", "person_key"}
	ofCase   = within{"cases", "case_key"}
	ofCourse = within{"courses", "course_key"}
)

// Measure is what can be asked of units.
type Measure struct{ Name, NL, EN string }

// The measures.
const (
	Count     = "count"
	Mean      = "mean"
	Median    = "median"
	Share     = "share"
	Survival  = "survival"
	Incidence = "incidence"
)

// measures is the list of them.
var measures = []Measure{
	{Count, "aantal", "how many"},
	{Mean, "gemiddelde van het veld onder `of`", "mean of the field under `of`"},
	{Median, "mediaan van het veld onder `of`", "median of the field under `of`"},
	{Share, "aandeel dat ook voldoet aan `having`", "share that also meets `having`"},
	{Survival, "aandeel dat na 90, 180, 360, 540 en 720 dagen nog loopt (sterftetafel)", "share still running after 90, 180, 360, 540 and 720 days (life table)"},
	{Incidence, "hetzelfde naar hoe het eindigde (concurrerende risico's)", "the same by how it ended (competing risks)"},
}

var (
	ages     = []int{17, 24, 34, 44, 54}
	months   = []int{30, 90, 180, 360, 540, 720}
	numbers  = []int{0, 1, 2}
	yesNo    = []string{"false", "true"}
	sex      = Field{Name: "sex", List: "cases.sex", NL: "geslacht", EN: "sex"}
	national = Field{Name: "nationality", NL: "nationaliteit, ISO 3166 alpha-3 (XXA staatloos, XXX onbekend)", EN: "nationality, ISO 3166 alpha-3 (XXA stateless, XXX unknown)"}
	region   = Field{Name: "region", NL: "VN-regio van de nationaliteit", EN: "UN region of the nationality"}
	special  = Field{Name: "special_group", List: "cases.special_group", Also: []string{"unknown"}, NL: "bijzondere groep", EN: "special group"}
	running  = Field{Name: "running", Also: yesNo, NL: "loopt op de peildatum", EN: "runs on the reference date"}
	rejected = Field{Name: "rejected", Also: []string{"false", "true", "unknown"}, NL: "een procedure van de casus werd afgewezen", EN: "a procedure of the case was rejected"}
	applied  = Field{Name: "age", Kind: Number, Bands: ages, NL: "leeftijd bij de aanmelding", EN: "age at application"}
	level    = Field{Name: "level", Also: []string{"durable", "semi_durable", "none", "running"}, NL: "niveau van de uitkomst", EN: "level of the outcome"}
	started  = Field{Name: "started_on", Kind: Day, NL: "begin", EN: "start"}
	ended    = Field{Name: "ended_on", Kind: Day, NL: "einde", EN: "end"}
	days     = Field{Name: "days", Kind: Number, Bands: months, NL: "dagen, tot de peildatum als het nog loopt", EN: "days, up to the reference date of what still runs"}
)

// units is the grammar: validation, SQL, help and the example come from it.
var units = []Unit{
	{
		Name: "persons", Model: "request_persons", NL: "personen met een toegelaten casus", EN: "persons with an admitted case",
		Fields: []Field{
			sex, {Name: "age", Kind: Number, Bands: ages, NL: "leeftijd bij de eerste toelating", EN: "age at the first admission"}, national, region, special,
			{Name: "admitted_on", Kind: Day, NL: "eerste toelating", EN: "first admission"},
			{Name: "trajectories", Kind: Number, Bands: numbers, NL: "aantal trajecten", EN: "number of trajectories"},
			{Name: "final_outcome", List: "trajectories.outcome", Also: []string{"running", "unknown", "no_trajectory"}, NL: "uitkomst van het laatste traject", EN: "outcome of the last trajectory"},
			{Name: "nights", Kind: Number, Bands: []int{0, 30, 90, 180, 360, 720}, NL: "nachten in de pilot", EN: "nights in the pilot"},
			{Name: "location", NL: "locatie in de nacht van de peildatum, `none` als die er niet is", EN: "location in the night of the reference date, `none` without one"},
			{Name: "age_band", Reported: true},
		},
	},
	{
		Name: "cases", Model: "request_cases", Within: []within{ofPerson}, NL: "aanmeldingen", EN: "cases",
		Fields: []Field{
			sex, applied, national, region, special, rejected, level,
			{Name: "referred_by", List: "cases.referred_by", Also: []string{"unknown"}, NL: "aangemeld door", EN: "referred by"},
			{Name: "applied_on", Kind: Day, NL: "aanmelding", EN: "application"},
			{Name: "decision", List: "cases.decision", NL: "besluit", EN: "decision"},
			{Name: "decided_on", Kind: Day, NL: "besluit", EN: "decision"},
			{Name: "days", Kind: Number, Bands: []int{7, 14, 28, 56}, NL: "dagen van aanmelding tot besluit", EN: "days from application to decision"},
			{Name: "exclusion_ground", List: "cases.exclusion_ground", Also: []string{"unknown"}, NL: "uitsluitingsgrond", EN: "exclusion ground"},
			{Name: "durable_on", Kind: Day, Reported: true}, {Name: "durable_outcome", Reported: true}, {Name: "running_scenario", Reported: true},
		},
	},
	{
		Name: "courses", Model: "request_courses", Within: []within{ofPerson, ofCase}, Curves: "level", NL: "begeleidingsperiodes", EN: "courses of guidance",
		Fields: []Field{
			sex, applied, national, region, special, rejected, running, started, ended, days,
			level,
			{Name: "scenario", List: "trajectories.scenario", NL: "eerste scenario", EN: "first scenario"},
			{Name: "last_scenario", List: "trajectories.scenario", NL: "laatste scenario", EN: "last scenario"},
			{Name: "trajectories", Kind: Number, Bands: numbers[1:], NL: "aantal trajecten", EN: "number of trajectories"},
		},
	},
	{
		Name: "trajectories", Model: "request_trajectories", Within: []within{ofPerson, ofCase, ofCourse}, Curves: "outcome", NL: "trajecten", EN: "trajectories",
		Fields: []Field{
			sex, applied, national, region, special, rejected, running, started, ended, days, level,
			{Name: "scenario", List: "trajectories.scenario", NL: "scenario", EN: "scenario"},
			{Name: "outcome", List: "trajectories.outcome", Also: []string{"running", "unknown"}, NL: "uitkomst", EN: "outcome"},
			{Name: "sequence", Kind: Number, Bands: numbers[1:], NL: "hoeveelste traject van de persoon", EN: "number of the trajectory within the person"},
			{Name: "guidance_hours_band", Also: []string{"0", "0-5", "5-10", "10-20", "20-40", "40+", "unknown"}, NL: "uren begeleiding, in klassen", EN: "hours of guidance, in bands"},
			{Name: "days_to_scenario_band", Also: []string{"<0", "0-13", "14-27", "28-55", "56+", "none", "unknown"}, NL: "dagen van toelating tot scenario-overleg, in klassen", EN: "days from admission to the scenario conference, in bands"},
			{Name: "review", Also: []string{"false", "true", "unknown"}, NL: "voorgelegd aan het reviewteam", EN: "put to the review team"},
			{Name: "organisation", NL: "organisatie die begeleidt", EN: "organisation that guides"},
			{Name: "hours", Kind: Decimal, NL: "uren begeleiding", EN: "hours of guidance"},
		},
	},
	{
		Name: "nights", Model: "request_nights", Sum: "nights", NL: "nachten in de pilot van personen met een toegelaten casus", EN: "nights in the pilot of persons with an admitted case",
		Fields: []Field{
			sex, {Name: "age", Kind: Number, Bands: ages, NL: "leeftijd bij de eerste toelating", EN: "age at the first admission"}, national, region, special,
			{Name: "admitted_on", Kind: Day, NL: "eerste toelating", EN: "first admission"},
			{Name: "location", NL: "locatie", EN: "location"},
			{Name: "quarter", NL: "kwartaal van de nachten", EN: "quarter of the nights"},
		},
	},
	{
		Name: "housed", Model: "request_housed", Reported: true, Within: []within{ofPerson},
		Fields: []Field{sex, region, {Name: "age_band"}, {Name: "location"}},
	},
	{
		Name: "leavers", Model: "request_leavers", Reported: true, Within: []within{ofPerson},
		Fields: []Field{{Name: "exit_reason"}, level},
	},
	{
		Name: "exits", Model: "request_exits", Reported: true, Within: []within{ofPerson},
		Fields: []Field{{Name: "exit_on", Kind: Day}, {Name: "exit_reason"}, {Name: "back_180"}, {Name: "back_365"}, {Name: "back_730"}},
	},
	{
		Name: "procedures", Model: "request_procedures", Reported: true, Within: []within{ofPerson, ofCase},
		Fields: []Field{{Name: "kind"}, {Name: "result"}, {Name: "filed_on", Kind: Day}, {Name: "decided_on", Kind: Day}, {Name: "pending"}},
	},
}

// horizons are the days at which the intervals of a life table end.
var horizons = []int{90, 180, 360, 540, 720}

// equal is a figure of the report that counts units: the conditions on them, and the field behind each of its dimensions
// that does not have the field's name. Its counts are those that have the values of dims beside. A reader of the report knows them.
type equal struct {
	figure, of string // of is numerator or denominator, of a share
	unit       *Unit
	where      []condition
	by         map[string]string
	dims       []sql.Dim
}

// tally returns what the counts of a figure by dimensions count, and which of the dimensions label it; nil where they are
// not among what the figure is said to count.
func (e *equal) tally(p transform.Period, dims []string) (t *tally, labels []int) {
	t = &tally{unit: e.unit, period: p, where: e.where}
	fixed := 0
	for i, dim := range dims {
		if slices.ContainsFunc(e.dims, func(d sql.Dim) bool { return d.Name == dim }) {
			fixed++
			continue
		}
		name := dim
		if other, ok := e.by[dim]; ok {
			name = other
		}
		f := e.unit.field(name)
		if f == nil || f.Kind != Codes {
			return nil, nil
		}
		l := e.unit.label(name)
		l.name = dim
		t.by, labels = append(t.by, l), append(labels, i)
	}
	if fixed != len(e.dims) {
		return nil, nil
	}
	return t, labels
}

// The days of a period that conditions may name.
const (
	fromPeriod = "from_day"
	toPeriod   = "to_day"
	toDate     = "as_of"
	fromStart  = "pilot_start"
)

// equalsOf reads what the catalogue says of how its figures are asked.
func equalsOf(cat *sql.Catalogue) ([]equal, error) {
	var out []equal
	for i := range cat.Figures {
		f := &cat.Figures[i]
		for _, asked := range f.Asked {
			e := equal{figure: f.ID, of: asked.Of, unit: unitNamed(asked.Unit), by: asked.By, dims: asked.Dims}
			if e.unit == nil {
				return nil, say.Errorf("catalogue: figure %s: asked: there is no unit %s", f.ID, asked.Unit)
			}
			for _, name := range asked.By {
				if e.unit.field(name) == nil {
					return nil, say.Errorf("catalogue: figure %s: asked: %s have no field %s", f.ID, asked.Unit, name)
				}
			}
			for _, c := range asked.Where {
				if e.unit.field(c.Field) == nil {
					return nil, say.Errorf("catalogue: figure %s: asked: %s have no field %s", f.ID, asked.Unit, c.Field)
				}
				values, but := strings.CutPrefix(c.Value, "!")
				switch {
				case c.Value == sql.InPeriod:
					e.where = append(e.where, between(c.Field, fromPeriod, toPeriod))
				case c.Value == sql.ToDate:
					e.where = append(e.where, between(c.Field, fromStart, toDate))
				case but:
					e.where = append(e.where, notAmong(c.Field, strings.Split(values, "|")...))
				default:
					e.where = append(e.where, among(c.Field, strings.Split(values, "|")...))
				}
			}
			out = append(out, e)
		}
	}
	return out, nil
}

// kind is what the units are told apart as: nights rest on persons.
func (u *Unit) kind() string {
	if u.Sum != "" {
		return ofPerson.unit
	}
	return u.Name
}

// asked returns the unit of the name that can be asked for, or nil.
func asked(name string) *Unit {
	if u := unitNamed(name); u != nil && !u.Reported {
		return u
	}
	return nil
}

// asks returns the field of the name that can be asked, or nil.
func (u *Unit) asks(name string) *Field {
	if f := u.field(name); f != nil && !f.Reported {
		return f
	}
	return nil
}

func unitNamed(name string) *Unit {
	if i := slices.IndexFunc(units, func(u Unit) bool { return u.Name == name }); i >= 0 {
		return &units[i]
	}
	return nil
}

// field returns the field of the name, or nil.
func (u *Unit) field(name string) *Field {
	if i := slices.IndexFunc(u.Fields, func(f Field) bool { return f.Name == name }); i >= 0 {
		return &u.Fields[i]
	}
	return nil
}

// values lists what a field of codes may be; nil where what occurs decides.
func (f *Field) values() []string {
	var out []string
	if table, name, ok := strings.Cut(f.List, "."); ok {
		for _, c := range ingest.TableNamed(table).Field(name).Codes {
			out = append(out, c.Value)
		}
	}
	for _, v := range f.Also {
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// title is what a field is, in a language.
func (f *Field) title(lang string) string { return sql.Text{NL: f.NL, EN: f.EN}.In(lang) }
