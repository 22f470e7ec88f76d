package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"lvv/internal/lists"
	"lvv/internal/say"
)

// languageOf is the language in which the whole run speaks: that of --lang, of LVV_LANG, or of the locale.
func languageOf(args []string) say.Lang {
	lang, known := say.Environment()
	for i, arg := range args {
		text, given := strings.CutPrefix(arg, "--lang=")
		if arg == "--lang" && i+1 < len(args) {
			text, given = args[i+1], true
		}
		if l := say.Lang(text); given && (l == say.Dutch || l == say.English) {
			lang, known = l, true
		}
	}
	if !known {
		return say.Dutch
	}
	return lang
}

// checkLanguage refuses an LVV_LANG that is no language of the program.
func checkLanguage() error {
	if l, known := say.Environment(); !known {
		return usagef("%s=%s is not a language of the program\n  Give nl or en.", say.Variable, l)
	}
	return nil
}

// text is a message in the language of the run.
func (a *app) text(format string, args ...any) string { return say.Text(a.lang, format, args...) }

// say prints a message as a result. That it could not be written is told at the end: see [app.execute].
func (a *app) say(format string, args ...any) { fmt.Fprintln(a.stdout, a.text(format, args...)) }

// localize puts the help into the language of the run.
func (a *app) localize(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	root.InitDefaultVersionFlag()
	root.SetUsageTemplate(say.Word(a.lang, usageTemplate))
	root.SetVersionTemplate(say.Word(a.lang, "lvv version {{.Version}}\n"))
	for _, cmd := range append(root.Commands(), root) {
		cmd.InitDefaultHelpFlag()
		cmd.Use, cmd.Example = say.Word(a.lang, cmd.Use), say.Word(a.lang, cmd.Example)
		cmd.Short, cmd.Long = say.Word(a.lang, cmd.Short), say.Word(a.lang, cmd.Long)
		cmd.DisableFlagsInUseLine = true // the template says it, in the language of the run
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			switch f.Name {
			case "help":
				f.Usage = say.Word(a.lang, helpUsage)
			case "version":
				f.Usage = say.Word(a.lang, versionUsage)
			default:
				f.Usage = say.Word(a.lang, f.Usage)
			}
			if zero, ok := zeroOf[f.Value.Type()]; ok && f.DefValue != "" && f.DefValue != zero {
				f.Usage, f.DefValue = a.text("%s (default: %s)", f.Usage, f.DefValue), zero
			}
		})
	}
}

// zeroOf are values by the kind of a flag of which the flags' package says in no language that they are the default.
var zeroOf = map[string]string{"string": "", "int": "0", "int64": "0", "uint64": "0", "bool": "false", "float64": "0"}

// What help says of itself.
const (
	helpUsage     = "show this help"
	versionUsage  = "show the version"
	usageTemplate = `Usage:
  {{.UseLine}}{{if .HasAvailableLocalFlags}} [flags]{{end}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} COMMAND{{end}}{{if .HasExample}}

Examples:
{{.Example}}{{end}}{{if .HasAvailableSubCommands}}

Commands:{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding }} {{.Short}}{{end}}{{end}}

lvv COMMAND --help shows the flags of a command.{{end}}{{if .HasAvailableLocalFlags}}

Flags:
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}
`
)

// noCommand says that a command does not exist, and which may have been meant.
func noCommand(root *cobra.Command, word string) error {
	names := lists.Map(root.Commands(), func(cmd *cobra.Command) string { return cmd.Name() })
	if near := say.Near(word, names); near != "" {
		return usagef("there is no command %q; did you mean %s?\n  lvv --help lists the commands", word, near)
	}
	return usagef("there is no command %q\n  lvv --help lists the commands", word)
}

// flagError says what is wrong with a flag, and which may have been meant.
func flagError(cmd *cobra.Command, err error) error {
	path := cmd.CommandPath()
	if unknown, ok := errors.AsType[*pflag.NotExistError](err); ok {
		var names []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		slices.Sort(names)
		name := unknown.GetSpecifiedName()
		if near := say.Near(name, names); near != "" {
			return usagef("%s has no flag %s; did you mean --%s?\n  %[1]s --help shows the flags", path, dashed(name), near)
		}
		return usagef("%s has no flag %s\n  %[1]s --help shows the flags", path, dashed(name))
	}
	if missing, ok := errors.AsType[*pflag.ValueRequiredError](err); ok {
		return usagef("%s needs a value\n  %s --help shows the flags", dashed(missing.GetSpecifiedName()), path)
	}
	if wrong, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		return usagef("--%s does not take %q\n  %s --help shows the flags", wrong.GetFlag().Name, wrong.GetValue(), path)
	}
	return usagef("the command line cannot be read: %w\n  %s --help shows the flags", err, path)
}

func dashed(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}
