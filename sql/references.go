package sql

import (
	"slices"
	"strings"
	"unicode"
)

// References returns the relations that a SELECT names after FROM or JOIN, sorted, without those of
// its own WITH and those of a schema (store.cases). The models list their relations with JOIN, never
// with a comma.
func References(query string) []string {
	tokens := slices.DeleteFunc(scan(query), func(t string) bool {
		return isComment(t) || isSpace(t[0]) || t[0] == '\''
	})
	own := map[string]bool{}
	for i := 0; i+2 < len(tokens); i++ {
		if strings.EqualFold(tokens[i+1], "AS") && tokens[i+2] == "(" {
			own[tokens[i]] = true
		}
	}
	var names []string
	for i := 1; i < len(tokens); i++ {
		if !strings.EqualFold(tokens[i-1], "FROM") && !strings.EqualFold(tokens[i-1], "JOIN") {
			continue
		}
		name := tokens[i]
		isName := unicode.IsLetter(rune(name[0])) || name[0] == '_'
		qualified := i+1 < len(tokens) && (tokens[i+1] == "." || tokens[i+1] == "(")
		if isName && !qualified && !own[name] {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
