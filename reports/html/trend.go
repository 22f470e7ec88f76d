package html

import (
	"fmt"
	"html/template"
	"math"
	"strings"

	"lvv/reports/content"
)

// The size of a small line in a table, with room for its ends.
const (
	trendWidth, trendHeight = 112, 28
	trendEdge               = 4
)

// trend draws the small line of a cell: a point for each quarter at even distances, from the lowest value to the
// highest, with a gap where there is none, and a dot at the last one. Its title says what the cell says.
func trend(c content.Cell) template.HTML {
	low, high := math.Inf(1), math.Inf(-1)
	for _, q := range c.Trend {
		if !q.Value.IsNull() {
			low, high = min(low, q.Value.Float()), max(high, q.Value.Float())
		}
	}
	var path strings.Builder
	last, step := "", "M"
	for i, q := range c.Trend {
		if q.Value.IsNull() {
			step = "M"
			continue
		}
		x := trendEdge + float64(trendWidth-2*trendEdge)*float64(i)/float64(max(1, len(c.Trend)-1))
		y := float64(trendHeight) / 2
		if high > low {
			y = trendEdge + float64(trendHeight-2*trendEdge)*(high-q.Value.Float())/(high-low)
		}
		fmt.Fprintf(&path, "%s%.1f %.1f", step, x, y)
		if step == "M" {
			path.WriteString("h0") // a dot where both neighbours are gaps
		}
		last, step = fmt.Sprintf(`<circle cx="%.1f" cy="%.1f" r="3" fill="var(--lvv-chart-1)"/>`, x, y), "L"
	}
	return template.HTML(fmt.Sprintf(`<svg viewBox="0 0 %d %d" role="img"><title>%s</title><path d="%s" fill="none" stroke="var(--lvv-chart-1)" stroke-width="1.75" stroke-linejoin="round" stroke-linecap="round"/>%s</svg>`, //nolint:gosec // numbers, and text that is escaped
		trendWidth, trendHeight, template.HTMLEscapeString(c.Text), path.String(), last))
}
