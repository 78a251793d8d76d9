// Parley is a live support inbox in one program: it keeps a team's conversations
// with its customers, finds them, and tells everyone at once.
package main

import (
	"os"
	_ "time/tzdata" // so that time zones are known on machines that bring none

	"parley/cli"
)

// version is set by the build.
var version = "dev"

func main() {
	program := &cli.Program{Version: version, Page: page()}
	os.Exit(program.Run(os.Args[1:]))
}
