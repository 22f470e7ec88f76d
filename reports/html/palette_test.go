package html

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Both palettes: text against its ground, marks against the surface, and marks against each other by
// lightness alone.
func TestPalette(t *testing.T) {
	css := asset("page.css")
	light, dark, ok := strings.Cut(css, "@media screen and (prefers-color-scheme: dark)")
	if !ok {
		t.Fatal("no dark mode in the style sheet")
	}
	for name, part := range map[string]string{"light": light, "dark": dark} {
		colours := map[string][3]float64{}
		for _, m := range regexp.MustCompile(`--lvv-([a-z0-9-]+): #([0-9a-f]{6});`).FindAllStringSubmatch(part, -1) {
			colours[m[1]] = rgb(t, m[2])
		}
		check := func(front, back string, least float64) {
			if c := contrast(colours[front], colours[back]); c < least {
				t.Errorf("%s: %s on %s has contrast %.2f, want %.1f", name, front, back, c, least)
			}
		}
		for _, text := range []string{"ink", "ink-soft", "accent"} {
			check(text, "surface", 4.5)
			check(text, "page", 4.5)
		}
		check("warning-ink", "warning", 4.5)
		var marks []string
		for i := 1; i <= 4; i++ {
			marks = append(marks, fmt.Sprintf("chart-%d", i))
		}
		for i, m := range marks {
			check(m, "surface", 3)
			for _, other := range marks[:i] {
				if d := math.Abs(lightness(colours[m]) - lightness(colours[other])); d < 7 {
					t.Errorf("%s: %s and %s differ by %.1f in lightness, want 7", name, m, other, d)
				}
			}
		}
		check("chart-target", "surface", 3)
		check("chart-hidden", "surface", 3)
	}
}

func rgb(t *testing.T, hex string) (c [3]float64) {
	t.Helper()
	for i := range c {
		n, err := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		if v := float64(n) / 255; v <= 0.04045 {
			c[i] = v / 12.92
		} else {
			c[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return c
}

func luminance(c [3]float64) float64 { return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2] }

func contrast(a, b [3]float64) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// lightness is L* of CIELAB.
func lightness(c [3]float64) float64 { return 116*math.Cbrt(luminance(c)) - 16 }
