// Package disclose stands between the exact results and their readers: every broken-down count
// about persons goes through it, and reports accept nothing else.
package disclose

import "lvv/transform"

// Published is what readers may see of a run. Figures that are hidden carry
// [transform.Suppressed] and no value. Only this package makes one.
type Published struct {
	results transform.Results
	// MinCell is the smallest count that is shown; 0 means that the control was switched off, and
	// then every page says so.
	MinCell int
	// Hidden counts the hidden figures; Notes explains them to the reader, by figure id.
	Hidden int
	Notes  map[string]Note
}

// Note says under a table what was hidden and why.
type Note struct {
	Primary   int  // counts below the threshold
	Secondary int  // figures hidden because a primary one could be derived from them
	Withdrawn bool // the audit could not clear the table, so none of it is shown
}

// Results returns the figures as readers may see them. The caller must not change them.
func (p *Published) Results() *transform.Results { return &p.results }

// Uncontrolled publishes exact results with the control switched off: MinCell is 0, and every page
// says so.
func Uncontrolled(r *transform.Results) *Published { return &Published{results: *r} }
