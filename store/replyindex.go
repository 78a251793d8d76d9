package store

import (
	"bytes"
	"context"
	"fmt"

	"go.etcd.io/bbolt"

	"parley/desk"
)

// Bucket: reply_index. Whose a saved reply is and what its shortcut is are found without
// reading the others, so that saving one costs the same however many there are.

func keyReplyOwner(owner desk.ID, reply []byte) []byte {
	return append(append([]byte{'o'}, owner[:]...), reply...)
}

// keyShortcut is nil for a reply without one.
func keyShortcut(reply *desk.Reply) []byte {
	if reply.Shortcut == "" {
		return nil
	}
	k := append([]byte{'s'}, reply.Owner[:]...)
	return append(append(append(k, reply.Language...), 0), reply.Shortcut...)
}

// shortcutFree refuses a shortcut that another reply of the same owner and language has.
func (tx *Tx) shortcutFree(reply *desk.Reply) error {
	k := keyShortcut(reply)
	if k == nil {
		return nil
	}
	if v := tx.bucket(bucketReplyIndex).Get(k); v != nil && !bytes.Equal(v, reply.ID[:]) {
		return desk.Refuse(desk.CodeTaken, "shortcut", "Another saved reply has this shortcut.")
	}
	return nil
}

// indexReply brings the keys of a reply from what it was to what it is; nil for not there.
func (tx *Tx) indexReply(before, after *desk.Reply) error {
	b := tx.change(bucketReplyIndex)
	if before != nil {
		if err := b.Delete(keyReplyOwner(before.Owner, before.ID[:])); err != nil {
			return err
		}
		if err := moveKey(b, keyShortcut(before), nil, nil); err != nil {
			return err
		}
	}
	if after == nil {
		return nil
	}
	return putReplyKeys(b, after)
}

func putReplyKeys(b *bbolt.Bucket, reply *desk.Reply) error {
	if err := b.Put(keyReplyOwner(reply.Owner, reply.ID[:]), nil); err != nil {
		return err
	}
	return moveKey(b, nil, keyShortcut(reply), bytes.Clone(reply.ID[:]))
}

// indexReplies makes the keys of a file that was written without them.
func indexReplies(tx *bbolt.Tx) error {
	b, err := tx.CreateBucketIfNotExists(bucketReplyIndex)
	if err != nil {
		return err
	}
	return tx.Bucket(bucketReplies).ForEach(func(k, v []byte) error {
		reply, err := decodeReply(v)
		if err != nil {
			return fmt.Errorf("saved reply %x: %w", k, err)
		}
		return putReplyKeys(b, &reply)
	})
}

// checkReplies reads every saved reply and compares the keys with them.
func (tx *Tx) checkReplies(ctx context.Context, report *Report) error {
	index, keys := tx.bucket(bucketReplyIndex), uint64(0)
	err := tx.bucket(bucketReplies).ForEach(func(k, v []byte) error {
		reply, err := decodeReply(v)
		if err != nil || !bytes.Equal(reply.ID[:], k) {
			report.fault("saved reply %x: the row cannot be read: %v", k, err)
			return ctx.Err()
		}
		if keys++; !has(index, keyReplyOwner(reply.Owner, k)) {
			report.fault("saved reply %s: missing from its owner's", reply.ID)
		}
		if shortcut := keyShortcut(&reply); shortcut != nil {
			if keys++; !bytes.Equal(index.Get(shortcut), k) {
				report.fault("saved reply %s: its shortcut points at another", reply.ID)
			}
		}
		return ctx.Err()
	})
	if kept := countKeys(tx, bucketReplyIndex); kept != keys {
		report.fault("saved replies: %d keys, the rows ask for %d", kept, keys)
	}
	return err
}
