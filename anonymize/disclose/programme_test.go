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
	"lvv/transform/duckdb"
	"lvv/transform/engine"
)

// sampleProgramme makes a programme of random registers between which persons move, and returns what each pilot publishes
// and what is published of all together, quarter after quarter.
func sampleProgramme(t *testing.T, pilots, persons int, seed uint64, cat *sql.Catalogue, labels ...string) (out []*published.Programme) {
	t.Helper()
	dir := t.TempDir()
	if err := samples.GenerateProgramme(t.Context(), samples.Options{Persons: persons, Seed: seed, Dir: filepath.Join(dir, "p")}, pilots); err != nil {
		t.Fatal(err)
	}
	var folders []string
	for _, m := range samples.Municipalities(pilots, persons) {
		folders = append(folders, filepath.Join(dir, "p", m.Folder))
	}
	for _, q := range joinPilots(t, filepath.Join(dir, "p", samples.ProgrammeKey), folders, cat, labels...) {
		out = append(out, Programme("P", cat, q.members, q.joint))
	}
	return out
}

// joined are the pilots of a programme and their figures together, of a period.
type joined struct {
	members []Member
	joint   []transform.Joint
	period  transform.Period
}

// joinPilots reads pilots, each with its terms, key and exports in a folder, publishes them and takes them together, period
// after period.
func joinPilots(t *testing.T, commonKey string, folders []string, cat *sql.Catalogue, labels ...string) []joined {
	t.Helper()
	ctx, dir := t.Context(), t.TempDir()
	common, err := pseudonym.LoadKey(commonKey)
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
	open := func(name string, s ingest.Store) engine.Engine {
		e, err := duckdb.Open(ctx, duckdb.Options{Store: s, TempDir: mkdir(name + "-spill"), Threads: 2, MemoryLimit: "1GB"})
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	figures := make([][]transform.PilotFigures, len(labels))
	out := make([]joined, len(labels))
	for i, folder := range folders {
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
				out[q].period = p
			}
		}
		e.Close()
		_, docs := publish(t, results, cat)
		for q, d := range docs {
			out[q].members = append(out[q].members, Member{d, results[q]})
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
	for q := range out {
		if out[q].joint, err = transform.Together(ctx, e, "P", figures[q], out[q].period); err != nil {
			t.Fatal(err)
		}
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
	"durable.persons",
}

// ofLeavers are those of which together there are at most as many: whoever left one pilot may live in another.
var ofLeavers = []string{"outflow.persons", "outflow.shelter_exits", "inflow.admitted_not_housed", "caseload.housed_without_trajectory", "caseload.review_due"}

// neither adds up nor is bounded so: the busiest night of each, nights that somebody has in two pilots, and what is seen
// only when pilots are seen together.
var neither = []string{
	"occupancy.person_nights", "occupancy.double_nights", "occupancy.rate", "occupancy.utilisation",
	"occupancy.peak", "outflow.persons_level", "duration.long_stay",
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
		all := papers[len(papers)-1]
		joins(r, p, papers[:len(papers)-1], all)
		for name := range all.cell { // what is of some pilots only is of others in another quarter
			if f := figureNamed(p.Together, name); f != nil && len(p.JoinedAs(f.ID, f.Dims).Without) > 0 {
				delete(all.cell, name)
			}
		}
		over = append(over, make([][]*paper, max(0, len(papers)-len(over)))...)
		for i, one := range papers {
			over[i] = append(over[i], one)
		}
	}
	for _, papers := range over {
		r.compare(papers, nil)
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
				if promised < 50 {
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
		return published.Figure{ID: "outflow.trajectories", Dims: by(outcome), Unit: "count", Value: engine.CountOf(n), Date: day.None}
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
