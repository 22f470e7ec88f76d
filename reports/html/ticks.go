package html

import (
	"math"

	"lvv/internal/day"
	"lvv/internal/lists"
)

// How many dates stand under a picture at most, on a wide and on a narrow screen.
const (
	wideTicks   = 7
	narrowTicks = 4
)

// extent is where the lines begin and end.
func extent(lines []line) (from, to day.Day) {
	low, high := math.Inf(1), math.Inf(-1)
	for _, l := range lines {
		for _, p := range l.points {
			low, high = min(low, position(p.X)), max(high, position(p.X))
		}
	}
	return day.Day(low / millisecondsADay), day.Day(high / millisecondsADay)
}

// dateAxis are the options of a time axis with dates at even distances: ECharts itself mixes the first
// of the month with days counted from it.
func dateAxis(from, to day.Day, most int) object {
	days, format := ticks(from, to, most)
	values := lists.Map(days, milliseconds)
	return object{"lvvFormat": format, "axisLabel": object{"customValues": values}, "axisTick": object{"customValues": values}}
}

// ticks chooses the dates of an axis, and the format of their labels: weeks, halves of months (the
// 1st and the 16th), months, or the first months of 2, 3, 6 or 12.
func ticks(from, to day.Day, most int) (list []day.Day, format string) {
	for d := from; d <= to; d += 7 {
		list = append(list, d)
	}
	if len(list) <= most {
		return list, "date"
	}
	if list = firsts(from, to, 1, 1, 16); len(list) <= most {
		return list, "date"
	}
	for _, step := range []int{1, 2, 3, 6} {
		if list = firsts(from, to, step, 1); len(list) <= most {
			return list, "month"
		}
	}
	return firsts(from, to, 12, 1), "month"
}

// firsts lists the given days of every so many months, counted from January.
func firsts(from, to day.Day, step int, days ...int) (list []day.Day) {
	y, m, _ := from.Civil()
	for ; day.Of(y, m, 1) <= to; m++ {
		if (m-1)%step != 0 {
			continue
		}
		for _, n := range days {
			if d := day.Of(y, m, n); d >= from && d <= to {
				list = append(list, d)
			}
		}
	}
	return list
}
