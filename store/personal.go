package store

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"parley/desk"
)

// Buckets: drafts, preferences. What is an agent's own and nobody else's business;
// no event tells of it.

// Draft is a text that an agent has begun and not sent.
type Draft struct {
	Number desk.Number
	Note   bool
	Text   string
	At     desk.Time
}

func keyDraft(agent desk.ID, n desk.Number, note bool) []byte {
	k := make([]byte, 0, 25)
	k = append(k, agent[:]...)
	k = binary.BigEndian.AppendUint64(k, uint64(n))
	if note {
		return append(k, 1)
	}
	return append(k, 0)
}

// Drafts reads an agent's drafts in a conversation, or in all of them for the
// number 0.
func (tx *Tx) Drafts(agent desk.ID, n desk.Number) ([]Draft, error) {
	prefix := agent[:]
	if n != 0 {
		prefix = keyDraft(agent, n, false)[:24]
	}
	c := tx.bucket(bucketDrafts).Cursor()
	var out []Draft
	for k, v := c.Seek(prefix); bytes.HasPrefix(k, prefix) && len(k) == 25; k, v = c.Next() {
		r := newReader(v)
		d := Draft{Number: desk.Number(binary.BigEndian.Uint64(k[16:])), Note: k[24] == 1, Text: r.text(), At: r.time()}
		if err := r.done(); err != nil {
			return nil, fmt.Errorf("store: draft of %s in conversation %d: %w", agent, d.Number, err)
		}
		out = append(out, d)
	}
	return out, nil
}

// SaveDraft keeps a draft; an empty text takes it away.
func (tx *Tx) SaveDraft(agent desk.ID, d *Draft) error {
	key := keyDraft(agent, d.Number, d.Note)
	if d.Text == "" {
		return tx.change(bucketDrafts).Delete(key)
	}
	w := newWriter(1)
	w.text(d.Text)
	w.time(d.At)
	return tx.change(bucketDrafts).Put(key, w.b)
}

// Preferences are an agent's settings as the page wrote them: a JSON object that
// the server does not look into.
func (tx *Tx) Preferences(agent desk.ID) []byte {
	return bytes.Clone(tx.bucket(bucketPreferences).Get(agent[:]))
}

// SetPreferences keeps an agent's settings.
func (tx *Tx) SetPreferences(agent desk.ID, object []byte) error {
	return tx.change(bucketPreferences).Put(agent[:], object)
}
