package sql

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"lvv/ingest"
)

// Text is the same thing said in Dutch and in English.
type Text struct {
	NL string `json:"nl" yaml:"nl"`
	EN string `json:"en" yaml:"en"`
}

// In returns the text in the language, "nl" or "en".
func (t Text) In(lang string) string {
	if lang == "en" {
		return t.EN
	}
	return t.NL
}

// About says what a count counts, which decides whether disclosure control looks at it.
type About string

// What figures count. Nights, places, meetings and money are no persons.
const (
	Nothing      About = ""
	Persons      About = "persons"
	Cases        About = "cases"
	Trajectories About = "trajectories"
)

// Catalogue says of every figure what it means and which records it has.
type Catalogue struct {
	Areas   []Area
	Figures []Figure // in the order of the reports
	dims    map[string]Text
	lists   map[string]*List
}

// Area is a chapter of the report.
type Area struct {
	ID    string
	Title Text
}

// Figure is one definition.
type Figure struct {
	ID          string
	Area        string
	Unit        string // count, ratio, days, eur, hours
	About       About
	Article     string // of the covenant
	Title       Text
	Definition  Text
	Numerator   Text // of a ratio or mean, else empty
	Denominator Text
	Tables      []string // canonical names of the tables it rests on
	Terms       string   // a setting of the pilot's terms without which it is not available
	Breakdowns  []Breakdown
}

// Breakdown is one way of dividing a figure; without lists it is the total.
type Breakdown []*List

// Dims returns the names of the dimensions.
func (b Breakdown) Dims() []string {
	names := make([]string, len(b))
	for i, l := range b {
		names[i] = l.Dim
	}
	return names
}

// List is what a breakdown lists along one dimension.
type List struct {
	Name   string
	Dim    string
	Values []Code // of a closed list, in order
	// Open says where an open list comes from: location (registers), date (the period's days),
	// year (the pilot's years), source (terms and payments), rows (whatever the SELECT returns).
	Open string
}

// Code is one value of a closed list.
type Code struct {
	Value  string
	Label  Text
	Unit   string   // where it differs from the figure's, else empty
	Tables []string // needed beside the figure's
}

// Value returns the code with the value, or nil.
func (l *List) Value(v string) *Code {
	for i := range l.Values {
		if l.Values[i].Value == v {
			return &l.Values[i]
		}
	}
	return nil
}

// Load parses the catalogue that is built in; it is parsed once.
func Load() (*Catalogue, error) { return load() }

var load = sync.OnceValues(func() (*Catalogue, error) {
	text, err := files.ReadFile("catalogue.yaml")
	if err != nil {
		return nil, fmt.Errorf("read catalogue: %w", err)
	}
	c, err := parseCatalogue(text)
	if err != nil {
		return nil, fmt.Errorf("catalogue.yaml: %w", err)
	}
	return c, nil
})

// Figure returns the definition with the id, or nil.
func (c *Catalogue) Figure(id string) *Figure {
	for i := range c.Figures {
		if c.Figures[i].ID == id {
			return &c.Figures[i]
		}
	}
	return nil
}

// DimTitle returns what a dimension is called.
func (c *Catalogue) DimTitle(dim string) Text { return c.dims[dim] }

// Label returns what readers see for a value of one of the figure's dimensions. A value of an open
// list, such as a location, is its own label.
func (c *Catalogue) Label(figure, dim, value string) Text {
	if f := c.Figure(figure); f != nil {
		for _, b := range f.Breakdowns {
			for _, l := range b {
				if l.Dim != dim {
					continue
				}
				if code := l.Value(value); code != nil {
					return code.Label
				}
			}
		}
	}
	if value == "unknown" {
		return unknown
	}
	return Text{value, value}
}

var unknown = Text{"onbekend", "unknown"}

// yamlCatalogue mirrors catalogue.yaml.
type yamlCatalogue struct {
	Areas []struct {
		ID   string
		Text `yaml:",inline"`
	}
	Dimensions map[string]Text
	Lists      map[string]yamlList
	Figures    []yamlFigure
}

type yamlList struct {
	Dim     string
	Codes   string
	Unknown bool
	Open    string
	Values  []yamlCode
}

type yamlCode struct {
	Value  string
	Text   `yaml:",inline"`
	Unit   string
	Tables []string
}

type yamlFigure struct {
	ID, Area, Unit         string
	About                  About
	Article                string
	Title, Definition      Text
	Numerator, Denominator Text
	Tables                 []string
	Terms                  string
	Breakdowns             [][]string
}

func parseCatalogue(text []byte) (*Catalogue, error) {
	var y yamlCatalogue
	dec := yaml.NewDecoder(bytes.NewReader(text))
	dec.KnownFields(true)
	if err := dec.Decode(&y); err != nil {
		return nil, err
	}
	c := &Catalogue{dims: y.Dimensions, lists: map[string]*List{}}
	for _, a := range y.Areas {
		c.Areas = append(c.Areas, Area{ID: a.ID, Title: a.Text})
	}
	for name, l := range y.Lists {
		list, err := newList(name, l)
		if err != nil {
			return nil, err
		}
		c.lists[name] = list
	}
	for _, f := range y.Figures {
		figure, err := c.newFigure(f)
		if err != nil {
			return nil, fmt.Errorf("figure %s: %w", f.ID, err)
		}
		c.Figures = append(c.Figures, figure)
	}
	return c, nil
}

func newList(name string, y yamlList) (*List, error) {
	l := &List{Name: name, Dim: y.Dim, Open: y.Open}
	for _, v := range y.Values {
		l.Values = append(l.Values, Code{Value: v.Value, Label: v.Text, Unit: v.Unit, Tables: v.Tables})
	}
	if y.Codes != "" {
		table, field, _ := strings.Cut(y.Codes, ".")
		t := ingest.TableNamed(table)
		if t == nil || t.Field(field) == nil || len(t.Field(field).Codes) == 0 {
			return nil, fmt.Errorf("list %s: the contract has no code list %s", name, y.Codes)
		}
		for _, code := range t.Field(field).Codes {
			l.Values = append(l.Values, Code{Value: code.Value, Label: Text{code.NL, code.EN}})
		}
	}
	if y.Unknown && l.Value("unknown") == nil {
		l.Values = append(l.Values, Code{Value: "unknown", Label: unknown})
	}
	if (l.Open == "") == (len(l.Values) == 0) {
		return nil, fmt.Errorf("list %s: give either open, or codes or values", name)
	}
	return l, nil
}

func (c *Catalogue) newFigure(y yamlFigure) (Figure, error) {
	f := Figure{
		ID: y.ID, Area: y.Area, Unit: y.Unit, About: y.About, Article: y.Article,
		Title: y.Title, Definition: y.Definition, Numerator: y.Numerator, Denominator: y.Denominator,
		Tables: y.Tables, Terms: y.Terms,
	}
	if c.Figure(f.ID) != nil {
		return f, fmt.Errorf("stands twice")
	}
	if !slices.ContainsFunc(c.Areas, func(a Area) bool { return a.ID == f.Area }) {
		return f, fmt.Errorf("unknown area %q", f.Area)
	}
	for _, t := range f.Tables {
		if ingest.TableNamed(t) == nil {
			return f, fmt.Errorf("unknown table %q", t)
		}
	}
	for _, names := range y.Breakdowns {
		b := Breakdown{}
		for _, name := range names {
			l := c.lists[name]
			if l == nil {
				return f, fmt.Errorf("unknown list %q", name)
			}
			b = append(b, l)
		}
		f.Breakdowns = append(f.Breakdowns, b)
	}
	return f, nil
}
