package html

import (
	"regexp"
	"strconv"
	"testing"
	"unicode/utf8"

	"lvv/reports"
)

var (
	ribbonPath = regexp.MustCompile(`<path d="M([\d.]+) [\d.]+C[^"]*?L([\d.]+) [^"]*" transform="translate\(([\d.]+) `)
	nameText   = regexp.MustCompile(`<text [^>]*text-anchor="(start|end)"[^>]*transform="translate\(([\d.]+) [^>]*>([^<]+)<`)
)

// TestNamesBesideRibbons draws the flows: every name stands beside the ribbons, and within the picture.
func TestNamesBesideRibbons(t *testing.T) {
	number := func(s string) float64 {
		v, err := strconv.ParseFloat(s, 64)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, lang := range []reports.Lang{reports.Dutch, reports.English} {
		b, err := newBuilder(document(t, lang))
		if err != nil {
			t.Fatal(err)
		}
		p := b.sankeyPicture()
		if err := drawAll([]*picture{p}, lang); err != nil {
			t.Fatal(err)
		}
		left, right := float64(svgWidth), 0.0
		for _, m := range ribbonPath.FindAllStringSubmatch(string(p.SVG), -1) {
			left, right = min(left, number(m[3])+number(m[1])), max(right, number(m[3])+number(m[2]))
		}
		if right-left < 200 {
			t.Errorf("%s: the ribbons run from %.0f to %.0f", lang, left, right)
		}
		names := nameText.FindAllStringSubmatch(string(p.SVG), -1)
		if len(names) < 6 {
			t.Errorf("%s: there are %d names", lang, len(names))
		}
		for _, m := range names {
			const character = 7.5 // pixels of an average one in a wide font of this size
			at, wide := number(m[2]), character*float64(utf8.RuneCountInString(m[3]))
			if m[1] == "end" && (at > left || at-wide < 0) || m[1] == "start" && (at < right || at+wide > svgWidth) {
				t.Errorf("%s: %q stands at %.0f, the ribbons from %.0f to %.0f", lang, m[3], at, left, right)
			}
		}
	}
}
