package disclose

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"lvv/anonymize/cells"
	"lvv/anonymize/pseudonym"
	"lvv/anonymize/published"
	"lvv/ingest"
	"lvv/internal/day"
	"lvv/samples"
	"lvv/sql"
	"lvv/transform"
)

// sampleProgramme makes a programme of random registers between which persons move, and returns what each pilot publishes
// and what is published of all together, quarter after quarter.
func sampleProgramme(t *testing.T, pilots, persons int, seed uint64, cat *sql.Catalogue, labels ...string) []*published.Programme {
	t.Helper()
	ctx, dir := t.Context(), t.TempDir()
	if err := samples.GenerateProgramme(ctx, samples.Options{Persons: persons, Seed: seed, Dir: filepath.Join(dir, "p")}, pilots); err != nil {
		t.Fatal(err)
	}
	common, err := pseudonym.LoadKey(filepath.Join(dir, "p", samples.ProgrammeKey))
	if err != nil {
		t.Fatal(err)
	}
	union := ingest.Store{Dir: filepath.Join(dir, "union")}
	mkdir := func(name string) string {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(path, 0o700); err != nil {
			t.Fatal(err)
		}
		return path
	}
	mkdir("union")
	open := func(name string, s ingest.Store) *transform.DuckDB {
		e, err := transform.OpenDuckDB(ctx, transform.DuckDBOptions{Store: s, TempDir: mkdir(name + "-spill"), Threads: 2, MemoryLimit: "1GB"})
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	figures := make([][]transform.PilotFigures, len(labels))
	members := make([][]Member, len(labels))
	var period []transform.Period
	for i, m := range samples.Municipalities(pilots, persons) {
		folder := filepath.Join(dir, "p", m.Folder)
		terms, err := transform.LoadTerms(filepath.Join(folder, samples.Terms))
		if err != nil {
			t.Fatal(err)
		}
		key, err := pseudonym.LoadKey(filepath.Join(folder, samples.PilotKey))
		if err != nil {
			t.Fatal(err)
		}
		read, err := ingest.Read(ctx, ingest.Options{
			Dir: filepath.Join(folder, samples.Exports), StoreDir: mkdir("store" + strconv.Itoa(i)), Workers: 2, Settings: terms.Reading,
			Pseudonyms: pseudonym.NewPseudonymizer(key, terms.Pilot, pseudonym.ForProgramme, 0).SharedPersons(common),
		})
		if err != nil {
			t.Fatal(err)
		}
		e := open("pilot"+strconv.Itoa(i), read.Store)
		var results []*transform.Results
		for q, label := range labels {
			p, err := transform.ParsePeriod(label, "", terms)
			if err != nil {
				t.Fatal(err)
			}
			r, err := transform.Compute(ctx, e, terms, p)
			if err != nil {
				t.Fatal(err)
			}
			results = append(results, r)
			figures[q] = append(figures[q], transform.PilotFigures{Terms: terms, Results: r})
			if i == 0 {
				period = append(period, p)
			}
		}
		e.Close()
		_, docs := publish(t, results, cat)
		for q, d := range docs {
			members[q] = append(members[q], Member{d, results[q]})
		}
		union.Segments = append(union.Segments, repack(t, read.Store, union.Dir, terms.Pilot)...)
	}
	place := map[string]int{}
	for i, table := range ingest.Contract() {
		place[table.Name] = i
	}
	slices.SortStableFunc(union.Segments, func(a, b ingest.Segment) int { return place[a.Table] - place[b.Table] })
	for i := range union.Segments {
		union.Segments[i].FileNo = i
	}
	e := open("union", union)
	defer e.Close()
	var out []*published.Programme
	for q := range labels {
		joint, err := transform.Together(ctx, e, "P", figures[q], period[q])
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, Programme("P", cat, members[q], joint))
	}
	return out
}

// repack puts the tables of a pilot into the store of all.
func repack(t *testing.T, from ingest.Store, to, pilot string) []ingest.Segment {
	t.Helper()
	var out []ingest.Segment
	for _, table := range ingest.Contract() {
		var paths []string
		for _, s := range from.Segments {
			if s.Table == table.Name {
				paths = append(paths, filepath.Join(from.Dir, s.File))
			}
		}
		if len(paths) == 0 {
			continue
		}
		name := table.Name + "-" + pilot + ".parquet"
		rows, err := ingest.Repacking{Table: table.Name, Segments: paths, Pilot: pilot}.Write(context.Background(), filepath.Join(to, name))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, ingest.Segment{Table: table.Name, File: name, Rows: rows})
	}
	return out
}

// ofPersons are the counts that several pilots may share: together there are at most as many as in all of them, and at
// least as many as in each. All other counts are of what belongs to one pilot, and add up.
var ofPersons = []string{
	"occupancy.persons", "occupancy.persons_on_reference_date", "occupancy.daily", "population.housed", "population.admitted", "inflow.admitted_persons",
	"durable.persons", "caseload.review_due",
}

// ofLeavers are those of which together there are at most as many: whoever left one pilot may live in another.
var ofLeavers = []string{"outflow.persons", "outflow.shelter_exits"}

// neither adds up nor is bounded so: the busiest night of each, nights that somebody has in two pilots, and what is seen
// only when pilots are seen together.
var neither = []string{
	"occupancy.person_nights", "occupancy.double_nights", "occupancy.rate", "occupancy.utilisation",
	"occupancy.peak", "outflow.persons_level", "duration.long_stay", "inflow.admitted_not_housed", "caseload.housed_without_trajectory",
	"stability.sheltered_again", "stability.durable_sheltered_again", "durable.leavers_strict", "durable.leavers_broad", "caseload.review_current",
}

// joins enters how the pilots' reports hang together with that of all.
func joins(r *reader, p *published.Programme, pilots []*paper, all *paper) {
	for name, whole := range all.cell {
		f := figureNamed(p.Together, name)
		if f == nil || slices.Contains(neither, f.ID) {
			continue
		}
		var parts []int
		complete := true
		without := p.JoinedAs(f.ID, f.Dims).Without
		for i, d := range p.Pilots {
			if slices.Contains(without, d.Pilot) {
				continue
			}
			if c, ok := pilots[i].cell[name]; ok {
				parts = append(parts, c)
			} else if one := figureNamed(d, name); one != nil && one.Status == "" {
				complete = false // a share that is not shown
			}
		}
		switch {
		case !slices.Contains(ofPersons, f.ID) && !slices.Contains(ofLeavers, f.ID):
			if complete {
				r.equal(parts, []int{whole})
			}
		default:
			if complete {
				r.atMost([]int{whole}, parts, "in more than one pilot: "+name)
			}
			for _, c := range parts {
				if slices.Contains(ofLeavers, f.ID) {
					break
				}
				r.atMost([]int{c}, []int{whole}, "in other pilots: "+name)
			}
		}
	}
}

// figureNamed finds a figure by its name, with or without a part.
func figureNamed(d *published.Document, name string) *published.Figure {
	for i := range d.Figures {
		if n := d.Figures[i].Name(); n == name || n+"#n" == name || n+"#d" == name {
			return &d.Figures[i]
		}
	}
	return nil
}

// attackProgramme reads all documents of successive quarters, and returns what can be narrowed. Without the document of all
// together it finds what the pilots alone give away.
func attackProgramme(programmes []*published.Programme) (promised int, narrowed []string, err error) {
	r := &reader{pub: cells.Publication{MinCell: int64(programmes[0].Together.MinCell)}}
	var over [][]*paper // by pilot, and of all: over time
	for _, p := range programmes {
		var papers []*paper
		for _, d := range append(slices.Clone(p.Pilots), p.Together) {
			one := r.read(d)
			one.know()
			papers = append(papers, one)
		}
		joins(r, p, papers[:len(papers)-1], papers[len(papers)-1])
		over = append(over, make([][]*paper, max(0, len(papers)-len(over)))...)
		for i, one := range papers {
			over[i] = append(over[i], one)
		}
	}
	for _, papers := range over {
		r.compare(papers)
	}
	found, err := cells.Audit(&r.pub, cells.DefaultLimits)
	if err != nil {
		return 0, nil, err
	}
	for _, f := range found.Findings {
		promised++
		if len(f.Missing) > 0 {
			narrowed = append(narrowed, fmt.Sprintf("%s cannot be %v", r.name[f.Cell], f.Missing))
		}
	}
	return promised, narrowed, nil
}

// TestProgrammeGivesNothingAway: a reader of the reports of all pilots and of the programme, of one quarter and of two, finds
// no small count of any pilot. LVV_ATTACK_PROGRAMMES says how many programmes.
func TestProgrammeGivesNothingAway(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	programmes := 1
	if n, err := strconv.Atoi(os.Getenv("LVV_ATTACK_PROGRAMMES")); err == nil {
		programmes = n
	}
	overlaps := 0
	for seed := range uint64(programmes) {
		all := sampleProgramme(t, 3+int(seed*2%3), 160+int(seed*97%300), 40+seed, cat, "2020-Q2", "2020-Q3")
		for n := range all {
			for _, taken := range [][]*published.Programme{all[n : n+1], all[:n+1]} {
				promised, narrowed, err := attackProgramme(taken)
				if err != nil {
					t.Fatalf("programme %d, quarter %d: %v", seed, n, err)
				}
				t.Logf("programme %d, %d quarters to %d: %d promised counts, %d narrowed", seed, len(taken), n+1, promised, len(narrowed))
				for _, s := range narrowed {
					t.Errorf("programme %d, %d quarters to %d: %s", seed, len(taken), n+1, s)
				}
				if promised < 100 {
					t.Errorf("%d promised counts: too few to mean anything", promised)
				}
			}
			overlaps += len(all[n].Overlaps)
		}
	}
	if overlaps == 0 {
		t.Error("nothing was said of persons in more than one pilot")
	}
}

// TestProgrammeReaderFinds: the reader does find what is given away: a sum that is shown though one pilot hides its part.
func TestProgrammeReaderFinds(t *testing.T) {
	doc := func(pilot string, figures ...published.Figure) *published.Document {
		return &published.Document{Pilot: pilot, Period: transform.Period{Label: "2020-Q3"}, MinCell: 5, Figures: figures}
	}
	by := func(outcome string) []transform.Dim { return []transform.Dim{{Name: "outcome", Value: outcome}} }
	count := func(outcome string, n int64) published.Figure {
		return published.Figure{ID: "outflow.trajectories", Dims: by(outcome), Unit: "count", Value: transform.CountOf(n), Date: day.None}
	}
	small := func(outcome string) published.Figure {
		return published.Figure{ID: "outflow.trajectories", Dims: by(outcome), Unit: "count", Hidden: published.Small, Date: day.None}
	}
	p := &published.Programme{
		Pilots:   []*published.Document{doc("A", small("return"), small("onward")), doc("B", count("return", 9), count("onward", 8))},
		Together: doc("P", count("return", 12)),
		Joined:   []published.Joined{{ID: "outflow.trajectories", How: "sum", Pilots: 2}},
	}
	promised, narrowed, err := attackProgramme([]*published.Programme{p})
	if err != nil || promised != 2 || len(narrowed) != 1 {
		t.Errorf("%d promised, narrowed %v, %v", promised, narrowed, err)
	}
}

// TestProgrammeFigures holds the rules on counts, shares and measures, one by one.
func TestProgrammeFigures(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	outcome := []transform.Dim{{Name: "outcome", Value: "return"}}
	sex := []transform.Dim{{Name: "sex", Value: "male"}}
	n := transform.CountOf
	value := func(v int64) published.Figure { return published.Figure{Value: n(v)} }
	hidden := published.Figure{Hidden: published.Small}
	between := func(low, high int64) published.Figure {
		return published.Figure{Range: &published.Range{Low: low, High: high}}
	}
	share := func(a, b int64) published.Figure {
		return published.Figure{Unit: "ratio", Value: transform.RealOf(float64(a) / float64(b)), Numerator: n(a), Denominator: n(b)}
	}
	few := published.Figure{Unit: "ratio", Withheld: published.Few}
	for _, c := range []struct {
		name   string
		id     string
		dims   []transform.Dim
		shown  []published.Figure // of the pilots
		exact  []int64            // of the same; of shares the numerator, of 10
		joint  int64
		want   string
		excess string
	}{
		{"a sum", "outflow.trajectories", outcome, []published.Figure{value(9), value(0)}, []int64{9, 0}, 9, "9", ""},
		{"one pilot hides", "outflow.trajectories", outcome, []published.Figure{value(9), hidden}, []int64{9, 3}, 12, "10-13", ""},
		{"small in one, none in the other", "outflow.trajectories", outcome, []published.Figure{value(0), hidden}, []int64{0, 3}, 3, "<5", ""},
		{"two hide", "outflow.trajectories", outcome, []published.Figure{between(5, 11), hidden}, []int64{6, 3}, 9, "6-15", ""},
		{"without a bound", "outflow.trajectories", outcome, []published.Figure{between(5, published.Unbounded), hidden}, []int64{6, 3}, 9, "6-", ""},
		{"a total of cases", "durable.cases", nil, []published.Figure{value(2), value(1)}, []int64{2, 1}, 3, "3", ""},
		{"nobody moved", "occupancy.persons", nil, []published.Figure{value(40), value(30)}, []int64{40, 30}, 70, "70", "0"},
		{"few moved", "occupancy.persons", nil, []published.Figure{value(40), value(30)}, []int64{40, 30}, 67, "66-69", "<"},
		{"many moved", "occupancy.persons", nil, []published.Figure{value(40), value(30)}, []int64{40, 30}, 63, "63", "7"},
		{"seen only together", "stability.durable_sheltered_again", nil, []published.Figure{value(0), value(0)}, []int64{0, 0}, 2, "<5", "<"},
		{"persons by sex who did not move", "population.housed", sex, []published.Figure{value(9), hidden}, []int64{9, 3}, 12, "10-13", ""},
		{"persons by sex who moved", "population.housed", sex, []published.Figure{value(9), value(8)}, []int64{9, 8}, 16, "not_available", ""},
		{"a share of all", "review.within_deadline", nil, []published.Figure{share(8, 10), share(5, 10)}, []int64{8, 5}, 13, "13/20", ""},
		{"a share of one", "review.within_deadline", nil, []published.Figure{share(8, 10), few}, []int64{8, 1}, 9, "few", ""},
		{"a share of two", "review.within_deadline", nil, []published.Figure{share(8, 10), few, share(5, 10)}, []int64{8, 1, 5}, 14, "13/20", ""},
		{"a share over the union", "stability.sheltered_again", []transform.Dim{{Name: "horizon", Value: "180"}}, []published.Figure{share(8, 10), share(5, 10)}, []int64{8, 5}, 13, "13/20", ""},
		{"one more is seen together", "stability.sheltered_again", []transform.Dim{{Name: "horizon", Value: "180"}}, []published.Figure{share(8, 10), share(5, 10)}, []int64{8, 5}, 14, "few", ""},
		{"one is withheld", "stability.sheltered_again", []transform.Dim{{Name: "horizon", Value: "180"}}, []published.Figure{share(8, 10), few}, []int64{8, 1}, 9, "few", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			unit := cat.Figure(c.id).Unit
			of := func(a, b int64) transform.Figure {
				f := transform.Figure{ID: c.id, Dims: c.dims, Unit: unit, Value: n(a), Date: day.None}
				if unit == "ratio" {
					f.Value, f.Numerator, f.Denominator = transform.RealOf(float64(a)/float64(b)), n(a), n(b)
				}
				return f
			}
			var members []Member
			for i, f := range c.shown {
				f.ID, f.Dims, f.Unit, f.Date = c.id, c.dims, unit, day.None
				pilot := string(rune('A' + i))
				members = append(members, Member{
					&published.Document{Pilot: pilot, MinCell: 5, Figures: []published.Figure{f}},
					&transform.Results{Pilot: pilot, Figures: []transform.Figure{of(c.exact[i], 10)}},
				})
			}
			p := Programme("P", cat, members, []transform.Joint{{Figure: of(c.joint, int64(10*len(members))), Pilots: len(members)}})
			f := &p.Together.Figures[0]
			got := string(f.Status)
			switch {
			case f.Known() && unit == "ratio":
				got = f.Numerator.String() + "/" + f.Denominator.String()
			case f.Known():
				got = f.Value.String()
			case f.Hidden != "":
				got = "<5"
			case f.Range != nil && f.Range.High == published.Unbounded:
				got = fmt.Sprintf("%d-", f.Range.Low)
			case f.Range != nil:
				got = fmt.Sprintf("%d-%d", f.Range.Low, f.Range.High)
			case f.Withheld != "":
				got = f.Withheld
			}
			excess := ""
			for _, o := range p.Overlaps {
				if excess = strconv.FormatInt(o.Excess, 10); o.Hidden {
					excess = "<"
				}
			}
			if got != c.want || excess != c.excess {
				t.Errorf("%s, excess %q; want %s, excess %q", got, excess, c.want, c.excess)
			}
		})
	}
}

// TestTwiceCountedSaysNothing: where persons of a small pilot would have to be those of another, the total is not shown.
func TestTwiceCountedSaysNothing(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	doc := func(pilot string, male, female published.Figure, total int64) Member {
		male.ID, male.Dims, male.Unit, male.Date = "population.housed", []transform.Dim{{Name: "sex", Value: "male"}}, "count", day.None
		female.ID, female.Dims, female.Unit, female.Date = "population.housed", []transform.Dim{{Name: "sex", Value: "female"}}, "count", day.None
		of := published.Figure{ID: "occupancy.persons_on_reference_date", Unit: "count", Value: transform.CountOf(total), Date: day.None}
		return Member{
			&published.Document{Pilot: pilot, MinCell: 5, Figures: []published.Figure{male, female, of}},
			&transform.Results{Pilot: pilot, Figures: []transform.Figure{{ID: of.ID, Unit: "count", Value: of.Value, Date: day.None}}},
		}
	}
	hidden := published.Figure{Hidden: published.Small}
	large := published.Figure{Range: &published.Range{Low: 5, High: 8}}
	members := []Member{doc("A", hidden, large, 9), doc("B", large, hidden, 9)} // all of B could be in A only if ...
	total := func(union int64) *published.Figure {
		p := Programme("P", cat, members, []transform.Joint{{Figure: transform.Figure{ID: "occupancy.persons_on_reference_date", Unit: "count", Value: transform.CountOf(union), Date: day.None}, Pilots: 2}})
		return &p.Together.Figures[0]
	}
	if f := total(9); f.Known() {
		t.Error("that all of one pilot are in the other is shown, and the hidden counts of both follow to be equal")
	}
	if f := total(18); !f.Known() {
		t.Error("that nobody is in both is not shown")
	}
}
