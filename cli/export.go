package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"parley/app"
	"parley/cli/until"
	"parley/desk"
	"parley/server/upload"
	"parley/store"
)

type exportCommand struct {
	data
	Output string `short:"o" help:"The file to write; “-” is standard output." default:"-" placeholder:"FILE"`
	Files  string `help:"The folder for the attachments' files. Where it is not named, it is FILE.files; on standard output there is none." type:"path" placeholder:"DIR"`
}

// Run exports the inbox.
func (c *exportCommand) Run(log *slog.Logger) error {
	ctx, release := interrupted()
	defer release()
	n, err := open(c.Data, store.Options{ReadOnly: true}, log)
	if err != nil {
		return err
	}
	return errors.Join(c.export(ctx, n), n.close())
}

// export writes to the file under another name and renames it once it is whole.
func (c *exportCommand) export(ctx context.Context, n *node) error {
	out, temp := os.Stdout, c.Output+".part"
	if c.Output != "-" {
		var err error
		if out, err = os.OpenFile(temp, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600); err != nil {
			return err
		}
		defer os.Remove(temp)
	}
	progress := newProgress(os.Stderr, "export", 0)
	files := &exportedFiles{}
	keep, err := c.keepFile(ctx, n, files)
	if err != nil {
		return err
	}
	buffered := bufio.NewWriterSize(until.Writer(ctx, out), 1<<20)
	err = n.app.Export(buffered, app.ExportOptions{Step: progress.show, File: keep})
	progress.clear()
	files.report()
	if flushErr := buffered.Flush(); err == nil {
		err = flushErr // else it is the same once more
	}
	if err != nil || c.Output == "-" {
		return err
	}
	if err := errors.Join(out.Sync(), out.Close()); err != nil {
		return err
	}
	return os.Rename(temp, c.Output)
}

// exportedFiles counts attachments.
type exportedFiles struct {
	folder string // "" where their bytes are not kept
	files  int
}

func (f *exportedFiles) report() {
	switch {
	case f.files == 0:
	case f.folder == "":
		fmt.Fprintf(os.Stderr, "The bytes of %d attachments are not in it; name a folder for them with --files.\n", f.files)
	default:
		fmt.Fprintf(os.Stderr, "%d attachments: their files are in %s.\n", f.files, f.folder)
	}
}

// keepFile copies attachments into the folder for files.
func (c *exportCommand) keepFile(ctx context.Context, n *node, count *exportedFiles) (func(a *desk.Attachment) error, error) {
	count.folder = c.Files
	if c.Files == "" && c.Output != "-" {
		count.folder = c.Output + filesMark
	}
	if count.folder == "" {
		return func(*desk.Attachment) error { count.files++; return nil }, nil
	}
	from, err := upload.Open(filepath.Join(n.dir, "files"))
	if err != nil {
		return nil, err
	}
	into, err := upload.Open(count.folder)
	if err != nil {
		return nil, err
	}
	return func(a *desk.Attachment) error {
		count.files++
		if err := ctx.Err(); err != nil {
			return err
		}
		return into.Copy(from, a.SHA256, a.Size)
	}, nil
}
