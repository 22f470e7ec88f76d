package verify

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"lvv/reports"
)

// drawing holds the texts of the static picture against the options. Where there is no scale, they are the
// names and the numbers of the options in their order; a scale adds its own.
func (a *pictureAudit) drawing() {
	names := slices.Clone(a.categories())
	legend, texts := []string{}, []string{}
	for _, s := range a.chart.Series {
		legend = append(legend, s.Name)
		for _, x := range s.Links {
			if x.EdgeLabel.shown() {
				texts = append(texts, x.EdgeLabel.Formatter)
			}
		}
		for _, x := range s.Data {
			if x.Label.shown() && x.Value != missingValue { // of what has no length, nothing is drawn
				texts = append(texts, x.Label.Formatter)
			}
		}
	}
	if !slices.ContainsFunc(slices.Concat(a.chart.XAxis, a.chart.YAxis), func(x axis) bool { return x.Type != "category" && (x.Show == nil || *x.Show) }) {
		if !a.chart.Legend.Show {
			legend = nil
		}
		if squeezed(a.drawn...) != squeezed(slices.Concat(names, legend, texts)...) {
			a.fault("what stands in the still picture is not what stands in the live one")
		}
		return
	}
	if left := a.scales(); !composed(left, append(names, legend...)) {
		a.fault("a text in the still picture is neither of a scale nor of the live picture")
	}
}

// scales takes the numbers, dates and categories of scales out of the texts of the still picture, and returns
// the rest.
func (a *pictureAudit) scales() (rest []string) {
	categories, dates := a.categories(), a.dates()
	var values []string
	var places []int
	for _, text := range a.drawn {
		text = strings.ReplaceAll(text, "\u00a0", " ")
		at := slices.Index(categories, text)
		switch {
		case at >= 0:
			places = append(places, at)
		case dates[text]:
		case tick.MatchString(text):
			values = append(values, text)
		default:
			rest = append(rest, text)
		}
	}
	for i := 2; i < len(places); i++ {
		if places[i]-places[i-1] != places[1]-places[0] {
			a.fault("the names under the still picture are not at even distances")
			break
		}
	}
	if !even(values) {
		a.fault("the numbers of a scale in the still picture are not at even distances")
	}
	return rest
}

// dates are the texts with which an axis may write its dates.
func (a *pictureAudit) dates() map[string]bool {
	out := map[string]bool{}
	for _, x := range a.chart.XAxis {
		for _, at := range x.AxisLabel.CustomValues {
			d := dayAt(at)
			year, _, _ := d.Civil()
			out[strconv.Itoa(year)] = true
			for _, lang := range []reports.Lang{reports.Dutch, reports.English} {
				text := strings.ReplaceAll(lang.DayMonth(d), "\u00a0", " ")
				_, month, _ := strings.Cut(text, " ")
				out[text], out[month] = true, true
			}
		}
	}
	return out
}

// composed reports whether texts are names, each whole, which a picture may break.
func composed(texts, names []string) bool {
	var whole []string
	for _, name := range names {
		if name := squeezed(name); name != "" {
			whole = append(whole, name)
		}
	}
	slices.SortFunc(whole, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	left := squeezed(texts...)
	for left != "" {
		i := slices.IndexFunc(whole, func(name string) bool { return strings.HasPrefix(left, name) })
		if i < 0 {
			return false
		}
		left = left[len(whole[i]):]
	}
	return true
}

// squeezed leaves spaces out, at which a picture breaks its texts.
func squeezed(texts ...string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(strings.Join(texts, ""), "\u00a0", " ")), "")
}

// tick is a number of a scale.
var tick = regexp.MustCompile(`^(?:€\s*)?[-−]?(?:€\s*)?\d[\d.,]*(?:%|\s*mln|m)?$`)

// even reports whether numbers that follow each other in the same unit are at even distances, as far as they
// are not rounded.
func even(scale []string) bool {
	unit := func(text string) string { return strings.Trim(numbers.ReplaceAllString(text, ""), " mln") }
	for from := 0; from < len(scale); {
		to := from + 1
		for to < len(scale) && unit(scale[to]) == unit(scale[from]) {
			to++
		}
		if !evenIn(scale[from:to], ",") && !evenIn(scale[from:to], ".") {
			return false
		}
		from = to
	}
	return true
}

// evenIn does so for numbers with one mark of the fraction.
func evenIn(run []string, mark string) bool {
	if len(run) < 2 {
		return false
	}
	at := make([]reading, len(run))
	rounding := 0.0
	for i, text := range run {
		list := readings(text)
		found := slices.IndexFunc(list, func(r reading) bool { return r.mark == mark })
		if found < 0 {
			return false
		}
		at[i] = list[found]
		if at[i].fraction {
			rounding = max(rounding, at[i].half)
		}
	}
	step := (at[len(at)-1].value - at[0].value) / float64(len(at)-1)
	for i, r := range at {
		if math.Abs(r.value-at[0].value-step*float64(i)) > 2*rounding+1e-9*math.Abs(r.value) {
			return false
		}
	}
	return true
}
