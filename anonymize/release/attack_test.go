package release

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"lvv/anonymize/datapackage"
	"lvv/anonymize/pseudonym"
	"lvv/anonymize/verify"
	"lvv/ingest"
	"lvv/internal/thorough"
	"lvv/reports"
	"lvv/reports/amif"
	"lvv/samples"
	"lvv/transform"
)

// registersVariable asks for so many registers, of up to 3,000 persons, instead of a few small ones.
const registersVariable = "LVV_REGISTERS"

// An attacker knows everything of one person at the time of each delivery, exactly or as people
// remember it, and has all deliveries as they were written; verify plays one who has every AMIF account,
// the list and the workbook.
// On random registers that go on for four quarters, in which persons are taken out and corrected, nobody
// is singled out, and the chance of the right row is at most 1 in k for each person.
func TestAttackerOnRandomRegisters(t *testing.T) {
	sizes := []int{60, 160}
	if thorough.On {
		sizes = []int{60, 110, 240}
	}
	if n, err := strconv.Atoi(os.Getenv(registersVariable)); err == nil {
		sizes = nil
		rng := rand.New(rand.NewPCG(17, 50))
		for range n {
			sizes = append(sizes, 60+int(2940*rng.Float64()*rng.Float64()))
		}
	}
	sum := &spoils{}
	for i, persons := range sizes {
		t.Run(fmt.Sprintf("%d of %d persons", i+1, persons), func(t *testing.T) { sum.attackRegister(t, persons, uint64(i+1)) })
	}
	t.Logf("%d targets: chance at most %.3f, on average %.3f; singled out %d; %d rows left out of %d", sum.targets, sum.highest, sum.chance/float64(max(sum.targets, 1)), sum.alone, sum.left, sum.left+sum.rows)
	if sum.targets < 1000 {
		t.Errorf("only %d targets", sum.targets)
	}
}

// spoils is what the attacker reaches.
type spoils struct {
	targets, alone, rows, left int
	chance, highest            float64
}

func (s *spoils) attackRegister(t *testing.T, persons int, seed uint64) {
	w := generate(t, persons, seed)
	rng := rand.New(rand.NewPCG(seed, 4))
	changes := map[string]func(*table, *row) bool{} // of persons, from some quarter on
	var dirs []string
	var all []*published
	for _, label := range []string{"2019-Q4", "2020-Q1", "2020-Q2", "2020-Q3"} {
		o := w.options(t, label)
		dir := filepath.Join(t.TempDir(), label)
		o.Create, o.Earlier, o.Accounts = into(dir), dirs, dirs
		tables := s.deliverChanged(t, &o, rng, changes)
		writeManifest(t, dir, &o)
		writeAccount(t, w, &o, reports.Dutch)
		p := readPublished(t, filepath.Join(dir, Folder), tables)
		all = append(all, p)
		s.attack(t, all, o.Terms.K)
		var report verify.Report
		if err := verify.Release(&report, dir, dirs); err != nil {
			t.Fatal(err)
		}
		for _, c := range report.Checks {
			if !c.OK && (!c.Skipped || c.Name != "links") {
				t.Errorf("%s: %s: %s", label, c.Name, c.Detail)
			}
		}
		dirs = append(dirs, dir)
	}
}

// deliverChanged makes a delivery of a register in which some persons were corrected or taken out.
func (s *spoils) deliverChanged(t *testing.T, o *Options, rng *rand.Rand, changes map[string]func(*table, *row) bool) []*table {
	t.Helper()
	ctx := t.Context()
	tables, err := readTables(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range tables[0].rows {
		switch rng.IntN(80) {
		case 0:
			changes[r.person] = func(*table, *row) bool { return false }
		case 1:
			nation := []string{"MAR", "GHA", "IRQ", "SUR"}[rng.IntN(4)]
			changes[r.person] = func(t *table, r *row) bool {
				if t.name == personsName {
					r.qi[t.at(colNationality)] = nation
				}
				return true
			}
		}
	}
	for _, table := range tables {
		table.rows = slices.DeleteFunc(table.rows, func(r *row) bool {
			change := changes[r.person]
			return change != nil && !change(table, r)
		})
	}
	before, err := readEarlier(o.Earlier, o.Terms.Pilot)
	if err != nil {
		t.Fatal(err)
	}
	participants, err := accounts(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	risk, err := protect(ctx, o, tables, before, participants)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range deliveryFiles(o, risk, tables) {
		if err := o.Create(Folder+"/"+f.name, f.fill); err != nil {
			t.Fatal(err)
		}
	}
	if err := o.Create(RecordFile, func(w io.Writer) error { return writeRecord(w, tables) }); err != nil {
		t.Fatal(err)
	}
	for _, part := range risk.tables() {
		s.rows, s.left = s.rows+part.Rows, s.left+part.RowsLeftOut
	}
	return tables
}

// writeAccount writes the AMIF account of the register.
func writeAccount(t *testing.T, w *world, o *Options, lang reports.Lang) {
	t.Helper()
	ctx := context.Background()
	results, err := transform.Compute(ctx, o.Engine, o.Terms, o.Period)
	if err != nil {
		t.Fatal(err)
	}
	var rows ingest.TableAccount
	for _, table := range w.read.Tables {
		if table.Table == "trajectories" {
			rows = table
		}
	}
	z := func(p pseudonym.Purpose) *pseudonym.Pseudonymizer {
		return pseudonym.NewPseudonymizer(samples.Key(), o.Terms.Pilot, p, o.Terms.Epoch)
	}
	account, err := transform.NewAccount(ctx, o.Engine, o.Terms, o.Period, transform.AccountInput{Results: results, Rows: rows, AMIF: z(pseudonym.ForAMIF), Steward: z(pseudonym.ForSteward)})
	if err != nil {
		t.Fatal(err)
	}
	if err := o.Create(AccountFile, func(w io.Writer) error { return amif.WriteList(w, account) }); err != nil {
		t.Fatal(err)
	}
	meta := amif.Meta{Lang: lang, Version: "0", KeyFingerprint: "0", InputsFingerprint: "0"}
	if err := o.Create(WorkbookFile(o.Period.Label), func(w io.Writer) error { return amif.Write(w, account, meta) }); err != nil {
		t.Fatal(err)
	}
}

// published is a delivery as it was written, with the truth that the attacker has of each target.
type published struct {
	tables []*table
	lines  [][][]string                     // of each table, without the header
	stands []map[string]map[string]struct{} // of each column of each table by name: the values that a label stands for
	labels []map[string]string              // of each table, as what a row is published, by person and row
	truth  []map[string]*row
}

func readPublished(t *testing.T, dir string, tables []*table) *published {
	t.Helper()
	p := &published{tables: tables}
	b, err := os.ReadFile(filepath.Join(dir, "datapackage.json"))
	if err != nil {
		t.Fatal(err)
	}
	var d datapackage.Package
	if err := json.Unmarshal(b, &d); err != nil {
		t.Fatal(err)
	}
	for i, table := range tables {
		b, err := os.ReadFile(filepath.Join(dir, table.name+".csv"))
		if err != nil {
			t.Fatal(err)
		}
		lines, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		p.lines = append(p.lines, lines[1:])
		stands := map[string]map[string]struct{}{}
		for _, f := range d.Resources[2*i].TableSchema.Fields {
			for _, path := range f.Hierarchy {
				for _, label := range path {
					key := f.Name + "\x1f" + label
					if stands[key] == nil {
						stands[key] = map[string]struct{}{}
					}
					stands[key][path[0]] = struct{}{}
				}
			}
		}
		p.stands = append(p.stands, stands)
		labels, truth := map[string]string{}, map[string]*row{}
		for _, r := range table.published() {
			labels[r.person+"\x1f"+r.id], truth[r.person+"\x1f"+r.id] = strings.Join(r.labels, "\x1f"), r
		}
		p.labels, p.truth = append(p.labels, labels), append(p.truth, truth)
	}
	return p
}

// matching returns the texts of the label combinations of a table that may stand for what is known,
// and how many rows have them.
func (p *published) matching(i int, known [][]string) (combos map[string]bool, rows int) {
	combos = map[string]bool{}
	for _, line := range p.lines[i] {
		fits := true
		for c, values := range known {
			stands := p.stands[i][p.tables[i].columns[c].name+"\x1f"+line[c]]
			fits = fits && slices.ContainsFunc(values, func(v string) bool { _, ok := stands[v]; return ok })
		}
		if fits {
			combos[strings.Join(line[:len(known)], "\x1f")] = true
			rows++
		}
	}
	return combos, rows
}

// attack plays the attacker on the last of several deliveries, with all before it.
func (s *spoils) attack(t *testing.T, all []*published, k int) {
	t.Helper()
	last := all[len(all)-1]
	for i, table := range last.tables {
		memo := make([]map[string]map[string]bool, len(all))
		rows := map[string]int{}
		for n := range memo {
			memo[n] = map[string]map[string]bool{}
		}
		own := map[string]map[string]int{} // of each person, rows by combination
		for key, labels := range last.labels[i] {
			person, _, _ := strings.Cut(key, "\x1f")
			if own[person] == nil {
				own[person] = map[string]int{}
			}
			own[person][labels]++
		}
		for key, target := range last.truth[i] {
			for _, remembered := range []bool{false, true} {
				combos := make([]map[string]bool, len(all)) // nil: the target is not in that delivery
				for n, p := range all {
					r := p.truth[i][key]
					if r == nil {
						continue
					}
					text := fmt.Sprint(remembered, r.qi)
					if memo[n][text] == nil {
						known := make([][]string, len(r.qi))
						for c, v := range r.qi {
							known[c] = []string{v}
						}
						if remembered {
							known = p.tables[i].near(r.qi)
						}
						found, count := p.matching(i, known)
						memo[n][text] = found
						if n == len(all)-1 {
							rows[text] = count
						}
					}
					combos[n] = memo[n][text]
				}
				count := rows[fmt.Sprint(remembered, target.qi)]
				mine := 0
				for labels, n := range own[target.person] {
					if combos[len(all)-1][labels] {
						mine += n
					}
				}
				s.guess(t, table.name, mine, count, k)
				if !remembered {
					if n := candidates(all, i, combos); n < k {
						t.Fatalf("%s: after %d deliveries %d persons fit somebody in all of them", table.name, len(all), n)
					}
				}
			}
		}
	}
}

func (s *spoils) guess(t *testing.T, table string, mine, count, k int) {
	t.Helper()
	s.targets++
	if mine == count {
		s.alone++
	}
	chance := float64(mine) / float64(count)
	s.chance += chance
	s.highest = max(s.highest, chance)
	if mine == 0 || mine*k > count {
		t.Fatalf("%s: %d of %d rows that fit somebody are that person's", table, mine, count)
	}
}

// candidates counts the persons who have a row that was published, in every delivery in which the target
// is, as one of the combinations that fit the target, and that was in no other delivery.
func candidates(all []*published, i int, combos []map[string]bool) int {
	persons := map[string]bool{}
next:
	for key := range all[len(all)-1].labels[i] {
		for n, p := range all {
			labels, there := p.labels[i][key]
			if there != (combos[n] != nil) || there && !combos[n][labels] {
				continue next
			}
		}
		person, _, _ := strings.Cut(key, "\x1f")
		persons[person] = true
	}
	return len(persons)
}
