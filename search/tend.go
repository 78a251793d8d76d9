package search

import (
	"context"
	"fmt"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
)

// documents counts heads and pieces; 0 once the volume is closed.
func (v *volume) documents() uint64 {
	v.mu.RLock()
	defer v.mu.RUnlock()
	if v.isClosed {
		return 0
	}
	reader, err := v.bleve.Reader()
	if err != nil {
		return 0
	}
	defer reader.Close()
	n, _ := reader.DocCount()
	return n
}

const (
	tendEvery = 250 * time.Millisecond
	tendQuiet = 3 * time.Second
)

// tend looks after the volume until ctx ends. While batches come it makes ready
// for searches what Bleve merges in the background; when they have stopped for a
// while it puts together what is in too many pieces, and then rests.
func (v *volume) tend(ctx context.Context) {
	for {
		v.awaitCalm(ctx)
		if ctx.Err() != nil {
			return
		}
		// Also before the first batch: an import, or a process that was stopped, may have left it so.
		if v.isScattered() {
			if err := v.compact(ctx); err == nil {
				_ = v.warm()
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-v.stirred:
		}
	}
}

// awaitCalm returns when no batch has come for a while, or ctx ends.
func (v *volume) awaitCalm(ctx context.Context) {
	for since := time.Now(); time.Since(since) < tendQuiet && ctx.Err() == nil; {
		sleep(ctx, tendEvery)
		// What fails to be made ready is made so by the search that needs it.
		_ = v.warm()
		select {
		case <-v.stirred:
			since = time.Now()
		default:
		}
	}
}

// isScattered reports whether more than a quarter of the documents lie outside
// the largest segment, in several: then merging all into one is worth its cost,
// and is not soon again.
func (v *volume) isScattered() bool {
	total, largest, segments := 0, 0, 0
	_ = v.read(func(s *snapshot) error {
		segments = len(s.segments)
		for i := range s.segments {
			n := len(s.segments[i].convs)
			total, largest = total+n, max(largest, n)
		}
		return nil
	})
	return segments > 3 && total > 4000 && largest < total*3/4
}

// compact merges everything into one segment, once it is on disk: the dictionary
// is then looked through once for each word of a query. It takes about as long as
// a third of the building.
func (v *volume) compact(ctx context.Context) (err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	go func() {
		select {
		case fault := <-v.failed: // Bleve would try to merge for ever
			cancel(fault)
			v.fail(fault)
		case <-ctx.Done():
		}
	}()
	for v.waiting.Load() > 0 && ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case <-v.written:
		case <-time.After(50 * time.Millisecond):
		}
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	v.mu.RLock()
	defer v.mu.RUnlock()
	if v.isClosed {
		return errClosed
	}
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("%w: compact: %v", errFault, fault)
		}
	}()
	if err := v.bleve.(*scorch.Scorch).ForceMerge(ctx, nil); err != nil {
		return err
	}
	return context.Cause(ctx)
}
