package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"

	"parley/bench"
)

type benchCommand struct {
	Quick  bool     `help:"A small data set and a moment for each row: shows that it works, not how fast it is."`
	Only   string   `help:"Measure only the parts that fit: size, floor, import, start, memory, list, open, search, post, fanout, widget, lag, disk, kill, growth." placeholder:"REGEX"`
	Sizes  []string `help:"The data sets to measure: 1k, d1m, 1m. All, if none is named." placeholder:"SIZE"`
	Posts  int      `help:"How many random posts the size on disk is measured after; a million, if not said." placeholder:"N"`
	Cache  string   `help:"The folder that keeps the data sets between runs." type:"path" env:"PARLEY_BENCH_CACHE" placeholder:"DIR"`
	JSON   string   `name:"json" help:"Also write everything that was measured to a file." type:"path" placeholder:"FILE"`
	Strict bool     `help:"Fail when a figure does not hold."`

	ServeFloor []string `help:"Serve the floors at two addresses; bench starts this by itself." hidden:""`
}

// Run measures the executable that it is part of and prints the table.
func (c *benchCommand) Run(p *Program, _ *slog.Logger) error {
	ctx, release := interrupted()
	defer release()
	if len(c.ServeFloor) == 2 {
		return bench.ServeFloor(ctx, c.ServeFloor[0], c.ServeFloor[1])
	}
	options, err := c.options(p)
	if err != nil {
		return err
	}
	report, err := bench.Run(ctx, options)
	if report == nil {
		return err
	}
	err = errors.Join(err, report.WriteTable(os.Stdout), c.save(report))
	if missed := report.Missed(); err == nil && c.Strict && len(missed) > 0 {
		err = fmt.Errorf("%d figures do not hold", len(missed))
	}
	return err
}

func (c *benchCommand) options(p *Program) (bench.Options, error) {
	o := bench.Options{Version: p.Version, Page: p.Page, Cache: c.Cache, Sets: c.Sizes, Quick: c.Quick, Posts: c.Posts}
	o.Say = func(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }
	var err error
	if o.Executable, err = os.Executable(); err != nil {
		return o, err
	}
	if o.Cache == "" {
		base, err := os.UserCacheDir()
		if err != nil {
			base = os.TempDir() // without a home there is no cache folder
		}
		o.Cache = filepath.Join(base, "parley-bench")
	}
	if c.Only != "" {
		if o.Only, err = regexp.Compile(c.Only); err != nil {
			return o, failure{exitUsage, fmt.Errorf("--only: %w", err)}
		}
	}
	return o, nil
}

// save writes the report as JSON where that was asked for.
func (c *benchCommand) save(report *bench.Report) error {
	if c.JSON == "" {
		return nil
	}
	text, err := json.MarshalIndent(report, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(c.JSON, append(text, '\n'), 0o600)
}
