package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"lvv/anonymize/pseudonym"
)

func newKeygen(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "keygen FILE",
		Short:   "Make a new key, readable by its owner alone",
		Long:    "keygen writes a new random root key to FILE with mode 0600. It never overwrites a file.",
		Example: "  lvv keygen sleutel.key",
		Args:    exactArgs(1, "the file for the new key"),
		RunE: func(_ *cobra.Command, args []string) error {
			k, err := pseudonym.GenerateKey()
			if err != nil {
				return err
			}
			if err := pseudonym.WriteKeyFile(args[0], k); err != nil {
				return err
			}
			fmt.Fprintf(a.stdout, "Wrote %s (fingerprint %s). Keep a copy in a safe place.\n", args[0], k.Fingerprint())
			return nil
		},
	}
}

// exactArgs is cobra.ExactArgs with a message that says what is expected.
func exactArgs(n int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != n {
			return usagef("%s takes %s and nothing else\n  %s --help shows an example", cmd.CommandPath(), what, cmd.CommandPath())
		}
		return nil
	}
}
