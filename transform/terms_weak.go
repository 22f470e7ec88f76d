package transform

// Lowered is a term that protects less than it does by default.
type Lowered struct {
	Name    string `json:"name"` // as pilot.yaml has it below disclosure
	Value   int    `json:"value"`
	Default int    `json:"default"`
}

// Lowered returns the terms of disclosure that are below their defaults. Every output says so.
func (t *Terms) Lowered() []Lowered {
	var out []Lowered
	for _, l := range []Lowered{{"min_cell", t.MinCell, DefaultMinCell}, {"k", t.K, defaultK}, {"l", t.L, defaultL}} {
		if l.Value < l.Default {
			out = append(out, l)
		}
	}
	return out
}
