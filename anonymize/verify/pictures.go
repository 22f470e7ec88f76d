package verify

import (
	"fmt"
	"math"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"lvv/internal/day"
	"lvv/reports"
)

// auditPictures holds every picture of a page against the tables: those beside it, or where it has none,
// those of the page and the workbook. What a reader can take from a picture must stand in one of them, for
// these are audited; a picture that shows a hidden count shows something else than its table.
func auditPictures(r *Report, path string, p *page, book []grid) {
	var faults []string
	for _, pic := range p.pictures {
		c, tree, err := readChart(pic.options)
		if err != nil {
			faults = append(faults, fmt.Sprintf("picture %s: %v", pic.id, err))
			continue
		}
		a := pictureAudit{picture: pic, chart: c, page: p.tables, book: book, told: map[string]bool{}}
		a.words()
		a.courses()
		a.drawing()
		a.strays("", tree, false)
		faults = append(faults, a.faults...)
	}
	addFile(r, "pictures", path, faults, "%d pictures show what the tables say", len(p.pictures))
}

type pictureAudit struct {
	*picture
	chart      *chart
	page, book []grid
	told       map[string]bool // texts that were held against a table
	faults     []string
}

func (a *pictureAudit) fault(format string, args ...any) {
	a.faults = append(a.faults, "picture "+a.id+": "+fmt.Sprintf(format, args...))
}

// words holds the description against the sentences beside the picture, and numbers in the names of lines
// against the page.
func (a *pictureAudit) words() {
	description := a.chart.Aria.Label.Description
	if description != a.label || a.caption != "" && description != a.caption {
		a.fault("its description is not the text beside it")
	}
	a.told[description] = true
	for _, s := range a.chart.Series {
		a.told[s.Name] = true
		for _, number := range numbers.FindAllString(s.Name, -1) {
			if !a.somewhere(number) {
				a.fault("the number in the name %q is in no table", s.Name)
			}
		}
	}
}

var numbers = regexp.MustCompile(`\d[\d.,]*`)

// somewhere reports whether a cell of the page says the text.
func (a *pictureAudit) somewhere(text string) bool {
	return slices.ContainsFunc(a.page, func(g grid) bool {
		return slices.ContainsFunc(g, func(row []string) bool {
			return slices.ContainsFunc(row, func(cell string) bool { return same(cell, text) })
		})
	})
}

// courses holds what each series shows against the tables.
func (a *pictureAudit) courses() {
	for _, s := range a.chart.Series {
		switch s.Type {
		case "line":
			a.line(&s)
		case "bar":
			a.bars(&s)
		case "funnel":
			a.funnel(&s)
		case "sankey":
			a.sankey(&s)
		default:
			a.fault("it is of a kind (%q) that cannot be checked", s.Type)
		}
	}
	if slices.ContainsFunc(a.chart.Series, stacked) && a.chart.Series[0].Type == "line" {
		a.shares()
	}
}

func stacked(s series) bool { return s.Stack != "" }

// find looks a course up in the tables of the picture. One without a table may show any cells of the page.
func (a *pictureAudit) find(c *course) {
	label, missing := c.missing(a.tables)
	if len(a.tables) == 0 {
		missing = slices.ContainsFunc(c.entries, func(e entry) bool {
			label = e.labels[0]
			return !a.somewhere(e.text)
		})
	}
	if missing {
		a.fault("what it shows of %q is not in the table", label)
	}
}

// mark is something with a length or width, and what is said of it.
type mark struct {
	labels    []string // what it is about, and the name of its series
	text, tip string
	value     any
}

// marks holds lengths against the texts beside them. A count that is not shown has a length that says nothing:
// a fixed part of the longest that is shown.
func (a *pictureAudit) marks(list []mark) {
	longest := 0.0
	for _, m := range list {
		if v, ok := m.value.(float64); ok && len(readings(m.text)) > 0 {
			longest = max(longest, v)
		}
	}
	if longest == 0 {
		longest = 1
	}
	const hidden = 0.06
	for _, m := range list {
		name := strings.Join(slices.DeleteFunc(slices.Clone(m.labels), func(s string) bool { return s == "" }), ", ")
		a.told[m.text], a.told[m.tip] = true, true
		if m.tip != name+": "+m.text {
			a.fault("what the pointer shows of %q is not what stands there", name)
		}
		v, has := m.value.(float64)
		isNumber := len(readings(m.text)) > 0
		switch {
		case has && isNumber && !same(plain(v), m.text), isNumber && !has:
			a.fault("the length of %q is not its number", name)
		case has && !isNumber && math.Abs(v-hidden*longest) > 1e-9*longest:
			a.fault("the length of %q says something, and its number is not shown", name)
		}
	}
}

// bars holds the bars of a series against a column.
func (a *pictureAudit) bars(s *series) {
	categories := a.categories()
	if len(categories) != len(s.Data) {
		a.fault("it has %d bars for %d names", len(s.Data), len(categories))
		return
	}
	c := course{head: s.Name}
	var all []mark
	for _, other := range a.chart.Series {
		if len(other.Data) != len(categories) {
			return // a fault of its own
		}
		for i, x := range other.Data {
			if x.Label == nil {
				x.Label = &itemLabel{}
			}
			all = append(all, mark{[]string{categories[i], other.Name}, x.Label.Formatter, x.Tooltip.Formatter, x.Value})
		}
	}
	for i, x := range s.Data {
		if x.Label != nil {
			c.entries = append(c.entries, entry{[]string{categories[i]}, x.Label.Formatter})
		}
		a.told[categories[i]] = true
	}
	a.find(&c)
	if s.Name == a.chart.Series[0].Name {
		a.marks(all) // of all series, which share an axis
	}
}

// categories are the names of bars.
func (a *pictureAudit) categories() []string {
	for _, x := range slices.Concat(a.chart.XAxis, a.chart.YAxis) {
		if x.Type == "category" {
			return x.Data
		}
	}
	return nil
}

// funnel holds the stages against a column. A last stage without a name ends the last of them.
func (a *pictureAudit) funnel(s *series) {
	c := course{}
	var all []mark
	for i, x := range s.Data {
		if x.Name == "" && i > 0 && i == len(s.Data)-1 && reflect.DeepEqual(x.Value, s.Data[i-1].Value) {
			break
		}
		if x.Label == nil {
			x.Label = &itemLabel{}
		}
		text := strings.TrimPrefix(x.Label.Formatter, x.Name+": ")
		c.entries = append(c.entries, entry{[]string{x.Name}, text})
		all = append(all, mark{[]string{x.Name}, text, x.Tooltip.Formatter, x.Value})
		a.told[x.Name], a.told[x.Label.Formatter] = true, true
	}
	a.find(&c)
	a.marks(all)
}

// sankey holds the ribbons against a table with a row for each, and the nodes against their names, which
// have a sign of their side in front.
func (a *pictureAudit) sankey(s *series) {
	var flows []grid
	for _, g := range a.tables {
		var pairs grid
		for _, row := range g {
			if len(row) == 3 {
				pairs = append(pairs, []string{between(row[0], row[1]), row[2]})
			}
		}
		flows = append(flows, pairs)
	}
	c := course{}
	var all []mark
	for _, x := range s.Links {
		from, to := x.Source[min(1, len(x.Source)):], x.Target[min(1, len(x.Target)):]
		_, text, _ := strings.Cut(x.Tooltip.Formatter, to+": ")
		said := strings.TrimSuffix(x.Tooltip.Formatter, ": "+text)
		if said != from+" naar "+to && said != from+" to "+to || x.EdgeLabel != nil && x.EdgeLabel.Formatter != "" && x.EdgeLabel.Formatter != text {
			a.fault("what stands by the ribbon from %q to %q is not what the pointer shows", from, to)
		}
		c.entries = append(c.entries, entry{[]string{between(from, to)}, text})
		all = append(all, mark{[]string{said}, text, x.Tooltip.Formatter, x.Value})
		a.told[x.Source], a.told[x.Target] = true, true
	}
	if label, missing := c.missing(flows); missing {
		a.fault("what it shows of %s is not in the table", label)
	}
	a.marks(all)
	for _, x := range s.Data {
		a.told[x.Name[min(1, len(x.Name)):]] = true
		if name := x.Name[min(1, len(x.Name)):]; x.Label == nil || x.Label.Formatter != name || x.Tooltip.Formatter != name {
			a.fault("%q is called otherwise", name)
		}
	}
}

func between(from, to string) string { return fmt.Sprintf("%q to %q", from, to) }

// line holds the points of a line against a column, of the page or of the workbook.
func (a *pictureAudit) line(s *series) {
	if s.Stack != "" {
		return
	}
	c := course{}
	for _, x := range s.Data {
		if at, y, ok := x.point(); ok {
			c.entries = append(c.entries, entry{abscissa(at), plain(y)})
		}
	}
	// A target may stand beyond the days of the tables.
	if last := len(c.entries) - 1; last > 0 && a.somewhere(c.entries[last].text) {
		c.entries = c.entries[:last]
	}
	label, missing := "", true
	for _, tables := range [][]grid{a.tables, a.page, a.book} {
		if missing {
			label, missing = c.missing(tables)
		}
	}
	if missing {
		a.fault("the line %q at %s is in no table of the page or the workbook", s.Name, label)
	}
}

// point is the place of an item of a line; not ok where nothing is known.
func (x *item) point() (at, y float64, ok bool) {
	pair, _ := x.Value.([]any)
	if len(pair) != 2 {
		return 0, 0, false
	}
	at, _ = pair[0].(float64)
	y, ok = pair[1].(float64)
	return at, y, ok
}

const (
	perDay     = 24 * 60 * 60 * 1000 // in milliseconds
	sheetEpoch = 25569               // 1 January 1970 in a workbook
)

func dayAt(milliseconds float64) day.Day { return day.Day(milliseconds / perDay) }

// abscissa are the ways in which tables write a place on an axis: a number of days, or in milliseconds a date.
func abscissa(at float64) []string {
	if at < 1e9 {
		return []string{plain(at)}
	}
	d := dayAt(at)
	return []string{reports.Dutch.DateShort(d), reports.English.DateShort(d), plain(at/perDay + sheetEpoch)}
}

// shares holds stacked shares, which stand in no table, against each other: they make a whole.
func (a *pictureAudit) shares() {
	sums := map[float64]float64{}
	for _, s := range a.chart.Series {
		for _, x := range s.Data {
			if at, y, ok := x.point(); ok {
				sums[at] += y
			}
		}
	}
	for _, sum := range sums {
		if math.Abs(sum-1) > 1e-6 {
			a.fault("its shares do not make a whole")
			return
		}
	}
}

var styling = regexp.MustCompile(`^(?:var\(--[\w-]+\)|#[0-9a-fA-F]{3,8}|[\d.]+%)$`)

// strays finds texts with a number of which nothing above knows, and data that only a narrow screen would show.
func (a *pictureAudit) strays(key string, tree any, narrow bool) {
	switch v := tree.(type) {
	case map[string]any:
		for k, part := range v {
			if names, ok := part.([]any); ok && key == "legend" && k == "data" && slices.ContainsFunc(names, func(name any) bool { return !a.named(name) }) {
				a.fault("its legend has a name that is no series'")
			}
			if narrow && key != "legend" && slices.Contains([]string{"data", "links", "value", "formatter"}, k) {
				a.fault("on a narrow screen it shows something else")
			}
			a.strays(k, part, narrow || k == "media")
		}
	case []any:
		for _, part := range v {
			a.strays(key, part, narrow)
		}
	case string:
		if key == "formatter" && v != ofSeries && !a.told[v] {
			a.fault("a label is in no table")
		}
		isStyle := styling.MatchString(v) && key != "formatter" && key != "text"
		if strings.ContainsAny(v, "0123456789") && !isStyle && !a.told[v] {
			a.fault("a text with a number, under %q, is in no table", key)
		}
	}
}

// missingValue is the length of a bar without one.
const missingValue = "-"

// ofSeries is a label that gives the name of its series.
const ofSeries = "{a}"

func (a *pictureAudit) named(name any) bool {
	return slices.ContainsFunc(a.chart.Series, func(s series) bool { return s.Name == name })
}

// addFile is add for a check of one file, which faults name too.
func addFile(r *Report, name, path string, faults []string, passed string, args ...any) {
	base := filepath.Base(path)
	slices.Sort(faults)
	faults = slices.Compact(faults)
	if len(faults) > 0 {
		faults[0] = base + ": " + faults[0]
	}
	add(r, name, faults, base+": "+passed, args...)
}
