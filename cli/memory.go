package cli

import (
	"context"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// When memory is given back: a sign-in takes 19 MiB for a moment and an import more, and
// Go keeps what a burst took until its next collection, which it puts off for minutes
// when nothing happens.
const (
	lookEvery   = time.Second
	quietBelow  = 256 << 10 // bytes allocated between two looks: nobody is at work
	worthGiving = 8 << 20   // bytes allocated since memory was last given back
)

// room is how much may be allocated between two collections, in bytes, where the heap is
// small. Go collects when the heap has doubled; ours holds some 20 MB, and 64 people who
// write at once made it collect 15 times a second.
const room = 32 << 20

// tendMemory looks after the process's memory until ctx ends, and returns ctx's error.
func (n *node) tendMemory(ctx context.Context) error {
	isTuned := os.Getenv("GOGC") != "" // by whoever runs it: that goes before room
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for before, given := uint64(0), uint64(0); ; {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return ctx.Err()
		}
		now := heap("/gc/heap/allocs:bytes")
		if now-before < quietBelow && now-given >= worthGiving {
			n.giveBack()
			given = now
		}
		before = now
		if !isTuned {
			debug.SetGCPercent(percentFor(heap("/gc/heap/live:bytes")))
		}
	}
}

// giveBack gives what was freed back to the system, and the pages of the data file that
// were looked at.
func (n *node) giveBack() {
	debug.FreeOSMemory()
	if err := n.store.Release(); err != nil {
		n.log.Warn("memory could not be given back", "err", err)
	}
}

// percentFor is by how much a heap of so many bytes may grow before the next collection.
func percentFor(live uint64) int {
	const least, most = 100, 400
	return int(min(max(room*100/max(live, 1), least), most))
}

// heap reads one of the runtime's figures.
func heap(name string) uint64 {
	sample := []metrics.Sample{{Name: name}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
