package cli

import (
	"context"
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

// giveBack gives memory back to the system whenever the process has come to rest, until
// ctx ends: what it freed, and the pages of the data file that it has looked at.
func (n *node) giveBack(ctx context.Context) error {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for before, given := uint64(0), uint64(0); ; {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return ctx.Err()
		}
		now := allocated()
		if now-before < quietBelow && now-given >= worthGiving {
			debug.FreeOSMemory()
			if err := n.store.Release(); err != nil {
				return err
			}
			given = now
		}
		before = now
	}
}

// allocated is how many bytes the process has ever allocated on the heap.
func allocated() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
