package main

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"lvv/anonymize/kanon"
	"lvv/anonymize/microdata"
	"lvv/internal/say"
)

func newAnonymize(a *app) *cobra.Command {
	o := microdata.Options{Options: kanon.Options{K: 5, L: 2, Mode: kanon.Local}}
	mode := string(o.Mode)
	cmd := &cobra.Command{
		Use:   "anonymize --data FILE --hierarchies DIR --qi a,b,c --out FILE",
		Short: "Make any table k-anonymous with value hierarchies",
		Long: `anonymize publishes a table so that every combination of the quasi-identifiers is shared by
at least k persons, and each sensitive column takes at least l values among them (fewer only
where the whole table has fewer), at the least loss of information it can find.

A hierarchy is a file whose name ends in _<column>.csv with one row a value: the value, then
its generalisations from narrow to wide (value;level 1;level 2;...;*), as ARX has them. Every
value of the table needs a place in its hierarchy. Delimiters and encodings are found by looking.

Mode local generalises each class only as far as it needs. Mode uniform takes one level a
column: of all choices the one that loses least, a suppressed cell counting 1, and of equals
the one that leaves out the fewest persons. A suppressed row is written with the top of each
hierarchy (*) and keeps its other columns; in local mode that is a class like the others, made
only where it loses least.

All other columns are written as they are, but for the --person column: it is an identifier,
and becomes a number that is the same within a class and differs between classes, so that
persons can be counted and rows of different classes not joined. Remove other identifiers first.
Rows are written in the order of what is published, because the order of the input can tell
what the values no longer say; --keep-order is for use in-house.`,
		Example: `  lvv anonymize --data adult.csv --hierarchies hierarchies --qi sex,age,race \
      --sensitive occupation --k 5 --l 2 --out adult-anonymous.csv`,
		Args: exactArgs(0, say.Errorf("only flags")),
		RunE: func(cmd *cobra.Command, _ []string) error {
			for _, flag := range []string{"data", "hierarchies", "qi", "out"} {
				if !cmd.Flags().Changed(flag) {
					return usagef("--%s is missing\n  %s --help shows an example", flag, cmd.CommandPath())
				}
			}
			if o.K < 2 || o.L < 1 {
				return usagef("--k must be at least 2 and --l at least 1, not %d and %d", o.K, o.L)
			}
			if o.Mode = kanon.Mode(mode); o.Mode != kanon.Local && o.Mode != kanon.Uniform {
				return usagef("--mode %q does not exist; it is %s or %s", mode, kanon.Local, kanon.Uniform)
			}
			for _, names := range [][]string{o.QI, o.Sensitive} {
				for i, name := range names {
					names[i] = strings.TrimSpace(name)
				}
			}
			sum, err := microdata.Publish(cmd.Context(), o)
			if _, ok := errors.AsType[*microdata.ArgumentError](err); ok {
				return &usageError{err}
			}
			if err != nil {
				return err
			}
			return writeJSON(a.stdout, sum)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.Data, "data", "", "`file` with the table, under a header")
	f.StringVar(&o.Hierarchies, "hierarchies", "", "`folder` of the value hierarchies")
	f.StringSliceVar(&o.QI, "qi", nil, "quasi-identifiers, by name of the `columns`")
	f.StringSliceVar(&o.Sensitive, "sensitive", nil, "sensitive `columns`")
	f.IntVar(&o.K, "k", o.K, "persons that share each published combination, at least")
	f.IntVar(&o.L, "l", o.L, "distinct values of each sensitive column in each class, at least")
	f.StringVar(&o.Person, "person", "", "`column` that says whose row it is (default: every row is a person)")
	f.StringVar(&mode, "mode", mode, "`mode` of generalising: local or uniform")
	f.BoolVar(&o.KeepOrder, "keep-order", false, "write the rows in the order of the input (in-house use)")
	f.StringVar(&o.Out, "out", "", "`file` for the published table")
	return cmd
}
