package store

import (
	"encoding/binary"
	"fmt"

	"parley/desk"
)

// Buckets: knowledge, knowledge_uses.

// Knowledge reads an entry of the knowledge list.
func (tx *Tx) Knowledge(id desk.ID) (desk.Knowledge, error) {
	v := tx.bucket(bucketKnowledge).Get(id[:])
	if v == nil {
		return desk.Knowledge{}, desk.NotFound("knowledge entry")
	}
	k, err := decodeKnowledge(v)
	if err != nil {
		return k, fmt.Errorf("store: knowledge %s: %w", id, err)
	}
	return k, nil
}

// AllKnowledge reads the knowledge list in the order in which it was made.
func (tx *Tx) AllKnowledge() ([]desk.Knowledge, error) {
	return readAll(tx, bucketKnowledge, "knowledge", decodeKnowledge)
}

// KnowledgeRev rises with every change of the knowledge list, so that what was
// made of the list can be told to be as it is.
func (tx *Tx) KnowledgeRev() uint64 { return tx.bucket(bucketKnowledge).Sequence() }

// KnowledgeCount is how many entries there are. It counts them.
func (tx *Tx) KnowledgeCount() int { return int(countKeys(tx, bucketKnowledge)) }

// SaveKnowledge saves an entry with the events that made it so; before is nil for
// a new one. An import saves its one event with the first entry alone: hence
// changed, which says whether there is anything to save.
func (tx *Tx) SaveKnowledge(before, k *desk.Knowledge, changed bool, events []desk.Event) error {
	if !changed {
		return nil
	}
	k.Rev = 1
	if before != nil {
		k.Rev = before.Rev + 1
	}
	b := tx.change(bucketKnowledge)
	if err := b.Put(k.ID[:], encodeKnowledge(k)); err != nil {
		return fmt.Errorf("store: knowledge %s: %w", k.ID, err)
	}
	if _, err := b.NextSequence(); err != nil {
		return err
	}
	return tx.append(events)
}

// DeleteKnowledge takes an entry and the count of its uses away.
func (tx *Tx) DeleteKnowledge(id desk.ID, events []desk.Event) error {
	b := tx.change(bucketKnowledge)
	if err := b.Delete(id[:]); err != nil {
		return fmt.Errorf("store: knowledge %s: %w", id, err)
	}
	if err := tx.change(bucketKnowledgeUses).Delete(id[:]); err != nil {
		return err
	}
	if _, err := b.NextSequence(); err != nil {
		return err
	}
	return tx.append(events)
}

// KnowledgeUses says how often and when last the bot has answered with an entry.
func (tx *Tx) KnowledgeUses(id desk.ID) (uses uint64, last desk.Time) {
	v := tx.bucket(bucketKnowledgeUses).Get(id[:])
	if len(v) != 16 {
		return 0, 0
	}
	return binary.BigEndian.Uint64(v), desk.Time(binary.BigEndian.Uint64(v[8:]))
}

// UseKnowledge counts an answer with an entry, if it is still there. It stands
// beside the entry's row, so that an answer changes no rev; the message that used
// it names it in the journal.
func (tx *Tx) UseKnowledge(id desk.ID, now desk.Time) error {
	if tx.bucket(bucketKnowledge).Get(id[:]) == nil {
		return nil
	}
	uses, _ := tx.KnowledgeUses(id)
	v := binary.BigEndian.AppendUint64(nil, uses+1)
	v = binary.BigEndian.AppendUint64(v, uint64(now))
	return tx.change(bucketKnowledgeUses).Put(id[:], v)
}

// SetKnowledgeUses says how often and when last the bot has answered with an entry,
// for one that comes in from elsewhere.
func (tx *Tx) SetKnowledgeUses(id desk.ID, uses uint64, last desk.Time) error {
	v := binary.BigEndian.AppendUint64(nil, uses)
	v = binary.BigEndian.AppendUint64(v, uint64(last))
	return tx.change(bucketKnowledgeUses).Put(id[:], v)
}

func encodeKnowledge(k *desk.Knowledge) []byte {
	w := newWriter(1)
	w.id(k.ID)
	w.uint(k.Rev)
	w.text(k.Language)
	w.texts(k.Questions)
	w.text(k.Answer)
	w.texts(k.Choices)
	w.flag(k.Enabled)
	w.time(k.UpdatedAt)
	return w.b
}

func decodeKnowledge(b []byte) (desk.Knowledge, error) {
	r := newReader(b)
	k := desk.Knowledge{
		ID: r.id(), Rev: r.uint(), Language: r.text(), Questions: r.texts(), Answer: r.text(), Choices: r.texts(),
		Enabled: r.flag(), UpdatedAt: r.time(),
	}
	return k, r.done()
}
