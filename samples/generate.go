package samples

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"golang.org/x/sync/errgroup"

	"lvv/internal/guard"
	"lvv/internal/say"
)

// MaxPersons is the largest set: a V-number of ten digits that begins with 00 has no room for more.
const MaxPersons = 80_000_000

// WorkbookLimit is the number of persons up to which one NGO delivers a workbook; beyond it all files are text.
const WorkbookLimit = 20_000

// chunk is the number of persons made at a time.
const chunk = 2048

// Options say what to generate. The same Persons and Seed give the same bytes on any machine.
type Options struct {
	Persons int    // 1 to [MaxPersons]
	Seed    uint64 // of all chance
	Dir     string // gets pilot.yaml and the folder exports; made when it does not exist, and else empty
	// Progress, when not nil, is told now and then how many bytes are written, and of how many; the
	// total is estimated from what there is so far.
	Progress func(written, total int64)
}

// NotEmptyError says that the folder to generate into holds something already.
type NotEmptyError struct{ say.Speaker }

// Generate writes a full set of synthetic exports, every table of the contract, and the terms of a
// pilot of the size to match. The registers run from the pilot's start to 30 September 2020. It
// streams: memory does not grow with the number of persons. A set that was not finished is removed.
func Generate(ctx context.Context, o Options) error {
	if o.Persons < 1 || o.Persons > MaxPersons {
		return say.Errorf("persons must lie between 1 and %d, not %d", MaxPersons, o.Persons)
	}
	w := newWorld(o.Seed, o.Persons, AgreedPlaces(o.Persons))
	return inFolder(o.Dir, []string{Exports, Terms}, func() error { return o.write(ctx, w, terms(w.places)) })
}

// write writes the terms of a world, and its exports into their folder.
func (o Options) write(ctx context.Context, w *world, terms []byte) error {
	exports := filepath.Join(o.Dir, Exports)
	if err := os.MkdirAll(exports, 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(o.Dir, Terms), terms, 0o644); err != nil {
		return err
	}
	d, err := begin(exports, plainLayouts(o.Persons))
	if err != nil {
		return err
	}
	if err := stream(ctx, o, w, d); err != nil {
		return errors.Join(err, d.abandon())
	}
	return d.finish()
}

// AgreedPlaces is the number of places in the terms of a set of that many persons: about 84 % of the places are occupied.
func AgreedPlaces(persons int) int { return max(8, persons*placesPerMille/1000) }

// placesPerMille is found by trying: see TestOccupancy.
const placesPerMille = 433

// inFolder makes a folder, which must be empty, and has it filled. If that fails the folder is taken away where it
// was not there before, and else what has these names in it.
func inFolder(dir string, names []string, fill func() error) error {
	entries, err := os.ReadDir(dir)
	isNew := errors.Is(err, fs.ErrNotExist)
	if err != nil && !isNew {
		return err
	}
	if len(entries) > 0 {
		return &NotEmptyError{say.Errorf("folder %s is not empty\n  Give a new or an empty folder; nothing is overwritten.", dir)}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	err = guard.Run(fill)
	switch {
	case err == nil:
		return nil
	case isNew:
		return errors.Join(err, os.RemoveAll(dir))
	}
	for _, name := range names {
		err = errors.Join(err, os.RemoveAll(filepath.Join(dir, name)))
	}
	return err
}

// piece is a number of persons on their way to the files.
type piece struct {
	batch     batch
	formatted [][]byte
	persons   int // up to and including this piece
	done      chan error
}

// stream makes the persons on all cores and writes them in order.
func stream(ctx context.Context, o Options, w *world, d *delivery) error {
	var first batch
	ledger(w, &first)
	if err := d.add(&first); err != nil {
		return err
	}

	g, ctx := errgroup.WithContext(ctx)
	workers := runtime.GOMAXPROCS(0)
	free := make(chan *piece, workers+2) // bounds what is under way
	for range cap(free) {
		free <- &piece{formatted: make([][]byte, len(d.layouts)), done: make(chan error, 1)}
	}
	todo := make(chan *piece)
	ordered := make(chan *piece, cap(free))
	g.Go(func() error {
		defer close(todo)
		defer close(ordered)
		for n := 0; n < o.Persons; {
			select {
			case p := <-free:
				n = min(n+chunk, o.Persons)
				p.persons = n
				ordered <- p
				todo <- p
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	for range workers {
		g.Go(func() error {
			for p := range todo {
				p.done <- guard.Run(func() error { return makePiece(w, d, p) })
			}
			return nil
		})
	}
	g.Go(func() error {
		return guard.Run(func() error {
			for p := range ordered {
				if err := <-p.done; err != nil {
					return err
				}
				if err := d.write(&p.batch, p.formatted); err != nil {
					return err
				}
				if o.Progress != nil {
					o.Progress(d.written, d.written*int64(o.Persons)/int64(p.persons))
				}
				free <- p
			}
			return nil
		})
	})
	return g.Wait()
}

// makePiece lets the persons of a piece live and formats what the registers hold of them.
func makePiece(w *world, d *delivery, p *piece) error {
	p.batch.reset()
	r := new(random)
	c := course{r: r, w: w, b: &p.batch}
	var eps []episode
	for n := (p.persons-1)/chunk*chunk + 1; n <= p.persons; n++ {
		var someone person
		someone, eps = w.someone(r, n, eps[:0])
		c.write(someone, eps)
	}
	return d.format(&p.batch, p.formatted)
}

// plainLayouts are the files of a generated set: text as registers deliver it, each NGO in its own
// way, and one workbook in a set that is small enough.
func plainLayouts(persons int) []layout {
	ls := []layout{
		{file: "casussen.csv", table: cases, delimiter: ';', yes: "ja", no: "nee"},
		{file: "verblijf_voorbeeldhuis.csv", table: stays, part: 0, delimiter: ';'},
		{file: "verblijf_proefhaven.csv", table: stays, part: 1, delimiter: ',', dates: iso, quoted: true},
		{file: "verblijf_vangnet.csv", table: stays, part: 2, delimiter: ';', dates: slashes, encoding: windows1252},
		{file: "verblijf_ontwerp.csv", table: stays, part: 3, delimiter: '\t', encoding: utf8BOM},
		{file: "trajecten.csv", table: trajectories, delimiter: ';', countries: alpha3, yes: "ja", no: "nee"},
		{file: "casusoverleg.csv", table: conferences, delimiter: ';', yes: "ja", no: "nee"},
		{file: "mrt.csv", table: reviews, delimiter: ';', yes: "1", no: "0"},
		{file: "procedures.csv", table: procedures, delimiter: ',', dates: iso},
		{file: "begeleiding.csv", table: guidance, delimiter: ';', comma: true, yes: "j", no: "n"},
		{file: "capaciteit.csv", table: capacity, delimiter: ';', encoding: windows1252},
		{file: "financiering.csv", table: payments, delimiter: ';', encoding: utf8BOM, comma: true, grouped: true, euro: true},
		{file: "overleggen.csv", table: meetings, delimiter: ';'},
		{file: "escalaties.csv", table: escalations, delimiter: ';', yes: "ja", no: "nee"},
		{file: "kosten.csv", table: costs, delimiter: ';', comma: true},
	}
	if persons <= WorkbookLimit {
		ls[1] = layout{file: "verblijf_voorbeeldhuis.xlsx", table: stays, part: 0, encoding: workbook, title: []string{organisations[0], "Verblijf tot en met 30 september 2020"}}
	}
	return ls
}
