package html

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html/template"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"lvv/transform"
)

// object is a part of ECharts options for which go-echarts has no field.
type object = map[string]any

// drawing is a chart: the options that go-echarts builds, and what is laid over them.
type drawing struct {
	chart interface {
		Validate()
		JSON() map[string]any
	}
	over   object
	narrow object // laid over once more on a narrow screen
}

// narrowWidth is the width in pixels below which a picture is drawn for a telephone.
const narrowWidth = 480

// colour names the style sheet's custom property of a series. The options carry properties and no
// colours, so that a theme, the dark mode and paper need no other options.
func colour(i int) string { return fmt.Sprintf("var(--lvv-chart-%d)", i) }

const (
	inkColour     = "var(--lvv-ink-soft)"
	ruleColour    = "var(--lvv-rule)"
	surfaceColour = "var(--lvv-surface)"
	targetColour  = "var(--lvv-chart-target)"
	hiddenColour  = "var(--lvv-chart-hidden)"
	decalColour   = "var(--lvv-chart-decal)"
	fontSize      = 13
	lineHeight    = 16
	pointSize     = 8
)

// What lies over what: a band hides what is beneath its lower edge, so the grid is drawn over it.
const (
	bandLevel = 1
	gridLevel = 2
	lineLevel = 3
)

// labelWidth is what the names of lines take at the right of a picture.
const labelWidth = 136

// decals are the patterns of filled marks, in the order of the colours: solid, then hatched and
// dotted, so that no two neighbours look alike in grey.
func decals() []object {
	line := func(rotation float64, gap int) object {
		return object{"color": decalColour, "dashArrayX": []int{1, 0}, "dashArrayY": []int{2, gap}, "rotation": rotation}
	}
	dots := object{"color": decalColour, "symbol": "circle", "symbolSize": 0.7,
		"dashArrayX": [][]int{{7, 7}, {0, 7, 7, 0}}, "dashArrayY": []int{7, 0}}
	return []object{noDecal(), line(0.785, 5), dots, line(-0.785, 5), line(0, 4)}
}

// noDecal leaves a mark plain. ECharts also takes the word none, and then fails on it in strict mode.
func noDecal() object { return object{"symbol": "none"} }

// options returns the drawing as JSON, with <, > and & escaped, ready for a script element.
func (d *drawing) options(alt string) (template.JS, error) {
	d.chart.Validate()
	text, err := json.Marshal(d.chart.JSON())
	if err != nil {
		return "", err
	}
	base := object{}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&base); err != nil {
		return "", err
	}
	delete(base, "title")
	delete(base, "toolbox")
	merge(base, object{
		"animation": false, "useUTC": true,
		"textStyle": object{"fontFamily": "sans-serif", "fontSize": fontSize, "color": inkColour},
		"aria": object{"enabled": true, "label": object{"enabled": true, "description": alt},
			"decal": object{"show": true, "decals": decals()}},
		"legend": object{"show": false},
		"tooltip": object{"renderMode": "richText", "confine": true, "backgroundColor": surfaceColour,
			"borderColor": ruleColour, "borderWidth": 1,
			"textStyle": object{"color": "var(--lvv-ink)", "fontSize": fontSize}},
	})
	merge(base, d.over)
	full := base
	if d.narrow != nil {
		full = object{"baseOption": base, "media": []object{{"query": object{"maxWidth": narrowWidth}, "option": d.narrow}}}
	}
	text, err = json.Marshal(full)
	if err != nil {
		return "", err
	}
	return template.JS(text), nil //nolint:gosec // json.Marshal escapes what could end a script element
}

// merge lays src over dst: objects key by key, lists of objects item by item; anything else, lists
// of other things among them, is replaced.
func merge(dst, src object) {
	for k, v := range src {
		dst[k] = merged(dst[k], v)
	}
}

func merged(old, v any) any {
	switch v := v.(type) {
	case object:
		into, ok := old.(object)
		if !ok {
			into = object{}
		}
		merge(into, v)
		return into
	case []object:
		switch was := old.(type) {
		case []any:
			list := make([]any, max(len(was), len(v)))
			copy(list, was)
			for i := range v {
				list[i] = merged(list[i], v[i])
			}
			return list
		case []object:
			list := make([]object, max(len(was), len(v)))
			copy(list, was)
			for i := range v {
				list[i], _ = merged(list[i], v[i]).(object)
			}
			return list
		}
	}
	return v
}

// axis is one axis of a chart with the name of its number format in charts.js.
type axis struct {
	format string // count, percent, euro, cents, days, date
	min    any
	max    any
}

func (a axis) kind() string {
	if a.format == "date" {
		return "time"
	}
	return "value"
}

// lineStyle says how a line of a chart looks.
type lineStyle struct {
	colour  string
	dash    string // solid, dashed, dotted
	width   float32
	area    float32 // opacity of the area beneath; 0 for none
	mask    bool    // fill beneath with the surface's colour: the lower edge of a band
	step    bool
	stack   bool
	silent  bool // no label at its end
	keyed   bool // its name stands in the key under the picture: a label at its end would lie over another line
	pattern bool // keep the decal of its place
}

// lineSeries is one line: x as a number (milliseconds for dates), y null where nothing is known.
type lineSeries struct {
	name string
	x    []float64
	y    []transform.Value
	lineStyle
}

// lineChart draws lines that are labelled at their ends; on a narrow screen a legend takes the
// labels' place.
func lineChart(x, y axis, series []lineSeries) *drawing {
	chart := charts.NewLine()
	chart.SetGlobalOptions(
		charts.WithXAxisOpts(opts.XAxis{Type: x.kind(), Min: x.min, Max: x.max}),
		charts.WithYAxisOpts(opts.YAxis{Type: y.kind(), Min: y.min, Max: y.max}),
		charts.WithTooltipOpts(opts.Tooltip{Trigger: "axis"}))
	over, narrow := make([]object, len(series)), make([]object, len(series))
	horizontal, horizontalNarrow := axisStyle(x, false), object{}
	if x.format == "date" {
		from, to := extent(series)
		merge(horizontal, dateAxis(from, to, wideTicks))
		horizontalNarrow = dateAxis(from, to, narrowTicks)
		delete(horizontalNarrow, "lvvFormat") // labels are written as on a wide screen
	}
	var names []string
	for i, s := range series {
		chart.AddSeries(s.name, linePoints(s), charts.WithLineStyleOpts(opts.LineStyle{Color: s.colour, Type: s.dash, Width: s.width}))
		over[i], narrow[i] = s.over(i), object{"endLabel": object{"show": false}}
		if !s.silent {
			names = append(names, s.name)
		}
	}
	return &drawing{chart: chart,
		over: object{
			"lvvFormat": y.format,
			"grid":      []object{{"left": 8, "right": labelWidth, "top": 16, "bottom": 8, "containLabel": true}},
			"xAxis":     []object{horizontal}, "yAxis": []object{axisStyle(y, true)},
			"series": over},
		narrow: object{
			"grid":   []object{{"right": 12, "top": legendHeight(names)}},
			"xAxis":  []object{horizontalNarrow},
			"legend": object{"show": true, "data": names, "orient": "vertical", "left": 0, "top": 0, "itemGap": 8, "textStyle": object{"color": inkColour}},
			"series": narrow}}
}

func linePoints(s lineSeries) []opts.LineData {
	data := make([]opts.LineData, len(s.x))
	for i, x := range s.x {
		var y any = "-"
		if !s.y[i].IsNull() {
			y = s.y[i].Float()
		}
		data[i] = opts.LineData{Value: []any{x, y}}
	}
	return data
}

func (s *lineSeries) over(i int) object {
	z := lineLevel + i
	if s.mask || s.silent {
		z = bandLevel
	}
	o := object{
		"color": s.colour, "showSymbol": false, "symbol": "none", "z": z,
		"itemStyle": object{"color": s.colour, "decal": noDecal()},
		"emphasis":  object{"disabled": true},
		"endLabel": object{"show": !s.silent && !s.keyed, "formatter": "{a}", "color": inkColour, "fontSize": fontSize,
			"width": labelWidth - 32, "overflow": "break", "lineHeight": lineHeight, "padding": []int{2, 0, 4, 0}},
		"labelLayout": object{"moveOverlap": "shiftY"},
	}
	if s.point() {
		merge(o, object{"showSymbol": true, "symbol": "circle", "symbolSize": pointSize})
	}
	if s.step {
		o["step"] = "end"
	}
	if s.stack {
		o["stack"] = "total"
	}
	if s.pattern {
		o["itemStyle"] = object{"color": s.colour}
	}
	switch {
	case s.mask:
		o["areaStyle"] = object{"color": surfaceColour, "opacity": 1}
	case s.area > 0:
		o["areaStyle"] = object{"color": s.colour, "opacity": s.area}
	}
	return o
}

// point reports whether a line has one known point alone, of which ECharts draws nothing.
func (s *lineSeries) point() bool {
	n := 0
	for _, y := range s.y {
		if !y.IsNull() {
			n++
		}
	}
	return n == 1 && !s.silent && !s.mask
}

func axisStyle(a axis, grid bool) object {
	o := object{
		"lvvFormat": a.format,
		"z":         gridLevel,
		"axisLabel": object{"color": inkColour, "fontSize": fontSize, "lineHeight": lineHeight, "hideOverlap": true},
		"axisLine":  object{"show": !grid, "lineStyle": object{"color": ruleColour}},
		"axisTick":  object{"show": !grid, "lineStyle": object{"color": ruleColour}},
		"splitLine": object{"show": grid, "lineStyle": object{"color": ruleColour}},
	}
	switch a.format {
	case "count":
		o["minInterval"] = 1
	case "cents":
		o["minInterval"] = 0.01
	}
	return o
}
