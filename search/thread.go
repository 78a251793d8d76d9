package search

import (
	"context"
	"errors"
	"math"
	"slices"
	"time"

	"parley/desk"
	"parley/store"
)

// The work that one question about a thread may do.
const (
	maxThreadHits  = 1000
	maxThreadRead  = 20_000 // messages
	maxThreadBytes = 16 << 20
)

// ThreadHits are the messages of one conversation that a query finds: those that
// answer any part of it, as Hit.Hits counts them.
type ThreadHits struct {
	Hits []MessageHit // by seq, ascending
	All  bool         // false: there may be older ones beyond what one question may read
}

// MessageHit is a message with what was found in its text.
type MessageHit struct {
	Seq    uint64
	Ranges []Range // of the whole text; empty when a file's name was found, or only filters were asked for
}

// InThread finds the messages of one conversation that answer a query; filters on
// conversations narrow nothing here. The texts decide, the index only says where to
// look, and without one all of the thread is looked at, then without regard to
// typing errors. Refused: CodeNotFound for an unknown conversation.
func (e *Engine) InThread(ctx context.Context, n desk.Number, text string, now time.Time) (ThreadHits, error) {
	q := Parse(text, now)
	q.Filter.Agents, q.Filter.Teams, q.Filter.Customers, q.Filter.Tags, q.Filter.Views = nil, nil, nil, nil, nil
	if q.IsEmpty() {
		return ThreadHits{All: true}, e.mustExist(n)
	}
	select {
	case e.slots <- struct{}{}:
		defer func() { <-e.slots }()
	case <-ctx.Done():
		return ThreadHits{}, ctx.Err()
	}
	var hits ThreadHits
	err := errClosed
	if v := e.present(); v != nil {
		err = v.read(func(s *snapshot) (err error) {
			hits, err = e.inThread(ctx, s, &q, n)
			return err
		})
	}
	if errors.Is(err, errClosed) || errors.Is(err, errFault) {
		hits, err = e.inThread(ctx, nil, &q, n)
	}
	return hits, err
}

// inThread answers from the texts; the index, unless it is nil, says where to look.
func (e *Engine) inThread(ctx context.Context, s *snapshot, q *Query, n desk.Number) (ThreadHits, error) {
	var found ThreadHits
	err := e.store.View(func(tx *store.Tx) error {
		c, err := tx.Conversation(n)
		if err != nil {
			return err
		}
		t := threadReader{verdict: verdict{
			f: &finder{tx: tx, query: q}, hit: &Hit{Conversation: c}, met: make([]bool, len(q.units)),
		}}
		blocks, err := t.begin(s)
		if err == nil {
			found.All, err = t.read(ctx, blocks)
		}
		slices.Reverse(t.found)
		found.Hits = t.found
		return err
	})
	return found, err
}

// threadReader reads a thread from its end, message by message.
type threadReader struct {
	verdict
	found []MessageHit // descending
}

// begin prepares the matching and gives the first seqs of the blocks that have to
// be read, ascending.
func (t *threadReader) begin(s *snapshot) ([]uint64, error) {
	f, c := t.f, &t.hit.Conversation
	typos := make([]bool, len(f.query.units))
	if s != nil {
		g, err := gather(s, f.query, meant{})
		if err != nil {
			return nil, err
		}
		f.g, typos = g, g.typos
		f.findBlocks([]place{{number: uint32(c.Number)}})
	}
	f.match = newMatcher(f.query.units, typos)
	if blocks, known := f.blocks[uint32(c.Number)]; known {
		return withLast(blocks, c.Messages), nil
	}
	var all []uint64
	for first := uint64(1); first <= c.Messages; first += BlockSize {
		all = append(all, first)
	}
	return all, nil
}

// withLast adds the block of the newest message, which the index may not know yet.
func withLast(blocks []uint64, messages uint64) []uint64 {
	last := blockOf(messages)
	if slices.Contains(blocks, last) {
		return blocks
	}
	return append(blocks, last)
}

// read looks into blocks, the last one first, until enough work was done. It
// reports whether it came to the end.
func (t *threadReader) read(ctx context.Context, blocks []uint64) (all bool, err error) {
	for _, first := range slices.Backward(blocks) {
		if len(t.found) >= maxThreadHits || t.f.read >= maxThreadRead || t.f.bytes >= maxThreadBytes {
			return false, nil
		}
		if err := ctx.Err(); err != nil {
			return false, err
		}
		read := messages(t.f.tx, &t.hit.Conversation, first, first+BlockSize-1)
		for i := range slices.Backward(read) {
			t.look(&read[i])
		}
	}
	return true, nil
}

func (t *threadReader) look(m *desk.Message) {
	spans, ok := t.find(m)
	if !ok {
		return
	}
	hit := MessageHit{Seq: m.Seq, Ranges: []Range{}}
	if len(spans) > 0 {
		_, hit.Ranges = excerpt(m.Text, spans, math.MaxInt)
	}
	t.found = append(t.found, hit)
}
