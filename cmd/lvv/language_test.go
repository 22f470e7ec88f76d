package main

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"lvv/ingest"
	"lvv/internal/say"
	"lvv/internal/thorough"
)

// saidVariable names a folder in which every run of a script leaves what it said.
const saidVariable = "LVV_TEST_SAID"

// keepSaid has a run leave in a file of its own what it says, after its command line. The file is closed as the process ends.
func keepSaid(a *app, args []string) {
	dir := os.Getenv(saidVariable)
	if _, known := say.Environment(); dir == "" || !known {
		return
	}
	f, err := os.CreateTemp(dir, "run")
	if err != nil {
		panic(err)
	}
	fmt.Fprintln(f, strings.Join(args, " "), os.Getenv(keyVariable))
	a.stdout, a.stderr = io.MultiWriter(f, a.stdout), io.MultiWriter(f, a.stderr)
}

// TestOneLanguage runs what the scripts run in each language, and finds no word of the other in what is said.
func TestOneLanguage(t *testing.T) {
	scripts := []string{}
	for _, name := range []string{"anonymize", "fatal", "init", "metrics", "run_usage"} {
		scripts = append(scripts, "testdata/script/"+name+".txtar")
	}
	if thorough.On {
		var err error
		if scripts, err = filepath.Glob("testdata/script/*.txtar"); err != nil {
			t.Fatal(err)
		}
	}
	said := map[say.Lang]string{say.Dutch: t.TempDir(), say.English: t.TempDir()}
	foreign := onlyIn(t)
	for lang, dir := range said {
		var files []string
		for _, script := range scripts {
			text, err := os.ReadFile(script)
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(t.TempDir(), filepath.Base(script))
			if err := os.WriteFile(file, spokenIn(lang, text), 0o600); err != nil {
				t.Fatal(err)
			}
			files = append(files, file)
		}
		t.Run(string(lang), func(t *testing.T) {
			testscript.Run(t, testscript.Params{
				Files: files, ContinueOnError: true,
				Cmds: scriptCommands,
				Setup: func(env *testscript.Env) error {
					env.Setenv(say.Variable, string(lang))
					env.Setenv(saidVariable, dir)
					collectAlike(env)
					return nil
				},
			})
		})
		runs, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, run := range runs {
			text, err := os.ReadFile(filepath.Join(dir, run.Name()))
			if err != nil {
				t.Fatal(err)
			}
			command, rest, _ := strings.Cut(string(text), "\n")
			given := word.FindAllString(strings.ToLower(command), -1) // and may come back
			for line := range strings.Lines(rest) {
				if ofJSON.MatchString(line) {
					continue
				}
				words := slices.DeleteFunc(wordsOf(names.ReplaceAllString(line, " ")), func(w string) bool { return !foreign[lang][w] || slices.Contains(given, w) })
				if len(words) > 0 {
					t.Errorf("%s: lvv %s says %q: %s", lang, command, words, line)
				}
			}
		}
	}
}

// TestOneLanguageInInit finds no word of the other language in what lvv init writes to be read.
func TestOneLanguageInInit(t *testing.T) {
	for lang, foreign := range onlyIn(t) {
		dir := filepath.Join(t.TempDir(), "pilot")
		var said bytes.Buffer
		if code := run([]string{"init", dir, "--lang", string(lang)}, nil, &said, &said); code != exitDone {
			t.Fatal(said.String())
		}
		read := 0
		for _, file := range []string{"pilot.yaml", "aanvraag.yaml", "toelichting.yaml", "wat-u-aanlevert.html"} {
			text, err := os.ReadFile(filepath.Join(dir, file))
			if err != nil {
				t.Fatal(err)
			}
			settings := map[string]bool{}
			for _, name := range setting.FindAllString(string(text), -1) {
				for _, w := range word.FindAllString(name, -1) {
					settings[w] = true
				}
			}
			for line := range strings.Lines(markup.ReplaceAllString(string(text), " ")) {
				if strings.HasSuffix(file, ".yaml") {
					_, line, _ = strings.Cut(line, "#")
				}
				words := wordsOf(names.ReplaceAllString(line, " "))
				read += len(words)
				if words = slices.DeleteFunc(words, func(w string) bool { return !foreign[w] || settings[w] }); len(words) > 0 {
					t.Errorf("%s in %s says %q: %s", file, lang, words, strings.TrimSpace(line))
				}
			}
		}
		if read < 500 {
			t.Errorf("only %d words were read of what init writes in %s", read, lang)
		}
	}
}

var (
	// markup are the parts of a page that nobody reads, and its names of files and columns.
	markup = regexp.MustCompile(`(?s)<style>.*?</style>|<code>.*?</code>|<[^>]*>`)
	// setting is the name of a setting or a field.
	setting = regexp.MustCompile(`\w+(: |:\n|  )`)
)

// codesOfContract are the values that exports hold.
func codesOfContract() []string {
	var codes []string
	for _, t := range ingest.Contract() {
		for _, f := range t.Fields {
			for _, c := range f.Codes {
				codes = append(codes, c.Dutch)
			}
		}
	}
	return codes
}

var (
	// checked are the lines of a script that hold what was said against what is expected in one language.
	checked  = regexp.MustCompile(`^(\[\w+\] )?(! )?(stdout|stderr|cmp|grep|exists) `)
	inEnv    = regexp.MustCompile(`^env LVV_LANG=(nl|en)$`)
	langFlag = regexp.MustCompile(` --lang[ =](nl|en)\b`)
)

// spokenIn is a script that only runs its commands, in a language.
func spokenIn(lang say.Lang, script []byte) []byte {
	var b bytes.Buffer
	commands, files, filed := bytes.Cut(script, []byte("\n-- "))
	for line := range bytes.Lines(commands) {
		if !checked.Match(line) {
			line = inEnv.ReplaceAll(bytes.TrimSpace(line), []byte("env LVV_LANG="+lang))
			b.Write(append(langFlag.ReplaceAll(line, nil), '\n'))
		}
	}
	if filed {
		b.WriteString("-- ")
		b.Write(files)
	}
	return b.Bytes()
}

var (
	notSaid = regexp.MustCompile("`[^`]*`|" + `"[^"]*"|\{\{.*?\}\}|%[-+.0-9\[\]]*[a-zA-Z]|[\w./\\~=@*-]*[./\\_=@*0-9-][\w./\\~=@*-]*[\w/]`)
	// names are parts of a line that are the same in both languages: lists of values, settings, fields with what they mean behind
	// them, what verify calls its checks, the header of a list, what a script calls a setting or a version, and what a library says.
	names = regexp.MustCompile(`: [\w<+-]+(, [\w<+-]+)+\.?\n|^[a-z_]+(,[a-z_]+)+\n|^(ok|FAIL|FOUT|----) +\w+|^  [a-z_]+  +|^cases:|\b(table|files|decimal):( \w+)?|[\w-]+/|` +
		`(unknown setting|onbekende instelling) .*|lvv (older )?unknown|failed to .*`)
	ofJSON = regexp.MustCompile(`^\s*["{}\[\]]`)
	word   = regexp.MustCompile(`\pL{3,}`)
)

// wordsOf are the words of a text that are neither flags nor names of files, columns and settings.
func wordsOf(text string) []string {
	return word.FindAllString(strings.ToLower(notSaid.ReplaceAllString(text, " ")), -1)
}

// onlyIn has for each language the words that the catalogues have in the other alone.
func onlyIn(t *testing.T) map[say.Lang]map[string]bool {
	t.Helper()
	has := map[say.Lang]map[string]bool{say.Dutch: {}, say.English: {}}
	for english, dutch := range say.Messages() {
		for _, w := range wordsOf(english) {
			has[say.English][w] = true
		}
		for _, w := range wordsOf(dutch) {
			has[say.Dutch][w] = true
		}
	}
	for lang := range has {
		var said bytes.Buffer
		if code := run([]string{"metrics", "--lang", string(lang)}, nil, &said, &said); code != exitDone {
			t.Fatal(said.String())
		}
		for _, w := range wordsOf(said.String()) {
			has[lang][w] = true
		}
	}
	only := map[say.Lang]map[string]bool{say.Dutch: maps.Clone(has[say.English]), say.English: maps.Clone(has[say.Dutch])}
	for lang := range has {
		maps.DeleteFunc(only[lang], func(w string, _ bool) bool { return has[lang][w] || isName(w) })
		if os.Getenv("LVV_WORDS") != "" {
			t.Log(lang, slices.Sorted(maps.Keys(only[lang])))
		}
	}
	return only
}

// bothLanguages are words of both, and names that are the same in both: of the evaluator's tables, of notes' subjects, of an
// organisation of the samples.
var bothLanguages = []string{"ten", "want", "locations", "personen", "trajecten", "verlopen", "outflow", "opvang", "tabel"}

// isName reports whether a word is the name of a register, a column, a code or a setting, which is the same in both languages.
func isName(w string) bool {
	if slices.Contains(bothLanguages, w) || slices.Contains(codesOfContract(), w) {
		return true
	}
	return slices.ContainsFunc(ingest.Contract(), func(t ingest.Table) bool {
		return t.Stem == w || slices.ContainsFunc(t.Fields, func(f ingest.Field) bool { return f.Header == w || f.Name == w })
	})
}
