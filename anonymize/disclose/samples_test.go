package disclose

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
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

// quarters computes the samples' figures for successive quarters, once for all tests.
var quarters = sync.OnceValues(func() ([]*transform.Results, error) {
	return computeQuarters(func(dir string) error { return os.CopyFS(dir, samples.FS()) }, "2019-Q4", "2020-Q1", "2020-Q2", "2020-Q3")
})

// computeQuarters runs the exports that fill puts into a folder.
func computeQuarters(fill func(dir string) error, labels ...string) (out []*transform.Results, err error) {
	err = withRegister(fill, func(ctx context.Context, e engine.Engine, terms *transform.Terms) error {
		for _, label := range labels {
			period, err := transform.ParsePeriod(label, "", terms)
			if err != nil {
				return err
			}
			r, err := transform.Compute(ctx, e, terms, period)
			if err != nil {
				return err
			}
			out = append(out, r)
		}
		return nil
	})
	return out, err
}

// withRegister reads the exports that fill puts into a folder and lets use compute from them.
func withRegister(fill func(dir string) error, use func(context.Context, engine.Engine, *transform.Terms) error) error {
	dir, err := os.MkdirTemp("", "disclose")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := fill(dir); err != nil {
		return err
	}
	terms, err := transform.LoadTerms(filepath.Join(dir, samples.Terms))
	if err != nil {
		return err
	}
	ctx, store, spill := context.Background(), filepath.Join(dir, "store"), filepath.Join(dir, "spill")
	for _, d := range []string{store, spill} {
		if err := os.Mkdir(d, 0o700); err != nil {
			return err
		}
	}
	read, err := ingest.Read(ctx, ingest.Options{
		Dir: filepath.Join(dir, samples.Exports), StoreDir: store, Workers: 2,
		Pseudonyms: pseudonym.NewPseudonymizer(samples.Key(), terms.Pilot, pseudonym.ForStore, terms.Epoch),
	})
	if err != nil {
		return err
	}
	e, err := duckdb.Open(ctx, duckdb.Options{Store: read.Store, TempDir: spill, Threads: 2, MemoryLimit: "1GB"})
	if err != nil {
		return err
	}
	defer e.Close()
	return use(ctx, e, terms)
}

func sampleQuarters(t *testing.T) ([]*transform.Results, *sql.Catalogue) {
	t.Helper()
	results, err := quarters()
	if err != nil {
		t.Fatal(err)
	}
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	return results, cat
}

// publish publishes quarter after quarter, each given the ones before.
func publish(t *testing.T, results []*transform.Results, cat *sql.Catalogue) (out []*Published, docs []*published.Document) {
	t.Helper()
	out, docs, err := publishAll(results, cat)
	if err != nil {
		t.Fatal(err)
	}
	return out, docs
}

func publishAll(results []*transform.Results, cat *sql.Catalogue) (out []*Published, docs []*published.Document, err error) {
	var earlier []Earlier
	for _, r := range results {
		o := DefaultOptions(5)
		o.Earlier = earlier
		p, err := Protect(r, cat, o)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", r.Period.Label, err)
		}
		out, docs = append(out, p), append(docs, p.Document(cat))
		earlier = append(slices.Clip(earlier), Earlier{Results: r, Published: docs[len(docs)-1]})
	}
	return out, docs, nil
}

// publishedQuarters publishes the samples' quarters, once for all tests, which only look at what they are given.
func publishedQuarters(t *testing.T) (results []*transform.Results, all []*Published, docs []*published.Document, cat *sql.Catalogue) {
	t.Helper()
	results, cat = sampleQuarters(t)
	publishedOnce.Do(func() { publishedOnce.all, publishedOnce.docs, publishedOnce.err = publishAll(results, cat) })
	if publishedOnce.err != nil {
		t.Fatal(publishedOnce.err)
	}
	return results, publishedOnce.all, publishedOnce.docs, cat
}

var publishedOnce struct {
	sync.Once
	all  []*Published
	docs []*published.Document
	err  error
}

func TestSamples(t *testing.T) {
	results, all, docs, cat := publishedQuarters(t)
	for q, p := range all {
		hidden, shown := 0, 0
		for _, f := range p.results.Figures {
			exact := results[q].Figure(f.ID, pairs(f.Dims)...)
			if exact == nil { // nobody comes from there
				exact = &transform.Figure{ID: f.ID, Dims: f.Dims, Unit: "count", Value: engine.CountOf(0), Date: day.None}
			}
			if f.Status == transform.Suppressed {
				if stat := exact.Dim("stat"); stat == "median" && f.Unit == "days" {
					dims := slices.Clone(pairs(f.Dims))
					dims[slices.Index(dims, "stat")+1] = "mean"
					if beside := p.results.Figure(f.ID, dims...); beside != nil && beside.Status == "" {
						t.Errorf("%s: %s is hidden, and the mean of the same is shown", p.results.Period.Label, name(f.ID, f.Dims))
					}
				}
				hidden++
				if !f.Value.IsNull() || !f.Numerator.IsNull() || !f.Denominator.IsNull() {
					t.Errorf("%s: %s is hidden and has a value", p.results.Period.Label, name(f.ID, f.Dims))
				}
				if r := p.Range(&f); r != nil && (exact.Value.Int() < r.Low || r.High != published.Unbounded && exact.Value.Int() > r.High) {
					t.Errorf("%s: %s is not in its range", p.results.Period.Label, name(f.ID, f.Dims))
				}
				continue
			}
			if !reflect.DeepEqual(f, *exact) {
				t.Errorf("%s: %s was changed", p.results.Period.Label, name(f.ID, f.Dims))
			}
			shown++
		}
		if hidden == 0 || shown == 0 {
			t.Errorf("%s: %d hidden, %d shown", p.results.Period.Label, hidden, shown)
		}
		a, err := AuditDocument(docs[q], docs[:q], cat)
		if err != nil {
			t.Fatal(err)
		}
		if len(a.Faults) > 0 || a.Proven == 0 || a.Hidden == 0 {
			t.Errorf("%s: audit %+v", p.results.Period.Label, a)
		}
	}
}

// TestDeclaredRelationsHold: what the catalogue declares is true of the exact figures.
func TestDeclaredRelationsHold(t *testing.T) {
	results, cat := sampleQuarters(t)
	s := newSystem(cat, 5, 0, nil)
	var reports []*report
	for i, r := range results {
		c := control{Published: &Published{}, exact: r, cat: cat}
		reports = append(reports, s.report(r.Period.Label+" ", r.Period, c.counts(), []role{past, past, past, toChoose}[i]))
		reports[i].relate()
	}
	s.link(moment{reports: reports, last: true})
	if len(s.sys.Relations) < 100 || len(s.untrue) > 0 {
		t.Errorf("%d relations, not true of %v", len(s.sys.Relations), s.untrue)
	}
}

// TestWithoutProofNothing: when the limits allow no proof, no count that is linked to a small one is shown.
func TestWithoutProofNothing(t *testing.T) {
	results, cat := sampleQuarters(t)
	o := DefaultOptions(5)
	o.Search.Limits = cells.Limits{}
	p, err := Protect(results[3], cat, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range p.results.Breakdown("outflow.trajectories", "outcome") {
		if f.Status != transform.Suppressed {
			t.Errorf("%s is shown without proof", name(f.ID, f.Dims))
		}
	}
}

// TestCorrections: a correction of one cell is one person's, so only those of totals are listed; and what was corrected
// since an earlier report counts in what both show. Of what no report prints nothing is said, neither how many were corrected.
func TestCorrections(t *testing.T) {
	results, cat := sampleQuarters(t)
	_, docs := publish(t, results[2:3], cat)
	r := *results[3]
	outcome := []transform.Dim{{Name: "outcome", Value: "return"}}
	r.Restatements = []transform.Restatement{
		{Period: results[2].Period.Label, ID: "inflow.applications", Was: engine.CountOf(90), Is: engine.CountOf(91)},
		{Period: results[2].Period.Label, ID: "outflow.trajectories", Dims: outcome, Was: engine.CountOf(2), Is: engine.CountOf(3)},
		{Period: results[2].Period.Label, ID: "trajectories.started", Was: engine.CountOf(20), Is: engine.CountOf(21)},
	}
	o := DefaultOptions(5)
	o.Earlier = []Earlier{{Results: results[2], Published: docs[0], Corrections: r.Restatements[1:2]}}
	p, err := Protect(&r, cat, o)
	if err != nil {
		t.Fatal(err)
	}
	if got := p.results.Restatements; len(got) != 1 || got[0].ID != "inflow.applications" || p.Withheld != 1 {
		t.Errorf("corrections %+v, %d withheld", got, p.Withheld)
	}
}

// TestCorrectionOfASmallCount: where a count fell that reads as small, by how much its total fell is not told.
func TestCorrectionOfASmallCount(t *testing.T) {
	results, cat := sampleQuarters(t)
	_, docs := publish(t, results[2:3], cat)
	for _, n := range []int64{1, -1} {
		r := *results[3]
		for _, f := range docs[0].Figures {
			total := results[2].Figure(f.ID)
			if f.Hidden == "" || len(f.Dims) != 1 || total == nil {
				continue
			}
			for _, c := range []*transform.Figure{results[2].Figure(f.ID, f.Dims[0].Name, f.Dims[0].Value), total} {
				r.Restatements = append(r.Restatements, transform.Restatement{
					Period: results[2].Period.Label, ID: c.ID, Dims: c.Dims, Was: c.Value, Is: engine.CountOf(c.Value.Int() + n),
				})
			}
			break
		}
		o := DefaultOptions(5)
		o.Earlier = []Earlier{{Results: results[2], Published: docs[0], Corrections: r.Restatements}}
		p, err := Protect(&r, cat, o)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.results.Restatements; len(r.Restatements) != 2 || len(got) != int(n+1)/2 {
			t.Errorf("by %d: of %d corrections %+v are listed", n, len(r.Restatements), got)
		}
	}
}

func TestSwitchedOff(t *testing.T) {
	results, cat := sampleQuarters(t)
	p, err := Protect(results[3], cat, DefaultOptions(0))
	if err != nil {
		t.Fatal(err)
	}
	if p.MinCell != 0 || !reflect.DeepEqual(&p.results, results[3]) {
		t.Error("the control is off, and something differs from the exact results")
	}
}

// TestAuditMakesWhatIsNotPrinted: outcomes add up to levels that no report prints, and these to the total: a single small
// count could be computed.
func TestAuditMakesWhatIsNotPrinted(t *testing.T) {
	results, cat := sampleQuarters(t)
	_, docs := publish(t, results[3:], cat)
	d := *docs[0]
	d.Figures = slices.Clone(d.Figures)
	kept := false
	for i := range d.Figures {
		f := &d.Figures[i]
		exact := results[3].Figure(f.ID, pairs(f.Dims)...)
		switch {
		case f.ID != "outflow.trajectories":
		case f.Hidden != "" && !kept:
			kept = true
		default:
			f.Hidden, f.Range, f.Value = "", nil, exact.Value
		}
	}
	a, err := AuditDocument(&d, nil, cat)
	if err != nil {
		t.Fatal(err)
	}
	if !kept || !slices.ContainsFunc(a.Faults, func(e error) bool {
		return strings.Contains(e.Error(), "outflow.trajectories") && strings.Contains(e.Error(), "narrowed")
	}) {
		t.Errorf("one hidden outcome beside the total: %v", a.Faults)
	}
}
