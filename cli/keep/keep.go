// Package keep makes backups of a running Parley: when the team's plan says so, when
// somebody asks for one, or as often as the operator has said on the command line. It
// keeps the newest of them. One is made at a time, written under another name, read
// again to the end, and only then gets its own: there is never half a file.
package keep

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"sync"
	"syscall"
	"time"

	"parley/app"
	"parley/cli/archive"
	"parley/desk"
	"parley/follow"
	"parley/server/upload"
	"parley/store"
)

// Fixed is how the operator wants backups made; the team's plan then does not count.
type Fixed struct {
	Every time.Duration
	Keep  int
}

// Options are what a keeper works with.
type Options struct {
	App   *app.App
	Files *upload.Store
	Dir   string // where backups are kept; made when the first one is
	Fixed *Fixed // nil: as the team plans
	Clock func() time.Time
	Log   *slog.Logger
}

// Keeper makes backups and keeps the newest. Its methods may be called from many
// goroutines; Run from one.
type Keeper struct {
	Options
	asked chan request

	mu      sync.Mutex
	running bool
	last    *app.BackupOutcome
}

// request is who wants a backup; zero for the plan.
type request struct {
	by      desk.ID
	address string
}

// New makes a keeper.
func New(o Options) *Keeper { return &Keeper{Options: o, asked: make(chan request, 1)} }

// How the names of backups begin and end, and what stands between.
const (
	mark = "parley-"
	end  = ".tar.gz"
	form = "20060102T150405Z"
)

var named = regexp.MustCompile(`^parley-\d{8}T\d{6}Z\.tar\.gz$`)

// lookEvery is how often the plan, which may change meanwhile, is looked at; retryAfter
// is how long after a failure the next is made by itself.
const (
	lookEvery  = 20 * time.Second
	retryAfter = time.Hour
)

// Run makes backups until ctx ends.
func (k *Keeper) Run(ctx context.Context) error {
	k.sweep()
	k.warnAhead()
	k.remember()
	var notBefore time.Time
	for {
		pause, due, err := k.due()
		if err != nil {
			k.Log.Error("the plan of backups cannot be read", "err", err)
		}
		if due {
			pause = lookEvery
			if !k.Clock().Before(notBefore) && k.begin() == nil {
				if err := k.make(ctx, request{}); err == nil {
					continue
				}
				notBefore = k.Clock().Add(k.patience())
			}
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case who := <-k.asked:
			_ = k.make(ctx, who) // it is told where it belongs
		case <-time.After(pause):
		}
	}
}

// due reports whether a backup is wanted now, and when to look again.
func (k *Keeper) due() (pause time.Duration, due bool, err error) {
	now, newest := k.Clock(), k.newest()
	if k.Fixed != nil {
		left := newest.Add(k.Fixed.Every).Sub(now)
		return min(max(left, time.Millisecond), lookEvery), left <= 0, nil
	}
	plan, zone, err := k.plan()
	return lookEvery, err == nil && newest.Before(plan.Slot(now.In(zone))), err
}

// patience is how long after a failure the next backup is made by itself.
func (k *Keeper) patience() time.Duration {
	if k.Fixed != nil {
		return min(retryAfter, k.Fixed.Every)
	}
	return retryAfter
}

func (k *Keeper) plan() (desk.BackupPlan, *time.Location, error) {
	plan, name, err := k.App.BackupPlan()
	zone, zoneErr := desk.ParseZone(name)
	if zoneErr != nil {
		zone = time.UTC
	}
	return plan, zone, err
}

// begin takes the turn to make a backup. Refused: CodeConflict while one is made.
func (k *Keeper) begin() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.running {
		return desk.Refuse(desk.CodeConflict, "", "A backup is being made already.")
	}
	k.running = true
	return nil
}

// Start has a backup made in the background. Refused: CodeConflict while one is made.
func (k *Keeper) Start(by desk.ID, address string) error {
	if err := k.begin(); err != nil {
		return err
	}
	k.asked <- request{by, address} // there is room: whoever holds the turn is the only one
	return nil
}

// make makes a backup for whoever has the turn, gives the turn back, and tells what
// came of it.
func (k *Keeper) make(ctx context.Context, who request) error {
	name := mark + k.Clock().UTC().Format(form) + end
	var lost []desk.LostFile
	err := follow.Try(k.Log, "backup", func() (err error) { // a panic too gives the turn back
		lost, err = k.write(ctx, name)
		return err
	})
	k.mu.Lock()
	defer k.mu.Unlock()
	k.running = false
	if ctx.Err() != nil {
		return ctx.Err() // told to stop: it is neither made nor failed
	}
	told := app.TellBackup{By: who.by, What: desk.BackupMade, Name: name, Address: who.address, Lost: lost}
	if err != nil {
		k.Log.Error("no backup could be made", "err", err)
		told.What, told.Name, told.Why = desk.BackupFailed, "", string(codeOf(err))
	}
	k.last = &app.BackupOutcome{At: desk.TimeOf(k.Clock()), Why: told.Why, Lost: len(lost), Files: lost[:min(len(lost), desk.MaxAuditFields)]}
	if err := k.App.TellBackup(told); err != nil {
		k.Log.Warn("what came of a backup is not in the audit log", "err", err)
	}
	return err
}

// write writes a backup, and then takes the oldest away beyond those that are kept. It
// returns which files are not in it as they were sent.
func (k *Keeper) write(ctx context.Context, name string) ([]desk.LostFile, error) {
	if err := os.MkdirAll(k.Dir, 0o700); err != nil {
		return nil, err
	}
	if err := k.fits(); err != nil {
		return nil, err
	}
	path := filepath.Join(k.Dir, name)
	summary, err := archive.Make(ctx, path, k.App.Store(), k.Files, k.Clock())
	if err != nil {
		return nil, err
	}
	k.Log.Info("a backup was made and read again", "file", path, "files", summary.Files, "bytes", summary.Bytes)
	if n := len(summary.Lost); n > 0 {
		k.Log.Error("the backup lacks files that are missing or damaged on the disk; all else is in it",
			"files", n, "such as", summary.Lost[:min(n, desk.MaxAuditFields)])
	}
	return summary.Lost, k.prune()
}

// fits refuses a backup that could take the room which messages need: it is not known
// before how small it packs.
func (k *Keeper) fits() error {
	spare, err := k.App.Store().Spare(k.Dir)
	if err != nil {
		return err
	}
	return k.App.Store().View(func(tx *store.Tx) error {
		if need := tx.Bytes() + tx.FileBytes(); need > spare {
			return desk.Refuse(desk.CodeStorageFull, "", fmt.Sprintf("A backup may take %d MiB, and %d MiB may be used.", need>>20, spare>>20))
		}
		return nil
	})
}

func codeOf(err error) desk.Code {
	for _, full := range []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG} {
		if errors.Is(err, full) {
			return desk.CodeStorageFull
		}
	}
	if errors.Is(err, syscall.EROFS) || errors.Is(err, os.ErrPermission) {
		return desk.CodeReadOnly
	}
	return desk.CodeOf(err)
}
