package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
)

// compareFigures holds the baseline's figures against kpis.json. It returns how many there are and
// what differs, in order of name.
func compareFigures(kpis string, baseline map[string]float64) (int, []string, error) {
	content, err := os.ReadFile(kpis)
	if err != nil {
		return 0, nil, err
	}
	ours, err := readFigures(content)
	if err != nil {
		return 0, nil, fmt.Errorf("read %s: %w", kpis, err)
	}
	var differ []string
	for _, name := range slices.Sorted(maps.Keys(baseline)) {
		want := baseline[name]
		got, ok := ours[name]
		switch {
		case !ok:
			differ = append(differ, fmt.Sprintf("%s is %v, and not in kpis.json", name, want))
		case math.Abs(got-want) > 1e-9*max(1, math.Abs(want)):
			differ = append(differ, fmt.Sprintf("%s is %v, in kpis.json %v", name, want, got))
		}
	}
	return len(baseline), differ, nil
}

// readFigures returns the values of kpis.json by id and dimensions, these in order of name.
func readFigures(content []byte) (map[string]float64, error) {
	var file struct {
		Metrics []struct {
			ID    string            `json:"id"`
			Dims  map[string]string `json:"dims"`
			Value any               `json:"value"`
		} `json:"metrics"`
	}
	if err := json.Unmarshal(content, &file); err != nil {
		return nil, err
	}
	out := make(map[string]float64)
	for _, m := range file.Metrics {
		var value float64
		switch v := m.Value.(type) {
		case float64:
			value = v
		case string: // money
			f, err := strconv.ParseFloat(v, 64)
			if err != nil {
				continue // a date
			}
			value = f
		default:
			continue
		}
		var dims []string
		for _, d := range slices.Sorted(maps.Keys(m.Dims)) {
			dims = append(dims, d+"="+m.Dims[d])
		}
		out[strings.TrimSpace(m.ID+" "+strings.Join(dims, ","))] = value
	}
	return out, nil
}
