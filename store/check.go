package store

import (
	"bytes"
	"context"
	"fmt"

	"parley/desk"
)

// Report is what Check found.
type Report struct {
	Conversations uint64
	Messages      uint64
	Customers     uint64
	Events        uint64
	Faults        []string // in words; empty when all is well
	More          int      // faults beyond the first maxFaults

	attached uint64 // attachments that messages carry
}

// maxFaults is how many faults a report spells out.
const maxFaults = 100

func (r *Report) fault(format string, args ...any) {
	if len(r.Faults) == maxFaults {
		r.More++
		return
	}
	r.Faults = append(r.Faults, fmt.Sprintf(format, args...))
}

// Check walks everything in one transaction and compares what is kept twice:
// pages with pages (bbolt's own check), threads with the log, view keys and
// counts with the rows, the journal with its head, indexes with what they point
// at. It reads only.
func (s *Store) Check(ctx context.Context) (*Report, error) {
	report := &Report{}
	err := guarded(func() error { return s.check(ctx, report) })
	return report, err
}

func (s *Store) check(ctx context.Context, report *Report) error {
	return s.View(func(tx *Tx) error {
		if err := checkPages(tx.tx); err != nil {
			report.fault("file: %v", err)
			return nil
		}
		for err := range tx.tx.Check() {
			report.fault("file: %v", err)
		}
		if len(report.Faults) > 0 {
			return nil // nothing above damaged pages can be trusted
		}
		for _, walk := range []func(context.Context, *Report) error{
			tx.checkSlate, tx.checkConversations, tx.checkOrder, tx.checkJournal, tx.checkCustomers, tx.checkAgents, tx.checkCredentials,
			tx.checkSessions, tx.checkSent, tx.checkAttachments, tx.checkImports, tx.checkReplies, tx.checkSettings,
			tx.checkSites, tx.checkBlocks, tx.checkChannels, tx.checkSamples, tx.checkCards, tx.checkAudit, tx.checkWebhooks,
		} {
			if err := walk(ctx, report); err != nil {
				return err
			}
		}
		return nil
	})
}

func (tx *Tx) checkConversations(ctx context.Context, report *Report) error {
	last, chunks := tx.LastNumber(), uint64(0)
	err := tx.conversations().ForEach(func(k, v []byte) error {
		report.Conversations++
		c, err := decodeConversation(v)
		if err != nil || uint64(c.Number) != readU64(k) {
			report.fault("conversation %d: the row cannot be read: %v", readU64(k), err)
			return ctx.Err()
		}
		if c.Number > last {
			report.fault("conversation %d: above the last number %d", c.Number, last)
		}
		if tx.bucket(bucketCustomers).Get(c.Customer[:]) == nil {
			report.fault("conversation %d: its customer is missing", c.Number)
		}
		if tx.bucket(bucketCustomerConversations).Get(keyPair(c.Customer, uint64(c.Number))) == nil {
			report.fault("conversation %d: missing from its customer's conversations", c.Number)
		}
		if (c.Lead == desk.LeadAgent) == c.Agent.IsZero() || c.Lead > desk.LeadAgent {
			report.fault("conversation %d: led by %s, by the agent %s", c.Number, c.Lead, c.Agent)
		}
		if !c.Team.IsZero() && tx.bucket(bucketAgentTeams).Get(c.Team[:]) == nil {
			report.fault("conversation %d: assigned to the team %s, which is not there", c.Number, c.Team)
		}
		if c.Archived && c.State != desk.Resolved {
			report.fault("conversation %d: archived while it is open", c.Number)
		}
		chunks += c.Messages / chunkSize
		tx.checkThread(&c, report)
		return ctx.Err()
	})
	gone := tx.removedMessages(report)
	if report.Conversations+tx.RemovedCount() != uint64(last) {
		report.fault("conversations: %d rows for the last number %d, %d removed", report.Conversations, last, tx.RemovedCount())
	}
	if logged := tx.bucket(bucketMessages).Sequence(); logged != report.Messages+gone {
		report.fault("messages: %d in threads, %d in the log", report.Messages, logged)
	}
	if kept := countKeys(tx, bucketMessages); kept != report.Messages {
		report.fault("messages: %d in threads, %d kept", report.Messages, kept)
	}
	if kept := countKeys(tx, bucketPlaces); kept != chunks {
		report.fault("messages: %d full chunks of places, %d kept", chunks, kept)
	}
	return err
}

func (tx *Tx) checkThread(c *desk.Conversation, report *Report) {
	messages, err := tx.Messages(c, 1, c.Messages)
	if err != nil || uint64(len(messages)) != c.Messages {
		report.fault("conversation %d: %d of %d messages: %v", c.Number, len(messages), c.Messages, err)
	}
	report.Messages += uint64(len(messages))
	for i := range messages {
		m := &messages[i]
		if m.Number != c.Number || m.Seq != uint64(i)+1 {
			report.fault("conversation %d: message %d says it is message %d of conversation %d", c.Number, i+1, m.Seq, m.Number)
		}
		for _, id := range m.Attachments {
			report.attached++
			if a, err := tx.Attachment(id); err != nil || a.Number != m.Number || a.Seq != m.Seq || !a.Complete {
				report.fault("conversation %d: message %d carries the attachment %s, which says otherwise: %v", c.Number, m.Seq, id, err)
			}
		}
	}
}

// checkOrder compares the keys and counts with what the rows ask for. Keys are
// counted too, so that one too many shows.
func (tx *Tx) checkOrder(ctx context.Context, report *Report) error {
	order := tx.order()
	wanted, counts := uint64(0), make(map[string]uint64)
	err := tx.conversations().ForEach(func(_, v []byte) error {
		c, err := decodeConversation(v)
		if err != nil {
			return nil // told by checkConversations
		}
		for _, k := range orderKeys(&c) {
			wanted++
			if found, _ := order.Cursor().Seek(k); !bytes.Equal(found, k) {
				report.fault("conversation %d: missing from the order %x", c.Number, k[:3])
			}
		}
		counts[string(keyPlaceCount(c.Place()))]++
		if k := loadKey(&c); k != nil {
			counts[string(k)]++
		}
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	if kept := countEach(order); kept != wanted {
		report.fault("order: %d keys, the rows ask for %d", kept, wanted)
	}
	kept := tx.bucket(bucketCounts)
	for k, n := range counts {
		if have := readU64(kept.Get([]byte(k))); have != n {
			report.fault("counts: %x says %d, the rows %d", k, have, n)
		}
	}
	return kept.ForEach(func(k, v []byte) error {
		if counts[string(k)] == 0 && readU64(v) != 0 {
			report.fault("counts: %x says %d, the rows 0", k, readU64(v))
		}
		return nil
	})
}

func (tx *Tx) checkJournal(ctx context.Context, report *Report) error {
	head, next := tx.Head(), tx.Floor()
	err := tx.bucket(bucketJournal).ForEach(func(k, v []byte) error {
		report.Events++
		if next++; readU64(k) != next {
			report.fault("journal: event %d where %d was due", readU64(k), next)
			next = readU64(k)
		}
		if _, err := decodeEvent(v); err != nil {
			report.fault("journal: event %d cannot be read: %v", readU64(k), err)
		}
		return ctx.Err()
	})
	if next != head {
		report.fault("journal: ends at %d, its head is %d", next, head)
	}
	_ = tx.bucket(bucketCursors).ForEach(func(k, v []byte) error {
		if readU64(v) > head {
			report.fault("cursor %s: %d is beyond the head %d", k, readU64(v), head)
		}
		return nil
	})
	return err
}

func countKeys(tx *Tx, bucket []byte) uint64 { return countEach(tx.bucket(bucket)) }

func countEach(b interface {
	ForEach(fn func(k, v []byte) error) error
},
) (n uint64) {
	_ = b.ForEach(func(_, _ []byte) error { n++; return nil })
	return n
}
