package request

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"

	"lvv/internal/country"
	"lvv/internal/day"
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
	p := parser{file: name}
	r := p.request(root)
	return r, errors.Join(p.faults...)
}

// parser keeps all faults.
type parser struct {
	file   string
	faults []error
}

func (p *parser) faultf(n *settings.Node, format string, args ...any) {
	p.faults = append(p.faults, say.Errorf("%s:%d: %w", p.file, n.Line, say.Errorf(format, args...)))
}

// members passes on the members of a mapping, each name once.
func (p *parser) members(n *settings.Node, known []string, each func(key string, v *settings.Node)) {
	if n.Kind != settings.Map {
		p.faultf(n, "this is not a list of names with values\n  Give %s.", strings.Join(known, ", "))
		return
	}
	seen := map[string]bool{}
	for i, key := range n.Names {
		switch {
		case seen[key.Text]:
			p.faultf(key, "%q stands twice\n  Leave one out.", key.Text)
		case known != nil && !slices.Contains(known, key.Text):
			p.faultf(key, "there is nothing called %q here\n  There are: %s.", key.Text, strings.Join(known, ", "))
		default:
			each(key.Text, n.Items[i])
		}
		seen[key.Text] = true
	}
}

func (p *parser) text(n *settings.Node) string {
	if n.Kind != settings.Text || strings.TrimSpace(n.Text) == "" {
		p.faultf(n, "a single value is expected\n  Give one word, number or date.")
		return ""
	}
	return n.Text
}

// list reads a list of values, or a single one.
func (p *parser) list(n *settings.Node) (out []string) {
	if n.Kind != settings.List {
		return []string{p.text(n)}
	}
	if len(n.Items) > maxValues {
		p.faultf(n, "more than %d values\n  Ask for fewer, or leave the condition out.", maxValues)
		return nil
	}
	for _, v := range n.Items {
		if text := p.text(v); !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	return out
}

func (p *parser) request(n *settings.Node) *Request {
	r := &Request{}
	var tables *settings.Node
	p.members(n, []string{"title", "tables"}, func(key string, v *settings.Node) {
		if key == "title" {
			r.Title = p.text(v)
			return
		}
		tables = v
	})
	if tables == nil || tables.Kind != settings.List || len(tables.Items) == 0 {
		p.faultf(cmp.Or(tables, n), "the request has no tables\n  Give a list under tables; lvv init writes an example.")
		return r
	}
	if len(tables.Items) > maxTables {
		p.faultf(tables, "%d tables, and the limit is %d\n  Split the request.", len(tables.Items), maxTables)
		return r
	}
	for i, v := range tables.Items {
		t := p.table(v, i+1)
		if slices.ContainsFunc(r.Tables, func(o Table) bool { return o.Name == t.Name }) {
			p.faultf(v, "two tables are called %q\n  Give each table a name of its own.", t.Name)
		}
		r.Tables = append(r.Tables, t)
	}
	return r
}

func (p *parser) table(n *settings.Node, number int) Table {
	t := Table{Name: "tabel" + strconv.Itoa(number), Measure: Count}
	at := map[string]*settings.Node{}
	p.members(n, []string{"name", "count", "measure", "of", "having", "by", "where"}, func(key string, v *settings.Node) { at[key] = v })
	if v := at["name"]; v != nil {
		t.Name = p.text(v)
		if !plain(t.Name) {
			p.faultf(v, "a name of a table has only small letters, digits, - and _\n  It becomes the name of a file.")
		}
	}
	if at["count"] == nil {
		p.faultf(n, "nothing says what is counted\n  Give count: %s.", strings.Join(unitNames(), ", "))
		return t
	}
	t.Unit = p.text(at["count"])
	u := asked(t.Unit)
	if u == nil {
		p.faultf(at["count"], "%q cannot be counted\n  Give count: %s.", t.Unit, strings.Join(unitNames(), ", "))
		return t
	}
	if v := at["measure"]; v != nil {
		t.Measure = p.text(v)
	}
	p.measure(n, at, u, &t)
	if v := at["by"]; v != nil {
		for _, by := range p.list(v) {
			p.breakdown(v, u, by)
			field, _, _ := strings.Cut(by, ".")
			if slices.ContainsFunc(t.By, func(other string) bool { name, _, _ := strings.Cut(other, "."); return name == field }) {
				p.faultf(v, "%s stands twice\n  Break down by it once.", field)
			}
			t.By = append(t.By, by)
		}
		if len(t.By) > maxFields {
			p.faultf(v, "%d fields, and the limit is %d\n  Leave some out.", len(t.By), maxFields)
		}
	}
	if v := at["where"]; v != nil {
		t.Where = p.conditions(v, u)
	}
	return t
}

// measure checks that the measure can be asked of the unit, and reads what belongs to it.
func (p *parser) measure(n *settings.Node, at map[string]*settings.Node, u *Unit, t *Table) {
	m := slices.IndexFunc(measures, func(m Measure) bool { return m.Name == t.Measure })
	if m < 0 {
		p.faultf(at["measure"], "%q is no measure\n  Give measure: %s.", t.Measure, strings.Join(measureNames(), ", "))
		return
	}
	takes := map[string]bool{"of": t.Measure == Mean || t.Measure == Median, "having": t.Measure == Share}
	for _, key := range []string{"of", "having"} {
		switch v := at[key]; {
		case v == nil && takes[key]:
			p.faultf(n, "a %s needs %s\n  lvv request --help says what belongs there.", t.Measure, key)
		case v != nil && !takes[key]:
			p.faultf(v, "%s does not go with measure %s\n  Leave it out.", key, t.Measure)
		case v != nil && key == "having":
			t.Having = p.conditions(v, u)
		case v != nil:
			t.Of = p.text(v)
			if f := u.asks(t.Of); f == nil || f.Kind != Number && f.Kind != Decimal {
				p.faultf(v, "%q is no number of %s\n  Numbers are: %s.", t.Of, u.Name, strings.Join(u.names(Number, Decimal), ", "))
			}
		}
	}
	if (t.Measure == Survival || t.Measure == Incidence) && u.Curves == "" {
		p.faultf(at["measure"], "%s have no duration that ends\n  Curves are of courses and trajectories.", u.Name)
	}
	if u.Sum != "" && t.Measure != Count {
		p.faultf(at["measure"], "of %s only the count can be asked\n  Ask the mean of persons' nights instead: count: persons, of: nights.", u.Name)
	}
}

func (p *parser) breakdown(n *settings.Node, u *Unit, by string) {
	name, part, parted := strings.Cut(by, ".")
	f := u.asks(name)
	switch {
	case f == nil:
		p.unknown(n, u, name)
	case f.Kind == Day && !slices.Contains(dayParts, part):
		p.faultf(n, "%s is a date\n  Give %[2]s.month, %[2]s.quarter or %[2]s.year.", by, name)
	case f.Kind == Decimal:
		p.faultf(n, "%s can be averaged, not broken down by\n  Use a field in bands.", name)
	case f.Kind != Day && parted:
		p.faultf(n, "%s is no date\n  Give %s.", name, name)
	}
}

var dayParts = []string{"month", "quarter", "year"}

func (p *parser) unknown(n *settings.Node, u *Unit, name string) {
	p.faultf(n, "%s have no field %q\n  There are: %s.", u.Name, name, strings.Join(u.names(), ", "))
}

func (p *parser) conditions(n *settings.Node, u *Unit) []condition {
	var out []condition
	p.members(n, nil, func(name string, v *settings.Node) {
		f := u.asks(name)
		if f == nil {
			p.unknown(v, u, name)
			return
		}
		c := condition{Field: name}
		if v.Kind == settings.Map {
			keys := []string{"from", "to"}
			if f.Kind == Codes {
				keys = []string{"not"}
			}
			p.members(v, keys, func(key string, v *settings.Node) {
				switch key {
				case "not":
					c.Not = p.list(v)
				case "from":
					c.From = p.text(v)
				case "to":
					c.To = p.text(v)
				}
			})
		} else {
			c.In = p.list(v)
		}
		p.bounds(v, f, &c)
		out = append(out, c)
	})
	slices.SortFunc(out, func(a, b condition) int { return strings.Compare(a.Field, b.Field) })
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
				p.faultf(n, "%s has no value %q\n  There are: %s.", f.Name, v, strings.Join(list, ", "))
			}
			if f.Name == "nationality" && v != country.Unknown && v != country.Stateless && !slices.Contains(country.Codes(), v) {
				p.faultf(n, "%q is no country\n  Give a code of ISO 3166 alpha-3, such as MAR.", v)
			}
		}
		return
	}
	if f.Kind == Decimal {
		p.faultf(n, "%s can be averaged, and is no condition\n  Use a field in bands.", f.Name)
		return
	}
	if len(c.In) == 1 && f.Kind == Number {
		c.From, c.To, c.In = c.In[0], c.In[0], nil
	}
	if len(c.In) > 0 || c.From == "" && c.To == "" {
		p.faultf(n, "the condition on %s has no bounds\n  Give %s: {from: ..., to: ...}; one of them may be left out.", f.Name, f.Name)
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
				p.faultf(n, "%q is not a date\n  Write yyyy-mm-dd.", text)
				return
			}
			at[i] = int(d)
			continue
		}
		whole, err := strconv.ParseInt(text, 10, 32)
		if err != nil {
			p.faultf(n, "%q is not a whole number\n  Give a number without decimals.", text)
			return
		}
		at[i] = int(whole)
	}
	if at[0] > at[1] {
		p.faultf(n, "from %s lies after to %s\n  Exchange them.", c.From, c.To)
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
	for _, u := range units {
		if !u.Reported {
			out = append(out, u.Name)
		}
	}
	return out
}

func measureNames() (out []string) {
	for _, m := range measures {
		out = append(out, m.Name)
	}
	return out
}

// plain reports whether a name can be that of a file anywhere.
func plain(name string) bool {
	return name != "" && len(name) <= 40 && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-_") == "" && name[0] != '-' && name != "log"
}

func cut(list string) (table, field string, ok bool) { return strings.Cut(list, ".") }
