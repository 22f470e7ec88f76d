package request

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"lvv/internal/country"
	"lvv/internal/day"
	"lvv/internal/lists"
	"lvv/internal/say"
	"lvv/internal/settings"
)

// The bounds of a request. They keep what a reader could combine within what the control can follow.
const (
	maxTables = 20
	maxFields = 4
	maxValues = 100 // of one condition
	maxText   = 1 << 16
)

// Request is what is asked.
type Request struct {
	Title  string  `json:"title"`
	Tables []Table `json:"tables"`
}

// Table asks one measure of a unit, by fields, under conditions.
type Table struct {
	Name    string      `json:"name"`
	Unit    string      `json:"count"`
	Measure string      `json:"measure"`
	Of      string      `json:"of,omitempty"`     // of a mean or median: the field
	Having  []condition `json:"having,omitempty"` // of a share: what the counted ones must meet beside Where
	By      []string    `json:"by,omitempty"`     // field, or field.month, field.quarter, field.year of a day
	Where   []condition `json:"where,omitempty"`
}

// condition restricts a field: to the values In, to all but Not, or to From up to and including To. All that
// are given hold. Bounds are numbers, ISO dates, or one of the days of the period.
type condition struct {
	Field string   `json:"field"`
	In    []string `json:"in,omitempty"`
	Not   []string `json:"not,omitempty"`
	From  string   `json:"from,omitempty"`
	To    string   `json:"to,omitempty"`
}

func among(field string, values ...string) condition    { return condition{Field: field, In: values} }
func notAmong(field string, values ...string) condition { return condition{Field: field, Not: values} }
func between(field, from, to string) condition          { return condition{Field: field, From: from, To: to} }

// Parse reads a request. All that is wrong with it is told together, each with file and line and the way out.
func Parse(name string, text []byte) (*Request, error) {
	if len(text) > maxText {
		return nil, say.Errorf("%s is longer than %d bytes\n  Split the request.", name, maxText)
	}
	root, err := settings.Parse(name, text)
	if err != nil {
		return nil, err
	}
	if root == nil {
		return nil, say.Errorf("%s is empty\n  lvv init writes an example.", name)
	}
	p := parser{settings.Reader{File: name}}
	r := p.request(root)
	return r, p.Err()
}

// parser reads a request and keeps all faults.
type parser struct{ settings.Reader }

// list reads a list of values, or a single one.
func (p *parser) list(n *settings.Node) (out []string) {
	if n.Kind != settings.List {
		return []string{p.Text(n)}
	}
	if len(n.Items) > maxValues {
		p.Faultf(n.Line, "more than %d values\n  Ask for fewer, or leave the condition out.", maxValues)
		return nil
	}
	for _, v := range n.Items {
		if text := p.Text(v); !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	return out
}

func (p *parser) request(n *settings.Node) *Request {
	r := &Request{}
	s := p.Settings(n, "", "title", "tables")
	r.Title = p.Text(s.Optional("title"))
	tables := s.Optional("tables")
	if tables == nil || tables.Kind != settings.List || len(tables.Items) == 0 {
		p.Faultf(cmp.Or(tables, n).Line, "the request has no tables\n  Give a list under tables; lvv init writes an example.")
		return r
	}
	if len(tables.Items) > maxTables {
		p.Faultf(tables.Line, "%d tables, and the limit is %d\n  Split the request.", len(tables.Items), maxTables)
		return r
	}
	for i, v := range tables.Items {
		t := p.table(v, i+1)
		if slices.ContainsFunc(r.Tables, func(o Table) bool { return o.Name == t.Name }) {
			p.Faultf(v.Line, "two tables are called %q\n  Give each table a name of its own.", t.Name)
		}
		r.Tables = append(r.Tables, t)
	}
	return r
}

func (p *parser) table(n *settings.Node, number int) Table {
	t := Table{Name: "tabel" + strconv.Itoa(number), Measure: Count}
	at := p.Settings(n, "", "name", "count", "measure", "of", "having", "by", "where")
	if v := at.Optional("name"); v != nil {
		t.Name = p.Text(v)
		if !plain(t.Name) {
			p.Faultf(v.Line, "a name of a table has only small letters, digits, - and _\n  It becomes the name of a file.")
		}
	}
	if at.Optional("count") == nil {
		p.Faultf(n.Line, "nothing says what is counted\n  Give count: %s.", strings.Join(unitNames(), ", "))
		return t
	}
	t.Unit = p.Text(at.Optional("count"))
	u := asked(t.Unit)
	if u == nil {
		p.Faultf(at.Optional("count").Line, "%q cannot be counted\n  Give count: %s.", t.Unit, strings.Join(unitNames(), ", "))
		return t
	}
	if v := at.Optional("measure"); v != nil {
		t.Measure = p.Text(v)
	}
	p.measure(n, at, u, &t)
	if v := at.Optional("by"); v != nil {
		for _, by := range p.list(v) {
			p.breakdown(v, u, by)
			field, _, _ := strings.Cut(by, ".")
			if slices.ContainsFunc(t.By, func(other string) bool { name, _, _ := strings.Cut(other, "."); return name == field }) {
				p.Faultf(v.Line, "%s stands twice\n  Break down by it once.", field)
			}
			t.By = append(t.By, by)
		}
		if len(t.By) > maxFields {
			p.Faultf(v.Line, "%d fields, and the limit is %d\n  Leave some out.", len(t.By), maxFields)
		}
	}
	if v := at.Optional("where"); v != nil {
		t.Where = p.conditions(v, u)
	}
	return t
}

// measure checks that the measure can be asked of the unit, and reads what belongs to it.
func (p *parser) measure(n *settings.Node, at *settings.Settings, u *Unit, t *Table) {
	m := slices.IndexFunc(measures, func(m Measure) bool { return m.Name == t.Measure })
	if m < 0 {
		p.Faultf(at.Optional("measure").Line, "%q is no measure\n  Give measure: %s.", t.Measure, strings.Join(measureNames(), ", "))
		return
	}
	takes := map[string]bool{"of": t.Measure == Mean || t.Measure == Median, "having": t.Measure == Share}
	for _, key := range []string{"of", "having"} {
		switch v := at.Optional(key); {
		case v == nil && takes[key]:
			p.Faultf(n.Line, "a `%s` needs `%s`\n  lvv request --help says what belongs there.", t.Measure, key)
		case v != nil && !takes[key]:
			p.Faultf(v.Line, "%s does not go with measure %s\n  Leave it out.", key, t.Measure)
		case v != nil && key == "having":
			t.Having = p.conditions(v, u)
		case v != nil:
			t.Of = p.Text(v)
			if f := u.asks(t.Of); f == nil || f.Kind != Number && f.Kind != Decimal {
				p.Faultf(v.Line, "%q is no number of %s\n  Numbers are: %s.", t.Of, u.Name, strings.Join(u.names(Number, Decimal), ", "))
			}
		}
	}
	if (t.Measure == Survival || t.Measure == Incidence) && u.Curves == "" {
		p.Faultf(at.Optional("measure").Line, "%s have no duration that ends\n  Curves are of courses and trajectories.", u.Name)
	}
	if u.Sum != "" && t.Measure != Count {
		p.Faultf(at.Optional("measure").Line, "of %s only the count can be asked\n  Ask the mean of persons' nights instead: count: persons, of: nights.", u.Name)
	}
}

func (p *parser) breakdown(n *settings.Node, u *Unit, by string) {
	name, part, parted := strings.Cut(by, ".")
	f := u.asks(name)
	switch {
	case f == nil:
		p.unknown(n, u, name)
	case f.Kind == Day && !slices.Contains(dayParts, part):
		p.Faultf(n.Line, "%s is a date\n  Give %[2]s.month, %[2]s.quarter or %[2]s.year.", by, name)
	case f.Kind == Decimal:
		p.Faultf(n.Line, "%s can be averaged, not broken down by\n  Use a field in bands.", name)
	case f.Kind != Day && parted:
		p.Faultf(n.Line, "%s is no date\n  Give %s.", name, name)
	}
}

var dayParts = []string{"month", "quarter", "year"}

func (p *parser) unknown(n *settings.Node, u *Unit, name string) {
	p.Faultf(n.Line, "%s have no field %q\n  There are: %s.", u.Name, name, strings.Join(u.names(), ", "))
}

func (p *parser) conditions(n *settings.Node, u *Unit) []condition {
	var out []condition
	s := p.Settings(n, "", u.names()...)
	for _, name := range slices.Sorted(slices.Values(u.names())) {
		v := s.Optional(name)
		if v == nil {
			continue
		}
		f, c := u.asks(name), condition{Field: name}
		switch {
		case v.Kind != settings.Map:
			c.In = p.list(v)
		case f.Kind == Codes:
			if not := p.Settings(v, name+".", "not").Optional("not"); not != nil {
				c.Not = p.list(not)
			}
		default:
			bounds := p.Settings(v, name+".", "from", "to")
			c.From, c.To = p.Text(bounds.Optional("from")), p.Text(bounds.Optional("to"))
		}
		p.bounds(v, f, &c)
		out = append(out, c)
	}
	return out
}

// bounds checks the values of a condition.
func (p *parser) bounds(n *settings.Node, f *Field, c *condition) {
	slices.Sort(c.In)
	slices.Sort(c.Not)
	if f.Kind == Codes {
		list := f.values()
		for _, v := range slices.Concat(c.In, c.Not) {
			if list != nil && !slices.Contains(list, v) {
				p.Faultf(n.Line, "%s has no value %q\n  There are: %s.", f.Name, v, strings.Join(list, ", "))
			}
			if f.Name == "nationality" && v != country.Unknown && v != country.Stateless && !slices.Contains(country.Codes(), v) {
				p.Faultf(n.Line, "%q is no country\n  Give a code of ISO 3166 alpha-3, such as MAR.", v)
			}
		}
		return
	}
	if f.Kind == Decimal {
		p.Faultf(n.Line, "%s can be averaged, and is no condition\n  Use a field in bands.", f.Name)
		return
	}
	if len(c.In) == 1 && f.Kind == Number {
		c.From, c.To, c.In = c.In[0], c.In[0], nil
	}
	if len(c.In) > 0 || c.From == "" && c.To == "" {
		p.Faultf(n.Line, "the condition on %s has no bounds\n  Give %s: {from: ..., to: ...}; one of them may be left out.", f.Name, f.Name)
		return
	}
	var at [2]int
	for i, text := range []string{c.From, c.To} {
		if at[i] = []int{-1 << 31, 1<<31 - 1}[i]; text == "" {
			continue
		}
		if f.Kind == Day {
			d, err := day.Parse(text)
			if err != nil {
				p.Faultf(n.Line, "%q is not a date\n  Write yyyy-mm-dd.", text)
				return
			}
			at[i] = int(d)
			continue
		}
		whole, err := strconv.ParseInt(text, 10, 32)
		if err != nil {
			p.Faultf(n.Line, "%q is not a whole number\n  Give a number without decimals.", text)
			return
		}
		at[i] = int(whole)
	}
	if at[0] > at[1] {
		p.Faultf(n.Line, "from %s lies after to %s\n  Exchange them.", c.From, c.To)
	}
}

// names are the fields of the kinds, or all.
func (u *Unit) names(kinds ...Kind) (out []string) {
	for _, f := range u.Fields {
		if !f.Reported && (len(kinds) == 0 || slices.Contains(kinds, f.Kind)) {
			out = append(out, f.Name)
		}
	}
	return out
}

func unitNames() (out []string) {
	for _, u := range units() {
		if !u.Reported {
			out = append(out, u.Name)
		}
	}
	return out
}

func measureNames() []string {
	return lists.Map(measures, func(m Measure) string { return m.Name })
}

// plain reports whether a name can be that of a file anywhere.
func plain(name string) bool {
	return name != "" && len(name) <= 40 && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-_") == "" && name[0] != '-' && name != "log"
}
