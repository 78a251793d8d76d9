package card

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"parley/app"
	"parley/desk"
	"parley/follow"
	"parley/guard"
	"parley/store"
)

// Options are what cards are made with.
type Options struct {
	App *app.App
	// Client asks the pages. Its timeout bounds one answer, its MaxBytes how much of a
	// page is read.
	Client *guard.Client
	Log    *slog.Logger
}

// Maker makes cards.
type Maker struct {
	app    *app.App
	client *guard.Client
	log    *slog.Logger

	cursor atomic.Uint64 // how far links were looked at
	saved  uint64        // how far of that is on disk
}

// New makes a maker; Run sets it to work.
func New(o Options) *Maker { return &Maker{app: o.App, client: o.Client, log: o.Log} }

// Reached is how far links were looked at.
func (m *Maker) Reached() uint64 { return m.cursor.Load() }

const (
	batch = 32 // events at once, whose pages are asked side by side
	// askers is how many pages are asked at a time.
	askers = 4
	// askWithin bounds what one page may take, with everything that it leads to.
	askWithin = 8 * time.Second
	// passEvery is after how many events without a link the cursor is saved all the same:
	// after a crash they are passed over again, which is quick.
	passEvery = 2000
)

// Run makes cards until ctx ends. One that was never here before begins with what
// happens from now on.
func (m *Maker) Run(ctx context.Context) error {
	if err := m.begin(); err != nil {
		return err
	}
	return follow.Run(ctx, m.app.Store(), follow.Follower{
		Name: app.FollowerCards, Batch: batch, Log: m.log,
		Cursor: func() (uint64, error) { return m.cursor.Load(), nil },
		Handle: m.handle,
		Park: func(_ context.Context, entry store.Entry, row store.Parked) error { // a card less
			err := m.app.Park(row, entry.Sequence)
			if err == nil {
				m.saved = entry.Sequence
				m.cursor.Store(entry.Sequence)
			}
			return err
		},
		Trimmed: func(context.Context) (uint64, error) {
			head := m.app.Head()
			m.cursor.Store(head)
			return head, nil
		},
	})
}

// begin finds where to go on.
func (m *Maker) begin() error {
	cursor, known := uint64(0), false
	err := m.app.Store().View(func(tx *store.Tx) error {
		cursor, known = tx.Cursor(app.FollowerCards), tx.HasCursor(app.FollowerCards)
		return nil
	})
	if err == nil && !known {
		cursor = m.app.Head()
		err = m.app.SaveCards(app.SaveCards{Cursor: cursor})
	}
	m.cursor.Store(cursor)
	m.saved = cursor
	return err
}

// handle makes the cards of a batch's messages, side by side. Only the last of them
// saves the cursor: after a crash on the way the others are asked again, and find their
// cards there.
func (m *Maker) handle(ctx context.Context, entries []store.Entry) (uint64, error) {
	last := entries[len(entries)-1].Sequence
	on, err := m.app.CardsOn()
	if err != nil {
		return 0, err
	}
	if on {
		if err := m.cards(ctx, entries); err != nil {
			return 0, err
		}
	}
	m.cursor.Store(last)
	if last < m.saved+passEvery {
		return last, nil
	}
	if err := m.app.SaveCards(app.SaveCards{Cursor: last}); err != nil {
		return last, err
	}
	m.saved = last
	return last, nil
}

func (m *Maker) cards(ctx context.Context, entries []store.Entry) error {
	var all sync.WaitGroup
	errs := make([]error, len(entries))
	turns := make(chan struct{}, askers)
	for i := range entries {
		e := &entries[i].Event
		if e.Type != desk.MessagePosted {
			continue
		}
		q, err := m.app.CardsFor(e.Number, e.Seq)
		if err != nil {
			return err
		}
		if len(q.Ask) == 0 && !q.Late {
			continue
		}
		all.Go(func() {
			turns <- struct{}{}
			defer func() { <-turns }()
			errs[i] = follow.Contain(func() error { return m.make(ctx, &entries[i], q, entries[0].Sequence-1) })
		})
	}
	all.Wait()
	return errors.Join(errs...)
}

// make asks the pages of one message and saves what they say. A page that says nothing
// is no error. reached is how far everything before is done with.
func (m *Maker) make(ctx context.Context, entry *store.Entry, q app.CardQuestion, reached uint64) error {
	cmd := app.SaveCards{
		Number: entry.Event.Number, Seq: entry.Event.Seq, Cause: entry.Sequence, Late: q.Late, Cursor: reached,
	}
	for _, address := range q.Ask {
		within, cancel := context.WithTimeout(ctx, askWithin)
		said, err := ask(within, m.client, address)
		cancel()
		if ctx.Err() != nil {
			return ctx.Err() // not the page's fault
		}
		if err != nil {
			m.log.Debug("a page gives no card", "err", err)
		}
		cmd.Cards = append(cmd.Cards, desk.NewLinkCard(address, said.title, said.description, said.site, 0))
	}
	return m.app.SaveCards(cmd)
}
