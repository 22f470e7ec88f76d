package request

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"lvv/internal/day"
	"lvv/sql"
	"lvv/transform"
	"lvv/transform/engine"
)

// Thirty requests of an evaluator are answered, or refused for the reason that each names; all that is told is held
// against a recount in plain Go.
func TestEvaluator(t *testing.T) {
	text, err := os.ReadFile("testdata/evaluator.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files := strings.Split(string(text), "\n-- ")[1:]
	if len(files) != 30 {
		t.Fatalf("%d requests", len(files))
	}
	o := optionsFor(t, "2020-Q3")
	rows := recount{t: t, o: &o, units: map[string][]map[string]engine.Value{}}
	cells, hidden := 0, 0
	for _, f := range files {
		name, text, _ := strings.Cut(f, " --\n")
		r, err := Parse(name, []byte(text))
		var a *Answer
		refusal := err != nil
		if err == nil {
			o.Request = r
			a, err = Run(t.Context(), o)
			_, refusal = errors.AsType[*Refusal](err)
		}
		expect, _, _ := strings.Cut(strings.TrimPrefix(text, "# "), "\n")
		if why, refused := strings.CutPrefix(expect, "refused: "); refused {
			if !refusal || !strings.Contains(err.Error(), why) {
				t.Errorf("%s: %v; expected a refusal: %s", name, err, why)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for i := range a.Tables {
			n, h := rows.check(name, &a.Tables[i])
			cells, hidden = cells+n, hidden+h
		}
	}
	t.Logf("%d cells, %d of them hidden", cells, hidden)
}

// TestOneBound: one of the bounds of a condition may be left out.
func TestOneBound(t *testing.T) {
	o := optionsFor(t, "2020-Q3")
	rows := recount{t: t, o: &o, units: map[string][]map[string]engine.Value{}}
	for _, where := range []condition{
		between("admitted_on", "2019-12-01", ""), between("admitted_on", "", "2019-12-01"), between("age", "30", ""), between("age", "", "30"),
	} {
		o.Request = &Request{Title: "one", Tables: []Table{{Name: "one", Unit: "persons", Measure: Count, Where: []condition{where}}}}
		a, err := Run(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		if cells, _ := rows.check(fmt.Sprint(where), &a.Tables[0]); cells != 1 {
			t.Errorf("%v: %d cells", where, cells)
		}
	}
}

// recount reads units as the models list them and does the rest itself.
type recount struct {
	t     *testing.T
	o     *Options
	units map[string][]map[string]engine.Value
}

func (r *recount) of(u *Unit) []map[string]engine.Value {
	if r.units[u.Name] == nil {
		err := transform.Ask(r.t.Context(), r.o.Engine, r.o.Terms, r.o.Period, "SELECT * FROM "+u.model(), nil, func(row engine.Row) error {
			one := map[string]engine.Value{}
			for i, c := range row.Columns {
				one[c] = row.Values[i]
			}
			r.units[u.Name] = append(r.units[u.Name], one)
			return nil
		})
		if err != nil {
			r.t.Fatal(err)
		}
	}
	return r.units[u.Name]
}

func fitsAll(u *Unit, conditions []condition, row map[string]engine.Value) bool {
	for _, c := range conditions {
		v := row[c.Field]
		if len(c.In) > 0 && !slices.Contains(c.In, v.Str()) || slices.Contains(c.Not, v.Str()) {
			return false
		}
		if (c.From != "" || c.To != "") && v.IsNull() {
			return false
		}
		for _, bound := range []struct {
			text string
			sign int
		}{{c.From, 1}, {c.To, -1}} {
			if bound.text == "" {
				continue
			}
			at := 0
			if u.field(c.Field).Kind == Day {
				d, _ := day.Parse(bound.text)
				at = cmp.Compare(v.Day(), d)
			} else {
				n, _ := strconv.ParseInt(bound.text, 10, 64)
				at = cmp.Compare(v.Int(), n)
			}
			if at*bound.sign < 0 {
				return false
			}
		}
	}
	return true
}

func labelOf(u *Unit, by string, row map[string]engine.Value) string {
	name, part, _ := strings.Cut(by, ".")
	v := row[name]
	switch u.field(name).Kind {
	case Day:
		if v.IsNull() {
			return "none"
		}
		y, m, _ := v.Day().Civil()
		return map[string]string{"year": fmt.Sprint(y), "quarter": fmt.Sprintf("%d-Q%d", y, (m+2)/3), "month": fmt.Sprintf("%d-%02d", y, m)}[part]
	case Number:
		if v.IsNull() {
			return "unknown"
		}
		f := u.field(name)
		low := int64(0)
		for _, high := range f.Bands {
			if v.Int() <= int64(high) {
				if low == int64(high) {
					return fmt.Sprint(high)
				}
				return fmt.Sprintf("%d-%d", low, high)
			}
			low = int64(high) + 1
		}
		return fmt.Sprintf("%d+", low)
	}
	return v.Str()
}

// check holds one table against the recount, and returns its cells and the hidden ones.
func (r *recount) check(name string, told *Answered) (number, hidden int) {
	t := &told.Asked
	u := unitNamed(t.Unit)
	rows := map[string][]map[string]engine.Value{}
	persons := map[string]map[string]bool{}
	having := map[string]int64{}
	for _, row := range r.of(u) {
		if !fitsAll(u, t.Where, row) || t.Of != "" && row[t.Of].IsNull() {
			continue
		}
		if (t.Measure == Survival || t.Measure == Incidence) && row[inPilot].Str() != "true" {
			continue
		}
		var labels []string
		for _, by := range t.By {
			labels = append(labels, labelOf(u, by, row))
		}
		k := key(labels)
		rows[k] = append(rows[k], row)
		if persons[k] == nil {
			persons[k] = map[string]bool{}
		}
		persons[k][row["person_key"].Str()] = true
		if fitsAll(u, t.Having, row) {
			having[k]++
		}
	}
	size := func(k string) int64 {
		if u.Sum != "" {
			return int64(len(persons[k]))
		}
		return int64(len(rows[k]))
	}
	within := func(c *ToldCell, n int64, what string) {
		if n < c.Low || n > c.High || n > 0 && n < 5 && c.shown() {
			r.t.Errorf("%s: %s %v is %d, told as %d to %d", name, what, c.Labels, n, c.Low, c.High)
		}
	}
	if told.Counts[0].Withdrawn {
		r.t.Errorf("%s: nothing is told", name)
		return 0, 0
	}
	if len(told.Counts[0].Cells) != len(rows) {
		r.t.Errorf("%s: %d cells, and %d are not empty", name, len(told.Counts[0].Cells), len(rows))
	}
	for i := range told.Counts[0].Cells {
		c := &told.Counts[0].Cells[i]
		k := key(c.Labels)
		number++
		if !c.shown() {
			hidden++
		}
		within(c, size(k), "the count of")
		if t.Measure == Share {
			part := told.Counts[1].cell(c.Labels)
			if part == nil {
				part = &ToldCell{Labels: c.Labels}
			}
			if !told.Counts[1].Withdrawn {
				within(part, having[k], "having of")
			}
		}
		if c.Value == nil {
			continue
		}
		if size(k) < 5 || len(persons[k]) < 5 {
			r.t.Errorf("%s: a value rests on %d, of %d persons", name, size(k), len(persons[k]))
		}
		if want := valueOf(u, t, rows[k]); math.Abs(want-*c.Value) > 1e-6*math.Abs(want) {
			r.t.Errorf("%s: %v is %v, told as %v", name, c.Labels, want, *c.Value)
		}
	}
	if t.Measure == Survival || t.Measure == Incidence {
		r.curves(name, told, rows)
	}
	return number, hidden
}

func valueOf(u *Unit, t *Table, rows []map[string]engine.Value) float64 {
	field := t.Of
	if field == "" {
		field = u.Sum
	}
	var all []float64
	sum := 0.0
	for _, row := range rows {
		all = append(all, row[field].Float())
		sum += row[field].Float()
	}
	slices.Sort(all)
	switch {
	case u.Sum != "":
		return sum
	case t.Measure == Mean:
		return sum / float64(len(all))
	}
	return (all[(len(all)-1)/2] + all[len(all)/2]) / 2
}

// curves computes the life tables again, person by person.
func (r *recount) curves(name string, told *Answered, rows map[string][]map[string]engine.Value) {
	var b bytes.Buffer
	if err := told.writeCSV(&b); err != nil {
		r.t.Fatal(err)
	}
	lines, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		r.t.Fatal(err)
	}
	some := false
	for _, line := range lines[1:] {
		at := len(told.Asked.By)
		if line[at+2] == "" {
			continue
		}
		some = true
		end, _ := strconv.Atoi(line[at])
		survival, from := 1.0, -1
		for _, h := range horizons {
			exposed, ended := 0.0, 0.0
			for _, row := range rows[key(line[:at])] {
				entered, days, running := int(row["entered"].Int()), int(row["days"].Int()), row["running"].Str() == "true"
				switch {
				case days <= from || entered > h:
					continue
				case days <= h && running:
					exposed -= 0.5
				case days <= h:
					ended++
				}
				if exposed++; entered > max(from, 0) {
					exposed -= 0.5
				}
			}
			survival *= 1 - ended/exposed
			if from = h; h == end {
				break
			}
		}
		if got, _ := strconv.ParseFloat(line[at+2], 64); math.Abs(got-survival) > 1e-4 {
			r.t.Errorf("%s: survival %v is %v, told as %s", name, line[:at+1], survival, line[at+2])
		}
	}
	if !some {
		r.t.Errorf("%s: no survival is told", name)
	}
}

// What the report counts and a request can ask is the same number, on the samples.
func TestEqualFigures(t *testing.T) {
	o := optionsFor(t, "2020-Q3")
	results, err := transform.Compute(t.Context(), o.Engine, o.Terms, o.Period)
	if err != nil {
		t.Fatal(err)
	}
	compared := 0
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	figures, err := figuresOf(cat, o.Period)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, f := range figures {
		counts := map[string]int64{}
		err := members(t.Context(), o.Engine, o.Terms, []*tally{f.tally}, func(_ *member, cells [][]string) error {
			if cells[0] != nil {
				counts[f.equal.name(f.by, cells[0])]++
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for k := range results.Figures {
			of := &results.Figures[k]
			names, labels, ok := f.equal.cell(of.Dims)
			if of.ID != f.equal.figure || !ok || len(labels) != len(f.by) || strings.Count(names, ",") != len(of.Dims)-1 && names != "" {
				continue
			}
			v := map[string]engine.Value{"": of.Value, "numerator": of.Numerator, "denominator": of.Denominator}[f.equal.of]
			one, _ := f.equal.tally(o.Period, strings.Split(names, ","))
			if v.Kind() != engine.Count || names != "" && !slices.EqualFunc(one.by, f.by, func(a, b label) bool { return a.name == b.name }) {
				continue
			}
			compared++
			seen[of.ID] = true
			if n := counts[f.equal.name(f.by, labels)]; n != v.Int() {
				t.Errorf("%s %s %v is %d, and asked %d", of.ID, f.equal.of, of.Dims, v.Int(), n)
			}
		}
	}
	for _, f := range cat.Figures {
		if len(f.Asked) > 0 && !seen[f.ID] {
			t.Errorf("%s was not compared", f.ID)
		}
	}
	if compared < 300 {
		t.Errorf("only %d counts were compared", compared)
	}
}
