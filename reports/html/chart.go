package html

import (
	"bytes"
	"encoding/json"
	"fmt"
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

// What lies over what.
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

func (d *drawing) options() (string, error) {
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
	delete(base, "tooltip")
	merge(base, object{
		"animation": false, "useUTC": true,
		"textStyle": object{"fontFamily": "sans-serif", "fontSize": fontSize, "color": inkColour},
		"aria":      object{"enabled": true, "label": object{"enabled": false}, "decal": object{"show": true, "decals": decals()}},
		"legend":    object{"show": false},
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
	return string(text), nil
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
