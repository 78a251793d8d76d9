package store

import (
	"bytes"
	"fmt"
	"slices"

	"parley/desk"
)

// Bucket: replies; reply_index is in replyindex.go.

// Reply reads a saved reply.
func (tx *Tx) Reply(id desk.ID) (desk.Reply, error) {
	v := tx.bucket(bucketReplies).Get(id[:])
	if v == nil {
		return desk.Reply{}, desk.NotFound("saved reply")
	}
	reply, err := decodeReply(v)
	if err != nil {
		return reply, fmt.Errorf("store: saved reply %s: %w", id, err)
	}
	return reply, nil
}

// Replies reads every saved reply that an agent may see, in the order in which
// they were made.
func (tx *Tx) Replies(agent desk.ID) ([]desk.Reply, error) {
	var out []desk.Reply
	for _, owner := range []desk.ID{{}, agent} {
		err := tx.repliesOf(owner, func(id desk.ID) error {
			reply, err := tx.Reply(id)
			out = append(out, reply)
			return err
		})
		if err != nil || agent.IsZero() {
			return out, err
		}
	}
	slices.SortFunc(out, func(a, b desk.Reply) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	return out, nil
}

// CountReplies is how many saved replies are everyone's (the zero id) or an agent's own.
func (tx *Tx) CountReplies(owner desk.ID) (n int) {
	_ = tx.repliesOf(owner, func(desk.ID) error {
		n++
		return nil
	})
	return n
}

func (tx *Tx) repliesOf(owner desk.ID, each func(id desk.ID) error) error {
	c, prefix := tx.bucket(bucketReplyIndex).Cursor(), keyReplyOwner(owner, nil)
	for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
		if err := each(desk.ID(k[len(prefix):])); err != nil {
			return err
		}
	}
	return nil
}

// AllReplies reads every saved reply, whoever may see it.
func (tx *Tx) AllReplies() ([]desk.Reply, error) {
	var out []desk.Reply
	err := tx.bucket(bucketReplies).ForEach(func(k, v []byte) error {
		reply, err := decodeReply(v)
		if err != nil {
			return fmt.Errorf("store: saved reply %x: %w", k, err)
		}
		out = append(out, reply)
		return nil
	})
	return out, err
}

// SaveReply saves a saved reply with the events that made it so. Refused:
// CodeTaken when another reply of the same owner and language has its shortcut.
func (tx *Tx) SaveReply(before *desk.Reply, reply *desk.Reply, events []desk.Event) error {
	if len(events) == 0 {
		return nil
	}
	reply.Rev = 1
	if before != nil {
		reply.Rev = before.Rev + 1
	}
	if err := tx.shortcutFree(reply); err != nil {
		return err
	}
	if err := tx.indexReply(before, reply); err != nil {
		return err
	}
	if err := tx.change(bucketReplies).Put(reply.ID[:], encodeReply(reply)); err != nil {
		return fmt.Errorf("store: saved reply %s: %w", reply.ID, err)
	}
	return tx.append(events)
}

// DeleteReply takes a saved reply away.
func (tx *Tx) DeleteReply(reply *desk.Reply, events []desk.Event) error {
	if err := tx.indexReply(reply, nil); err != nil {
		return err
	}
	if err := tx.change(bucketReplies).Delete(reply.ID[:]); err != nil {
		return err
	}
	return tx.append(events)
}

func encodeReply(reply *desk.Reply) []byte {
	w := newWriter(1)
	w.id(reply.ID)
	w.uint(reply.Rev)
	w.id(reply.Owner)
	w.text(reply.Title)
	w.text(reply.Shortcut)
	w.text(reply.Category)
	w.text(reply.Language)
	w.text(reply.Text)
	w.flag(reply.Enabled)
	w.uint(reply.Uses)
	w.time(reply.UsedAt)
	w.time(reply.UpdatedAt)
	return w.b
}

func decodeReply(b []byte) (desk.Reply, error) {
	r := newReader(b)
	reply := desk.Reply{
		ID: r.id(), Rev: r.uint(), Owner: r.id(), Title: r.text(), Shortcut: r.text(), Category: r.text(),
		Language: r.text(), Text: r.text(), Enabled: r.flag(), Uses: r.uint(), UsedAt: r.time(), UpdatedAt: r.time(),
	}
	return reply, r.done()
}
