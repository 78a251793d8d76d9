package bot

import (
	"context"
	"time"

	"parley/app"
	"parley/desk"
	"parley/follow"
	"parley/store"
)

// How long to rest before the next try of what could not be saved: at first, and at most.
const (
	firstPause = 50 * time.Millisecond
	longPause  = 10 * time.Second
)

// insist tries something, later each time, until it works, it was refused Tries times, or
// ctx ends. While nothing at all can be saved a try does not count: whatever would be done
// instead could not be saved either.
func insist(ctx context.Context, try func() error) error {
	for tries, pause := 0, firstPause; ; pause = min(2*pause, longPause) {
		err := follow.Contain(try)
		if code := desk.CodeOf(err); code != desk.CodeStorageFull && code != desk.CodeReadOnly {
			tries++
		}
		if err == nil || tries >= follow.Tries {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

// see sees an answer through that nobody else would try again: where it cannot be saved,
// the customer is given to people, and the event is kept for the admins with the error.
// When ctx ends before, the event is read again at the next start.
func (b *Bot) see(ctx context.Context, s *scene, speech desk.Speech, cause uint64) {
	err := insist(ctx, func() error { return b.speak(s, speech, cause) })
	event := desk.Event{Number: s.conversation.Number, Seq: s.message().Seq}
	for err != nil && ctx.Err() == nil {
		b.log.Error("an answer could not be saved; the conversation is given to people", "conversation", event.Number, "err", err)
		row := follow.RowOf(app.FollowerBot, cause, err)
		err = insist(ctx, func() error { return b.park(&event, row) })
	}
	if ctx.Err() == nil {
		b.reach.end(cause)
	}
}

// park passes over the event of a message that failed again and again: people get the
// conversation, so that nobody waits for a bot that has given up, and the row is kept for
// the admins.
func (b *Bot) park(e *desk.Event, row store.Parked) error {
	if err := follow.Contain(func() error { return b.handOver(e.Number, e.Seq, row.Sequence) }); err != nil {
		b.log.Error("a conversation could not be given to people", "conversation", e.Number, "err", err)
	}
	cursor := b.reach.with(row.Sequence)
	err := b.app.Park(row, cursor)
	if err == nil {
		b.reach.save(cursor)
		b.reach.end(row.Sequence)
		b.reach.advance(row.Sequence)
	}
	return err
}

// handOver gives way to people if a message still waits for the bot, with a word of
// farewell where there can be one.
func (b *Bot) handOver(n desk.Number, seq, cause uint64) error {
	var s *scene
	asks := false
	err := b.app.Store().View(func(tx *store.Tx) (err error) {
		s, asks, err = look(tx, n, seq, b.app.Now())
		return err
	})
	if err != nil || !asks {
		return err
	}
	p := planner{scene: s, Voice: s.voice(), online: b.online()}
	return b.speak(s, p.giveWay().speech, cause)
}
