package store

import (
	"bytes"
	"encoding/binary"

	"parley/desk"
)

// Bucket: past_uses. That an earlier answer helped again is told by no event: the
// next question about the past is all that it changes.

// maxPastUses is how many uses are counted; what was used more often is as good.
const maxPastUses = 100

// PastUses counts the conversations in which an earlier answer was used again.
func (tx *Tx) PastUses(n desk.Number, seq uint64) (uses int) {
	prefix := binary.BigEndian.AppendUint64(keyNumber(n), seq)
	c := tx.bucket(bucketPastUses).Cursor()
	for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix) && uses < maxPastUses; k, _ = c.Next() {
		uses++
	}
	return uses
}

// SavePastUse keeps that an earlier answer was used in a conversation, which counts
// once.
func (tx *Tx) SavePastUse(n desk.Number, seq uint64, in desk.Number, at desk.Time) error {
	key := binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(keyNumber(n), seq), uint64(in))
	if tx.bucket(bucketPastUses).Get(key) != nil {
		return nil
	}
	return tx.change(bucketPastUses).Put(key, keyU64(uint64(at)))
}
