package app

import (
	"slices"
	"strconv"

	"parley/desk"
	"parley/store"
	"parley/wire"
)

// VisitorState is what a visitor's page starts from: what happens later arrives as
// frames above Sequence.
type VisitorState struct {
	Visitor       wire.Visitor               `json:"visitor"`
	Conversations []wire.VisitorConversation `json:"conversations" nullable:"false" doc:"The newest first; at most 50."`
	Sequence      uint64                     `json:"sequence" doc:"Where the journal stood."`
	Epoch         string                     `json:"epoch"`
}

// AppendJSON appends the state.
func (s VisitorState) AppendJSON(b []byte) []byte {
	b = s.Visitor.AppendJSON(append(b, `{"visitor":`...))
	b = wire.AppendVisitorConversations(append(b, `,"conversations":`...), s.Conversations)
	b = strconv.AppendUint(append(b, `,"sequence":`...), s.Sequence, 10)
	b = wire.AppendText(append(b, `,"epoch":`...), s.Epoch)
	return append(b, '}')
}

// maxVisitorConversations is how many conversations a visitor is shown.
const maxVisitorConversations = 50

// VisitorState reads what a visitor's page starts from.
func (a *App) VisitorState(v *Visitor) (VisitorState, error) {
	return view(a, func(tx *store.Tx) (VisitorState, error) {
		now := a.Now()
		c, _, err := visitorCustomer(tx, v, now)
		if err != nil {
			return VisitorState{}, err
		}
		conversations, err := a.visitorConversations(tx, v)
		return VisitorState{wire.VisitorOf(&c, now), conversations, tx.Head(), a.store.Epoch()}, err
	})
}

func (a *App) visitorConversations(tx *store.Tx, v *Visitor) ([]wire.VisitorConversation, error) {
	shapes := make([]wire.VisitorConversation, 0, 4)
	for before := desk.Number(0); ; {
		numbers, err := tx.CustomerConversations(v.Customer, before, maxVisitorConversations)
		if err != nil {
			return nil, err
		}
		for _, n := range numbers {
			c, err := tx.Conversation(n)
			if err != nil {
				return nil, err
			}
			if c.Site != v.Site {
				continue
			}
			shape, err := wire.VisitorConversationOf(tx, a.handles, &c)
			if err != nil {
				return nil, err
			}
			if shapes = append(shapes, shape); len(shapes) == maxVisitorConversations {
				return shapes, nil
			}
		}
		if len(numbers) < maxVisitorConversations {
			return shapes, nil
		}
		before = numbers[len(numbers)-1]
	}
}

// VisitorThread is a piece of a thread as its visitor sees it.
type VisitorThread struct {
	Conversation wire.VisitorConversation `json:"conversation"`
	Messages     []wire.VisitorMessage    `json:"messages" nullable:"false" doc:"In order."`
	Before       bool                     `json:"before" doc:"Whether older ones may exist."`
	After        bool                     `json:"after" doc:"Whether newer ones may exist."`
	Sequence     uint64                   `json:"sequence" doc:"Where the journal stood."`
}

// AppendJSON appends the piece.
func (t VisitorThread) AppendJSON(b []byte) []byte {
	b = t.Conversation.AppendJSON(append(b, `{"conversation":`...))
	b = wire.AppendVisitorMessages(append(b, `,"messages":`...), t.Messages)
	b = strconv.AppendBool(append(b, `,"before":`...), t.Before)
	b = strconv.AppendBool(append(b, `,"after":`...), t.After)
	b = strconv.AppendUint(append(b, `,"sequence":`...), t.Sequence, 10)
	return append(b, '}')
}

// VisitorMessages reads a piece of a thread: the newest messages, or those before
// or after a seq. What visitors may not see is passed over, so that a piece is as
// long as asked wherever there is enough to show.
func (a *App) VisitorMessages(v *Visitor, q MessageQuery) (VisitorThread, error) {
	return view(a, func(tx *store.Tx) (VisitorThread, error) {
		c, err := ownConversation(tx, v, q.Number)
		if err != nil {
			return VisitorThread{}, err
		}
		thread := VisitorThread{Sequence: tx.Head()}
		if thread.Conversation, err = wire.VisitorConversationOf(tx, a.handles, &c); err != nil {
			return VisitorThread{}, err
		}
		shown, from, to, err := shownMessages(tx, &c, &q)
		if err != nil {
			return VisitorThread{}, err
		}
		thread.Before, thread.After = from > 1, to < c.Messages
		thread.Messages, err = wire.VisitorMessagesOf(tx, a.handles, shown)
		return thread, err
	})
}

// shownMessages reads up to q.Limit messages that visitors may see, and tells the
// first and last seq that it has looked at.
func shownMessages(tx *store.Tx, c *desk.Conversation, q *MessageQuery) (shown []desk.Message, from, to uint64, err error) {
	step := *q
	from, to = step.window(c.Messages)
	lo, hi := from, to
	for lo <= hi {
		messages, err := tx.Messages(c, lo, hi)
		if err != nil {
			return nil, 0, 0, err
		}
		messages = slices.DeleteFunc(messages, func(m desk.Message) bool { return !m.ShownToCustomer() })
		missing := q.Limit - uint64(len(shown))
		if q.After != nil {
			shown = append(shown, messages[:min(missing, uint64(len(messages)))]...)
			if uint64(len(messages)) > missing {
				return shown, from, shown[len(shown)-1].Seq, nil
			}
			lo, hi, to = hi+1, min(c.Messages, hi+q.Limit), hi
		} else {
			cut := uint64(len(messages)) - min(missing, uint64(len(messages)))
			shown = append(slices.Clone(messages[cut:]), shown...)
			if cut > 0 {
				return shown, shown[0].Seq, to, nil
			}
			lo, hi, from = lo-min(lo-1, q.Limit), lo-1, lo
		}
		if uint64(len(shown)) == q.Limit {
			break
		}
	}
	return shown, from, to, nil
}

// VisitorFile reads an attachment for a visitor: one in what was said in a
// conversation of theirs, or one that they have uploaded.
func (a *App) VisitorFile(v *Visitor, id desk.ID) (desk.Attachment, error) {
	return view(a, func(tx *store.Tx) (desk.Attachment, error) {
		attachment, err := tx.Attachment(id)
		switch {
		case err != nil:
			return desk.Attachment{}, err
		case !attachment.Complete:
			return desk.Attachment{}, desk.NotFound("attachment")
		case attachment.Number == 0 && attachment.Owner == desk.CustomerActor(v.Customer):
			return attachment, nil
		}
		c, err := ownConversation(tx, v, attachment.Number)
		return shownFile(tx, &attachment, &c, err)
	})
}

// shownFile gives an attachment that was said in a conversation and may be seen by
// its customer; any other does not exist. err is what came of reading the conversation.
func shownFile(tx *store.Tx, file *desk.Attachment, c *desk.Conversation, err error) (desk.Attachment, error) {
	var m desk.Message
	if err == nil {
		m, err = tx.Message(c, file.Seq)
	}
	switch {
	case desk.IsNotFound(err), err == nil && !m.ShownToCustomer():
		return desk.Attachment{}, desk.NotFound("attachment")
	case err != nil:
		return desk.Attachment{}, err
	}
	return *file, nil
}
