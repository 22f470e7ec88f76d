// Package release makes the evaluator's data (art. 9): three tables without anything that joins their
// rows, in each of which every person shares the published quasi-identifiers with at least k - 1
// others, also for a reader who has the earlier deliveries and every AMIF account beside them; with a
// description of the tables, the risk that remains, and recipes for the questions that they answer.
package release

import (
	"cmp"
	"context"
	"fmt"
	"io"

	"filippo.io/age"

	"lvv/anonymize/datapackage"
	"lvv/anonymize/pseudonym"
	"lvv/internal/day"
	"lvv/internal/guard"
	"lvv/internal/say"
	"lvv/transform"
	"lvv/transform/engine"
)

// Folder of the output holds the delivery.
const Folder = "evaluator"

// Options say what is delivered, and where to.
type Options struct {
	Engine engine.Engine
	Terms  *transform.Terms
	Period transform.Period
	Key    pseudonym.Key
	// Earlier names the output folders of earlier deliveries; NoEarlier says that there was none, so that
	// nothing is said of their absence.
	Earlier   []string
	NoEarlier bool
	// Accounts names output folders whose AMIF accounts count beside that of the register as it is.
	Accounts []string
	// Recipients encrypt the delivery; without any it is written plain.
	Recipients []age.Recipient
	// Create writes a file of the output folder, by its path in it.
	Create func(path string, fill func(io.Writer) error) error
}

// file is one file of the delivery.
type file struct {
	name string
	fill func(io.Writer) error
}

// Write makes the delivery and writes it through o.Create: the files below evaluator/, or with
// recipients one encrypted archive and no plain copy; and for the steward what each row was published
// as. It returns what risk.json says.
func Write(ctx context.Context, o Options) (*Risk, error) {
	risk, tables, err := build(ctx, &o)
	if err != nil {
		return nil, say.Errorf("make the evaluator's delivery: %w", err)
	}
	files := deliveryFiles(&o, risk, tables)
	if err := o.Create(RecordFile, func(w io.Writer) error { return writeRecord(w, tables) }); err != nil {
		return nil, err
	}
	if len(o.Recipients) > 0 {
		name := fmt.Sprintf("%s-%s.tar.age", Folder, o.Period.Label)
		err := o.Create(name, func(w io.Writer) error { return seal(w, o.Recipients, o.Period.AsOf.Time(), files) })
		return risk, err
	}
	for _, f := range files {
		if err := o.Create(Folder+"/"+f.name, f.fill); err != nil {
			return nil, err
		}
	}
	return risk, nil
}

func build(ctx context.Context, o *Options) (*Risk, []*table, error) {
	before, err := readEarlier(o.Earlier, o.Terms.Pilot)
	if err != nil {
		return nil, nil, err
	}
	tables, err := readTables(ctx, o)
	if err != nil {
		return nil, nil, err
	}
	participants, err := accounts(ctx, o)
	if err != nil {
		return nil, nil, err
	}
	risk, err := protect(ctx, o, tables, before, participants)
	return risk, tables, err
}

// protect chooses what is published of each table, and measures what that reaches. Nothing joins the
// tables, so each is done by itself, at the same time.
func protect(ctx context.Context, o *Options, tables []*table, before []*earlier, participants []*participant) (*Risk, error) {
	queries := queriesOf(tables, participants, quarterEnds(o.Terms.Start, o.Period.AsOf))
	reached, errs := make([]*TableRisk, len(tables)), make([]error, len(tables))
	guard.Together(len(tables), func(i int) {
		if errs[i] = tables[i].protect(ctx, o.Terms.K, o.Terms.L, before, queries); errs[i] == nil {
			reached[i] = tables[i].assess(o.Terms.K, o.Terms.L)
		}
	})
	if err := cmp.Or(errs...); err != nil {
		return nil, err
	}
	risk := assess(o, tables, reached, before, participants, queries)
	return risk, risk.hold()
}

// quarterEnds are the last days of the calendar quarters from one day to another.
func quarterEnds(from, to day.Day) (ends []day.Day) {
	y, m, _ := from.Civil()
	for first := day.Of(y, (m-1)/3*3+1, 1); first.AddMonths(3)-1 <= to; first = first.AddMonths(3) {
		ends = append(ends, first.AddMonths(3)-1)
	}
	return ends
}

func deliveryFiles(o *Options, risk *Risk, tables []*table) []file {
	key := pseudonym.NewPseudonymizer(o.Key, o.Terms.Pilot, pseudonym.ForEvaluator, o.Terms.Epoch)
	var files []file
	for _, t := range tables {
		rows := t.ordered(key)
		files = append(files,
			file{t.name + ".csv", func(w io.Writer) error { return t.writeCSV(w, rows) }},
			file{t.name + ".parquet", func(w io.Writer) error { return t.writeParquet(w, rows) }})
	}
	described := describe(o, tables)
	return append(files,
		file{"datapackage.json", func(w io.Writer) error { return datapackage.WriteJSON(w, described) }},
		file{"codeboek.html", func(w io.Writer) error { return writeCodebook(w, described, risk) }},
		file{"risk.json", func(w io.Writer) error { return datapackage.WriteJSON(w, risk) }},
		file{"LEESMIJ.md", func(w io.Writer) error { return writeReadme(w, risk, tables) }},
		file{"vragen.R", func(w io.Writer) error { return writeRecipes(w, "vragen.R", tables) }},
		file{"vragen.py", func(w io.Writer) error { return writeRecipes(w, "vragen.py", tables) }})
}
