// Command lvv turns the case exports of a shelter-and-guidance programme into its reports: see the
// README and lvv --help.
package main

import "os"

func main() {
	harden()
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
