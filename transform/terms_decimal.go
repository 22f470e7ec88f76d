package transform

import (
	"fmt"
	"slices"
	"strings"

	"lvv/internal/say"
	"lvv/internal/settings"
	"lvv/transform/engine"
)

// A share is held in units of 10^-16, so that shares sum to exactly one: a third as programs write
// it has sixteen decimals.
const (
	shareDigits = 16
	shareUnit   = 10_000_000_000_000_000
	centDigits  = 2
	maxCents    = 1_000_000_000_000_00
)

// termsReader reads the pilot's terms.
type termsReader struct{ settings.Reader }

// names reads a list of names, each of which stands in it once; it may be absent.
func (r *termsReader) names(n *settings.Node, setting string) []string {
	var list []string
	for _, item := range r.list(n, setting, "Noord, Zuid") {
		name := r.Text(item)
		if slices.ContainsFunc(list, func(o string) bool { return strings.EqualFold(o, name) }) {
			r.Faultf(item.Line, "%s: %q stands twice; name each once", setting, name)
		}
		list = append(list, name)
	}
	return list
}

// cents reads an amount in euros with at most two decimals.
func (r *termsReader) cents(n *settings.Node, low int64) int64 {
	return r.decimal(n, centDigits, low, maxCents)
}

// decimal reads a decimal number exactly, in units of 10^-digits, between low and high units.
func (r *termsReader) decimal(n *settings.Node, digits int, low, high int64) int64 {
	expected := say.Errorf("a number from %s to %s with at most %d decimals and a dot, such as 0.5",
		formatDecimal(low, digits), formatDecimal(high, digits), digits)
	s, ok := r.Scalar(n, expected)
	if !ok {
		return 0
	}
	units, ok := engine.ParseDecimal(s, digits)
	if !ok || units < low || units > high {
		r.Faultf(n.Line, "%q is not %w", s, expected)
		return 0
	}
	return units
}

// formatDecimal writes units of 10^-digits without trailing zeros.
func formatDecimal(units int64, digits int) string {
	s := fmt.Sprintf("%0*d", digits+1, units)
	whole, fraction := s[:len(s)-digits], strings.TrimRight(s[len(s)-digits:], "0")
	if fraction == "" {
		return whole
	}
	return whole + "." + fraction
}
