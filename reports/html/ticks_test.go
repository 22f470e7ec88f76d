package html

import (
	"strings"
	"testing"

	"lvv/internal/day"
)

func TestTicks(t *testing.T) {
	for _, c := range []struct {
		from, to     day.Day
		most         int
		want, format string
	}{
		{day.Of(2020, 7, 1), day.Of(2020, 9, 30), wideTicks, "07-01 07-16 08-01 08-16 09-01 09-16", "date"},
		{day.Of(2020, 7, 1), day.Of(2020, 9, 30), narrowTicks, "07-01 08-01 09-01", "month"},
		{day.Of(2020, 9, 1), day.Of(2020, 9, 30), wideTicks, "09-01 09-08 09-15 09-22 09-29", "date"},
		{day.Of(2020, 1, 1), day.Of(2020, 12, 31), wideTicks, "01-01 03-01 05-01 07-01 09-01 11-01", "month"},
		{day.Of(2019, 3, 31), day.Of(2022, 2, 28), wideTicks, "07-01 01-01 07-01 01-01 07-01 01-01", "month"},
		{day.Of(2019, 3, 31), day.Of(2022, 2, 28), narrowTicks, "01-01 01-01 01-01", "month"},
		{day.Of(2020, 7, 5), day.Of(2020, 7, 5), narrowTicks, "07-05", "date"},
	} {
		days, format := ticks(c.from, c.to, c.most)
		var got []string
		for _, d := range days {
			got = append(got, d.String()[5:])
		}
		if strings.Join(got, " ") != c.want || format != c.format {
			t.Errorf("%v to %v, at most %d: %s as %s, want %s as %s", c.from, c.to, c.most, got, format, c.want, c.format)
		}
	}
}
