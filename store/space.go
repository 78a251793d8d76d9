package store

import (
	"path/filepath"
	"sync/atomic"
	"time"
)

// What is to stay free where nobody has said: a twentieth of the disk, because the search
// index needs room to tidy itself up, an upgrade a copy of the store, and the system room
// of its own. Of a disk of 4 GB that would be too little for any of it; of one of 1 TB it
// would be 50 GB, and messages refused over nothing. A disk of less than 1 GB, of which the
// least is more than a quarter, keeps a quarter.
const (
	leastReserve = 256 << 20
	mostReserve  = 1 << 30
)

// Reserve is how many bytes are best kept free on the disk that holds a folder, which
// need not be there yet.
func Reserve(dir string) uint64 {
	for {
		total, err := diskBytes(dir)
		if err == nil {
			return reserveOf(total)
		}
		above := filepath.Dir(dir)
		if above == dir {
			return leastReserve
		}
		dir = above
	}
}

// reserveOf is how much is kept free of so many bytes.
func reserveOf(total uint64) uint64 {
	return min(max(total/20, leastReserve), mostReserve, total/4)
}

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
