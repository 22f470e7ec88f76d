package request

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"text/template"

	_ "embed"

	"lvv/anonymize/cells"
	"lvv/anonymize/datapackage"
	"lvv/internal/lists"
	"lvv/internal/say"
)

// Folder holds what the researcher gets, LogFile the log, in the output folder.
const (
	Folder  = "antwoord"
	LogFile = "beheer/aanvraag.json"
)

// File is one file of an answer, by its path in the output folder.
type File struct {
	Path string
	Fill func(io.Writer) error
}

// Files are the files of an answer. They are made from the answer alone, so that they can be made again.
func (a *Answer) Files() []File {
	var out []File
	for i := range a.Tables {
		t := &a.Tables[i]
		out = append(out, File{Folder + "/" + t.Asked.Name + ".csv", t.writeCSV})
	}
	return append(out,
		File{Folder + "/datapackage.json", func(w io.Writer) error { return datapackage.WriteJSON(w, a.describe()) }},
		File{Folder + "/LEESMIJ.md", func(w io.Writer) error { return readme.Execute(w, a) }},
		File{LogFile, func(w io.Writer) error { return datapackage.WriteJSON(w, a) }})
}

// Read reads a log that [Answer.Files] wrote.
func Read(r io.Reader) (*Answer, error) {
	d := json.NewDecoder(r)
	d.DisallowUnknownFields()
	var a Answer
	if err := d.Decode(&a); err != nil {
		return nil, say.Errorf("read the log of a request: %w", err)
	}
	if a.Schema != Schema {
		return nil, say.Errorf("read the log of a request: schema is %q, expected %q", a.Schema, Schema)
	}
	return &a, nil
}

//go:embed LEESMIJ.md.tmpl
var readmeText string

var readme = template.Must(template.New("LEESMIJ.md").Parse(readmeText))

// column is one of a written table.
type column struct{ name, kind, nl, en string }

// columns are those of the table: what it is broken down by, then what is told.
func (t *Answered) columns() []column {
	u := unitNamed(t.Asked.Unit)
	var out []column
	for _, by := range t.Asked.By {
		name, _, _ := strings.Cut(by, ".")
		f := u.field(name)
		out = append(out, column{by, "string", f.NL, f.EN})
	}
	counts := func(name, nl, en string) {
		out = append(out,
			column{name, "integer", nl + "; leeg als het aantal niet vermeld wordt", en + "; empty where the count is not told"},
			column{name + "_low", "integer", "het is ten minste", "it is at least"},
			column{name + "_high", "integer", "het is ten hoogste; leeg zonder grens", "it is at most; empty without bound"})
	}
	switch t.Asked.Measure {
	case Survival, Incidence:
		out = append(out,
			column{"days", "integer", "na zoveel dagen", "after so many days"},
			column{"at_risk", "integer", "aantal dat bij het begin van het interval liep; leeg vanaf een aantal dat niet vermeld wordt", "number running when the interval began; empty from a count on that is not told"},
			column{"survival", "number", "aandeel dat nog loopt (sterftetafel, halve intervallen voor wie later begint of nog loopt)", "share still running (life table, half an interval for late entries and the censored)"})
		for _, end := range t.ends() {
			out = append(out, column{"incidence_" + end, "number", "aandeel geëindigd als " + end, "share ended as " + end})
		}
		return out
	}
	if u.Sum != "" {
		counts("persons", u.NL+": aantal personen", "number of persons behind the "+u.EN)
		return append(out, column{t.Asked.Unit, "number", u.NL, u.EN})
	}
	counts("count", "aantal "+u.NL, "number of "+u.EN)
	switch t.Asked.Measure {
	case Share:
		counts("having", "aantal daarvan dat aan having voldoet", "number of these that meet having")
		out = append(out, column{Share, "number", "aandeel", "share"})
	case Mean, Median:
		out = append(out, column{t.Asked.Measure, "number", t.Asked.Measure + " van " + u.field(t.Asked.Of).NL, t.Asked.Measure + " of " + u.field(t.Asked.Of).EN})
	}
	return out
}

// writeCSV writes the table. One of which nothing is told has its header alone.
func (t *Answered) writeCSV(w io.Writer) error {
	head := lists.Map(t.columns(), func(c column) string { return c.name })
	return csv.NewWriter(w).WriteAll(append([][]string{head}, t.rows()...))
}

func (t *Answered) rows() (rows [][]string) {
	for i := range t.Counts[0].Cells {
		c := &t.Counts[0].Cells[i]
		switch t.Asked.Measure {
		case Survival, Incidence:
			rows = append(rows, t.curve(c)...)
			continue
		}
		row := append(slices.Clone(c.Labels), count(c)...)
		switch {
		case t.Asked.Measure == Share:
			part := &ToldCell{}
			if t.Counts[1].Withdrawn {
				part.High = c.High
			} else if found := t.Counts[1].cell(c.Labels); found != nil {
				part = found
			}
			row = append(row, count(part)...)
			share := ""
			if c.shown() && part.shown() {
				share = number(float64(part.Low) / float64(c.Low))
			}
			row = append(row, share)
		case t.Asked.Measure != Count || unitNamed(t.Asked.Unit).Sum != "":
			value := ""
			if c.Value != nil {
				value = number(*c.Value)
			}
			row = append(row, value)
		}
		rows = append(rows, row)
	}
	return rows
}

// count is a count as three columns: itself where it is told, and its bounds.
func count(c *ToldCell) []string {
	out := []string{"", strconv.FormatInt(c.Low, 10), ""}
	if c.shown() {
		out[0] = out[1]
	}
	if c.High < cells.Unbounded {
		out[2] = strconv.FormatInt(c.High, 10)
	}
	return out
}

// number writes a measure with as many digits as a reader needs.
func number(f float64) string { return strconv.FormatFloat(math.Round(f*1e4)/1e4, 'f', -1, 64) }

// ends are the ways in which the units of a curve ended, sorted.
func (t *Answered) ends() (out []string) {
	if t.Asked.Measure != Incidence {
		return nil
	}
	for _, c := range t.Counts[1].Cells {
		if end := c.Labels[len(c.Labels)-1]; end != "running" && !slices.Contains(out, end) {
			out = append(out, end)
		}
	}
	slices.Sort(out)
	return out
}

// curve is the life table of one cell, from the counts that are told and nothing else: those that end in an interval
// over those at risk when it began, each late entry and each that still runs counting half
// (Berkson, Gage 1950; incidences as Aalen, Johansen). From the first count on that is not told, nothing is.
func (t *Answered) curve(of *ToldCell) [][]string {
	exits, entries := t.split(&t.Counts[1], of.Labels), t.split(&t.Counts[2], of.Labels)
	known := of.shown() && !t.Counts[1].Withdrawn && !t.Counts[2].Withdrawn
	atRisk := of.Low
	for _, c := range entries {
		known = known && c.shown()
		atRisk -= c.Low
	}
	survival := 1.0
	incidence := map[string]float64{}
	var rows [][]string
	for i, end := range horizons {
		var ended, running, entered int64
		byEnd := map[string]int64{}
		for _, c := range exits {
			if c.Labels[len(of.Labels)] != strconv.Itoa(i) {
				continue
			}
			known = known && c.shown()
			if last := c.Labels[len(of.Labels)+1]; last == "running" {
				running += c.Low
			} else {
				ended += c.Low
				byEnd[last] += c.Low
			}
		}
		for _, c := range entries {
			if c.Labels[len(of.Labels)] == strconv.Itoa(i) {
				entered += c.Low
			}
		}
		row := append(slices.Clone(of.Labels), strconv.Itoa(end))
		exposed := float64(2*atRisk+entered-running) / 2
		if known = known && atRisk >= int64(t.Threshold) && exposed > 0; !known {
			row = append(row, slices.Repeat([]string{""}, 2+len(t.ends()))...)
			rows = append(rows, row)
			continue
		}
		for k, n := range byEnd {
			incidence[k] += survival * float64(n) / exposed
		}
		survival *= max(0, 1-float64(ended)/exposed)
		row = append(row, strconv.FormatInt(atRisk, 10), number(survival))
		for _, k := range t.ends() {
			row = append(row, number(incidence[k]))
		}
		rows = append(rows, row)
		atRisk += entered - ended - running
	}
	return rows
}

// split are the cells of a count that refine one of the whole population.
func (t *Answered) split(of *Told, labels []string) (out []*ToldCell) {
	for i := range of.Cells {
		if c := &of.Cells[i]; slices.Equal(c.Labels[:len(labels)], labels) {
			out = append(out, c)
		}
	}
	return out
}

func (a *Answer) describe() *datapackage.Package {
	d := &datapackage.Package{
		Schema: datapackage.Profile + "datapackage.json", Name: "lvv-request", Title: a.Title, Version: a.Period.AsOf.String(),
		Description: fmt.Sprintf("Answers on request (art. 9 of the covenant), pilot-LVV %s, as known on %s, after disclosure control with threshold %d. See LEESMIJ.md.", a.Pilot, a.Period.AsOf, a.MinCell),
		NL:          fmt.Sprintf("Antwoorden op verzoek (art. 9 van het convenant), pilot-LVV %s, zoals bekend op %s, na onthullingscontrole met drempel %d. Zie LEESMIJ.md.", a.Pilot, a.Period.AsOf, a.MinCell),
	}
	for i := range a.Tables {
		t := &a.Tables[i]
		r := datapackage.CSV(t.Asked.Name, lists.Map(t.columns(), func(c column) datapackage.Field {
			return datapackage.Field{Name: c.name, Type: c.kind, Description: c.en, NL: c.nl}
		}))
		r.Asked = t.Asked
		d.Resources = append(d.Resources, r)
	}
	return d
}
