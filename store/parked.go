package store

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"parley/desk"
)

// Bucket: parked.

// Parked is an event that a follower could not handle and has passed over.
type Parked struct {
	Follower string
	Sequence uint64
	At       desk.Time
	Error    string
}

// maxParked is how many events of one follower are kept; the oldest go.
const maxParked = 100

// Park keeps an event that a follower passes over. The caller saves the cursor in
// the same transaction.
func (tx *Tx) Park(p *Parked) error {
	b := tx.change(bucketParked)
	prefix := append([]byte(p.Follower), 0)
	w := newWriter(1)
	w.time(p.At)
	w.text(p.Error)
	if err := b.Put(binary.BigEndian.AppendUint64(bytes.Clone(prefix), p.Sequence), w.b); err != nil {
		return fmt.Errorf("store: parked: %w", err)
	}
	kept, c := 0, b.Cursor()
	for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
		kept++
	}
	for k, _ := c.Seek(prefix); kept > maxParked && bytes.HasPrefix(k, prefix); k, _ = c.Seek(prefix) {
		if err := c.Delete(); err != nil {
			return fmt.Errorf("store: parked: %w", err)
		}
		kept--
	}
	return nil
}

// Parked reads what the followers have passed over, by follower and sequence.
func (tx *Tx) Parked() ([]Parked, error) {
	var all []Parked
	err := tx.bucket(bucketParked).ForEach(func(k, v []byte) error {
		follower, sequence, found := bytes.Cut(k, []byte{0})
		r := newReader(v)
		p := Parked{Follower: string(follower), Sequence: readU64(sequence), At: r.time(), Error: r.text()}
		if err := r.done(); err != nil || !found {
			return fmt.Errorf("store: parked %x: %w", k, err)
		}
		all = append(all, p)
		return nil
	})
	return all, err
}

// HasCursor reports whether a follower has ever saved how far it has come.
func (tx *Tx) HasCursor(follower string) bool {
	return tx.bucket(bucketCursors).Get([]byte(follower)) != nil
}

// LowestCursor is how far the slowest of the followers has come that save it here,
// or the greatest number while none does.
func (tx *Tx) LowestCursor() uint64 {
	lowest := ^uint64(0)
	_ = tx.bucket(bucketCursors).ForEach(func(_, v []byte) error {
		lowest = min(lowest, readU64(v))
		return nil
	})
	return lowest
}
