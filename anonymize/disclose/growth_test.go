package disclose

import (
	"context"
	"os"
	"testing"

	"lvv/anonymize/published"
	"lvv/samples"
	"lvv/sql"
	"lvv/transform"
)

// TestSmallGrowthIsNotShown: whoever subtracts a cumulative count of one report from that of another, next to it or not, with reports
// between them or none, finds no growth below the threshold; not of the counts behind a share either.
func TestSmallGrowthIsNotShown(t *testing.T) {
	results, cat := sampleQuarters(t)
	more, err := computeQuarters(func(dir string) error {
		if err := os.Remove(dir); err != nil {
			return err
		}
		return samples.Generate(context.Background(), samples.Options{Persons: 900, Seed: 41, Dir: dir})
	}, "2019-Q4", "2020-Q1", "2020-Q2", "2020-Q3")
	if err != nil {
		t.Fatal(err)
	}
	grown := 0
	for _, of := range [][]*transform.Results{results, more} {
		for _, sequence := range [][]int{{0, 1, 2, 3}, {0, 2}, {0, 3}, {1, 3}} {
			var taken []*transform.Results
			for _, q := range sequence {
				taken = append(taken, of[q])
			}
			_, docs := publish(t, taken, cat)
			for i, before := range docs {
				for _, after := range docs[i+1:] {
					grown += compareGrowth(t, cat, before, after)
				}
			}
		}
	}
	if grown < 100 {
		t.Errorf("only %d counts shown by two reports have grown", grown)
	}
}

// compareGrowth subtracts what two reports show and returns how many counts have grown.
func compareGrowth(t *testing.T, cat *sql.Catalogue, before, after *published.Document) int {
	t.Helper()
	was := map[string]int64{}
	list, _ := publishedCounts(cat, before)
	for i := range list {
		if list[i].valued {
			was[list[i].name()] = list[i].value
		}
	}
	grown := 0
	list, _ = publishedCounts(cat, after)
	for i := range list {
		c := &list[i]
		f := cat.Figure(c.id)
		old, ok := was[c.name()]
		if _, climbing := c.dim(f.Climbs); !ok || !c.valued || climbing || f.About == sql.Nothing || f.Accumulates != sql.FromStart || !characteristic(cat, c.dims) {
			continue
		}
		if n := c.value - old; n > 0 {
			grown++
			if n < int64(after.MinCell) {
				t.Errorf("%s to %s: %s grew by %d, and both are shown", before.Period.Label, after.Period.Label, c.name(), n)
			}
		}
	}
	return grown
}
