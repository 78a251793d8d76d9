package store

import (
	"encoding/binary"
	"fmt"

	"parley/desk"
)

// Buckets: messages, message_places, sent. Written through SaveTurn, and taken away in removed.go.
//
// A message lies in the log under its position, in the order in which messages
// of all conversations came, because sequential keys are what bbolt writes
// fastest. A conversation finds its own by their seq: chunk (seq-1)/chunkSize
// holds their positions, the last chunk in the conversation's row and the full
// ones in message_places. Any page of a thread of any length therefore costs the
// page and one or two chunks.

// chunkSize is how many positions a chunk holds. Changing it takes a migration.
const chunkSize = 64

// maxRoom is the most messages for which room is made before they are read: the
// number of messages in a damaged row may be anything.
const maxRoom = 4096

// Messages reads the messages with a seq in [from, to], in order. c must have
// been read in this transaction.
func (tx *Tx) Messages(c *desk.Conversation, from, to uint64) ([]desk.Message, error) {
	from, to = max(from, 1), min(to, c.Messages)
	if from > to {
		return nil, nil
	}
	log := tx.bucket(bucketMessages)
	out := make([]desk.Message, 0, min(to-from+1, maxRoom))
	var places []uint64
	chunk := ^uint64(0)
	for seq := from; seq <= to; seq++ {
		if at := (seq - 1) / chunkSize; at != chunk {
			var err error
			if places, err = tx.chunk(c.Number, at); err != nil {
				return nil, err
			}
			chunk = at
		}
		m, err := readMessage(log.Get(keyU64(at(places, (seq-1)%chunkSize))), c)
		if err != nil {
			return nil, fmt.Errorf("store: message %d of conversation %d: %w", seq, c.Number, err)
		}
		out = append(out, m)
	}
	return out, nil
}

// Message reads one message.
func (tx *Tx) Message(c *desk.Conversation, seq uint64) (desk.Message, error) {
	if seq < 1 || seq > c.Messages {
		return desk.Message{}, desk.NotFound("message")
	}
	found, err := tx.Messages(c, seq, seq)
	if err != nil {
		return desk.Message{}, err
	}
	return found[0], nil
}

// Sent finds the message that a sender has already sent under a client id.
func (tx *Tx) Sent(client desk.ID, sender desk.Actor) (n desk.Number, seq uint64, found bool) {
	v := tx.bucket(bucketSent).Get(keySent(client, sender))
	if len(v) < 16 {
		return 0, 0, false
	}
	return desk.Number(binary.BigEndian.Uint64(v)), binary.BigEndian.Uint64(v[8:]), true
}

// ForgetSent drops client ids of messages sent before a moment, looking at most
// at limit of them from a key on; it returns where to go on, nil at the end.
func (tx *Tx) ForgetSent(before desk.Time, from []byte, limit int) (next []byte, err error) {
	c := tx.bucket(bucketSent).Cursor()
	k, v := c.Seek(from)
	for ; k != nil && limit > 0; limit-- {
		tx.moves++
		key := append([]byte(nil), k...)
		if desk.Time(readU64(v[16:])) < before {
			tx.writes++
			if err := c.Delete(); err != nil {
				return nil, err
			}
			k, v = c.Seek(key) // Delete leaves the cursor between keys
			continue
		}
		k, v = c.Next()
	}
	return append([]byte(nil), k...), nil
}

// saveMessages puts messages into the log and gives their positions.
func (tx *Tx) saveMessages(c *desk.Conversation, messages []desk.Message) ([]uint64, error) {
	log, sent := tx.log(bucketMessages), tx.log(bucketSent)
	positions := make([]uint64, len(messages))
	for i := range messages {
		m := &messages[i]
		if m.Line != nil && eventCodes[m.Line.Type] == 0 {
			return nil, fmt.Errorf("store: event type %q has no code", m.Line.Type)
		}
		position, err := log.NextSequence()
		if err != nil {
			return nil, err
		}
		positions[i] = position
		if err := log.Put(keyU64(position), encodeMessage(m, c)); err != nil {
			return nil, err
		}
		if m.ClientID.IsZero() {
			continue
		}
		v := binary.BigEndian.AppendUint64(nil, uint64(m.Number))
		v = binary.BigEndian.AppendUint64(v, m.Seq)
		v = binary.BigEndian.AppendUint64(v, uint64(m.At))
		if err := sent.Put(keySent(m.ClientID, m.Author), v); err != nil {
			return nil, err
		}
	}
	return positions, nil
}

// chunk reads the positions of one chunk of a conversation's messages.
func (tx *Tx) chunk(n desk.Number, chunk uint64) ([]uint64, error) {
	if v := tx.bucket(bucketPlaces).Get(keyPlaces(n, uint32(chunk))); v != nil {
		r := newReader(v)
		return readPlaces(r), r.done()
	}
	return readTail(tx.conversations().Get(keyNumber(n)))
}

// at is places[i], or 0 (which is no position) when the file lacks it.
func at(places []uint64, i uint64) uint64 {
	if i < uint64(len(places)) {
		return places[i]
	}
	return 0
}

// places writes rising positions as their differences.
func (w *writer) places(places []uint64) {
	w.uint(uint64(len(places)))
	last := uint64(0)
	for _, p := range places {
		w.uint(p - last)
		last = p
	}
}

func readPlaces(r *reader) []uint64 {
	places := make([]uint64, r.count())
	last := uint64(0)
	for i := range places {
		last += r.uint()
		places[i] = last
	}
	return places
}

const (
	hasClient = 1 << iota
	hasFiles
	hasLine
	byTheCustomer
	hasChoices
	hasSources
	hasFacts // of its line: tags and a reason
)

func encodeMessage(m *desk.Message, c *desk.Conversation) []byte {
	var has byte
	if !m.ClientID.IsZero() {
		has |= hasClient
	}
	if len(m.Attachments) > 0 {
		has |= hasFiles
	}
	if m.Line != nil {
		has |= hasLine
	}
	if m.Line != nil && (len(m.Line.Added) > 0 || len(m.Line.Removed) > 0 || m.Line.Reason != "") {
		has |= hasFacts
	}
	if m.Author == desk.CustomerActor(c.Customer) {
		has |= byTheCustomer
	}
	if len(m.Choices) > 0 {
		has |= hasChoices
	}
	if len(m.Sources) > 0 {
		has |= hasSources
	}
	w := newWriter(1)
	w.byte(has)
	w.byte(byte(m.Kind))
	w.uint(uint64(m.Number))
	w.uint(m.Seq)
	w.time(m.At)
	w.text(m.Text)
	if has&byTheCustomer == 0 {
		w.actor(m.Author)
	}
	if has&hasClient != 0 {
		w.b = append(w.b, m.ClientID[:]...)
	}
	if has&hasFiles != 0 {
		w.ids(m.Attachments)
	}
	if has&hasLine != 0 {
		w.byte(eventCodes[m.Line.Type])
		w.id(m.Line.From)
		w.id(m.Line.To)
	}
	if has&hasChoices != 0 {
		w.texts(m.Choices)
	}
	if has&hasSources != 0 {
		w.sources(m.Sources)
	}
	if has&hasFacts != 0 {
		w.texts(m.Line.Added)
		w.texts(m.Line.Removed)
		w.text(m.Line.Reason)
	}
	return w.b
}

func (w *writer) sources(sources []desk.Source) {
	w.uint(uint64(len(sources)))
	for i := range sources {
		s := &sources[i]
		w.byte(byte(s.Kind))
		w.id(s.ID)
		w.uint(uint64(s.Number))
		w.uint(s.Seq)
	}
}

func (r *reader) sources() []desk.Source {
	n := r.count()
	if n == 0 {
		return nil
	}
	sources := make([]desk.Source, n)
	for i := range sources {
		sources[i] = desk.Source{Kind: desk.SourceKind(r.byte()), ID: r.id(), Number: desk.Number(r.uint()), Seq: r.uint()}
	}
	return sources
}

func readMessage(b []byte, c *desk.Conversation) (desk.Message, error) {
	r := newReader(b)
	has := r.byte()
	m := desk.Message{
		Kind: desk.MessageKind(r.byte()), Number: desk.Number(r.uint()), Seq: r.uint(), At: r.time(), Text: r.text(),
	}
	if has&byTheCustomer != 0 {
		m.Author = desk.CustomerActor(c.Customer)
	} else {
		m.Author = r.actor()
	}
	if has&hasClient != 0 {
		copy(m.ClientID[:], r.take(uint64(len(m.ClientID))))
	}
	if has&hasFiles != 0 {
		m.Attachments = r.ids()
	}
	if has&hasLine != 0 {
		m.Line = &desk.EventLine{Type: r.eventType(), From: r.id(), To: r.id()}
	}
	if has&hasChoices != 0 {
		m.Choices = r.texts()
	}
	if has&hasSources != 0 {
		m.Sources = r.sources()
	}
	if has&hasFacts != 0 && m.Line != nil {
		m.Line.Added, m.Line.Removed, m.Line.Reason = r.texts(), r.texts(), r.text()
	}
	return m, r.done()
}
