package main

import (
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestReadmeAnswers finds every answer that the README gives to a steering group in the two pages to print of the samples.
func TestReadmeAnswers(t *testing.T) {
	output := samplesOutput(t)
	page, err := os.ReadFile(filepath.Join(output, "stuurgroep", "samenvatting-2020-Q3.html"))
	if err != nil {
		t.Fatal(err)
	}
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	plain := func(text string) string {
		return regexp.MustCompile(`[\s\x{a0}]+`).ReplaceAllString(html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(text, " ")), " ")
	}
	asRow := regexp.MustCompile(`: (\d+), was (\d+); verschil (−?\d+)$`) // of a table
	said := plain(string(page))
	_, table, _ := strings.Cut(string(readme), "| question | where | answer |\n|---|---|---|\n")
	table, _, _ = strings.Cut(table, "\n\n")
	rows := strings.Split(table, "\n")
	if len(rows) != 8 {
		t.Fatalf("the README answers %d questions, want 8", len(rows))
	}
	for _, row := range rows {
		answer := strings.TrimSpace(strings.Split(row, "|")[3])
		answer = asRow.ReplaceAllString(answer, " $1 $2 $3")
		if !strings.Contains(said, strings.ReplaceAll(answer, "\u00a0", " ")) {
			t.Errorf("the samples do not answer %q", answer)
		}
	}
}
