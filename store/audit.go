package store

import (
	"context"
	"crypto/sha256"
	"fmt"

	"parley/desk"
)

// Bucket: audit. Written by the one function that every save hands its events to, in
// the same transaction, so that no verb can forget it. An entry ends with the hash
// of the one before it: whoever changes or takes out a line in the middle breaks
// the chain, which check follows.

// append adds events to the journal and to the audit log, each to what tells of it.
func (tx *Tx) append(events []desk.Event) error { return tx.tell(events, desk.Particulars{}) }

// Tell appends an event that comes with no row: a sign-in, an export.
func (tx *Tx) Tell(event *desk.Event, p desk.Particulars) error {
	return tx.tell([]desk.Event{*event}, p)
}

// tell is append with what the audit log keeps beside the events.
func (tx *Tx) tell(events []desk.Event, p desk.Particulars) error {
	if err := tx.enter(events); err != nil {
		return err
	}
	for i := range events {
		if !events[i].Type.Audited(&p) || tx.ofSamples(&events[i]) {
			continue
		}
		if err := tx.audit(&events[i], p); err != nil {
			return fmt.Errorf("store: audit log: %w", err)
		}
	}
	return nil
}

// ofSamples reports whether an event is the going of one sample. That all of them
// go is one entry.
func (tx *Tx) ofSamples(e *desk.Event) bool {
	switch e.Type {
	case desk.ConversationRemoved:
		return has(tx.bucket(bucketSamples), sampleKey(sampleConversation, keyNumber(e.Number)))
	case desk.CustomerRemoved:
		return has(tx.bucket(bucketSamples), sampleKey(sampleCustomer, e.Subject[:]))
	}
	return false
}

// audit adds an entry, and lets go of the one that is too old.
func (tx *Tx) audit(e *desk.Event, p desk.Particulars) error {
	b := tx.log(bucketAudit)
	_, last := b.Cursor().Last()
	before := sha256.Sum256(last)
	seq, err := b.NextSequence()
	if err != nil {
		return err
	}
	entry := desk.AuditEntry{Type: e.Type, Actor: e.Actor, At: e.At, Subject: e.Subject, Number: e.Number, Particulars: p}
	if err := b.Put(keyU64(seq), encodeAudit(&entry, before)); err != nil {
		return err
	}
	if seq > desk.MaxAudit {
		return b.Delete(keyU64(seq - desk.MaxAudit))
	}
	return nil
}

// Audit reads up to limit entries with a seq below before (0 for all) that keep
// wants, the newest first.
func (tx *Tx) Audit(before uint64, limit int, keep func(e *desk.AuditEntry) bool) ([]desk.AuditEntry, error) {
	if before == 0 {
		before = ^uint64(0)
	}
	c := tx.bucket(bucketAudit).Cursor()
	var out []desk.AuditEntry
	for k, v := below(c, keyU64(before)); k != nil && len(out) < limit; k, v = c.Prev() {
		entry, _, err := decodeAudit(v)
		if err != nil {
			return nil, fmt.Errorf("store: audit entry %d: %w", readU64(k), err)
		}
		if entry.Seq = readU64(k); keep(&entry) {
			out = append(out, entry)
		}
	}
	return out, nil
}

func encodeAudit(e *desk.AuditEntry, before [sha256.Size]byte) []byte {
	w := newWriter(1)
	w.text(string(e.Type))
	w.actor(e.Actor)
	w.time(e.At)
	w.id(e.Subject)
	w.uint(uint64(e.Number))
	w.flag(e.New)
	w.text(e.Name)
	w.texts(e.Fields)
	w.text(e.From)
	w.text(e.To)
	w.text(e.Why)
	w.text(e.Address)
	w.b = append(w.b, before[:]...)
	return w.b
}

func decodeAudit(v []byte) (e desk.AuditEntry, before [sha256.Size]byte, err error) {
	r := newReader(v)
	e = desk.AuditEntry{
		Type: desk.EventType(r.text()), Actor: r.actor(), At: r.time(), Subject: r.id(), Number: desk.Number(r.uint()),
		Particulars: desk.Particulars{New: r.flag(), Name: r.text(), Fields: r.texts(), From: r.text(), To: r.text(), Why: r.text(), Address: r.text()},
	}
	copy(before[:], r.take(sha256.Size))
	return e, before, r.done()
}

// checkAudit looks whether every entry can be read and follows from the one before.
func (tx *Tx) checkAudit(ctx context.Context, report *Report) error {
	b := tx.bucket(bucketAudit)
	kept, next := uint64(0), b.Sequence()-min(b.Sequence(), desk.MaxAudit)+1
	var last []byte
	err := b.ForEach(func(k, v []byte) error {
		_, before, err := decodeAudit(v)
		switch seq := readU64(k); {
		case err != nil:
			report.fault("audit entry %d: it cannot be read: %v", seq, err)
		case seq != next+kept:
			report.fault("audit entry %d: it stands where %d belongs", seq, next+kept)
		case (kept > 0 || seq == 1) && before != sha256.Sum256(last):
			report.fault("audit entry %d: it does not follow from the one before", seq)
		}
		kept, last = kept+1, v
		return ctx.Err()
	})
	if want := min(b.Sequence(), desk.MaxAudit); kept != want && err == nil {
		report.fault("audit log: %d of %d entries are there", kept, want)
	}
	return err
}
