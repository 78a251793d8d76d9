package store

import (
	"fmt"

	"parley/desk"
)

// Bucket: imports. A line that was imported is remembered by its hash and by how
// many equal lines came before it, so that an import that was cut goes on where
// it stopped, and the same file twice is the same inbox.

// ImportKeySize is the length of an import line's key: a SHA-256, cut in half.
const ImportKeySize = 16

// Imported finds the conversation that an import line became.
func (tx *Tx) Imported(line [ImportKeySize]byte) (desk.Number, bool) {
	v := tx.bucket(bucketImports).Get(line[:])
	return desk.Number(readU64(v)), v != nil
}

// SaveImported saves a whole conversation at once, under the next number, with
// one event for all of its messages. The caller has numbered the messages from 1.
func (tx *Tx) SaveImported(line [ImportKeySize]byte, turn *desk.Turn) error {
	if err := tx.SaveTurn(nil, turn); err != nil {
		return fmt.Errorf("import: %w", err)
	}
	return tx.change(bucketImports).Put(line[:], keyNumber(turn.Conversation.Number))
}
