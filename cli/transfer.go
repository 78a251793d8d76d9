package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"time"

	"parley/app"
	"parley/store"
)

type importCommand struct {
	data
	Files   []string `arg:"" name:"file" help:"JSON Lines files, packed with gzip or not; “-” is standard input."`
	DryRun  bool     `name:"dry-run" help:"Check every line and save nothing."`
	SkipBad bool     `name:"skip-bad" help:"Leave out lines that cannot be taken, and go on."`
}

// Run imports the files in order, while the search index follows.
func (c *importCommand) Run(log *slog.Logger) error {
	n, err := open(c.Data, store.Options{}, log)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(context.Background())
	wait := n.follow(ctx, nil)
	err = c.files(n)
	stop()
	wait()
	return errors.Join(err, n.close())
}

func (c *importCommand) files(n *node) error {
	for _, name := range c.Files {
		if err := c.file(n.app, name); err != nil {
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

func (c *importCommand) file(a *app.App, name string) error {
	in, size, err := openInput(name)
	if err != nil {
		return err
	}
	defer in.Close()
	progress := newProgress(os.Stderr, name, size)
	total, err := a.ImportFile(progress.reading(in), app.ImportOptions{
		DryRun: c.DryRun, SkipBad: c.SkipBad,
		Bad: func(line int, err error) {
			progress.clear()
			fmt.Fprintf(os.Stderr, "%s: line %d: %s\n", name, line, sentence(err))
		},
		Step: func(total app.ImportProgress) { progress.show(total.Messages) },
	})
	progress.clear()
	verb := "imported"
	if c.DryRun {
		verb = "could be imported"
	}
	fmt.Printf("%s: %d conversations with %d messages %s, %d there already, %d bad lines, in %s\n",
		name, total.Conversations, total.Messages, verb, total.Again, total.Bad, progress.took().Round(time.Millisecond))
	if err == nil && c.DryRun && total.Bad > 0 {
		err = fmt.Errorf("%d of %d lines cannot be taken", total.Bad, total.Lines)
	}
	return err
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

type exportCommand struct {
	data
	Output string `short:"o" help:"The file to write; “-” is standard output." default:"-" placeholder:"FILE"`
}

// Run exports every conversation.
func (c *exportCommand) Run(log *slog.Logger) error {
	n, err := open(c.Data, store.Options{ReadOnly: true}, log)
	if err != nil {
		return err
	}
	return errors.Join(c.export(n.app), n.close())
}

// export writes to the file under another name and renames it once it is whole.
func (c *exportCommand) export(a *app.App) error {
	out, temp := os.Stdout, c.Output+".part"
	if c.Output != "-" {
		var err error
		if out, err = os.OpenFile(temp, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600); err != nil {
			return err
		}
		defer os.Remove(temp)
	}
	progress := newProgress(os.Stderr, "export", 0)
	buffered := bufio.NewWriterSize(out, 1<<20)
	err := a.Export(buffered, progress.show)
	progress.clear()
	if err = errors.Join(err, buffered.Flush()); err != nil || c.Output == "-" {
		return err
	}
	if err := errors.Join(out.Sync(), out.Close()); err != nil {
		return err
	}
	return os.Rename(temp, c.Output)
}
