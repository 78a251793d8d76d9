package search

import (
	"encoding/binary"

	"parley/desk"
)

// BlockSize is how many messages of a thread share one document once they are
// all there. Until then each is a document of its own, so that a message posted
// costs a message indexed.
const BlockSize = 16

// A document's id is its conversation's number and the seq of its first message,
// big-endian, 5 and 3 bytes; the head has the seq 0. A piece reaches from its
// first message at most to the end of that message's block.
const (
	idSize    = 8
	maxNumber = 1<<32 - 1 // conversations are kept as 32 bits in memory
	maxSeq    = 1<<24 - 1 // messages beyond are not searched
)

func documentID(n desk.Number, first uint64) string {
	var id [idSize]byte
	binary.BigEndian.PutUint64(id[:], uint64(n)<<24|first)
	return string(id[:])
}

// readID reads an id; a foreign one reads as conversation 0.
func readID(id []byte) (n uint32, first uint64) {
	if len(id) != idSize {
		return 0, 0
	}
	v := binary.BigEndian.Uint64(id)
	return uint32(v >> 24), v & maxSeq
}

// blockOf gives the first seq of the block that holds a message.
func blockOf(seq uint64) uint64 { return (seq-1)/BlockSize*BlockSize + 1 }

// pieceMeta is stored with a piece: how far it reaches and when its messages came.
type pieceMeta struct {
	last          uint64 // seq of its last message
	opened, ended uint32 // seconds since 1970, of its first and its last message
}

func (m *pieceMeta) encode(first uint64) []byte {
	b := binary.AppendUvarint(nil, m.last-first)
	b = binary.AppendUvarint(b, uint64(m.opened))
	return binary.AppendUvarint(b, uint64(m.ended-m.opened))
}

func readMeta(b []byte, first uint64) (pieceMeta, bool) {
	var values [3]uint64
	for i := range values {
		v, n := binary.Uvarint(b)
		if n <= 0 {
			return pieceMeta{}, false
		}
		values[i], b = v, b[n:]
	}
	opened := uint32(values[1])
	return pieceMeta{last: first + values[0], opened: opened, ended: opened + uint32(values[2])}, true
}

// seconds cuts a moment to what pieces keep; moments before 1970 are 0.
func seconds(t desk.Time) uint32 {
	return uint32(min(max(int64(t)/1000, 0), 1<<32-1))
}

// newPiece makes the document of some neighbouring messages of one block; nil if
// none of them says anything. names gives the names of a message's files.
func newPiece(n desk.Number, first uint64, messages []desk.Message, names func(desk.ID) string) *document {
	d := &document{id: documentID(n, first)}
	meta := pieceMeta{last: first}
	for i := range messages {
		m := &messages[i]
		if m.Kind == desk.KindEvent {
			continue
		}
		at := seconds(m.At)
		if len(d.facets) == 0 {
			meta.opened, meta.ended = at, at
		}
		meta.opened, meta.ended = min(meta.opened, at), max(meta.ended, at)
		meta.last = m.Seq
		d.facets = append(d.facets, kindFacet(m.Kind))
		if m.Text != "" {
			d.texts = append(d.texts, m.Text)
		}
		for _, id := range m.Attachments {
			d.facets = append(d.facets, fileFacet)
			if name := names(id); name != "" {
				d.texts = append(d.texts, name)
			}
		}
	}
	if len(d.facets) == 0 {
		return nil
	}
	d.meta = meta.encode(first)
	return d
}

// newHead makes the document that tells a conversation's customer and state.
func newHead(c *desk.Conversation, customer *desk.Customer) *document {
	d := &document{id: documentID(c.Number, 0), facets: conversationFacets(c)}
	d.texts = []string{customer.Name, customer.Email, customer.Phone}
	d.weak = append(d.weak, c.Tags...)
	d.weak = append(d.weak, customer.Tags...)
	for _, value := range customer.Attributes {
		d.weak = append(d.weak, value)
	}
	return d
}
