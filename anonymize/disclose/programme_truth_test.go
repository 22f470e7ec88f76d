package disclose

import (
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"lvv/anonymize/pseudonym"
	"lvv/anonymize/published"
	"lvv/internal/day"
	"lvv/samples"
	"lvv/sql"
	"lvv/transform"
	"lvv/transform/engine"
)

// movers writes a programme of small random pilots between which many persons move: on the day that they leave, before it or
// later, with a solution that lasted or one that did not. It returns the programme's key and the folder of each pilot.
func movers(t *testing.T, seed uint64) (key string, folders []string) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 7))
	dir := t.TempDir()
	write := func(path string, lines ...string) {
		if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	writeKey := func(path string) string {
		if err := pseudonym.WriteKeyFile(path, pseudonym.KeyFrom(sha256.Sum256([]byte(path[len(dir):])))); err != nil {
			t.Fatal(err)
		}
		return path
	}
	pilots := 2 + r.IntN(2)
	cases, stays, trajectories := make([][]string, pilots), make([][]string, pilots), make([][]string, pilots)
	start := day.Of(2019, 3, 1)
	person := 0
	in := func(pilot int, from, until day.Day) { // until is None for who is still there
		n := len(cases[pilot]) + 1
		sex := []string{"man", "vrouw"}[min(r.IntN(3), 1)]
		decided := from + day.Day(r.IntN(9)-4)
		cases[pilot] = append(cases[pilot], fmt.Sprintf("C%d;%010d;1990-01-01;%s;Marokkaanse;%v;zelf;geen;;;toegelaten;%v;begeleiding;;;geen", n, 1000000+person*7, sex, decided-3, decided))
		end, reason := "", ""
		if until != day.None {
			end, reason = until.String(), []string{"doorstroom", "onbekend", "vertrek_uit_nederland"}[r.IntN(3)]
		}
		if r.IntN(12) > 0 {
			stays[pilot] = append(stays[pilot], fmt.Sprintf("V%d;C%d;A;%v;%s;%s", len(stays[pilot])+1, n, from, end, reason))
		}
		if r.IntN(8) > 0 {
			outcome := ""
			if end != "" && r.IntN(4) > 0 {
				outcome = []string{"doormigratie", "legalisering", "met_onbekende_bestemming"}[r.IntN(3)]
			} else {
				end = ""
			}
			trajectories[pilot] = append(trajectories[pilot], fmt.Sprintf("T%d;C%d;legalisering;%v;%s;%s;;;", len(trajectories[pilot])+1, n, from, end, outcome))
		}
	}
	moving, staying := r.Float64(), 0.2
	if r.IntN(3) == 0 {
		moving, staying = 1, 0.9
	}
	for pilot := range pilots {
		for range 3 + r.IntN(18) {
			person++
			from := start + day.Day(r.IntN(80))
			if r.Float64() > moving {
				until := day.None
				if r.IntN(4) == 0 {
					until = from + day.Day(1+r.IntN(60))
				}
				in(pilot, from, until)
				continue
			}
			until := from + day.Day(1+r.IntN(60))
			next := until + day.Day(max(0, r.IntN(25)-12))
			if r.IntN(6) == 0 {
				next -= min(day.Day(r.IntN(9)), until-from)
			}
			if r.Float64() < staying {
				in(pilot, from, day.None) // and in the next
			} else {
				in(pilot, from, until)
			}
			in((pilot+1)%pilots, next, day.None)
		}
	}
	for pilot := range pilots {
		folder := filepath.Join(dir, string(rune('a'+pilot)))
		exports := filepath.Join(folder, samples.Exports)
		if err := os.MkdirAll(exports, 0o700); err != nil {
			t.Fatal(err)
		}
		write(filepath.Join(folder, samples.Terms), "pilot: "+strings.ToUpper(string(rune('a'+pilot))), "start: 2019-03-01", "published: 2019-03-01",
			"review_interval_days: 130", "long_stay_days: 50", "places: 60", "target_cases: 72", "rate_per_place_per_day: 50.00", "funding_sources:", "  - {name: rijk, share: 0.5}", "  - {name: gemeentefonds, share: 0.5}")
		writeKey(filepath.Join(folder, samples.PilotKey))
		for name, rows := range map[string][]string{
			"casussen":  append([]string{"casusnummer;vreemdelingennummer;geboortedatum;geslacht;nationaliteit;aanmelddatum;aangemeld_door;uitsluitingsgrond;uitzondering;identiteitsonderzoek;besluit;besluitdatum;aanbod;voorgedragen_op;oplossing_getest;bijzondere_groep"}, cases[pilot]...),
			"verblijf":  append([]string{"verblijfnummer;casusnummer;locatie;datum_in;datum_uit;reden_vertrek"}, stays[pilot]...),
			"trajecten": append([]string{"trajectnummer;casusnummer;scenario;startdatum;einddatum;uitkomst;bestemming;vertrekdatum;vertrekbewijs"}, trajectories[pilot]...),
		} {
			write(filepath.Join(exports, name+".csv"), rows...)
		}
		folders = append(folders, folder)
	}
	return writeKey(filepath.Join(dir, samples.ProgrammeKey)), folders
}

// TestProgrammeIsTrue: whatever is published of several pilots together is true of their rows: what is shown is exact, and each range
// holds the exact value. LVV_ATTACK_PROGRAMMES says how many programmes.
func TestProgrammeIsTrue(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	programmes := 6
	if n, err := strconv.Atoi(os.Getenv("LVV_ATTACK_PROGRAMMES")); err == nil {
		programmes = max(programmes, n)
	}
	ranges, against := map[string]int{}, map[string]bool{} // by figure
	hidden := 0
	for seed := range uint64(programmes) {
		key, folders := movers(t, seed)
		for _, q := range joinPilots(t, key, folders, cat, []string{"2019-Q2", "2019-Q3"}[seed%2]) {
			p := Programme("P", cat, q.members, q.joint)
			exact := &transform.Results{Pilot: "P", Period: p.Together.Period}
			for i := range q.joint {
				exact.Figures = append(exact.Figures, q.joint[i].Figure)
			}
			p.Together.Figures = slices.DeleteFunc(p.Together.Figures, func(f published.Figure) bool {
				return f.Reason == transform.CountedTwice || p.JoinedAs(f.ID, f.Dims).Alone
			})
			for _, fault := range p.Together.Contradictions(exact) {
				t.Errorf("programme %d: %v", seed, fault)
			}
			for i := range p.Together.Figures {
				if f := &p.Together.Figures[i]; f.Range != nil && len(f.Dims) == 0 {
					ranges[f.ID]++
				}
			}
			boundsHold(t, cat, q, against)
			hidden += overlapsStayOpen(t, p, q)
		}
	}
	if hidden == 0 {
		t.Error("no overlap was small: the test shows nothing of them")
	}
	for _, id := range []string{"occupancy.persons", "outflow.persons", "outflow.shelter_exits", "inflow.admitted_not_housed"} {
		if ranges[id] == 0 {
			t.Errorf("%s was never a range: the test shows nothing of it", id)
		}
	}
	for i := range cat.Figures {
		if f := &cat.Figures[i]; f.Elsewhere != "" && f.About != sql.Nothing && !against[f.ID] && slices.ContainsFunc(f.Breakdowns, func(b sql.Breakdown) bool { return len(b) == 0 }) {
			t.Errorf("%s is %s elsewhere, and was so in no programme", f.ID, f.Elsewhere)
		}
	}
}

// boundsHold holds the counts over the union against what the catalogue says of them beside those of the pilots, and enters those that are
// no number of distinct persons.
func boundsHold(t *testing.T, cat *sql.Catalogue, q joined, against map[string]bool) {
	t.Helper()
	for i := range q.joint {
		j := &q.joint[i]
		f := cat.Figure(j.ID)
		if len(j.Dims) > 0 && f.OnDate == nil || j.Unit != "count" || j.Value.Kind() != engine.Count || f.Together != sql.Union {
			continue
		}
		sum, most := int64(0), int64(0)
		for _, m := range q.members {
			for _, one := range m.Exact.Figures {
				if one.ID == j.ID && transform.FigureName(one.ID, one.Dims) == transform.FigureName(j.ID, j.Dims) {
					sum, most = sum+one.Value.Int(), max(most, one.Value.Int())
				}
			}
		}
		n := j.Value.Int()
		if n < most && f.Elsewhere != sql.Fewer || n > sum && f.Elsewhere != sql.More {
			t.Errorf("%s is %d over the union, at most %d in one pilot and %d in all; the catalogue says %q", j.ID, n, most, sum, f.Elsewhere)
		}
		if twice := f.Twice; len(twice) > 0 {
			room := int64(0)
			for _, of := range twice {
				room += excessOf(q, of.Figure)
			}
			if max(sum-n, n-sum) > room {
				t.Errorf("%s is %d over the union and %d in all; %v count only %d twice", j.ID, n, sum, twice, room)
			}
		}
		if n < most || n > sum {
			against[j.ID] = true
		}
	}
}

// excessOf is what the pilots' totals exceed that over the union by.
func excessOf(q joined, id string) (n int64) {
	of := func(f transform.Figure) int64 {
		if f.ID == id && len(f.Dims) == 0 {
			return f.Value.Int()
		}
		return 0
	}
	for i := range q.joint {
		n -= of(q.joint[i].Figure)
	}
	for _, m := range q.members {
		for _, one := range m.Exact.Figures {
			n += of(one)
		}
	}
	return n
}

// overlapsStayOpen: of how often persons are counted twice, where that is small, every small number is possible by what else is told:
// the pilots' totals, and how many are counted twice on the reference date and on each day. It returns how many there are.
func overlapsStayOpen(t *testing.T, p *published.Programme, q joined) (hidden int) {
	t.Helper()
	type twice struct{ added, least, most int64 }
	of := func(id string, dims []transform.Dim) (n twice, known bool) {
		most := int64(0)
		for _, m := range q.members {
			for i := range m.Document.Figures {
				if f := &m.Document.Figures[i]; f.Name() == transform.FigureName(id, dims) {
					if f.Suppressed() {
						return n, false
					}
					if f.Status == "" {
						n.added, most = n.added+f.Value.Int(), max(most, f.Value.Int())
					}
				}
			}
		}
		n.most = n.added - most
		if strings.HasPrefix(id, "outflow") || id == "inflow.admitted_not_housed" || strings.HasPrefix(id, "caseload") {
			n.most = n.added
		}
		if len(dims) > 0 {
			f := figureNamed(p.Together, transform.FigureName(id, dims))
			if f == nil || !f.Known() {
				return n, false
			}
			n.least, n.most = n.added-f.Value.Int(), n.added-f.Value.Int()
			return n, true
		}
		for _, o := range p.Overlaps {
			switch {
			case o.ID != id:
			case o.Hidden:
				n.least, n.most = 1, min(n.most, 4)
				return n, true
			default:
				n.least, n.most = o.Excess, o.Excess
				return n, true
			}
		}
		return n, true
	}
	whole, known := of("occupancy.persons", nil)
	whole.least = max(whole.least, 0)
	parts := map[string]twice{}
	if date, ok := of("occupancy.persons_on_reference_date", nil); ok {
		parts["on the reference date"] = date
	}
	for i := range p.Together.Figures {
		if f := &p.Together.Figures[i]; f.ID == "occupancy.daily" {
			if day, ok := of(f.ID, f.Dims); ok {
				parts["on "+f.Dims[0].Value] = day
			}
		}
	}
	for _, o := range p.Overlaps {
		one, ok := of(o.ID, nil)
		f := figureNamed(p.Together, o.ID)
		if !o.Hidden || f.Range == nil && o.Added == 0 || f.Range != nil && f.Range.Low > o.Added {
			continue // or it is less than none
		}
		if hidden++; !ok || one.least > 1 || one.most < 4 {
			t.Errorf("%s is told to be small, and is from %d to %d", o.ID, one.least, one.most)
		}
	}
	for name, part := range parts {
		if !known {
			break
		}
		left := whole.added - part.added
		if least, most := max(whole.least, part.least), min(whole.most, part.most+left); whole.most == 4 && whole.least == 1 && (least > 1 || most < 4) {
			t.Errorf("who was twice in the period is told to be few, and by who was %s is from %d to %d", name, least, most)
		}
		if least, most := max(part.least, whole.least-left), min(part.most, whole.most); part.most == 4 && part.least == 1 && (least > 1 || most < 4) {
			t.Errorf("who was twice %s is told to be few, and by who was in the period is from %d to %d", name, least, most)
		}
	}
	return hidden
}

// TestTwiceCountedNights: where it is not told of a day how many persons are in two pilots, the nights of all pilots together, and what rests on them, do not
// tell it either. They read as what the days leave open.
func TestTwiceCountedNights(t *testing.T) {
	cat, err := sql.Load()
	if err != nil {
		t.Fatal(err)
	}
	const nights, rate, twice, other = "occupancy.person_nights", "occupancy.rate", "occupancy.double_nights", "durable.forecast_backtest"
	for _, c := range []struct {
		union int64 // of 40 on the second day
		open  published.Range
	}{{40, published.Range{}}, {39, published.Range{Low: 76, High: 79}}, {34, published.Range{}}} {
		figures := func(first, second, both int64) (out []transform.Figure) {
			add := func(id string, n int64, dims ...transform.Dim) {
				f := transform.Figure{ID: id, Dims: dims, Unit: cat.Figure(id).Unit, Value: engine.CountOf(n), Date: day.None}
				if f.Unit == "ratio" {
					f.Value, f.Numerator, f.Denominator = engine.RealOf(float64(n)/100), f.Value, engine.CountOf(100)
				}
				out = append(out, f)
			}
			add(nights, first+second)
			add(nights, 0, transform.Dim{Name: "population", Value: "not_admitted"})
			add(rate, first+second)
			add(twice, both)
			add(other, 50)
			add("occupancy.daily", first, transform.Dim{Name: "date", Value: "2020-07-01"})
			add("occupancy.daily", second, transform.Dim{Name: "date", Value: "2020-07-02"})
			return out
		}
		var members []Member
		for _, pilot := range []string{"A", "B"} {
			doc, exact := &published.Document{Pilot: pilot, MinCell: 5, Period: transform.Period{From: 1, To: 2, AsOf: 2}}, figures(20, 20, 0)
			for _, f := range exact {
				doc.Figures = append(doc.Figures, published.Figure{ID: f.ID, Dims: f.Dims, Unit: f.Unit, Value: f.Value, Numerator: f.Numerator, Denominator: f.Denominator, Date: f.Date})
			}
			members = append(members, Member{doc, &transform.Results{Pilot: pilot, Figures: exact}})
		}
		var joint []transform.Joint
		for _, f := range figures(40, c.union, 40-c.union) {
			joint = append(joint, transform.Joint{Figure: f, Pilots: 2})
		}
		together := Programme("P", cat, members, joint).Together
		hidden := c.open.High > 0
		for i, id := range []string{nights, nights, rate, twice, other} {
			if f := &together.Figures[i]; f.ID != id || f.Known() == (hidden && i != 1 && id != other) {
				t.Errorf("%d of 40: %s is told: %v", c.union, f.Name(), f.Known())
			}
		}
		if r := together.Figures[0].Range; hidden && (r == nil || *r != c.open) {
			t.Errorf("%d of 40: the nights read as %v; want %v", c.union, r, c.open)
		}
	}
}
