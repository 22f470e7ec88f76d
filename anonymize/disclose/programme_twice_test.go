package disclose

import (
	"maps"
	"slices"
	"testing"

	"lvv/anonymize/published"
	"lvv/internal/day"
	"lvv/sql"
	"lvv/transform"
	"lvv/transform/engine"
)

// firstDay is the day of counts by day.
const firstDay = day.Day(8)

// counted are totals of two pilots, and of both together.
type counted map[string][3]int64

// ofCounts is what is published of totals, on a reference date.
func ofCounts(cat *sql.Catalogue, asOf day.Day, c counted, others ...*published.Programme) *published.Programme {
	of := func(at int) (out []transform.Figure) {
		for _, id := range slices.Sorted(maps.Keys(c)) {
			f := transform.Figure{ID: id, Unit: cat.Figure(id).Unit, Value: engine.CountOf(c[id][at]), Date: day.None}
			if f.Unit == "ratio" {
				f.Value, f.Numerator, f.Denominator = engine.RealOf(0.5), f.Value, f.Value
			}
			if cat.Figure(id).OnDate != nil {
				f.Dims = transform.Dims{{Name: "date", Value: firstDay.String()}}
			}
			out = append(out, f)
			for _, b := range cat.Figure(id).Breakdowns {
				if len(b) == 1 && b[0].Dim == "exit_reason" {
					f.Dims = transform.Dims{{Name: b[0].Dim, Value: b[0].Values[0].Value}}
					out = append(out, f)
				}
			}
		}
		return out
	}
	var members []Member
	for i, pilot := range []string{"A", "B"} {
		doc, exact := &published.Document{Pilot: pilot, MinCell: 5, Period: transform.Period{AsOf: asOf}}, of(i)
		for _, f := range exact {
			doc.Figures = append(doc.Figures, published.Figure{ID: f.ID, Dims: f.Dims, Unit: f.Unit, Value: f.Value, Numerator: f.Numerator, Denominator: f.Denominator, Date: f.Date})
		}
		members = append(members, Member{doc, &transform.Results{Pilot: pilot, Figures: exact}})
	}
	var joint []transform.Joint
	for _, f := range of(2) {
		joint = append(joint, transform.Joint{Figure: f, Pilots: 2})
	}
	return Programme("P", cat, members, joint, others...)
}

func tells(p *published.Programme, id string) bool {
	return slices.ContainsFunc(p.Overlaps, func(o published.Overlap) bool { return o.ID == id })
}

// TestTwiceCountedBesideTotals: how many are counted twice, or only together, is not told where another total bounds a small number of them, nor
// where it would bound another's.
func TestTwiceCountedBesideTotals(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	const long, date, left = "duration.long_stay", "occupancy.persons_on_reference_date", "outflow.persons"
	const again, solved = "stability.durable_sheltered_again", "durable.cases"
	const due = "caseload.review_due"
	for _, c := range []struct {
		name string
		of   counted
		id   string
		told bool
	}{
		{"one who left one stays long in the other", counted{long: {15, 0, 16}, date: {20, 20, 40}, left: {1, 0, 0}}, long, false},
		{"the one who left one does not stay long", counted{long: {15, 0, 15}, date: {20, 20, 40}, left: {1, 0, 0}}, long, false},
		{"one of few who are in both", counted{long: {15, 0, 16}, date: {20, 20, 38}, left: {0, 0, 0}}, long, true},
		{"one of many who left one", counted{long: {15, 0, 16}, date: {20, 20, 40}, left: {9, 4, 8}}, long, true},
		{"few of whom few left one", counted{long: {15, 0, 16}, date: {20, 20, 40}, left: {9, 4, 11}}, long, true},
		{"nobody left", counted{long: {15, 0, 15}, date: {20, 20, 40}, left: {0, 0, 0}}, long, true},
		{"many, who tell of few that are in both", counted{long: {15, 0, 22}, date: {20, 20, 38}, left: {9, 4, 8}}, long, false},
		{"the only solution is back", counted{again: {0, 0, 1}, solved: {1, 0, 1}}, again, false},
		{"the only solution is not back", counted{again: {0, 0, 0}, solved: {1, 0, 1}}, again, false},
		{"one of four solutions is back", counted{again: {0, 0, 1}, solved: {3, 1, 4}}, again, true},
		{"one of five solutions is, and another in its own pilot", counted{again: {1, 0, 2}, solved: {4, 0, 4}}, again, false},
		{"few are in both, and few of those are not due", counted{due: {19, 19, 38}, date: {20, 20, 38}}, due, false},
		{"few are in both, and many of those are not due", counted{due: {15, 15, 30}, date: {20, 20, 38}}, due, true},
	} {
		p := ofCounts(cat, 9, c.of)
		for _, f := range p.Together.Figures {
			if f.Known() && f.Range != nil || f.Range != nil && f.Hidden != "" {
				t.Errorf("%s: %s tells twice", c.name, f.ID)
			}
		}
		if tells(p, c.id) != c.told || figureNamed(p.Together, c.id).Known() && !c.told {
			t.Errorf("%s: %s told %v; want %v", c.name, c.id, !c.told, c.told)
		}
	}
}

// TestTwiceCountedInTables: where it is not told how many a total counts twice, neither do its divisions, which add up where nobody is, nor the shares of it.
func TestTwiceCountedInTables(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		of   [3]int64
		told bool
	}{{[3]int64{1, 0, 0}, false}, {[3]int64{1, 0, 1}, false}, {[3]int64{9, 6, 15}, true}} {
		p := ofCounts(cat, 9, counted{"outflow.persons": c.of, "durable.leavers_strict": c.of})
		for i := range p.Together.Figures {
			if f := &p.Together.Figures[i]; f.Known() != c.told || f.Status != "" {
				t.Errorf("%v: %s is told %v, %s", c.of, f.Name(), f.Known(), f.Reason)
			}
		}
	}
}

// TestTwiceCountedAtOtherDates: what was left open of a total from the start stays open beside a report of another date, whichever comes first.
func TestTwiceCountedAtOtherDates(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	const persons, again = "durable.persons", "stability.durable_sheltered_again"
	for _, c := range []struct {
		name         string
		id           string
		first, later [3]int64
		told, back   bool // of the later, made last, and of the earlier, made last
	}{
		{"few, then five", persons, [3]int64{6, 9, 11}, [3]int64{6, 10, 11}, false, false},
		{"few, then few", persons, [3]int64{6, 9, 12}, [3]int64{6, 14, 17}, true, true},
		{"none, then one of the one who came", persons, [3]int64{6, 9, 15}, [3]int64{6, 10, 15}, false, false},
		{"none, then none", persons, [3]int64{6, 9, 15}, [3]int64{6, 10, 16}, false, true},
		{"none, then nobody came", persons, [3]int64{6, 9, 15}, [3]int64{6, 9, 15}, true, true},
		{"none, then many came", persons, [3]int64{6, 9, 15}, [3]int64{12, 14, 25}, true, true},
		{"many, then many", persons, [3]int64{16, 19, 25}, [3]int64{16, 20, 26}, true, true},
		{"seen only together, then in the pilot", again, [3]int64{5, 0, 6}, [3]int64{6, 0, 6}, false, false},
		{"seen only together", again, [3]int64{5, 0, 6}, [3]int64{5, 0, 6}, true, true},
	} {
		for _, dates := range [][2]day.Day{{1, 2}, {2, 1}} {
			of, want := [][3]int64{c.first, c.later}, c.told
			if dates[0] > dates[1] { // the later report is made first
				slices.Reverse(of)
				want = c.back
			}
			before := ofCounts(cat, dates[0], counted{c.id: of[0]})
			if !tells(before, c.id) || !tells(ofCounts(cat, dates[1], counted{c.id: of[1]}), c.id) {
				t.Fatalf("%s: alone, it is not told", c.name)
			}
			if got := tells(ofCounts(cat, dates[1], counted{c.id: of[1]}, before), c.id); got != want {
				t.Errorf("%s, on day %d after day %d: told %v", c.name, dates[1], dates[0], got)
			}
		}
	}
}

// TestTwiceCountedAmongOthers: that a total does not fall says nothing of reports of other pilots.
func TestTwiceCountedAmongOthers(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	const id = "durable.persons"
	few, five := counted{id: {6, 9, 11}}, counted{id: {6, 10, 11}}
	for _, c := range []struct {
		before, now counted
		asOf        day.Day // of before; now is on day 2
	}{{few, five, 1}, {five, few, 3}} {
		for _, pilot := range []string{"B", "C"} { // in the other report, in the place of B
			other := ofCounts(cat, c.asOf, c.before)
			other.Pilots[1].Pilot = pilot
			if got, want := tells(ofCounts(cat, 2, c.now, other), id), pilot == "C"; got != want {
				t.Errorf("beside a report of day %d of A and %s: told %v", c.asOf, pilot, got)
			}
		}
	}
}

// TestTwiceCountedOnDays: nor is it told of a day, whatever it is, where few could be in both pilots, or by all who left one ever.
func TestTwiceCountedOnDays(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	const daily, date, left = "occupancy.daily", "occupancy.persons_on_reference_date", "outflow.persons"
	for _, c := range []struct {
		name string
		of   counted
		want published.Range // of the day
		asOf day.Day
	}{
		{"few were there", counted{daily: {30, 1, 30}, date: {20, 20, 35}, left: {9, 4, 8}}, published.Range{Low: 30, High: 31}, 9},
		{"few were there, and none in both", counted{daily: {30, 1, 31}, date: {20, 20, 35}, left: {9, 4, 8}}, published.Range{Low: 30, High: 31}, 9},
		{"the one who left one was in both", counted{daily: {20, 20, 39}, date: {20, 20, 40}, left: {1, 0, 0}}, published.Range{Low: 20, High: 40}, 9},
		{"the one who left one was not in both", counted{daily: {20, 20, 40}, date: {20, 20, 40}, left: {1, 0, 0}}, published.Range{Low: 20, High: 40}, 9},
		{"few of many who left", counted{daily: {20, 20, 39}, date: {20, 20, 40}, left: {9, 4, 8}}, published.Range{Low: 36, High: 39}, 9},
		{"few on the reference date, which is not told", counted{daily: {20, 20, 39}, date: {20, 2, 21}, left: {9, 4, 8}}, published.Range{Low: 20, High: 40}, firstDay},
		{"nobody left", counted{daily: {20, 20, 40}, date: {20, 20, 40}, left: {0, 0, 0}}, published.Range{Low: 40, High: 40}, 9},
	} {
		p := ofCounts(cat, c.asOf, c.of)
		f := &p.Together.Figures[slices.IndexFunc(p.Together.Figures, func(f published.Figure) bool { return f.ID == daily })]
		if got := (part{Figure: f, minCell: 5}).bounds(); got != c.want {
			t.Errorf("%s: the day reads as %v; want %v", c.name, got, c.want)
		}
	}
}
