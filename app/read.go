package app

import (
	"errors"
	"sort"

	"parley/desk"
	"parley/store"
	"parley/wire"
)

// ConversationPage is a page of a list.
type ConversationPage struct {
	Conversations []wire.Conversation `json:"conversations" nullable:"false"`
	Next          string              `json:"next" doc:"The cursor of the next page; empty at the end."`
	Sequence      uint64              `json:"sequence" doc:"Where the journal stood."`

	encoded []byte // the conversations as JSON, in place of Conversations
}

// ListJSON reads a page of a view to be sent on: it holds its rows as JSON only.
func (a *App) ListJSON(q store.ListQuery) (ConversationPage, error) {
	return view(a, func(tx *store.Tx) (page ConversationPage, err error) {
		b := append(make([]byte, 0, 512*q.Limit), '[')
		page.Next, err = tx.ListRows(q, func(row store.Row) (err error) {
			if len(b) > 1 {
				b = append(b, ',')
			}
			b, err = a.rows.appendRow(b, &row)
			return err
		})
		page.encoded, page.Sequence = append(b, ']'), tx.Head()
		return page, err
	})
}

// List reads a page of a view.
func (a *App) List(q store.ListQuery) (ConversationPage, error) {
	return view(a, func(tx *store.Tx) (ConversationPage, error) {
		page, err := tx.List(q)
		if err != nil {
			return ConversationPage{}, err
		}
		shapes, err := wire.ConversationsOf(tx, page.Conversations)
		return ConversationPage{Conversations: shapes, Next: page.Next, Sequence: tx.Head()}, err
	})
}

// Thread is a conversation with its newest messages, and where the journal stood
// when it was read: what happens later arrives as frames above Sequence.
type Thread struct {
	Conversation wire.Conversation `json:"conversation"`
	Messages     []wire.Message    `json:"messages" nullable:"false" doc:"The newest, in order."`
	Before       bool              `json:"before" doc:"Whether older ones exist."`
	Sequence     uint64            `json:"sequence" doc:"Where the journal stood."`
}

// ThreadPage is how many messages a thread opens with.
const ThreadPage = 50

// Open reads a conversation with its newest messages.
func (a *App) Open(n desk.Number) (Thread, error) {
	return view(a, func(tx *store.Tx) (Thread, error) {
		c, err := tx.Conversation(n)
		if err != nil {
			return Thread{}, err
		}
		shape, err := wire.ConversationOf(tx, &c)
		if err != nil {
			return Thread{}, err
		}
		from := c.Messages - min(c.Messages, ThreadPage) + 1
		messages, err := messageShapes(tx, &c, from, c.Messages)
		return Thread{shape, messages, from > 1, tx.Head()}, err
	})
}

// MessageQuery asks for a piece of a thread: the messages before a seq, after
// one (0: from the beginning on), around one, or around the first one at or after a
// moment; the newest when all are nil.
type MessageQuery struct {
	Number                desk.Number
	At                    *desk.Time
	Before, After, Around *uint64
	Limit                 uint64
}

// MessagePage is a piece of a thread.
type MessagePage struct {
	Messages []wire.Message `json:"messages" nullable:"false" doc:"In order."`
	Before   bool           `json:"before" doc:"Whether older ones exist."`
	After    bool           `json:"after" doc:"Whether newer ones exist."`
	Sequence uint64         `json:"sequence" doc:"Where the journal stood."`
}

// Messages reads a piece of a thread.
func (a *App) Messages(q MessageQuery) (MessagePage, error) {
	return view(a, func(tx *store.Tx) (MessagePage, error) {
		c, err := tx.Conversation(q.Number)
		if err != nil {
			return MessagePage{}, err
		}
		if q.At != nil {
			around, err := firstAt(tx, &c, *q.At)
			if err != nil {
				return MessagePage{}, err
			}
			q.Around = &around
		}
		from, to := q.window(c.Messages)
		messages, err := messageShapes(tx, &c, from, to)
		return MessagePage{messages, from > 1, to < c.Messages, tx.Head()}, err
	})
}

// firstAt is the seq of the first message at or after a moment; beyond the last one
// when none is.
func firstAt(tx *store.Tx, c *desk.Conversation, at desk.Time) (uint64, error) {
	var fault error
	before := sort.Search(int(c.Messages), func(i int) bool {
		m, err := tx.Message(c, uint64(i)+1)
		fault = errors.Join(fault, err)
		return m.At >= at
	})
	return uint64(before) + 1, fault
}

// window is the first and last seq asked for, in a thread of n messages. It is
// empty (from > to) when nothing is there.
func (q *MessageQuery) window(n uint64) (from, to uint64) {
	switch {
	case q.After != nil:
		from = min(*q.After, n) + 1
		to = min(n, from+q.Limit-1)
	case q.Around != nil:
		from = max(1, min(*q.Around, n))
		from -= min(from-1, (q.Limit-1)/2)
		to = min(n, from+q.Limit-1)
	default:
		to = n
		if q.Before != nil {
			to = min(n, max(*q.Before, 1)-1)
		}
		from = to - min(to, q.Limit) + 1
	}
	return from, to
}

func messageShapes(tx *store.Tx, c *desk.Conversation, from, to uint64) ([]wire.Message, error) {
	messages, err := tx.Messages(c, from, to)
	if err != nil {
		return nil, err
	}
	return wire.MessagesOf(tx, messages)
}

// Counts reads the counts of the views.
func (a *App) Counts() (wire.Counts, error) {
	return view(a, func(tx *store.Tx) (wire.Counts, error) { return wire.CountsOf(tx), nil })
}
