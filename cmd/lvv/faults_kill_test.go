//go:build faults

package main

import (
	"maps"
	"math/rand/v2"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Tests that take minutes: make test-faults.

// kills is how many runs TestFaultsKilled ends at random moments, in two lanes beside each other.
const kills = 200

// TestFaultsKilled does as TestKilled, at random moments and at every change.
func TestFaultsKilled(t *testing.T) {
	config, key := seededExports(t)
	for lane := range uint64(2) {
		t.Run("random moments "+strconv.Itoa(int(lane)), func(t *testing.T) {
			t.Parallel()
			v := newVictim(t, config, key)
			began := time.Now()
			v.finish(t, "nl")
			whole := time.Since(began)
			random := rand.New(rand.NewPCG(1, lane))
			for range kills / 2 {
				cmd := v.start(t)
				time.Sleep(time.Duration(random.Int64N(int64(whole + whole/10))))
				if err := cmd.Process.Kill(); err != nil {
					t.Fatal(err)
				}
				_ = cmd.Wait() // killed, or done just before
				v.look(t)
			}
			t.Logf("a whole run takes %v; killed before and after the new output was there: %v", whole, v.found)
			v.finish(t, "en")
		})
	}
	t.Run("every change", func(t *testing.T) {
		t.Parallel()
		v := newVictim(t, config, key)
		for n := 0; ; n++ {
			err := v.start(t, killVariable+"="+strconv.Itoa(n)).Wait()
			v.look(t)
			if err != nil {
				continue
			}
			if n < 40 || v.found[false] < n-5 {
				t.Errorf("a run was killed at only %d changes: %v", n, v.found)
			}
			break
		}
		v.finish(t, "en")
	})
}

// TestFaultsKilledWithAStore ends runs that keep a store with SIGKILL at random moments, each after a change
// of the exports. No run finds the store damaged, and now and then one is let to its end: its output is
// that of a run without a store.
func TestFaultsKilledWithAStore(t *testing.T) {
	t.Parallel()
	config, key := seededExports(t)
	v := newVictim(t, config, key)
	v.store = filepath.Join(t.TempDir(), "store")
	began := time.Now()
	v.finish(t, "nl")
	whole := time.Since(began)
	random := rand.New(rand.NewPCG(2, 0))
	for n := range kills / 4 {
		file := []string{"mrt.csv", "trajecten.csv", "casussen.csv"}[n%3]
		edit(t, config, file, func(s string) string { return s + s[strings.LastIndexByte(s[:len(s)-1], '\n')+1:] })
		cmd := v.start(t)
		// The store is written in the first part of a run.
		time.Sleep(time.Duration(random.Int64N(int64(whole) / int64(1+n%3))))
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait() // killed, or done just before
		v.look(t)
		if n%10 != 9 {
			continue
		}
		lang := v.next
		v.finish(t, lang)
		got := contents(t, v.out)
		fresh := filepath.Join(t.TempDir(), "fresh")
		if said, err := attempt(t, config, key, fresh, "--only", "amif", "--lang", lang); err != nil {
			t.Fatal(err, said)
		}
		if !maps.Equal(got, contents(t, fresh)) {
			t.Fatalf("after %d kills the output is not that of a run without a store", n+1)
		}
		if left := len(contents(t, v.store)); left != 9 {
			t.Errorf("after %d kills the store holds %d files, want eight segments and their index", n+1, left)
		}
	}
	t.Logf("killed before and after the new output was there: %v", v.found)
	if said := v.stderr.String(); said != "" {
		t.Errorf("the runs said %s", said)
	}
}
