package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"lvv/samples"
)

// The goals of a programme of 100 pilots of 10,000 persons, on two cores.
const (
	goalNetwork     = 3 * time.Minute
	goalNetworkPeak = 3 << 10 // MiB
)

// programme measures lvv network on the packages of so many pilots. The first is larger than the others, so that together
// they have the persons asked for.
func (b *bench) programme(ctx context.Context) error {
	dir := filepath.Join(b.folder, "programme")
	const like = 1000
	all := 0
	for _, m := range samples.Municipalities(b.pilots, like) {
		all += m.Persons
	}
	first := b.pilotPersons * b.pilots * like / all
	made, err := measure(ctx, b.lvv, "samples", "--pilots", strconv.Itoa(b.pilots), "--persons", strconv.Itoa(first), "--out", dir)
	if err != nil {
		return err
	}
	b.printf("%d pilots of %d persons on average made: %v\n", b.pilots, b.pilotPersons, made)
	config := filepath.Join(dir, samples.Programme)
	list, err := os.ReadFile(config)
	if err != nil {
		return err
	}
	// No package is late.
	if err := os.WriteFile(config, bytes.ReplaceAll(list, []byte("-"+samples.LatePeriod+"."), []byte("-"+samples.Period+".")), 0o600); err != nil {
		return err
	}
	var share measured
	for _, m := range samples.Municipalities(b.pilots, first) {
		folder := filepath.Join(dir, m.Folder)
		one, err := measure(ctx, b.lvv, "share", "--quiet", "--config", filepath.Join(folder, samples.Terms), "--key", filepath.Join(folder, samples.PilotKey),
			"--programme-key", filepath.Join(dir, samples.ProgrammeKey), "--period", samples.Period, "--programme", samples.Recipient, "--out", filepath.Join(dir, "pakketten"))
		if err != nil {
			return err
		}
		share.wall, share.cpu, share.peak = share.wall+one.wall, share.cpu+one.cpu, max(share.peak, one.peak)
		if err := os.RemoveAll(filepath.Join(folder, samples.Exports)); err != nil {
			return err
		}
	}
	b.printf("lvv share, one pilot after the other          %v\n", share)
	m, err := measure(ctx, b.lvv, "network", "--config", config, "--identity", filepath.Join(dir, samples.Identity), "--period", samples.Period, "--out", filepath.Join(dir, "uit"))
	if err != nil {
		return err
	}
	b.printf("lvv network, when each step was reported:\n")
	for _, l := range m.lines {
		b.printf("  %7.2f s  %s\n", l.at.Seconds(), l.text)
	}
	what := fmt.Sprintf("lvv network, %d pilots of %d", b.pilots, b.pilotPersons)
	b.goal(what, m.wall <= goalNetwork, m.wall.Round(100*time.Millisecond).String(), goalNetwork.String())
	b.goal("peak memory of lvv network", mebibytes(m.peak) <= goalNetworkPeak, fmt.Sprintf("%.0f MiB", mebibytes(m.peak)), fmt.Sprintf("%d MiB", goalNetworkPeak))
	return os.RemoveAll(dir)
}
