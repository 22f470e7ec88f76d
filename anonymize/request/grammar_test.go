package request

import (
	"slices"
	"testing"
)

// Every setting of units.yaml means something, and whoever can ask is told what.
func TestUnits(t *testing.T) {
	for _, u := range units() {
		for _, other := range u.Within {
			if unitNamed(other) == nil {
				t.Errorf("%s lie within %s, which are no unit", u.Name, other)
			}
		}
		if u.Curves != "" && u.field(u.Curves) == nil {
			t.Errorf("%s end by %s, which is no field", u.Name, u.Curves)
		}
		for _, f := range u.Fields {
			if !slices.Contains([]Kind{Codes, Number, Decimal, Day}, f.Kind) || (f.Kind == Number) != (f.Bands != nil) {
				t.Errorf("%s.%s: kind %q, bands %v", u.Name, f.Name, f.Kind, f.Bands)
			}
			if asked := !u.Reported && !f.Reported; asked && (f.NL == "" || f.EN == "") {
				t.Errorf("%s.%s has no text", u.Name, f.Name)
			}
		}
	}
}
