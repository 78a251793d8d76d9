package live

import (
	"time"

	"parley/desk"
)

// deliverAfter is how long after a page was given a message it counts as delivered:
// the socket has not failed by then, and a page that shows the message at once has
// said so, which tells more.
const deliverAfter = 2 * time.Second

// given notes which messages of the team the page was given.
func (v *Visitor) given(words []word) {
	v.hub.mu.Lock()
	defer v.hub.mu.Unlock()
	for i := range words {
		w := &words[i]
		if !w.receipt {
			continue
		}
		if v.receipts == nil {
			v.receipts = make(map[desk.Number]uint64)
			v.hub.later(deliverAfter, v.deliver)
		}
		v.receipts[w.fact.number] = max(v.receipts[w.fact.number], w.fact.seq)
	}
}

// deliver says what was delivered, unless the socket has gone.
func (v *Visitor) deliver() {
	v.hub.mu.Lock()
	receipts := v.receipts
	v.receipts = nil
	if !v.hub.visitors.has(v) {
		receipts = nil
	}
	v.hub.mu.Unlock()
	for number, seq := range receipts {
		v.end.Delivered(v.pass, number, seq)
	}
}
