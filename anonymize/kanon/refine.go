package kanon

import (
	"context"
	"math/rand/v2"
	"slices"

	"lvv/internal/elementary"
	"lvv/internal/lists"
)

// Bounds on the work of refinement, by the table and never by the clock.
const (
	refineWork = 220_000_000 // classes and items compared
	annealWork = 60_000_000  // of that, in annealing
	maxDescent = 14          // passes of descent
	rebuilds   = 25_000      // of neighbourhoods in annealing, shared out over its passes
	maxPasses  = 500         // of annealing
	minAnneal  = 40          // passes; fewer gain nothing
	heat       = 0.1         // rise of the loss accepted at first, in losses of an average class
	coldest    = 0.05        // part of the heat that is left at the end
)

// refine improves the partition until nothing is gained or the work is done. Where the work allows
// many passes it then anneals.
func (s *partition) refine(ctx context.Context) error {
	s.work = refineWork
	r := &rebuilder{partition: s, rng: rand.New(rand.NewPCG(0x6c, 0x616e6f6e))}
	if err := r.descend(ctx); err != nil {
		return err
	}
	lossy := max(len(s.lossy()), 1)
	passes := min(rebuilds/lossy, maxPasses)
	if passes < minAnneal {
		return nil
	}
	if err := r.anneal(ctx, passes, heat*float64(s.loss())/float64(lossy)); err != nil {
		return err
	}
	return r.descend(ctx)
}

// descend makes passes for as long as the loss falls.
func (r *rebuilder) descend(ctx context.Context) error {
	r.settle()
	for i := range maxDescent {
		better, err := r.pass(ctx)
		if err != nil {
			return err
		}
		if better == 0 || r.work <= 0 {
			break
		}
		if i%8 == 7 {
			r.settle()
		}
	}
	r.settle()
	return ctx.Err()
}

// anneal makes passes that accept a rise of the loss of about the temperature, which falls with the
// passes and the work done, and leaves the best partition that there was.
func (r *rebuilder) anneal(ctx context.Context, passes int, hottest float64) error {
	best, kept := r.loss(), r.division()
	work := min(r.work, annealWork)
	rest := r.work - work
	for i := 0; i < passes && r.work > rest; i++ {
		done := max(float64(i)/float64(passes), 1-float64(r.work-rest)/float64(work))
		r.heat = hottest * elementary.Exp(float64(done*elementary.Log(coldest)))
		if _, err := r.pass(ctx); err != nil {
			return err
		}
		if i%8 == 7 {
			r.settle()
		}
		if l := r.loss(); l < best {
			best, kept = l, r.division()
		}
	}
	r.heat = 0
	r.restore(lists.Map(kept, r.newClass))
	r.near = nil
	return nil
}

// division copies the items of each class that is not empty.
func (s *partition) division() (kept [][]int32) {
	for i := range s.classes {
		if items := s.classes[i].items; len(items) > 0 {
			kept = append(kept, slices.Clone(items))
		}
	}
	return kept
}

// settle moves items and dissolves classes a few times.
func (s *partition) settle() {
	for range 4 {
		if s.work <= 0 || s.move()+s.dissolve() == 0 {
			return
		}
	}
}
