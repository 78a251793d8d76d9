package search

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math/rand/v2"
	"os"

	segment "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/vellum"

	"parley/desk"
	"parley/store"
)

// inspectSample is how many conversations are compared with the store after a
// start.
const inspectSample = 1000

// inspect looks, after a start, whether the index holds what its cursor says: as
// many heads as there are conversations, and of a sample every message. If not,
// the index is built again; it answers meanwhile.
func (e *Engine) inspect(ctx context.Context, v *volume) {
	err := v.verifyFiles(ctx)
	if err == nil {
		err = v.inspect(ctx, e.store, inspectSample)
		if err := e.store.Release(); err != nil { // the sample lies all over the file
			e.log.Warn("search: after looking at the index", "err", err)
		}
	}
	if err == nil || errors.Is(err, errClosed) || ctx.Err() != nil {
		return
	}
	e.log.Error("search: the index lacks something", "err", err)
	e.want(err.Error())
}

// verifyFiles compares every segment on disk with its checksum: a byte that has
// changed is not noticed by Bleve until somebody needs it, if then.
func (v *volume) verifyFiles(ctx context.Context) error {
	return v.read(func(s *snapshot) error {
		for i := range s.segments {
			stored, isFile := s.segments[i].bleve.Segment().(segment.PersistedSegment)
			if !isFile {
				continue
			}
			if err := verifyFile(ctx, stored.Path()); err != nil {
				return err
			}
		}
		return nil
	})
}

// verifyFile compares a segment's file with the CRC-32 of everything before it
// that ends it.
func verifyFile(ctx context.Context, path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	sum, buffer := crc32.NewIEEE(), make([]byte, 1<<18)
	var tail []byte // the last 4 bytes read, not summed yet
	for ctx.Err() == nil {
		n, err := file.Read(buffer)
		tail = append(tail, buffer[:n]...)
		if end := len(tail) - 4; end > 0 {
			_, _ = sum.Write(tail[:end])
			tail = append(tail[:0], tail[end:]...)
		}
		if errors.Is(err, io.EOF) {
			if len(tail) < 4 || binary.BigEndian.Uint32(tail) != sum.Sum32() {
				return fmt.Errorf("%w: the checksum of %s is wrong", errLacks, path)
			}
			return nil
		}
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}

// Check compares the index with its checksums and with the store, up to its cursor: the number of heads,
// and of a sample of conversations (0 for all) every message. It returns the
// first difference.
func (e *Engine) Check(ctx context.Context, sample int) error {
	v := e.present()
	if v == nil {
		return errors.New("search: there is no index")
	}
	return errors.Join(v.verifyFiles(ctx), v.inspect(ctx, e.store, sample))
}

// errLacks says that the index lacks something.
var errLacks = errors.New("search: the index lacks something")

// inspect compares the volume with the store.
func (v *volume) inspect(ctx context.Context, st *store.Store, sample int) error {
	return v.read(func(s *snapshot) error {
		cursor := v.cursorOf(s)
		return st.View(func(tx *store.Tx) error {
			last := tx.LastNumber()
			younger, err := changedSince(tx, cursor)
			if err != nil || last == 0 {
				return err
			}
			if err := s.countHeads(uint64(last)-tx.RemovedCount(), younger); err != nil {
				return err
			}
			if sample == 0 || uint64(sample) >= uint64(last) {
				for n := desk.Number(1); n <= last && ctx.Err() == nil; n++ {
					if err := s.inspect(tx, n, younger); err != nil {
						return err
					}
				}
				return ctx.Err()
			}
			for i := 0; i < sample && ctx.Err() == nil; i++ {
				if err := s.inspect(tx, desk.Number(rand.Uint64N(uint64(last))+1), younger); err != nil {
					return err
				}
			}
			return ctx.Err()
		})
	})
}

// cursorOf reads the cursor of a snapshot itself.
func (v *volume) cursorOf(s *snapshot) uint64 {
	value, err := s.bleve.GetInternal(internalCursor)
	if err != nil || len(value) != 8 {
		return 0
	}
	return binary.BigEndian.Uint64(value)
}

// changedSince gives the conversations that the journal names after a sequence:
// they may differ.
func changedSince(tx *store.Tx, cursor uint64) (map[desk.Number]bool, error) {
	changed := map[desk.Number]bool{}
	for {
		entries, err := tx.Journal(cursor, 10_000)
		if err != nil || len(entries) == 0 {
			return changed, err
		}
		for i := range entries {
			changed[entries[i].Event.Number] = true
		}
		cursor = entries[len(entries)-1].Sequence
	}
}

// countHeads compares the number of heads with that of conversations.
func (s *snapshot) countHeads(conversations uint64, younger map[desk.Number]bool) error {
	heads := uint64(0)
	for i := range s.segments {
		x := expander{seg: &s.segments[i]}
		list, err := x.term(nil, fieldFacet, headFacet, same)
		if err != nil {
			return err
		}
		for _, f := range list {
			heads += f.docs.GetCardinality()
		}
	}
	if heads > conversations+uint64(len(younger)) || heads+uint64(len(younger)) < conversations {
		return fmt.Errorf("%w: it has %d heads for %d conversations", errLacks, heads, conversations)
	}
	return nil
}

// inspect compares one conversation.
func (s *snapshot) inspect(tx *store.Tx, n desk.Number, younger map[desk.Number]bool) error {
	if younger[n] {
		return nil
	}
	pieces, hasHead, err := s.piecesOf(n)
	if err != nil {
		return err
	}
	if _, removed := tx.Removed(n); removed {
		if hasHead || len(pieces) > 0 {
			return fmt.Errorf("%w: it still has conversation %d, which was removed", errLacks, n)
		}
		return nil
	}
	c, err := tx.Conversation(n)
	if err != nil {
		return nil // the store's fault, which no other index would mend
	}
	messages, err := tx.Messages(&c, 1, c.Messages)
	if err != nil {
		return nil
	}
	if !hasHead {
		return fmt.Errorf("%w: conversation %d has no head", errLacks, n)
	}
	for i := range messages {
		m := &messages[i]
		if m.Kind != desk.KindEvent && !pieces.hold(m) {
			return fmt.Errorf("%w: message %d of conversation %d", errLacks, m.Seq, n)
		}
	}
	return nil
}

// extents are the pieces of a conversation with the words that each holds.
type extents []extent

type extent struct {
	first, last uint64
	seg         *segmentView
	doc         uint32
}

// hold reports whether a piece covers the message and holds its first word.
func (e extents) hold(m *desk.Message) bool {
	for _, at := range e {
		if m.Seq < at.first || m.Seq > at.last {
			continue
		}
		t := tokenizer{text: m.Text}
		if !t.next() {
			return true
		}
		x := expander{seg: at.seg}
		list, err := x.term(nil, fieldWord, string(t.term), same)
		if err == nil && len(list) == 1 && list[0].docs.Contains(at.doc) {
			return true
		}
	}
	return false
}

// piecesOf finds the documents of a conversation.
func (s *snapshot) piecesOf(n desk.Number) (pieces extents, hasHead bool, err error) {
	from, to := []byte(documentID(n, 0)), []byte(documentID(n+1, 0))
	for i := range s.segments {
		seg := &s.segments[i]
		x := expander{seg: seg}
		var ids []string
		d, err := x.dict(fieldID)
		if err != nil || d == nil {
			return nil, false, err
		}
		bare, ok := d.(bareIterator)
		if !ok {
			return nil, false, errNoListing
		}
		for it := bare.AutomatonIteratorOmitCount(nil, from, to); ; {
			entry, err := it.Next()
			if err != nil && !errors.Is(err, vellum.ErrIteratorDone) {
				return nil, false, err
			}
			if entry == nil || err != nil {
				break
			}
			ids = append(ids, entry.Term)
		}
		for _, id := range ids {
			list, err := x.term(nil, fieldID, id, same)
			if err != nil {
				return nil, false, err
			}
			for _, f := range list {
				at := extent{seg: seg, doc: f.docs.Minimum()}
				if _, at.first = readID([]byte(id)); at.first == 0 {
					hasHead = true
					continue
				}
				if at.last, err = seg.last(at.doc, at.first); err != nil {
					return nil, false, err
				}
				pieces = append(pieces, at)
			}
		}
	}
	return pieces, hasHead, nil
}

// last gives the seq of the last message of a piece.
func (s *segmentView) last(doc uint32, first uint64) (last uint64, err error) {
	err = s.bleve.VisitDocument(uint64(doc), segment.StoredFieldValueVisitor(func(name string, _ byte, value []byte, _ []uint64) bool {
		if meta, ok := readMeta(value, first); name == fieldMeta && ok {
			last = meta.last
		}
		return true
	}))
	return last, err
}
