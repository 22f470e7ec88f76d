package main

import (
	"bytes"
	"fmt"
	"testing"

	"lvv/internal/day"
	"lvv/transform"
)

func TestLastQuarter(t *testing.T) {
	date := func(s string) day.Day {
		d, err := day.Parse(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	terms := &transform.Terms{Start: date("2019-03-01"), End: date("2021-08-31")}
	for latest, want := range map[string]string{
		"2020-09-30": "2020-Q3", "2020-09-28": "2020-Q3", "2020-09-16": "2020-Q3", "2020-09-15": "2020-Q2",
		"2020-12-31": "2020-Q4", "2021-01-01": "2020-Q4", "2020-01-05": "2019-Q4", "2019-03-20": "2019-Q1",
		"2019-03-02": "", "2021-08-31": "2021-Q2", "2022-06-01": "2021-Q2",
	} {
		if got, _ := lastQuarter(date(latest), terms); got != want {
			t.Errorf("after events up to %s: %q, want %q", latest, got, want)
		}
	}
	if got, ok := lastQuarter(day.None, terms); ok {
		t.Errorf("without events: %q", got)
	}
}

// TestDutchTerms holds the template with Dutch comments against the samples' own.
func TestDutchTerms(t *testing.T) {
	english, err := termsTemplate("en")
	if err != nil {
		t.Fatal(err)
	}
	settings := func(text []byte) string {
		terms, err := transform.ParseTerms("pilot.yaml", text)
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("%+v", *terms)
	}
	if a, b := settings(english), settings(dutchTerms); a != b {
		t.Errorf("in English %s\nin Dutch %s", a, b)
	}
	if a, b := bytes.Count(english, []byte("\n")), bytes.Count(dutchTerms, []byte("\n")); a != b {
		t.Errorf("%d lines in English, %d in Dutch", a, b)
	}
}
