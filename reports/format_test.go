package reports

import (
	"math"
	"strings"
	"testing"

	"lvv/ingest"
	"lvv/internal/day"
	"lvv/transform"
)

func TestFormats(t *testing.T) {
	d := day.Of(2020, 9, 3)
	tests := []struct{ name, nl, en string }{
		{"count", Dutch.Count(1234567), English.Count(1234567)},
		{"small count", Dutch.Count(999), English.Count(999)},
		{"negative count", Dutch.Count(-1000), English.Count(-1000)},
		{"least count", Dutch.Count(math.MinInt64), English.Count(math.MinInt64)},
		{"one", Counted("1", "mens", "mensen"), Counted("1", "person", "people")},
		{"some", Counted("<5", "mens", "mensen"), Counted("1,001", "person", "people")},
		{"percent", Dutch.Percent(0.84213, 1), English.Percent(0.84213, 1)},
		{"percent rounds half up", Dutch.Percent(0.125, 0), English.Percent(0.125, 0)},
		{"percent above one", Dutch.Percent(12.5, 1), English.Percent(12.5, 1)},
		{"days", Dutch.Days(412.46), English.Days(412.46)},
		{"one day", Dutch.Days(1), English.Days(1)},
		{"whole days", Dutch.Days(1200), English.Days(1200)},
		{"money", Dutch.Euro(165600000), English.Euro(165600000)},
		{"negative money", Dutch.Euro(-5), English.Euro(-5)},
		{"rounded money", Dutch.EuroRound(123456750, 1), English.EuroRound(123456750, 1)},
		{"rounded negative money", Dutch.EuroRound(-123456750, 1), English.EuroRound(-123456750, 1)},
		{"negative zero", Dutch.Decimal(-0.001, 1), English.Decimal(-0.001, 1)},
		{"not a number", Dutch.Decimal(math.NaN(), 1), English.Decimal(math.NaN(), 1)},
		{"long date", Dutch.DateLong(d), English.DateLong(d)},
		{"short date", Dutch.DateShort(d), English.DateShort(d)},
		{"no date", Dutch.DateLong(day.None) + Dutch.DateShort(day.None), English.DateShort(day.None)},
		{"quarter", Dutch.PeriodLabel("2020-Q3"), English.PeriodLabel("2020-Q3")},
		{"month period", Dutch.PeriodLabel("2020-03"), English.PeriodLabel("2020-03")},
		{"year period", Dutch.PeriodLabel("2020"), English.PeriodLabel("2020")},
		{"range", Dutch.PeriodLabel("2020-01-01..2020-02-29"), English.PeriodLabel("2020-01-01..2020-02-29")},
		{"range of one day", Dutch.PeriodLabel("2020-07-15..2020-07-15"), English.PeriodLabel("2020-07-15..2020-07-15")},
		{"no range", Dutch.PeriodLabel("2020-07-15..soon"), English.PeriodLabel("2020-07-15..soon")},
		{"pilot", Dutch.Period(transform.Period{Label: "all"}), English.Period(transform.Period{Label: "all"})},
		{"in a quarter", Dutch.InPeriod("2020-Q3"), English.InPeriod("2020-Q3")},
		{"in a month", Dutch.InPeriod("2020-03"), English.InPeriod("2020-03")},
		{"in a year", Dutch.InPeriod("2020"), English.InPeriod("2020")},
		{"in a range", Dutch.InPeriod("2020-01-01..2020-02-29"), English.InPeriod("2020-01-01..2020-02-29")},
		{"on a day", Dutch.InPeriod("2020-07-15..2020-07-15"), English.InPeriod("2020-07-15..2020-07-15")},
		{"in the pilot", Dutch.InPeriod("all"), English.InPeriod("all")},
		{"the quarter", Dutch.ThePeriod("2020-Q3"), English.ThePeriod("2020-Q3")},
		{"the range", Dutch.ThePeriod("2020-01-01..2020-02-29"), English.ThePeriod("2020-01-01..2020-02-29")},
		{"the day", Dutch.ThePeriod("2020-07-15..2020-07-15"), English.ThePeriod("2020-07-15..2020-07-15")},
	}
	want := map[string][2]string{
		"count":                  {"1.234.567", "1,234,567"},
		"small count":            {"999", "999"},
		"negative count":         {"−1.000", "−1,000"},
		"least count":            {"−9.223.372.036.854.775.808", "−9,223,372,036,854,775,808"},
		"one":                    {"1 mens", "1 person"},
		"some":                   {"<5 mensen", "1,001 people"},
		"percent":                {"84,2%", "84.2%"},
		"percent rounds half up": {"13%", "13%"},
		"percent above one":      {"1.250,0%", "1,250.0%"},
		"days":                   {"412,5 dagen", "412.5 days"},
		"one day":                {"1 dag", "1 day"},
		"whole days":             {"1.200 dagen", "1,200 days"},
		"money":                  {"€ 1.656.000,00", "€1,656,000.00"},
		"negative money":         {"€ −0,05", "−€0.05"},
		"rounded money":          {"€ 1.234.568", "€1,234,568"},
		"rounded negative money": {"€ −1.234.568", "−€1,234,568"},
		"negative zero":          {"0,0", "0.0"},
		"not a number":           {"", ""},
		"long date":              {"3 september 2020", "3 September 2020"},
		"short date":             {"03-09-2020", "3 Sep 2020"},
		"no date":                {"", ""},
		"day and month":          {"3 sep", "3 Sep"},
		"month":                  {"sep 2020", "Sep 2020"},
		"quarter":                {"derde kwartaal van 2020", "third quarter of 2020"},
		"month period":           {"maart 2020", "March 2020"},
		"year period":            {"2020", "2020"},
		"range":                  {"1 januari 2020 tot en met 29 februari 2020", "1 January 2020 to 29 February 2020"},
		"range of one day":       {"15 juli 2020", "15 July 2020"},
		"no range":               {"2020-07-15..soon", "2020-07-15..soon"},
		"pilot":                  {"de hele pilot", "the whole pilot"},
		"in a quarter":           {"in het derde kwartaal van 2020", "in the third quarter of 2020"},
		"in a month":             {"in maart 2020", "in March 2020"},
		"in a year":              {"in 2020", "in 2020"},
		"in a range":             {"in de periode van 1 januari 2020 tot en met 29 februari 2020", "in the period from 1 January 2020 to 29 February 2020"},
		"on a day":               {"op 15 juli 2020", "on 15 July 2020"},
		"in the pilot":           {"in de hele pilot", "in the whole pilot"},
		"the quarter":            {"het derde kwartaal van 2020", "the third quarter of 2020"},
		"the range":              {"de periode van 1 januari 2020 tot en met 29 februari 2020", "the period from 1 January 2020 to 29 February 2020"},
		"the day":                {"15 juli 2020", "15 July 2020"},
	}
	plain := strings.NewReplacer(nbsp, " ")
	for _, test := range tests {
		if got := plain.Replace(test.nl); got != want[test.name][0] {
			t.Errorf("%s in Dutch: %q, want %q", test.name, got, want[test.name][0])
		}
		if got := plain.Replace(test.en); got != want[test.name][1] {
			t.Errorf("%s in English: %q, want %q", test.name, got, want[test.name][1])
		}
	}
}

func TestLabels(t *testing.T) {
	tests := []struct{ dim, value, nl, en string }{
		{"outcome", "medical_deferral", "uitstel om medische redenen", "medical deferral"},
		{"exclusion_ground", "none", "geen", "none"},
		{"kind", "steering_group", "stuurgroep", "steering group"},
		{"kind", "interpretation", "uitleg", "interpretation"},
		{"level", "none", "geen oplossing", "none"},
		{"referred_by", "unknown", "onbekend", "unknown"},
		{"sex", "unknown", "onbekend", "unknown"},
		{"day", "365", "365 dagen", "365 days"},
		{"date", "2020-07-01", "01-07-2020", "1" + nbsp + "Jul" + nbsp + "2020"},
		{"location", "Walborg", "Walborg", "Walborg"},
		{"location", "</script>", "</script>", "</script>"},
	}
	for _, test := range tests {
		if got := Label(test.dim, test.value, Dutch); got != test.nl {
			t.Errorf("%s=%s in Dutch: %q, want %q", test.dim, test.value, got, test.nl)
		}
		if got := Label(test.dim, test.value, English); got != test.en {
			t.Errorf("%s=%s in English: %q, want %q", test.dim, test.value, got, test.en)
		}
	}
}

// Every code of the contract has a label in both languages.
func TestLabelsAreComplete(t *testing.T) {
	for _, table := range ingest.Contract() {
		for _, field := range table.Fields {
			for _, code := range field.Codes {
				for _, lang := range []Lang{Dutch, English} {
					if Label(field.Name, code.Value, lang) == "" {
						t.Errorf("%s.%s=%s has no label in %q", table.Name, field.Name, code.Value, lang)
					}
				}
			}
		}
	}
}

func TestReason(t *testing.T) {
	if got := Reason("mrt, escalaties not delivered", Dutch); got != "niet aangeleverd: mrt, escalaties" {
		t.Errorf("got %q", got)
	}
	if got := Reason("mrt not delivered", English); got != "mrt not delivered" {
		t.Errorf("got %q", got)
	}
}
