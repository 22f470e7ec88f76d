package html

import (
	"slices"
	"unicode/utf8"

	"github.com/go-echarts/go-echarts/v2/charts"

	"lvv/reports/content"
)

// outlines are the strokes around the ribbons of each scenario.
var outlines = []any{"solid", "dashed", "dotted", []int{10, 3, 2, 3}}

// ribbonLabel is the part of all flows from which a ribbon is wide enough for its number: one in so many.
const ribbonLabel = 25

// flowChart draws ribbons from the nodes at the left to those at the right. Names carry their side, because
// one at the left and one at the right may be the same.
func flowChart(c *content.Chart) *drawing {
	var from, to []string
	for _, f := range c.Flows {
		if !slices.Contains(from, f.From) {
			from = append(from, f.From)
		}
		if !slices.Contains(to, f.To) {
			to = append(to, f.To)
		}
	}
	chart := charts.NewSankey()
	chart.AddSeries("", nil, nil)
	var nodes, links []object
	side := func(names []string, mark string, depth int, position string) {
		for i, name := range names {
			node := object{"name": mark + name, "depth": depth,
				"label":     object{"position": position, "formatter": name},
				"itemStyle": object{"color": inkColour}}
			if depth == 0 {
				node["itemStyle"] = object{"color": colour(i%4 + 1)}
			}
			nodes = append(nodes, node)
		}
	}
	side(from, "<", 0, "left")
	side(to, ">", 1, "right")
	all := 0.0
	for _, f := range c.Flows {
		all += f.Low
	}
	for _, f := range c.Flows {
		// A ribbon bears its number and the outline of its source, so that it is told apart without colour.
		source := slices.Index(from, f.From)
		link := object{"source": "<" + f.From, "target": ">" + f.To, "value": max(f.Low, 1),
			"edgeLabel": object{"show": f.Low >= all/ribbonLabel, "formatter": f.Text},
			"lineStyle": object{"borderColor": colour(source%4 + 1), "borderWidth": 1.5, "borderType": outlines[source%len(outlines)]}}
		if !f.Drawn || f.Hidden() {
			link["lineStyle"] = object{"color": hiddenColour, "opacity": 0.25}
		}
		links = append(links, link)
	}
	left, right := nameWidth(from), nameWidth(to)
	const narrowName = 98
	small := object{"fontSize": fontSize - 2, "lineHeight": lineHeight - 3, "width": narrowName}
	return &drawing{chart: chart,
		narrow: object{"series": []object{{"label": small, "nodeGap": 26, "left": min(left, narrowName) + nameGap, "right": min(right, narrowName) + nameGap}}},
		over: object{"series": []object{{
			"edgeLabel": object{"color": "var(--lvv-ink)", "fontSize": fontSize - 1, "backgroundColor": surfaceColour, "padding": []int{2, 4}, "borderRadius": 3},
			"type":      "sankey", "data": nodes, "links": links, "left": left + nameGap, "right": right + nameGap, "top": 8, "bottom": 8,
			"nodeWidth": 10, "nodeGap": 14, "layoutIterations": 0, "draggable": false,
			"emphasis":  object{"focus": "none", "disabled": true},
			"label":     object{"color": "var(--lvv-ink)", "fontSize": fontSize, "lineHeight": lineHeight, "width": max(left, right), "overflow": "break"},
			"lineStyle": object{"color": "source", "opacity": 0.45, "curveness": 0.5}}}}}
}

// nameGap is what lies between the names beside a Sankey diagram and its nodes, and before its edge.
const nameGap = 9

// nameWidth is the room that the longest of the names takes, in a font of which little is known.
func nameWidth(names []string) int {
	longest := 0
	for _, name := range names {
		longest = max(longest, utf8.RuneCountInString(name))
	}
	return min(longest*fontSize*5/8, 220)
}
