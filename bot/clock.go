package bot

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"parley/app"
	"parley/desk"
	"parley/follow"
	"parley/store"
)

// Clock does what is due by the clock alone: waiting messages, warnings, resolving
// what has fallen silent, archiving. Its timers are made from the open conversations
// at the start and follow the journal from then on.
type Clock struct {
	app    *app.App
	log    *slog.Logger
	timers *timers
	cursor atomic.Uint64
	ticks  bool // whether the settings let anything be due; for Run alone
}

// NewClock makes a clock; Run sets it going.
func NewClock(a *app.App, log *slog.Logger) *Clock {
	return &Clock{app: a, log: log, timers: newTimers()}
}

const (
	tickEvery    = 5 * time.Second
	archiveEvery = 10 * time.Minute
	atOnce       = 500 // conversations that are looked after before the next tick
)

// Run goes until ctx ends.
func (c *Clock) Run(ctx context.Context) error {
	if err := c.begin(); err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	var ticking sync.WaitGroup
	defer ticking.Wait()
	defer stop()
	ticking.Go(func() { _ = follow.Keep(ctx, c.log, "clock", c.tickUntil) })
	return follow.Run(ctx, c.app.Store(), follow.Follower{
		Name: "clock", Log: c.log,
		Cursor: func() (uint64, error) { return c.cursor.Load(), nil },
		Handle: func(_ context.Context, batch []store.Entry) (uint64, error) { return c.handle(batch) },
		Trimmed: func(context.Context) (uint64, error) {
			err := c.begin() // which moves the cursor
			return c.cursor.Load(), err
		},
		Park: func(_ context.Context, entry store.Entry, row store.Parked) error {
			c.cursor.Store(entry.Sequence) // also when the row cannot be kept: it is but news
			if err := c.app.Park(row, 0); err != nil {
				c.log.Error("that an event was passed over could not be kept", "follower", row.Follower, "err", err)
			}
			return nil
		},
	})
}

func (c *Clock) tickUntil(ctx context.Context) error {
	tick, archive := time.NewTicker(tickEvery), time.NewTicker(archiveEvery)
	defer tick.Stop()
	defer archive.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
			c.tick(ctx)
		case <-archive.C:
			c.archive(ctx)
		}
	}
}

// begin makes the timers of all open conversations.
func (c *Clock) begin() (err error) {
	c.cursor.Store(c.app.Head())
	c.timers.clear()
	c.ticks, err = c.app.Dues(c.timers.set)
	return err
}

// handle sets the timers of the conversations in which something has happened.
func (c *Clock) handle(batch []store.Entry) (uint64, error) {
	last := batch[len(batch)-1].Sequence
	if slices.ContainsFunc(batch, func(e store.Entry) bool {
		return e.Event.Type == desk.BotUpdated || e.Event.Type == desk.ResolverUpdated
	}) {
		if err := c.begin(); err != nil { // whatever was due may be no more
			return 0, err
		}
		last = max(last, c.cursor.Load())
	} else if c.ticks {
		touched := map[desk.Number]bool{}
		for i := range batch {
			touched[batch[i].Event.Number] = true
		}
		delete(touched, 0)
		for n := range touched {
			if err := c.look(n); err != nil {
				return 0, err
			}
		}
	}
	c.cursor.Store(last)
	return last, nil
}

// look sets the timer of one conversation.
func (c *Clock) look(n desk.Number) error {
	at, err := c.app.NextDue(n)
	if err == nil {
		c.timers.set(n, at)
	}
	return err
}

// tick does what is due now, until ctx ends.
func (c *Clock) tick(ctx context.Context) {
	for _, n := range c.timers.due(c.app.Now(), atOnce) {
		if ctx.Err() != nil {
			return // the timers are made anew at the next start
		}
		var next desk.Time
		err := follow.Try(c.log, "clock", func() (err error) { // one that panics takes no timers of others with it
			next, err = c.app.Tend(n)
			return err
		})
		if err != nil {
			c.log.Error("what is due by the clock could not be done", "conversation", n, "err", err)
			next = c.app.Now() + desk.Time(time.Minute.Milliseconds())
		}
		c.timers.settle(n, next)
	}
}

// archive puts away what was resolved long ago.
func (c *Clock) archive(ctx context.Context) {
	if _, err := c.app.ArchiveResolved(ctx, atOnce); err != nil && ctx.Err() == nil {
		c.log.Error("old conversations could not be archived", "err", err)
	}
}
