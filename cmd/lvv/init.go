package main

import (
	"bytes"
	_ "embed"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"lvv/anonymize/pseudonym"
	"lvv/anonymize/request"
	"lvv/ingest"
	"lvv/internal/private"
	"lvv/internal/say"
	"lvv/reports/notes"
	"lvv/samples"
)

// keyFile is the key that init makes, and that is found beside pilot.yaml.
const keyFile = "sleutel.key"

// dutchTerms is the template of the terms with Dutch comments. A test holds it against the samples' own.
//
//go:embed pilot.nl.yaml
var dutchTerms []byte

// initHeader stands above the terms that init writes in English, in place of the samples' own.
const initHeader = `# The terms of the pilot: what was agreed, and from which the figures are computed.
# Check every line against your covenant; the values below are those of the pilot in Amsterdam.
# An unknown or contradictory setting is an error that names its line.
`

// guideFile says what the parties deliver.
const guideFile = "wat-u-aanlevert.html"

func newInit(a *app) *cobra.Command {
	var lang string
	cmd := &cobra.Command{
		Use:   "init DIR",
		Short: "A folder to start from: terms, key, and what to deliver",
		Long: `init makes DIR with a commented pilot.yaml, a new key that only its owner may read, an empty folder
exports/ with a page that says what the parties deliver, an example of a request for tables, and a file
for notes on the report. It changes nothing that exists.`,
		Example: "  lvv init mijn-pilot",
		Args:    exactArgs(1, say.Errorf("the folder to make")),
		RunE: func(_ *cobra.Command, args []string) error {
			if lang != "nl" && lang != "en" {
				return usagef("--lang %s is not a language of the page\n  Give nl or en.", lang)
			}
			return a.initPilot(args[0], lang)
		},
	}
	cmd.Flags().StringVar(&lang, "lang", string(a.lang), "`language` of the terms and of the page that says what to deliver: nl or en")
	return cmd
}

func (a *app) initPilot(dir, lang string) error {
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return usagef("%s is not empty\n  Give a new folder.", dir)
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return usagef("%s cannot be used: %w\n  Give a new folder.", dir, err)
	}
	exports := filepath.Join(dir, samples.Exports)
	if err := private.MkdirAll(exports); err != nil {
		return say.Errorf("make %s: %w", exports, err)
	}
	terms, err := termsTemplate(lang)
	if err != nil {
		return err
	}
	k, err := pseudonym.GenerateKey()
	if err != nil {
		return err
	}
	key := filepath.Join(dir, keyFile)
	errs := []error{pseudonym.WriteKeyFile(key, k)}
	for _, f := range []struct {
		name string
		fill func(w io.Writer, lang string) error
	}{
		{samples.Terms, func(w io.Writer, _ string) error { return text(terms)(w) }},
		{guideFile, ingest.WriteGuide}, {exampleRequest, request.WriteExample}, {exampleNotes, notes.WriteExample},
	} {
		var b bytes.Buffer
		if err := f.fill(&b, lang); err != nil {
			return say.Errorf("write the page: %w", err)
		}
		errs = append(errs, os.WriteFile(filepath.Join(dir, f.name), b.Bytes(), 0o600))
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	config, page, asked := filepath.Join(dir, samples.Terms), filepath.Join(dir, guideFile), filepath.Join(dir, exampleRequest)
	a.say(`Wrote
  %[1]s
      the pilot's terms: check every line against your covenant
  %[2]s
      the key (fingerprint %[3]s): keep a copy in a safe place
  %[4]s
      put the exports here
  %[5]s
      says what the parties deliver
  %[6]s
      an example of a request for tables, for lvv request
  %[7]s
      for your notes on the report, given with --notes

Then, in that folder:
  lvv check
  lvv run`, config, key, k.Fingerprint(), exports, page, asked, filepath.Join(dir, exampleNotes))
	return nil
}

// exampleNotes is the file for the project leader's notes that init writes.
const exampleNotes = "toelichting.yaml"

// termsTemplate is the samples' pilot.yaml under a header of its own: one commented file to keep true.
func termsTemplate(lang string) ([]byte, error) {
	if lang == string(say.Dutch) {
		return dutchTerms, nil
	}
	b, err := fs.ReadFile(samples.FS(), samples.Terms)
	if err != nil {
		return nil, say.Errorf("read the template of the terms: %w", err)
	}
	_, body, _ := bytes.Cut(b, []byte("\n\n"))
	return append([]byte(initHeader+"\n"), body...), nil
}
