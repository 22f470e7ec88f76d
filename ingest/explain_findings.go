package ingest

import (
	"fmt"
	"strings"
)

// Explain says what the warning objects to, what was expected, and what to do, in "nl" or "en". A finding
// about a file, a sheet or a column as a whole names it; ok is false for any other warning, of which
// [Explain] says what there is to say.
func (w *Warning) Explain(lang string) (wrong, do string, ok bool) {
	keys := []string{w.Check, w.Check + "." + w.Why}
	if w.Near != "" {
		keys = append(keys, w.Check+".near")
	} else {
		keys = append(keys, w.Check+"."+w.Severity)
	}
	t := explained().Files.of(lang, keys...)
	if t.Wrong == "" {
		return "", "", false
	}
	var files []string
	for _, p := range w.Places {
		if len(files) == 0 || files[len(files)-1] != p.File {
			files = append(files, p.File)
		}
	}
	fill := strings.NewReplacer("{file}", strings.Join(files, ", "), "{column}", w.Column, "{sheet}", w.Sheet, "{near}", w.Near, "{table}", tableStem(w.Table), "{endings}", readEndings)
	return fill.Replace(t.Wrong), fill.Replace(t.Do) + w.Suggestion(lang), true
}

// Suggestion is a sentence with the line of pilot.yaml that would mend what the warning objects to, "" where
// none would.
func (w *Warning) Suggestion(lang string) string {
	if len(w.Places) == 0 {
		return Suggestion(w.Setting, w.Table, "", lang)
	}
	return Suggestion(w.Setting, w.Table, w.Places[0].File, lang)
}

// Suggestion is a sentence with the line of pilot.yaml, ready to paste, by which a setting applies to a file
// of the table with the canonical name. It is "" where there is no setting.
func Suggestion(setting, table, file, lang string) string {
	if setting == "" {
		return ""
	}
	return pick(lang, " Of zet in pilot.yaml onder reading: ", " Or write in pilot.yaml under reading: ") +
		fmt.Sprintf("- {table: %s, files: %s, %s}", tableStem(table), quoteYAML(file), setting)
}

// tableStem is how pilot.yaml calls the table with the canonical name.
func tableStem(table string) string {
	if t := TableNamed(table); t != nil {
		return t.Stem
	}
	return table
}
