package search

import (
	"sync"
	"sync/atomic"
)

// timeline keeps, for every conversation, when its first and its newest message
// came: what results are ordered by and dates are looked up in. It is read from
// the pieces of the index and costs 8 bytes a conversation.
type timeline struct {
	mu    sync.Mutex // held to add pages
	pages atomic.Pointer[[]*timePage]
}

const timePageSize = 4096

type timePage [timePageSize]struct{ opened, active atomic.Uint32 }

// see takes note of a piece's times.
func (t *timeline) see(n uint32, opened, active uint32) {
	at := &t.page(n)[n%timePageSize]
	for old := at.active.Load(); active > old && !at.active.CompareAndSwap(old, active); old = at.active.Load() {
	}
	for old := at.opened.Load(); (old == 0 || opened < old) && !at.opened.CompareAndSwap(old, opened); old = at.opened.Load() {
	}
}

// page gives the page that holds a conversation, adding what is missing.
func (t *timeline) page(n uint32) *timePage {
	at := int(n / timePageSize)
	if pages := t.pages.Load(); pages != nil && at < len(*pages) {
		return (*pages)[at]
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	var grown []*timePage
	if pages := t.pages.Load(); pages != nil {
		grown = append(grown, *pages...)
	}
	for at >= len(grown) {
		grown = append(grown, new(timePage))
	}
	t.pages.Store(&grown)
	return grown[at]
}

// times gives what is known of a conversation; zero for nothing.
func (t *timeline) times(n uint32) (opened, active uint32) {
	pages := t.pages.Load()
	if at := int(n / timePageSize); pages != nil && at < len(*pages) {
		entry := &(*pages)[at][n%timePageSize]
		return entry.opened.Load(), entry.active.Load()
	}
	return 0, 0
}

// size is one more than the highest conversation that can be known.
func (t *timeline) size() int {
	if pages := t.pages.Load(); pages != nil {
		return len(*pages) * timePageSize
	}
	return 0
}
