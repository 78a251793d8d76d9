package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"parley/desk"
)

// Buckets: channel_tokens, channel_hashes, channel_conversations, channel_sent. A
// token is kept by its hash, so that a copy of the store opens no door. What came
// with a token that was taken away stays, and what it was called is remembered, so
// that nothing of it is ever made twice.

// ChannelToken reads a channel token.
func (tx *Tx) ChannelToken(id desk.ID) (desk.ChannelToken, error) {
	v := tx.bucket(bucketChannelTokens).Get(id[:])
	if v == nil {
		return desk.ChannelToken{}, desk.NotFound("channel token")
	}
	t, err := decodeChannelToken(v)
	if err != nil {
		return t, fmt.Errorf("store: channel token %s: %w", id, err)
	}
	return t, nil
}

// ChannelTokenByHash finds a channel token by the hash of its secret.
func (tx *Tx) ChannelTokenByHash(hash [sha256.Size]byte) (desk.ChannelToken, error) {
	id, found := readID(tx.bucket(bucketChannelHashes).Get(hash[:]))
	if !found {
		return desk.ChannelToken{}, desk.NotFound("channel token")
	}
	return tx.ChannelToken(id)
}

// ChannelTokens reads every channel token, in the order in which they were made.
func (tx *Tx) ChannelTokens() ([]desk.ChannelToken, error) {
	var out []desk.ChannelToken
	err := tx.bucket(bucketChannelTokens).ForEach(func(k, v []byte) error {
		t, err := decodeChannelToken(v)
		if err != nil {
			return fmt.Errorf("store: channel token %x: %w", k, err)
		}
		out = append(out, t)
		return nil
	})
	return out, err
}

// SaveChannelToken saves a channel token; before is nil for a new one. That it was
// used is told by no event.
func (tx *Tx) SaveChannelToken(before, t *desk.ChannelToken, events []desk.Event) error {
	if before == nil || before.Hash != t.Hash {
		hashes := tx.change(bucketChannelHashes)
		if before != nil {
			if err := hashes.Delete(before.Hash[:]); err != nil {
				return err
			}
		}
		if err := hashes.Put(t.Hash[:], t.ID[:]); err != nil {
			return err
		}
	}
	if err := tx.change(bucketChannelTokens).Put(t.ID[:], encodeChannelToken(t)); err != nil {
		return fmt.Errorf("store: channel token %s: %w", t.ID, err)
	}
	return tx.tell(events, desk.ChannelTokenParticulars(before, t))
}

// DeleteChannelToken takes a channel token away. The conversations that came with
// it stay.
func (tx *Tx) DeleteChannelToken(t *desk.ChannelToken, events []desk.Event) error {
	if err := tx.change(bucketChannelHashes).Delete(t.Hash[:]); err != nil {
		return err
	}
	if err := tx.change(bucketChannelTokens).Delete(t.ID[:]); err != nil {
		return err
	}
	return tx.tell(events, desk.Particulars{Name: t.Name})
}

// externalKey is where a channel's own name for a message is kept.
func externalKey(token desk.ID, external string) []byte {
	sum := sha256.Sum256([]byte(external))
	return append(bytes.Clone(token[:]), sum[:16]...)
}

// ChannelSent finds the message that came with a token under an external id.
func (tx *Tx) ChannelSent(token desk.ID, external string) (n desk.Number, seq uint64, found bool) {
	v := tx.bucket(bucketChannelSent).Get(externalKey(token, external))
	if len(v) != 16 {
		return 0, 0, false
	}
	return desk.Number(binary.BigEndian.Uint64(v)), binary.BigEndian.Uint64(v[8:]), true
}

// SaveChannelSent remembers under which external id a message came, and that its
// conversation is the token's.
func (tx *Tx) SaveChannelSent(token desk.ID, external string, n desk.Number, seq uint64) error {
	v := binary.BigEndian.AppendUint64(keyNumber(n), seq)
	if err := tx.change(bucketChannelSent).Put(externalKey(token, external), v); err != nil {
		return err
	}
	return tx.change(bucketChannelConversations).Put(keyPair(token, uint64(n)), nil)
}

// OfChannel reports whether a conversation came with a token.
func (tx *Tx) OfChannel(token desk.ID, n desk.Number) bool {
	return has(tx.bucket(bucketChannelConversations), keyPair(token, uint64(n)))
}

// ChannelConversations reads the numbers of a token's conversations below before (0
// for all), newest first.
func (tx *Tx) ChannelConversations(token desk.ID, before desk.Number, limit int) []desk.Number {
	return numbersBelow(tx.bucket(bucketChannelConversations).Cursor(), token, before, limit)
}

func encodeChannelToken(t *desk.ChannelToken) []byte {
	w := newWriter(1)
	w.id(t.ID)
	w.text(t.Name)
	w.b = append(w.b, t.Hash[:]...)
	w.id(t.By)
	w.time(t.CreatedAt)
	w.time(t.UsedAt)
	return w.b
}

func decodeChannelToken(b []byte) (desk.ChannelToken, error) {
	r := newReader(b)
	t := desk.ChannelToken{ID: r.id(), Name: r.text()}
	copy(t.Hash[:], r.take(sha256.Size))
	t.By, t.CreatedAt, t.UsedAt = r.id(), r.time(), r.time()
	return t, r.done()
}
