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
	"parley/cli/until"
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
	if err := c.inputs(); err != nil {
		return err
	}
	dir, remove, err := c.folder()
	if err != nil {
		return err
	}
	defer remove()
	ctx, release := interrupted()
	defer release()
	n, err := open(dir, store.Options{}, log)
	if err != nil {
		return err
	}
	followers, stop := context.WithCancel(context.Background())
	wait := n.run(followers, nil)
	err = c.all(ctx, n)
	stop()
	wait()
	return errors.Join(err, n.close())
}

// inputs refuses files that are not there before anything is made.
func (c *importCommand) inputs() error {
	for _, name := range c.Names {
		if name == stdin {
			continue
		}
		info, err := os.Stat(name)
		switch {
		case err != nil:
			return failure{exitNoInput, err}
		case info.IsDir():
			return failure{exitNoInput, fmt.Errorf("%s is a folder; name the files in it", name)}
		}
	}
	return nil
}

// folder is the data folder; for a dry run without one an empty one that goes again,
// because a dry run makes nothing.
func (c *importCommand) folder() (dir string, remove func(), err error) {
	_, err = os.Stat(filepath.Join(c.Data, store.FileName))
	if !c.DryRun || !errors.Is(err, os.ErrNotExist) {
		return c.Data, func() {}, nil
	}
	dir, err = os.MkdirTemp("", "parley-dry-run-")
	return dir, func() { _ = os.RemoveAll(dir) }, err
}

func (c *importCommand) all(ctx context.Context, n *node) error {
	into, err := upload.Open(filepath.Join(n.dir, "files"))
	if err != nil {
		return err
	}
	for _, name := range c.Names {
		if err := c.file(ctx, n.app, name, into); err != nil {
			return c.describe(name, err)
		}
	}
	if !c.DryRun {
		n.catchUp(ctx)
	}
	return nil
}

// describe says what became of an import that has ended early.
func (c *importCommand) describe(name string, err error) error {
	var known failure
	switch {
	case errors.As(err, &known):
		return err
	case errors.Is(err, context.Canceled):
		return failure{exitFailed, fmt.Errorf("%s: stopped; what was imported stays, and the same command goes on with the rest", name)}
	case exitCode(err) == exitIO:
		return fmt.Errorf("%s: %w", name, err)
	}
	return failure{exitBadData, fmt.Errorf("%s: %w", name, err)}
}

// catchUp waits until the index has taken in everything, or is in trouble: it
// then does so at the next start.
func (n *node) catchUp(ctx context.Context) {
	progress := newProgress(os.Stderr, "search index", 0)
	for ctx.Err() == nil {
		status := n.app.SearchStatus()
		if status.Fault != nil || status.Lag == 0 {
			break
		}
		progress.part(status.Progress)
		time.Sleep(20 * time.Millisecond)
	}
	progress.clear()
	if ctx.Err() != nil {
		fmt.Println("Everything is imported; the search index takes in the rest at the next start.")
		return
	}
	fmt.Printf("The search index has taken in everything %s after the last message was stored.\n", progress.took().Round(time.Millisecond))
}

func (c *importCommand) file(ctx context.Context, a *app.App, name string, into *upload.Store) error {
	in, size, err := openInput(ctx, name)
	if err != nil {
		return err
	}
	defer in.Close()
	from, err := attachedTo(name, c.Files)
	if err != nil {
		return err
	}
	progress := newProgress(os.Stderr, name, size)
	total, err := a.ImportFile(until.Reader(ctx, progress.reading(in)), app.ImportOptions{
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

// stdin is the name of standard input on the command line.
const stdin = "-"

func openInput(ctx context.Context, name string) (io.ReadCloser, int64, error) {
	if name == stdin {
		return readStdin(ctx), 0, nil
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

// readStdin reads standard input. A read of it that waits cannot be called off, so it
// waits beside the import, which ends with its context.
func readStdin(ctx context.Context) io.ReadCloser {
	in, out := io.Pipe()
	go func() {
		_, err := io.Copy(out, os.Stdin)
		out.CloseWithError(err)
	}()
	context.AfterFunc(ctx, func() { out.CloseWithError(ctx.Err()) })
	return in
}
