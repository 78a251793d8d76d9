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
	houseStep   = 2000 // rows that one command looks at
)

// ForgetOld drops what is older than it is kept. It works in small commands, so
// that nobody waits for it: each goes on at one place and looks at Limit rows at most.
type ForgetOld struct {
	At       desk.Time
	KeepFrom uint64 // events above this sequence are still needed
	Place    HousePlace
	Limit    int
}

// HousePlace is where housekeeping goes on: at what, and from which key on.
type HousePlace struct {
	Room int // of those in forgetting
	From []byte
}

// forgetting is what is looked through, one after the other. Each says whether there is
// more in it, and from which key on.
var forgetting = [...]func(tx *store.Tx, cmd *ForgetOld) (next []byte, more bool, err error){
	func(tx *store.Tx, cmd *ForgetOld) ([]byte, bool, error) {
		trimmed, err := tx.TrimJournal(cmd.ago(journalKept), cmd.At, min(cmd.KeepFrom, tx.LowestCursor()), cmd.Limit)
		return nil, trimmed == cmd.Limit, err
	},
	func(tx *store.Tx, cmd *ForgetOld) ([]byte, bool, error) {
		dropped, err := tx.DropAttachments(cmd.ago(uploadKept), cmd.Limit)
		return nil, len(dropped) == cmd.Limit, err
	},
	func(tx *store.Tx, cmd *ForgetOld) ([]byte, bool, error) {
		return goingOn(tx.ForgetSessions(cmd.At, cmd.Place.From, cmd.Limit))
	},
	func(tx *store.Tx, cmd *ForgetOld) ([]byte, bool, error) {
		return goingOn(tx.ForgetSent(cmd.ago(sentKept), cmd.Place.From, cmd.Limit))
	},
}

func goingOn(next []byte, err error) ([]byte, bool, error) { return next, len(next) > 0, err }

func (cmd *ForgetOld) ago(d time.Duration) desk.Time { return cmd.At - desk.Time(d.Milliseconds()) }

func (cmd *ForgetOld) small() {}

// Apply implements command. The answer is where to go on; nil when all is done.
func (cmd *ForgetOld) Apply(tx *store.Tx) (*HousePlace, error) {
	next, more, err := forgetting[cmd.Place.Room](tx, cmd)
	switch {
	case err != nil:
		return nil, err
	case more:
		return &HousePlace{cmd.Place.Room, next}, nil
	}
	return cmd.Place.nextRoom(), nil
}

// nextRoom is the beginning of the next; nil behind the last.
func (p HousePlace) nextRoom() *HousePlace {
	if p.Room+1 == len(forgetting) {
		return nil
	}
	return &HousePlace{Room: p.Room + 1}
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
	forget := func() { warn(errors.Join(a.ForgetOld(ctx), a.ForgetVisitors(ctx), a.ForgetCards(ctx))) }
	warn(errors.Join(a.FinishSamples(ctx), a.FinishTags(ctx)))
	// Nothing is forgotten in the first hour, which is measured and not read from the wall:
	// a machine that comes up with its clock ahead has been set right by then.
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-hour.C:
			forget()
		case <-minute.C:
			warn(errors.Join(a.EndBlocks(ctx), a.FinishSamples(ctx), a.FinishTags(ctx)))
		case <-a.moving:
			warn(a.FinishTags(ctx))
		}
	}
}

// ForgetOld forgets what is old, now. Where something cannot be forgotten the rest is.
func (a *App) ForgetOld(ctx context.Context) error {
	cmd := ForgetOld{At: a.Now(), KeepFrom: a.SearchStatus().Cursor, Limit: houseStep}
	var faults error
	for ctx.Err() == nil {
		next, err := run(a, &cmd)
		if err != nil {
			faults, next = errors.Join(faults, err), cmd.Place.nextRoom()
		}
		if next == nil {
			return faults
		}
		cmd.Place = *next
	}
	return errors.Join(faults, ctx.Err())
}
