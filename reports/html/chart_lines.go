package html

import (
	"math"
	"slices"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"lvv/internal/day"
	"lvv/internal/lists"
	"lvv/reports/content"
	"lvv/transform/engine"
)

func drawingOf(c *content.Chart) *drawing {
	switch c.Kind {
	case content.Bars:
		return barChart(c)
	case content.Columns:
		return columnChart(c)
	case content.Flow:
		return flowChart(c)
	}
	return lineChart(c)
}

const (
	smallWidth  = 330
	smallHeight = 96
	panelHeight = 180
)

// height is that of a chart in pixels.
func height(c *content.Chart) int {
	switch {
	case c.Small:
		return smallHeight
	case c.Panel:
		return panelHeight
	case c.Kind == content.Bars && c.Mark != nil:
		return barHeight(len(c.Names)) + 18
	case c.Kind == content.Bars:
		return barHeight(len(c.Names))
	case c.Kind == content.Flow:
		return 420
	}
	return 340
}

// most is the end of an axis, or nothing where the values decide.
func most(a content.Axis) any {
	if a.Max == 0 {
		return nil
	}
	return a.Max
}

// line is one line as ECharts draws it: a band takes two.
type line struct {
	name   string
	points []content.Point // at their Low
	role   content.Role
	colour string
	step   bool
	stack  bool
	edge   string // of a band: its lower edge, or the upper one, which is stacked on it
	silent bool   // no label at its end
	small  bool
}

// linesOf turns the series of a chart into lines, bands first. A curve leaves out the points that nobody
// would see.
func linesOf(c *content.Chart) []line {
	var bands, out []line
	for _, s := range c.Series {
		at := s.Points
		if c.Kind == content.Steps || c.Kind == content.Areas {
			at = visible(c.Series, s)
		}
		l := line{name: s.Name, points: at, role: s.Role, colour: colourOf(s), step: c.Kind != content.Lines, stack: c.Kind == content.Areas, small: c.Small}
		if s.Role == content.Band {
			upper, lower := l, l
			upper.edge, lower.edge, upper.silent, lower.silent = "upper", "lower", true, true
			upper.points = lists.Map(at, func(p content.Point) content.Point {
				p.Low = p.High - p.Low
				return p
			})
			bands = append(bands, lower, upper)
			continue
		}
		out = append(out, l)
	}
	// A line before a forecast would have its name lie over it: the key names it.
	for i := range out {
		if out[i].role == content.Reached && len(bands) > 0 && c.Kind == content.Lines {
			out[i].silent = true
		}
	}
	return append(bands, out...)
}

func colourOf(s content.Series) string {
	switch s.Role {
	case content.Target:
		return targetColour
	case content.Rest:
		return "var(--lvv-chart-rest)"
	}
	return colour(s.Colour)
}

// stepHeight is the least height of a step of a curve that a picture shows, of an axis from 0 to 1: about
// half a pixel.
const stepHeight = 0.0025

// visible returns the points of a series without those at which no series of the chart is a step away from
// the last one that stays. The first and the last stay.
func visible(all []content.Series, s content.Series) []content.Point {
	var out []content.Point
	last := 0
	for i, p := range s.Points {
		if i == 0 || i == len(s.Points)-1 || seen(all, last, i) {
			out, last = append(out, p), i
		}
	}
	return out
}

func seen(all []content.Series, before, now int) bool {
	return slices.ContainsFunc(all, func(s content.Series) bool {
		if now >= len(s.Points) {
			return false
		}
		a, b := s.Points[before], s.Points[now]
		return a.Drawn != b.Drawn || max(math.Abs(a.Low-b.Low), math.Abs(a.High-b.High)) >= stepHeight
	})
}

// position is a day as a number, or a date in milliseconds.
func position(v engine.Value) float64 {
	if d := v.Day(); d != day.None {
		return milliseconds(d)
	}
	return v.Float()
}

func milliseconds(d day.Day) float64 { return float64(d.Time().UnixMilli()) }

// lineChart draws lines that are labelled at their ends; on a narrow screen a legend takes the labels' place.
func lineChart(c *content.Chart) *drawing {
	chart := charts.NewLine()
	x := opts.XAxis{Type: "value", Min: 0}
	if c.X.Format == "date" {
		x = opts.XAxis{Type: "time"} // it begins where the data do
	}
	chart.SetGlobalOptions(
		charts.WithXAxisOpts(x),
		charts.WithYAxisOpts(opts.YAxis{Type: "value", Min: 0, Max: most(c.Y)}))
	list := linesOf(c)
	over, narrow := make([]object, len(list)), make([]object, len(list))
	horizontal, horizontalNarrow := axisStyle(c.X, false), object{}
	bottom := 8
	if c.X.Title != "" {
		merge(horizontal, object{"name": c.X.Title, "nameLocation": "middle", "nameGap": 28, "nameTextStyle": object{"color": inkColour, "fontSize": fontSize}})
		bottom = 28
	}
	var names []string
	for i := range list {
		l := &list[i]
		dash, width := l.stroke()
		chart.AddSeries(l.name, l.data(), charts.WithLineStyleOpts(opts.LineStyle{Color: l.colour, Type: dash, Width: width}))
		over[i], narrow[i] = l.over(i), object{"endLabel": object{"show": false}}
		if !l.silent {
			names = append(names, l.name)
		}
	}
	if c.X.Format == "date" {
		from, to := extent(list)
		merge(horizontal, dateAxis(from, to, wideTicks))
		horizontalNarrow = dateAxis(from, to, narrowTicks)
		delete(horizontalNarrow, "lvvFormat") // labels are written as on a wide screen
		if len(over) > 0 && !c.Small {
			merge(over[0], markedDays(from, to, c.Events))
		}
	}
	d := &drawing{chart: chart,
		over: object{
			"grid":  []object{{"left": 8, "right": labelWidth, "top": 20, "bottom": bottom, "containLabel": true}},
			"xAxis": []object{horizontal}, "yAxis": []object{axisStyle(c.Y, true)},
			"series": over},
		narrow: object{
			"grid":   []object{{"right": 12, "top": legendHeight(names)}},
			"xAxis":  []object{horizontalNarrow},
			"legend": object{"show": true, "data": names, "orient": "vertical", "left": 0, "top": 0, "itemGap": 8, "textStyle": object{"color": inkColour}},
			"series": narrow}}
	if c.Small { // no axes, labels at the ends on any screen
		d.narrow = nil
		merge(d.over, object{
			"grid":  []any{object{"left": 2, "right": 92, "top": 10, "bottom": 6, "containLabel": false}},
			"xAxis": []object{{"axisLabel": object{"show": false}, "axisTick": object{"show": false}}},
			"yAxis": []object{{"axisLabel": object{"show": false}, "splitLine": object{"show": false}}},
		})
	}
	return d
}

// markedDays are the beginnings of quarters, as thin lines, and the events, with their number on top.
func markedDays(from, to day.Day, events []content.Event) object {
	var data []object
	for _, d := range firsts(from+1, to, 3, 1) {
		data = append(data, object{"xAxis": milliseconds(d), "label": object{"show": false}, "lineStyle": object{"color": ruleColour, "type": "solid", "width": 1}})
	}
	for _, e := range events {
		data = append(data, object{"xAxis": milliseconds(e.Date.Day()), "lineStyle": object{"color": inkColour, "type": "dashed", "width": 1},
			"label": object{"show": true, "position": "end", "distance": 2, "formatter": e.Name, "color": "var(--lvv-ink)", "fontSize": fontSize, "fontWeight": "bold"}})
	}
	if len(data) == 0 {
		return object{}
	}
	return object{"markLine": object{"silent": true, "symbol": "none", "z": gridLevel, "data": data}}
}

func (l *line) data() []opts.LineData {
	return lists.Map(l.points, func(p content.Point) opts.LineData {
		var y any = "-"
		if p.Drawn {
			y = p.Low
		}
		return opts.LineData{Value: []any{position(p.X), y}}
	})
}

// stroke is how a line is drawn by its role.
func (l *line) stroke() (dash string, width float32) {
	switch {
	case l.edge != "":
		return "solid", 0.5
	case l.role == content.Target && l.small:
		return "dashed", 1.5
	case l.role == content.Target:
		return "dashed", 2
	case l.role == content.Places, l.role == content.Forecast:
		return "dotted", 2
	case l.role == content.Share:
		return "solid", 1
	case l.role == content.Rest:
		return "solid", 0.5
	}
	return "solid", 2.5
}

func (l *line) over(i int) object {
	z := lineLevel + i
	if l.edge != "" {
		z = bandLevel
	}
	o := object{
		"color": l.colour, "showSymbol": false, "symbol": "none", "z": z,
		"itemStyle": object{"color": l.colour, "decal": noDecal()},
		"emphasis":  object{"disabled": true},
		"endLabel": object{"show": !l.silent, "formatter": "{a}", "color": inkColour, "fontSize": fontSize,
			"width": labelWidth - 32, "overflow": "break", "lineHeight": lineHeight, "padding": []int{2, 0, 4, 0}},
		"labelLayout": object{"moveOverlap": "shiftY"},
	}
	if l.point() {
		merge(o, object{"showSymbol": true, "symbol": "circle", "symbolSize": pointSize})
	}
	if l.step {
		o["step"] = "end"
	}
	switch {
	case l.stack:
		o["stack"] = "total"
	case l.edge != "":
		o["stack"] = "band"
	}
	area := func(colour string, opacity float64) { o["areaStyle"] = object{"color": colour, "opacity": opacity} }
	switch {
	case l.edge == "upper":
		area(l.colour, 0.18)
	case l.role == content.Share:
		o["itemStyle"] = object{"color": l.colour}
		area(l.colour, 0.85)
	case l.role == content.Rest:
		area(l.colour, 0.5)
	case l.role == content.Reached && l.small:
		area(l.colour, 0.15)
	}
	return o
}

// point reports whether a line has one known point alone, of which ECharts draws nothing.
func (l *line) point() bool {
	known := 0
	for _, p := range l.points {
		if p.Drawn {
			known++
		}
	}
	return known == 1 && l.edge == ""
}

func axisStyle(a content.Axis, grid bool) object {
	o := object{
		"lvvFormat": a.Format,
		"z":         gridLevel,
		"axisLabel": object{"color": inkColour, "fontSize": fontSize, "lineHeight": lineHeight, "hideOverlap": true},
		"axisLine":  object{"show": !grid, "lineStyle": object{"color": ruleColour}},
		"axisTick":  object{"show": !grid, "lineStyle": object{"color": ruleColour}},
		"splitLine": object{"show": grid, "lineStyle": object{"color": ruleColour}},
	}
	switch a.Format {
	case "count":
		o["minInterval"] = 1
	case "cents":
		o["minInterval"] = 0.01
	}
	return o
}
