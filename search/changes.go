package search

import (
	"slices"

	"parley/desk"
	"parley/store"
)

// changes is what some entries of the journal ask of the index, by conversation.
type changes struct {
	order     []desk.Number
	by        map[desk.Number]*change
	customers []desk.ID   // whose conversations get new heads
	before    desk.Number // of the first of them, how far they have them; 0 for not begun
	lenient   bool        // what can not be read is left out
}

// change is what has to be written for one conversation.
type change struct {
	whole bool // all of it
	head  bool
	rests bool // it was closed, so its last messages come together in one piece
	seqs  []uint64
	gone  bool // it was removed
}

// add takes note of an entry.
func (c *changes) add(e *desk.Event) {
	if e.Type == desk.CustomerUpdated {
		if !slices.Contains(c.customers, e.Subject) {
			c.customers = append(c.customers, e.Subject)
		}
		return
	}
	if e.Number == 0 {
		return
	}
	switch e.Type {
	case desk.ConversationRead, desk.ConversationUnread, desk.ConversationDelivered, desk.ConversationSeen, desk.ConversationRated,
		desk.ConversationCarded:
		return // nothing that is searched
	}
	at := c.of(e.Number)
	if e.Seq > 0 {
		at.seqs = append(at.seqs, e.Seq)
	}
	switch e.Type {
	case desk.ConversationImported:
		at.whole = true
	case desk.ConversationRemoved:
		at.gone = true
	case desk.ConversationResolved, desk.ConversationArchived:
		at.head, at.rests = true, true
	case desk.MessagePosted:
	default:
		at.head = true
	}
}

func (c *changes) of(n desk.Number) *change {
	if c.by == nil {
		c.by = map[desk.Number]*change{}
	}
	at := c.by[n]
	if at == nil {
		at = new(change)
		c.by[n] = at
		c.order = append(c.order, n)
	}
	return at
}

// maxHeads is how many conversations of changed customers are written at once: who has
// very many must not hold a transaction open, or fill the memory, by changing their name.
const maxHeads = 1000

// write puts what changed into a batch, as it is now. more says that it was not all; the
// next call goes on.
func (c *changes) write(w *writer) (more bool, err error) {
	for room := maxHeads; len(c.customers) > 0; {
		numbers, err := w.tx.CustomerConversations(c.customers[0], c.before, room)
		if err != nil {
			return false, err
		}
		for _, n := range numbers {
			if at := c.by[n]; at != nil {
				at.head = true // written below
			} else if err := c.writeOne(w, n, &change{head: true}); err != nil {
				return false, err
			}
		}
		if len(numbers) == room {
			c.before = numbers[len(numbers)-1]
			return true, nil
		}
		room -= len(numbers)
		c.customers, c.before = c.customers[1:], 0
	}
	for _, n := range c.order {
		if err := c.writeOne(w, n, c.by[n]); err != nil {
			return false, err
		}
	}
	return false, nil
}

func (c *changes) writeOne(w *writer, n desk.Number, at *change) error {
	if c.lenient {
		w.lenient(n, func() error { return w.change(n, at) })
		return nil
	}
	return w.change(n, at)
}

// writer puts documents of conversations into a batch.
type writer struct {
	tx       *store.Tx
	batch    *batch
	messages int     // how many messages were written
	faults   []error // of what was left out
}

func (w *writer) change(n desk.Number, at *change) error {
	if at.gone && n <= maxNumber {
		w.remove(n)
		return nil
	}
	c, err := w.tx.Conversation(n)
	if err != nil || n > maxNumber {
		return desk.OrGone(err)
	}
	if at.whole {
		return w.conversation(&c)
	}
	if at.head {
		if err := w.head(&c); err != nil {
			return err
		}
	}
	slices.Sort(at.seqs)
	done := uint64(0) // the end of the block that was written as one piece
	for _, seq := range at.seqs {
		if seq <= done || seq > c.Messages || seq > maxSeq {
			continue
		}
		first := blockOf(seq)
		end := first + BlockSize - 1
		if end <= c.Messages || at.rests && first == blockOf(c.Messages) {
			if err := w.block(&c, first); err != nil {
				return err
			}
			done = end
			continue
		}
		if err := w.piece(&c, seq, seq); err != nil {
			return err
		}
	}
	return nil
}

// remove drops whatever there may be of a conversation that was removed: its head
// and a piece that begins at any of its messages.
func (w *writer) remove(n desk.Number) {
	messages, _ := w.tx.Removed(n)
	for first := uint64(0); first <= min(messages, maxSeq); first++ {
		w.batch.drop(documentID(n, first))
	}
}

// conversation writes all of a conversation.
func (w *writer) conversation(c *desk.Conversation) error {
	if err := w.head(c); err != nil {
		return err
	}
	for first := uint64(1); first <= min(c.Messages, maxSeq); first += BlockSize {
		if err := w.piece(c, first, min(first+BlockSize-1, c.Messages)); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) head(c *desk.Conversation) error {
	customer, err := w.tx.Customer(c.Customer)
	if err != nil && !desk.IsNotFound(err) {
		return err
	}
	w.batch.put(newHead(c, &customer))
	return nil
}

// block writes a block as one piece and drops the pieces that it was made of.
func (w *writer) block(c *desk.Conversation, first uint64) error {
	end := min(first+BlockSize-1, c.Messages)
	for seq := first; seq <= end; seq++ {
		w.batch.drop(documentID(c.Number, seq))
	}
	return w.piece(c, first, end)
}

// piece writes neighbouring messages of one block as one document.
func (w *writer) piece(c *desk.Conversation, from, to uint64) error {
	messages, err := w.tx.Messages(c, from, to)
	if err != nil {
		return err
	}
	w.messages += len(messages)
	if d := newPiece(c.Number, from, messages, w.fileName); d != nil {
		w.batch.put(d)
	}
	return nil
}

func (w *writer) fileName(id desk.ID) string {
	a, err := w.tx.Attachment(id)
	if err != nil {
		return ""
	}
	return a.Name
}
