package sql

import (
	"bytes"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"go.yaml.in/yaml/v3"

	"lvv/internal/thorough"
)

// catalogueFiles copies the catalogue that is built in, for a test to change.
func catalogueFiles(t *testing.T) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".yaml") {
			return err
		}
		text, err := files.ReadFile(name)
		out[name] = &fstest.MapFile{Data: text}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestUndeclared takes the declaration of every figure and series away, one key after the other: without what is
// required the catalogue does not load. Unless everything is tried, each figure loses one key, and the next figure the next.
func TestUndeclared(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, area := range c.Areas {
		name := "figures/" + area.ID + ".yaml"
		var figures []map[string]any
		text, err := fs.ReadFile(files, name)
		if err != nil {
			t.Fatal(err)
		}
		if err := yaml.Unmarshal(text, &figures); err != nil {
			t.Fatal(err)
		}
		for i := range figures {
			f := c.Figure(figures[i]["id"].(string))
			required := []string{"about", "accumulates", "together"}
			if f.About != Nothing && f.RestsOn != nil {
				required = append(required, "rests_on")
			}
			if !thorough.On {
				required = required[i%len(required):][:1]
			}
			for _, key := range required {
				without := slices.Clone(figures)
				without[i] = map[string]any{}
				for k, v := range figures[i] {
					if k != key {
						without[i][k] = v
					}
				}
				text, err := yaml.Marshal(without)
				if err != nil {
					t.Fatal(err)
				}
				changed := catalogueFiles(t)
				changed[name] = &fstest.MapFile{Data: text}
				if _, err := ReadCatalogue(changed); err == nil || !strings.Contains(err.Error(), f.ID) {
					t.Errorf("%s without %s: error %v", f.ID, key, err)
				}
			}
		}
	}
}

// TestMovesOfNoTable: the rows that say where persons moved are those of a table that there is.
func TestMovesOfNoTable(t *testing.T) {
	changed := catalogueFiles(t)
	changed["catalogue.yaml"] = &fstest.MapFile{Data: bytes.Replace(changed["catalogue.yaml"].Data, []byte("moves: stays"), []byte("moves: stayz"), 1)}
	if _, err := ReadCatalogue(changed); err == nil || !strings.Contains(err.Error(), `dimension location: moves names "stayz"`) {
		t.Errorf("error %v", err)
	}
}

// TestDeclarations: what a declaration names must exist, and what it leaves out must not matter.
func TestDeclarations(t *testing.T) {
	figure := func(extra string) string {
		return "- {id: x.y, unit: count, article: '1', tables: [cases], breakdowns: [[], [sex], [exclusion_ground, sex]], " + extra + "}\n"
	}
	good := "about: cases, accumulates: period, together: sum"
	start := "about: cases, accumulates: start, together: sum, parts: [{by: sex, of: x.y}, {by: [exclusion_ground, sex], of: 'x.y[sex]'}]"
	parts := "parts: [{by: sex, of: x.y}, {by: [exclusion_ground, sex], of: 'x.y[sex]'}]"
	for _, test := range []struct{ name, extra, want string }{
		{"complete", good + ", " + parts, ""},
		{"nothing of persons", "about: nothing, accumulates: period, together: sum", ""},
		{"no about", "accumulates: period, together: sum", `about is ""`},
		{"unknown about", "about: houses, accumulates: period, together: sum", `about is "houses"`},
		{"no accumulates", "about: cases, together: sum", `accumulates is ""`},
		{"no together", "about: cases, accumulates: period", `together is ""`},
		{"a breakdown of nothing", good + ", parts: [{by: sex, of: x.y}]", "[exclusion_ground sex]"},
		{"a part of an unknown figure", good + ", parts: [{by: sex, of: z.z}]", "no figure z.z"},
		{"a part by an unknown dimension", good + ", parts: [{by: age, of: x.y}]", "no breakdown by [age]"},
		{"an unknown value", good + ", parts: [{by: sex=none, of: x.y}]", "has no value none"},
		{"a whole that no part belongs to", good + ", parts: [{by: sex, of: 'outflow.level[level]'}]", "to which level"},
		{"at most an unknown figure", good + ", " + parts + ", at_most: [{by: sex, of: z.z}]", "no figure z.z"},
		{"a denominator of a count", good + ", " + parts + ", at_most: [{by: sex, of: inflow.refusals.denominator}]", "no share"},
		{"growth of a period", good + ", " + parts + ", growth: {is: [inflow.refusals]}", "from the start"},
		{"growth of an instant that is known", "about: cases, accumulates: instant, together: sum, " + parts + ", growth: {is: [inflow.refusals]}", "from the start"},
		{"growth by what are no days", start + ", growth: {is: ['inflow.refusals'], matured: sex}", "no number of days"},
		{"growth at most of what has matured", start + ", growth: {at_most: ['inflow.refusals'], matured: sex}", "matured goes with is"},
		{"growth from the start after something", start + ", growth: {at_most: ['inflow.refusals'], after: inflow.refusals}", "of figures of an instant"},
		{"growth after what does not happen in a period", "about: cases, accumulates: instant, together: sum, " + parts + ", growth: {at_most: [inflow.refusals], after: durable.cases}", "accumulates over start"},
		{"beside without beyond, of what is divided", good + ", at_most: [{by: sex, of: x.y, beside: [inflow.refusals]}]", "of a total"},
		{"growth of the denominator of a count", start + ", growth: {count: denominator, is: ['inflow.refusals']}", "its own"},
		{"climbs an unknown dimension", start + ", climbs: {by: level, entering: 'subgoal.admitted[special_group]'}", "dimension level"},
		{"climbs with nobody coming in", start + ", climbs: {by: sex, to: [durable.cases]}", "climbs: : there is no figure"},
		{"climbs with those coming in of a period", start + ", climbs: {by: sex, entering: inflow.admissions}", "accumulates over period, not start"},
		{"climbs of an instant with those coming in from the start", "about: cases, accumulates: instant, together: sum, " + parts + ", climbs: {by: sex, entering: durable.cases}", "accumulates over start, not period"},
		{"climbs to too few totals", start + ", climbs: {by: sex, to: [durable.cases], entering: durable.cases}", "up to the last but one"},
		{"climbs to no dimension", start + ", climbs: {to: [durable.cases]}", "by names the dimension"},
		{"climbs in a period", good + ", " + parts + ", climbs: {by: sex, entering: durable.cases}", "from the start"},
		{"parts beyond something", good + ", parts: [{by: sex, of: x.y, beyond: 'x.y[sex]'}]", "beyond goes with at_most"},
		{"beyond an unknown figure", good + ", at_most: [{by: sex, of: x.y, beyond: 'z.z[sex]'}]", "no figure z.z"},
		{"beyond what is divided otherwise", good + ", at_most: [{by: sex, of: x.y, beyond: x.y}]", "other dimensions"},
		{"a lead of each period", good + ", at_most: [{by: sex, of: x.y, lead: scenario_days}]", "lead names days of the terms, such as scenario_days, and goes with since_start"},
		{"the most so far of each", good + ", at_most: [{by: sex, of: x.y, each: true, so_far: true}]", "so_far goes with at_most, of totals"},
		{"the most so far, by a characteristic", good + ", at_most: [{by: sex, of: 'x.y[sex]', so_far: true}]", "so_far goes with at_most, of totals"},
		{"or something, whenever", good + ", at_most: [{by: sex, of: x.y, or: 'population.admitted[sex]'}]", "so_far, or and never go together"},
		{"or what is divided otherwise", good + ", at_most: [{by: sex, of: x.y, so_far: true, or: 'population.admitted[region]', never: x.y}]", "has the same dimensions"},
		{"or an unknown figure", good + ", at_most: [{by: sex, of: x.y, so_far: true, or: 'z.z[sex]', never: x.y}]", "no figure z.z"},
		{"never, by a characteristic", good + ", at_most: [{by: sex, of: x.y, so_far: true, or: 'population.admitted[sex]', never: 'x.y[sex]'}]", "never is a total"},
		{"never an unknown figure", good + ", at_most: [{by: sex, of: x.y, so_far: true, or: 'population.admitted[sex]', never: z.z}]", "no figure z.z"},
		{"parts but for something", good + ", parts: [{by: sex, of: x.y, partly: true, but_for: rain}]", "but_for goes with parts that add up"},
		{"falls of a period", good + ", " + parts + ", falls: [{by: sex, of: inflow.refusals}]", "of an instant"},
		{"falls beyond something", "about: cases, accumulates: instant, together: sum, " + parts + ", falls: [{by: sex, of: inflow.refusals, beyond: 'x.y[sex]'}]", "with by, one of and but_for"},
		{"falls by no more than what does not happen in a period", "about: cases, accumulates: instant, together: sum, " + parts + ", falls: [{by: sex, of: durable.cases}]", "accumulates over start, not period"},
		{"falls by no more than an unknown figure", "about: cases, accumulates: instant, together: sum, " + parts + ", falls: [{by: sex, of: z.z}]", "no figure z.z"},
		{"printed and seen from rows", good + ", " + parts + ", by_rows: true", "neither printed nor protected"},
		{"printed and not protected", good + ", " + parts + ", protected: false", "of what is printed"},
		{"a share of nothing", "numerator: {nl: a, en: a}, denominator: {nl: b, en: b}, " + good + ", " + parts, "rests_on"},
		{"rests on nothing", good + ", rests_on: {}, " + parts, "names nothing"},
		{"rests on an unknown figure", good + ", rests_on: {base: z.z}, " + parts, "no figure z.z"},
		{"rests on an unknown curve", good + ", rests_on: {curve: z}, " + parts, "no curve z"},
		{"an unknown condition", good + ", parts: [{by: sex, of: x.y, when: sunny}]", "sunny"},
		{"an unclosed bracket", good + ", parts: [{by: sex, of: 'x.y[sex'}]", "x.y[sex"},
		{"an unknown key", good + ", adds_up_to: x", "adds_up_to"},
	} {
		t.Run(test.name, func(t *testing.T) {
			changed := catalogueFiles(t)
			name := "figures/inflow.yaml"
			changed[name] = &fstest.MapFile{Data: append(slices.Clone(changed[name].Data), figure(test.extra)...)}
			_, err := ReadCatalogue(changed)
			if (err == nil) != (test.want == "") || !strings.Contains(fmt.Sprint(err), test.want) {
				t.Errorf("error %v, want one that says %q", err, test.want)
			}
		})
	}
}

// TestBeyondOfOneTime: what persons move along with time is compared between two times.
func TestBeyondOfOneTime(t *testing.T) {
	for _, test := range []struct{ was, is string }{
		{`beyond: "population.admitted[age_band]"`, `beyond: "population.housed[age_band]"`},
		{`beyond: "population.admitted[age_band]"`, `beyond: "amif.participants[age_band]"`},
	} {
		changed := catalogueFiles(t)
		const name = "figures/occupancy.yaml"
		text := strings.Replace(string(changed[name].Data), test.was, test.is, 1)
		if text == string(changed[name].Data) {
			t.Fatalf("no figure is %s", test.was)
		}
		changed[name] = &fstest.MapFile{Data: []byte(text)}
		if _, err := ReadCatalogue(changed); err == nil || !strings.Contains(err.Error(), "persons move along it") {
			t.Errorf("%s: %v", test.is, err)
		}
	}
}

func TestSeriesDeclarations(t *testing.T) {
	for _, test := range []struct{ was, is, want string }{
		{"columns: {cases: durable.cases, expected: durable.expected}", "rests_on: {curve: none}", "no curve none"},
		{"columns: {cases: durable.cases, expected: durable.expected}", "columns: {}", "durable.progress"},
		{"columns: {cases: durable.cases, expected: durable.expected}", `columns: {cases: "durable.cases[outcome=return]"}`, "shows totals"},
		{"{cases: durable.cases,", "{cases: durable.houses,", "durable.houses"},
		{"legalisation: durable\n", "legalisation: splendid\n", "splendid"},
		{"model: durations, ends: competing_outcome", "model: durations, ends: none", "none"},
		{`among: {return: "outflow.trajectories[outcome=return]", `, "among: {", "no count for return"},
		{`other: "duration.ended[stat=n]"}}`, `other: "duration.ended[stat=n]", rain: durable.cases}}`, "more than the ends"},
		{`other: "duration.ended[stat=n]"}}`, "other: durable.cases}}", "accumulates over start, not period"},
		{`all: "duration.ended[stat=n]"`, "all: z.z", "z.z"},
	} {
		changed := catalogueFiles(t)
		text := string(changed["catalogue.yaml"].Data)
		if !strings.Contains(text, test.was) {
			t.Fatalf("the catalogue has no %q", test.was)
		}
		changed["catalogue.yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(text, test.was, test.is, 1))}
		if _, err := ReadCatalogue(changed); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want one that says %q", test.is, err, test.want)
		}
	}
}
