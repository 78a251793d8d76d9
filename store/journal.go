package store

import (
	"errors"
	"fmt"

	"parley/desk"
)

// ErrTrimmed says that the journal no longer goes back as far as asked.
var ErrTrimmed = errors.New("store: the journal was trimmed beyond this sequence")

// Entry is an event with its sequence: 1, 2, 3 … over the whole file.
type Entry struct {
	Sequence uint64
	Event    desk.Event
}

// eventCodes are the numbers under which event types are stored: never renumber,
// only add.
var eventCodes = map[desk.EventType]byte{
	desk.MessagePosted: 1, desk.ConversationOpened: 2, desk.ConversationImported: 3,
	desk.ConversationAssigned: 4, desk.ConversationUnassigned: 5, desk.ConversationResolved: 6,
	desk.ConversationReopened: 7, desk.ConversationArchived: 8, desk.ConversationUnarchived: 9,
	desk.ConversationHandedOver: 10, desk.ConversationRead: 11, desk.ConversationUnread: 12,
	desk.ConversationTagged: 13, desk.CustomerCreated: 14, desk.CustomerUpdated: 15,
	desk.CustomerNoteAdded: 16, desk.CustomerBlocked: 17, desk.CustomerUnblocked: 18,
	desk.AgentCreated: 19, desk.AgentUpdated: 20, desk.ReplySaved: 21, desk.ReplyDeleted: 22,
	desk.TeamUpdated: 23, desk.ConversationDelivered: 24, desk.ConversationSeen: 25, desk.ConversationRated: 26,
	desk.SiteSaved: 27, desk.SiteDeleted: 28, desk.CustomerVisited: 60,
	desk.HoursUpdated: 29, desk.BotUpdated: 30, desk.ResolverUpdated: 31, desk.CategorySaved: 32, desk.CategoryDeleted: 33,
	desk.ChannelTokenSaved: 61, desk.ChannelTokenDeleted: 62,
	desk.ConversationRemoved: 70, desk.CustomerRemoved: 71, desk.SamplesAdded: 72, desk.SamplesRemoved: 73,
	desk.ConversationTeamAssigned: 80, desk.ConversationTeamUnassigned: 81, desk.AgentTeamSaved: 82, desk.AgentTeamDeleted: 83,
	desk.ConversationBlocked: 84, desk.ConversationUnblocked: 85, desk.ConversationCarded: 86,
	desk.KnowledgeSaved: 34, desk.KnowledgeDeleted: 35, desk.KnowledgeImported: 36, desk.RuleSaved: 37, desk.RuleDeleted: 38,
	desk.BackupPlanned: 90, desk.TagRenamed: 91, desk.TagDeleted: 92,
	desk.WebhookSaved: 100, desk.WebhookDeleted: 101,
}

var eventTypes = func() map[byte]desk.EventType {
	types := make(map[byte]desk.EventType, len(eventCodes))
	for name, code := range eventCodes {
		types[code] = name
	}
	return types
}()

// Head is the sequence of the newest event; 0 while there is none.
func (tx *Tx) Head() uint64 { return tx.bucket(bucketJournal).Sequence() }

// Floor is the sequence up to which the journal was trimmed: the oldest event
// still there is Floor()+1.
func (tx *Tx) Floor() uint64 { return readU64(tx.bucket(bucketMeta).Get(metaFloor)) }

// enter adds those events to the journal that it holds, under the next sequences.
// Save functions hand theirs to append, in audit.go.
func (tx *Tx) enter(events []desk.Event) error {
	for i := range events {
		if !events[i].Type.InJournal() {
			continue
		}
		b := tx.log(bucketJournal)
		sequence, err := b.NextSequence()
		if err != nil {
			return err
		}
		value, err := encodeEvent(&events[i])
		if err != nil {
			return err
		}
		if err := b.Put(keyU64(sequence), value); err != nil {
			return err
		}
		tx.appended = true
	}
	return nil
}

// Journal reads up to limit events after a sequence, in order. It answers
// ErrTrimmed when events after that sequence are no longer there.
func (tx *Tx) Journal(after uint64, limit int) ([]Entry, error) {
	if after < tx.Floor() {
		return nil, ErrTrimmed
	}
	c := tx.bucket(bucketJournal).Cursor()
	var entries []Entry
	for k, v := c.Seek(keyU64(after + 1)); k != nil && len(entries) < limit; k, v = c.Next() {
		event, err := decodeEvent(v)
		if err != nil {
			return nil, fmt.Errorf("store: event %d: %w", readU64(k), err)
		}
		entries = append(entries, Entry{Sequence: readU64(k), Event: event})
	}
	return entries, nil
}

// Cursor is how far a follower has come, 0 at first.
func (tx *Tx) Cursor(follower string) uint64 {
	return readU64(tx.bucket(bucketCursors).Get([]byte(follower)))
}

// SetCursor saves how far a follower has come, together with the effect that it
// saves in the same transaction.
func (tx *Tx) SetCursor(follower string, sequence uint64) error {
	return tx.change(bucketCursors).Put([]byte(follower), keyU64(sequence))
}

// TrimJournal forgets up to limit events that are older than before, never
// beyond the sequence keep and never the newest one. An event dated after now, by a
// clock that went ahead, is as old as the next one that is not. It returns how many went.
func (tx *Tx) TrimJournal(before, now desk.Time, keep uint64, limit int) (int, error) {
	upTo, err := tx.oldest(before, now, min(keep, tx.Head()-min(tx.Head(), 1)), limit)
	if err != nil {
		return 0, err
	}
	b, floor, trimmed := tx.change(bucketJournal), tx.Floor(), 0
	c := b.Cursor()
	for k, _ := c.First(); k != nil && readU64(k) <= upTo && trimmed < limit; k, _ = c.First() {
		floor = readU64(k)
		if err := c.Delete(); err != nil {
			return trimmed, err
		}
		trimmed++
	}
	if trimmed == 0 {
		return 0, nil
	}
	return trimmed, tx.change(bucketMeta).Put(metaFloor, keyU64(floor))
}

// farAhead is how many times as many events as may go are looked at to find an old one
// behind those that are dated after now.
const farAhead = 50

// oldest is the sequence, up to keep, before which all events are old; 0 for none.
func (tx *Tx) oldest(before, now desk.Time, keep uint64, limit int) (upTo uint64, err error) {
	c, old, seen := tx.bucket(bucketJournal).Cursor(), 0, 0
	for k, v := c.First(); k != nil && readU64(k) <= keep && old < limit && seen < farAhead*limit; k, v = c.Next() {
		tx.moves++
		event, err := decodeEvent(v)
		switch {
		case err != nil:
			return 0, fmt.Errorf("store: event %d: %w", readU64(k), err)
		case event.At < before:
			upTo = readU64(k)
			old++
		case event.At <= now:
			return upTo, nil
		}
		seen++
	}
	return upTo, nil
}

// errCode says that a value holds an event type which this program does not know.
var errCode = errors.New("store: an event type without a name")

func (r *reader) eventType() desk.EventType {
	name, known := eventTypes[r.byte()]
	if !known {
		r.failWith(errCode)
	}
	return name
}

func encodeEvent(e *desk.Event) ([]byte, error) {
	code, known := eventCodes[e.Type]
	if !known {
		return nil, fmt.Errorf("store: event type %q has no code", e.Type)
	}
	w := newWriter(1)
	w.byte(code)
	w.uint(uint64(e.Number))
	w.uint(e.Seq)
	w.id(e.Subject)
	w.id(e.From)
	w.id(e.To)
	w.actor(e.Actor)
	w.uint(e.Cause)
	w.time(e.At)
	return w.b, nil
}

func decodeEvent(b []byte) (desk.Event, error) {
	r := newReader(b)
	e := desk.Event{
		Type: r.eventType(), Number: desk.Number(r.uint()), Seq: r.uint(), Subject: r.id(),
		From: r.id(), To: r.id(), Actor: r.actor(), Cause: r.uint(), At: r.time(),
	}
	return e, r.done()
}
