package store_test

import (
	"bytes"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"parley/desk"
	"parley/store"
)

var customerID = desk.ID{0xc1, 15: 0xc1}

// conversations draws rows with every field; texts come as they may lie in a
// damaged file too.
func conversations() *rapid.Generator[desk.Conversation] {
	return rapid.Custom(func(t *rapid.T) desk.Conversation {
		c := rapid.Make[desk.Conversation]().Draw(t, "conversation")
		if len(c.Tags) == 0 {
			c.Tags = nil
		}
		return c
	})
}

func customers() *rapid.Generator[desk.Customer] {
	return rapid.Custom(func(t *rapid.T) desk.Customer {
		c := rapid.Make[desk.Customer]().Draw(t, "customer")
		if len(c.Tags) == 0 {
			c.Tags = nil
		}
		if len(c.Attributes) == 0 {
			c.Attributes = nil
		}
		return c
	})
}

func sites() *rapid.Generator[desk.Site] {
	return rapid.Custom(func(t *rapid.T) desk.Site {
		s := rapid.Make[desk.Site]().Draw(t, "site")
		s.Look.OffsetX, s.Look.OffsetY = max(s.Look.OffsetX, 0), max(s.Look.OffsetY, 0)
		if len(s.Origins) == 0 {
			s.Origins = nil
		}
		if len(s.Secret) == 0 {
			s.Secret = nil
		}
		return s
	})
}

func messages() *rapid.Generator[desk.Message] {
	return rapid.Custom(func(t *rapid.T) desk.Message {
		m := rapid.Make[desk.Message]().Draw(t, "message")
		if len(m.Attachments) == 0 {
			m.Attachments = nil
		}
		if len(m.Choices) == 0 {
			m.Choices = nil
		}
		if len(m.Sources) == 0 {
			m.Sources = nil
		}
		if m.Line != nil {
			m.Line.Type = rapid.SampledFrom(store.KnownEvents()).Draw(t, "line")
			if len(m.Line.Added) == 0 {
				m.Line.Added = nil
			}
			if len(m.Line.Removed) == 0 {
				m.Line.Removed = nil
			}
		}
		if rapid.Bool().Draw(t, "by the customer") {
			m.Author = desk.CustomerActor(customerID)
		}
		return m
	})
}

func events() *rapid.Generator[desk.Event] {
	return rapid.Custom(func(t *rapid.T) desk.Event {
		e := rapid.Make[desk.Event]().Draw(t, "event")
		e.Type = rapid.SampledFrom(store.KnownEvents()).Draw(t, "type")
		return e
	})
}

func places() *rapid.Generator[[]uint64] {
	return rapid.Custom(func(t *rapid.T) []uint64 {
		p := rapid.SliceOfN(rapid.Uint64(), 0, store.ChunkSize).Draw(t, "places")
		slices.Sort(p)
		return p
	})
}

// TestRoundTrip reads back every kind of value as it was written, writes it the
// same way again, and takes no piece of it for the whole.
func TestRoundTrip(t *testing.T) {
	t.Run("conversation", func(t *testing.T) { roundTrip(t, conversations(), store.ConversationCodec) })
	t.Run("customer", func(t *testing.T) { roundTrip(t, customers(), store.CustomerCodec) })
	t.Run("message", func(t *testing.T) { roundTrip(t, messages(), store.MessageCodec(customerID)) })
	t.Run("event", func(t *testing.T) { roundTrip(t, events(), store.EventCodec) })
	t.Run("site", func(t *testing.T) { roundTrip(t, sites(), store.SiteCodec) })
	t.Run("agent", func(t *testing.T) { roundTrip(t, rapid.Make[desk.Agent](), store.AgentCodec) })
	t.Run("reply", func(t *testing.T) { roundTrip(t, rapid.Make[desk.Reply](), store.ReplyCodec) })
	t.Run("attachment", func(t *testing.T) { roundTrip(t, rapid.Make[desk.Attachment](), store.AttachmentCodec) })
	t.Run("places", func(t *testing.T) { roundTrip(t, places(), store.PlacesCodec) })
}

func roundTrip[T any](t *testing.T, values *rapid.Generator[T], codec store.Codec[T]) {
	t.Helper()
	rapid.Check(t, func(t *rapid.T) {
		v := values.Draw(t, "value")
		b := codec.Encode(&v)
		if again := codec.Encode(&v); !bytes.Equal(b, again) {
			t.Fatalf("the same value is %x and %x", b, again)
		}
		got, err := codec.Decode(b)
		if err != nil || !reflect.DeepEqual(got, v) {
			t.Fatalf("%+v is read back as %+v, %v", v, got, err)
		}
		cut := rapid.IntRange(0, len(b)-1).Draw(t, "cut")
		if got, err := codec.Decode(b[:cut]); err == nil {
			t.Fatalf("%d of %d bytes are read as %+v", cut, len(b), got)
		}
		if got, err := codec.Decode(append(slices.Clone(b), 0)); err == nil {
			t.Fatalf("a byte too many is read as %+v", got)
		}
	})
}

// TestEveryEventHasItsOwnCode finds two types under one code, which would be
// read back as each other.
func TestEveryEventHasItsOwnCode(t *testing.T) {
	seen := make(map[string]desk.EventType)
	for _, kind := range store.KnownEvents() {
		b := string(store.EventCodec.Encode(&desk.Event{Type: kind}))
		if other, taken := seen[b]; taken {
			t.Errorf("%s and %s are written alike", kind, other)
		}
		seen[b] = kind
	}
	for _, kind := range []desk.EventType{desk.MessagePosted, desk.ConversationHandedOver, desk.CustomerUnblocked, desk.TeamUpdated, desk.ReplyDeleted} {
		if !slices.Contains(store.KnownEvents(), kind) {
			t.Errorf("%s has no code", kind)
		}
	}
}

// TestUnknownCodes refuses an event and a line of a type that this program does
// not know, rather than making something else of it.
func TestUnknownCodes(t *testing.T) {
	b := store.EventCodec.Encode(&desk.Event{Type: desk.MessagePosted})
	b[1] = 200
	if e, err := store.EventCodec.Decode(b); err == nil {
		t.Errorf("an unknown event is read as %+v", e)
	}
	m := desk.Message{Kind: desk.KindEvent, Line: &desk.EventLine{Type: desk.ConversationResolved}}
	codec := store.MessageCodec(customerID)
	b = codec.Encode(&m)
	b[len(b)-3] = 200
	if got, err := codec.Decode(b); err == nil {
		t.Errorf("an unknown line is read as %+v", got.Line)
	}
}

// FuzzDecode gives damaged values to every decoder. What one takes must be the
// same when it is written and read again.
func FuzzDecode(f *testing.F) {
	line := desk.Message{Number: 1, Seq: 2, Kind: desk.KindEvent, Line: &desk.EventLine{Type: desk.ConversationAssigned, To: customerID}}
	for kind, seed := range [][]byte{
		store.ConversationCodec.Encode(&desk.Conversation{Number: 7, Customer: customerID, Tags: []string{"a"}, Rating: &desk.Rating{Score: 4}}),
		store.CustomerCodec.Encode(&desk.Customer{ID: customerID, Attributes: map[string]string{"a": "b", "c": "d"}, Blocked: &desk.Block{Reason: "spam"}, Consent: &desk.Consent{Version: "2"}}),
		store.MessageCodec(customerID).Encode(&line),
		store.EventCodec.Encode(&desk.Event{Type: desk.ReplyDeleted, Subject: customerID}),
		store.AgentCodec.Encode(&desk.Agent{ID: customerID, Name: "Ada"}),
		store.ReplyCodec.Encode(&desk.Reply{ID: customerID, Text: "Hi"}),
		store.AttachmentCodec.Encode(&desk.Attachment{ID: customerID, Complete: true}),
		store.PlacesCodec.Encode(&[]uint64{1, 2, 9}),
		{},
		{1},
		{1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1},
		bytes.Repeat([]byte{0xff}, 40),
		{1, 0x80, 0x00},
	} {
		f.Add(uint8(kind), seed)
	}
	f.Fuzz(func(t *testing.T, kind uint8, b []byte) {
		switch kind % 8 {
		case 0:
			stable(t, b, store.ConversationCodec)
		case 1:
			stable(t, b, store.CustomerCodec)
		case 2:
			stable(t, b, store.MessageCodec(customerID))
		case 3:
			stable(t, b, store.EventCodec)
		case 4:
			stable(t, b, store.AgentCodec)
		case 5:
			stable(t, b, store.ReplyCodec)
		case 6:
			stable(t, b, store.AttachmentCodec)
		case 7:
			stable(t, b, store.PlacesCodec)
		}
	})
}

func stable[T any](t *testing.T, b []byte, codec store.Codec[T]) {
	t.Helper()
	v, err := codec.Decode(b)
	if err != nil {
		return
	}
	again, err := codec.Decode(codec.Encode(&v))
	if err != nil || !reflect.DeepEqual(again, v) {
		t.Fatalf("%x is read as %+v, written and read again as %+v, %v", b, v, again, err)
	}
}
