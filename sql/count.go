package sql

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"lvv/internal/lists"
)

// Count names counts of a figure: those of the breakdown by exactly Dims.
type Count struct {
	Figure string // or the id of a figure with Of
	Of     string // "numerator" or "denominator" of a share, else ""
	Dims   []CountDim
}

// CountDim is a dimension of a [Count], with one value, several (a|b), or, when Value is "", all of them.
type CountDim struct{ Name, Value string }

// Has reports whether a value is among those of the dimension.
func (d *CountDim) Has(value string) bool {
	return d.Value == "" || slices.Contains(strings.Split(d.Value, "|"), value)
}

// parseCount reads "figure[dimension, dimension=value]".
func parseCount(text string) (Count, error) {
	id, dims, bracket := strings.Cut(text, "[")
	c := Count{Figure: strings.TrimSpace(id)}
	for _, of := range []string{"numerator", "denominator"} {
		if rest, ok := strings.CutSuffix(c.Figure, "."+of); ok {
			c.Figure, c.Of = rest, of
		}
	}
	if !bracket {
		return c, nil
	}
	dims, closed := strings.CutSuffix(strings.TrimSpace(dims), "]")
	if !closed {
		return c, fmt.Errorf("%q is not figure[dimension, dimension=value]", text)
	}
	for part := range strings.SplitSeq(dims, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		if name == "" && dims == "" {
			break
		}
		c.Dims = append(c.Dims, CountDim{strings.TrimSpace(name), strings.TrimSpace(value)})
	}
	return c, nil
}

// UnmarshalYAML reads a count as the catalogue writes it.
func (c *Count) UnmarshalYAML(n *yaml.Node) (err error) {
	if *c, err = parseCount(n.Value); err != nil {
		err = fmt.Errorf("line %d: %w", n.Line, err)
	}
	return err
}

// String writes a count as the catalogue does.
func (c Count) String() string {
	s := c.Figure
	if c.Of != "" {
		s += "." + c.Of
	}
	if len(c.Dims) == 0 {
		return s
	}
	parts := make([]string, len(c.Dims))
	for i, d := range c.Dims {
		parts[i] = d.Name
		if d.Value != "" {
			parts[i] += "=" + d.Value
		}
	}
	return s + "[" + strings.Join(parts, ", ") + "]"
}

// names returns the dimensions.
func (c *Count) names() []string {
	return lists.Map(c.Dims, func(d CountDim) string { return d.Name })
}

// Free returns the dimensions without a value.
func (c *Count) Free() []string {
	var out []string
	for _, d := range c.Dims {
		if d.Value == "" {
			out = append(out, d.Name)
		}
	}
	return out
}
