package store

import (
	"path/filepath"
	"sync/atomic"
	"time"
)

// room watches how much is free on the disk, so that messages are refused while
// there is still space for the program to live in.
type room struct {
	dir    string
	keep   uint64
	opened time.Time
	asked  atomic.Int64 // when, in nanoseconds after opened; the clock on the wall may jump
	enough atomic.Bool
}

// askEvery is how long an answer holds.
const askEvery = time.Second

func newRoom(path string, keep uint64) *room {
	r := &room{dir: filepath.Dir(path), keep: keep, opened: time.Now()}
	r.asked.Store(-int64(askEvery))
	r.enough.Store(true)
	return r
}

// left reports whether more may be written.
func (r *room) left() bool {
	if r.keep == 0 {
		return true
	}
	now := int64(time.Since(r.opened))
	if asked := r.asked.Load(); now-asked < int64(askEvery) || !r.asked.CompareAndSwap(asked, now) {
		return r.enough.Load()
	}
	free, err := freeBytes(r.dir)
	r.enough.Store(err != nil || free >= r.keep)
	return r.enough.Load()
}
