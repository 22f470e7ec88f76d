package html

import (
	"strings"
	"unicode/utf8"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"lvv/reports/content"
)

// barHeight is the height in pixels of a chart with so many bars.
func barHeight(bars int) int { return 24 + 36*bars }

// barChart draws lying bars, the first on top, each with its text beside it. A hidden count is drawn up to its
// lower limit, and hatched from there to its upper one.
func barChart(c *content.Chart) *drawing {
	end := most(c.Y)
	if end == nil && highest(c) == 0 {
		end = 1 // or an empty chart would have no axis
	}
	if c.Mark != nil && end == nil && highest(c) < c.Mark.At {
		end = c.Mark.At // or the axis would end before the bound
	}
	chart := charts.NewBar()
	chart.SetGlobalOptions(
		charts.WithXAxisOpts(opts.XAxis{Type: "value", Min: 0, Max: end}),
		charts.WithYAxisOpts(opts.YAxis{Type: "category", Data: c.Names, Inverse: opts.Bool(true)}))
	var over []object
	right := 64
	for _, s := range c.Series {
		known, room, texts := barData(s)
		right = max(right, 24+nameWidth(texts))
		chart.AddSeries(s.Name, nil)
		chart.AddSeries(s.Name, nil)
		base := object{"emphasis": object{"disabled": true}, "barMaxWidth": 22, "stack": "total"}
		first, second := object{"data": known, "color": colourOf(s), "itemStyle": object{"color": colourOf(s)}, "z": 2}, object{"data": room, "z": 3}
		merge(first, base)
		merge(second, base)
		over = append(over, first, second)
	}
	d := &drawing{chart: chart,
		over: object{
			"grid":  []object{{"left": 8, "right": right, "top": 8, "bottom": 8, "containLabel": true}},
			"xAxis": []object{{"show": false, "axisLabel": object{"show": false}}},
			"yAxis": []object{{
				"axisLabel": categoryLabels(c.Names, 30, 200),
				"axisLine":  object{"show": true, "lineStyle": object{"color": ruleColour}},
				"axisTick":  object{"show": false}, "splitLine": object{"show": false}}},
			"series": over},
		narrow: object{
			"yAxis": []object{{"axisLabel": categoryLabels(c.Names, 14, 104)}}}}
	if c.Mark != nil {
		// The values stand in a column of their own, so that the line of the bound does not cross them.
		for _, s := range over {
			merge(s, object{"labelLayout": object{"x": "98%", "align": "right", "verticalAlign": "middle"}})
		}
		d.over["grid"] = []object{{"left": 8, "right": right, "top": 26, "bottom": 8, "containLabel": true}}
		merge(over[0], object{"markLine": object{"silent": true, "z": 1, "symbol": "none", "lineStyle": object{"color": targetColour, "type": "dashed", "width": 1.5},
			"label": object{"show": true, "position": "start", "formatter": c.Mark.Name, "color": inkColour, "fontSize": fontSize},
			"data":  []object{{"xAxis": c.Mark.At}}}})
	}
	if c.Small { // its amounts take the room that they need on any screen
		d.narrow = nil
		merge(d.over, object{"grid": []any{object{"left": 16, "right": 104, "top": 6, "bottom": 6, "containLabel": true}}})
	}
	return d
}

// barData are the bars of a series: what is certain, the room that is left above it, and the texts beside.
func barData(s content.Series) (known, room []object, texts []string) {
	for _, p := range s.Points {
		label := object{"show": true, "position": "right", "formatter": p.Text, "color": inkColour, "fontSize": fontSize, "backgroundColor": surfaceColour, "padding": []int{1, 2}}
		a, b := object{"value": 0}, object{"value": 0, "label": label}
		if p.Drawn {
			a["value"], b["value"] = p.Low, p.High-p.Low
		}
		if p.Hidden() {
			b["itemStyle"] = object{"color": surfaceColour, "borderColor": hiddenColour, "borderWidth": 1, "decal": hiddenDecal()}
		}
		known, room, texts = append(known, a), append(room, b), append(texts, p.Text)
	}
	return known, room, texts
}

// highest is the length of the longest bar.
func highest(c *content.Chart) (most float64) {
	for _, s := range c.Series {
		for _, p := range s.Points {
			if p.Drawn {
				most = max(most, p.High)
			}
		}
	}
	return most
}

// categoryLabels styles the names of bars. Where one is longer than so many characters, the names break at a
// width in pixels.
func categoryLabels(names []string, longest, width int) object {
	o := object{"color": inkColour, "fontSize": fontSize, "lineHeight": lineHeight - 2, "interval": 0}
	for _, name := range names {
		if utf8.RuneCountInString(name) > longest {
			o["width"], o["overflow"] = max(width, longestWord(names)), "break"
		}
	}
	return o
}

// longestWord is the room that the longest word of the names takes, so that none is broken.
func longestWord(names []string) int {
	const character, most = 9, 150
	longest := 0
	for _, name := range names {
		for word := range strings.FieldsSeq(name) {
			longest = max(longest, utf8.RuneCountInString(word))
		}
	}
	return min(longest*character, most)
}

// legendHeight is what a legend takes above a narrow picture, with a line for each name.
func legendHeight(names []string) int { return 22 + 24*len(names) }

// hiddenDecal is the hatching of the room in which a hidden count lies.
func hiddenDecal() object {
	return object{"color": hiddenColour, "dashArrayX": []int{1, 0}, "dashArrayY": []int{2, 4}, "rotation": 0.785}
}

// columnChart draws standing columns, side by side.
func columnChart(c *content.Chart) *drawing {
	chart := charts.NewBar()
	chart.SetGlobalOptions(
		charts.WithXAxisOpts(opts.XAxis{Type: "category"}),
		charts.WithYAxisOpts(opts.YAxis{Type: "value", Min: 0, Max: most(c.Y)}))
	chart.SetXAxis(c.Names)
	var over []object
	var names []string
	for i, s := range c.Series {
		chart.AddSeries(s.Name, nil)
		var data []object
		for _, p := range s.Points {
			item := object{"value": "-"}
			if p.Drawn {
				item["value"] = p.Low
			}
			data = append(data, item)
		}
		over = append(over, object{"data": data, "color": colourOf(s), "itemStyle": object{"color": colourOf(s)},
			"emphasis": object{"disabled": true}, "barMaxWidth": 22, "barGap": "25%", "z": 3 + i})
		names = append(names, s.Name)
	}
	d := &drawing{chart: chart,
		over: object{
			"grid":   []object{{"left": 8, "right": 12, "top": 44, "bottom": 8, "containLabel": true}},
			"xAxis":  []object{axisStyle(content.Axis{}, false)},
			"yAxis":  []object{axisStyle(c.Y, true)},
			"legend": object{"show": true, "data": names, "left": 0, "top": 0, "itemGap": 16, "textStyle": object{"color": inkColour, "fontSize": fontSize}},
			"series": over}}
	if len(c.Series) == 1 {
		d.over["legend"] = object{"show": false}
		d.over["grid"] = []object{{"left": 8, "right": 28, "top": 16, "bottom": 8, "containLabel": true}}
		return d
	}
	d.narrow = object{"grid": []object{{"top": legendHeight(names), "right": 28}}, "legend": object{"orient": "vertical", "itemGap": 8}}
	return d
}
