package disclose

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"lvv/anonymize/cells"
	"lvv/anonymize/pseudonym"
	"lvv/ingest"
	"lvv/samples"
	"lvv/sql"
	"lvv/transform"
)

// quarters computes the samples' figures for successive quarters, once for all tests.
var quarters = sync.OnceValues(func() ([]*transform.Results, error) {
	dir, err := os.MkdirTemp("", "disclose")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := os.CopyFS(dir, samples.FS()); err != nil {
		return nil, err
	}
	terms, err := transform.LoadTerms(filepath.Join(dir, samples.Terms))
	if err != nil {
		return nil, err
	}
	ctx, store, spill := context.Background(), filepath.Join(dir, "store"), filepath.Join(dir, "spill")
	for _, d := range []string{store, spill} {
		if err := os.Mkdir(d, 0o700); err != nil {
			return nil, err
		}
	}
	read, err := ingest.Read(ctx, ingest.Options{
		Dir: filepath.Join(dir, samples.Exports), StoreDir: store, Workers: 2,
		Pseudonyms: pseudonym.NewPseudonymizer(samples.Key(), terms.Pilot, pseudonym.ForStore, terms.Epoch),
	})
	if err != nil {
		return nil, err
	}
	eng, err := transform.OpenDuckDB(ctx, transform.DuckDBOptions{Store: read.Store, TempDir: spill, Threads: 2, MemoryLimit: "1GB"})
	if err != nil {
		return nil, err
	}
	defer eng.Close()
	var out []*transform.Results
	for _, label := range []string{"2019-Q4", "2020-Q1", "2020-Q2", "2020-Q3"} {
		period, err := transform.ParsePeriod(label, "", terms)
		if err != nil {
			return nil, err
		}
		r, err := transform.Compute(ctx, eng, terms, period)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
})

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

// protectAll publishes quarter after quarter, each given the ones before.
func protectAll(t *testing.T, results []*transform.Results, cat *sql.Catalogue) (published []*Published, earlier []Earlier) {
	t.Helper()
	for _, r := range results {
		o := DefaultOptions(5)
		o.Earlier = earlier
		p, err := Protect(r, cat, o)
		if err != nil {
			t.Fatalf("%s: %v", r.Period.Label, err)
		}
		published = append(published, p)
		earlier = append(slices.Clip(earlier), Earlier{Results: r, Decisions: p.Decisions})
	}
	return published, earlier
}

func TestProtectSamples(t *testing.T) {
	results, cat := sampleQuarters(t)
	published, _ := protectAll(t, results, cat)
	for q, p := range published {
		small, hidden := 0, 0
		for i, f := range p.Results().Figures {
			exact := results[q].Figures[i]
			if f.Status == transform.Suppressed {
				hidden++
				if !f.Value.IsNull() || !f.Numerator.IsNull() || !f.Denominator.IsNull() {
					t.Errorf("%s: %s is hidden and has a value", p.results.Period.Label, name(f.ID, f.Dims))
				}
				if f.Reason == "" && (exact.Value.Int() < 1 || exact.Value.Int() > 4) {
					t.Errorf("%s: %s reads <5 and is not", p.results.Period.Label, name(f.ID, f.Dims))
				}
				continue
			}
			if !reflect.DeepEqual(f, exact) {
				t.Errorf("%s: %s was changed", p.results.Period.Label, name(f.ID, f.Dims))
			}
			if personal(cat, results[q], f.ID) && counts(&f) && characteristic(f.Dims) && f.Value.Int() > 0 && f.Value.Int() < 5 {
				t.Errorf("%s: %s is small and shown", p.results.Period.Label, name(f.ID, f.Dims))
			} else if personal(cat, results[q], f.ID) && counts(&exact) && characteristic(f.Dims) {
				small++
			}
		}
		if hidden != p.Hidden || hidden == 0 || small == 0 {
			t.Errorf("%s: %d hidden, the publication says %d; %d counts shown", p.results.Period.Label, hidden, p.Hidden, small)
		}
		v, err := VerifyPublished(p.Decisions, results[q], cat)
		if err != nil {
			t.Fatal(err)
		}
		if len(v.Faults) > 0 || v.Proven == 0 || v.Hidden == 0 {
			t.Errorf("%s: verification %+v", p.results.Period.Label, v)
		}
		if !p.Decisions.Proven {
			t.Errorf("%s: the pattern was not proven the smallest", p.results.Period.Label)
		}
	}
}

// TestEarlierReports: what an earlier report showed must change what can be shown now.
func TestEarlierReports(t *testing.T) {
	results, cat := sampleQuarters(t)
	published, _ := protectAll(t, results, cat)
	alone, err := Protect(results[3], cat, DefaultOptions(5))
	if err != nil {
		t.Fatal(err)
	}
	if alone.Hidden >= published[3].Hidden {
		t.Errorf("%d figures are hidden without earlier reports, %d with them", alone.Hidden, published[3].Hidden)
	}
	// A reader subtracts what the reports show of one cumulative figure.
	for i, f := range results[3].Figures {
		n := name(f.ID, f.Dims)
		if !slices.Contains(cumulative, f.ID) || !characteristic(f.Dims) {
			continue
		}
		for q := range 3 {
			was := results[q].Figure(f.ID, pairs(f.Dims)...)
			if was == nil || published[q].Decisions.mark(n) != cells.Shown || published[3].results.Figures[i].Status != "" {
				continue
			}
			if d := f.Value.Int() - was.Value.Int(); d > 0 && d < 5 {
				t.Errorf("%s grew by a small number since %s, and both are shown", n, results[q].Period.Label)
			}
		}
	}
}

func pairs(dims []transform.Dim) []string {
	var out []string
	for _, d := range dims {
		out = append(out, d.Name, d.Value)
	}
	return out
}

// TestVerifyFindsFaults tampers with what a run wrote.
func TestVerifyFindsFaults(t *testing.T) {
	results, cat := sampleQuarters(t)
	r := results[3]
	write := func() []byte {
		p, err := Protect(r, cat, DefaultOptions(5))
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := WriteDecisions(&b, p.Decisions); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	clean := write()
	if !bytes.Equal(clean, write()) {
		t.Fatal("two runs wrote different decisions")
	}
	cell := func(d *Decisions, figure string) *auditCell {
		i := slices.IndexFunc(d.Audit.Cells, func(c auditCell) bool { return c.Name == figure })
		return &d.Audit.Cells[i]
	}
	firstHidden := func(d *Decisions, mark string) string {
		i := slices.IndexFunc(d.Hidden, func(h HiddenFigure) bool { return h.Mark == mark && cellOf(d, h.Figure) })
		return d.Hidden[i].Figure
	}
	tests := map[string]struct {
		tamper func(d *Decisions)
		want   string
	}{
		"untouched": {func(*Decisions) {}, ""},
		"a covering figure shown": {func(d *Decisions) {
			n := firstHidden(d, "large")
			for _, f := range r.Figures {
				if name(f.ID, f.Dims) == n {
					v := f.Value.Int()
					cell(d, n).Mark, cell(d, n).Value = "shown", &v
				}
			}
			delete(d.marks, n)
		}, "can be narrowed"},
		"a small count shown": {func(d *Decisions) { delete(d.marks, firstHidden(d, "small")) }, "below the threshold and shown"},
		"a false mark":        {func(d *Decisions) { d.marks[firstHidden(d, "large")] = cells.Small }, "not true of it"},
		"a mean of few persons shown": {func(d *Decisions) {
			delete(d.marks, "duration.ended|scenario=onward|stat=mean")
		}, "rests on too few persons"},
		"a count hidden that there is not": {func(d *Decisions) {
			d.Hidden[0].Figure += "x"
		}, "no figure of kpis.json"},
		"another mark than was audited": {func(d *Decisions) {
			d.marks[firstHidden(d, "large")] = cells.Any
		}, "another mark"},
		"a changed count": {func(d *Decisions) {
			i := slices.IndexFunc(d.Audit.Cells, func(c auditCell) bool { return strings.HasPrefix(c.Name, "conference.held|") && c.Value != nil })
			*d.Audit.Cells[i].Value += 7
		}, "not the count in kpis.json"},
	}
	for title, test := range tests {
		t.Run(title, func(t *testing.T) {
			d, err := ReadDecisions(bytes.NewReader(clean))
			if err != nil {
				t.Fatal(err)
			}
			test.tamper(d)
			v, err := VerifyPublished(d, r, cat)
			if err != nil {
				t.Fatal(err)
			}
			if found := strings.Join(v.Faults, "\n"); (test.want == "") != (found == "") || !strings.Contains(found, test.want) {
				t.Errorf("faults %q, want %q", found, test.want)
			}
		})
	}
}

func cellOf(d *Decisions, figure string) bool {
	return slices.ContainsFunc(d.Audit.Cells, func(c auditCell) bool { return c.Name == figure })
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
	for _, f := range p.Results().Breakdown("outflow.trajectories", "outcome") {
		if f.Status != transform.Suppressed {
			t.Errorf("%s is shown without proof", name(f.ID, f.Dims))
		}
	}
	if !p.Notes["outflow.trajectories"].Withdrawn {
		t.Error("the note does not say that the table was withdrawn")
	}
}

func TestSwitchedOff(t *testing.T) {
	results, cat := sampleQuarters(t)
	p, err := Protect(results[3], cat, DefaultOptions(0))
	if err != nil {
		t.Fatal(err)
	}
	if p.MinCell != 0 || p.Hidden != 0 || !reflect.DeepEqual(p.Results(), results[3]) {
		t.Error("the control is off, and something differs from the exact results")
	}
}

// TestRestatements: corrections of breakdowns say that a figure changed, not what it has become.
func TestRestatements(t *testing.T) {
	results, cat := sampleQuarters(t)
	_, earlier := protectAll(t, results[:3], cat)
	r := *results[3]
	label := results[2].Period.Label
	outcome := func(v string) []transform.Dim { return []transform.Dim{{Name: "outcome", Value: v}} }
	var shown, hidden string
	for _, f := range results[2].Breakdown("outflow.trajectories", "outcome") {
		if earlier[2].Decisions.mark(name(f.ID, f.Dims)) == cells.Shown {
			shown = f.Dim("outcome")
		} else {
			hidden = f.Dim("outcome")
		}
	}
	r.Restatements = []transform.Restatement{
		{Period: label, ID: "inflow.applications", Was: transform.CountOf(90), Is: transform.CountOf(91)},
		{Period: label, ID: "outflow.trajectories", Dims: outcome(shown), Was: transform.CountOf(0), Is: transform.CountOf(2)},
		{Period: label, ID: "outflow.trajectories", Dims: outcome(hidden), Was: transform.CountOf(1), Is: transform.CountOf(2)},
	}
	o := DefaultOptions(5)
	o.Earlier = earlier
	p, err := Protect(&r, cat, o)
	if err != nil {
		t.Fatal(err)
	}
	want := []transform.Restatement{r.Restatements[0], r.Restatements[1]}
	want[1].Is = transform.TextOf(CoveredMark)
	if got := p.Results().Restatements; !reflect.DeepEqual(got, want) || p.Withheld != 1 {
		t.Errorf("corrections %+v, %d withheld", got, p.Withheld)
	}
}

func TestReadDecisionsErrors(t *testing.T) {
	for _, text := range []string{``, `{}`, `{"schema":"lvv-published/1","hidden":[{"figure":"a","mark":"shown"}]}`, `{"schema":"lvv-kpis/1"}`} {
		if _, err := ReadDecisions(strings.NewReader(text)); err == nil {
			t.Errorf("%q: no error", text)
		}
	}
}

func BenchmarkProtect(b *testing.B) {
	results, err := quarters()
	if err != nil {
		b.Fatal(err)
	}
	cat, err := sql.Load()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Protect(results[3], cat, DefaultOptions(5)); err != nil {
			b.Fatal(err)
		}
	}
}
