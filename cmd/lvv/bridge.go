package main

import (
	"context"
	"io"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"lvv/anonymize/pseudonym"
	"lvv/anonymize/pseudonym/bridge"
	"lvv/cmd/lvv/internal/outdir"
	"lvv/ingest"
	"lvv/internal/regular"
	"lvv/internal/say"
	"lvv/transform"
)

// bridgeFlags are the flags of lvv bridge.
type bridgeFlags struct {
	source
	purpose, fromKey, delivered, out string
	fromEpoch                        int
}

func newBridge(a *app) *cobra.Command {
	f := bridgeFlags{source: source{lang: string(a.lang)}}
	cmd := &cobra.Command{
		Use:   "bridge --purpose P --from-epoch N --out FILE",
		Short: "Lead those entitled from old pseudonyms to new ones",
		Long: `bridge writes, for one purpose, the pseudonyms that persons had before a rotation beside those
that they have now. Pseudonyms rotate when epoch in pilot.yaml is raised, or when another key is
taken. Whoever holds the old delivery and the new one cannot join them; with this file they can,
so it is for those who are entitled to, and no longer than they need it.

--purpose says whose files are joined: amif (everybody in its project) or beheer (the steward's
persons and cases). --delivered keeps only the pseudonyms that stand in a file of the earlier
delivery, so that nobody learns more, and notices a wrong key. The evaluator's data hold no
pseudonyms. The file is readable by its owner alone; it never replaces another.`,
		Example: `  lvv bridge --config pilot.yaml --key sleutel.key --purpose amif --from-epoch 0 \
      --delivered out/2020-Q2/amif/deelnemers.csv --out brug.csv
  lvv bridge --config pilot.yaml --key nieuw.key --from-key oud.key --purpose amif --out brug.csv`,
		Args: exactArgs(0, say.Errorf("only flags")),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !cmd.Flags().Changed("from-epoch") {
				f.fromEpoch = -1
			}
			if err := f.validate(); err != nil {
				return err
			}
			return f.bridge(cmd.Context(), a)
		},
	}
	f.register(cmd.Flags())
	cmd.Flags().StringVar(&f.purpose, "purpose", "", "`purpose` whose files are joined: amif or beheer")
	cmd.Flags().IntVar(&f.fromEpoch, "from-epoch", 0, "`epoch` of the old pseudonyms (default: that of pilot.yaml)")
	cmd.Flags().StringVar(&f.fromKey, "from-key", "", "key `file` of the old pseudonyms (default: the same key)")
	cmd.Flags().StringVar(&f.delivered, "delivered", "", "`file` with old pseudonyms; only those in it are written")
	cmd.Flags().StringVar(&f.out, "out", "", "the `file` to write")
	return cmd
}

func (f *bridgeFlags) validate() error {
	if err := f.source.validate(); err != nil {
		return err
	}
	if !slices.Contains([]pseudonym.Purpose{pseudonym.ForAMIF, pseudonym.ForSteward}, pseudonym.Purpose(f.purpose)) {
		return usagef("--purpose %q is not one that pseudonyms are delivered for\n  Give amif or beheer.", f.purpose)
	}
	if f.fromEpoch < 0 && f.fromKey == "" {
		return usagef("neither --from-epoch nor --from-key is given: the old pseudonyms would be the new ones\n  Give the epoch or the key of the earlier deliveries; their manifest.json names both.")
	}
	if f.out == "" {
		return usagef("--out is missing: the file to write\n  lvv bridge --help shows an example")
	}
	if _, err := os.Lstat(f.out); err == nil {
		return usagef("%s exists already\n  A bridge never replaces a file: give another name.", f.out)
	}
	return nil
}

// side is the register under one key and epoch.
type side struct {
	names  bridge.Names
	key    manifestKey
	inputs []ingest.Input
}

func (f *bridgeFlags) bridge(ctx context.Context, a *app) error {
	p := newProgress(a, f.quiet)
	var old *pseudonym.Key
	if f.fromKey != "" {
		k, err := f.loadKeyFile(f.fromKey)
		if err != nil {
			return err
		}
		old = &k
	}
	after, err := f.side(ctx, a, p, nil, -1)
	if err != nil {
		return err
	}
	before, err := f.side(ctx, a, p, old, f.fromEpoch)
	if err != nil {
		return err
	}
	p.end()
	if before.key == after.key {
		return usagef("the old pseudonyms are the new ones: both of key %s, epoch %d\n  Give the epoch or the key of the earlier deliveries; their manifest.json names both.", after.key.Fingerprint, after.key.Epoch)
	}
	if !slices.EqualFunc(before.inputs, after.inputs, ingest.Input.Same) {
		return say.Errorf("the exports changed while they were read\n  Wait until nobody writes to the folder, and begin again.")
	}
	pairs, err := bridge.Join(before.names, after.names)
	if err != nil {
		return err
	}
	if pairs, err = f.delivery(pairs, before.key); err != nil {
		return err
	}
	if err := outdir.WriteNew(f.out, func(w io.Writer) error { return bridge.Write(w, pairs) }); err != nil {
		return err
	}
	a.say("Wrote %s: %d pseudonyms of purpose %s, from key %s, epoch %d, to key %s, epoch %d.\n"+
		"Give it to nobody but those entitled to join the deliveries, and destroy it when they have.",
		f.out, len(pairs), f.purpose, before.key.Fingerprint, before.key.Epoch, after.key.Fingerprint, after.key.Epoch)
	return nil
}

// side reads the exports under a key and epoch; nil and -1 mean those of the run.
func (f *bridgeFlags) side(ctx context.Context, a *app, p *progress, key *pseudonym.Key, epoch int) (*side, error) {
	d, err := f.open(a, f.loadKey)
	if err != nil {
		return nil, err
	}
	defer d.close()
	if key != nil {
		d.key = *key
	}
	if epoch >= 0 {
		d.terms.Epoch = epoch
	}
	if err := d.readExports(ctx, p); err != nil {
		return nil, err
	}
	p.begin("making the pseudonyms")
	all, err := transform.ParsePeriod("all", "", d.terms)
	if err != nil {
		return nil, err
	}
	names, err := bridge.Read(ctx, bridge.Source{
		Engine: d.engine, Terms: d.terms, Period: all, Key: d.key, Epoch: d.terms.Epoch,
	}, pseudonym.Purpose(f.purpose))
	return &side{names, manifestKey{d.key.Fingerprint(), d.terms.Epoch}, d.read.Inputs}, err
}

// delivery keeps who stands in the file of --delivered.
func (f *bridgeFlags) delivery(pairs []bridge.Pair, old manifestKey) ([]bridge.Pair, error) {
	if f.delivered == "" {
		return pairs, nil
	}
	b, err := regular.ReadFile(f.delivered)
	if err != nil {
		return nil, usagef("the earlier delivery cannot be read: %w\n  Give a file with pseudonyms of purpose %s.", err, f.purpose)
	}
	kept := bridge.Delivered(pairs, b)
	if len(kept) == 0 {
		return nil, usagef("nobody of these exports stands in %s under key %s, epoch %d and purpose %s\n  Give the key and epoch of that delivery; its manifest.json names both.", f.delivered, old.Fingerprint, old.Epoch, f.purpose)
	}
	return kept, nil
}
