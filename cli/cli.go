// Package cli is the command line: one file for each command, thin over app and
// server. It says in words what went wrong and leaves with the exit code that
// docs/operations.md lists.
package cli

import (
	"fmt"
	"io/fs"
	"log/slog"
	"os"

	"github.com/alecthomas/kong"
)

// Program is what the commands share.
type Program struct {
	Version string
	Page    fs.FS // the compiled frontend
}

// commands is the command line as kong reads it.
type commands struct {
	LogLevel string `help:"How much to log: debug, info, warn or error." enum:"debug,info,warn,error" default:"info" env:"PARLEY_LOG_LEVEL"`
	LogJSON  bool   `name:"log-json" help:"Log as JSON, for machines." env:"PARLEY_LOG_JSON"`

	Serve   serveCommand   `cmd:"" help:"Run Parley: the inbox, its interface and the socket."`
	Demo    demoCommand    `cmd:"" help:"Run a sample team in a temporary folder, with customers who keep writing."`
	Import  importCommand  `cmd:"" help:"Take in conversations from JSON Lines files."`
	Export  exportCommand  `cmd:"" help:"Write all conversations as JSON Lines."`
	Backup  backupCommand  `cmd:"" help:"Write the whole inbox into one file, and read it again to see that it is whole."`
	Restore restoreCommand `cmd:"" help:"Put a backup into an empty folder."`
	Check   checkCommand   `cmd:"" help:"Compare everything that is kept with everything else."`
	Reindex reindexCommand `cmd:"" help:"Throw the search index away and build it again."`
	Agent   agentCommand   `cmd:"" help:"Add, list, disable agents, and set their passwords."`
	OpenAPI openAPICommand `cmd:"" name:"openapi" help:"Print the description of the HTTP interface."`
	Bench   benchCommand   `cmd:"" help:"Measure this machine with data sets of its own making."`
	Health  healthCommand  `cmd:"" help:"Ask a running Parley whether it is well; for container health checks."`
	Ver     versionCommand `cmd:"" name:"version" help:"Print the version."`
}

// data is the flag of every command that opens a data folder.
type data struct {
	Data string `help:"The data folder; ${default}, if not said." default:"data" type:"path" env:"PARLEY_DATA" placeholder:"DIR"`
}

// Run runs the command line and returns the exit code.
func (p *Program) Run(args []string) int {
	var c commands
	parser, err := kong.New(&c, kong.Name("parley"),
		kong.Description("A live support inbox in one program. Start it with “parley serve”, or look around with “parley demo”."),
		kong.UsageOnError(), kong.ConfigureHelp(kong.HelpOptions{Compact: true}), kong.Bind(p))
	if err != nil {
		panic(err) // the struct above is wrong
	}
	context, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintln(os.Stderr, "parley:", err)
		fmt.Fprintln(os.Stderr, "Run “parley --help” for what there is.")
		return exitUsage
	}
	level := c.LogLevel
	if command := context.Command(); level == "info" && command != "serve" && command != "demo" {
		level = "warn" // a tool says on its own what it does
	}
	log := newLog(level, c.LogJSON)
	if err := context.Run(log); err != nil {
		fmt.Fprintln(os.Stderr, "parley:", sentence(err))
		return exitCode(err)
	}
	return 0
}

func newLog(level string, asJSON bool) *slog.Logger {
	var least slog.Level
	_ = least.UnmarshalText([]byte(level)) // kong has checked it
	options := &slog.HandlerOptions{Level: least}
	if asJSON {
		return slog.New(slog.NewJSONHandler(os.Stderr, options))
	}
	return slog.New(slog.NewTextHandler(os.Stderr, options))
}

type versionCommand struct{}

// Run prints the version.
func (versionCommand) Run(p *Program) error {
	fmt.Println("parley", p.Version)
	return nil
}
