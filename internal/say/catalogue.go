package say

import (
	_ "embed"
	"errors"
	"fmt"
	"maps"
	"strconv"
	"strings"
	"sync"
)

//go:embed nl.po
var nl string

// catalogue has the Dutch of every message, by its English. A message that cannot be read stays in English; a test
// reads them all.
var catalogue = sync.OnceValue(func() map[string]string {
	messages, _ := parse(nl)
	return messages
})

// Messages is the catalogue: the Dutch of each message.
func Messages() map[string]string { return maps.Clone(catalogue()) }

// parse reads a catalogue of GNU gettext: messages apart by an empty line, each a msgid and its msgstr. Its first
// message, of the empty text, is its header and left out. The faults of all messages are returned together.
func parse(text string) (map[string]string, error) {
	messages := make(map[string]string, strings.Count(text, "\n\n")+1)
	var faults []error
	for block := range strings.SplitSeq(text, "\n\n") {
		message := block
		for strings.HasPrefix(message, "#") {
			_, message, _ = strings.Cut(message, "\n")
		}
		original, translated, ok := strings.Cut(message, "\nmsgstr ")
		original, begins := strings.CutPrefix(original, "msgid ")
		id, err := unquote(original)
		said, errSaid := unquote(translated)
		_, twice := messages[id]
		switch {
		case !ok || !begins:
			faults = append(faults, fmt.Errorf("expected msgid and msgstr, found %q", block))
		case err != nil || errSaid != nil:
			faults = append(faults, fmt.Errorf("%q: %w", block, errors.Join(err, errSaid)))
		case said == "":
			faults = append(faults, fmt.Errorf("%q has no translation", id))
		case twice:
			faults = append(faults, fmt.Errorf("%q stands twice", id))
		}
		messages[id] = said
	}
	delete(messages, "")
	return messages, errors.Join(faults...)
}

// unquote puts a text together that stands in quotes, on one line or on several.
func unquote(lines string) (string, error) {
	line, more, several := strings.Cut(strings.TrimSuffix(lines, "\n"), "\n")
	text, err := strconv.Unquote(line)
	if err != nil {
		return "", fmt.Errorf("%s: %w", line, err)
	}
	if several {
		line, err = unquote(more)
		text += line
	}
	return text, err
}
