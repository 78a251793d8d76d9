package store

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"go.etcd.io/bbolt"

	"parley/desk"
)

// Buckets: conversations, customer_conversations. Written through SaveTurn, and taken away in removed.go.

// Conversation reads a conversation.
func (tx *Tx) Conversation(n desk.Number) (desk.Conversation, error) {
	v := tx.conversations().Get(keyNumber(n))
	if v == nil {
		return desk.Conversation{}, desk.NotFound("conversation")
	}
	c, err := decodeConversation(v)
	if err != nil {
		return c, fmt.Errorf("store: conversation %d: %w", n, err)
	}
	return c, nil
}

// LastNumber is the highest conversation number given so far.
func (tx *Tx) LastNumber() desk.Number {
	return desk.Number(tx.bucket(bucketConversations).Sequence())
}

// NextNumber gives out the next conversation number. A number is used up only
// if the transaction commits, so numbers have no gaps.
func (tx *Tx) NextNumber() (desk.Number, error) {
	n, err := tx.change(bucketConversations).NextSequence()
	return desk.Number(n), err
}

// ConversationsFrom reads up to limit conversations by rising number, starting
// at n.
func (tx *Tx) ConversationsFrom(n desk.Number, limit int) ([]desk.Conversation, error) {
	cursor := tx.conversations().Cursor()
	var out []desk.Conversation
	for k, v := cursor.Seek(keyNumber(n)); k != nil && len(out) < limit; k, v = cursor.Next() {
		c, err := decodeConversation(v)
		if err != nil {
			return nil, fmt.Errorf("store: conversation %d: %w", readU64(k), err)
		}
		out = append(out, c)
	}
	return out, nil
}

// CustomerConversations reads the numbers of a customer's conversations below
// before (0 for all), newest first.
func (tx *Tx) CustomerConversations(id desk.ID, before desk.Number, limit int) ([]desk.Number, error) {
	return numbersBelow(tx.bucket(bucketCustomerConversations).Cursor(), id, before, limit), nil
}

// numbersBelow reads the numbers under an id that lie below before (0 for all),
// highest first.
func numbersBelow(c *bbolt.Cursor, id desk.ID, before desk.Number, limit int) (out []desk.Number) {
	upper := uint64(before)
	if upper == 0 {
		upper = ^uint64(0)
	}
	k, _ := below(c, keyPair(id, upper))
	for ; len(k) == 24 && bytes.HasPrefix(k, id[:]) && len(out) < limit; k, _ = c.Prev() {
		out = append(out, desk.Number(binary.BigEndian.Uint64(k[16:])))
	}
	return out
}

// SaveTurn saves what a verb made of a conversation: the state, the messages,
// the events, the indexes and the counts. before is the state that the verb was
// given, nil for a new conversation. A turn without events changes nothing and
// saves nothing. The conversation's Rev is set here.
func (tx *Tx) SaveTurn(before *desk.Conversation, turn *desk.Turn) error {
	if len(turn.Events) == 0 {
		return nil
	}
	c := &turn.Conversation
	key := keyNumber(c.Number)
	rows := tx.conversations()
	var tail []uint64
	if before == nil {
		c.Rev = 1
		if err := tx.change(bucketCustomerConversations).Put(keyPair(c.Customer, uint64(c.Number)), nil); err != nil {
			return err
		}
	} else {
		c.Rev = before.Rev + 1
		var err error
		if tail, err = readTail(rows.Get(key)); err != nil {
			return fmt.Errorf("store: conversation %d: %w", c.Number, err)
		}
	}
	positions, err := tx.saveMessages(c, turn.Messages)
	if err != nil {
		return fmt.Errorf("store: messages of conversation %d: %w", c.Number, err)
	}
	if tail, err = tx.spill(c, append(tail, positions...)); err != nil {
		return fmt.Errorf("store: places of conversation %d: %w", c.Number, err)
	}
	if err := rows.Put(key, encodeConversation(c, tail)); err != nil {
		return fmt.Errorf("store: conversation %d: %w", c.Number, err)
	}
	if err := tx.reorder(before, c); err != nil {
		return fmt.Errorf("store: order of conversation %d: %w", c.Number, err)
	}
	return tx.append(turn.Events)
}

// spill moves full chunks out of the row and returns what stays in it.
func (tx *Tx) spill(c *desk.Conversation, tail []uint64) ([]uint64, error) {
	for chunk := (c.Messages - uint64(len(tail))) / chunkSize; len(tail) >= chunkSize; chunk++ {
		w := newWriter(1)
		w.places(tail[:chunkSize])
		if err := tx.change(bucketPlaces).Put(keyPlaces(c.Number, uint32(chunk)), w.b); err != nil {
			return nil, err
		}
		tail = tail[chunkSize:]
	}
	return tail, nil
}

// encodeConversation writes a row: the unfinished chunk of positions, then the
// conversation.
func encodeConversation(c *desk.Conversation, tail []uint64) []byte {
	w := newWriter(3)
	w.places(tail)
	w.uint(uint64(c.Number))
	w.uint(c.Rev)
	w.id(c.Customer)
	w.text(c.Channel)
	w.byte(byte(c.State))
	w.flag(c.Archived)
	w.byte(byte(c.Lead))
	w.id(c.Agent)
	w.texts(c.Tags)
	w.uint(c.Messages)
	w.uint(c.Unread)
	w.time(c.OpenedAt)
	w.time(c.ActiveAt)
	w.time(c.WaitingSince)
	w.time(c.ResolvedAt)
	w.byte(byte(c.Last.Kind))
	w.id(c.Last.Author)
	w.text(c.Last.Text)
	w.uint(c.Last.Files)
	w.time(c.Last.At)
	w.uint(c.TeamRead)
	w.uint(c.CustomerDelivered)
	w.uint(c.CustomerRead)
	w.uint(c.CustomerUnread)
	w.flag(c.Rating != nil)
	if c.Rating != nil {
		w.byte(c.Rating.Score)
		w.text(c.Rating.Comment)
		w.time(c.Rating.At)
	}
	w.id(c.Category)
	w.id(c.Site)
	w.byte(c.Misses)
	w.id(c.Team)
	return w.b
}

func decodeConversation(b []byte) (desk.Conversation, error) {
	r := newReader(b)
	skipPlaces(r)
	c := desk.Conversation{
		Number: desk.Number(r.uint()), Rev: r.uint(), Customer: r.id(), Channel: r.text(),
		State: desk.State(r.byte()), Archived: r.flag(), Lead: desk.Lead(r.byte()), Agent: r.id(), Tags: r.texts(),
		Messages: r.uint(), Unread: r.uint(),
		OpenedAt: r.time(), ActiveAt: r.time(), WaitingSince: r.time(), ResolvedAt: r.time(),
		Last: desk.Preview{Kind: desk.MessageKind(r.byte()), Author: r.id(), Text: r.text(), Files: r.uint(), At: r.time()},
	}
	if r.version < 2 {
		if c.Unread == 0 {
			c.TeamRead = c.Messages
		}
		return c, r.done()
	}
	c.TeamRead, c.CustomerDelivered, c.CustomerRead, c.CustomerUnread = r.uint(), r.uint(), r.uint(), r.uint()
	if r.flag() {
		c.Rating = &desk.Rating{Score: r.byte(), Comment: r.text(), At: r.time()}
	}
	c.Category, c.Site, c.Misses = r.id(), r.id(), r.byte()
	if r.version >= 3 {
		c.Team = r.id()
	}
	return c, r.done()
}

// skipPlaces passes over the positions without keeping them.
func skipPlaces(r *reader) {
	for range r.count() {
		r.uint()
	}
}

// readTail reads the positions of a row's unfinished chunk.
func readTail(row []byte) ([]uint64, error) {
	r := newReader(row)
	tail := readPlaces(r)
	return tail, r.err
}
