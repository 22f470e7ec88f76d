package main

import (
	"bytes"
	"fmt"
	"maps"
	"math"
	"os"
	"slices"
	"strings"

	"lvv/transform"
	"lvv/transform/engine"
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
	results, err := transform.ReadKPIs(bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	out := make(map[string]float64)
	for _, f := range results.Figures {
		switch f.Value.Kind() {
		case engine.Count, engine.Real, engine.Money:
			id, dims, _ := strings.Cut(transform.FigureName(f.ID, f.Dims), "|")
			out[strings.TrimSpace(id+" "+strings.ReplaceAll(dims, "|", ","))] = f.Value.Float()
		}
	}
	return out, nil
}
