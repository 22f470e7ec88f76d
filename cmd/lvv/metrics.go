package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"lvv/ingest"
	"lvv/internal/lists"
	"lvv/internal/say"
	"lvv/sql"
)

func newMetrics(a *app) *cobra.Command {
	var lang string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "metrics",
		Short: "Print what every figure means",
		Long: `metrics prints the catalogue: every figure with its definition, the article of the covenant that it
serves, what is divided by what, how it is broken down, and the tables it needs.`,
		Example: `  lvv metrics | less
  lvv metrics --lang en
  lvv metrics --json`,
		Args: exactArgs(0, say.Errorf("only flags")),
		RunE: func(*cobra.Command, []string) error {
			if lang != "nl" && lang != "en" {
				return usagef("--lang %s is not a language of the definitions\n  Give nl or en.", lang)
			}
			catalogue, err := sql.Load()
			if err != nil {
				return say.Errorf("read catalogue: %w", err)
			}
			if asJSON {
				return metricsJSON(a.stdout, catalogue)
			}
			return metricsText(a.stdout, catalogue, lang)
		},
	}
	cmd.Flags().StringVar(&lang, "lang", string(a.lang), "`language`: nl or en")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object, in both languages")
	return cmd
}

// metricsWords are the words around the catalogue.
var metricsWords = map[string]map[string]string{
	"nl": {
		"count": "aantal", "ratio": "verhouding", "days": "dagen", "eur": "euro", "hours": "uren",
		"quotient": "teller / noemer", "by": "uitgesplitst naar", "tables": "tabellen", "and": " en ", "total": "totaal",
	},
	"en": {
		"count": "count", "ratio": "ratio", "days": "days", "eur": "euro", "hours": "hours",
		"quotient": "numerator / denominator", "by": "broken down by", "tables": "tables", "and": " and ", "total": "total",
	},
}

// metricsText prints the catalogue for a terminal of 80 columns.
func metricsText(w io.Writer, c *sql.Catalogue, lang string) error {
	words := metricsWords[lang]
	out := bufio.NewWriter(w)
	for i, area := range c.Areas {
		if i > 0 {
			fmt.Fprintln(out)
		}
		title := area.Title.In(lang)
		fmt.Fprintf(out, "%s\n%s\n", title, strings.Repeat("=", len([]rune(title))))
		for j := range c.Figures {
			f := &c.Figures[j]
			if f.Area != area.ID {
				continue
			}
			fmt.Fprintf(out, "\n%s\n", f.ID)
			paragraph(out, fmt.Sprintf("%s (%s; art. %s)", f.Title.In(lang), words[f.Unit], f.Article))
			paragraph(out, f.Definition.In(lang))
			if numerator := f.Numerator.In(lang); numerator != "" {
				paragraph(out, fmt.Sprintf("%s: %s / %s", words["quotient"], numerator, f.Denominator.In(lang)))
			}
			if by := breakdowns(c, f, lang); by != "" {
				paragraph(out, words["by"]+": "+by)
			}
			if len(f.Tables) > 0 {
				paragraph(out, words["tables"]+": "+strings.Join(lists.Map(f.Tables, func(name string) string { return ingest.TableNamed(name).Stem }), ", "))
			}
		}
	}
	if err := out.Flush(); err != nil {
		return say.Errorf("print catalogue: %w", err)
	}
	return nil
}

func breakdowns(c *sql.Catalogue, f *sql.Figure, lang string) string {
	var parts []string
	for _, b := range f.Breakdowns {
		dims := lists.Map(b.Dims(), func(dim string) string { return c.DimTitle(dim).In(lang) })
		if len(dims) > 0 {
			parts = append(parts, strings.Join(dims, metricsWords[lang]["and"]))
		} else if len(f.Breakdowns) > 1 {
			parts = append(parts, metricsWords[lang]["total"])
		}
	}
	return strings.Join(parts, "; ")
}

// paragraph prints a text indented by four and broken at 80 columns.
func paragraph(w io.Writer, text string) {
	const width, indent = 80, "    "
	line := indent
	for word := range strings.FieldsSeq(text) {
		if line != indent && len([]rune(line))+1+len([]rune(word)) > width {
			fmt.Fprintln(w, line)
			line = indent
		}
		if line != indent {
			line += " "
		}
		line += word
	}
	fmt.Fprintln(w, line)
}

// metricJSON is a figure as --json prints it.
type metricJSON struct {
	ID          string          `json:"id"`
	Area        string          `json:"area"`
	Unit        string          `json:"unit"`
	About       sql.About       `json:"about,omitempty"`
	Article     string          `json:"article"`
	Title       sql.Text        `json:"title"`
	Definition  sql.Text        `json:"definition"`
	Numerator   sql.Text        `json:"numerator,omitzero"`
	Denominator sql.Text        `json:"denominator,omitzero"`
	Tables      []string        `json:"tables,omitempty"`
	Breakdowns  []sql.Breakdown `json:"breakdowns"`
}

func metricsJSON(w io.Writer, c *sql.Catalogue) error {
	out := struct {
		Schema  string       `json:"schema"`
		Metrics []metricJSON `json:"metrics"`
	}{Schema: "lvv-metrics/1"}
	for _, f := range c.Figures {
		out.Metrics = append(out.Metrics, metricJSON{
			f.ID, f.Area, f.Unit, f.About, f.Article, f.Title, f.Definition, f.Numerator, f.Denominator, f.Tables, f.Breakdowns,
		})
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(out); err != nil {
		return say.Errorf("print catalogue: %w", err)
	}
	return nil
}
