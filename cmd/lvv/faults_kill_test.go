//go:build faults

package main

import (
	"math/rand/v2"
	"strconv"
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
