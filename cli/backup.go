package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"parley/cli/archive"
	"parley/cli/keep"
	"parley/desk"
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
	warnLost(summary.Lost)
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
	warnLost(summary.Lost)
	if !c.Check {
		fmt.Println("Put secret.key of the old folder beside it before you start it. Without it no code of an authenticator app is")
		fmt.Println("right: agents with two-step verification then need a recovery code, or “parley agent second-factor --off”.")
	}
	return nil
}

// warnLost says on standard error, which cron mails, which files a backup lacks.
func warnLost(lost []desk.LostFile) {
	if len(lost) == 0 {
		return
	}
	fmt.Fprintf(os.Stderr, "WARNING: %s missing or damaged when the backup was made. Everything else is in it.\n", counted(len(lost)))
	for _, file := range lost {
		fmt.Fprintf(os.Stderr, "  %s: %s\n", file.State(), archive.FileName(file.SHA256))
	}
	fmt.Fprintln(os.Stderr, "An older backup may still hold them. Put them into the data folder under these names.")
}

func counted(files int) string {
	if files == 1 {
		return "1 file was"
	}
	return strconv.Itoa(files) + " files were"
}

// checkRestored opens a restored folder, brings its store to the present layout and
// compares everything in it. What the backup says it lacks is no fault.
func checkRestored(dir string, summary *archive.Summary) error {
	st, err := store.Open(dir, store.Options{})
	if err != nil {
		return err
	}
	report, err := st.Check(context.Background())
	missing, filesErr := missingFiles(st, filepath.Join(dir, "files"), summary.Lost)
	if err := errors.Join(err, filesErr, st.Close()); err != nil {
		return err
	}
	if faults := append(report.Faults, missing...); len(faults) > 0 {
		return failure{exitBadData, fmt.Errorf("the backup was made of data with %d faults, such as: %s", len(faults), faults[0])}
	}
	return nil
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

// keeper makes the part that makes backups of a running node: in the operator's folder
// as often as the flags say, or else in the data folder as the team plans.
func (f *backupFlags) keeper(n *node, files *upload.Store) *keep.Keeper {
	o := keep.Options{App: n.app, Files: files, Dir: filepath.Join(n.dir, "backups"), Clock: time.Now, Log: n.log}
	if f.BackupDir != "" {
		o.Dir, o.Fixed = f.BackupDir, &keep.Fixed{Every: f.BackupEvery, Keep: f.BackupKeep}
	}
	return keep.New(o)
}
