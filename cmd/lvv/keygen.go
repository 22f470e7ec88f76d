package main

import (
	"github.com/spf13/cobra"

	"lvv/anonymize/pseudonym"
	"lvv/internal/say"
)

func newKeygen(a *app) *cobra.Command {
	var convert bool
	cmd := &cobra.Command{
		Use:   "keygen FILE",
		Short: "Make a new key, readable by its owner alone",
		Long: `keygen writes a new random root key to FILE with mode 0600. It never overwrites a file.

A key bears a checksum, so that a wrong character is noticed. With --convert the key of an
older file, which has none, gets one: it stays the same key, with the same fingerprint.`,
		Example: "  lvv keygen sleutel.key\n  lvv keygen --convert sleutel.key",
		Args:    exactArgs(1, say.Errorf("the file for the new key")),
		RunE: func(_ *cobra.Command, args []string) error {
			if convert {
				return a.convertKey(args[0])
			}
			k, err := pseudonym.GenerateKey()
			if err != nil {
				return err
			}
			if err := pseudonym.WriteKeyFile(args[0], k); err != nil {
				return err
			}
			a.say("Wrote %s (fingerprint %s). Keep a copy in a safe place.", args[0], k.Fingerprint())
			return nil
		},
	}
	cmd.Flags().BoolVar(&convert, "convert", false, "give the key in FILE its checksum, if it has none")
	return cmd
}

func (a *app) convertKey(path string) error {
	k, converted, err := pseudonym.ConvertKeyFile(path)
	if err != nil {
		return err
	}
	if !converted {
		a.say("%s has its checksum already (fingerprint %s): nothing was changed.", path, k.Fingerprint())
		return nil
	}
	a.say("Wrote %s anew, with a checksum (fingerprint %s). Keep a copy in a safe place, instead of the old one.", path, k.Fingerprint())
	return nil
}

// exactArgs is cobra.ExactArgs with a message that says what is expected.
func exactArgs(n int, what error) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != n {
			return usagef("%s takes %w and nothing else\n  %s --help shows an example", cmd.CommandPath(), what, cmd.CommandPath())
		}
		return nil
	}
}
