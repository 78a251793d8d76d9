package store

import (
	"slices"

	"go.etcd.io/bbolt"

	"parley/desk"
)

// What the tests look at from inside.

const ChunkSize = chunkSize

// Layout is the layout that a new file has.
var Layout = schemaVersion()

// Codec is one kind of value with its encoding, for tests that treat them alike.
type Codec[T any] struct {
	Encode func(v *T) []byte
	Decode func(b []byte) (T, error)
}

var (
	ConversationCodec = Codec[desk.Conversation]{func(c *desk.Conversation) []byte { return encodeConversation(c, []uint64{3, 9, 10}) }, decodeConversation}
	CustomerCodec     = Codec[desk.Customer]{encodeCustomer, decodeCustomer}
	SiteCodec         = Codec[desk.Site]{encodeSite, decodeSite}
	AgentCodec        = Codec[desk.Agent]{encodeAgent, decodeAgent}
	ReplyCodec        = Codec[desk.Reply]{encodeReply, decodeReply}
	SessionCodec      = Codec[Session]{encodeSession, decodeSession}
	VisitorCodec      = Codec[Visitor]{encodeVisitor, decodeVisitor}
	AttachmentCodec   = Codec[desk.Attachment]{encodeAttachment, decodeAttachment}
	EventCodec        = Codec[desk.Event]{func(e *desk.Event) []byte {
		b, err := encodeEvent(e)
		if err != nil {
			panic(err)
		}
		return b
	}, decodeEvent}
)

// MessageCodec is that of the messages of one customer's conversation.
func MessageCodec(customer desk.ID) Codec[desk.Message] {
	c := &desk.Conversation{Customer: customer}
	return Codec[desk.Message]{
		func(m *desk.Message) []byte { return encodeMessage(m, c) },
		func(b []byte) (desk.Message, error) { return readMessage(b, c) },
	}
}

// PlacesCodec is that of a chunk of positions.
var PlacesCodec = Codec[[]uint64]{
	func(places *[]uint64) []byte {
		w := newWriter(1)
		w.places(*places)
		return w.b
	},
	func(b []byte) ([]uint64, error) {
		r := newReader(b)
		return readPlaces(r), r.done()
	},
}

// KnownEvents lists the event types that can be stored.
func KnownEvents() (types []desk.EventType) {
	for name := range eventCodes {
		types = append(types, name)
	}
	slices.Sort(types)
	return types
}

// AddMigrations puts steps at the end of the list, until undo is called.
func AddMigrations(steps ...func(tx *bbolt.Tx) error) (undo func()) {
	before := migrations
	migrations = append(slices.Clone(before), steps...)
	return func() { migrations = before }
}

// SchemaOf is the layout that a file says it has.
func SchemaOf(s *Store) (version uint64) {
	_ = s.View(func(tx *Tx) error { version = readU64(tx.bucket(bucketMeta).Get(metaSchema)); return nil })
	return version
}

// Moves is how many steps over the orders, or rows looked at to forget them, the
// transaction took; each costs at most two look-ups in the tree.
func (tx *Tx) Moves() int { return tx.moves }

// LookUps is how many look-ups by key and new cursors the transaction took.
func (tx *Tx) LookUps() int {
	stats := tx.tx.Stats()
	return int(stats.GetCursorCount())
}

// Size is how many bytes of the file are in use.
func (tx *Tx) Size() int64 { return tx.tx.Size() }

// Alter changes the file behind everything's back, with nothing left on the slate.
func (s *Store) Alter(fn func(tx *bbolt.Tx) error) error {
	return s.update(func(tx *Tx) error {
		if err := tx.wipe(); err != nil {
			return err
		}
		return fn(tx.tx)
	})
}

// Order is a bucket whose changes wait on the slate.
type Order = slated

// OrderOf is that of the orders.
func OrderOf(tx *Tx) Order { return tx.order() }

// SweepSome is Sweep with a number of lines.
func (s *Store) SweepSome(n int) (bool, error) {
	err := s.update(func(tx *Tx) error { return tx.sweep(n) })
	return err == nil && s.waits(), err
}

// Waiting is how many lines wait on the slate, and how many records are kept.
func Waiting(s *Store) (lines, records int) {
	_ = s.View(func(tx *Tx) error {
		lines, records = tx.slate.len(), tx.tx.Bucket(bucketSlate).Stats().KeyN
		return nil
	})
	return lines, records
}

// Bolt reaches through to the file.
func (s *Store) Bolt() *bbolt.DB { return s.db }

// ReserveOf is how much is kept free of a disk of so many bytes.
func ReserveOf(total uint64) uint64 { return reserveOf(total) }

// MapFor is how much address space is mapped for a file of so many bytes.
func MapFor(size int64) int { return mapFor(size) }
