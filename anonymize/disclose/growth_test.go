package disclose

import (
	"context"
	"os"
	"slices"
	"testing"

	"lvv/anonymize/published"
	"lvv/internal/day"
	"lvv/samples"
	"lvv/sql"
	"lvv/transform"
	"lvv/transform/engine"
)

// TestSmallGrowthIsNotShown: whoever subtracts a cumulative count of one report from that of another, next to it or not, with reports
// between them or none, finds no growth below the threshold; not of the counts behind a share either.
func TestSmallGrowthIsNotShown(t *testing.T) {
	results, _, docs, cat := publishedQuarters(t)
	grown := compareAll(t, cat, docs)
	more, err := computeQuarters(func(dir string) error {
		if err := os.Remove(dir); err != nil {
			return err
		}
		return samples.Generate(context.Background(), samples.Options{Persons: 900, Seed: 41, Dir: dir})
	}, "2019-Q4", "2020-Q2", "2020-Q3")
	if err != nil {
		t.Fatal(err)
	}
	for _, sequence := range [][]*transform.Results{{results[0], results[2]}, {results[1], results[3]}, more[:2], {more[0], more[2]}} {
		_, docs := publish(t, sequence, cat)
		grown += compareAll(t, cat, docs)
	}
	if grown < 100 {
		t.Errorf("only %d counts shown by two reports have grown", grown)
	}
}

// compareAll subtracts what each report shows from what every later one does.
func compareAll(t *testing.T, cat *sql.Catalogue, docs []*published.Document) (grown int) {
	t.Helper()
	for i, before := range docs {
		for _, after := range docs[i+1:] {
			grown += compareGrowth(t, cat, before, after)
		}
	}
	return grown
}

// compareGrowth subtracts what two reports show and returns how many counts have grown.
func compareGrowth(t *testing.T, cat *sql.Catalogue, before, after *published.Document) int {
	t.Helper()
	was := map[string]int64{}
	list, _ := publishedCounts(cat, before)
	for i := range list {
		if list[i].valued {
			was[list[i].name()] = list[i].value
		}
	}
	grown := 0
	list, _ = publishedCounts(cat, after)
	for i := range list {
		c := &list[i]
		f := cat.Figure(c.id)
		old, ok := was[c.name()]
		if _, climbing := c.dim(f.Climbs); !ok || !c.valued || climbing || f.About == sql.Nothing || f.Accumulates != sql.FromStart || !characteristic(cat, c.dims) {
			continue
		}
		if n := c.value - old; n > 0 {
			grown++
			if n < int64(after.MinCell) {
				t.Errorf("%s to %s: %s grew by %d, and both are shown", before.Period.Label, after.Period.Label, c.name(), n)
			}
		}
	}
	return grown
}

// TestShareOfWhatMatured: the number behind a share of those who came back counts who left up to the days before the reference date, so
// that a reader subtracts it from what other reports say.
func TestShareOfWhatMatured(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	left := transform.Dim{Name: "exit_reason", Value: "detention"}
	start := day.Of(2019, 7, 1)
	report := func(from, to day.Day, figures ...published.Figure) *published.Document {
		d := &published.Document{Pilot: "A", MinCell: 5, Figures: figures}
		d.Period = transform.Period{Label: to.String(), From: from, To: to, AsOf: to}
		d.Terms.Start = start
		return d
	}
	exits := func(n int64) published.Figure {
		return published.Figure{ID: "outflow.shelter_exits", Dims: []transform.Dim{left}, Unit: "count", Value: engine.CountOf(n)}
	}
	small := exits(0)
	small.Value, small.Hidden = engine.Value{}, published.Small
	for _, test := range []struct {
		asOf   day.Day // 180 days after the last of those who are counted
		shown  bool
		faults int
	}{{day.Of(2020, 3, 28), true, 1}, {day.Of(2020, 3, 28), false, 0}, {day.Of(2020, 3, 27), true, 0}} {
		share := published.Figure{ID: "stability.sheltered_again", Dims: []transform.Dim{{Name: "horizon", Value: "180"}, left}, Unit: "ratio", Withheld: published.Few}
		if test.shown {
			share.Withheld, share.Value, share.Numerator, share.Denominator = "", engine.RealOf(0), engine.CountOf(0), engine.CountOf(7)
		}
		others := []*published.Document{report(start, day.Of(2019, 12, 31), exits(11)), report(day.Of(2020, 1, 1), test.asOf, share)}
		a, err := AuditDocument(report(day.Of(2019, 10, 1), day.Of(2019, 12, 31), small), others, cat)
		if err != nil || len(a.Faults) != test.faults {
			t.Errorf("as of %s, shown %v: %d faults %v, %v", test.asOf, test.shown, len(a.Faults), a.Faults, err)
		}
	}
}

// What a figure may read instead of a count.
const hidden, partner, withdrawn = -1, -2, -3

// figure is one that reads a count, or such a mark, with a name and a value for each dimension.
func figure(id string, n int64, dims ...string) published.Figure {
	f := published.Figure{ID: id, Unit: "count", Value: engine.CountOf(n)}
	switch n {
	case hidden:
		f.Value, f.Hidden = engine.Value{}, published.Small
	case partner:
		f.Value, f.Range = engine.Value{}, &published.Range{Low: 5, High: published.Unbounded}
	case withdrawn:
		f.Value, f.Range = engine.Value{}, &published.Range{High: published.Unbounded}
	}
	for i := 0; i < len(dims); i += 2 {
		f.Dims = append(f.Dims, transform.Dim{Name: dims[i], Value: dims[i+1]})
	}
	return f
}

// told is a report of a pilot that began on 1 July 2019.
func told(from, to day.Day, figures ...published.Figure) *published.Document {
	d := &published.Document{Pilot: "A", MinCell: 5, Figures: figures}
	d.Period = transform.Period{Label: from.String(), From: from, To: to, AsOf: to}
	d.Terms.Start = day.Of(2019, 7, 1)
	return d
}

// shares are those of the cases with any outcome that have a durable one, and that have one that is semi-durable at least.
func shares(durable, broad, of int64) (out []published.Figure) {
	for n, id := range []string{"durable.share_strict", "durable.share_broad"} {
		f := published.Figure{ID: id, Unit: "ratio", Numerator: engine.CountOf([]int64{durable, broad}[n]), Denominator: engine.CountOf(of)}
		f.Value = engine.RealOf(float64(f.Numerator.Int()) / float64(of))
		out = append(out, f)
	}
	return out
}

// TestDividedInPieces: what is known of an outcome in a part of a period follows from how many cases got so far in it.
func TestDividedInPieces(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	ended := func(all, unknown int64) []published.Figure {
		out := []published.Figure{figure("outflow.trajectories", all)}
		for _, l := range cat.Figure("outflow.trajectories").Breakdowns[1][0].Values {
			n := int64(withdrawn)
			if l.Value == "unknown_destination" {
				n = unknown
			}
			out = append(out, figure("outflow.trajectories", n, "outcome", l.Value))
		}
		return out
	}
	for _, test := range []struct {
		broad  int64 // cases with such an outcome on 31 August; on 30 June they were 26
		faults int
	}{{33, 1}, {30, 0}} { // of 18 outcomes in the quarter 9 at least are of September
		august := told(day.Of(2020, 8, 1), day.Of(2020, 8, 31), append(ended(withdrawn, hidden), shares(20, test.broad, 57)...)...)
		a, err := AuditDocument(august, []*published.Document{
			told(day.Of(2020, 1, 1), day.Of(2020, 6, 30), shares(20, 26, 48)...),
			told(day.Of(2020, 7, 1), day.Of(2020, 9, 30), append(ended(18, withdrawn), shares(20, 37, 66)...)...),
		}, cat)
		if err != nil || len(a.Faults) != test.faults {
			t.Errorf("%d cases: %+v, %v", test.broad, a, err)
		}
	}
}

// TestWhatIsLost: what is there on a date loses no more than what ended since. Of persons in shelter the audit does not count on that:
// another case may say otherwise of one of them, and two reports that show it are no contradiction.
func TestWhatIsLost(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	report := func(month int, figures ...published.Figure) *published.Document {
		return told(day.Of(2020, month, 1), day.Of(2020, month+1, 1)-1, figures...)
	}
	guided := func(month int, undecided, onward, ended, running int64) *published.Document {
		return report(month,
			figure("caseload.cases", 20), figure("duration.running", running, "stat", "n"), figure("duration.ended", ended, "stat", "n"),
			figure("caseload.cases", undecided, "scenario", "undecided"), figure("caseload.cases", 9, "scenario", "return"),
			figure("caseload.cases", onward, "scenario", "onward"), figure("caseload.cases", 0, "scenario", "legalisation"),
			figure("duration.ended", withdrawn, "scenario", "undecided", "stat", "n"), figure("duration.ended", withdrawn, "scenario", "return", "stat", "n"))
	}
	housed := func(month int, female, male, left int64) *published.Document {
		return report(month,
			figure("outflow.shelter_exits", left), figure("population.housed", female, "sex", "female"), figure("population.housed", male, "sex", "male"),
			figure("population.housed", 0, "sex", "unknown"))
	}
	gone := func(month int, durable, semi, none, all, left int64) *published.Document {
		return report(month,
			figure("outflow.shelter_exits", left), figure("outflow.persons", all), figure("durable.persons", 30), figure("outflow.persons_level", durable, "level", "durable"),
			figure("outflow.persons_level", semi, "level", "semi_durable"), figure("outflow.persons_level", none, "level", "none"))
	}
	for _, test := range []struct {
		name          string
		before, after *published.Document
		faults        int
	}{
		{"who left without a solution stays so", gone(2, 9, 8, 5, 22, 0), gone(3, partner, 8, hidden, 24, 3), 1},
		{"as many left as are there no more", gone(2, 9, 8, 5, 22, 0), gone(3, partner, 8, hidden, 24, 12), 0},
		{"one ended", guided(2, 5, 6, 0, 20), guided(3, hidden, partner, 1, 20), 1},
		{"enough ended", guided(2, 5, 6, 0, 20), guided(3, hidden, partner, 9, 20), 0},
		{"enough run beside others", guided(2, 5, 6, 0, 20), guided(3, hidden, partner, 1, 30), 0},
		{"left", housed(2, 6, 9, 0), housed(3, hidden, 8, 9), 0},
		{"one left", housed(2, 6, 9, 0), housed(3, hidden, 8, 2), 0},
		{"another case says otherwise", housed(2, 6, 9, 0), housed(3, hidden, 15, 0), 0},
	} {
		a, err := AuditDocument(test.after, []*published.Document{test.before}, cat)
		if err != nil || len(a.Faults) < test.faults || test.faults == 0 && len(a.Faults) > 0 {
			t.Errorf("%s: %+v, %v", test.name, a, err)
		}
	}
}

// TestBestOutcomes: what two shares of the same cases leave between them bounds the persons who left and the outcomes since, level by level.
func TestBestOutcomes(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	left := func(broad int64) *published.Document {
		return told(day.Of(2020, 1, 1), day.Of(2020, 3, 31), append(shares(5, broad, 30),
			figure("outflow.persons", 19), figure("durable.cases", 5), figure("durable.persons", 5), figure("outflow.persons_level", hidden, "level", "durable"),
			figure("outflow.persons_level", partner, "level", "semi_durable"), figure("outflow.persons_level", 10, "level", "none"))...)
	}
	ended := func(durable, broad, of int64) *published.Document {
		figures := append(shares(durable, broad, of), figure("durable.cases", durable), figure("outflow.trajectories", 8))
		for _, l := range cat.Figure("outflow.trajectories").Breakdowns[1][0].Values {
			n := int64(0)
			if slices.Contains([]string{"return", "legalisation", "repeat_application", "unknown_destination"}, l.Value) {
				n = hidden
			}
			figures = append(figures, figure("outflow.trajectories", n, "outcome", l.Value))
		}
		return told(day.Of(2020, 4, 1), day.Of(2020, 6, 30), figures...)
	}
	before := told(day.Of(2020, 1, 1), day.Of(2020, 3, 31), append(shares(4, 10, 22), figure("durable.cases", 4))...)
	for _, test := range []struct {
		name   string
		report *published.Document
		others []*published.Document
		faults bool
	}{
		{"five cases at semi-durable", left(10), nil, true},
		{"nine cases at semi-durable", left(14), nil, false},
		{"each outcome got a case to its level", ended(7, 14, 30), []*published.Document{before}, true},
		{"some outcomes did", ended(5, 12, 25), []*published.Document{before}, false},
	} {
		a, err := AuditDocument(test.report, test.others, cat)
		if err != nil || len(a.Faults) > 0 != test.faults {
			t.Errorf("%s: %+v, %v", test.name, a, err)
		}
	}
}

// TestPiecesAddUp: three quarters hold all that happened in a year by its total, so that the fourth is empty by every characteristic too, and what
// two of them hide of one value is what the year shows of it beside the first, whatever else is hidden.
func TestPiecesAddUp(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	start := day.Of(2019, 7, 1)
	for _, test := range []struct {
		total, id, dim, a, b, c string
	}{
		{"procedure.filed", "procedure.filed", "kind", "asylum", "regular", "other"},
		{"conference.held", "conference.end_grounds", "end_ground", "no_cooperation", "nuisance", "unknown"},
	} {
		report := func(from, until day.Day, total int64, small bool) *published.Document {
			d := &published.Document{Pilot: "A", MinCell: 5}
			d.Period = transform.Period{Label: from.String(), From: from, To: until - 1, AsOf: until - 1}
			d.Terms.Start = start
			d.Figures = []published.Figure{{ID: test.total, Unit: "count", Value: engine.CountOf(total)}}
			for _, value := range []string{test.a, test.b, test.c} {
				f := published.Figure{ID: test.id, Dims: []transform.Dim{{Name: test.dim, Value: value}}, Unit: "count", Value: engine.CountOf(total / 3)}
				switch {
				case small && value != test.c:
					f.Value, f.Hidden = engine.Value{}, published.Small
				case value != test.a:
					f.Value, f.Range = engine.Value{}, &published.Range{Low: 0, High: published.Unbounded}
				}
				d.Figures = append(d.Figures, f)
			}
			return d
		}
		first := report(day.Of(2020, 1, 1), day.Of(2020, 4, 1), 21, false)
		second := report(day.Of(2020, 4, 1), day.Of(2020, 7, 1), 12, true)
		third := report(day.Of(2020, 7, 1), day.Of(2020, 10, 1), 12, true)
		year := report(day.Of(2020, 1, 1), day.Of(2021, 1, 1), 45, false)
		for _, given := range []struct {
			others []*published.Document
			faults int
		}{{[]*published.Document{first, third}, 0}, {[]*published.Document{first, third, year}, 1}} {
			a, err := AuditDocument(second, given.others, cat)
			if err != nil || len(a.Faults) != given.faults {
				t.Errorf("%s beside %d reports: %d faults %v, %v", test.id, len(given.others), len(a.Faults), a.Faults, err)
			}
		}
	}
}
