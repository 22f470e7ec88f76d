package transform

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"lvv/ingest"
	"lvv/internal/day"
	"lvv/internal/lists"
	models "lvv/sql"
	"lvv/transform/engine"
)

// PilotFigures is what one pilot of a programme brings: its terms and its exact figures of the period.
type PilotFigures struct {
	Terms   *Terms
	Results *Results
}

// Joint is a figure of the pilots together.
type Joint struct {
	Figure
	Pilots  int      // on how many it rests
	Without []string // the others of those given, by name
}

// DiffersReason is the Reason of a figure that is not available because a setting that it hangs on is not the same
// for all pilots.
const DiffersReason = "the pilots' terms differ: "

// CountedTwice is the Reason of a figure that is not shown because somebody is counted in more than one pilot, so that
// the pilots do not add up to it: the difference would say of a few persons what they are.
const CountedTwice = "persons counted in more than one pilot"

// Together computes the figures of several pilots together, as the catalogue declares for each: added up, ratios from
// the sums of their parts, or counted anew over the union of the stores that the engine holds. Locations are
// qualified by their pilot: see [ingest.QualifiedLocation]. What a pilot does not have is left out and named; a
// figure over the union that hangs on a setting on which the pilots differ is not available.
func Together(ctx context.Context, eng engine.Engine, programme string, pilots []PilotFigures, p Period, watch ...Watch) ([]Joint, error) {
	cat, err := models.Load()
	if err != nil {
		return nil, err
	}
	g, err := loadGraph()
	if err != nil {
		return nil, err
	}
	t := &together{cat: cat, graph: g, pilots: pilots, period: p}
	t.terms = t.unionTerms(programme)
	union, err := Compute(ctx, eng, t.terms, p, watch...)
	if err != nil {
		return nil, err
	}
	var out []Joint
	for i := range cat.Figures {
		f := &cat.Figures[i]
		if f.Together == models.Sum {
			out = append(out, t.sums(f)...)
		}
	}
	for i := range cat.Figures {
		f := &cat.Figures[i]
		if f.Together == models.Union {
			out = append(out, t.union(f, union, out)...)
		}
	}
	place := map[string]int{}
	for i := range cat.Figures {
		place[cat.Figures[i].ID] = i
	}
	slices.SortStableFunc(out, func(a, b Joint) int { return place[a.ID] - place[b.ID] })
	return out, nil
}

// together is the state of one call of [Together].
type together struct {
	cat    *models.Catalogue
	graph  *graph
	pilots []PilotFigures
	terms  *Terms // of the union
	period Period
}

// unionTerms are the terms under which the models run on the union. They matter to no figure that is given: the
// places, targets and money of the pilots are added up, and of the rest see [together.differs].
func (t *together) unionTerms(programme string) *Terms {
	u := *t.pilots[0].Terms.KnownOn(t.period.AsOf)
	u.Pilot, u.Extensions, u.Locations = programme, nil, nil
	for _, p := range t.pilots[1:] {
		known := p.Terms.KnownOn(t.period.AsOf)
		u.Start, u.End = min(u.Start, known.Start), max(u.End, known.End)
	}
	return &u
}

// lacks reports whether a pilot does not have a figure at all.
func lacks(r *Results, id string) bool {
	at := slices.IndexFunc(r.Figures, func(f Figure) bool { return f.ID == id })
	return at >= 0 && r.Figures[at].Status == NotAvailable
}

// qualified are the dimensions of a pilot's figure as they are together.
func qualified(pilot string, dims []Dim) []Dim {
	dims = slices.Clone(dims)
	for i, d := range dims {
		if d.Name == "location" {
			dims[i].Value = ingest.QualifiedLocation(pilot, d.Value)
		}
	}
	return dims
}

// isOf reports whether a record together is of a location of the pilot.
func isOf(pilot string, dims []Dim) bool {
	return slices.ContainsFunc(dims, func(d Dim) bool {
		return d.Name == "location" && strings.HasPrefix(d.Value, ingest.QualifiedLocation(pilot, ""))
	})
}

// sums adds a figure up, the records in the order in which the pilots have them.
func (t *together) sums(f *models.Figure) []Joint {
	var out []*Joint
	byName := map[string]*Joint{}
	var without []string
	having := 0
	for _, p := range t.pilots {
		if lacks(p.Results, f.ID) {
			without = append(without, p.Results.Pilot)
			continue
		}
		having++
		for _, r := range p.Results.Figures {
			if r.ID != f.ID {
				continue
			}
			dims := qualified(p.Results.Pilot, r.Dims)
			j := byName[FigureName(r.ID, dims)]
			if j == nil {
				j = &Joint{Figure: Figure{ID: r.ID, Dims: dims, Unit: r.Unit, Date: day.None}}
				byName[FigureName(r.ID, dims)] = j
				out = append(out, j)
			}
			j.add(&r)
		}
	}
	if having == 0 {
		r := t.pilots[0].Results.Figures[slices.IndexFunc(t.pilots[0].Results.Figures, func(r Figure) bool { return r.ID == f.ID })]
		out = append(out, &Joint{Figure: Figure{ID: f.ID, Unit: r.Unit, Date: day.None, Status: NotAvailable, Reason: r.Reason}})
	}
	all := make([]Joint, len(out))
	for i, j := range out {
		j.divide()
		j.Pilots, j.Without = having, without
		all[i] = *j
	}
	return byBreakdown(f, all)
}

// byBreakdown puts the records of a figure in the order of its breakdowns.
func byBreakdown(f *models.Figure, all []Joint) []Joint {
	place := func(j Joint) int {
		names := lists.Map(j.Dims, func(d Dim) string { return d.Name })
		return slices.IndexFunc(f.Breakdowns, func(b models.Breakdown) bool { return slices.Equal(b.Dims(), names) })
	}
	slices.SortStableFunc(all, func(a, b Joint) int { return place(a) - place(b) })
	return all
}

// add adds a pilot's record.
func (j *Joint) add(r *Figure) {
	j.Value = plus(j.Value, r.Value)
	if j.Unit == "count" {
		return // what is expected, which is counted from parts, adds up itself
	}
	j.Numerator, j.Denominator = plus(j.Numerator, r.Numerator), plus(j.Denominator, r.Denominator)
}

// plus adds two values of a kind; what is null adds nothing.
func plus(a, b engine.Value) engine.Value {
	switch {
	case a.IsNull():
		return b
	case b.IsNull():
		return a
	case a.Kind() == engine.Money:
		return engine.CentsOf(a.Int() + b.Int())
	case a.Kind() == engine.Count && b.Kind() == engine.Count:
		return engine.CountOf(a.Int() + b.Int())
	}
	return rounded(a.Float() + b.Float())
}

// divide makes a ratio or an amount of the sums of its parts, as the models do.
func (j *Joint) divide() {
	switch {
	case j.Denominator.IsNull():
	case j.Denominator.Int() == 0 || j.Numerator.IsNull():
		j.Value = engine.Value{}
	case j.Unit == "eur":
		j.Value = engine.CentsOf(divideHalfUp(j.Numerator.Int(), j.Denominator.Int()))
	default:
		j.Value = engine.RealOf(float64(j.Numerator.Int()) / float64(j.Denominator.Int()))
	}
	if j.Value.IsNull() && j.Status == "" {
		j.Status = Undefined
	}
}

// divideHalfUp is the quotient by a positive number, rounded half up, as the macro round_divide has it.
func divideHalfUp(a, b int64) int64 {
	if a < 0 {
		return -((b - 2*a - 1) / (2 * b))
	}
	return (2*a + b) / (2 * b)
}

// union takes a figure from the union. The parts of a ratio that the pilots add up come from their sums.
func (t *together) union(f *models.Figure, results *Results, sums []Joint) []Joint {
	var without []string
	for _, p := range t.pilots {
		if lacks(p.Results, f.ID) {
			without = append(without, p.Results.Pilot)
		}
	}
	differs := t.differs(f)
	var out []Joint
	for _, r := range results.Figures {
		if r.ID != f.ID || slices.ContainsFunc(without, func(pilot string) bool { return isOf(pilot, r.Dims) }) {
			continue
		}
		j := Joint{Figure: r, Pilots: len(t.pilots) - len(without), Without: without}
		switch {
		case j.Status == NotAvailable:
		case len(differs) > 0:
			j.Figure = Figure{ID: r.ID, Dims: r.Dims, Unit: r.Unit, Date: day.None, Status: NotAvailable, Reason: DiffersReason + strings.Join(differs, ", ")}
		case f.RestsOn != nil && !j.Denominator.IsNull():
			summed := t.part(f.RestsOn.Numerator, r.Dims, sums, &j.Numerator)
			if t.part(f.RestsOn.Denominator, r.Dims, sums, &j.Denominator) || summed {
				j.Status = ""
				j.divide()
			}
		}
		out = append(out, j)
	}
	return out
}

// part puts the sum that a count names in the place of a part of a ratio, where the pilots add it up.
func (t *together) part(of *models.Count, dims []Dim, sums []Joint, to *engine.Value) bool {
	if of == nil || of.Of != "" || len(of.Dims) > 0 || t.cat.Figure(of.Figure).Together != models.Sum {
		return false
	}
	name := FigureName(of.Figure, dims)
	at := slices.IndexFunc(sums, func(j Joint) bool { return FigureName(j.ID, j.Dims) == name })
	if at < 0 || sums[at].Value.IsNull() {
		return false
	}
	*to = sums[at].Value
	return true
}

// setting is one of the terms by its column in the models.
type setting struct {
	column string
	of     func(*Terms) int64
}

var behindUnion = []setting{
	{"pilot_start", func(t *Terms) int64 { return int64(t.Start) }},
	{"pilot_end", func(t *Terms) int64 { return int64(t.End) }},
	{"review_days", func(t *Terms) int64 { return int64(t.ReviewDays) }},
	{"scenario_days", func(t *Terms) int64 { return int64(t.ScenarioDays) }},
	{"change_moment_days", func(t *Terms) int64 { return int64(t.ChangeMomentDays) }},
	{"review_interval_days", func(t *Terms) int64 { return int64(t.ReviewIntervalDays) }},
	{"course_gap_days", func(t *Terms) int64 { return int64(t.CourseGapDays) }},
	{"long_stay_days", func(t *Terms) int64 { return int64(t.LongStayDays) }},
}

// Days are the terms that are a number of days, by their columns in the models.
func (t *Terms) Days() map[string]int {
	out := map[string]int{}
	for _, s := range behindUnion {
		if strings.HasSuffix(s.column, "_days") {
			out[s.column] = int(s.of(t))
		}
	}
	return out
}

// differs names the settings behind a figure over the union on which the pilots differ, in their order. A
// pilot's start before the period makes no difference to what happened in the period, nor its end after period and
// reference date to anything but a forecast.
func (t *together) differs(f *models.Figure) []string {
	text, isModel := t.behind(f)
	var out []string
	for _, s := range behindUnion {
		if isModel && !regexp.MustCompile(`\b`+s.column+`\b`).MatchString(text) {
			continue
		}
		if !isModel && s.column != "pilot_start" && s.column != "pilot_end" {
			continue
		}
		values := make([]int64, len(t.pilots))
		for i, p := range t.pilots {
			values[i] = s.of(p.Terms.KnownOn(t.period.AsOf))
			switch {
			case s.column == "pilot_start" && f.Accumulates == models.Period:
				values[i] = max(values[i], int64(t.period.From))
			case s.column == "pilot_end" && isModel:
				values[i] = min(values[i], int64(max(t.period.To, t.period.AsOf)))
			}
		}
		if slices.Min(values) != slices.Max(values) {
			out = append(out, s.column)
		}
	}
	return out
}

// behind is the text of every model that a figure rests on; isModel is false for what is forecast from the days of
// solutions, from the pilot's start to its end.
func (t *together) behind(f *models.Figure) (text string, isModel bool) {
	var names []string
	for _, folder := range []string{"metrics", "stage"} {
		for _, name := range t.graph.folder(folder) {
			if strings.Contains(t.graph.models[name].Query, "'"+f.ID+"'") {
				names = append(names, name)
			}
		}
	}
	for _, c := range t.cat.Curves {
		if slices.Contains([]string{c.Survival, c.Median, c.Incidence}, f.ID) {
			names = append(names, c.Model)
		}
	}
	if len(names) == 0 {
		return "", false
	}
	all, err := t.graph.order(names...)
	if err != nil {
		panic(fmt.Sprintf("transform: %v", err)) // the models ran already
	}
	for _, name := range append(all, names...) {
		text += t.graph.models[name].Query + "\n"
	}
	return text, true
}
