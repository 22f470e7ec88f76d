// Command generate writes the checked-in samples anew: go run ./samples/generate, from the root of
// the repository.
package main

import (
	"fmt"
	"os"

	"lvv/samples"
)

func main() {
	if err := samples.WritePilot("samples/" + samples.Exports); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}
