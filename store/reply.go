package store

import (
	"fmt"
	"slices"

	"parley/desk"
)

// Bucket: replies.

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
	replies, err := tx.AllReplies()
	return slices.DeleteFunc(replies, func(reply desk.Reply) bool { return !reply.VisibleTo(agent) }), err
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
	moved := before == nil || before.Shortcut != reply.Shortcut || before.Owner != reply.Owner || before.Language != reply.Language
	if moved && reply.Shortcut != "" {
		if err := tx.shortcutFree(reply); err != nil {
			return err
		}
	}
	if err := tx.change(bucketReplies).Put(reply.ID[:], encodeReply(reply)); err != nil {
		return fmt.Errorf("store: saved reply %s: %w", reply.ID, err)
	}
	return tx.append(events)
}

// DeleteReply takes a saved reply away.
func (tx *Tx) DeleteReply(id desk.ID, events []desk.Event) error {
	if err := tx.change(bucketReplies).Delete(id[:]); err != nil {
		return err
	}
	return tx.append(events)
}

func (tx *Tx) shortcutFree(reply *desk.Reply) error {
	return tx.bucket(bucketReplies).ForEach(func(_, v []byte) error {
		other, err := decodeReply(v)
		if err != nil {
			return err
		}
		same := other.Shortcut == reply.Shortcut && other.Owner == reply.Owner && other.Language == reply.Language
		if same && other.ID != reply.ID {
			return desk.Refuse(desk.CodeTaken, "shortcut", "Another saved reply has this shortcut.")
		}
		return nil
	})
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
