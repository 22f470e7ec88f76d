// Package release makes the evaluator's delivery (art. 9): two linked tables in which every person
// shares the published quasi-identifiers with at least k - 1 others, on its own and laid beside
// earlier deliveries, with a description of the tables and of the risk that remains.
package release

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"filippo.io/age"

	"lvv/anonymize/pseudonym"
	"lvv/transform"
)

// The files of a delivery.
const (
	Folder           = "evaluator" // of the output folder
	PersonsFile      = "personen.csv"
	TrajectoriesFile = "trajecten.csv"
	PackageFile      = "datapackage.json"
	RiskFile         = "risk.json"
	ReadmeFile       = "LEESMIJ.md"
)

// Options say what is delivered, and where to.
type Options struct {
	Engine transform.Engine
	Terms  *transform.Terms
	Period transform.Period
	Key    pseudonym.Key
	// Earlier names output folders of earlier deliveries (or the evaluator's folders in them).
	Earlier []string
	// Recipients encrypt the delivery; without any it is written plain.
	Recipients []age.Recipient
	// Create writes a file of the output folder, by its path in it.
	Create func(path string, fill func(io.Writer) error) error
}

// delivery is what goes to the evaluator.
type delivery struct {
	k       int
	scope   []*person // everybody with an admitted case, in the order of pseudonyms
	persons []*person // of those, who is delivered, in the same order
	before  []*earlier
	// participants are those of the AMIF account.
	participants []*participant
	rows         [qiCount][][]string          // hierarchies
	path         [qiCount]map[string][]string // of each value, its row of the hierarchy
	below        [qiCount]map[string]int      // of each label, how many values it may stand for
}

// file is one file of the delivery.
type file struct {
	name string
	fill func(io.Writer) error
}

// Write makes the delivery and writes it through o.Create: the files below evaluator/, or with
// recipients one encrypted archive and no plain copy. It returns what risk.json says.
func Write(ctx context.Context, o Options) (*Risk, error) {
	risk, files, err := build(ctx, &o)
	if err != nil {
		return nil, fmt.Errorf("make the evaluator's delivery: %w", err)
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

func build(ctx context.Context, o *Options) (*Risk, []file, error) {
	before, err := readEarlier(o.Earlier, o.Terms.Pilot)
	if err != nil {
		return nil, nil, err
	}
	d := &delivery{k: o.Terms.K, before: before}
	if d.scope, d.participants, err = readPersons(ctx, o); err != nil {
		return nil, nil, err
	}
	d.rows = hierarchyRows(d.scope)
	d.index()
	if err := d.protect(ctx, o); err != nil {
		return nil, nil, err
	}
	risk := assess(o, d)
	if err := risk.hold(); err != nil {
		return nil, nil, err
	}
	return risk, d.files(o, risk), nil
}

// protect chooses what is published of whom. Persons of whom nothing can be withheld so that the
// participants of the AMIF account who fit them fit others too are left out, and the choice is made
// again without them.
func (d *delivery) protect(ctx context.Context, o *Options) error {
	for {
		if err := d.publish(ctx, o); err != nil {
			return err
		}
		d.persons = nil
		for _, p := range d.scope {
			if p.delivered() {
				d.persons = append(d.persons, p)
			}
		}
		d.unlink()
		found := d.linked()
		if len(found) == 0 {
			return nil
		}
		for _, p := range found {
			p.linkable = true
		}
		for _, p := range d.scope {
			p.conceal()
		}
	}
}

// conceal takes back what was chosen to be published of a person.
func (p *person) conceal() {
	p.published = [qiCount]string{}
	for i := range p.trajectories {
		p.trajectories[i].published = p.trajectories[i].truth
	}
}

// index finds the row of a value in its hierarchy, and how many values a label may stand for.
func (d *delivery) index() {
	for q, rows := range d.rows {
		d.path[q], d.below[q] = make(map[string][]string, len(rows)), map[string]int{}
		for _, row := range rows {
			d.path[q][row[0]] = row
			for i, label := range row {
				if !slices.Contains(row[:i], label) {
					d.below[q][label]++
				}
			}
		}
	}
}

// cellLoss is what a reader does not learn from a label, from 0 to 1.
func (d *delivery) cellLoss(q int, label string) float64 {
	return float64(d.below[q][label]-1) / float64(len(d.rows[q])-1)
}

// delivered reports whether the person is in the delivery.
func (p *person) delivered() bool { return p.published != [qiCount]string{} }

// hold is the last look before anything is written: what was reached is what was asked.
func (r *Risk) hold() error {
	if r.Persons > 0 && (r.K < r.RequiredK || r.OverDeliveries.K < r.RequiredK) {
		return fmt.Errorf("fault in the program: a class of %d persons (%d over deliveries) where %d are needed; nothing was written", r.K, r.OverDeliveries.K, r.RequiredK)
	}
	return nil
}

// trajectories are the rows of trajecten: by person, in the order of personen.
func (d *delivery) trajectories() []trajectoryRow {
	var rows []trajectoryRow
	for _, p := range d.persons {
		for _, t := range p.trajectories {
			rows = append(rows, trajectoryRow{p.id, t})
		}
	}
	return rows
}

// files are those of the delivery, in their order.
func (d *delivery) files(o *Options, risk *Risk) []file {
	persons, trajectories := personFields(), trajectoryFields()
	rows := d.trajectories()
	return []file{
		{PersonsFile, func(w io.Writer) error { return writeCSV(w, persons, d.persons) }},
		{"personen.parquet", func(w io.Writer) error { return writeParquet(w, persons, d.persons) }},
		{TrajectoriesFile, func(w io.Writer) error { return writeCSV(w, trajectories, rows) }},
		{"trajecten.parquet", func(w io.Writer) error { return writeParquet(w, trajectories, rows) }},
		{PackageFile, func(w io.Writer) error { return writeJSON(w, describe(o, d.rows)) }},
		{RiskFile, func(w io.Writer) error { return writeJSON(w, risk) }},
		{ReadmeFile, func(w io.Writer) error { return writeReadme(w, risk) }},
	}
}

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", " ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
