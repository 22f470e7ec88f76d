package samples

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"lvv/anonymize/pseudonym"
	"lvv/internal/day"
	"lvv/internal/private"
	"lvv/internal/say"
)

// Programme is the file that lists the municipalities of a generated programme.
const Programme = "programma.yaml"

// MaxPilots is the number of municipalities that a generated programme has at most.
const MaxPilots = 100

// Municipality is a pilot of a generated programme.
type Municipality struct {
	Name    string
	Folder  string // of its terms and exports, in the programme's
	Persons int
	Period  string // for which its package is made: the last one is a quarter behind
}

// towns are the municipalities of the programme, and the persons of each per mille of the first.
var towns = []struct {
	name     string
	perMille int
}{{"Amsterdam", 1000}, {"Rotterdam", 700}, {"Utrecht", 450}, {"Eindhoven", 250}, {"Groningen", 350}}

// LatePeriod is the period for which the package of the late municipality is made.
const LatePeriod = "2020-Q2"

// Municipalities lists the pilots of a programme of which the first has so many persons.
func Municipalities(pilots, persons int) []Municipality {
	out := make([]Municipality, pilots)
	for i := range out {
		t := towns[i%len(towns)]
		name := t.name
		if round := i / len(towns); round > 0 {
			name += " " + strconv.Itoa(round+1)
		}
		folder := strings.ReplaceAll(strings.ToLower(name), " ", "-")
		out[i] = Municipality{Name: name, Folder: folder, Persons: max(persons*t.perMille/1000, 1), Period: Period}
	}
	if pilots > 1 {
		out[pilots-1].Period = LatePeriod
	}
	return out
}

// GenerateProgramme writes the exports and terms of so many municipalities, each in a folder of its own, and
// the list of them. o.Persons is the size of the first; the others are of other sizes. Some persons move from a
// municipality to the next one and keep their V-number. The second last has terms of its own, and the last one
// is to share a period late. The same options give the same bytes on any machine.
func GenerateProgramme(ctx context.Context, o Options, pilots int) error {
	if pilots < 1 || pilots > MaxPilots {
		return say.Errorf("pilots must lie between 1 and %d, not %d", MaxPilots, pilots)
	}
	list := Municipalities(pilots, o.Persons)
	all, names := 0, []string{Programme, ProgrammeKey, Identity}
	for _, m := range list {
		all += m.Persons
		names = append(names, m.Folder)
	}
	if o.Persons < 1 || all > MaxPersons {
		return say.Errorf("the persons of all pilots must lie between 1 and %d, not %d", MaxPersons, all)
	}
	return inFolder(o.Dir, names, func() error { return o.writeProgramme(ctx, list) })
}

// writeProgramme writes the exports and terms of the municipalities, their keys and the list of them.
func (o Options) writeProgramme(ctx context.Context, list []Municipality) error {
	var w *world
	for i, m := range list {
		before := 0
		if w != nil {
			before = w.before + w.persons
		}
		next := newWorld(o.Seed+16*uint64(i), m.Persons, AgreedPlaces(m.Persons))
		next.before, next.origin = before, w
		w = next
		one := o
		one.Persons, one.Dir = m.Persons, filepath.Join(o.Dir, m.Folder)
		text := m.terms(w.places, i == len(list)-2)
		if err := one.write(ctx, w, text); err != nil {
			return err
		}
	}
	if err := writeKeys(o.Dir, list); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(o.Dir, Programme), programmeFile(list), 0o644)
}

// The keys of a generated programme: of each municipality in its folder, of all together, and of the office.
const (
	PilotKey     = "sleutel.key"
	ProgrammeKey = "programma.key"
	Identity     = "identiteit.txt"
)

// writeKeys writes published keys. They must never serve for real exports.
func writeKeys(dir string, list []Municipality) error {
	key := func(name string) pseudonym.Key {
		return pseudonym.KeyFrom(sha256.Sum256([]byte(publishedKey + "|" + name)))
	}
	errs := []error{
		pseudonym.WriteKeyFile(filepath.Join(dir, ProgrammeKey), key("")),
		writeIdentity(filepath.Join(dir, Identity)),
	}
	for _, m := range list {
		errs = append(errs, pseudonym.WriteKeyFile(filepath.Join(dir, m.Folder, PilotKey), key(m.Name)))
	}
	return errors.Join(errs...)
}

// writeIdentity writes the published identity for its owner alone, as the commands want one.
func writeIdentity(path string) error {
	f, err := private.Create(path)
	if err != nil {
		return err
	}
	_, err = f.WriteString("# Published with the samples: it protects nothing.\n" + publishedIdentity + "\n")
	return errors.Join(err, f.Close())
}

// terms are those of the samples under the municipality's name and with its places; other ones have more
// places later, another target, rate and end, and another time to advise.
func (m *Municipality) terms(places int, other bool) []byte {
	t := bytes.Replace(terms(places), []byte("\npilot: Amsterdam "), []byte("\npilot: "+m.Name+" "), 1)
	target := max(1, 72*places/360)
	change := func(from, to string) {
		if !bytes.Contains(t, []byte(from)) {
			panic("samples: the terms have no " + from)
		}
		t = bytes.Replace(t, []byte(from), []byte(to), 1)
	}
	change("\ntarget_cases: 72 ", fmt.Sprintf("\ntarget_cases: %d ", target))
	if other {
		change(fmt.Sprintf("\nplaces: %d ", places), fmt.Sprintf("\nplaces: [{from: 2019-03-01, places: %d}, {from: 2020-01-01, places: %d}] ", places-places/5, places))
		change("\n# end: 2022-02-28 ", "\nend: 2022-08-31 ")
		change("\nrate_per_place_per_day: 50.00", "\nrate_per_place_per_day: 52.50")
		change("\nreview_days: 28 ", "\nreview_days: 35 ")
	}
	return t
}

// programmeFile lists the packages that the municipalities are to make.
func programmeFile(list []Municipality) []byte {
	var b bytes.Buffer
	b.WriteString("# The programme: its pilots, and where the package of each is found, seen from this file.\n" +
		"# Synthetic: no person in any of them exists.\n#\n" +
		"# A package is made with, for example:\n" +
		"#   lvv share --config amsterdam/pilot.yaml --key amsterdam/" + PilotKey + " --programme-key " + ProgrammeKey + " --period " + Period + " --out pakketten --programme " + Recipient + "\n" +
		"# and all of them are taken together with:\n" +
		"#   lvv network --config " + Programme + " --identity " + Identity + " --period " + Period + " --out uit\n\n" +
		"programme: LVV-voorbeeld\npilots:\n")
	for _, m := range list {
		note := ""
		if m.Period != Period {
			note = "   # late: its last package is that of " + m.Period
		}
		fmt.Fprintf(&b, "  - {name: %s, package: pakketten/programma-%s-%s.tar.age}%s\n", m.Name, strings.ReplaceAll(m.Name, " ", "-"), m.Period, note)
	}
	return b.Bytes()
}

// movers is how many per mille of a municipality's persons are looked for in the one before it.
const movers = 250

// someone lets chance decide who a person of the set is and what became of them. Some were in the
// municipality before this one, left it or were refused there, and apply here afterwards.
func (w *world) someone(r *random, n int, eps []episode) (person, []episode) {
	r.reset(w.seed, uint64(n))
	p := newPerson(r, w, n)
	if w.origin != nil {
		// Draws of its own, so that who moves does not hang on the rest of a life.
		pick := newRandom(w.seed+2, uint64(n))
		if pick.chance(movers) {
			there, before := w.origin.someone(new(random), 1+pick.below(w.origin.persons), nil)
			if from := before[len(before)-1].over(); from != day.None {
				if applied := from + day.Day(pick.between(5, 90)); applied < extracted {
					p.identity, p.birth, p.male, p.nationality, p.group = there.identity, there.birth, there.male, there.nationality, there.group
					return p, append(eps, apply(r, applied))
				}
			}
		}
	}
	return p, draw(r, eps)
}

// over is the day on which nothing held somebody any longer, or day.None: they left without anybody knowing
// where to, or were refused.
func (e *episode) over() day.Day {
	switch {
	case e.ending == byLeaving:
		return e.out
	case e.decision == refused:
		return e.decided
	}
	return day.None
}

// publishedIdentity opens the packages of a generated programme. It protects nothing: whoever reads this has it.
const publishedIdentity = "AGE-SECRET-KEY-1DD0L2FYJX6M74832WHEWWF9TQX3S7FPXHZL336R09NHE5R0T2H2SPY792E"

// Recipient is the public key of the office of a generated programme.
const Recipient = "age10qgnw50dh2dg066dscf40s5x0ucfe9afqsk4l83dey047cmnx9gs6q9zdv"
