package say

import (
	"strings"
	"testing"
)

func TestCatalogueCanBeRead(t *testing.T) {
	messages, err := parse(nl)
	if err != nil {
		t.Error(err)
	}
	if read, there := len(messages)+1, strings.Count(nl, "\nmsgid "); read != there {
		t.Errorf("%d of %d messages were read", read, there)
	}
}

func TestParse(t *testing.T) {
	for _, c := range []struct{ name, text, english, dutch, fault string }{
		{name: "one line", text: `msgid "%s is a draft."` + "\n" + `msgstr "%s is een concept."`, english: "%s is a draft.", dutch: "%s is een concept."},
		{
			name: "several lines, a comment", text: "# Help.\nmsgid \"\"\n\"a \\\"b\\\"\\n\"\n\"  c\"\nmsgstr \"\"\n\"d\\n\"\n\"  é\"\n",
			english: "a \"b\"\n  c", dutch: "d\n  é",
		},
		{name: "no msgstr", text: `msgid "a"`, fault: "expected msgid and msgstr"},
		{name: "no msgid", text: `msgstr "a"`, fault: "expected msgid and msgstr"},
		{name: "nothing said", text: "msgid \"a\"\nmsgstr \"\"", fault: `"a" has no translation`},
		{name: "twice", text: "msgid \"a\"\nmsgstr \"b\"\n\nmsgid \"a\"\nmsgstr \"c\"", fault: `"a" stands twice`},
		{name: "a quote too few", text: "msgid \"a\"\nmsgstr \"b", fault: "invalid syntax"},
		{name: "no empty line", text: "msgid \"a\"\nmsgstr \"b\"\nmsgid \"c\"\nmsgstr \"d\"", fault: "invalid syntax"},
	} {
		messages, err := parse(c.text)
		switch {
		case c.fault != "":
			if err == nil || !strings.Contains(err.Error(), c.fault) {
				t.Errorf("%s: got %v, expected %s", c.name, err, c.fault)
			}
		case err != nil || len(messages) != 1 || messages[c.english] != c.dutch:
			t.Errorf("%s: got %q, %v", c.name, messages, err)
		}
	}
}
