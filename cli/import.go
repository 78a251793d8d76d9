package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"parley/app"
	"parley/server/upload"
	"parley/store"
)

type importCommand struct {
	data
	Names    []string `arg:"" name:"file" help:"JSON Lines files, packed with gzip or not; “-” is standard input."`
	DryRun   bool     `name:"dry-run" help:"Check every line and save nothing."`
	SkipBad  bool     `name:"skip-bad" help:"Leave out lines that cannot be taken, and go on."`
	Files    string   `help:"The folder with the attachments' files. Where it is not named, FILE.files beside each file is." type:"path" placeholder:"DIR"`
	NoAttach bool     `name:"without-files" help:"Take the messages and leave their attachments out."`
}

// Run imports the files in order, while the search index follows.
func (c *importCommand) Run(log *slog.Logger) error {
	n, err := open(c.Data, store.Options{}, log)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(context.Background())
	wait := n.follow(ctx, nil)
	err = c.all(n)
	stop()
	wait()
	return errors.Join(err, n.close())
}

func (c *importCommand) all(n *node) error {
	into, err := upload.Open(filepath.Join(n.dir, "files"))
	if err != nil {
		return err
	}
	for _, name := range c.Names {
		if err := c.file(n.app, name, into); err != nil {
			var known failure
			if errors.As(err, &known) {
				return err
			}
			return failure{exitBadData, fmt.Errorf("%s: %w", name, err)}
		}
	}
	if !c.DryRun {
		n.catchUp()
	}
	return nil
}

// catchUp waits until the index has taken in everything, or is in trouble: it
// then does so at the next start.
func (n *node) catchUp() {
	progress := newProgress(os.Stderr, "search index", 0)
	for {
		status := n.app.SearchStatus()
		if status.Fault != nil || status.Lag == 0 {
			break
		}
		progress.part(status.Progress)
		time.Sleep(20 * time.Millisecond)
	}
	progress.clear()
	fmt.Printf("The search index has taken in everything %s after the last message was stored.\n", progress.took().Round(time.Millisecond))
}

func (c *importCommand) file(a *app.App, name string, into *upload.Store) error {
	in, size, err := openInput(name)
	if err != nil {
		return err
	}
	defer in.Close()
	from, err := attachedTo(name, c.Files)
	if err != nil {
		return err
	}
	progress := newProgress(os.Stderr, name, size)
	total, err := a.ImportFile(progress.reading(in), app.ImportOptions{
		DryRun: c.DryRun, SkipBad: c.SkipBad, NoFiles: c.NoAttach, File: bringFile(from, into, c.DryRun),
		Bad: func(line int, err error) {
			progress.clear()
			fmt.Fprintf(os.Stderr, "%s: line %d: %s\n", name, line, sentence(err))
		},
		Step: func(total app.ImportProgress) { progress.show(total.Messages) },
	})
	progress.clear()
	c.report(name, &total, progress.took())
	if err == nil && c.DryRun && total.Bad > 0 {
		err = fmt.Errorf("%d of %d lines cannot be taken", total.Bad, total.Lines)
	}
	return err
}

func (c *importCommand) report(name string, total *app.ImportProgress, took time.Duration) {
	verb := "imported"
	if c.DryRun {
		verb = "could be imported"
	}
	fmt.Printf("%s: %d conversations with %d messages and %d files %s, %d there already, %d other things made, %d bad lines, in %s\n",
		name, total.Conversations, total.Messages, total.Files, verb, total.Again, total.Records, total.Bad, took.Round(time.Millisecond))
}

func openInput(name string) (io.ReadCloser, int64, error) {
	if name == "-" {
		return io.NopCloser(os.Stdin), 0, nil
	}
	in, err := os.Open(name)
	if err != nil {
		return nil, 0, failure{exitNoInput, err}
	}
	info, err := in.Stat()
	if err != nil {
		return nil, 0, errors.Join(err, in.Close())
	}
	return in, info.Size(), nil
}
