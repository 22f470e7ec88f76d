package disclose

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"lvv/anonymize/published"
	"lvv/samples"
	"lvv/sql"
	"lvv/transform"
	"lvv/transform/engine"
)

// sequence is what is handed out of one register: periods, each with the reference date of its last day or a later one, and
// whether rows were still entered and restated between one and the next.
type sequence struct {
	persons   int
	seed      uint64
	periods   [][2]string
	corrected bool
}

// sequences are the kinds of it: quarter after quarter, some left out, months and years among them, a period handed out twice,
// one whose last day is long past, and periods that overlap.
var sequences = [][][2]string{
	{{"2020-Q1"}, {"2020-Q2"}, {"2020-Q3"}},
	{{"2019-Q4"}, {"2020-Q2"}, {"2020-Q3"}},
	{{"2020-Q1"}, {"2020-01-01..2020-06-30"}, {"2020-08"}, {"2020-Q3"}},
	{{"2019-Q3"}, {"2019-Q4"}, {"2020-Q1"}, {"2020-Q2"}, {"2020-Q3"}},
	{{"2020-Q1", "2020-06-30"}, {"2020-Q2"}, {"2020-Q2"}, {"2020-Q3"}},
	{{"2019"}, {"2020-Q1"}, {"2020-Q2"}, {"2020-Q3"}, {"all"}},
	{{"2020-Q1"}, {"2020-02-01..2020-05-31"}, {"2020-04-01..2020-07-31"}, {"2020-Q3"}},
}

// inSuccession are those of small registers in which a report follows close on the other.
var inSuccession = [][][2]string{
	{{"2020-01"}, {"2020-02"}, {"2020-03"}, {"2020-04"}, {"2020-05"}, {"2020-06"}},
	{{"2019-Q4"}, {"2020-Q1"}, {"2020-Q2"}, {"2020-Q3"}},
	{{"2019-12"}, {"2020-01"}, {"2020-03-01..2020-03-15", "2020-03-31"}, {"2020-03"}, {"2020-Q2"}},
}

// drawSequence draws the n-th. From inAnyOrder on, reports are not made in the order of their reference dates; from small on, they
// follow close on each other.
func drawSequence(n int) sequence {
	if n >= small {
		return sequence{persons: 60 + n%3/2*60, seed: uint64(n), periods: inSuccession[n%len(inSuccession)], corrected: n%5 == 4}
	}
	q := sequence{persons: 60 + n*7919%541, seed: uint64(n), periods: slices.Clone(sequences[n%len(sequences)]), corrected: n/len(sequences)%2 == 1}
	if n >= inAnyOrder {
		random := rand.New(rand.NewPCG(q.seed, 3))
		random.Shuffle(len(q.periods), func(i, j int) { q.periods[i], q.periods[j] = q.periods[j], q.periods[i] })
	}
	return q
}

const inAnyOrder, small = 200, 300

// issue hands out report after report, each given the ones before, but for those that are refused.
func (q *sequence) issue(t *testing.T, cat *sql.Catalogue) (out []*issue, corrections, refused int) {
	t.Helper()
	var earlier []Earlier
	report := func(p [2]string, e engine.Engine, terms *transform.Terms) error {
		period, err := transform.ParsePeriod(p[0], p[1], terms)
		if err != nil {
			return err
		}
		r, err := transform.Compute(t.Context(), e, terms, period)
		if err != nil {
			return err
		}
		next := &issue{corrected: map[*published.Document]map[string]int{}, exact: map[*published.Document]map[string]int64{}}
		for i := range earlier {
			before := &earlier[i]
			if !q.corrected {
				continue
			}
			if before.Corrections, err = transform.Restate(t.Context(), e, terms, before.Results); err != nil {
				return err
			}
			corrections += len(before.Corrections)
			next.corrected[before.Published] = correctedBy(before.Corrections)
			next.exact[before.Published] = exactly(before.Results, before.Corrections)
			if !slices.ContainsFunc(earlier[i+1:], func(later Earlier) bool { return later.Results.Period.Label == before.Results.Period.Label }) {
				r.Restatements = append(r.Restatements, before.Corrections...)
			}
		}
		o := DefaultOptions(5)
		o.Start, o.Days, o.Earlier, o.Order = terms.Start, terms.Days(), earlier, KeyedOrder(samples.Key(), fmt.Sprint(q.seed), 0)
		protected, err := Protect(r, cat, o)
		if _, narrows := errors.AsType[*NarrowsError](err); narrows {
			refused++
			return nil
		}
		if err != nil {
			return err
		}
		next.d = protected.Document(cat)
		next.exact[next.d] = exactly(r, nil)
		next.d.Terms.Start, next.withheld, next.late = terms.Start, withheldTotals(protected), lateOutcomes(r)
		next.own, next.rows = ownOutcomes(r), rowsTold(r, protected, cat)
		out = append(out, next)
		earlier = append(slices.Clip(earlier), Earlier{Results: r, Published: next.d})
		return nil
	}
	rest := q.periods
	for len(rest) > 0 {
		n, state := len(rest), 0
		if q.corrected {
			n, state = 1, len(rest)-1
		}
		err := withRegister(register(q.persons, q.seed, state, len(q.periods)), func(_ context.Context, e engine.Engine, terms *transform.Terms) error {
			for _, p := range rest[:n] {
				if err := report(p, e, terms); err != nil {
					return fmt.Errorf("%s: %w", p[0], err)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatalf("register %d (%d persons): %v", q.seed, q.persons, err)
		}
		rest = rest[n:]
	}
	return out, corrections, refused
}

// register fills a folder with a random register in an early state: one row in thirty is not yet as it will be in the last, which is
// state 0. It has not been entered, lacks a field, or has that of another row; it is mended in one of the states between.
func register(persons int, seed uint64, state, states int) func(dir string) error {
	return func(dir string) error {
		if err := os.Remove(dir); err != nil {
			return err
		}
		if err := samples.Generate(context.Background(), samples.Options{Persons: persons, Seed: seed, Dir: dir}); err != nil || state == 0 {
			return err
		}
		paths, err := filepath.Glob(filepath.Join(dir, samples.Exports, "*.csv"))
		if err != nil {
			return err
		}
		random := rand.New(rand.NewPCG(seed, 1))
		for _, path := range paths {
			b, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			lines := bytes.SplitAfter(b, []byte("\n"))
			entered := lines[:1:1]
			for i, line := range lines[1:] {
				hit, mended, way, at := random.IntN(30) == 0, 1+random.IntN(states-1), random.IntN(3), random.IntN(100)
				switch {
				case len(line) == 0 || !hit || mended > state:
					entered = append(entered, line)
				case way > 0:
					entered = append(entered, restated(line, lines[i], at, way == 1))
				}
			}
			if err := os.WriteFile(path, bytes.Join(entered, nil), 0o600); err != nil {
				return err
			}
		}
		return nil
	}
}

// restated empties one field of a row, or gives it that of another.
func restated(line, other []byte, at int, empty bool) []byte {
	separator := []byte(";")
	if !bytes.Contains(line, separator) {
		separator = []byte(",")
	}
	fields, from := bytes.Split(bytes.TrimRight(line, "\r\n"), separator), bytes.Split(bytes.TrimRight(other, "\r\n"), separator)
	k := at % len(fields)
	switch {
	case bytes.Contains(line, []byte(`"`)) || len(from) != len(fields):
	case empty:
		fields[k] = nil
	default:
		fields[k] = from[k]
	}
	return append(bytes.Join(fields, separator), '\n')
}

// TestReaderFindsNothing lets the reader at random registers: at one report, at all so far, and at some of them.
// LVV_ATTACK_REGISTERS says which; all are 0-339.
func TestReaderFindsNothing(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	numbers := []int{8, small + 1}
	if text := os.Getenv("LVV_ATTACK_REGISTERS"); text != "" {
		var first, last int
		if n, err := fmt.Sscanf(text, "%d-%d", &first, &last); err != nil || n < 2 {
			t.Fatalf("LVV_ATTACK_REGISTERS=%s: give the first and the last, such as 0-339", text)
		}
		numbers = nil
		for n := first; n <= last; n++ {
			numbers = append(numbers, n)
		}
	}
	promised, broken, corrected, withheld, stopped := 0, 0, 0, 0, 0
	for _, n := range numbers {
		q := drawSequence(n)
		issues, corrections, refused := q.issue(t, cat)
		corrected += corrections
		random := rand.New(rand.NewPCG(q.seed, 2))
		var docs []*published.Document
		for k := range issues {
			a, err := AuditDocument(issues[k].d, docs, cat)
			if err != nil || len(a.Faults) > 0 {
				t.Errorf("register %d (%d persons), %s: audit %+v, %v", n, q.persons, issues[k].d.Period.Label, a, err)
			}
			docs = append(docs, issues[k].d)
			some := []*issue{issues[k]}
			for _, before := range slices.Backward(issues[:k]) {
				if random.IntN(2) == 0 {
					some = slices.Insert(some, 0, before)
				}
			}
			for _, taken := range [][]*issue{issues[k : k+1], issues[:k+1], some} {
				all, narrowed, err := attack(taken)
				if err != nil {
					t.Errorf("register %d (%d persons), %s: %v", n, q.persons, issues[k].d.Period.Label, err)
				}
				promised += all
				for _, s := range narrowed {
					broken++
					t.Errorf("register %d (%d persons), %d reports to %s: %s", n, q.persons, len(taken), issues[k].d.Period.Label, s)
				}
			}
		}
		for i := range docs { // what was handed out has not been broken by what came later
			others := slices.Delete(slices.Clone(docs), i, i+1)
			if a, err := AuditDocument(docs[i], others, cat); err != nil || len(a.Faults) > 0 {
				t.Errorf("register %d (%d persons), %s beside all others: audit %+v, %v", n, q.persons, docs[i].Period.Label, a, err)
			}
		}
		var list []string
		for _, one := range issues {
			list = append(list, one.withheld...)
		}
		withheld, stopped = withheld+len(list), stopped+refused
		t.Logf("register %d (%d persons, %d reports, %d refused, %d corrections, withheld %v)", n, q.persons, len(issues), refused, corrections, list)
	}
	t.Logf("%d registers: %d promised counts, %d corrections, %d narrowed; %d totals withheld, %d reports refused", len(numbers), promised, corrected, broken, withheld, stopped)
	if promised < 20*len(numbers) || corrected < 10*len(numbers) {
		t.Errorf("%d promised counts and %d corrections: too few to mean anything", promised, corrected)
	}
}

// lateOutcomes reports whether as many cases have an outcome since the pilot's start as the groups have by level, or more: if not, some of these are
// older, and whoever takes it that none is learns nothing that is true.
func lateOutcomes(r *transform.Results) bool {
	var got, at [3]int64
	for _, f := range r.Breakdown("subgoal.level", "special_group", "level") {
		if n := slices.Index(best, f.Dim("level")); n >= 0 {
			at[n] += f.Value.Int()
		}
		for n := max(0, slices.Index(best, f.Dim("level"))); n < len(best) && slices.Contains(best, f.Dim("level")); n++ {
			got[n] += f.Value.Int()
		}
	}
	all, broad := r.Figure("durable.cases"), r.Figure("durable.share_broad")
	semi, none := broad.Numerator.Int()-all.Value.Int(), broad.Denominator.Int()-broad.Numerator.Int()
	return got[0] <= all.Value.Int() && got[1] <= broad.Numerator.Int() && got[2] <= broad.Denominator.Int() && at[1] <= semi && at[2] <= none
}

// withheldTotals lists the totals that a report does not tell.
func withheldTotals(p *Published) (out []string) {
	for _, name := range slices.Sorted(maps.Keys(p.withheld)) {
		if p.withheld[name] {
			out = append(out, p.results.Period.Label+": "+name)
		}
	}
	return out
}
