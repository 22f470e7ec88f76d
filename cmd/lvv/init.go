package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"lvv/anonymize/pseudonym"
	"lvv/ingest"
	"lvv/reports/notes"
	"lvv/samples"
)

// initHeader stands above the terms that init writes, in place of the samples' own.
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
		Args:    exactArgs(1, "the folder to make"),
		RunE: func(_ *cobra.Command, args []string) error {
			if lang != "nl" && lang != "en" {
				return usagef("--lang %s is not a language of the page\n  Give nl or en.", lang)
			}
			return a.initPilot(args[0], lang)
		},
	}
	cmd.Flags().StringVar(&lang, "lang", "nl", "`language` of the page that says what to deliver: nl or en")
	return cmd
}

func (a *app) initPilot(dir, lang string) error {
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return usagef("%s is not empty\n  Give a new folder.", dir)
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return usagef("%s cannot be used: %w\n  Give a new folder.", dir, err)
	}
	exports := filepath.Join(dir, samples.Exports)
	if err := os.MkdirAll(exports, 0o700); err != nil {
		return fmt.Errorf("make %s: %w", exports, err)
	}
	terms, err := termsTemplate()
	if err != nil {
		return err
	}
	var guide bytes.Buffer
	if err := ingest.WriteGuide(&guide, lang); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	k, err := pseudonym.GenerateKey()
	if err != nil {
		return err
	}
	config, key := filepath.Join(dir, samples.Terms), filepath.Join(dir, "sleutel.key")
	if err := errors.Join(
		os.WriteFile(config, terms, 0o600),
		os.WriteFile(filepath.Join(dir, guideFile), guide.Bytes(), 0o600),
		pseudonym.WriteKeyFile(key, k),
		writeExampleRequest(dir, lang),
		writeExampleNotes(dir, lang),
	); err != nil {
		return err
	}
	page := filepath.Join(dir, guideFile)
	_, err = fmt.Fprintf(a.stdout, `Wrote
  %-[6]*[1]s   check every line against your covenant
  %-[6]*[2]s   the key (fingerprint %[3]s): keep a copy in a safe place
  %-[6]*[4]s   put the exports here
  %-[6]*[5]s   says what the parties deliver
  %-[6]*[7]s   an example of a request for tables, for lvv request
  %-[6]*[8]s   for your notes on the report, given with --notes

Then:
  lvv check --config %[1]s --key %[2]s
  lvv run   --config %[1]s --key %[2]s --period 2020-Q3
`, config, key, k.Fingerprint(), exports, page, len(page), filepath.Join(dir, exampleRequest), filepath.Join(dir, exampleNotes))
	return err
}

// exampleNotes is the file for the project leader's notes that init writes.
const exampleNotes = "toelichting.yaml"

func writeExampleNotes(dir, lang string) error {
	var b bytes.Buffer
	if err := notes.WriteExample(&b, lang); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, exampleNotes), b.Bytes(), 0o600)
}

// termsTemplate is the samples' pilot.yaml under a header of its own: one commented file to keep true.
func termsTemplate() ([]byte, error) {
	b, err := fs.ReadFile(samples.FS(), samples.Terms)
	if err != nil {
		return nil, fmt.Errorf("read the template of the terms: %w", err)
	}
	_, body, found := bytes.Cut(b, []byte("\n\n"))
	if !found {
		return nil, errors.New("the template of the terms has no header")
	}
	return append([]byte(initHeader+"\n"), body...), nil
}
