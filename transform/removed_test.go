package transform

import (
	"fmt"
	"hash/crc32"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"go.yaml.in/yaml/v3"

	models "lvv/sql"
)

// registersToSearch says how many random registers are searched, with every declaration taken away in turn: 1000. Without it only some
// registers are, for every twentieth declaration.
const registersToSearch = "LVV_SEARCH_REGISTERS"

// TestUndeclaredRelations searches random registers for what always holds. What is found follows from what the catalogue
// declares, or is judged harmless. Then it takes every single declaration out of the catalogue: either that does not load,
// or declares what is not true, or the search finds what is no longer declared.
func TestUndeclaredRelations(t *testing.T) {
	t.Parallel()
	cat, err := models.Load()
	if err != nil {
		t.Fatal(err)
	}
	registers, every, whole := uint64(40), uint32(20), false
	if n, err := strconv.ParseUint(os.Getenv(registersToSearch), 10, 32); err == nil {
		registers, every, whole = n, 1, true
	}
	s := newSearch(cat, observeMany(registers, ""))
	s.look()
	for rarity := range rarities {
		if rarity == "" {
			continue
		}
		without := newSearch(cat, observeMany(registers, rarity))
		s.rare[rarity] = without.of[:min(len(without.of), 150)]
		without.columns(rarity)
		without.totals(rarity)
		without.lost(rarity)
		without.exceeding(rarity)
		without.heldBack(rarity)
		maps.Copy(s.found, without.found)
	}
	var removed []declaration
	for _, d := range declarations(t) {
		if crc32.ChecksumIEEE([]byte(d.name))%every == 3%every { // the same ones, whatever is declared beside them
			removed = append(removed, d)
		}
	}
	k := knowing(cat)
	var implied []string
	for _, name := range s.names() {
		c := s.found[name]
		switch {
		case !whole && crc32.ChecksumIEEE([]byte(name))%8 > 0 && !slices.ContainsFunc(removed, func(d declaration) bool { return c.near(d.figure) == 2 }):
			// some of what has nothing to do with what is taken away
		case c.declared(k):
			implied = append(implied, name)
		case whole && !c.rare && harmless[name] == "" && harmless[strings.TrimSuffix(name, " but for "+c.butFor)] == "":
			t.Errorf("not declared: %s", name)
		}
	}
	for _, id := range s.nightly() {
		t.Errorf("not declared: one night of %s counts persons", id)
	}
	fates := map[string]int{}
	for _, d := range removed {
		fate := s.without(&d, implied)
		if fate == "" && unmissed[d.name] != "" {
			fate = "unmissed"
		}
		fates[strings.SplitN(fate, ":", 2)[0]]++
		if fate == "" || strings.HasPrefix(fate, "not loaded") && !strings.Contains(fate, d.figure) {
			t.Errorf("nobody misses %s: %s", d.name, fate)
		}
	}
	t.Logf("%d candidates, %d of them declared or implied; declarations taken away: %v", len(s.found), len(implied), fates)
	if whole && fates["found"] < 20 {
		t.Errorf("the search found only %d of the declarations that were taken away", fates["found"])
	}
}

// declared reports whether a candidate follows from what is declared: from what holds always, and but for what has not happened in its registers, in
// which nothing else of the kind may have happened either.
func (c *candidate) declared(k func(butFor string) *knowledge) bool {
	return c.implied(k(c.butFor)) || c.butFor != "" && c.implied(k(allRarities))
}

// knowing is what a catalogue declares to hold but for one thing, worked out once it is asked for.
func knowing(cat *models.Catalogue) func(butFor string) *knowledge {
	of := map[string]*knowledge{}
	return func(butFor string) *knowledge {
		if of[butFor] == nil {
			of[butFor] = knowledgeOf(cat, butFor)
		}
		return of[butFor]
	}
}

// without says what shows that a declaration is gone; "" when nothing does.
func (s *search) without(d *declaration, implied []string) string {
	cat, err := models.ReadCatalogue(d.files)
	if err != nil {
		return "not loaded: " + err.Error()
	}
	for i := range cat.Figures {
		f := &cat.Figures[i]
		if d.figure != "" && d.figure != f.ID {
			continue
		}
		if falls(f, s.of) {
			return "not true: it never falls"
		}
		for _, r := range f.Relations {
			if broken, _ := always(cat, &r, s.rare[r.ButFor]); broken > 0 && observable(&r, s.of) {
				return "not true: " + describe(&r)
			}
			if !fromStart(cat, &r) {
				continue
			}
			if always, _ := addedToo(cat, &r, s.rare[r.ButFor]); r.AnyTime != always {
				return "not true of what was added: " + describe(&r)
			}
		}
		for k, r := range slices.Concat(f.Falls, f.Rises) {
			if broken, _ := movesAlways(cat, &r, s.rare[r.ButFor], k >= len(f.Falls)); broken > 0 {
				return "not true: what is lost, or gained, of " + describe(&r)
			}
		}
	}
	k := knowing(cat)
	for near := 2; near >= 0; near-- {
		for _, name := range implied {
			if c := s.found[name]; c.near(d.figure) == near && !c.declared(k) {
				return "found: " + name
			}
		}
	}
	other := search{cat: cat, of: s.of, tables: s.tables, nodes: s.nodes}
	if n := other.nightly(); len(n) > 0 {
		return "found: " + n[0]
	}
	return ""
}

// observable reports whether the wholes of a relation are counted: some totals are made of these very parts.
func observable(r *models.Relation, of []observed) bool {
	return !slices.ContainsFunc(r.Whole, func(w models.Count) bool { return len(of[0].now[tableOf(&w)]) == 0 })
}

// declaration is a catalogue from which one thing is gone.
type declaration struct {
	name, figure string
	files        fs.FS
}

// relational are the declarations that say how figures hang together, and what of each may be taken away.
var relational = []string{"parts", "at_most", "rests_on", "growth", "falls", "rises", "climbs", "nightly"}

// declarations lists every catalogue that lacks one of them.
func declarations(t *testing.T) (out []declaration) {
	t.Helper()
	take := func(file string, root *yaml.Node, name, figure string, remove func() (undo func())) {
		undo := remove()
		text, err := yaml.Marshal(root)
		undo()
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, declaration{name, figure, replaced{models.Files(), fstest.MapFS{file: {Data: text}}}})
	}
	names, err := fs.Glob(models.Files(), "figures/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(names, "catalogue.yaml") {
		text, err := fs.ReadFile(models.Files(), file)
		if err != nil {
			t.Fatal(err)
		}
		var root yaml.Node
		if err := yaml.Unmarshal(text, &root); err != nil {
			t.Fatal(err)
		}
		top := root.Content[0]
		if file == "catalogue.yaml" {
			refines := member(top, "refines")
			for i := range refines.Content {
				take(file, &root, fmt.Sprintf("refines %d", i+1), "", func() func() { return removeAt(refines, i) })
			}
			dims := member(top, "dimensions")
			for i := 0; i < len(dims.Content); i += 2 {
				if dim := dims.Content[i+1]; member(dim, "advances") != nil {
					take(file, &root, dims.Content[i].Value+": advances", "", func() func() { return removeKey(dim, "advances") })
				}
			}
			continue
		}
		for _, f := range top.Content {
			id := member(f, "id").Value
			for _, key := range relational {
				v := member(f, key)
				switch {
				case v == nil:
				case v.Kind == yaml.ScalarNode:
					take(file, &root, id+": "+key, id, func() func() { return removeKey(f, key) })
				case v.Kind == yaml.SequenceNode:
					for i := range v.Content {
						name := fmt.Sprintf("%s: %s %d", id, key, i+1)
						take(file, &root, name, id, func() func() { return removeAt(v, i) })
						for k := 0; k < len(v.Content[i].Content); k += 2 {
							if word := v.Content[i].Content[k].Value; word != "by" && word != "of" && word != "but_for" { // that it does not hold then, TestDeclaredRelations shows
								take(file, &root, name+" without "+word, id, func() func() { return removeKey(v.Content[i], word) })
							}
						}
					}
				default:
					take(file, &root, id+": "+key, id, func() func() { return removeKey(f, key) })
					for k := 0; k < len(v.Content); k += 2 {
						word, list := v.Content[k].Value, v.Content[k+1]
						if list.Kind != yaml.SequenceNode {
							take(file, &root, id+": "+key+" "+word, id, func() func() { return removeKey(v, word) })
							continue
						}
						for i := range list.Content {
							take(file, &root, fmt.Sprintf("%s: %s %s %d", id, key, word, i+1), id, func() func() { return removeAt(list, i) })
						}
					}
				}
			}
		}
	}
	return out
}

// replaced are files of which some are others.
type replaced struct{ fs, instead fs.FS }

func (r replaced) Open(name string) (fs.File, error) {
	if f, err := r.instead.Open(name); err == nil {
		return f, nil
	}
	return r.fs.Open(name)
}

func member(n *yaml.Node, key string) *yaml.Node {
	for i := 0; i < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

func removeAt(n *yaml.Node, i int) (undo func()) {
	all := n.Content
	n.Content = slices.Delete(slices.Clone(all), i, i+1)
	return func() { n.Content = all }
}

func removeKey(n *yaml.Node, key string) (undo func()) {
	all := n.Content
	i := slices.IndexFunc(all, func(c *yaml.Node) bool { return c.Value == key })
	n.Content = slices.Delete(slices.Clone(all), i, i+2)
	return func() { n.Content = all }
}

// harmless are the findings that no catalogue need declare, each with its reason.
var harmless = map[string]string{
	"amif.returned <= amif.incomplete[reason=no_guidance] + amif.incomplete[reason=no_evidence] + amif.incomplete[reason=unknown_birth_date] + amif.incomplete[reason=unknown_sex] + amif.incomplete[reason=identity_unknown] + amif.incomplete[reason=no_departure_date] + amif.incomplete[reason=double_participation]": byChance,
	"durable.destination[region] <= durable.share_broad.numerator":                                                                                                      throughTotals,
	"inflow.exceptional_admissions <= inflow.offer[offer=guidance] + inflow.offer[offer=shelter] + inflow.offer[offer=allowance] + inflow.offer[offer=unknown]":         throughTotals,
	"inflow.exceptions_discussed.numerator <= inflow.offer[offer=guidance] + inflow.offer[offer=shelter] + inflow.offer[offer=allowance] + inflow.offer[offer=unknown]": throughTotals,
	"review.adopted <= review.advised":                                                                                                             noCells,
	"review.put_to_state_secretary <= review.advised":                                                                                              noCells,
	"population.housed[sex=unknown] <= occupancy.persons":                                                                                          byChance,
	"stability.durable_sheltered_again <= durable.cases_level[level=durable]":                                                                      throughTotals,
	"stability.not_sheltered_again[horizon=180, exit_reason] each <= outflow.persons":                                                              byChance,
	"stability.not_sheltered_again[horizon=365, exit_reason] each <= outflow.persons":                                                              byChance,
	"subgoal.level[special_group, level=durable|semi_durable] <= durable.cases but for outcomes before the pilot or admission":                     byChance,
	"what is lost of durable.cases_level[level] <= durable.days_to_solution.denominator[stat=mean] but for outcomes before the pilot or admission": byChance,
	"what is lost of durable.cases_level[level] <= durable.cases_in_period but for outcomes before the pilot or admission":                         byChance,
	"what was added to subgoal.admitted[special_group] = inflow.admissions":                                                                        throughTotals,
	"what was added to subgoal.level[special_group, level] = inflow.admissions":                                                                    throughTotals,
}

// unmissed are the declarations that the search does not find once they are taken away, each with its reason.
var unmissed = map[string]string{
	"outflow.persons_level: at_most 2":                         throughTotals, // both together are the numerator of durable.leavers_broad
	"outflow.persons_level: at_most 3":                         oneByOne,
	"population.admitted: at_most 1":                           oneForAll,
	"population.housed: at_most 4":                             earlierTables,
	"population.housed: at_most 5":                             earlierTables,
	"population.housed: at_most 6":                             earlierTables,
	"population.housed: at_most 7":                             severalTables,
	"population.housed: at_most 8":                             severalTables,
	"population.housed: at_most 9":                             severalTables,
	"population.admitted: parts 4":                             allSoFar,
	"population.admitted: parts 1":                             noTotal,
	"population.admitted: parts 2":                             noTotal,
	"population.admitted: parts 3":                             noTotal,
	"subgoal.level: parts 2":                                   severalTables,
	"subgoal.level: rises 1":                                   severalTables,
	"subgoal.level: at_most 1":                                 oneAfterOther,
	"subgoal.level: at_most 2":                                 oneAfterOther,
	"subgoal.level: at_most 3":                                 oneAfterOther,
	"subgoal.level: at_most 4":                                 oneAfterOther,
	"subgoal.level: at_most 5":                                 oneAfterOther,
	"durable.later_granted: growth after":                      earlierTables,
	"durable.share_strict: growth":                             levelByLevel,
	"durable.share_strict: growth at_most 1":                   levelByLevel,
	"durable.share_broad: growth":                              levelByLevel,
	"durable.share_broad: growth at_most 1":                    levelByLevel,
	"durable.region: at_most 2":                                severalTables,
	"durable.region: at_most 2 without beside":                 severalTables,
	"durable.region: at_most 3":                                severalTables,
	"durable.region: at_most 3 without beside":                 severalTables,
	"durable.region: at_most 1":                                severalTables,
	"durable.region: at_most 1 without beside":                 severalTables,
	"subgoal.put_forward: at_most 1":                           severalTables,
	"conference.end_grounds_to_date: at_most 1":                severalTables,
	"conference.end_grounds_to_date: at_most 1 without beside": severalTables,
	"durable.days_to_solution: at_most 2 without count":        twoWays,
	"durable.days_to_solution: at_most 2":                      twoWays,
	"conference.scenario_set: at_most 1":                       severalTables,
	"conference.scenario_set: at_most 1 without lead":          earlierTables,
	"conference.scenario_set: at_most 2":                       severalTables,
	"conference.change_moments: at_most 2 without beside":      nothingPrinted,
	"conference.change_moments: at_most 2":                     nothingPrinted,
	"conference.change_moments: at_most 1":                     nothingPrinted,
}

const (
	oneByOne       = "it looks at columns, and not at one value of what is not printed: the audit's own test does"
	levelByLevel   = "durable.cases_level grows so level by level, and with it what its levels add up to"
	severalTables  = "it looks at two tables at a time, in one period, and at no shares of another table's cell: TestWhatIsUsual shows what is lost"
	earlierTables  = "it holds no earlier counts of a table against later totals: TestWhatIsUsual shows what is lost"
	twoWays        = "it holds no table by two characteristics against what is part of some of it: TestWhatIsUsual shows what is lost"
	noTotal        = "the total is no figure, and it compares no two sums of tables: the reader of the tests holds the divisions against one another"
	oneForAll      = "where whoever is in shelter was admitted, what one division says follows from what another does: TestDeclaredRelations shows that it holds"
	oneAfterOther  = "what is declared of its single levels adds up to it"
	byChance       = "no law, and it fails in other registers: the two have nothing to do with each other"
	nothingPrinted = "it is told of what is not printed, and of a cell: TestNothingFollows shows what is lost"
	allSoFar       = "it looks at no period from the pilot's start: TestNothingFollows shows what is lost"
	noCells        = "no count of either is by a characteristic"
	throughTotals  = "what is declared ties the cells to a total, and how totals compare is shown"
)
