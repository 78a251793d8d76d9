package store

import (
	"crypto/sha256"
	"fmt"

	"parley/desk"
)

// Bucket: imports. A line that was imported is remembered by its hash and its
// customer's place in the source, so that an import that was cut goes on where
// it stopped and the same file twice is the same inbox.

// Imported finds the conversation that an import line became.
func (tx *Tx) Imported(line [sha256.Size]byte) (desk.Number, bool) {
	v := tx.bucket(bucketImports).Get(line[:])
	return desk.Number(readU64(v)), v != nil
}

// SaveImported saves a whole conversation at once, under the next number, with
// one event for all of its messages. The caller has numbered the messages from 1.
func (tx *Tx) SaveImported(line [sha256.Size]byte, turn *desk.Turn) error {
	if err := tx.SaveTurn(nil, turn); err != nil {
		return fmt.Errorf("import: %w", err)
	}
	return tx.change(bucketImports).Put(line[:], keyNumber(turn.Conversation.Number))
}
