package html

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"lvv/transform"
)

// bar is one bar: its value, and the text that stands beside it. A hidden bar is a hatched mark of a
// fixed length, which says nothing about the value.
type bar struct {
	value  transform.Value
	text   string
	hidden bool
}

// barSeries is one colour of bars.
type barSeries struct {
	name   string
	colour string
	bars   []bar
}

// barHeight is the height in pixels of a chart with so many bars.
func barHeight(bars int) int { return 24 + 36*bars }

// hiddenStub is the share of the axis that a hidden bar takes.
const hiddenStub = 0.06

// barChart draws horizontal bars, the first category on top, each with its value beside it. A series
// on its own takes no legend; several are stacked or stand under each other.
func barChart(x axis, categories []string, series []barSeries, stacked bool) *drawing {
	if x.max == nil && !anyBar(series) {
		x.max = 1 // or hidden bars would fill the picture
	}
	chart := charts.NewBar()
	chart.SetGlobalOptions(
		charts.WithXAxisOpts(opts.XAxis{Type: "value", Min: x.min, Max: x.max}),
		charts.WithYAxisOpts(opts.YAxis{Type: "category", Data: categories, Inverse: opts.Bool(true)}),
		charts.WithTooltipOpts(opts.Tooltip{Trigger: "item"}))
	stub := largest(series) * hiddenStub
	over := make([]object, len(series))
	names := make([]string, len(series))
	for i, s := range series {
		chart.AddSeries(s.name, nil)
		over[i] = s.over(i, categories, stub, stacked)
		names[i] = s.name
	}
	d := &drawing{chart: chart,
		over: object{
			"grid":  []object{{"left": 8, "right": 64, "top": 8, "bottom": 8, "containLabel": true}},
			"xAxis": []object{{"show": false, "axisLabel": object{"show": false}}},
			"yAxis": []object{{
				"axisLabel": categoryLabels(categories, 30, 200),
				"axisLine":  object{"show": true, "lineStyle": object{"color": ruleColour}},
				"axisTick":  object{"show": false}, "splitLine": object{"show": false}}},
			"series": over},
		narrow: object{
			"grid":  []object{{"right": 44}},
			"yAxis": []object{{"axisLabel": categoryLabels(categories, 16, 124)}}}}
	if len(series) > 1 {
		d.over["legend"] = object{"show": true, "data": names, "left": 0, "top": 0, "itemGap": 16, "textStyle": object{"color": inkColour, "fontSize": fontSize}}
		merge(d.over, object{"grid": []any{object{"left": 8, "right": 64, "top": 36, "bottom": 8, "containLabel": true}}})
		d.narrow["grid"] = []object{{"top": legendHeight(names), "right": 44}}
		d.narrow["legend"] = object{"orient": "vertical", "itemGap": 8}
	}
	return d
}

// categoryLabels styles the names of bars. Where one is longer than so many characters, the names
// break at a width in pixels.
func categoryLabels(names []string, longest, width int) object {
	o := object{"color": inkColour, "fontSize": fontSize, "lineHeight": lineHeight - 2, "interval": 0}
	for _, name := range names {
		if utf8.RuneCountInString(name) > longest {
			o["width"], o["overflow"] = width, "break"
		}
	}
	return o
}

// legendHeight is what a legend takes above a narrow picture, with a line for each name.
func legendHeight(names []string) int { return 22 + 24*len(names) }

func (s *barSeries) over(i int, categories []string, stub float64, stacked bool) object {
	data := make([]object, len(s.bars))
	for j, b := range s.bars {
		tip := categories[j] + ": " + b.text
		if s.name != "" {
			tip = categories[j] + ", " + s.name + ": " + b.text
		}
		item := object{
			"value":   "-",
			"label":   object{"show": !stacked, "position": "right", "formatter": b.text, "color": inkColour, "fontSize": fontSize},
			"tooltip": object{"formatter": tip},
		}
		switch {
		case b.hidden:
			item["value"] = stub
			item["itemStyle"] = object{"color": surfaceColour, "borderColor": hiddenColour, "borderWidth": 1, "decal": hiddenDecal()}
		case !b.value.IsNull():
			item["value"] = b.value.Float()
		}
		data[j] = item
	}
	o := object{
		"data": data, "color": s.colour, "itemStyle": object{"color": s.colour},
		"emphasis": object{"disabled": true}, "barMaxWidth": 22, "barGap": "25%", "z": 2 + i,
	}
	if stacked {
		o["stack"] = "total"
	}
	return o
}

// hiddenDecal is the hatching of a mark whose value is not shown.
func hiddenDecal() object {
	return object{"color": hiddenColour, "dashArrayX": []int{1, 0}, "dashArrayY": []int{2, 4}, "rotation": 0.785}
}

// largest returns the largest value of the bars, and 1 where there is none.
func largest(series []barSeries) float64 {
	most := 0.0
	for _, s := range series {
		for _, b := range s.bars {
			if !b.hidden {
				most = max(most, b.value.Float())
			}
		}
	}
	if most == 0 {
		return 1
	}
	return most
}

// anyBar reports whether a bar has a length of its own.
func anyBar(series []barSeries) bool {
	return slices.ContainsFunc(series, func(s barSeries) bool {
		return slices.ContainsFunc(s.bars, func(b bar) bool { return !b.hidden && b.value.Float() != 0 })
	})
}

// barOf makes the bar of a figure.
func (b *builder) barOf(f *transform.Figure) bar {
	out := bar{text: b.lang.Figure(f, b.minCell)}
	if f == nil {
		return out
	}
	out.hidden = f.Status == transform.Suppressed
	if f.Status == "" {
		out.value = f.Value
	}
	return out
}

// euros is the axis of amounts: in cents where the marks of its scale lie less than a euro apart.
func euros(series []barSeries) axis {
	const wholeFrom = 5
	if largest(series) < wholeFrom {
		return axis{format: "cents", min: 0}
	}
	return axis{format: "euro", min: 0}
}

// columnChart draws columns by quarter.
func columnChart(y axis, categories []string, series []barSeries) *drawing {
	chart := charts.NewBar()
	chart.SetGlobalOptions(
		charts.WithXAxisOpts(opts.XAxis{Type: "category"}),
		charts.WithYAxisOpts(opts.YAxis{Type: "value", Min: y.min, Max: y.max}),
		charts.WithTooltipOpts(opts.Tooltip{Trigger: "item"}))
	chart.SetXAxis(categories)
	over := make([]object, len(series))
	names := make([]string, len(series))
	for i, s := range series {
		chart.AddSeries(s.name, nil)
		over[i] = s.over(i, categories, 0, true)
		delete(over[i], "stack")
		over[i]["barMaxWidth"] = 28
		names[i] = s.name
	}
	x := axisStyle(axis{}, false)
	delete(x, "lvvFormat")
	values := axisStyle(y, true)
	delete(values, "z")
	d := &drawing{chart: chart, over: object{
		"grid":   []object{{"left": 8, "right": 12, "top": 36, "bottom": 8, "containLabel": true}},
		"xAxis":  []object{x},
		"yAxis":  []object{values},
		"legend": object{"show": len(series) > 1, "data": names, "left": 0, "top": 0, "itemGap": 16, "textStyle": object{"color": inkColour, "fontSize": fontSize}},
		"series": over,
	}}
	if len(series) == 1 {
		d.over["grid"] = []object{{"left": 8, "right": 12, "top": 16, "bottom": 8, "containLabel": true}}
		return d
	}
	d.narrow = object{"grid": []object{{"top": legendHeight(names)}}, "legend": object{"orient": "vertical", "itemGap": 8}}
	return d
}

// funnelChart draws stages in their given order, the widest the largest.
func funnelChart(stages []string, bars []bar) *drawing {
	chart := charts.NewFunnel()
	chart.AddSeries("", nil)
	chart.SetGlobalOptions(charts.WithTooltipOpts(opts.Tooltip{Trigger: "item"}))
	most := largest([]barSeries{{bars: bars}})
	var data []object
	// Each stage narrows to the next. The last would narrow to a point, as if nobody were left: a stage
	// of its own width and no height follows it.
	share := fmt.Sprintf("%.2f%%", 100/float64(len(stages)))
	for i, b := range bars {
		item := object{"name": stages[i], "value": b.value.Float(),
			"itemStyle": object{"color": colour(i + 1), "borderWidth": 0, "height": share},
			"label":     object{"formatter": stages[i] + ": " + b.text},
			"tooltip":   object{"formatter": stages[i] + ": " + b.text}}
		if b.hidden {
			item["value"] = most * hiddenStub
			item["itemStyle"] = object{"color": surfaceColour, "borderColor": hiddenColour, "borderWidth": 1, "height": share, "decal": hiddenDecal()}
		}
		data = append(data, item)
	}
	data = append(data, object{"name": "", "value": data[len(data)-1]["value"], "itemStyle": object{"height": "0%", "opacity": 0},
		"label": object{"show": false}, "labelLine": object{"show": false}, "tooltip": object{"show": false}})
	return &drawing{chart: chart,
		over: object{"series": []object{{
			"type": "funnel", "sort": "none", "data": data, "left": 8, "width": "50%", "top": 8, "bottom": 8,
			"min": 0, "max": most, "minSize": "0%", "maxSize": "100%", "gap": 4, "funnelAlign": "center",
			"emphasis":  object{"disabled": true},
			"label":     object{"show": true, "position": "right", "color": inkColour, "fontSize": fontSize + 1},
			"labelLine": object{"show": true, "length": 12, "lineStyle": object{"color": ruleColour}}}}},
		narrow: object{"series": []object{{"width": "36%", "label": object{"fontSize": fontSize}}}}}
}
