package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"parley/cli/archive"
	"parley/server/upload"
	"parley/store"
)

type backupCommand struct {
	data
	Output string `arg:"" name:"file" help:"The file to write, such as parley.tar or, packed, parley.tar.gz." type:"path"`
}

// Run writes everything into one file and reads it again to see that it is whole.
func (c *backupCommand) Run() error {
	st, err := store.Open(c.Data, store.Options{ReadOnly: true, Pid: pidFile(c.Data)})
	if errors.Is(err, store.ErrLocked) {
		return fmt.Errorf("%w; a running Parley makes backups by itself with “serve --backup-dir DIR”", err)
	}
	if err != nil {
		return err
	}
	defer st.Close()
	ctx, release := interrupted()
	defer release()
	summary, err := backup(ctx, c.Output, c.Data, st, time.Now())
	if err != nil {
		return err
	}
	fmt.Printf("%s holds the store and %d files, %d MiB unpacked, and was read again: it is whole.\n", c.Output, summary.Files, summary.Bytes>>20)
	fmt.Println("The key in secret.key is not in it; keep that apart.")
	return nil
}

func backup(ctx context.Context, path, dir string, st *store.Store, now time.Time) (archive.Summary, error) {
	files, err := upload.Open(filepath.Join(dir, "files"))
	if err != nil {
		return archive.Summary{}, err
	}
	return archive.Make(ctx, path, st, files, now)
}

type restoreCommand struct {
	data
	Input string `arg:"" name:"file" help:"The file that “parley backup” has written."`
	Check bool   `help:"Only look whether the backup is whole."`
}

// Run puts a backup into an empty folder.
func (c *restoreCommand) Run() error {
	ctx, release := interrupted()
	defer release()
	var summary archive.Summary
	var err error
	if c.Check {
		summary, err = archive.Check(ctx, c.Input)
	} else {
		summary, err = archive.Restore(ctx, c.Input, c.Data, checkRestored)
	}
	switch {
	case errors.Is(err, archive.ErrInUse):
		return failure{exitCantMake, fmt.Errorf("%s: %w", c.Data, err)}
	case errors.Is(err, archive.ErrDamaged), errors.Is(err, archive.ErrNewer):
		return failure{exitBadData, fmt.Errorf("%s: %w", c.Input, err)}
	case err != nil:
		return err
	}
	what := "is whole"
	if !c.Check {
		what = "is now in " + c.Data
	}
	fmt.Printf("The backup of %s, with %d files, %s.\n", summary.Made.Local().Format(time.DateTime), summary.Files, what)
	return nil
}

// checkRestored opens a restored folder, brings its store to the present layout and
// compares everything in it.
func checkRestored(dir string) error {
	st, err := store.Open(dir, store.Options{})
	if err != nil {
		return err
	}
	report, err := st.Check(context.Background())
	missing, filesErr := missingFiles(st, filepath.Join(dir, "files"))
	if err := errors.Join(err, filesErr, st.Close()); err != nil {
		return err
	}
	if faults := append(report.Faults, missing...); len(faults) > 0 {
		return failure{exitBadData, fmt.Errorf("the backup was made of data with %d faults, such as: %s", len(faults), faults[0])}
	}
	return nil
}

// backups makes backups of a running Parley.
type backups struct {
	dir   string
	every time.Duration
	keep  int
	node  *node
}

// backupMark begins and ends the names of backups that a running Parley makes.
const (
	backupMark = "parley-"
	backupEnd  = ".tar.gz"
)

// run makes a backup whenever one is due, until ctx ends. One that fails is made
// again after an hour.
func (b *backups) run(ctx context.Context) error {
	if err := os.MkdirAll(b.dir, 0o700); err != nil {
		return err
	}
	b.sweep()
	for {
		pause := b.every
		if due := time.Until(b.newest().Add(b.every)); due > 0 {
			pause = due
		} else if err := b.make(ctx, time.Now()); ctx.Err() != nil {
			return ctx.Err()
		} else if err != nil {
			b.node.log.Error("no backup could be made; it is tried again in an hour", "err", err)
			pause = min(time.Hour, b.every)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

func (b *backups) make(ctx context.Context, now time.Time) error {
	path := filepath.Join(b.dir, backupMark+now.UTC().Format("20060102T150405Z")+backupEnd)
	summary, err := backup(ctx, path, b.node.dir, b.node.store, now)
	if err != nil {
		return err
	}
	b.node.log.Info("a backup was made and read again", "file", path, "files", summary.Files, "bytes", summary.Bytes)
	made := b.made()
	for _, old := range made[:max(len(made)-b.keep, 0)] {
		err = errors.Join(err, os.Remove(old))
	}
	return err
}

// sweep takes away what a process left unfinished that was killed.
func (b *backups) sweep() {
	left, _ := filepath.Glob(filepath.Join(b.dir, backupMark+"*"+backupEnd+archive.Unfinished)) // the pattern is a good one
	for _, path := range left {
		if err := os.Remove(path); err != nil {
			b.node.log.Warn("an unfinished backup could not be removed", "err", err)
		}
	}
}

// made lists the backups, the oldest first.
func (b *backups) made() []string {
	found, _ := filepath.Glob(filepath.Join(b.dir, backupMark+"*"+backupEnd)) // the pattern is a good one
	slices.Sort(found)
	return found
}

// newest is when the last backup was made; the zero time when there is none.
func (b *backups) newest() time.Time {
	made := b.made()
	if len(made) == 0 {
		return time.Time{}
	}
	info, err := os.Stat(made[len(made)-1])
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
}

// backupFlags are how often a running Parley makes backups, and where.
type backupFlags struct {
	BackupDir   string        `name:"backup-dir" help:"Make backups of the running Parley in this folder, best on another disk." type:"path" env:"PARLEY_BACKUP_DIR" placeholder:"DIR"`
	BackupEvery time.Duration `name:"backup-every" help:"How often; ${default}, if not said." default:"24h" env:"PARLEY_BACKUP_EVERY" placeholder:"TIME"`
	BackupKeep  int           `name:"backup-keep" help:"How many backups to keep; ${default}, if not said." default:"7" env:"PARLEY_BACKUP_KEEP" placeholder:"N"`
}

func (f *backupFlags) check() error {
	if f.BackupEvery < time.Second || f.BackupKeep < 1 {
		return errors.New("--backup-every is a second or more, --backup-keep 1 or more")
	}
	return nil
}

// chores adds the making of backups to what a node does.
func (f *backupFlags) chores(n *node) {
	if f.BackupDir == "" {
		return
	}
	b := &backups{dir: f.BackupDir, every: f.BackupEvery, keep: f.BackupKeep, node: n}
	n.chores = map[string]func(context.Context) error{"backup": b.run}
}
