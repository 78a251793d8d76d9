package app

import (
	"context"
	"errors"
	"time"

	"parley/desk"
	"parley/store"
)

// What is kept for how long.
const (
	journalKept = 7 * 24 * time.Hour
	sentKept    = 30 * 24 * time.Hour // client ids of messages: how late a retry may come
	uploadKept  = 24 * time.Hour      // attachments that no message carries
	houseEvery  = time.Hour
	houseStep   = 2000 // rows that one transaction forgets
)

// ForgetOld drops what is older than it is kept. It works in small commands, so
// that nobody waits for it.
type ForgetOld struct {
	At       desk.Time
	KeepFrom uint64 // events above this sequence are still needed
	Sent     []byte // where to go on among the client ids
	Limit    int
}

// Forgotten is what one step did, and where the next one goes on.
type Forgotten struct {
	Events   int
	Sent     []byte // nil when the client ids are through
	Dropped  []desk.ID
	Finished bool
}

// Apply implements command.
func (cmd *ForgetOld) Apply(tx *store.Tx) (Forgotten, error) {
	ago := func(d time.Duration) desk.Time { return cmd.At - desk.Time(d.Milliseconds()) }
	var done Forgotten
	var errs [4]error
	done.Events, errs[0] = tx.TrimJournal(ago(journalKept), min(cmd.KeepFrom, tx.LowestCursor()), cmd.Limit)
	done.Sent, errs[1] = tx.ForgetSent(ago(sentKept), cmd.Sent, cmd.Limit)
	done.Dropped, errs[2] = tx.DropAttachments(ago(uploadKept))
	errs[3] = tx.ForgetSessions(cmd.At)
	done.Finished = done.Events < cmd.Limit && len(done.Sent) == 0
	return done, errors.Join(errs[:]...)
}

// KeepHouse finishes what a stop has left over of sample data and moves of tags, forgets what is
// old, every hour, and ends blocks whose time is over, until ctx ends.
func (a *App) KeepHouse(ctx context.Context) error {
	hour, minute := time.NewTicker(houseEvery), time.NewTicker(blocksEvery)
	defer hour.Stop()
	defer minute.Stop()
	warn := func(err error) {
		if err != nil && ctx.Err() == nil {
			a.log.Warn("housekeeping failed; it is tried again", "err", err)
		}
	}
	forget := func() { warn(errors.Join(a.ForgetOld(ctx), a.ForgetVisitors(ctx), a.ForgetCards())) }
	warn(errors.Join(a.FinishSamples(), a.FinishTags()))
	forget()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-hour.C:
			forget()
		case <-minute.C:
			warn(errors.Join(a.EndBlocks(), a.FinishSamples(), a.FinishTags()))
		case <-a.moving:
			warn(a.FinishTags())
		}
	}
}

// ForgetOld forgets what is old, now.
func (a *App) ForgetOld(ctx context.Context) error {
	cmd := ForgetOld{At: a.Now(), KeepFrom: a.SearchStatus().Cursor, Limit: houseStep}
	for ctx.Err() == nil {
		done, err := run(a, &cmd)
		if err != nil || done.Finished {
			return err
		}
		cmd.Sent = done.Sent
	}
	return ctx.Err()
}
