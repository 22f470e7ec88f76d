package published

import (
	"slices"

	"lvv/internal/say"
	"lvv/transform"
)

// Validate says what is wrong with a document, by figure: one that says nothing or two things at once, a
// hidden count that is no count, a range without room, a figure that stands twice.
func (d *Document) Validate() error {
	if d.Lang != "nl" && d.Lang != "en" {
		return say.Errorf("lang is %q, expected nl or en", d.Lang)
	}
	if d.MinCell < 0 {
		return say.Errorf("min_cell is %d, expected 0 or more", d.MinCell)
	}
	seen := map[string]bool{}
	for i := range d.Figures {
		f := &d.Figures[i]
		if err := f.validate(d.MinCell); err != nil {
			return say.Errorf("figure %s: %w", f.Name(), err)
		}
		if seen[f.Name()] {
			return say.Errorf("figure %s stands twice", f.Name())
		}
		seen[f.Name()] = true
	}
	for i := range d.Series {
		for _, row := range d.Series[i].Rows {
			if len(row) == 0 || len(row) != len(d.Series[i].Columns) {
				return say.Errorf("series %s: a row has %d values for %d columns", d.Series[i].ID, len(row), len(d.Series[i].Columns))
			}
		}
	}
	return nil
}

// Name identifies a figure within a document, in whatever order its dimensions come.
func (f *Figure) Name() string { return transform.FigureName(f.ID, f.Dims) }

var statuses = []transform.Status{transform.NotAvailable, transform.Undefined}

func (f *Figure) validate(minCell int) error {
	said := 0
	for _, says := range []bool{!f.Value.IsNull(), f.Hidden != "", f.Range != nil, f.Withheld != "", f.Status != ""} {
		if says {
			said++
		}
	}
	switch {
	case f.ID == "" || f.Unit == "":
		return say.Errorf("it has no id or no unit")
	case said != 1:
		return say.Errorf("exactly one of value, hidden, range, withheld and status must tell; %d do", said)
	case f.Value.IsNull() && f.Status != transform.Undefined && !(f.Numerator.IsNull() && f.Denominator.IsNull()):
		return say.Errorf("it has a numerator or denominator without a value")
	case f.Suppressed() && minCell == 0:
		return say.Errorf("it is hidden, though min_cell 0 hides nothing")
	case (f.Hidden != "" || f.Range != nil) && f.Unit != "count":
		return say.Errorf("only counts are hidden or have a range")
	case f.Hidden != "" && f.Hidden != Small:
		return say.Errorf("hidden is %q, expected %q", f.Hidden, Small)
	case f.Withheld != "" && f.Withheld != Few:
		return say.Errorf("withheld is %q, expected %q", f.Withheld, Few)
	case f.Range != nil && (f.Range.Low < 0 || f.Range.High != Unbounded && f.Range.High < f.Range.Low):
		return say.Errorf("range [%d, %d] is empty", f.Range.Low, f.Range.High)
	case f.Status != "" && !slices.Contains(statuses, f.Status):
		return say.Errorf("unknown status %q", f.Status)
	}
	return nil
}
