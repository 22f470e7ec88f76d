package transform

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	models "lvv/sql"
)

// record is what a SELECT of sql/metrics returns for one figure.
type record struct {
	dims                   []Dim // sorted by name
	value                  Value // a count, or cents
	measure                Value // a quantile or a sum of hours
	numerator, denominator Value
	firstDay               Value
	undefined              bool
	used                   bool
}

// recordSet holds records by figure id and dimensions.
type recordSet map[string]map[string]*record

func key(dims []Dim) string {
	var b strings.Builder
	for _, d := range dims {
		fmt.Fprintf(&b, "%s=%q ", d.Name, d.Value)
	}
	return b.String()
}

func sortedDims(dims []Dim) []Dim {
	dims = slices.Clone(dims)
	slices.SortFunc(dims, func(a, b Dim) int { return strings.Compare(a.Name, b.Name) })
	return dims
}

func (s recordSet) put(id string, r *record) error {
	r.dims = sortedDims(r.dims)
	if s[id] == nil {
		s[id] = map[string]*record{}
	}
	k := key(r.dims)
	if s[id][k] != nil {
		return fmt.Errorf("figure %s %s is returned twice", id, k)
	}
	s[id][k] = r
	return nil
}

// add takes a row of a SELECT: metric names the figure, value, measure, numerator, denominator and
// first_day are what it found, and every other column is a dimension, null where it has no part.
func (s recordSet) add(columns []string, row []Value) error {
	var id string
	r := &record{}
	for i, c := range columns {
		switch v := row[i]; c {
		case "metric":
			id = v.Str()
		case "value":
			r.value = v
		case "measure":
			r.measure = v
		case "numerator":
			r.numerator = v
		case "denominator":
			r.denominator = v
		case "first_day":
			r.firstDay = v
		default:
			if !v.IsNull() {
				r.dims = append(r.dims, Dim{c, v.String()})
			}
		}
	}
	return s.put(id, r)
}

// mustPut adds a record that was computed here, whose dimensions come from the catalogue.
func (s recordSet) mustPut(id string, r record, dims ...Dim) {
	r.dims = dims
	if err := s.put(id, &r); err != nil {
		panic(err)
	}
}

// unused names a record of one of the ids (all for none) that no figure took, or "".
func (s recordSet) unused(ids []string) string {
	var left []string
	for id, records := range s {
		if len(ids) > 0 && !slices.Contains(ids, id) {
			continue
		}
		for k, r := range records {
			if !r.used {
				left = append(left, id+" "+k)
			}
		}
	}
	if len(left) == 0 {
		return ""
	}
	return slices.Min(left)
}

// realOrUndefined is a measure, or undefined where it is no number.
func realOrUndefined(f float64, defined bool) record {
	if !defined || math.IsNaN(f) {
		return record{undefined: true}
	}
	return record{measure: RealOf(f)}
}

// addCurve reads survival, its median and the cumulative incidences off the curves. Without any
// trajectory there is nothing to estimate.
func (s recordSet) addCurve(cat *models.Catalogue, c *Curve) {
	some := c.Total() > 0
	for _, code := range cat.Figure("duration.survival").Breakdowns[0][0].Values {
		days, _ := strconv.Atoi(code.Value)
		at, day := c.At(days), Dim{"day", code.Value}
		s.mustPut("duration.survival", realOrUndefined(at.Survival, some), day, Dim{"stat", "estimate"})
		s.mustPut("duration.survival", realOrUndefined(at.Low, some), day, Dim{"stat", "low"})
		s.mustPut("duration.survival", realOrUndefined(at.High, some), day, Dim{"stat", "high"})
		s.mustPut("duration.survival", record{value: CountOf(at.AtRisk)}, day, Dim{"stat", "at_risk"})
		for k, kind := range endKinds {
			s.mustPut("duration.cumulative_incidence", realOrUndefined(at.Incidence[k], some), day, Dim{"outcome", kind})
		}
	}
	estimate, low, high, ok := c.Median()
	for i, v := range []int{estimate, low, high} {
		stat := []string{"estimate", "low", "high"}[i]
		s.mustPut("duration.survival_median", realOrUndefined(float64(v), ok[i]), Dim{"stat", stat})
	}
}

// forecastStats are the percentiles of the forecast.
var forecastStats = []struct {
	stat string
	q    float64
}{{"p10", 0.1}, {"p50", 0.5}, {"p90", 0.9}}

// addForecast forecasts the total at the pilot's end. Before the pilot's first day there is nothing
// to go by.
func (s recordSet) addForecast(t *Terms, p Period) {
	cases := s["durable.cases"][""].value.Int()
	passed, all := elapsed(t, p.AsOf)
	for i, total := range forecastTotals(cases, passed, all-passed) {
		r := record{undefined: true}
		if passed > 0 {
			r = record{value: CountOf(total)}
		}
		s.mustPut("durable.forecast", r, Dim{"stat", forecastStats[i].stat})
	}
}

// forecastTotals returns the percentiles of the total after the remaining days.
func forecastTotals(cases, passed, remaining int64) [3]int64 {
	var out [3]int64
	if passed <= 0 {
		return out
	}
	more := forecastQuantiles(cases, passed, remaining, forecastStats[0].q, forecastStats[1].q, forecastStats[2].q)
	for i := range out {
		out[i] = cases + more[i]
	}
	return out
}
