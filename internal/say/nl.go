package say

import "maps"

// catalogue has the Dutch of every message, by its English.
var catalogue = merged(dutchFigures, dutchGuide, dutchFiles, dutchHelp, dutchNetwork, dutchNotes, dutchReading, dutchRun, dutchTables, dutchTerms, dutchVerify)

func merged(parts ...map[string]string) map[string]string {
	all := map[string]string{}
	for _, part := range parts {
		maps.Copy(all, part)
	}
	return all
}
