package sql

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"lvv/ingest"
	"lvv/internal/lists"
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

// Catalogue says of every figure what it means and which records it has.
type Catalogue struct {
	Areas       []Area
	Figures     []Figure // in the order of the reports
	Refinements []Refinement
	Curves      []Curve
	Series      []Series
	dims        map[string]dimension
	lists       map[string]*List
}

// dimension is what a breakdown goes by.
type dimension struct {
	Title          Text   `yaml:",inline"`
	Characteristic *bool  // it tells something about a person; nil: it does
	Advances       int    // years in which a person moves on by one value at most; 0: nobody moves along it
	Moves          string // the table of whose rows each says at which value a person was; ""
}

// Area is a chapter of the report.
type Area struct {
	ID    string
	Title Text `yaml:",inline"`
	// Account says that its figures are for the account to the State alone, exact, and in no report.
	Account bool
}

// Figure is one definition.
type Figure struct {
	ID          string
	Area        string `yaml:"-"`
	Unit        string // count, ratio, days, eur, hours
	Article     string // of the covenant
	Title       Text
	Definition  Text
	Numerator   Text // of a ratio or mean, else empty
	Denominator Text
	Tables      []string    // canonical names of the tables it rests on
	Terms       string      // a setting of the pilot's terms without which it is not available
	Breakdowns  []Breakdown `yaml:"-"`
	Account     bool        `yaml:"-"` // see [Area]
	// Printed says that reports show it.
	Printed bool `yaml:"-"`
	// Protected says that its small counts are protected, printed or not. What is not only ties others to one another.
	Protected bool `yaml:"-"`
	// ByRows says that readers, who are not shown it, see it from how many rows its tables have.
	ByRows bool `yaml:"by_rows"`
	// Headline says that it stands on the first screen of reports: of totals these are the last that are withheld.
	Headline bool
	Meaning  `yaml:"-"`
}

// Breakdown is one way of dividing a figure; without lists it is the total.
type Breakdown []*List

// Dims returns the names of the dimensions.
func (b Breakdown) Dims() []string {
	return lists.Map(b, func(l *List) string { return l.Dim })
}

// along returns the list of a dimension, or nil.
func (b Breakdown) along(dim string) *List {
	i := slices.IndexFunc(b, func(l *List) bool { return l.Dim == dim })
	if i < 0 {
		return nil
	}
	return b[i]
}

// List is what a breakdown lists along one dimension.
type List struct {
	Name   string `json:"-"                yaml:"-"`
	Dim    string `json:"dim"`
	Values []Code `json:"values,omitempty"` // of a closed list, in order; of an open one, those with a label of their own
	// Open says where an open list comes from: location (registers), date (the period's days),
	// year (the pilot's years), source (terms and payments), region (nationalities of the cases), rows
	// (whatever the SELECT returns). Values then only say what readers see.
	Open string `json:"-"`
}

// Code is one value of a closed list.
type Code struct {
	Value  string   `json:"value"`
	Label  Text     `json:"label" yaml:",inline"`
	Unit   string   `json:"-"` // where it differs from the figure's, else empty
	Tables []string `json:"-"` // needed beside the figure's
}

// Value returns the code with the value, or nil.
func (l *List) Value(v string) *Code {
	return lists.Find(l.Values, func(c *Code) bool { return c.Value == v })
}

// Load parses the catalogue that is built in; it is parsed once.
func Load() (*Catalogue, error) { return load() }

var load = sync.OnceValues(func() (*Catalogue, error) { return ReadCatalogue(files) })

// ReadCatalogue parses catalogue.yaml and the figures of each area, in the order of the areas, from files that stand as
// [Files] does. What is not declared in full, or names what does not exist, is an error.
func ReadCatalogue(fsys fs.FS) (*Catalogue, error) {
	text, err := fs.ReadFile(fsys, "catalogue.yaml")
	if err != nil {
		return nil, fmt.Errorf("read catalogue: %w", err)
	}
	var y yamlCatalogue
	if err := ingest.DecodeYAML(text, &y); err != nil {
		return nil, fmt.Errorf("catalogue.yaml: %w", err)
	}
	c, err := newCatalogue(&y)
	if err != nil {
		return nil, fmt.Errorf("catalogue.yaml: %w", err)
	}
	for _, a := range c.Areas {
		name := "figures/" + a.ID + ".yaml"
		if text, err = fs.ReadFile(fsys, name); err != nil {
			return nil, fmt.Errorf("read catalogue: %w", err)
		}
		var figures []yamlFigure
		if err := ingest.DecodeYAML(text, &figures); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		for i := range figures {
			f, err := c.newFigure(a, &figures[i])
			if err != nil {
				return nil, fmt.Errorf("%s: figure %s: %w", name, figures[i].ID, err)
			}
			c.Figures = append(c.Figures, f)
		}
	}
	if err := c.checkMeanings(); err != nil {
		return nil, fmt.Errorf("catalogue: %w", err)
	}
	return c, nil
}

// Figure returns the definition with the id, or nil.
func (c *Catalogue) Figure(id string) *Figure {
	return lists.Find(c.Figures, func(f *Figure) bool { return f.ID == id })
}

// DimTitle returns what a dimension is called.
func (c *Catalogue) DimTitle(dim string) Text { return c.dims[dim].Title }

// Moves returns the table of whose rows each says at which value of the dimension a person was, so that their number tells how often
// persons moved; "" where persons do not move along it, or otherwise.
func (c *Catalogue) Moves(dim string) string { return c.dims[dim].Moves }

// Label returns what readers see for a value of one of the figure's dimensions. A value of an open
// list, such as a location, is its own label.
func (c *Catalogue) Label(figure, dim, value string) Text {
	if f := c.Figure(figure); f != nil {
		for _, b := range f.Breakdowns {
			if l := b.along(dim); l != nil && l.Value(value) != nil {
				return l.Value(value).Label
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
	Areas      []Area
	Dimensions map[string]dimension
	Lists      map[string]yamlList
	Refines    []Refinement
	Curves     map[string]yamlCurve
	Series     []yamlSeries
}

type yamlCurve struct {
	Curve `yaml:",inline"`
	Ends  string
	Among map[string]Count
}

type yamlSeries struct {
	Series      `yaml:",inline"`
	yamlMeaning `yaml:",inline"`
}

type yamlList struct {
	List    `yaml:",inline"`
	Codes   string
	Unknown bool
}

type yamlFigure struct {
	Figure             `yaml:",inline"`
	Breakdowns         [][]string
	Printed, Protected *bool
	yamlMeaning        `yaml:",inline"`
}

// newCatalogue makes all of a catalogue but its figures.
func newCatalogue(y *yamlCatalogue) (*Catalogue, error) {
	c := &Catalogue{Areas: y.Areas, Refinements: y.Refines, dims: y.Dimensions, lists: map[string]*List{}}
	for name, l := range y.Lists {
		if err := l.complete(name); err != nil {
			return nil, fmt.Errorf("list %s: %w", name, err)
		}
		c.lists[name] = &l.List
	}
	for _, r := range y.Refines {
		if c.lists[r.From] == nil || c.lists[r.To] == nil {
			return nil, fmt.Errorf("refines: there is no list %s, or no list %s", r.From, r.To)
		}
		for _, v := range append(slices.Clone(r.Values), RefinedValue{"", r.Rest}) {
			if v.From != "" && c.lists[r.From].Value(v.From) == nil || c.lists[r.To].Value(v.To) == nil {
				return nil, fmt.Errorf("refines: %s -> %s: no such %s or no such %s", v.From, v.To, r.From, r.To)
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(y.Curves)) {
		k := y.Curves[id]
		if c.lists[k.Ends] == nil || k.Model == "" {
			return nil, fmt.Errorf("curve %s: there is no list %q of ends, or no model", id, k.Ends)
		}
		k.ID, k.Curve.Ends = id, c.lists[k.Ends]
		if err := k.readAmong(); err != nil {
			return nil, fmt.Errorf("curve %s: %w", id, err)
		}
		c.Curves = append(c.Curves, k.Curve)
	}
	for i := range y.Series {
		s := &y.Series[i]
		if err := s.complete(s.ID); err != nil {
			return nil, fmt.Errorf("series %s: %w", s.ID, err)
		}
		s.Series.Meaning = s.yamlMeaning.Meaning
		c.Series = append(c.Series, s.Series)
	}
	return c, nil
}

// readAmong looks up the counts that those who ended are among, one for each end.
func (k *yamlCurve) readAmong() error {
	for _, end := range k.Curve.Ends.Values {
		count := k.Among[end.Value]
		if count.Figure == "" {
			return fmt.Errorf("among: it names no count for %s", end.Value)
		}
		k.Curve.Among = append(k.Curve.Among, count)
	}
	if len(k.Among) > len(k.Curve.Among) {
		return fmt.Errorf("among: it names more than the ends of list %s", k.Ends)
	}
	return nil
}

// complete gives a list its name, and the values of the contract's code list that it takes.
func (l *yamlList) complete(name string) error {
	l.Name = name
	if l.Codes != "" {
		table, field, _ := strings.Cut(l.Codes, ".")
		t := ingest.TableNamed(table)
		if t == nil || t.Field(field) == nil || len(t.Field(field).Codes) == 0 {
			return fmt.Errorf("the contract has no code list %s", l.Codes)
		}
		for _, code := range t.Field(field).Codes {
			l.Values = append(l.Values, Code{Value: code.Value, Label: Text{code.NL, code.EN}})
		}
	}
	if l.Unknown && l.Value("unknown") == nil {
		l.Values = append(l.Values, Code{Value: "unknown", Label: unknown})
	}
	if l.Open == "" && len(l.Values) == 0 {
		return fmt.Errorf("give open, codes or values")
	}
	return nil
}

func (c *Catalogue) newFigure(area Area, y *yamlFigure) (Figure, error) {
	f := y.Figure
	f.Area, f.Account, f.Printed = area.ID, area.Account, !area.Account && (y.Printed == nil || *y.Printed)
	if f.Protected = y.Protected == nil || *y.Protected; !f.Protected && f.Printed {
		return f, fmt.Errorf("protected is false of what is printed")
	}
	if f.ByRows && (f.Printed || f.Protected || len(f.Tables) == 0) {
		return f, fmt.Errorf("by_rows is true; that goes with what is neither printed nor protected and needs tables")
	}
	if c.Figure(f.ID) != nil {
		return f, fmt.Errorf("stands twice")
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
	err := y.complete(f.ID)
	f.Meaning = y.yamlMeaning.Meaning
	return f, err
}
