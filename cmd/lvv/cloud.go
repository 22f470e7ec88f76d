package main

import (
	"os"

	"lvv/cmd/lvv/internal/outdir"
	"lvv/internal/say"
)

// cloudVariables name the folders that OneDrive copies to a server.
var cloudVariables = []string{"OneDrive", "OneDriveCommercial", "OneDriveConsumer"}

// inCloud returns the folder of OneDrive in which a path lies, "" for none.
func inCloud(path string) string {
	for _, name := range cloudVariables {
		if folder := os.Getenv(name); folder != "" && outdir.Within(path, folder) {
			return folder
		}
	}
	return ""
}

// warnOfCloud warns where the key or the exports lie in a folder that is copied to a server.
func (s *source) warnOfCloud() {
	if s.isSamples() {
		return
	}
	for _, path := range []string{s.keyFile(), s.exports} {
		if path != "" && inCloud(path) != "" {
			s.warn(say.Errorf("%s lies in OneDrive, which copies it to a server outside your organisation's own network\n"+
				"  Move it to a folder that is not copied: key and exports together tell who somebody is.", path))
		}
	}
}
