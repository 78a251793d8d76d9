package store

import (
	"bytes"
	"context"
	"fmt"

	"parley/desk"
)

// Bucket: removed. A conversation that was removed is gone from every other bucket
// but the journal, whose events about it hold no text. Its number is never given
// again: what is kept here says that a number was given, and how many messages went
// with it, so that check still adds up and the index knows which documents to drop.

// Removed finds how many messages a conversation had that was removed.
func (tx *Tx) Removed(n desk.Number) (messages uint64, removed bool) {
	v := tx.bucket(bucketRemoved).Get(keyNumber(n))
	return readU64(v), v != nil
}

// RemovedCount says how many conversations were ever removed.
func (tx *Tx) RemovedCount() uint64 { return tx.bucket(bucketRemoved).Sequence() }

// GiveNumbers uses up conversation numbers as if their conversations had been removed,
// up to a number; those that were given already are left alone.
func (tx *Tx) GiveNumbers(upTo desk.Number) error {
	for tx.LastNumber() < upTo {
		n, err := tx.NextNumber()
		if err != nil {
			return err
		}
		if err := tx.markRemoved(n, 0); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) markRemoved(n desk.Number, messages uint64) error {
	removed := tx.change(bucketRemoved)
	if _, err := removed.NextSequence(); err != nil {
		return err
	}
	return removed.Put(keyNumber(n), keyU64(messages))
}

// removeStep is how many messages are in memory at once while they are removed.
const removeStep = 512

// RemoveConversation takes a conversation away for good, with its messages, their
// files' rows, what was sent under which id, and what agents had begun to write in
// it. c must have been read in this transaction, and may not have come by an import or
// a channel token, which remember by their own keys what they brought. The bytes of
// files that nobody else needs are swept up later.
func (tx *Tx) RemoveConversation(c *desk.Conversation, events []desk.Event) error {
	for from := uint64(1); from <= c.Messages; from += removeStep {
		if err := tx.removeMessages(c, from, min(from+removeStep-1, c.Messages)); err != nil {
			return fmt.Errorf("store: messages of conversation %d: %w", c.Number, err)
		}
	}
	for chunk := range c.Messages / chunkSize {
		if err := tx.change(bucketPlaces).Delete(keyPlaces(c.Number, uint32(chunk))); err != nil {
			return err
		}
	}
	if err := tx.removeTraces(c.Number); err != nil {
		return fmt.Errorf("store: traces of conversation %d: %w", c.Number, err)
	}
	if err := tx.change(bucketCustomerConversations).Delete(keyPair(c.Customer, uint64(c.Number))); err != nil {
		return err
	}
	if err := tx.reorder(c, nil); err != nil {
		return fmt.Errorf("store: order of conversation %d: %w", c.Number, err)
	}
	if err := tx.conversations().Delete(keyNumber(c.Number)); err != nil {
		return err
	}
	if err := tx.markRemoved(c.Number, c.Messages); err != nil {
		return err
	}
	return tx.append(events)
}

// removeMessages takes messages out of the log. The places are left for the caller:
// they are what leads to the next ones.
func (tx *Tx) removeMessages(c *desk.Conversation, from, to uint64) error {
	messages, err := tx.Messages(c, from, to)
	if err != nil {
		return err
	}
	log, sent := tx.change(bucketMessages), tx.change(bucketSent)
	for i := range messages {
		m := &messages[i]
		places, err := tx.chunk(c.Number, (m.Seq-1)/chunkSize)
		if err != nil {
			return err
		}
		if err := log.Delete(keyU64(at(places, (m.Seq-1)%chunkSize))); err != nil {
			return err
		}
		if !m.ClientID.IsZero() {
			if err := sent.Delete(keySent(m.ClientID, m.Author)); err != nil {
				return err
			}
		}
		for _, id := range m.Attachments {
			if err := tx.removeAttachment(id); err != nil {
				return err
			}
		}
	}
	return nil
}

func (tx *Tx) removeAttachment(id desk.ID) error {
	a, err := tx.Attachment(id)
	if err != nil {
		return err
	}
	return tx.deleteAttachment(&a)
}

// removeTraces takes away what is kept under a conversation's number elsewhere:
// drafts, and the uses of answers that were given in it.
func (tx *Tx) removeTraces(n desk.Number) error {
	agents, err := tx.Agents()
	if err != nil {
		return err
	}
	for i := range agents {
		for _, note := range []bool{false, true} {
			if err := tx.change(bucketDrafts).Delete(keyDraft(agents[i].ID, n, note)); err != nil {
				return err
			}
		}
	}
	return tx.removeUnder(bucketPastUses, keyNumber(n))
}

// removeUnder deletes every key with a prefix.
func (tx *Tx) removeUnder(bucket, prefix []byte) error {
	var keys [][]byte
	c := tx.bucket(bucket).Cursor()
	for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
		keys = append(keys, bytes.Clone(k))
	}
	for _, k := range keys {
		if err := tx.change(bucket).Delete(k); err != nil {
			return err
		}
	}
	return nil
}

// RemoveCustomer takes a customer away for good, with notes, history and the tokens
// of their browsers. The caller has seen to it that no conversation is theirs.
func (tx *Tx) RemoveCustomer(c *desk.Customer, events []desk.Event) error {
	visitors, err := tx.visitorsOf(c.ID)
	if err != nil {
		return err
	}
	for i := range visitors {
		if err := tx.EndVisitor(&visitors[i]); err != nil {
			return err
		}
	}
	for _, bucket := range [][]byte{bucketCustomerNotes, bucketCustomerDeeds} {
		if err := tx.removeUnder(bucket, c.ID[:]); err != nil {
			return err
		}
	}
	for _, k := range []struct{ bucket, key []byte }{
		{bucketCustomersExternal, []byte(c.External)},
		{bucketCustomersEmail, keyEmail(c.Email, c.ID)},
		{bucketBlockEnds, keyBlockEnd(c)},
		{bucketCustomers, c.ID[:]},
	} {
		if len(k.key) == 0 {
			continue
		}
		if err := tx.change(k.bucket).Delete(k.key); err != nil {
			return fmt.Errorf("store: customer %s: %w", c.ID, err)
		}
	}
	return tx.append(events)
}

// removedMessages adds up what went with the conversations that were removed, and
// looks whether any of them is still there.
func (tx *Tx) removedMessages(report *Report) (messages uint64) {
	kept := uint64(0)
	_ = tx.bucket(bucketRemoved).ForEach(func(k, v []byte) error {
		kept++
		messages += readU64(v)
		if tx.conversations().Get(k) != nil {
			report.fault("conversation %d: it was removed and is still there", readU64(k))
		}
		return nil
	})
	if counted := tx.RemovedCount(); kept != counted {
		report.fault("removed: %d conversations are named, %d counted", kept, counted)
	}
	return messages
}

// checkSamples looks whether every sample is what it points at.
func (tx *Tx) checkSamples(ctx context.Context, report *Report) error {
	return tx.bucket(bucketSamples).ForEach(func(k, _ []byte) error {
		switch key := k[1:]; {
		case k[0] == sampleConversation && tx.conversations().Get(key) == nil:
			report.fault("samples: conversation %d is not there", readU64(key))
		case k[0] == sampleCustomer && tx.bucket(bucketCustomers).Get(key) == nil:
			report.fault("samples: customer %x is not there", key)
		}
		return ctx.Err()
	})
}
