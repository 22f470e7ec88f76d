package transform

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"database/sql/driver"
	"encoding/binary"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/duckdb/duckdb-go/v2"

	"lvv/anonymize/pseudonym"
	"lvv/ingest"
	"lvv/internal/day"
	"lvv/transform/duckdb"
	"lvv/transform/engine"
)

// world is a set of registers in plain Go: what a store is written from and what the oracle looks at.
// day.None, "" and nil stand for an empty field.
type world struct {
	cases        []aCase
	stays        []aStay
	trajectories []aTrajectory
	conferences  []aConference
	reviews      []aReview
	procedures   []aProcedure
	guidance     []anActivity
	capacity     []aCapacity
	payments     []aPayment
	meetings     []aMeeting
	escalations  []anEscalation
	costs        []aCost
	missing      map[string]bool // tables that are not delivered
}

type aCase struct {
	id, person        int
	identityUnknown   bool
	birth             day.Day
	sex, referred     string
	ground, decision  string
	special, offer    string
	nationality       string
	exceptional       *bool
	applied, decided  day.Day
	identityCheckedOn day.Day
	forward           day.Day // put forward to the national programme
	tested            *bool
}

type aStay struct {
	id       string
	caseID   int
	location string
	in, out  day.Day
	reason   string
}

type aTrajectory struct {
	id, org, scenario, outcome string
	destination                string
	caseID                     int
	start, end, departed       day.Day
	amif, evidence             *bool
}

type aConference struct {
	caseID                 int
	on                     day.Day
	moment, decision, ends string
	consensus              *bool
}

type aReview struct {
	caseID             int
	submitted, advised day.Day
	put, adopted       *bool
}

type aProcedure struct {
	caseID         int
	kind, result   string
	filed, decided day.Day
}

type anActivity struct {
	trajectory string
	on         day.Day
	kind       string
	hours      int64 // hundredths, -1 for empty
	evidence   *bool
}

type aCapacity struct {
	location string
	from, to day.Day
	places   int64
}

type aPayment struct {
	on     day.Day
	source string
	cents  int64
}

type aMeeting struct {
	on       day.Day
	kind     string
	attended string // joined by "+"
}

type anEscalation struct {
	id, kind           string
	submitted, advised day.Day
	adopted            *bool
}

type aCost struct {
	on        day.Day
	kind      string
	cents     int64
	reference string
}

// rows returns the columns of the store for each table.
func (w *world) rows() map[string][][]driver.Value {
	out := map[string][][]driver.Value{}
	add := func(table string, values ...driver.Value) {
		n := len(out[table])
		out[table] = append(out[table], append(values, int64(n+2)))
	}
	for _, c := range w.cases {
		add("cases", id(c.id), id(c.person), c.identityUnknown, date(c.birth), code(c.sex), code(c.nationality), date(c.applied), code(c.referred),
			code(c.ground), flag(c.exceptional), date(c.identityCheckedOn), code(c.decision), date(c.decided), code(c.offer), date(c.forward), flag(c.tested), code(c.special))
	}
	for _, s := range w.stays {
		add("stays", number(s.id), w.order(s.id, s.caseID), id(s.caseID), s.location, nil, date(s.in), date(s.out), code(s.reason))
	}
	for _, x := range w.trajectories {
		add("trajectories", number(x.id), w.order(x.id, x.caseID), id(x.caseID), code(x.org), x.scenario, date(x.start), date(x.end), code(x.outcome), flag(x.amif),
			code(x.destination), date(x.departed), flag(x.evidence))
	}
	for _, x := range w.conferences {
		add("conferences", id(x.caseID), date(x.on), x.moment, code(x.decision), flag(x.consensus), code(x.ends))
	}
	for _, x := range w.reviews {
		add("reviews", id(x.caseID), date(x.submitted), date(x.advised), flag(x.put), flag(x.adopted))
	}
	for _, x := range w.procedures {
		add("procedures", id(x.caseID), x.kind, date(x.filed), date(x.decided), code(x.result))
	}
	for _, x := range w.guidance {
		add("guidance", number(x.trajectory), date(x.on), x.kind, hundredths(x.hours), flag(x.evidence))
	}
	for _, x := range w.capacity {
		add("capacity", x.location, date(x.from), date(x.to), x.places)
	}
	for _, x := range w.payments {
		add("payments", date(x.on), x.source, amount(x.cents), nil)
	}
	for _, x := range w.meetings {
		add("meetings", date(x.on), x.kind, code(x.attended))
	}
	for _, x := range w.escalations {
		add("escalations", number(x.id), x.kind, date(x.submitted), date(x.advised), flag(x.adopted))
	}
	for _, x := range w.costs {
		add("costs", date(x.on), x.kind, nil, amount(x.cents), code(x.reference))
	}
	return out
}

// amount writes cents as euros.
func amount(cents int64) string { return engine.CentsOf(cents).String() }

// keyOf makes a recognisable key out of a number.
func keyOf(n int) []byte {
	k := make([]byte, 16)
	binary.BigEndian.PutUint64(k[8:], uint64(n))
	k[0] = byte(n * 37)
	return k
}

func id(n int) driver.Value { return keyOf(n) }

// number makes a key out of the number of a stay, trajectory or issue.
func number(s string) driver.Value {
	sum := sha256.Sum256([]byte(s))
	return sum[:16]
}

var hidden = pseudonym.NewPseudonymizer(pseudonym.Key{}, "test", pseudonym.ForStore, 1).Order()

// order hides a number as the store does, under the person of its case.
func (w *world) order(number string, caseID int) driver.Value {
	b := pseudonym.AppendNumber(nil, []byte(number))
	for _, c := range w.cases {
		if c.id == caseID {
			hidden.Hide(b, pseudonym.Pseudonym(keyOf(c.person)))
		}
	}
	return b
}

func date(d day.Day) driver.Value {
	if d == day.None {
		return nil
	}
	return d.Time()
}

func code(s string) driver.Value {
	if s == "" {
		return nil
	}
	return s
}

func flag(b *bool) driver.Value {
	if b == nil {
		return nil
	}
	return *b
}

func hundredths(n int64) driver.Value {
	if n < 0 {
		return nil
	}
	return fmt.Sprintf("%d.%02d", n/100, n%100)
}

// storeWriter writes worlds as stores. Writing many through one database is what makes the random
// tests quick.
type storeWriter struct {
	db *sql.DB
}

func newStoreWriter(t testing.TB) *storeWriter {
	db, err := sql.Open("duckdb", "?threads=1")
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { db.Close() })
	return &storeWriter{db}
}

func (s *storeWriter) write(t testing.TB, w *world) ingest.Store {
	t.Helper()
	store := ingest.Store{Dir: t.TempDir()}
	rows := w.rows()
	for _, table := range ingest.Contract() {
		if w.missing[table.Name] {
			continue
		}
		segment := ingest.Segment{Table: table.Name, File: table.Name + ".parquet", Rows: int64(len(rows[table.Name]))}
		store.Segments = append(store.Segments, segment)
		columns := engine.ColumnTypes{ID: "BLOB", Order: "BLOB", Text: "VARCHAR"}.Columns(&table)
		s.exec(t, fmt.Sprintf("CREATE OR REPLACE TABLE %s (%s)", table.Name, columns))
		s.insert(t, table.Name, len(table.StoreFields()), rows[table.Name])
		s.exec(t, fmt.Sprintf("COPY %s TO %s (FORMAT parquet)", table.Name, "'"+filepath.Join(store.Dir, segment.File)+"'"))
	}
	return store
}

// insert adds all rows in one statement.
func (s *storeWriter) insert(t testing.TB, table string, columns int, rows [][]driver.Value) {
	if len(rows) == 0 {
		return
	}
	row := "(" + strings.TrimSuffix(strings.Repeat("?, ", columns), ", ") + ")"
	var args []any
	for _, r := range rows {
		for _, v := range r {
			args = append(args, v)
		}
	}
	s.exec(t, fmt.Sprintf("INSERT INTO %s VALUES %s", table, strings.TrimSuffix(strings.Repeat(row+", ", len(rows)), ", ")), args...)
}

func (s *storeWriter) exec(t testing.TB, query string, args ...any) {
	t.Helper()
	if _, err := s.db.ExecContext(context.Background(), query, args...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

// openStore opens an engine on a store for the length of a test. With several threads it scans the files for each query, as
// of large tables.
func openStore(t testing.TB, store ingest.Store, threads int) engine.Engine {
	t.Helper()
	e, err := duckdb.Open(t.Context(), duckdb.Options{Store: store, TempDir: t.TempDir(), Threads: threads, ScanFiles: threads > 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}
