package bot

import (
	"context"
	"errors"
	"log/slog"
	"sync"

	"parley/app"
	"parley/desk"
	"parley/follow"
	"parley/guard"
	"parley/store"
)

// Options are what the bot is made of.
type Options struct {
	App *app.App
	// Client calls the language model; nil for a bot without one.
	Client *guard.Client
	// Past finds what agents answered before to questions like the one that waits in
	// a conversation; may be nil.
	Past func(ctx context.Context, n desk.Number) ([]Past, error)
	// Online reports whether somebody of the team is there.
	Online func() bool
	// Typing tells a customer that the bot is about to answer; may be nil.
	Typing func(desk.Number) error
	Log    *slog.Logger
}

// Bot answers customers.
type Bot struct {
	app     *app.App
	client  *guard.Client
	past    func(ctx context.Context, n desk.Number) ([]Past, error)
	online  func() bool
	typing  func(desk.Number) error
	log     *slog.Logger
	reach   reach
	ponders chan *question
}

// New makes a bot; Run sets it to work.
func New(o Options) *Bot {
	b := &Bot{
		app: o.App, client: o.Client, past: o.Past, online: o.Online, typing: o.Typing, log: o.Log,
		ponders: make(chan *question, maxPonders),
	}
	if b.online == nil {
		b.online = func() bool { return false }
	}
	if b.typing == nil {
		b.typing = func(desk.Number) error { return nil }
	}
	return b
}

const (
	batch = 64 // events at once, whose answers share commits
	// passEvery is after how many events without a word the cursor is saved all the
	// same: after a crash they are passed over again, which is quick.
	passEvery = 2000
)

// Run answers until ctx ends. A bot that was never here before begins with what
// happens from now on: it does not answer old mail.
func (b *Bot) Run(ctx context.Context) error {
	if err := b.begin(); err != nil {
		return err
	}
	b.warm()
	ctx, stop := context.WithCancel(ctx)
	var others sync.WaitGroup
	defer others.Wait()
	defer stop()
	for range ponderers {
		others.Go(func() { b.ponder(ctx) })
	}
	return follow.Run(ctx, b.app.Store(), follow.Follower{
		Name: app.FollowerBot, Batch: batch, Log: b.log,
		Cursor: func() (uint64, error) { return b.reach.read(), nil },
		Handle: b.handle,
		Park:   func(_ context.Context, entry store.Entry, row store.Parked) error { return b.park(&entry.Event, row) },
	})
}

// begin finds where to go on.
func (b *Bot) begin() error {
	known, cursor := false, uint64(0)
	err := b.app.Store().View(func(tx *store.Tx) error {
		known, cursor = tx.HasCursor(app.FollowerBot), tx.Cursor(app.FollowerBot)
		return nil
	})
	if err == nil && !known {
		cursor = b.app.Head()
		err = b.app.BotPass(app.BotPass{Cursor: cursor})
	}
	b.reach.begin(cursor)
	return err
}

// handle answers the messages among a batch of events, all at once, so that they
// share commits. After a failure it stops before the first that failed; those behind
// it that succeeded have their answers and are passed over the next time.
func (b *Bot) handle(_ context.Context, entries []store.Entry) (uint64, error) {
	var all sync.WaitGroup
	errs := make([]error, len(entries))
	for i := range entries {
		e := &entries[i].Event
		if knows(e.Type) {
			b.warm()
		}
		if isQuestion(e) {
			b.reach.start(entries[i].Sequence)
			all.Go(func() { errs[i] = follow.Contain(func() error { return b.answer(&entries[i]) }) })
		}
	}
	all.Wait()
	reached := entries[len(entries)-1].Sequence
	for i := range errs {
		if errs[i] != nil {
			reached = entries[i].Sequence - 1
			break
		}
	}
	b.reach.advance(reached)
	return reached, errors.Join(errors.Join(errs...), b.pass())
}

// warm gets the mind ready, so that nobody's answer waits for it.
func (b *Bot) warm() {
	if err := b.app.WarmMind(); err != nil {
		b.log.Warn("the knowledge list cannot be read", "err", err)
	}
}

// pass saves the cursor when many events have gone by without a word.
func (b *Bot) pass() error {
	low := b.reach.low()
	if low < b.reach.saved()+passEvery {
		return nil
	}
	return b.save(app.BotPass{Cursor: low})
}

func (b *Bot) save(cmd app.BotPass) error {
	err := b.app.BotPass(cmd)
	if err == nil {
		b.reach.save(cmd.Cursor)
	}
	return err
}

// isQuestion reports whether an event is a customer's own message. What a follower
// caused is nobody's question, also when it was said in a customer's name.
func isQuestion(e *desk.Event) bool {
	return e.Type == desk.MessagePosted && e.Actor.Kind == desk.ActorCustomer && e.Cause == 0
}

// knows reports whether an event changes what the bot knows.
func knows(e desk.EventType) bool {
	switch e {
	case desk.KnowledgeSaved, desk.KnowledgeDeleted, desk.KnowledgeImported, desk.RuleSaved, desk.RuleDeleted, desk.BotUpdated:
		return true
	}
	return false
}

// answer answers one message, or passes it to who can take longer about it.
func (b *Bot) answer(entry *store.Entry) error {
	left, err := b.respond(entry)
	if err == nil && !left {
		b.reach.end(entry.Sequence)
	}
	return err
}

// respond answers one message. left says that somebody else will end it.
func (b *Bot) respond(entry *store.Entry) (left bool, err error) {
	var s *scene
	asks := false
	err = b.app.Store().View(func(tx *store.Tx) (err error) {
		s, asks, err = look(tx, entry.Event.Number, entry.Event.Seq, b.app.Now())
		return err
	})
	if err != nil || !asks {
		return false, err
	}
	plan, err := planFor(s, b.app.Consider, b.online())
	if err != nil {
		return false, err
	}
	if plan.ponder != nil && b.client != nil {
		plan.ponder.otherwise, plan.ponder.cause = plan.speech, entry.Sequence
		select {
		case b.ponders <- plan.ponder:
			return true, nil
		default: // too many are waiting: the ordinary way
		}
	}
	return false, b.speak(s, plan.speech, entry.Sequence)
}

// speak says something to the message of an event.
func (b *Bot) speak(s *scene, speech desk.Speech, cause uint64) error {
	cursor := b.reach.with(cause)
	_, err := b.app.BotSpeak(app.BotSpeak{
		Number: s.conversation.Number, Asked: s.message().Seq, Cause: cause, Speech: speech, Cursor: cursor,
	})
	if err == nil {
		b.reach.save(cursor)
	}
	return err
}
