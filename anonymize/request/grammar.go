// Package request answers a researcher's question from the exact data without letting them out (art. 9): a
// list of tables in a closed grammar, which becomes SQL, passes disclosure control together with all that was
// published and answered before, and is written as a Data Package.
package request

import (
	_ "embed"
	"maps"
	"slices"
	"strings"
	"sync"

	"lvv/ingest"
	"lvv/internal/lists"
	"lvv/internal/say"
	"lvv/sql"
	"lvv/transform"
)

// Kind says what a field holds, and so how it may be asked.
type Kind string

// The kinds of field.
const (
	Codes   Kind = ""        // one of a list: a condition names values, a breakdown goes by each
	Number  Kind = "number"  // a whole number: a condition gives from and to, a breakdown goes by bands, a measure takes it
	Decimal Kind = "decimal" // a number that only measures take
	Day     Kind = "day"     // a date: a condition gives from and to, a breakdown goes by month, quarter or year
)

// Field is one thing that may be asked of a unit. Name is also its column in the unit's model.
type Field struct {
	Name     string
	Kind     Kind
	sql.Text `yaml:",inline"`
	// List names the code list of the input contract (table.field), and Also what a model adds to it. A field
	// without either takes the values that occur, such as locations.
	List string
	Also []string
	// Reported says that the field is of the report's counts alone: no request names it.
	Reported bool
	// Part says that a unit may have several values of it, each with a part of what is added up.
	Part bool
	// Bands are the upper ends of the bands of a Number, inclusive.
	Bands []int
}

// Unit is what can be counted.
type Unit struct {
	Name     string
	sql.Text `yaml:",inline"`
	// Sum is the field that a count adds up, where it counts no rows; then it counts nothing of its own for
	// disclosure control, but rests on the persons behind it.
	Sum string
	// Reported says that the report alone counts these. They are here because what it tells of them says something
	// of what they belong to.
	Reported bool
	// Within are the units that each one belongs to: of a person or case there are never more than of what belongs
	// to them.
	Within []string
	// Curves says that the unit lasts: it has days, entered, in_pilot and an end.
	Curves string // the field that tells how it ended; "" for a unit without curves
	Fields []Field
}

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

//go:embed units.yaml
var unitsYAML []byte

// units is units.yaml, which is read once. Tests see to it that it can be.
var units = sync.OnceValue(func() (all []Unit) {
	if err := ingest.DecodeYAML(unitsYAML, &all); err != nil {
		panic("request: units.yaml: " + err.Error())
	}
	return all
})

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
	values     string // the field whose mean and quantiles the figure tells beside
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
			e := equal{figure: f.ID, of: asked.Of, unit: unitNamed(asked.Unit), by: asked.By, dims: asked.Dims, values: asked.Values}
			if e.unit == nil {
				return nil, say.Errorf("catalogue: figure %s: asked: there is no unit %s", f.ID, asked.Unit)
			}
			for _, name := range append(slices.Collect(maps.Values(asked.By)), asked.Values) {
				if name != "" && e.unit.field(name) == nil {
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

// model is the model that lists the units, which has the columns person_key, unit_key and keyOf each that it belongs to.
func (u *Unit) model() string { return "request_" + u.Name }

// keyOf is the column with the key of the unit of a kind that another belongs to.
func keyOf(unit string) string { return strings.TrimSuffix(unit, "s") + "_key" }

// kind is what the units are told apart as: nights rest on persons.
func (u *Unit) kind() string {
	if u.Sum != "" {
		return "persons"
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
	return lists.Find(units(), func(u *Unit) bool { return u.Name == name })
}

// field returns the field of the name, or nil.
func (u *Unit) field(name string) *Field {
	return lists.Find(u.Fields, func(f *Field) bool { return f.Name == name })
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
