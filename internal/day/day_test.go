package day

import (
	"fmt"
	"testing"
	"time"
)

func TestRoundTripEveryDay(t *testing.T) {
	for d := Of(1900, 1, 1); d <= Of(2100, 12, 31); d++ {
		y, m, dom := d.Civil()
		if Of(y, m, dom) != d {
			t.Fatalf("day %d becomes %d-%d-%d and back %d", d, y, m, dom, Of(y, m, dom))
		}
		p, err := Parse(d.String())
		if err != nil || p != d {
			t.Fatalf("Parse(%q) = %d, %v; want %d", d, p, err, d)
		}
	}
}

func TestParseExisting(t *testing.T) {
	for _, c := range []struct {
		y, m, d int
		want    bool
	}{
		{2020, 2, 29, true}, {2019, 2, 29, false}, {2000, 2, 29, true}, {1900, 2, 29, false}, {2100, 2, 29, false},
		{2020, 4, 31, false}, {2020, 0, 1, false}, {2020, 13, 1, false}, {2020, 1, 0, false}, {1899, 12, 31, false},
		{2101, 1, 1, false}, {1900, 1, 1, true}, {2100, 12, 31, true},
	} {
		if _, err := Parse(fmt.Sprintf("%04d-%02d-%02d", c.y, c.m, c.d)); (err == nil) != c.want {
			t.Errorf("Parse of %d, %d, %d: %v", c.y, c.m, c.d, err)
		}
	}
}

func TestAddMonths(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2019-03-01", 36, "2022-03-01"}, {"2020-01-31", 1, "2020-02-29"}, {"2019-01-31", 1, "2019-02-28"},
		{"2020-12-15", 1, "2021-01-15"}, {"2020-03-31", -1, "2020-02-29"}, {"2020-05-31", 12, "2021-05-31"},
	} {
		d, err := Parse(c.from)
		if err != nil {
			t.Fatal(err)
		}
		if got := d.AddMonths(c.n).String(); got != c.want {
			t.Errorf("%s + %d months = %s, want %s", c.from, c.n, got, c.want)
		}
	}
}

func TestParseRejects(t *testing.T) {
	for _, s := range []string{"", "2020-02-30", "20200101", "01-02-2020", "2020-1-2", "1899-12-31", "2020-01-01T00:00:00Z"} {
		if d, err := Parse(s); err == nil {
			t.Errorf("Parse(%q) = %v, want an error", s, d)
		}
	}
}

func TestTimeIsMidnightUTC(t *testing.T) {
	if got := Of(2020, 7, 1).Time(); !got.Equal(time.Date(2020, 7, 1, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("got %v", got)
	}
}
