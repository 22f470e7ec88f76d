package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"

	"github.com/spf13/pflag"

	"lvv/anonymize/pseudonym"
	"lvv/anonymize/published"
	"lvv/cmd/lvv/internal/outdir"
	"lvv/internal/regular"
	"lvv/internal/say"
	"lvv/reports"
	"lvv/reports/amif"
	"lvv/reports/html"
	"lvv/reports/notes"
	"lvv/samples"
	"lvv/transform"
)

// keyVariable names the environment variable that may hold the path of the key file.
const keyVariable = "LVV_KEY_FILE"

// source says which exports are read, under which terms and with which key. It is shared by run
// and check.
type source struct {
	config, exports, key string
	lang                 string
	quiet, json          bool
	threads              int
	memory               string
	html                 string // the page that check writes; "" for none
	engine               string // duckdb, or the address of a server

	warnings []error // to be said when the reading begins
	warned   int     // of them were said
}

// The word between backquotes is what help shows for the value of a flag.
func (s *source) register(f *pflag.FlagSet) {
	f.StringVar(&s.config, "config", "", "`file` with the pilot's terms (default: pilot.yaml in this folder)")
	f.StringVar(&s.exports, "exports", "", "`folder` with the exports (default: exports beside pilot.yaml)")
	f.StringVar(&s.key, "key", "", "key `file` (default: the one that LVV_KEY_FILE names, else sleutel.key beside pilot.yaml)")
	s.registerWork(f)
}

// registerWork adds the flags that say how the work is done.
func (s *source) registerWork(f *pflag.FlagSet) {
	f.BoolVar(&s.quiet, "quiet", false, "no progress")
	f.IntVar(&s.threads, "threads", 0, "`number` of threads (default: one a core, of a small register fewer); the output does not depend on it")
	f.StringVar(&s.engine, "engine", engineDuckDB, "what computes: duckdb, or `sc://host:15002`, a server that speaks Spark Connect and sees the store's folder")
	f.StringVar(&s.memory, "memory", defaultMemory, "`amount` of memory for the database; beyond it, it uses a private temporary folder")
}

// registerOutput adds the flags of the verbs that report in a language or as JSON.
func (s *source) registerOutput(a *app, f *pflag.FlagSet) {
	f.StringVar(&s.lang, "lang", string(a.lang), "`language` of all that is said and written: nl or en")
	f.BoolVar(&s.json, "json", false, "print one JSON object")
}

// isSamples reports whether neither terms nor exports were named: the job runs on the samples.
func (s *source) isSamples() bool { return s.config == "" && s.exports == "" }

// findPilot takes the pilot.yaml of the folder in which the program was started, where nothing else is named.
func (s *source) findPilot() {
	if info, err := os.Stat(samples.Terms); s.isSamples() && err == nil && info.Mode().IsRegular() {
		s.config = samples.Terms
	}
}

func (s *source) validate() error {
	s.findPilot()
	if err := s.validateWork(); err != nil {
		return err
	}
	if s.isSamples() {
		return nil
	}
	if s.config == "" {
		return usagef("--exports is given without --config\n  The pilot's terms are needed: --config pilot.yaml. Make them with: lvv init DIR")
	}
	// The terms come first: with a wrong --config, all that is said about the folder beside it misleads.
	if _, err := transform.LoadTerms(s.config); err != nil {
		return &usageError{err}
	}
	if s.exports == "" {
		s.exports = filepath.Join(filepath.Dir(s.config), samples.Exports)
	}
	return checkExports(s.exports)
}

// validateWork checks the language, and what registerWork added.
func (s *source) validateWork() error {
	if s.lang != string(reports.Dutch) && s.lang != string(reports.English) {
		return usagef("--lang %s is not a language of the reports\n  Give nl or en.", s.lang)
	}
	if s.threads < 0 {
		return usagef("--threads %d is not a number of threads\n  Give 1 or more.", s.threads)
	}
	if !memoryAmount.MatchString(s.memory) {
		return usagef("--memory %s is not an amount of memory\n  Give a number and a unit, such as 4GiB.", s.memory)
	}
	return checkEngine(s.engine)
}

// defaultMemory is enough for most pilots.
const defaultMemory = "1GiB"

// memoryAmount is what the database takes for an amount of memory.
var memoryAmount = regexp.MustCompile(`(?i)^[0-9]+(\.[0-9]+)? ?[kmgt]i?b$`)

func checkExports(dir string) error {
	const remedy = "Give the folder in which the exports lie with --exports."
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return usagef("there is no folder %s\n  "+remedy, dir)
	case err != nil:
		return usagef("the folder of exports cannot be examined: %w\n  Check the path and your rights. "+remedy, err)
	case !info.IsDir():
		return usagef("%s is not a folder\n  "+remedy, dir)
	}
	return nil
}

// keyFile is the file that holds the key of real exports: the one that was named, or the one that init made beside
// pilot.yaml; "" for none.
func (s *source) keyFile() string {
	if s.key != "" {
		return s.key
	}
	if path := os.Getenv(keyVariable); path != "" || s.config == "" {
		return path
	}
	path := filepath.Join(filepath.Dir(s.config), keyFile)
	if _, err := os.Lstat(path); err != nil {
		return ""
	}
	return path
}

// loadKey reads the key of real exports. It returns errNoKey when none was named.
func (s *source) loadKey() (pseudonym.Key, error) {
	path := s.keyFile()
	if path == "" {
		return pseudonym.Key{}, errNoKey
	}
	return s.loadKeyFile(path)
}

// loadKeyFile reads a key, and remembers to warn of one without checksum.
func (s *source) loadKeyFile(path string) (pseudonym.Key, error) {
	k, err := pseudonym.LoadKey(path)
	if err != nil {
		return k, &usageError{err}
	}
	if k.Unchecked() {
		s.warn(say.Errorf("key file %s has no checksum: of a wrong character in it nobody would know\n"+
			"  If the fingerprint in your last manifest.json is this one's, run: lvv keygen --convert %s", path, path))
	}
	return k, nil
}

// warn remembers what is to be said once when the reading begins.
func (s *source) warn(message error) {
	if !slices.ContainsFunc(s.warnings, func(w error) bool { return w.Error() == message.Error() }) {
		s.warnings = append(s.warnings, message)
	}
}

var errNoKey = &usageError{say.Errorf("no key: pseudonyms of real exports need one\n" +
	"  Make one with: lvv keygen FILE, and give it with --key FILE or " + keyVariable + "=FILE.\n" +
	"  Use the same key for every delivery, and keep a copy in a safe place.")}

// The parts of the output that --only can choose among. What is for the steward is always written.
const (
	partReport    = outdir.PartReport
	partAMIF      = outdir.PartAMIF
	partEvaluator = outdir.PartEvaluator
)

// runFlags are the flags of lvv run.
type runFlags struct {
	source
	out, period, asOf string
	previous, earlier []string
	noEarlier         bool
	noPrevious        bool
	final, replace    bool
	earlierAMIF       []string
	recipients, only  []string
	theme             string
	notes             string
	strict            bool

	css     []byte           // the theme
	said    []published.Note // the notes
	noted   []byte           // their file
	claimed map[string]bool  // pseudonyms in the lists of --earlier-amif
}

func (r *runFlags) register(a *app, f *pflag.FlagSet) {
	r.source.register(f)
	r.registerOutput(a, f)
	f.StringVar(&r.out, "out", "out", "`folder` for the output; a folder for the period is made in it")
	f.StringVar(&r.period, "period", "", "`period` to report: 2020-Q3, 2020-09, 2020, 2020-07-01..2020-09-30 or all (default: the last quarter that the registers cover whole)")
	f.StringVar(&r.asOf, "as-of", "", "reference `date`; nothing after it is known (default: the period's last day)")
	f.StringArrayVar(&r.previous, "previous", nil, "earlier output `folder`; what has changed since is reported, beside the earlier periods in --out (may be repeated)")
	f.BoolVar(&r.noPrevious, "no-previous", false, "say that no earlier report was published than those in --out")
	f.BoolVar(&r.final, "final", false, "mark the output as handed out: it is then renewed with --replace only")
	f.BoolVar(&r.replace, "replace", false, "renew an output that was handed out; its former version is kept in it and counts as an earlier report")
	f.StringArrayVar(&r.earlier, "earlier", nil, "earlier output `folder` that does not lie in --out; its delivery to the evaluator counts too (may be repeated)")
	f.BoolVar(&r.noEarlier, "no-earlier", false, "say that the evaluator got no earlier delivery than those in --out")
	f.StringArrayVar(&r.earlierAMIF, "earlier-amif", nil, "`file` deelnemers.csv of an earlier AMIF account; nobody in it is claimed twice (may be repeated)")
	f.StringArrayVar(&r.recipients, "recipient", nil, "age public `key` (age1...) for which the evaluator's data are encrypted (may be repeated)")
	f.StringSliceVar(&r.only, "only", nil, "write only these `parts`: stuurgroep, amif, evaluator (beheer is always written)")
	f.StringVar(&r.theme, "theme", "", "CSS `file` that replaces the custom properties of the report's house style")
	f.StringVar(&r.notes, "notes", "", "`file` with the project leader's notes on sections of the report, toelichting.yaml")
	f.BoolVar(&r.strict, "strict", false, "exit with 3 when rows were quarantined or a finding is high")
}

func (r *runFlags) validate() error {
	if err := r.source.validate(); err != nil {
		return err
	}
	if r.period == "" && r.isSamples() {
		r.period = samples.Period
	}
	for _, o := range r.only {
		if !slices.Contains([]string{partReport, partAMIF, partEvaluator}, o) {
			return usagef("--only %q is not a part of the output\n  Give one or more of stuurgroep, amif, evaluator.", o)
		}
	}
	for _, dir := range slices.Concat(r.previous, r.earlier) {
		if info, err := os.Stat(dir); err != nil || !info.IsDir() {
			return usagef("%s is not an earlier output folder\n  Give the folder of a period, e.g. out/2020-Q2.", dir)
		}
	}
	if r.noEarlier && len(r.earlier) > 0 {
		return usagef("--no-earlier and --earlier contradict each other\n  Leave one of them out.")
	}
	if r.noPrevious && len(r.previous) > 0 {
		return usagef("--no-previous and --previous contradict each other\n  Leave one of them out.")
	}
	if _, err := parseRecipients("--recipient", r.recipients); err != nil {
		return err
	}
	return r.readSmall()
}

// readSmall reads the files that are needed late, so that a wrong name is told of at once.
func (r *runFlags) readSmall() (err error) {
	if r.theme != "" {
		if r.css, err = regular.ReadFile(r.theme); err != nil {
			return usagef("the theme cannot be read: %w\n  Give a CSS file with --theme.", err)
		}
		if err := html.CheckTheme(r.css); err != nil {
			return usagef("%s: %w\n  Take it out of the file.", r.theme, err)
		}
	}
	if r.notes != "" {
		if r.noted, err = regular.ReadFile(r.notes); err != nil {
			return usagef("the notes cannot be read: %w\n  Give a file such as the toelichting.yaml that lvv init writes.", err)
		}
		if r.said, err = notes.Parse(r.notes, r.noted); err != nil {
			return &usageError{err}
		}
	}
	r.claimed = map[string]bool{}
	for _, path := range r.earlierAMIF {
		if err := amif.ReadEarlier(path, r.claimed); err != nil {
			return &usageError{err}
		}
	}
	return nil
}

// wants reports whether a part of the output is to be written.
func (r *runFlags) wants(part string) bool { return len(r.only) == 0 || slices.Contains(r.only, part) }

// parts are those of the output that are to be written.
func (r *runFlags) parts() []string {
	if len(r.only) == 0 {
		return []string{partReport, partAMIF, partEvaluator, outdir.PartSteward}
	}
	return append(slices.Clone(r.only), outdir.PartSteward)
}

// reads are the files and folders that the run needs, and that must stay.
func (r *runFlags) reads() []string {
	all := slices.Concat([]string{r.config, r.exports, r.keyFile(), r.theme, r.notes}, r.previous, r.earlier, r.earlierAMIF)
	return slices.DeleteFunc(all, func(path string) bool { return path == "" })
}
