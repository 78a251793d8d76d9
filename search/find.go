package search

import (
	"context"
	"slices"

	"parley/desk"
	"parley/store"
)

// The work that one request may do, so that none is slow. What is left over is
// behind the answer's Next.
const (
	maxRead      = 1000 // messages read from the store, once something was found
	maxReadBare  = 1600 // the same while nothing was found
	maxReadBytes = 2 << 20
	maxBlocks    = 48 // blocks of one thread that are looked at
	wholeThread  = 32 // threads up to this length are read whole
)

// finder puts a page together: it takes the ranked conversations in order, reads
// them from the store and keeps those that answer the query as they are now.
type finder struct {
	tx    *store.Tx
	g     *gatherer
	rank  *ranking
	query *Query
	match *matcher
	rough bool // the texts decide
	meant meant

	read, bytes int // work done so far
	blocks      map[uint32][]uint64
}

// page fills the answer.
func (f *finder) page(ctx context.Context, a *Answer, after *pageCursor, limit int, text string) error {
	times := &f.g.snap.volume.times
	shown := uint32(0)
	var from *place
	if after != nil {
		shown, from = after.shown, &after.at
	}
	size := limit + 1
	for {
		places := f.rank.top(times, from, size, f.query.Filter.mayHold)
		f.findBlocks(places)
		for i := range places {
			if err := ctx.Err(); err != nil {
				return err
			}
			if len(a.Hits) == limit || f.isSpent(len(a.Hits)) {
				a.Next = (&pageCursor{query: hashText(text), at: *from, shown: shown}).encode()
				f.count(a, shown)
				return nil
			}
			hit, ok, err := f.hit(desk.Number(places[i].number))
			if err != nil {
				return err
			}
			if from = &places[i]; ok {
				a.Hits = append(a.Hits, hit)
				shown++
			}
		}
		if len(places) < size {
			f.count(a, shown)
			return nil
		}
		size = min(4*size, 512)
	}
}

// count says how many were found. Where the texts decide, only what was looked at
// is known.
func (f *finder) count(a *Answer, shown uint32) {
	a.Total, a.TotalExact = int(shown), a.Next == ""
	if !f.rough && !f.query.Filter.aboutMessages() {
		a.Total, a.TotalExact = len(f.rank.left), true
	}
}

// isSpent reports whether enough work was done for one request.
func (f *finder) isSpent(hits int) bool {
	limit := maxRead
	if hits == 0 {
		limit = maxReadBare
	}
	return f.read >= limit || f.bytes >= maxReadBytes
}

// mayHold reports whether a conversation of these times can have a message
// between the filter's dates.
func (f *Filter) mayHold(opened, active uint32) bool {
	return (f.After.IsZero() || active >= seconds(f.After)) && (f.Before.IsZero() || opened <= seconds(f.Before))
}

// findBlocks notes which blocks of the long threads on a page hold anything that
// the query wants.
func (f *finder) findBlocks(places []place) {
	f.blocks = make(map[uint32][]uint64, len(places))
	for _, p := range places {
		c, err := f.tx.Conversation(desk.Number(p.number))
		if err == nil && c.Messages > wholeThread {
			f.blocks[p.number] = []uint64{}
		}
	}
	if len(f.blocks) == 0 {
		return
	}
	if len(f.query.units) == 0 && len(f.query.Filter.From) == 0 && !f.query.Filter.HasFile {
		clear(f.blocks) // dates alone: any message may do
		return
	}
	for i := range f.g.wants {
		for s, list := range f.g.wants[i].found {
			seg := &f.g.snap.segments[s]
			for _, found := range list {
				f.blocksOf(seg, found)
			}
		}
	}
	for n, blocks := range f.blocks {
		slices.Sort(blocks)
		f.blocks[n] = slices.Compact(blocks)
	}
}

func (f *finder) blocksOf(seg *segmentView, found found) {
	for it := found.docs.Iterator(); it.HasNext(); {
		doc := it.Next()
		n := seg.convs[doc]
		blocks, isLong := f.blocks[n]
		if !isLong {
			continue
		}
		if first, err := seg.first(doc); err == nil && first > 0 {
			f.blocks[n] = append(blocks, blockOf(first))
		}
	}
}

// hit reads a conversation. It reports false when, as it is now, it does not
// answer the query.
func (f *finder) hit(n desk.Number) (Hit, bool, error) {
	var h Hit
	var err error
	if h.Conversation, err = f.tx.Conversation(n); err != nil {
		return h, false, desk.OrGone(err) // the index is behind
	}
	if h.Customer, err = f.tx.Customer(h.Conversation.Customer); err != nil {
		return h, false, desk.OrGone(err) // the index is behind
	}
	if !f.holds(&h) {
		return h, false, nil
	}
	v := verdict{f: f, hit: &h, met: make([]bool, len(f.query.units))}
	v.fields()
	v.thread()
	return h, v.answers(), nil
}

// holds reports whether the conversation, as it is now, passes the filters on it.
func (f *finder) holds(h *Hit) bool {
	filter := &f.query.Filter
	for _, view := range filter.Views {
		if !slices.Contains(h.Conversation.Views(), view) {
			return false
		}
	}
	for _, tag := range filter.Tags {
		if !slices.ContainsFunc(h.Conversation.Tags, func(own string) bool { return Fold(own) == tag }) {
			return false
		}
	}
	for _, ids := range f.meant.agents {
		if h.Conversation.Agent.IsZero() || !slices.Contains(ids, h.Conversation.Agent) {
			return false
		}
	}
	for _, ids := range f.meant.teams {
		if h.Conversation.Team.IsZero() || !slices.Contains(ids, h.Conversation.Team) {
			return false
		}
	}
	for _, customer := range filter.Customers {
		if !isCustomer(&h.Customer, customer) {
			return false
		}
	}
	return true
}

// isCustomer reports whether everything typed behind customer: is in the
// customer's name, e-mail and phone.
func isCustomer(c *desk.Customer, text string) bool {
	units := customerUnits(text)
	m := newMatcher(units, make([]bool, len(units)))
	met := make([]bool, len(units))
	for _, field := range []string{c.Name, c.Email, c.Phone} {
		for _, s := range m.find(field) {
			met[s.unit] = true
		}
	}
	return !slices.Contains(met, false)
}
