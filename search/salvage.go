package search

import (
	"context"
	"errors"
	"fmt"

	"parley/desk"
	"parley/follow"
	"parley/store"
)

// What can not be read or taken apart must not keep up what can: neither the events
// behind it, nor the building of the index, nor the rest of its conversation.

// KeepParked sets what keeps the row of an event that could not be indexed. Call it
// before Run.
func (e *Engine) KeepParked(keep func(row store.Parked)) { e.keepParked = keep }

// park passes over an event whose handling failed again and again: of its conversation
// is indexed what can be.
func (e *Engine) park(ctx context.Context, v *volume, entry *store.Entry, row store.Parked) error {
	if e.keepParked != nil {
		e.keepParked(row)
	}
	c := changes{lenient: true}
	c.add(&entry.Event)
	return e.write(ctx, v, &c, entry.Sequence)
}

// lenient writes something of a conversation, and where that fails what can be of all of
// it. It keeps the error.
func (w *writer) lenient(n desk.Number, write func() error) {
	err := follow.Contain(write)
	if err == nil {
		return
	}
	w.faults = append(w.faults, fmt.Errorf("conversation %d: %w", n, err))
	c, err := w.tx.Conversation(n)
	if err != nil {
		return
	}
	if follow.Contain(func() error { return w.head(&c) }) != nil {
		w.batch.put(newHead(&c, &desk.Customer{}))
	}
	patience := maxUnreadable
	for first := uint64(1); first <= min(c.Messages, maxSeq) && patience > 0; first += BlockSize {
		if follow.Contain(func() error { return w.block(&c, first) }) == nil {
			continue
		}
		for seq := first; seq < first+BlockSize && seq <= c.Messages; seq++ {
			if follow.Contain(func() error { return w.piece(&c, seq, seq) }) != nil {
				patience--
			}
		}
	}
}

// maxUnreadable is how many messages of a conversation are tried in vain: how many there
// are may be what is damaged.
const maxUnreadable = 1000

// readable reads conversations as ConversationsFrom does, without those whose rows can
// not be read.
func (w *writer) readable(from desk.Number, page int) (list []desk.Conversation, next desk.Number) {
	list, err := w.tx.ConversationsFrom(from, page)
	if err == nil {
		if len(list) == page {
			next = list[len(list)-1].Number + 1
		}
		return list, next
	}
	last := w.tx.LastNumber()
	for n := from; n <= last; n++ {
		if len(list) == page {
			return list, n
		}
		c, err := w.tx.Conversation(n)
		switch {
		case err == nil:
			list = append(list, c)
		case !desk.IsNotFound(err):
			w.faults = append(w.faults, err)
		}
	}
	return list, 0
}

// messages reads neighbouring messages, without those that can not be read: an answer
// without them is better than none, for everybody whose search meets their conversation.
func messages(tx *store.Tx, c *desk.Conversation, from, to uint64) []desk.Message {
	all, err := tx.Messages(c, from, to)
	if err == nil {
		return all
	}
	for seq := max(from, 1); seq <= min(to, c.Messages); seq++ {
		if m, err := tx.Message(c, seq); err == nil {
			all = append(all, m)
		}
	}
	return all
}

// tell logs what was left out, once for many.
func (e *Engine) tell(faults []error) {
	if len(faults) > 0 {
		follow.Note(e.log, "search", errors.Join(faults[:min(len(faults), 5)]...), "not indexed", len(faults))
	}
}
