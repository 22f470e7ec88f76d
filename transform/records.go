package transform

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"lvv/transform/engine"
)

// record is what a SELECT of sql/metrics returns for one figure.
type record struct {
	dims                   []Dim        // sorted by name
	value                  engine.Value // a count, or cents
	measure                engine.Value // a quantile or a sum of hours
	numerator, denominator engine.Value
	firstDay               engine.Value
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
func (s recordSet) add(row engine.Row) error {
	var id string
	r := &record{}
	for i, c := range row.Columns {
		switch v := row.Values[i]; c {
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
	return record{measure: rounded(f)}
}

// rounded is a statistic as it becomes a result: to 12 significant digits. What follows them tells how
// it was computed, not what it is.
func rounded(f float64) engine.Value {
	f, _ = strconv.ParseFloat(strconv.FormatFloat(f, 'e', 11, 64), 64)
	return engine.RealOf(f)
}

// addForecast forecasts the total at the pilot's end, and holds earlier forecasts of today's total
// against it. Before the pilot's first day there is nothing to go by.
func (s recordSet) addForecast(solved solutions, t *Terms, p Period) {
	passed, all := elapsed(t, p.AsOf)
	var totals [3]int64
	if passed > 0 {
		totals = solved.forecast(p.AsOf, passed, all-passed)
	}
	for i, stat := range forecastStats {
		r := record{undefined: true}
		if passed > 0 {
			r = record{value: engine.CountOf(totals[i])}
		}
		s.mustPut("durable.forecast", r, Dim{"stat", stat})
	}
	held, bands := solved.backtest(t, p.AsOf)
	s.mustPut("durable.forecast_backtest", record{numerator: engine.CountOf(held), denominator: engine.CountOf(bands)})
}

// forecastStats are the percentiles of the forecast.
var forecastStats = []string{"p10", "p50", "p90"}
