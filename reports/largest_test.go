package reports_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lvv/reports"
	"lvv/transform"
)

const threshold = 5

// part makes a part of a breakdown from what a reader sees: a number, <5 or ·.
func part(mark string, value int64) transform.Figure {
	f := transform.Figure{ID: "x", Unit: "count", Dims: []transform.Dim{{Name: "d", Value: mark}}}
	switch mark {
	case "<5":
		f.Status = transform.Suppressed
	case "·":
		f.Status, f.Reason = transform.Suppressed, transform.Covered
	default:
		f.Value = transform.CountOf(value)
	}
	return f
}

func TestLargest(t *testing.T) {
	for _, c := range []struct {
		parts string
		total int64 // -1 for none
		want  string
	}{
		{"6 · · 0", 60, ""},              // the outcomes of the samples: · may be far above 6
		{"8 16 11 <5 <5 ·", 45, "16 11"}, // · is at most 45-35-2 = 8
		{"8 16 11 <5 <5 ·", -1, ""},      // without a total · may be anything
		{"5 <5 <5", -1, "5"},             // <5 is less than 5
		{"9 9 9", 27, ""},                // three of one size are no two largest
		{"12 9 9", 30, "12"},             // nor is one of two equals the second
		{"12 9 4", 25, "12 9"},           //
		{"0 0", 0, ""},                   //
		{"7 3 ·", 17, ""},                // · may be 7 too
		{"8 3 ·", 18, "8"},               // · is at most 7
		{"12 4 · <5", 24, "12"},          //
		{"", 5, ""},                      //
		{"· ·", 10, ""},                  //
	} {
		var parts []transform.Figure
		for mark := range strings.FieldsSeq(c.parts) {
			n := int64(0)
			for _, d := range strings.Trim(mark, "<·") {
				n = n*10 + int64(d-'0')
			}
			parts = append(parts, part(mark, n))
		}
		var total *transform.Figure
		if c.total >= 0 {
			total = &transform.Figure{Value: transform.CountOf(c.total)}
		}
		var got []string
		for _, f := range reports.Largest(parts, total, threshold, 2) {
			got = append(got, f.Dims[0].Value)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s of %d: largest are %q, want %q", c.parts, c.total, got, c.want)
		}
	}
}

// Whatever stands behind the marks, what is called the largest is larger than all the rest.
func TestLargestIsTrue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Int64Range(0, 30), 1, 6).Draw(t, "values")
		var parts []transform.Figure
		sum := int64(0)
		for _, v := range values {
			sum += v
			switch {
			case v > 0 && v < threshold:
				parts = append(parts, part(rapid.SampledFrom([]string{"<5", "·"}).Draw(t, "small"), v))
			case rapid.Bool().Draw(t, "hide"):
				parts = append(parts, part("·", v))
			default:
				parts = append(parts, part("shown", v))
			}
		}
		var total *transform.Figure
		if rapid.Bool().Draw(t, "total") {
			total = &transform.Figure{Value: transform.CountOf(sum)}
		}
		named := map[*transform.Figure]bool{}
		least := int64(1 << 40)
		for _, f := range reports.Largest(parts, total, threshold, 2) {
			named[f] = true
			least = min(least, f.Value.Int())
		}
		if len(named) == 0 {
			return
		}
		for i := range parts {
			if !named[&parts[i]] && values[i] >= least {
				t.Fatalf("%v: %d is not named and not below %d", values, values[i], least)
			}
		}
	})
}
